//! Policy rate: the central bank's target at the end of a period.
//!
//! # Definition
//! $$ i(D) = \text{bound of the target range set by the last change with date} \le D $$
//! where $D$ is the last day of the period, weekends included, and the date of a change that of
//! its announcement, or with `dated: effective` the first day on which it is in force. The target
//! of the Federal Reserve is a range since 2008-12-16; `bound: upper` is its upper end, `lower`
//! its lower one. Before, both are the one target.
//!
//! # Undefined when
//! No change of this bank is known (`no_series`), the day lies before the first one known or the
//! period ends after the data (`outside_coverage`).
//!
//! # Example
//! ```
//! # use kinglet_core::{query::{Evaluator, Query}, view::{example, example_change}};
//! let view = example(&[("2025-09-16", 1.0), ("2025-09-17", 1.0), ("2025-09-18", 1.0)])
//!     .with_events(vec![example_change("2024-12-18", 4.5), example_change("2025-09-17", 4.25)]);
//! let query: Query = "policy_rate(FED, @2025-09-17, bound: lower)".parse().unwrap();
//! assert_eq!(Evaluator::new(&view).answer(&query).display(), "4.00%");
//! ```
//!
//! # References
//! Board of Governors of the Federal Reserve System, Open Market Operations,
//! federalreserve.gov/monetarypolicy/openmarket.htm.

use crate::answer::{Outcome, Row, Undefined, finite};
use crate::definition::params::{PERIOD, SUBJECT};
use crate::definition::{ClaimCode, Definition, Golden, Law, Metric, Param, ParamKind, UnitRule};
use crate::quantity::Unit;
use crate::query::{Events, Scope};
use crate::time::{Date, Interval};
use crate::view::Event;

/// Which end of the target range.
pub(super) static BOUND: Param = Param::with_default(
    "bound",
    ParamKind::Choice(&["upper", "lower"]),
    "upper",
    "the upper or lower end of the target range",
);

/// Which date of a change counts.
pub(super) static DATED: Param = Param::with_default(
    "dated",
    ParamKind::Choice(&["announced", "effective"]),
    "announced",
    "by the day on which a change is announced, or from which it is in force",
);

/// See the header.
pub static METRIC: Metric = Metric {
    definition: Definition {
        name: "policy_rate",
        unit: UnitRule::Fixed(Unit::Fraction),
        spelling: None,
        params: &[&SUBJECT, &PERIOD, &BOUND, &DATED],
        example: "policy_rate(FED, @2025-09-17)",
        phrases: &["a target range of {value}", "the federal funds rate at {value}"],
        code: Some(ClaimCode::Settled("policy_rate")),
        revision: 1,
        source: include_str!("policy_rate.rs"),
    },
    compute,
    laws: &[Law::ScaleInvariant],
    golden: &[
        Golden {
            query: "policy_rate(FED, @2025-09-17)",
            want: 4.25,
            within: 0.0,
            from: "Federal Reserve, FOMC statement of 2025-09-17: 4 to 4-1/4 percent",
        },
        Golden {
            query: "policy_rate(FED, @2008-12-16, bound: lower)",
            want: 0.0,
            within: 0.0,
            from: "Federal Reserve, FOMC statement of 2008-12-16: 0 to 1/4 percent",
        },
    ],
};

/// The changes of a bank's target, oldest first; at least one.
pub(super) fn changes<'a>(scope: &Scope<'a>) -> Result<Events<'a>, Undefined> {
    let events = scope.events(&SUBJECT, "policy_rate");
    if events.is_empty() {
        let bank = scope.entity(&SUBJECT);
        let reason = format!("there are no changes of a policy rate of {bank} in the data");
        return Err(Undefined::new("no_series", reason));
    }
    Ok(events)
}

/// The date of a change by one of the two reckonings.
pub(super) fn date_of(event: &Event, dated: &str) -> Date {
    let effective = event.dates.get("effective").filter(|_| dated == "effective");
    effective.copied().unwrap_or(event.date)
}

/// One end of the target range that a change set.
pub(super) fn bound_of(event: &Event, bound: &str) -> Result<f64, Undefined> {
    event.values.get(bound).copied().ok_or_else(|| {
        let reason = format!("the change of {} has no {bound} bound", event.date);
        Undefined::new("no_observation", reason)
    })
}

/// A change as a row for the evidence.
pub(super) fn row(event: &Event, value: f64, unit: Unit) -> Row {
    let series = format!("{} {}", event.entity, event.kind).into();
    Row { series, date: event.date, value, unit, source: event.source.clone() }
}

/// That a day lies before the first change known.
pub(super) fn too_early(first: &Event, day: Date) -> Undefined {
    let reason = format!("the first change known is of {}, after {day}", first.date);
    Undefined::new("outside_coverage", reason)
}

fn compute(scope: &Scope<'_>) -> Result<Outcome, Undefined> {
    let (_, day) = scope.days(&PERIOD)?;
    let changes = changes(scope)?;
    let dated = scope.choice(&DATED);
    let Some(last) = changes.count_through(day, |e| date_of(e, dated)).checked_sub(1) else {
        return Err(too_early(changes.at(0), day));
    };
    let change = changes.at(last);
    let rate = bound_of(change, scope.choice(&BOUND))?;
    Ok(Outcome {
        quantity: finite(rate, Unit::Fraction)?,
        interval: Some(Interval::at(day)),
        rows: vec![row(change, rate, Unit::Fraction)],
        notices: Vec::new(),
    })
}
