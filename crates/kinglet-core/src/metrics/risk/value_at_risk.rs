//! Value at risk: the loss in one observation that all but a tail of them do not exceed.
//!
//! # Definition
//! $$ V = -q_\alpha \quad\text{(historical)} $$
//! $$ V = -(\bar{u} + z\,s) \quad\text{(gaussian)} $$
//! $$ V = -(\bar{u} + h\,s) \quad\text{(cornish\_fisher)} $$
//! $$ h = z + \frac{z^2 - 1}{6} S + \frac{z^3 - 3z}{24} K - \frac{2z^3 - 5z}{36} S^2 $$
//! where $\alpha$ is the `tail` (5% if left out), $q_\alpha$ the quantile of the returns, linear
//! between neighbours, $z$ that of the standard normal law, $\bar{u}$ the mean and $s$ the standard
//! deviation with divisor $n$: by `method` the returns as they were (`historical`), a normal law
//! with their mean and variance (`gaussian`), or that law corrected for their skewness $S$ and
//! excess kurtosis $K$ (`cornish_fisher`); $u_t$ is the simple return of observation $t$ of $n$:
//! from month-end to month-end (`grain: month`, $m = 12$ a year), from the end of a week to the
//! next (`grain: week`, $m = 52$) or from session to session (`grain: day`, $m = 252$). A loss is
//! positive, and not annualised: it is one of a month or of a day. PerformanceAnalytics gives the
//! same with the sign of a return.
//!
//! # Undefined when
//! The period has fewer than two observations (`too_short`), a monthly one does not run from
//! month-end to month-end (`period_kind`), the tail is not between 0% and 50%
//! (`outside_domain`), the returns of a corrected law do not differ (`zero_variance`), a close
//! is missing (`incomplete`, `no_observation`) or not positive (`not_positive`), there is no
//! such series (`no_series`), or the period ends after the data (`outside_coverage`).
//!
//! # Example
//! ```
//! # use kinglet_core::{query::{Evaluator, Query}, view::example};
//! // Returns of 10%, -10% and 10%.
//! let view = example(&[
//!     ("2025-08-26", 100.0), ("2025-08-27", 110.0), ("2025-08-28", 99.0), ("2025-08-29", 108.9),
//! ]);
//! let query: Query = "value_at_risk(RUT, 3d@2025-08-29, grain: day)".parse().unwrap();
//! // A tenth of the way from -10% to 10%.
//! assert_eq!(Evaluator::new(&view).answer(&query).display(), "8.00%");
//! ```
//!
//! # References
//! Jorion (2006), Value at Risk, 3rd edition, chapter 5; Zangari (1996), A VaR Methodology for
//! Portfolios that Include Options, RiskMetrics Monitor, first quarter; Hyndman, Fan (1996),
//! Sample Quantiles in Statistical Packages, The American Statistician 50(4), type 7.

use crate::answer::{Outcome, Undefined};
use crate::definition::params::{BASIS, GRAIN, LAW, PERIOD, SUBJECT, TAIL};
use crate::definition::{ClaimCode, Definition, Golden, Law, Metric, UnitRule};
use crate::numeric::performance::Tail;
use crate::quantity::Unit;
use crate::query::{Sample, Scope};

/// See the header.
pub static METRIC: Metric = Metric {
    definition: Definition {
        name: "value_at_risk",
        unit: UnitRule::Fixed(Unit::Fraction),
        spelling: None,
        params: &[&SUBJECT, &PERIOD, &LAW, &GRAIN, &BASIS, &TAIL],
        example: "value_at_risk(RUT, 2014..2023)",
        phrases: &["a value at risk of {value}", "a var of {value}"],
        code: Some(ClaimCode::Open("var")),
        revision: 1,
        source: include_str!("value_at_risk.rs"),
    },
    compute,
    laws: &[Law::ScaleInvariant],
    golden: &[
        Golden {
            query: "value_at_risk(RUT, 2014..2023)",
            want: 8.889_057_405,
            within: 0.000_001,
            from: "pandas 3.1.1, r and b the returns of RUT and SPX in index_month_end.csv: \
                   -r.quantile(0.05) * 100",
        },
        Golden {
            query: "value_at_risk(RUT, 2014..2023, method: gaussian)",
            want: 8.934_432_239,
            within: 0.000_001,
            from: "pandas 3.1.1, r and b the returns of RUT and SPX in index_month_end.csv: \
                   -(r.mean() + NormalDist().inv_cdf(0.05) * r.std(ddof=0)) * 100",
        },
        Golden {
            query: "value_at_risk(RUT, 2014..2023, method: cornish_fisher)",
            want: 9.240_465_739,
            within: 0.000_001,
            from: "pandas 3.1.1, r and b the returns of RUT and SPX in index_month_end.csv: \
                   the formula, with numpy 2.4.6",
        },
    ],
};

fn compute(scope: &Scope<'_>) -> Result<Outcome, Undefined> {
    let sample = scope.sample(&SUBJECT)?;
    let law = Tail::of(scope.choice(&LAW));
    let worst = law.quantile(&sample.returns, scope.tail()?).ok_or_else(Sample::still)?;
    sample.outcome(-worst, Unit::Fraction)
}
