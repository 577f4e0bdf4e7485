//! Kurtosis: how much heavier than those of a normal law both tails are (excess kurtosis).
//!
//! # Definition
//! $$ K = \frac{1}{n} \sum_t (u_t - \bar{u})^4 / s^4 - 3 $$
//! where $\bar{u}$ is the mean, $s$ the standard deviation with divisor $n$, and $u_t$ is the
//! simple return of observation $t$ of $n$: from month-end to month-end (`grain: month`, $m = 12$ a
//! year), from the end of a week to the next (`grain: week`, $m = 52$) or from session to session
//! (`grain: day`, $m = 252$). No correction for small samples, as PerformanceAnalytics does by
//! default; spreadsheets correct.
//!
//! # Undefined when
//! The period has fewer than two observations (`too_short`), a monthly one does not run from
//! month-end to month-end (`period_kind`), the returns do not differ (`zero_variance`), a close
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
//! let query: Query = "kurtosis(RUT, 3d@2025-08-29, grain: day)".parse().unwrap();
//! assert_eq!(Evaluator::new(&view).answer(&query).display(), "-1.50");
//! ```
//!
//! # References
//! Joanes, Gill (1998), Comparing Measures of Sample Skewness and Kurtosis, The Statistician
//! 47(1), $g_1$ and $g_2$.

use crate::answer::{Outcome, Undefined};
use crate::definition::params::{BASIS, GRAIN, PERIOD, SUBJECT};
use crate::definition::{Definition, Golden, Law, Metric, UnitRule};
use crate::numeric::performance::kurtosis_excess;
use crate::quantity::Unit;
use crate::query::{Sample, Scope};

/// See the header.
pub static METRIC: Metric = Metric {
    definition: Definition {
        name: "kurtosis",
        unit: UnitRule::Fixed(Unit::Ratio),
        spelling: None,
        params: &[&SUBJECT, &PERIOD, &GRAIN, &BASIS],
        example: "kurtosis(RUT, 2014..2023)",
        phrases: &["a kurtosis of {value}", "an excess kurtosis of {value}"],
        code: None,
        revision: 1,
        source: include_str!("kurtosis.rs"),
    },
    compute,
    laws: &[Law::ScaleInvariant],
    golden: &[Golden {
        query: "kurtosis(RUT, 2014..2023)",
        want: 1.425_078_327_4,
        within: 0.000_000_01,
        from: "pandas 3.1.1, r and b the returns of RUT and SPX in index_month_end.csv: \
                   ((r - r.mean()) ** 4).mean() / r.std(ddof=0) ** 4 - 3",
    }],
};

fn compute(scope: &Scope<'_>) -> Result<Outcome, Undefined> {
    let sample = scope.sample(&SUBJECT)?;
    let value = kurtosis_excess(&sample.returns).ok_or_else(Sample::still)?;
    sample.outcome(value, Unit::Ratio)
}
