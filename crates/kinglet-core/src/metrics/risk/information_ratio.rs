//! Information ratio: the yearly return ahead of a benchmark for each unit of tracking error.
//!
//! # Definition
//! $$ I = m\,\bar{a} / T \quad\text{(arithmetic)} $$
//! $$ I = (R_u - R_v) / T \quad\text{(geometric)} $$
//! where $\bar{a}$ is the mean return of the subject less that of the benchmark, $T$ the
//! `tracking_error`, and $R_u$ and $R_v$ the compounded yearly returns of the two; $u_t$ is the
//! simple return of observation $t$ of $n$: from month-end to month-end (`grain: month`, $m = 12$ a
//! year), from the end of a week to the next (`grain: week`, $m = 52$) or from session to session
//! (`grain: day`, $m = 252$). PerformanceAnalytics gives the geometric form.
//!
//! # Undefined when
//! The period has fewer than two observations (`too_short`), a monthly one does not run from
//! month-end to month-end (`period_kind`), the two never differ (`zero_variance`), all is lost
//! (`not_positive`), a close is missing (`incomplete`, `no_observation`) or not positive
//! (`not_positive`), there is no such series (`no_series`), or the period ends after the data
//! (`outside_coverage`).
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
//! let query: Query = "information_ratio(RUT, SPX, 3d@2025-08-29, grain: day)".parse().unwrap();
//! // The differences are 5%, -5% and 5%.
//! assert_eq!(Evaluator::new(&view).answer(&query).display(), "4.58");
//! ```
//!
//! # References
//! Grinold, Kahn (2000), Active Portfolio Management, 2nd edition, chapter 5; Bacon (2008),
//! Practical Portfolio Performance Measurement and Attribution, 2nd edition, chapter 4.

use crate::answer::{Outcome, Undefined};
use crate::definition::params::{BASIS, BENCHMARK, GRAIN, METHOD, PERIOD, SUBJECT};
use crate::definition::{Definition, Golden, Law, Metric, UnitRule};
use crate::numeric::mean;
use crate::numeric::performance::{annual, deviation};
use crate::quantity::Unit;
use crate::query::{Sample, Scope};

/// See the header.
pub static METRIC: Metric = Metric {
    definition: Definition {
        name: "information_ratio",
        unit: UnitRule::Fixed(Unit::Ratio),
        spelling: None,
        params: &[&SUBJECT, &BENCHMARK, &PERIOD, &METHOD, &GRAIN, &BASIS],
        example: "information_ratio(RUT, SPX, 2014..2023)",
        phrases: &["an information ratio of {value}"],
        code: None,
        revision: 1,
        source: include_str!("information_ratio.rs"),
    },
    compute,
    laws: &[Law::ScaleInvariant],
    golden: &[
        Golden {
            query: "information_ratio(RUT, SPX, 2014..2023)",
            want: -0.292_899_161_6,
            within: 0.000_000_01,
            from: "pandas 3.1.1, r and b the returns of RUT and SPX in index_month_end.csv: \
                   (r - b).mean() * 12 / ((r - b).std() * 12 ** 0.5)",
        },
        Golden {
            query: "information_ratio(RUT, SPX, 2014..2023, method: geometric)",
            want: -0.407_535_094_4,
            within: 0.000_000_01,
            from: "pandas 3.1.1, r and b the returns of RUT and SPX in index_month_end.csv: \
                   compounded yearly returns, (R - B) / ((r - b).std() * 12 ** 0.5)",
        },
    ],
};

fn compute(scope: &Scope<'_>) -> Result<Outcome, Undefined> {
    let (sample, benchmark) = scope.sample_pair()?;
    let ahead: Vec<f64> = sample.returns.iter().zip(&benchmark).map(|(u, v)| u - v).collect();
    let error = deviation(&ahead).ok_or_else(Sample::still)? * sample.per_year.sqrt();
    let yearly = |returns: &[f64]| annual(returns, sample.per_year).ok_or_else(Sample::lost);
    let gain = match scope.choice(&METHOD) {
        "geometric" => yearly(&sample.returns)? - yearly(&benchmark)?,
        _ => mean(&ahead).ok_or_else(Sample::still)? * sample.per_year,
    };
    sample.outcome(gain / error, Unit::Ratio)
}
