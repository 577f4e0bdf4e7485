//! Rate projection: the median rate that a central bank's members project for the end of a year.
//!
//! # Definition
//! $$ \tilde{i}(Y) = \text{median}_k\, i_k(Y) $$
//! where $i_k(Y)$ is the rate that member $k$ thinks right for the end of year $Y$, by the last
//! projections that were public at the cutoff or, with `meeting`, at the end of that day or month:
//! the dots of the Federal Reserve, which are published with every second meeting. Publications
//! round the median to a tenth of a point.
//!
//! # Undefined when
//! No projections of this bank are known by the cutoff or by `meeting` (`no_projections`), the last
//! ones do not reach the year (`no_observation`), or the period is not a year (`period_kind`).
//!
//! # Example
//! ```
//! # use std::collections::BTreeMap;
//! # use kinglet_core::{query::{Evaluator, Query}, view::{example, example_change, Event}};
//! let values = BTreeMap::from([("2025".to_owned(), 0.03625), ("2026".to_owned(), 0.03375)]);
//! let dots = Event { kind: "median_dots".into(), values, ..example_change("2025-09-17", 4.25) };
//! let view = example(&[("2025-09-16", 1.0), ("2025-09-17", 1.0), ("2025-09-18", 1.0)])
//!     .with_events(vec![dots]);
//! let query: Query = "rate_projection(FED, 2026)".parse().unwrap();
//! assert_eq!(Evaluator::new(&view).answer(&query).number(), Some(3.375));
//! ```
//!
//! # References
//! Board of Governors of the Federal Reserve System, Summary of Economic Projections, figure 2,
//! federalreserve.gov/monetarypolicy/fomccalendars.htm.

use super::policy_rate::row;
use crate::answer::{Outcome, Undefined, finite};
use crate::definition::params::{PERIOD, SUBJECT};
use crate::definition::{ClaimCode, Definition, Golden, Law, Metric, Param, ParamKind, UnitRule};
use crate::quantity::Unit;
use crate::query::Scope;
use crate::time::{CalendarPeriod, Date, Grain, Interval, Period};
use crate::view::Event;

/// Whose projections are meant.
pub(super) static MEETING: Param = Param::optional(
    "meeting",
    ParamKind::Bound,
    "the last projections by the end of this day, month or year; default: by the cutoff",
);

/// See the header.
pub static METRIC: Metric = Metric {
    definition: Definition {
        name: "rate_projection",
        unit: UnitRule::Fixed(Unit::Fraction),
        spelling: None,
        params: &[&SUBJECT, &PERIOD, &MEETING],
        example: "rate_projection(FED, 2026)",
        phrases: &["the median projection at {value}", "the median dot at {value}"],
        code: Some(ClaimCode::Settled("policy_rate")),
        revision: 1,
        source: include_str!("rate_projection.rs"),
    },
    compute,
    laws: &[Law::ScaleInvariant],
    golden: &[
        Golden {
            query: "rate_projection(FED, 2026, meeting: 2025-09)",
            want: 3.4,
            within: 0.05,
            from: "Federal Reserve, Summary of Economic Projections of 2025-09-17, table 1",
        },
        Golden {
            query: "rate_projection(FED, 2025, meeting: 2024-12)",
            want: 3.9,
            within: 0.05,
            from: "Federal Reserve, Summary of Economic Projections of 2024-12-18, table 1",
        },
    ],
};

/// The year that a projection is for.
pub(super) fn year(scope: &Scope<'_>) -> Result<CalendarPeriod, Undefined> {
    match scope.period(&PERIOD) {
        Period::Calendar(p) if p.grain == Grain::Year => Ok(p),
        period => {
            let reason = format!("{period} is not a year, and projections are for the end of one");
            Err(Undefined::new("period_kind", reason))
        }
    }
}

/// The last projections by a meeting, or else by a day, and what they say of the end of a year.
pub(super) fn projected<'a>(
    scope: &Scope<'a>,
    year: CalendarPeriod,
    by: Date,
) -> Result<(&'a Event, f64), Undefined> {
    let meetings = scope.events(&SUBJECT, "median_dots");
    let cutoff = scope.view().cutoff.through;
    let by = scope.bound(&MEETING).map_or(by, CalendarPeriod::last_day).min(cutoff);
    let known = meetings.count_through(by, |e| e.date);
    let last = known.checked_sub(1).map(|last| meetings.at(last)).ok_or_else(|| {
        let bank = scope.entity(&SUBJECT);
        let reason = format!("there are no projections of {bank} by {by} in the data");
        Undefined::new("no_projections", reason)
    })?;
    let rate = last.values.get(&year.to_string()).copied().ok_or_else(|| {
        let reason = format!("the projections of {} do not reach {year}", last.date);
        Undefined::new("no_observation", reason)
    })?;
    Ok((last, rate))
}

fn compute(scope: &Scope<'_>) -> Result<Outcome, Undefined> {
    let (meeting, rate) = projected(scope, year(scope)?, scope.view().cutoff.through)?;
    Ok(Outcome {
        quantity: finite(rate, Unit::Fraction)?,
        interval: Some(Interval::at(meeting.date)),
        rows: vec![row(meeting, rate, Unit::Fraction)],
        notices: Vec::new(),
    })
}
