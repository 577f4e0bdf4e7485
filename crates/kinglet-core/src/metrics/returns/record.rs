//! Record: whether the close at the end of a period is higher than every close before it.
//!
//! # Definition
//! $$ P_e > \max_{s \le t < e} P_t $$
//! where $P_t$ is the close of session $t$, $e$ the last session of the period and $s$ the first
//! session on or after `since`, or the first of the series. Equal to a former close is no record.
//!
//! A `record close of` so much is read as a level; the auditor does not ask by itself whether it is
//! one.
//!
//! # Undefined when
//! The close, or a former one, is missing and those known do not settle it: a known close that is
//! as high settles it (`incomplete`); it is the first close (`no_observation`); the series begins
//! more than a year after `since` or the period ends after the data (`outside_coverage`); there is
//! no such series (`no_series`).
//!
//! # Example
//! ```
//! # use kinglet_core::{query::{Evaluator, Query}, view::example};
//! let view = example(&[("2025-08-27", 210.0), ("2025-08-28", 200.0), ("2025-08-29", 214.0)]);
//! let query: Query = "record(RUT, 2025-08-29)".parse().unwrap();
//! assert_eq!(Evaluator::new(&view).answer(&query).display(), "yes");
//! ```
//!
//! # References
//! Arnold, Balakrishnan, Nagaraja (1998), Records, section 1.2 (upper records, strictly greater).

use crate::answer::{Outcome, Undefined};
use crate::definition::params::{BASIS, PERIOD, SINCE, SUBJECT};
use crate::definition::{ClaimCode, Definition, Golden, Law, Metric, UnitRule};
use crate::quantity::{Quantity, Unit};
use crate::query::Scope;
use crate::time::Interval;

/// See the header.
pub static METRIC: Metric = Metric {
    definition: Definition {
        name: "record",
        unit: UnitRule::Fixed(Unit::Truth),
        spelling: None,
        params: &[&SUBJECT, &PERIOD, &SINCE, &BASIS],
        example: "record(RUT, 2025-09-18, since: 2024-09)",
        phrases: &["a record close of {value}", "a record high of {value}"],
        code: Some(ClaimCode::Settled("record_count")),
        revision: 1,
        source: include_str!("record.rs"),
    },
    compute,
    laws: &[Law::ScaleInvariant],
    golden: &[Golden {
        query: "record(RUT, 2025-09-18, since: 2024-09)",
        want: 1.0,
        within: 0.0,
        from: "press reports of 2025-09-18: the first record close since November 2021",
    }],
};

fn compute(scope: &Scope<'_>) -> Result<Outcome, Undefined> {
    let end = scope.end(&PERIOD)?;
    let series = scope.series(&SUBJECT, &BASIS)?;
    let close = scope.close(series, end)?;
    let eve = end.yesterday().unwrap_or(end);
    let (high, notice) = scope.high((&SUBJECT, &BASIS, &SINCE), eve)?;
    let is_record = close.value > high.observation.value;
    if is_record && !high.is_complete {
        return Err(scope.higher_unknown(series, end));
    }
    Ok(Outcome {
        quantity: Quantity::new(f64::from(u8::from(is_record)), Unit::Truth),
        interval: Some(Interval::between(high.observation.date, end)),
        rows: vec![scope.row(series, high.observation), scope.row(series, close)],
        notices: notice.into_iter().collect(),
    })
}
