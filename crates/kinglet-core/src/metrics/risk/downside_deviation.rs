//! Downside deviation: the annualised root mean square by which returns fall short of a threshold.
//!
//! # Definition
//! $$ \delta = \sqrt{m}\,\sqrt{\frac{1}{n} \sum_t \min(u_t - \tau, 0)^2} $$
//! where $\tau$ is the `threshold`, a rate a year over $m$ (0 if left out), and $u_t$ is the simple
//! return of observation $t$ of $n$: from month-end to month-end (`grain: month`, $m = 12$ a year),
//! from the end of a week to the next (`grain: week`, $m = 52$) or from session to session
//! (`grain: day`, $m = 252$). The divisor is $n$, all observations. PerformanceAnalytics gives it
//! for one observation, without $\sqrt{m}$.
//!
//! # Undefined when
//! The period has fewer than two observations (`too_short`), a monthly one does not run from
//! month-end to month-end (`period_kind`), a close is missing (`incomplete`, `no_observation`)
//! or not positive (`not_positive`), there is no such series (`no_series`), or the period ends
//! after the data (`outside_coverage`).
//!
//! # Example
//! ```
//! # use kinglet_core::{query::{Evaluator, Query}, view::example};
//! // Returns of 10%, -10% and 10%.
//! let view = example(&[
//!     ("2025-08-26", 100.0), ("2025-08-27", 110.0), ("2025-08-28", 99.0), ("2025-08-29", 108.9),
//! ]);
//! let query: Query = "downside_deviation(RUT, 3d@2025-08-29, grain: day)".parse().unwrap();
//! // 10% / sqrt(3) * sqrt(252)
//! assert_eq!(Evaluator::new(&view).answer(&query).display(), "91.65%");
//! ```
//!
//! # References
//! Sortino, Price (1994), Performance Measurement in a Downside Risk Framework, Journal of
//! Investing 3(3); Bacon (2008), Practical Portfolio Performance Measurement and Attribution,
//! 2nd edition, chapter 4.

use crate::answer::{Outcome, Undefined};
use crate::definition::params::{BASIS, GRAIN, PERIOD, SUBJECT, THRESHOLD};
use crate::definition::{Definition, Golden, Law, Metric, UnitRule};
use crate::numeric::performance::downside;
use crate::quantity::Unit;
use crate::query::{Sample, Scope};

/// See the header.
pub static METRIC: Metric = Metric {
    definition: Definition {
        name: "downside_deviation",
        unit: UnitRule::Fixed(Unit::Fraction),
        spelling: None,
        params: &[&SUBJECT, &PERIOD, &GRAIN, &BASIS, &THRESHOLD],
        example: "downside_deviation(RUT, 2014..2023)",
        phrases: &[
            "a downside deviation of {value}",
            "downside risk of {value}",
            "a semi-deviation of {value}",
        ],
        code: None,
        revision: 1,
        source: include_str!("downside_deviation.rs"),
    },
    compute,
    laws: &[Law::ScaleInvariant, Law::NotNegative],
    golden: &[Golden {
        query: "downside_deviation(RUT, 2014..2023)",
        want: 13.658_012_398,
        within: 0.000_001,
        from: "pandas 3.1.1, r and b the returns of RUT and SPX in index_month_end.csv: \
                   (r.clip(upper=0) ** 2).mean() ** 0.5 * 12 ** 0.5 * 100",
    }],
};

fn compute(scope: &Scope<'_>) -> Result<Outcome, Undefined> {
    let sample = scope.sample(&SUBJECT)?;
    let short = downside(&sample.returns, scope.threshold(&sample)).ok_or_else(Sample::still)?;
    let yearly = short * sample.per_year.sqrt();
    sample.outcome(yearly, Unit::Fraction)
}
