//! Sortino ratio: the mean return above a threshold for each unit of downside deviation, a year.
//!
//! # Definition
//! $$ S = \sqrt{m}\,(\bar{u} - \tau) \Big/ \sqrt{\frac{1}{n} \sum_t \min(u_t - \tau, 0)^2} $$
//! where $\tau$ is the `threshold`, a rate a year over $m$ (0 if left out), $\bar{u}$ the mean, and
//! $u_t$ is the simple return of observation $t$ of $n$: from month-end to month-end
//! (`grain: month`, $m = 12$ a year), from the end of a week to the next (`grain: week`, $m = 52$)
//! or from session to session (`grain: day`, $m = 252$). The divisor is $n$, all observations.
//! PerformanceAnalytics gives it for one observation, without $\sqrt{m}$.
//!
//! # Undefined when
//! The period has fewer than two observations (`too_short`), a monthly one does not run from
//! month-end to month-end (`period_kind`), no return falls short of the threshold
//! (`zero_variance`), a close is missing (`incomplete`, `no_observation`) or not positive
//! (`not_positive`), there is no such series (`no_series`), or the period ends after the data
//! (`outside_coverage`).
//!
//! # Example
//! ```
//! # use kinglet_core::{query::{Evaluator, Query}, view::example};
//! // Returns of 10%, -10% and 10%.
//! let view = example(&[
//!     ("2025-08-26", 100.0), ("2025-08-27", 110.0), ("2025-08-28", 99.0), ("2025-08-29", 108.9),
//! ]);
//! let query: Query = "sortino_ratio(RUT, 3d@2025-08-29, grain: day)".parse().unwrap();
//! // The downside deviation is 10% / sqrt(3), the mean 10% / 3: sqrt(252 / 3).
//! assert_eq!(Evaluator::new(&view).answer(&query).display(), "9.17");
//! ```
//!
//! # References
//! Sortino, Price (1994), Performance Measurement in a Downside Risk Framework, Journal of
//! Investing 3(3).

use crate::answer::{Outcome, Undefined};
use crate::definition::params::{BASIS, GRAIN, PERIOD, SUBJECT, THRESHOLD};
use crate::definition::{Definition, Golden, Law, Metric, UnitRule};
use crate::numeric::mean;
use crate::numeric::performance::downside;
use crate::quantity::Unit;
use crate::query::{Sample, Scope};

/// See the header.
pub static METRIC: Metric = Metric {
    definition: Definition {
        name: "sortino_ratio",
        unit: UnitRule::Fixed(Unit::Ratio),
        spelling: None,
        params: &[&SUBJECT, &PERIOD, &GRAIN, &BASIS, &THRESHOLD],
        example: "sortino_ratio(RUT, 2014..2023)",
        phrases: &["a sortino ratio of {value}"],
        code: None,
        revision: 1,
        source: include_str!("sortino_ratio.rs"),
    },
    compute,
    laws: &[Law::ScaleInvariant],
    golden: &[Golden {
        query: "sortino_ratio(RUT, 2014..2023)",
        want: 0.557_782_429_4,
        within: 0.000_000_01,
        from: "pandas 3.1.1, r and b the returns of RUT and SPX in index_month_end.csv: \
                   r.mean() / (r.clip(upper=0) ** 2).mean() ** 0.5 * 12 ** 0.5",
    }],
};

fn compute(scope: &Scope<'_>) -> Result<Outcome, Undefined> {
    let sample = scope.sample(&SUBJECT)?;
    let threshold = scope.threshold(&sample);
    let short = downside(&sample.returns, threshold).filter(|short| *short > 0.0);
    let short = short
        .ok_or_else(|| Undefined::new("zero_variance", "no return falls short of the threshold"))?;
    let mean = mean(&sample.returns).ok_or_else(Sample::still)?;
    let ratio = sample.per_year.sqrt() * (mean - threshold) / short;
    sample.outcome(ratio, Unit::Ratio)
}
