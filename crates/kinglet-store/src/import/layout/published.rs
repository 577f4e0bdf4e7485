//! Published figures and business-cycle dates.

use super::Layout;
use crate::declared::{peak_known, trough_known};
use crate::import::sheet::Sheet;
use crate::rows::{Batch, EventRow};
use kinglet_core::time::CalendarPeriod;
use kinglet_core::view::{Event, Statement};
use std::collections::BTreeMap;

/// Figures that somebody stated.
pub(super) const STATEMENTS: Layout = Layout {
    name: "as_of, entity, metric, definition, value, unit, publisher, where_read (statements)",
    recognise: |s| s.has(&COLUMNS) && s.has(&["value"]),
    read: statements,
};

/// Recessions by the months of peak and trough.
pub(super) const RECESSIONS: Layout = Layout {
    name: "peak_month, trough_month (recessions)",
    recognise: |s| s.has(&["peak_month", "trough_month"]),
    read: recessions,
};

const COLUMNS: [&str; 7] =
    ["as_of", "entity", "metric", "definition", "unit", "publisher", "where_read"];

fn statements(sheet: &Sheet<'_>, batch: &mut Batch) {
    let at = COLUMNS.map(|name| sheet.column(&[name]).unwrap_or_default());
    let value = sheet.column(&["value"]).unwrap_or_default();
    let mut found = Vec::new();
    sheet.each(&mut batch.bad, |row| {
        let value = row.needed(value)?;
        if row.text(at[0])?.parse::<CalendarPeriod>().is_err() {
            row.reject_text(at[0], "no day, month or year");
            return None;
        }
        let texts = at.map(|at| row.text(at).map(str::to_owned));
        let [as_of, entity, metric, definition, unit, publisher, where_read] = texts;
        found.push(Statement {
            as_of: as_of?,
            entity: entity?,
            metric: metric?,
            definition: definition?,
            value,
            unit: unit?,
            publisher: publisher?,
            where_read: where_read?,
        });
        Some(())
    });
    batch.statements.extend(found);
}

/// Peak and trough, each public when it was announced, and the recession between them, public with
/// its trough.
fn recessions(sheet: &Sheet<'_>, batch: &mut Batch) {
    let at = |name: &str| sheet.column(&[name]).unwrap_or_default();
    let (peak, trough) = (at("peak_month"), at("trough_month"));
    let source: std::sync::Arc<str> = sheet.source().into();
    let mut found = Vec::new();
    sheet.each(&mut batch.bad, |row| {
        let (peak, trough) = (row.date(peak)?, row.date(trough)?);
        let event = |kind: &str, date, known_at| Event {
            entity: "US".to_owned(),
            kind: kind.to_owned(),
            date,
            known_at,
            values: BTreeMap::new(),
            dates: BTreeMap::new(),
            source: std::sync::Arc::clone(&source),
        };
        let dates = BTreeMap::from([("trough".to_owned(), trough)]);
        let events = [
            Event { dates, ..event("recession", peak, trough_known(trough)) },
            event("recession_peak", peak, peak_known(peak)),
            event("recession_trough", trough, trough_known(trough)),
        ];
        found.extend(events.map(|event| EventRow { event, text: None }));
        Some(())
    });
    batch.events.extend(found);
}
