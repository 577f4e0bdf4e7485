//! The Federal Reserve: target changes, meetings, projections, statements, odds. Rates become
//! fractions; what a meeting decides is public at 14:00 of its day.

use std::collections::BTreeMap;
use std::sync::Arc;

use kinglet_core::columns::Frequency;
use kinglet_core::quantity::Spelling;
use kinglet_core::time::{CalendarPeriod, Date, Grain};
use kinglet_core::view::Event;

use super::Layout;
use crate::declared::{Declared, Release, fed_announcement};
use crate::import::column::Column;
use crate::import::sheet::{Lines, Sheet};
use crate::import::table::Row;
use crate::rows::{Batch, EventRow};

/// Changes of the target by announcement.
pub(super) const CHANGES: Layout = Layout {
    name: "announce_date, effective_date, bounds, change_bp (target changes)",
    recognise: |s| s.has(&["announce_date", "effective_date", "change_bp"]),
    read: changes,
};

/// The target of each day.
pub(super) const DAILY: Layout = Layout {
    name: "date, target_lower, target_upper (daily target)",
    recognise: |s| s.has(&["date", "target_lower", "target_upper", "regime"]),
    read: daily,
};

/// Decisions, holds included.
pub(super) const MEETINGS: Layout = Layout {
    name: "date, change, upper bound (meetings)",
    recognise: |s| {
        s.column(&["date"]).is_some() && s.column(CHANGE).is_some() && s.column(UPPER).is_some()
    },
    read: meetings,
};

/// Dots by midpoint and year.
pub(super) const DOTS: Layout = Layout {
    name: "date, midpoint, years (dot plot)",
    recognise: |s| s.has(&["date", "midpoint"]),
    read: dots,
};

/// Median dots.
pub(super) const MEDIANS: Layout = Layout {
    name: "meeting_date, year, median_rate (median dots)",
    recognise: |s| s.has(&["meeting_date", "year", "median_rate"]),
    read: medians,
};

/// Full texts.
pub(super) const TEXTS: Layout = Layout {
    name: "date, kind, title, url, body (statements of the committee)",
    recognise: |s| s.has(&["date", "kind", "title", "body"]),
    read: texts,
};

/// Odds from futures.
pub(super) const ODDS: Layout = Layout {
    name: "date, meeting_date, prob_cut, … (odds of meetings)",
    recognise: |s| s.has(&["date", "meeting_date", "prob_cut"]),
    read: odds,
};

const CHANGE: &[&str] = &["change_bp", "decision_bp"];
const UPPER: &[&str] = &["target_upper", "upper_after", "new_upper", "upper"];
const LOWER: &[&str] = &["target_lower", "new_lower", "lower"];
const BASIS_POINTS: f64 = 10_000.0;
pub(super) const PERCENT: f64 = 100.0;

pub(super) fn event(sheet: &Sheet<'_>, kind: &str, date: Date) -> Event {
    Event {
        entity: "FED".to_owned(),
        kind: kind.to_owned(),
        date,
        known_at: fed_announcement(date),
        values: BTreeMap::new(),
        dates: BTreeMap::new(),
        source: Arc::from(sheet.source()),
    }
}

/// Reads one event from each row.
fn each(
    sheet: &Sheet<'_>,
    batch: &mut Batch,
    mut read: impl FnMut(&mut Row<'_>) -> Option<EventRow>,
) {
    let mut found = Vec::new();
    sheet.each(&mut batch.bad, |row| {
        found.push(read(row)?);
        Some(())
    });
    batch.events.extend(found);
}

fn changes(sheet: &Sheet<'_>, batch: &mut Batch) {
    let at = |names: &[&str]| sheet.column(names).unwrap_or_default();
    let (announced, effective) = (at(&["announce_date"]), at(&["effective_date"]));
    let (lower, upper, change) = (at(LOWER), at(UPPER), at(CHANGE));
    let mut lines = Lines::default();
    each(sheet, batch, |row| {
        let date = row.date(announced)?;
        lines.first(row, "", date)?;
        let mut event = event(sheet, "policy_rate", date);
        event.values = BTreeMap::from([
            ("lower".to_owned(), row.needed(lower)? / PERCENT),
            ("upper".to_owned(), row.needed(upper)? / PERCENT),
            ("change".to_owned(), row.needed(change)? / BASIS_POINTS),
        ]);
        event.dates = BTreeMap::from([("effective".to_owned(), row.date(effective)?)]);
        Some(EventRow { event, text: None })
    });
}

fn daily(sheet: &Sheet<'_>, batch: &mut Batch) {
    let source = sheet.source();
    let ids = [("FED_TARGET_LOWER", "target_lower"), ("FED_TARGET_UPPER", "target_upper")];
    let mut columns =
        ids.map(|(id, name)| (sheet.column(&[name]).unwrap_or(0), Column::named(id, &source)));
    let date = sheet.date_column().unwrap_or(0);
    let mut lines = Lines::default();
    sheet.each(&mut batch.bad, |row| {
        let date = row.date(date)?;
        lines.first(row, "", date)?;
        for (at, column) in &mut columns {
            column.push(date, row.needed(*at)?);
        }
        Some(())
    });
    batch.series.extend(columns.map(|(_, column)| column.into_block()));
}

fn meetings(sheet: &Sheet<'_>, batch: &mut Batch) {
    let at = |names: &[&str]| sheet.column(names).unwrap_or_default();
    let (date, change, upper) = (at(&["date"]), at(CHANGE), at(UPPER));
    let (lower, scheduled) = (sheet.column(LOWER), sheet.column(&["scheduled"]));
    let (mut lines, mut days) = (Lines::default(), Vec::new());
    each(sheet, batch, |row| {
        let date = row.date(date)?;
        lines.first(row, "", date)?;
        let mut event = event(sheet, "meeting", date);
        event.values.insert("change".to_owned(), row.needed(change)? / BASIS_POINTS);
        event.values.insert("upper".to_owned(), row.needed(upper)? / PERCENT);
        if let Some(lower) = lower.and_then(|at| row.number(at)) {
            event.values.insert("lower".to_owned(), lower / PERCENT);
        }
        if let Some(scheduled) = scheduled.and_then(|at| row.number(at)) {
            event.values.insert("scheduled".to_owned(), scheduled);
            days.extend((scheduled == 1.0).then(|| meeting_day(sheet, date)));
        }
        Some(EventRow { event, text: None })
    });
    batch.events.extend(days);
}

/// That there will be a meeting on a day, without what it decided: the committee publishes the days
/// of a year before it begins, and no row says when; they count as known from its first day.
fn meeting_day(sheet: &Sheet<'_>, date: Date) -> EventRow {
    let first = CalendarPeriod::containing(Grain::Year, date).first_day();
    let known_at = fed_announcement(first);
    EventRow { event: Event { known_at, ..event(sheet, "meeting_day", date) }, text: None }
}

/// One event for each meeting: how many dots lie at a midpoint for a year, as `2025@3.625`.
fn dots(sheet: &Sheet<'_>, batch: &mut Batch) {
    let at = |name: &str| sheet.column(&[name]).unwrap_or_default();
    let (date, midpoint) = (at("date"), at("midpoint"));
    let years: Vec<usize> =
        (0..sheet.header.len()).filter(|at| ![date, midpoint].contains(at)).collect();
    let mut found: BTreeMap<Date, Event> = BTreeMap::new();
    sheet.each(&mut batch.bad, |row| {
        let date = row.date(date)?;
        let midpoint = row.needed(midpoint)?;
        let event = found.entry(date).or_insert_with(|| event(sheet, "dots", date));
        for &at in &years {
            if let Some(number) = row.number(at) {
                event.values.insert(format!("{}@{midpoint}", sheet.header[at]), number);
            }
        }
        Some(())
    });
    batch.events.extend(found.into_values().map(|event| EventRow { event, text: None }));
}

/// One event for each meeting: the median by year, as a fraction.
fn medians(sheet: &Sheet<'_>, batch: &mut Batch) {
    let at = |name: &str| sheet.column(&[name]).unwrap_or_default();
    let (date, year, median) = (at("meeting_date"), at("year"), at("median_rate"));
    let mut found: BTreeMap<Date, Event> = BTreeMap::new();
    sheet.each(&mut batch.bad, |row| {
        let date = row.date(date)?;
        let year = row.text(year)?.to_owned();
        let median = row.needed(median)? / PERCENT;
        let event = found.entry(date).or_insert_with(|| event(sheet, "median_dots", date));
        event.values.insert(year, median);
        Some(())
    });
    batch.events.extend(found.into_values().map(|event| EventRow { event, text: None }));
}

fn texts(sheet: &Sheet<'_>, batch: &mut Batch) {
    let at = |name: &str| sheet.column(&[name]).unwrap_or_default();
    let columns = [at("title"), at("url"), at("body")];
    let (date, kind) = (at("date"), at("kind"));
    each(sheet, batch, |row| {
        let date = row.date(date)?;
        let kind = format!("text:{}", row.text(kind)?);
        let texts = columns.map(|at| row.text(at).unwrap_or_default().to_owned());
        let event = event(sheet, &kind, date);
        Some(EventRow { event, text: Some(texts.join("\n\n").trim().to_owned()) })
    });
}

/// A series for each meeting and column: `FED_ODDS_2026-09-16_PROB_CUT`.
fn odds(sheet: &Sheet<'_>, batch: &mut Batch) {
    let source = sheet.source();
    let at = |name: &str| sheet.column(&[name]).unwrap_or_default();
    let (date, meeting) = (at("date"), at("meeting_date"));
    let numbers: Vec<usize> = (0..sheet.header.len())
        .filter(|&at| ["prob_", "implied", "post_"].iter().any(|p| sheet.header[at].starts_with(p)))
        .collect();
    let mut columns: BTreeMap<String, Column> = BTreeMap::new();
    sheet.each(&mut batch.bad, |row| {
        let (date, meeting) = (row.date(date)?, row.date(meeting)?);
        for &at in &numbers {
            let Some(value) = row.number(at) else { continue };
            let name = &sheet.header[at];
            let id = format!("FED_ODDS_{meeting}_{}", name.to_uppercase());
            let scale = if name.starts_with("prob_") { PERCENT } else { 1.0 };
            let column = columns.entry(id).or_insert_with_key(|id| {
                let release = Release::Close;
                let (spelling, frequency) = (Spelling::Percent, Frequency::Session);
                Column::declared(
                    id,
                    Declared { id: "", spelling, scale, frequency, release },
                    &source,
                )
            });
            column.push(date, value);
        }
        Some(())
    });
    batch.series.extend(columns.into_values().map(Column::into_block));
}
