//! Expected shortfall: the mean loss in the observations of the tail (conditional value at risk).
//!
//! # Definition
//! $$ E = -\frac{1}{k} \sum_{u_t \le q_\alpha} u_t \quad\text{(historical)} $$
//! $$ E = -\bar{u} + \frac{\varphi(z)}{\alpha}\,s \quad\text{(gaussian)} $$
//! $$ E = -\bar{u} + s\,\max (-h, c\,\varphi(h) / \alpha) \quad\text{(cornish\_fisher)} $$
//! $$ c = 1 + h^3 S / 6 + (h^4 - 2h^2 - 1) K / 24 + (h^6 - 9h^4 + 9h^2 + 3) S^2 / 72 $$
//! where $\alpha$, $q_\alpha$, $z$, $h$, $S$, $K$, $\bar{u}$ and $s$ are those of `value_at_risk`,
//! $k$ is the number of returns not above $q_\alpha$ and $\varphi$ the standard normal density: by
//! `method` the returns as they were (`historical`), a normal law with their mean and variance
//! (`gaussian`), or that law corrected for their skewness $S$ and excess kurtosis $K$
//! (`cornish_fisher`); $u_t$ is the simple return of observation $t$ of $n$: from month-end to
//! month-end (`grain: month`, $m = 12$ a year), from the end of a week to the next (`grain: week`,
//! $m = 52$) or from session to session (`grain: day`, $m = 252$). A loss is positive, and not
//! annualised. Where the expansion puts it below the value at risk, it is the value at risk. With
//! `of: drawdowns` $u_t$ is how far the value stands below its highest so far after observation
//! $t$: the conditional drawdown at risk, as it was (`historical`).
//!
//! # Undefined when
//! The period has fewer than two observations (`too_short`), a monthly one does not run from
//! month-end to month-end (`period_kind`), the tail is not between 0% and 50% or drawdowns are to
//! follow a law (`outside_domain`), the returns of a corrected law do not differ (`zero_variance`),
//! a close is missing (`incomplete`, `no_observation`) or not positive (`not_positive`), there is
//! no such series (`no_series`), or the period ends after the data (`outside_coverage`).
//!
//! # Example
//! ```
//! # use kinglet_core::{query::{Evaluator, Query}, view::example};
//! // Returns of 10%, -10% and 10%.
//! let view = example(&[
//!     ("2025-08-26", 100.0), ("2025-08-27", 110.0), ("2025-08-28", 99.0), ("2025-08-29", 108.9),
//! ]);
//! let query: Query = "expected_shortfall(RUT, 3d@2025-08-29, grain: day)".parse().unwrap();
//! assert_eq!(Evaluator::new(&view).answer(&query).display(), "10.00%");
//! ```
//!
//! # References
//! Acerbi, Tasche (2002), On the Coherence of Expected Shortfall, Journal of Banking and Finance
//! 26(7); Boudt, Peterson, Croux (2008), Estimation and Decomposition of Downside Risk for
//! Portfolios with Non-normal Returns, Journal of Risk 11(2); Chekhlov, Uryasev, Zabarankin
//! (2005), Drawdown Measure in Portfolio Optimization, International Journal of Theoretical and
//! Applied Finance 8(1) (conditional drawdown).

use crate::answer::{Outcome, Undefined};
use crate::definition::params::{BASIS, GRAIN, LAW, PERIOD, SUBJECT, TAIL};
use crate::definition::{ClaimCode, Definition, Golden, Law, Metric, Param, ParamKind, UnitRule};
use crate::numeric::performance::{Tail, drawdowns};
use crate::quantity::Unit;
use crate::query::{Sample, Scope};

static OF: Param = Param::with_default(
    "of",
    ParamKind::Choice(&["returns", "drawdowns"]),
    "returns",
    "the losses of single observations, or how far below its high the value stood after each",
);

/// See the header.
pub static METRIC: Metric = Metric {
    definition: Definition {
        name: "expected_shortfall",
        unit: UnitRule::Fixed(Unit::Fraction),
        spelling: None,
        params: &[&SUBJECT, &PERIOD, &OF, &LAW, &GRAIN, &BASIS, &TAIL],
        example: "expected_shortfall(RUT, 2014..2023)",
        phrases: &[
            "an expected shortfall of {value}",
            "a conditional value at risk of {value}",
            "a cvar of {value}",
        ],
        code: Some(ClaimCode::Open("cvar")),
        revision: 1,
        source: include_str!("expected_shortfall.rs"),
    },
    compute,
    laws: &[Law::ScaleInvariant],
    golden: &[
        Golden {
            query: "expected_shortfall(RUT, 2014..2023)",
            want: 12.366_520_047,
            within: 0.000_001,
            from: "pandas 3.1.1, r and b the returns of RUT and SPX in index_month_end.csv: \
                   -r[r <= r.quantile(0.05)].mean() * 100",
        },
        Golden {
            query: "expected_shortfall(RUT, 2014..2023, method: gaussian)",
            want: 11.365_415_973,
            within: 0.000_001,
            from: "pandas 3.1.1, r and b the returns of RUT and SPX in index_month_end.csv: \
                   -(r.mean() - phi(z) / 0.05 * r.std(ddof=0)) * 100",
        },
        Golden {
            query: "expected_shortfall(RUT, 2014..2023, method: cornish_fisher)",
            want: 13.690_634_051,
            within: 0.000_001,
            from: "pandas 3.1.1, r and b the returns of RUT and SPX in index_month_end.csv: \
                   the formula, with numpy 2.4.6",
        },
        Golden {
            query: "expected_shortfall(RUT, 2014..2023, of: drawdowns)",
            want: 27.471_359_713,
            within: 0.000_001,
            from: "pandas 3.1.1 over the returns of RUT in index_month_end.csv: w = (1 + \
                   r).cumprod() after 1, d = (w / w.cummax() - 1)[1:], \
                   -d[d <= d.quantile(0.05)].mean() * 100",
        },
    ],
};

fn compute(scope: &Scope<'_>) -> Result<Outcome, Undefined> {
    let sample = scope.sample(&SUBJECT)?;
    let law = Tail::of(scope.choice(&LAW));
    let losses = match scope.choice(&OF) {
        "drawdowns" if law == Tail::Historical => drawdowns(&sample.returns),
        "drawdowns" => {
            let reason = "drawdowns follow no law of returns; `method: historical` needs none";
            return Err(Undefined::new("outside_domain", reason));
        }
        _ => sample.returns.clone(),
    };
    let worst = law.mean(&losses, scope.tail()?).ok_or_else(Sample::still)?;
    sample.outcome(-worst, Unit::Fraction)
}
