//! Dated happenings among the facts.

use std::collections::BTreeMap;

use kinglet_core::time::{Date, DateTime};
use kinglet_core::view::Event;

use super::Source;
use crate::declared::{fed_announcement, recession_known};
use crate::rows::{Batch, EventRow};

/// A percentage as a fraction.
const PERCENT: f64 = 100.0;
/// A basis point as a fraction.
const BASIS_POINTS: f64 = 10_000.0;

/// Changes of the federal funds target: announcement, effective date, both bounds, the change.
pub(super) fn policy_rate(source: Source, batch: &mut Batch) {
    let mut rows = Vec::new();
    source.each(batch, |row| {
        let (announced, effective) = (row.date(0)?, row.date(1)?);
        let (lower, upper, change) = (row.needed(2)?, row.needed(3)?, row.needed(4)?);
        rows.push(
            Happening {
                who: ("FED", "policy_rate"),
                date: announced,
                known_at: fed_announcement(announced),
                values: &[
                    ("lower", lower / PERCENT),
                    ("upper", upper / PERCENT),
                    ("change", change / BASIS_POINTS),
                ],
                dates: &[("effective", effective)],
            }
            .row(source),
        );
        Some(())
    });
    batch.events.extend(rows);
}

/// Meetings of the committee with their decision, from 2014.
pub(super) fn meetings(source: Source, batch: &mut Batch) {
    let mut rows = Vec::new();
    source.each(batch, |row| {
        let date = row.date(0)?;
        let (change, upper, scheduled) = (row.needed(1)?, row.needed(2)?, row.needed(3)?);
        rows.push(
            Happening {
                who: ("FED", "meeting"),
                date,
                known_at: fed_announcement(date),
                values: &[
                    ("change", change / BASIS_POINTS),
                    ("upper", upper / PERCENT),
                    ("scheduled", scheduled),
                ],
                dates: &[],
            }
            .row(source),
        );
        Some(())
    });
    batch.events.extend(rows);
}

/// Recessions: from the month of the peak to that of the trough, dated by their first days.
pub(super) fn recessions(source: Source, batch: &mut Batch) {
    let mut rows = Vec::new();
    source.each(batch, |row| {
        let (peak, trough) = (row.date(0)?, row.date(1)?);
        rows.push(
            Happening {
                who: ("US", "recession"),
                date: peak,
                known_at: recession_known(trough),
                values: &[],
                dates: &[("trough", trough)],
            }
            .row(source),
        );
        Some(())
    });
    batch.events.extend(rows);
}

struct Happening<'a> {
    /// Entity and kind.
    who: (&'static str, &'static str),
    date: Date,
    known_at: DateTime,
    values: &'a [(&'static str, f64)],
    dates: &'a [(&'static str, Date)],
}

impl Happening<'_> {
    fn row(&self, source: Source) -> EventRow {
        let values = self.values.iter().map(|&(name, value)| (name.to_owned(), value));
        let dates = self.dates.iter().map(|&(name, date)| (name.to_owned(), date));
        let event = Event {
            entity: self.who.0.to_owned(),
            kind: self.who.1.to_owned(),
            date: self.date,
            known_at: self.known_at,
            values: BTreeMap::from_iter(values),
            dates: BTreeMap::from_iter(dates),
            source: source.label().into(),
        };
        EventRow { event, text: None }
    }
}
