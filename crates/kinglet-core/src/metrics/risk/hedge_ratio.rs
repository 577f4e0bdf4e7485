//! Hedge ratio: how much of a benchmark, sold for each dollar held, leaves the least variance.
//!
//! # Definition
//! $$ h = \frac{\sum_t (u_t - \bar{u})(v_t - \bar{v})}{\sum_t (v_t - \bar{v})^2} $$
//! where $v_t$ is the return of the benchmark in observation $t$, $\bar{u}$ and $\bar{v}$ are the
//! means, and $u_t$ is the simple return of observation $t$ of $n$: from month-end to month-end
//! (`grain: month`, $m = 12$ a year), from the end of a week to the next (`grain: week`, $m = 52$)
//! or from session to session (`grain: day`, $m = 252$). In dollars of the benchmark for a dollar
//! of the subject; as `beta`, but of whole returns.
//!
//! # Undefined when
//! The period has fewer than two observations (`too_short`), a monthly one does not run from
//! month-end to month-end (`period_kind`), the benchmark does not move (`zero_variance`), a
//! close is missing (`incomplete`, `no_observation`) or not positive (`not_positive`), there is
//! no such series (`no_series`), or the period ends after the data (`outside_coverage`).
//!
//! # Example
//! ```
//! # use kinglet_core::{query::{Evaluator, Query}, view::{example, example_series}};
//! // The index returns 10%, -10% and 10%, its benchmark half of that.
//! let days = ["2025-08-26", "2025-08-27", "2025-08-28", "2025-08-29"];
//! let closes = |values: [f64; 4]| [0, 1, 2, 3].map(|i| (days[i], values[i]));
//! let benchmark = example_series("SPX", &closes([100.0, 105.0, 99.75, 104.737_5]));
//! let view = example(&closes([100.0, 110.0, 99.0, 108.9]))
//!     .with_series("SPX", kinglet_core::identity::Basis::Price, &benchmark);
//! let query: Query = "hedge_ratio(RUT, SPX, 3d@2025-08-29, grain: day)".parse().unwrap();
//! assert_eq!(Evaluator::new(&view).answer(&query).display(), "2.00");
//! ```
//!
//! # References
//! Hull (2018), Options, Futures, and Other Derivatives, 10th edition, section 3.4.

use crate::answer::{Outcome, Undefined};
use crate::definition::params::{BASIS, BENCHMARK, GRAIN, PERIOD, SUBJECT};
use crate::definition::{Definition, Golden, Law, Metric, UnitRule};
use crate::numeric::performance::slope;
use crate::quantity::Unit;
use crate::query::{Sample, Scope};

/// See the header.
pub static METRIC: Metric = Metric {
    definition: Definition {
        name: "hedge_ratio",
        unit: UnitRule::Fixed(Unit::Ratio),
        spelling: None,
        params: &[&SUBJECT, &BENCHMARK, &PERIOD, &GRAIN, &BASIS],
        example: "hedge_ratio(RUT, SPX, 2014..2023)",
        phrases: &["a hedge ratio of {value}", "a minimum-variance hedge ratio of {value}"],
        code: None,
        revision: 1,
        source: include_str!("hedge_ratio.rs"),
    },
    compute,
    laws: &[Law::ScaleInvariant],
    golden: &[Golden {
        query: "hedge_ratio(RUT, SPX, 2014..2023)",
        want: 1.155_061_123_7,
        within: 0.000_000_01,
        from: "pandas 3.1.1, r and b the returns of RUT and SPX in index_month_end.csv: \
                   r.cov(b) / b.var()",
    }],
};

fn compute(scope: &Scope<'_>) -> Result<Outcome, Undefined> {
    let (sample, benchmark) = scope.sample_pair()?;
    let ratio = slope(&sample.returns, &benchmark).ok_or_else(Sample::still)?;
    sample.outcome(ratio, Unit::Ratio)
}
