//! Tracking error: the annualised standard deviation of the return ahead of a benchmark.
//!
//! # Definition
//! $$ T = \sqrt{m}\,\sqrt{\frac{1}{n-1} \sum_t (a_t - \bar{a})^2} $$
//! where $a_t = u_t - v_t$ is the return of the subject less that of the benchmark, $\bar{a}$ its
//! mean, and $u_t$ is the simple return of observation $t$ of $n$: from month-end to month-end
//! (`grain: month`, $m = 12$ a year), from the end of a week to the next (`grain: week`, $m = 52$)
//! or from session to session (`grain: day`, $m = 252$). The sample standard deviation.
//!
//! # Undefined when
//! The period has fewer than two observations (`too_short`), a monthly one does not run from
//! month-end to month-end (`period_kind`), a close is missing (`incomplete`, `no_observation`)
//! or not positive (`not_positive`), there is no such series (`no_series`), or the period ends
//! after the data (`outside_coverage`).
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
//! let query: Query = "tracking_error(RUT, SPX, 3d@2025-08-29, grain: day)".parse().unwrap();
//! // The differences are 5%, -5% and 5%.
//! assert_eq!(Evaluator::new(&view).answer(&query).display(), "91.65%");
//! ```
//!
//! # References
//! Bacon (2008), Practical Portfolio Performance Measurement and Attribution, 2nd edition,
//! chapter 4.

use crate::answer::{Outcome, Undefined};
use crate::definition::params::{BASIS, BENCHMARK, GRAIN, PERIOD, SUBJECT};
use crate::definition::{Definition, Golden, Law, Metric, UnitRule};
use crate::numeric::variance;
use crate::quantity::Unit;
use crate::query::{Sample, Scope};

/// See the header.
pub static METRIC: Metric = Metric {
    definition: Definition {
        name: "tracking_error",
        unit: UnitRule::Fixed(Unit::Fraction),
        spelling: None,
        params: &[&SUBJECT, &BENCHMARK, &PERIOD, &GRAIN, &BASIS],
        example: "tracking_error(RUT, SPX, 2014..2023)",
        phrases: &[
            "a tracking error of {value}",
            "tracking risk of {value}",
            "active risk of {value}",
        ],
        code: None,
        revision: 1,
        source: include_str!("tracking_error.rs"),
    },
    compute,
    laws: &[Law::ScaleInvariant, Law::NotNegative],
    golden: &[Golden {
        query: "tracking_error(RUT, SPX, 2014..2023)",
        want: 10.395_958_778,
        within: 0.000_001,
        from: "pandas 3.1.1, r and b the returns of RUT and SPX in index_month_end.csv: \
                   (r - b).std() * 12 ** 0.5 * 100",
    }],
};

fn compute(scope: &Scope<'_>) -> Result<Outcome, Undefined> {
    let (sample, benchmark) = scope.sample_pair()?;
    let ahead: Vec<f64> = sample.returns.iter().zip(&benchmark).map(|(u, v)| u - v).collect();
    let variance = variance(&ahead).ok_or_else(Sample::still)?;
    let yearly = (variance * sample.per_year).sqrt();
    sample.outcome(yearly, Unit::Fraction)
}
