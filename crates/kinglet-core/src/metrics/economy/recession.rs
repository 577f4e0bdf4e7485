//! Recession: whether the US economy was in one at the end of a period.
//!
//! # Definition
//! $$ \exists\, k : P_k < m \le T_k $$
//! where $m$ is the month in which the period ends, and $P_k$ and $T_k$ are the months of peak and
//! trough of business cycle $k$, as the National Bureau of Economic Research dates them: by the
//! announcements that were public at the cutoff or, with `dated: then`, by those that were public
//! when the period ended. While a peak is announced and its trough is not, the recession goes on.
//! The committee takes months: peaks since 1980 were announced 4 to 12 months late, troughs 8 to
//! 21. Before 1979 there were no announcements; a peak is taken to have been public after 12
//! months, a trough after 21.
//!
//! Its phrases print no figure, so that the auditor reads no claim in them.
//!
//! # Undefined when
//! The data hold no recession or the subject is not the US (`no_series`), the month lies before
//! the first peak known or the period ends after the data (`outside_coverage`).
//!
//! # Example
//! ```
//! # use std::collections::BTreeMap;
//! # use kinglet_core::{query::{Evaluator, Query}, view::{example, example_change, Event}};
//! let event = |kind: &str, month: &str, known: &str| Event {
//!     entity: "US".into(),
//!     kind: kind.into(),
//!     date: month.parse().unwrap(),
//!     ..example_change(known, 0.0)
//! };
//! let view = example(&[("2020-04-30", 1.0), ("2020-05-29", 1.0), ("2021-07-30", 1.0)])
//!     .with_events(vec![
//!         event("recession_peak", "2020-02-01", "2020-06-08"),
//!         event("recession_trough", "2020-04-01", "2021-07-19"),
//!     ]);
//! let answer = |text: &str| Evaluator::new(&view).answer(&text.parse().unwrap()).display();
//! assert_eq!(answer("recession(US, 2020-04)"), "yes");
//! assert_eq!(answer("recession(US, 2020-05)"), "no");
//! assert_eq!(answer("recession(US, 2020-05, dated: then)"), "undefined");
//! ```
//!
//! # References
//! National Bureau of Economic Research, Business Cycle Dating Committee Announcements,
//! nber.org/research/business-cycle-dating; Burns, Mitchell (1946), Measuring Business Cycles.

use super::unemployment::of_the_us;
use crate::answer::{Notice, Outcome, Row, Undefined, finite};
use crate::definition::params::{PERIOD, SUBJECT};
use crate::definition::{Definition, Golden, Law, Metric, Param, ParamKind, UnitRule};
use crate::quantity::Unit;
use crate::query::{Events, Scope};
use crate::time::{CalendarPeriod, Cutoff, Date, DateTime, Grain, Interval};
use crate::view::Event;

static DATED: Param = Param::with_default(
    "dated",
    ParamKind::Choice(&["cutoff", "then"]),
    "cutoff",
    "by the announcements public at the cutoff, or when the period ended",
);

/// See the header.
pub static METRIC: Metric = Metric {
    definition: Definition {
        name: "recession",
        unit: UnitRule::Fixed(Unit::Truth),
        spelling: None,
        params: &[&SUBJECT, &PERIOD, &DATED],
        example: "recession(US, 2008-12)",
        phrases: &["the economy was in recession", "in a recession"],
        code: None,
        revision: 1,
        source: include_str!("recession.rs"),
    },
    compute,
    laws: &[Law::ScaleInvariant],
    golden: &[
        Golden {
            query: "count(recession(US, month), since: 1980, until: 2025-06)",
            want: 58.0,
            within: 0.0,
            from: "FRED, USREC (NBER based recession indicators), months from 1980-01 that are 1",
        },
        Golden {
            query: "recession(US, 2008-11, dated: then)",
            want: 0.0,
            within: 0.0,
            from: "NBER, Business Cycle Dating Committee, 2008-12-01: the peak of December 2007 \
                   was announced on that day",
        },
    ],
};

/// The last event whose month is before another one, of those public at an instant.
fn last_before<'a>(events: &Events<'a>, month: Date, known_by: DateTime) -> Option<&'a Event> {
    let before = events.count_through(month.yesterday().unwrap_or(month), |e| e.date);
    (0..before).rev().map(|at| events.at(at)).find(|e| e.known_at <= known_by)
}

fn compute(scope: &Scope<'_>) -> Result<Outcome, Undefined> {
    of_the_us(scope)?;
    let (_, last) = scope.days(&PERIOD)?;
    let month = CalendarPeriod::containing(Grain::Month, last).first_day();
    let known_by = match scope.choice(&DATED) {
        "then" => Cutoff::end_of(last).known_by.min(scope.view().cutoff.known_by),
        _ => scope.view().cutoff.known_by,
    };
    let (peaks, troughs) =
        (scope.events(&SUBJECT, "recession_peak"), scope.events(&SUBJECT, "recession_trough"));
    if peaks.is_empty() {
        return Err(Undefined::new("no_series", "there are no recessions in the data"));
    }
    let peak = last_before(&peaks, month, known_by).ok_or_else(|| {
        let reason = format!("no peak of the business cycle before {last} was known");
        Undefined::new("outside_coverage", reason)
    })?;
    let trough = last_before(&troughs, month, known_by).filter(|trough| trough.date > peak.date);
    let row = |event: &Event| Row {
        series: format!("{} {}", event.entity, event.kind).into(),
        date: event.date,
        value: 1.0,
        unit: Unit::Truth,
        source: event.source.clone(),
    };
    let announced = |event: &Event| {
        let text = format!(
            "the {} of {} became public on {}",
            event.kind.trim_start_matches("recession_"),
            event.date.strftime("%Y-%m"),
            event.known_at.date()
        );
        Notice { code: "announced", text }
    };
    let named = || std::iter::once(peak).chain(trough);
    Ok(Outcome {
        quantity: finite(f64::from(u8::from(trough.is_none())), Unit::Truth)?,
        interval: Some(Interval::at(last)),
        rows: named().map(row).collect(),
        notices: named().map(announced).collect(),
    })
}
