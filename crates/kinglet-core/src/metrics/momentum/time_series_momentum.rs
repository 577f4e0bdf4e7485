//! Time-series momentum: what the last twelve months earned above the riskless rate.
//!
//! # Definition
//! $$ M = \prod_{b < t \le e} (1 + r_t - f_t) - 1 $$
//! where $e$ is the last session of the period, $b$ the last close on or before the same day
//! `months` earlier (12), $r_t$ the return of each month, or of each session with `grain: day`, and
//! $f_t$ the riskless rate known when it began, as in `sharpe_ratio`. The sign is the signal: above
//! zero the trend of the subject itself is up, whatever other assets did. Strategies divide by the
//! `volatility` to size the position. No month is left out, unlike in `momentum`.
//!
//! # Undefined when
//! There are fewer than two returns (`too_short`); months are asked and the period does not end
//! with one (`period_kind`); a close is missing (`no_observation`, `incomplete`) or not positive
//! (`not_positive`); the data have no riskless rate (`no_series`, `no_observation`; `rf: 0%` does
//! without); `months` is not a whole number from 1 (`not_whole`); or the period ends after the data
//! (`outside_coverage`).
//!
//! # Example
//! ```
//! # use kinglet_core::{query::Evaluator, view::example};
//! // 10% a month, less a riskless 1%: 1.09^2 - 1.
//! let closes = [("2025-06-30", 100.0), ("2025-07-31", 110.0), ("2025-08-29", 121.0)];
//! let text = "time_series_momentum(RUT, @2025-08-29, months: 2, rf: 12%)";
//! let answer = Evaluator::new(&example(&closes)).answer(&text.parse().unwrap());
//! assert_eq!(answer.display(), "18.81%");
//! ```
//!
//! # References
//! Moskowitz, Ooi, Pedersen (2012), Time Series Momentum, Journal of Financial Economics 104(2),
//! section 3 (the sign of the excess return of the last twelve months, equation 5).

use super::momentum::{MONTHS, earlier};
use crate::answer::{Outcome, Undefined};
use crate::definition::params::{BASIS, GRAIN, PERIOD, RATE, SUBJECT};
use crate::definition::{Definition, Golden, Law, Metric, UnitRule};
use crate::numeric::performance::{excess, growth};
use crate::quantity::Unit;
use crate::query::Scope;

/// See the header.
pub static METRIC: Metric = Metric {
    definition: Definition {
        name: "time_series_momentum",
        unit: UnitRule::Fixed(Unit::Fraction),
        spelling: None,
        params: &[&SUBJECT, &PERIOD, &MONTHS, &GRAIN, &BASIS, &RATE],
        example: "time_series_momentum(RUT, @2023-12-29)",
        phrases: &["time-series momentum of {value}", "absolute momentum of {value}"],
        code: None,
        revision: 1,
        source: include_str!("time_series_momentum.rs"),
    },
    compute,
    laws: &[Law::ScaleInvariant],
    golden: &[
        Golden {
            query: "time_series_momentum(RUT, @2023-12-29)",
            want: 9.427_003_252,
            within: 0.000_001,
            from: "pandas 3.1.1, r the returns of RUT in index_month_end.csv, rf GS3M of the month \
                   before the base / 12: ((1 + r - rf)[-12:].prod() - 1), in per cent",
        },
        Golden {
            query: "time_series_momentum(SPX, @2009-02-27)",
            want: -45.550_061_320,
            within: 0.000_001,
            from: "pandas 3.1.1, r the returns of SPX in index_month_end.csv, rf GS3M of the month \
                   before the base / 12: ((1 + r - rf)[-12:].prod() - 1), in per cent",
        },
    ],
};

fn compute(scope: &Scope<'_>) -> Result<Outcome, Undefined> {
    let end = scope.end(&PERIOD)?;
    let from = earlier(scope, end, scope.whole(&MONTHS)?)?;
    let mut sample = scope.sample_of(&scope.steps_between(&SUBJECT, &GRAIN, (from, end))?)?;
    let riskless = scope.riskless(&mut sample)?;
    let gain = growth(&excess(&sample.returns, &riskless)) - 1.0;
    sample.outcome(gain, Unit::Fraction)
}
