//! What the data hold: of each series how far it reaches and what is missing, of each id its
//! sources and records.

use std::collections::BTreeMap;

use kinglet_core::columns::{Frequency, Observation, Series};
use kinglet_core::diagnostic::{Code, Diagnostic, nearest};
use kinglet_core::identity::Basis;
use kinglet_core::quantity::{Spelling, Unit};
use kinglet_core::query::Reach;
use kinglet_core::time::{Calendar, CalendarPeriod, Date, Grain};
use kinglet_core::view::View;

use super::Data;
use crate::assemble;
use crate::lake::{Needs, Table};
use crate::rows::{Batch, SeriesBlock};

/// One series as a reader sees it.
#[derive(Clone, Debug, PartialEq)]
pub struct Coverage {
    /// Its id.
    pub id: String,
    /// Price or total return.
    pub basis: Basis,
    /// What it measures.
    pub unit: Unit,
    /// What its dates are.
    pub frequency: Frequency,
    /// How many dates have a value.
    pub rows: u64,
    /// The first date.
    pub first: Date,
    /// The last date.
    pub last: Date,
    /// Sessions, or periods, between the first and the last that have no value.
    pub missing: u64,
    /// Days from the last value to the end of the data; none where it ends later.
    pub days_behind: u64,
    /// Where it comes from.
    pub source: String,
}

/// A table beside the series.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TableCoverage {
    /// The table.
    pub table: Table,
    /// How many symbols, funds, entities or publishers it has.
    pub ids: u64,
    /// How many rows hold.
    pub rows: u64,
    /// The first date, as text: a statement may be of a year.
    pub first: String,
    /// The last date.
    pub last: String,
}

/// One source of a series.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SourceCoverage {
    /// Price or total return.
    pub basis: Basis,
    /// Where it comes from.
    pub source: String,
    /// How its values are spelled.
    pub spelling: Spelling,
    /// Whether `known_at` follows from a declared lag.
    pub assumed: bool,
    /// Whether it is one vintage.
    pub vintage: bool,
    /// How many rows hold.
    pub rows: u64,
    /// The first date.
    pub first: Date,
    /// The last date.
    pub last: Date,
}

/// All about one id.
#[derive(Clone, Debug, PartialEq)]
pub struct Shown {
    /// As a reader sees it, by basis.
    pub series: Vec<Coverage>,
    /// The last observations of the first of them, newest last.
    pub latest: Vec<Observation>,
    /// What it is made of.
    pub sources: Vec<SourceCoverage>,
    /// Versions of the lake that recorded rows of it, and how many.
    pub recorded: Vec<(u64, u64)>,
}

/// How many observations are shown.
const LATEST: usize = 5;

impl Data {
    /// Every series under its own id, in order of id and basis.
    pub fn coverage(&self) -> Result<Vec<Coverage>, Diagnostic> {
        let (view, end) = self.whole(&Needs::ALL)?;
        Ok(covered(&view, end, |code, series| code == &*series.id))
    }

    /// The tables beside the series, those that have rows.
    pub fn table_coverage(&self) -> Result<Vec<TableCoverage>, Diagnostic> {
        let mut covered = Vec::new();
        for table in Table::ALL.into_iter().filter(|&t| t != Table::Series) {
            let (id, date) = match table {
                Table::Statements => (table.id(), "as_of"),
                _ => (table.id(), "date"),
            };
            let columns = format!("count(DISTINCT {id}), count(*), min({date}), max({date})");
            let sheet = self.sql(&format!("SELECT {columns} FROM {}", table.name()))?;
            let Some([ids, rows, first, last]) = sheet.rows.first().map(Vec::as_slice) else {
                continue;
            };
            let text = |value: &serde_json::Value| value.as_str().unwrap_or_default().to_owned();
            let count = |value: &serde_json::Value| value.as_u64().unwrap_or_default();
            if count(rows) > 0 {
                covered.push(TableCoverage {
                    table,
                    ids: count(ids),
                    rows: count(rows),
                    first: text(first),
                    last: text(last),
                });
            }
        }
        Ok(covered)
    }

    /// All about one id.
    pub fn show(&self, id: &str) -> Result<Shown, Diagnostic> {
        let needs = Needs::of(vec![id.to_owned()], Reach::Series);
        let (view, end) = self.whole(&needs)?;
        let series = covered(&view, end, |code, _| code == id);
        let Some(first) = series.first() else { return Err(self.unknown(id)) };
        let observations = view.series(id, first.basis).map_or(&[][..], Series::observations);
        let latest = observations[observations.len().saturating_sub(LATEST)..].to_vec();
        let ids = assemble::series_ids(id);
        let layers = self.layers(&needs)?;
        let blocks = layers.iter().flat_map(|b| &b.series).filter(|b| ids.contains(&b.id));
        let sources = blocks.filter_map(source).collect();
        Ok(Shown { series, latest, sources, recorded: self.records(&ids)? })
    }

    /// How many rows of some ids each version of the lake recorded.
    fn records(&self, ids: &[String]) -> Result<Vec<(u64, u64)>, Diagnostic> {
        let quoted: Vec<String> =
            ids.iter().map(|id| format!("'{}'", id.replace('\'', "''"))).collect();
        let mut records = BTreeMap::new();
        for (table, column) in [("series", "id"), ("bars", "symbol")] {
            let sheet = self.sql(&format!(
                "SELECT recorded, count(*) FROM recorded.{table} WHERE {column} IN ({}) GROUP BY 1",
                quoted.join(", ")
            ))?;
            for row in sheet.rows {
                if let [version, rows] = row.as_slice() {
                    let version = version.as_u64().unwrap_or_default();
                    *records.entry(version).or_default() += rows.as_u64().unwrap_or_default();
                }
            }
        }
        Ok(records.into_iter().collect())
    }

    fn unknown(&self, id: &str) -> Diagnostic {
        let message = format!("there is no series {id} in {}", self.version());
        let mut unknown = Diagnostic::new(Code::UnknownName, message);
        let all = self.coverage().unwrap_or_default();
        if let Some(near) = nearest(id, all.iter().map(|c| c.id.as_str())) {
            unknown = unknown.hint(format!("did you mean {near}?"));
        }
        unknown.hint("`kinglet data list` names all")
    }

    /// A view of all rows, those included that were not yet public at the end of the data; and that
    /// end.
    fn whole(&self, needs: &Needs) -> Result<(View, Date), Diagnostic> {
        let layers = self.layers(needs)?;
        let end = self.end(&layers);
        let known = layers.iter().filter_map(latest_known).max().unwrap_or(end);
        Ok((assemble::view(&self.version(), Some(known.max(end)), &layers), end))
    }
}

fn latest_known(batch: &Batch) -> Option<Date> {
    let rows = batch.series.iter().flat_map(|b| &b.rows);
    let rows = rows.map(|r| r.known_at.date().max(r.date));
    rows.chain(batch.events.iter().map(|r| r.event.known_at.date())).max()
}

fn covered(view: &View, end: Date, wanted: impl Fn(&str, &Series) -> bool) -> Vec<Coverage> {
    let cover = |(id, basis, series): (&str, Basis, &Series)| {
        let (first, last) = series.coverage()?;
        Some(Coverage {
            id: id.to_owned(),
            basis,
            unit: series.unit,
            frequency: series.frequency,
            rows: series.observations().len() as u64,
            first,
            last,
            missing: missing(series, &view.calendar).len() as u64,
            days_behind: u64::try_from(end.duration_since(last).as_hours() / 24).unwrap_or(0),
            source: series.source.to_string(),
        })
    };
    view.all_series().filter(|(id, _, series)| wanted(id, series)).filter_map(cover).collect()
}

/// The sessions, or first days of periods, between the first and the last that have no value.
/// Closes of months' ends alone are complete: from one to the next nothing is missing.
pub(super) fn missing(series: &Series, calendar: &Calendar) -> Vec<Date> {
    let Some((first, last)) = series.coverage() else { return Vec::new() };
    let lacks = |date: &Date| series.on(*date).is_none();
    match series.frequency {
        Frequency::Session => {
            let month = |day| CalendarPeriod::containing(Grain::Month, day);
            let is_month_step = |from: Date, to: Date| {
                let ends = calendar.is_month_end(from) && calendar.is_month_end(to);
                ends && month(from).until(month(to)) == 1
            };
            let steps = series.observations().windows(2).map(|pair| (pair[0].date, pair[1].date));
            let gaps = steps.filter(|&(from, to)| !is_month_step(from, to));
            gaps.flat_map(|(from, to)| calendar.between(from, to)).copied().filter(lacks).collect()
        }
        Frequency::Period(grain) => {
            let start = CalendarPeriod::containing(grain, first);
            let count = start.until(CalendarPeriod::containing(grain, last));
            (0..=count).map(|n| start.plus(n).first_day()).filter(lacks).collect()
        }
    }
}

fn source(block: &SeriesBlock) -> Option<SourceCoverage> {
    Some(SourceCoverage {
        basis: block.basis,
        source: block.source.clone(),
        spelling: block.spelling,
        assumed: block.assumed,
        vintage: block.vintage,
        rows: block.rows.len() as u64,
        first: block.rows.first()?.date,
        last: block.rows.last()?.date,
    })
}
