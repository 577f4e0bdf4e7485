//! Published figures and business-cycle dates.

use super::Layout;
use super::fed::{PERCENT, event};
use crate::declared::{peak_known, trough_known};
use crate::import::sheet::Sheet;
use crate::rows::{Batch, EventRow};
use kinglet_core::time::{CalendarPeriod, Date};
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

/// What each row says. Medians of the Federal Reserve's projections are events, too, one for each
/// day, as where they come from its dots.
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
    let mut meetings: BTreeMap<Date, Event> = BTreeMap::new();
    for (date, year, rate) in found.iter().filter_map(projection) {
        let meeting = meetings.entry(date).or_insert_with(|| event(sheet, "median_dots", date));
        meeting.values.insert(year, rate);
    }
    batch.events.extend(meetings.into_values().map(|event| EventRow { event, text: None }));
    batch.statements.extend(found);
}

/// The day of the projections, the year for whose end they are, and the rate as a fraction. What is
/// published is rounded to a tenth of a point; members round theirs to an eighth (Federal Reserve,
/// Summary of Economic Projections, figure 2), and no two eighths have the same tenth.
fn projection(statement: &Statement) -> Option<(Date, String, f64)> {
    let is_rate = (&*statement.metric, &*statement.unit) == ("sep_median_fed_funds", "pct");
    let year = statement.definition.strip_prefix("year-end ")?.get(..4)?;
    let is_year = year.bytes().all(|digit| digit.is_ascii_digit());
    let date = statement.as_of.parse().ok()?;
    (is_rate && is_year)
        .then(|| (date, year.to_owned(), (statement.value * 8.0).round() / 8.0 / PERCENT))
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
