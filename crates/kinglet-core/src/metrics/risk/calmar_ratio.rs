//! Calmar ratio: the compounded yearly return for each unit of the deepest drawdown.
//!
//! # Definition
//! $$ C = \Big(\prod_t (1 + u_t)^{m/n} - 1\Big) \Big/ \big(\max_t D_t + e\big) $$
//! where $D_t$ is how far the value stands below its highest so far, as a share of that, and $u_t$
//! is the simple return of observation $t$ of $n$: from month-end to month-end (`grain: month`,
//! $m = 12$ a year), from the end of a week to the next (`grain: week`, $m = 52$) or from session
//! to session (`grain: day`, $m = 252$). Drawdowns are those at the observations: of months, a fall
//! within one does not count. The same period is taken above and below. $e$ is `excess`, nothing if
//! left out; with 10% it is the Sterling ratio.
//!
//! # Undefined when
//! The period has fewer than two observations (`too_short`), a monthly one does not run from
//! month-end to month-end (`period_kind`), the value never falls (`zero_variance`), all is lost
//! (`not_positive`), `excess` is negative (`outside_domain`), a close is missing (`incomplete`,
//! `no_observation`) or not positive (`not_positive`), there is no such series (`no_series`), or
//! the period ends after the data (`outside_coverage`).
//!
//! # Example
//! ```
//! # use kinglet_core::{query::{Evaluator, Query}, view::example};
//! // Returns of 10%, -10% and 10%.
//! let view = example(&[
//!     ("2025-08-26", 100.0), ("2025-08-27", 110.0), ("2025-08-28", 99.0), ("2025-08-29", 108.9),
//! ]);
//! let query: Query = "calmar_ratio(RUT, 3d@2025-08-29, grain: day)".parse().unwrap();
//! let value = Evaluator::new(&view).answer(&query).number().unwrap();
//! assert!((value - (1.089_f64.powi(84) - 1.0) / 0.1).abs() < 1e-6);
//! ```
//!
//! # References
//! Young (1991), Calmar Ratio: A Smoother Tool, Futures 20(1); Kestner (1996), Getting a Handle on
//! True Performance, Futures 25(1) (Sterling).

use crate::answer::{Outcome, Undefined};
use crate::definition::params::{BASIS, GRAIN, PERIOD, SUBJECT};
use crate::definition::{Definition, Golden, Law, Metric, Param, ParamKind, UnitRule};
use crate::numeric::performance::{annual, drawdowns};
use crate::quantity::Unit;
use crate::query::{Sample, Scope};

static EXCESS: Param = Param::optional(
    "excess",
    ParamKind::Number(Unit::Fraction),
    "what is added to the drawdown: 10% for the Sterling ratio; default: nothing",
);

/// See the header.
pub static METRIC: Metric = Metric {
    definition: Definition {
        name: "calmar_ratio",
        unit: UnitRule::Fixed(Unit::Ratio),
        spelling: None,
        params: &[&SUBJECT, &PERIOD, &EXCESS, &GRAIN, &BASIS],
        example: "calmar_ratio(RUT, 2014..2023)",
        phrases: &["a calmar ratio of {value}"],
        code: None,
        revision: 1,
        source: include_str!("calmar_ratio.rs"),
    },
    compute,
    laws: &[Law::ScaleInvariant],
    golden: &[
        Golden {
            query: "calmar_ratio(RUT, 2014..2023)",
            want: 0.169_063_138_4,
            within: 0.000_000_01,
            from: "pandas 3.1.1, r and b the returns of RUT and SPX in index_month_end.csv: w \
                   = (1 + r).cumprod() after 1, yearly rate / -(w / w.cummax() - 1).min()",
        },
        Golden {
            query: "calmar_ratio(RUT, 2014..2023, excess: 10%)",
            want: 0.130_427_586_5,
            within: 0.000_000_01,
            from: "as above, 0.1 added to the divisor",
        },
    ],
};

fn compute(scope: &Scope<'_>) -> Result<Outcome, Undefined> {
    let sample = scope.sample(&SUBJECT)?;
    let deepest = drawdowns(&sample.returns).into_iter().fold(0.0, f64::min);
    if deepest == 0.0 {
        return Err(Undefined::new("zero_variance", "the value never falls below a former one"));
    }
    let excess = scope.number_given(&EXCESS).unwrap_or(0.0);
    if excess < 0.0 {
        return Err(Undefined::new("outside_domain", "`excess` is negative"));
    }
    let yearly = annual(&sample.returns, sample.per_year).ok_or_else(Sample::lost)?;
    sample.outcome(yearly / (excess - deepest), Unit::Ratio)
}
