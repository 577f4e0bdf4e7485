//! Time under the high: for how long the highest close before a session had stood when it came.
//!
//! # Definition
//! $$ T = e - h, \qquad P_h = \max_{s \le t < e} P_t $$
//! where $P_t$ is the close of session $t$, $e$ the last session of the period, $s$ the first
//! session on or after `since`, or the first of the series, and $h$ the session of the highest
//! close before $e$, of equal ones the first. In calendar days. Where $e$ is a `record`, it is the
//! time between the old record and the breakout; otherwise the time under the high so far.
//!
//! # Undefined when
//! As for `distance_from_high`; also where $e$ is the first close (`no_observation`).
//!
//! # Example
//! ```
//! # use kinglet_core::{query::{Evaluator, Query}, view::example};
//! let view = example(&[("2025-08-26", 210.0), ("2025-08-28", 200.0), ("2025-08-29", 214.0)]);
//! let query: Query = "time_under_high(RUT, @2025-08-29)".parse().unwrap();
//! assert_eq!(Evaluator::new(&view).answer(&query).display(), "3 days");
//! ```
//!
//! # References
//! Murphy (1999), Technical Analysis of the Financial Markets, chapter 4; Arnold, Balakrishnan,
//! Nagaraja (1998), Records, section 2.7 (inter-record times).

use crate::answer::{Outcome, Undefined, finite};
use crate::definition::params::{BASIS, PERIOD, SINCE, SUBJECT};
use crate::definition::{Definition, Golden, Law, Metric, UnitRule};
use crate::quantity::Unit;
use crate::query::Scope;
use crate::time::Interval;

/// See the header.
pub static METRIC: Metric = Metric {
    definition: Definition {
        name: "time_under_high",
        unit: UnitRule::Fixed(Unit::Days),
        spelling: None,
        params: &[&SUBJECT, &PERIOD, &SINCE, &BASIS],
        example: "time_under_high(RUT, @2025-09-18, since: 2024-09)",
        phrases: &["spent {value} under the old high", "was {value} below its old high"],
        code: None,
        revision: 1,
        source: include_str!("time_under_high.rs"),
    },
    compute,
    laws: &[Law::ScaleInvariant, Law::NotNegative],
    golden: &[Golden {
        query: "time_under_high(RUT, @2025-09-18, since: 2024-09)",
        want: 297.0,
        within: 0.0,
        from: "Python 3, csv and datetime modules, over the facts: the highest close before is \
               that of 2024-11-25",
    }],
};

fn compute(scope: &Scope<'_>) -> Result<Outcome, Undefined> {
    let end = scope.end(&PERIOD)?;
    let series = scope.series(&SUBJECT, &BASIS)?;
    let close = scope.close(series, end)?;
    let eve = end.yesterday().unwrap_or(end);
    let (high, notice) = scope.high((&SUBJECT, &BASIS, &SINCE), eve)?;
    let former = high.observation;
    if !high.is_complete {
        return Err(scope.higher_unknown(series, end));
    }
    let days = f64::from((end - former.date).get_days());
    Ok(Outcome {
        quantity: finite(days, Unit::Days)?,
        interval: Some(Interval::between(former.date, end)),
        rows: vec![scope.row(series, former), scope.row(series, close)],
        notices: notice.into_iter().collect(),
    })
}
