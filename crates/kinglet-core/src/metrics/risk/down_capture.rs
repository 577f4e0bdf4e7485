//! Down capture: what share of a benchmark's loss a subject bears while the benchmark falls.
//!
//! # Definition
//! $$ C = \Big(\prod_{v_t < 0} (1 + u_t) - 1\Big) \Big/ \Big(\prod_{v_t < 0} (1 + v_t) - 1\Big) $$
//! where $v_t$ is the return of the benchmark in observation $t$, and $u_t$ is the simple return of
//! observation $t$ of $n$: from month-end to month-end (`grain: month`, $m = 12$ a year), from the
//! end of a week to the next (`grain: week`, $m = 52$) or from session to session (`grain: day`,
//! $m = 252$). The returns of those observations compounded, as in PerformanceAnalytics,
//! UpDownRatios; Morningstar takes them as yearly rates.
//!
//! # Undefined when
//! The period has fewer than two observations (`too_short`), a monthly one does not run from
//! month-end to month-end (`period_kind`), the benchmark never falls (`zero_variance`), a close
//! is missing (`incomplete`, `no_observation`) or not positive (`not_positive`), there is no
//! such series (`no_series`), or the period ends after the data (`outside_coverage`).
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
//! let query: Query = "down_capture(RUT, SPX, 3d@2025-08-29, grain: day)".parse().unwrap();
//! assert_eq!(Evaluator::new(&view).answer(&query).display(), "200.00%");
//! ```
//!
//! # References
//! Bacon (2008), Practical Portfolio Performance Measurement and Attribution, 2nd edition,
//! chapter 3.

use crate::answer::{Outcome, Undefined};
use crate::definition::params::{BASIS, BENCHMARK, GRAIN, PERIOD, SUBJECT};
use crate::definition::{Definition, Golden, Law, Metric, UnitRule};
use crate::numeric::performance::growth;
use crate::quantity::Unit;
use crate::query::Scope;

/// See the header.
pub static METRIC: Metric = Metric {
    definition: Definition {
        name: "down_capture",
        unit: UnitRule::Fixed(Unit::Fraction),
        spelling: None,
        params: &[&SUBJECT, &BENCHMARK, &PERIOD, &GRAIN, &BASIS],
        example: "down_capture(RUT, SPX, 2014..2023)",
        phrases: &[
            "a down capture of {value}",
            "a downside capture of {value}",
            "a down-capture ratio of {value}",
            "a downside capture ratio of {value}",
        ],
        code: None,
        revision: 2,
        source: include_str!("down_capture.rs"),
    },
    compute,
    laws: &[Law::ScaleInvariant],
    golden: &[Golden {
        query: "down_capture(RUT, SPX, 2014..2023)",
        want: 107.265_785_488,
        within: 0.000_001,
        from: "pandas 3.1.1, r and b the returns of RUT and SPX in index_month_end.csv: \
                   ((1 + r[b < 0]).prod() - 1) / \
                   ((1 + b[b < 0]).prod() - 1) * 100",
    }],
};

fn compute(scope: &Scope<'_>) -> Result<Outcome, Undefined> {
    let (sample, benchmark) = scope.sample_pair()?;
    let pairs = sample.returns.iter().zip(&benchmark).filter(|(_, v)| **v < 0.0);
    let (own, other): (Vec<f64>, Vec<f64>) = pairs.unzip();
    if other.is_empty() {
        return Err(Undefined::new("zero_variance", "the benchmark never falls"));
    }
    sample.outcome((growth(&own) - 1.0) / (growth(&other) - 1.0), Unit::Fraction)
}
