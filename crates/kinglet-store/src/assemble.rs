//! Row blocks turned into a dated view.
//!
//! Of several sources for one id and basis: where one gives the whole series as a vintage, the
//! vintage that ends last is taken whole and never spliced (of two such the longer, then the one
//! given later). Otherwise each date's rows come from the source with the most rows among those
//! that have the date (of two such the first by name); of one source a row given later replaces
//! one with the same date and `known_at`, and rows that differ in `known_at` are published
//! revisions and all kept. A block whose unit or frequency is not that of the longest source is
//! left out. Events follow the same rule for each entity, kind and date; bars are of one source.

mod bars;
mod companies;
mod series;

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use kinglet_core::columns::{Frequency, Series};
use kinglet_core::identity::Basis;
use kinglet_core::quantity::Spelling;
use kinglet_core::time::{Calendar, Cutoff, Date};
use kinglet_core::view::{Event, Statement, View};

use crate::rows::Batch;

pub use companies::item_names;

/// Further codes under which a view has a series: the yield of a maturity, by day if the data have
/// it, else by month.
const ALIASES: &[(&str, &[&str])] = &[
    ("UST:3m", &["DGS3MO", "GS3M"]),
    ("UST:6m", &["DGS6MO", "GS6M"]),
    ("UST:1y", &["DGS1", "GS1"]),
    ("UST:2y", &["DGS2", "GS2"]),
    ("UST:3y", &["DGS3", "GS3"]),
    ("UST:5y", &["DGS5", "GS5"]),
    ("UST:7y", &["DGS7", "GS7"]),
    ("UST:10y", &["DGS10", "GS10"]),
    ("UST:20y", &["DGS20", "GS20"]),
    ("UST:30y", &["DGS30", "GS30"]),
    ("VIX", &["VIXCLS"]),
];

/// The ids of the series from which a view makes those of a code.
pub fn series_ids(code: &str) -> Vec<String> {
    let alias = ALIASES.iter().filter(|(alias, _)| *alias == code).flat_map(|(_, ids)| *ids);
    std::iter::once(&code).chain(alias).map(|&id| id.to_owned()).collect()
}

/// A view of all that the batches hold and that was public at the end of `as_of`; without it, at
/// the end of the last session that their prices cover. A day after the last price and the last
/// event says no more than they do, and is not called the end of the data.
pub fn view(version: &str, as_of: Option<Date>, batches: &[Batch]) -> View {
    let end = data_end(batches);
    let last = last_event(batches).map_or(end, |event| event.max(end));
    let through = as_of.map_or(end, |as_of| as_of.min(last));
    let calendar = Arc::new(Calendar::nyse(through, &sessions_before_1953(batches)));
    let mut view = View::new(version, Arc::clone(&calendar), Cutoff::end_of(through));
    let columns = series::columns(batches, &calendar);
    for (alias, series) in aliases(&columns) {
        view = view.with_series(alias, Basis::Price, series);
    }
    for ((id, basis), series) in &columns {
        view = view.with_series(id, *basis, series);
    }
    for bars in bars::bars(batches, &calendar) {
        view = view.with_bars(&bars);
    }
    view.with_events(events(batches))
        .with_statements(statements(batches))
        .with_holdings(companies::holdings(batches))
        .with_figures(companies::figures(batches))
}

/// The last session that prices cover; where there are none, the last day of any series.
pub fn data_end(batches: &[Batch]) -> Date {
    let series = batches.iter().flat_map(|b| &b.series);
    let any = series.flat_map(|s| s.rows.iter().map(|r| r.date).max()).max();
    prices_end(batches).or(any).unwrap_or(Date::constant(1970, 1, 1))
}

/// The last session that prices cover, if there are any.
pub fn prices_end(batches: &[Batch]) -> Option<Date> {
    price_dates(batches).max()
}

fn last_event(batches: &[Batch]) -> Option<Date> {
    batches.iter().flat_map(|b| &b.events).map(|row| row.event.date).max()
}

fn sessions_before_1953(batches: &[Batch]) -> Vec<Date> {
    let early: BTreeSet<Date> = price_dates(batches).filter(|d| d.year() < 1953).collect();
    early.into_iter().collect()
}

/// The dates of all prices by session.
fn price_dates(batches: &[Batch]) -> impl Iterator<Item = Date> {
    let price = |s: Spelling| matches!(s, Spelling::IndexPoints | Spelling::Usd);
    let series = batches.iter().flat_map(|b| &b.series);
    let series = series.filter(move |s| s.frequency == Frequency::Session && price(s.spelling));
    let bars = batches.iter().flat_map(|b| &b.bars);
    let series = series.flat_map(|s| s.rows.iter().map(|r| r.date));
    series.chain(bars.flat_map(|b| b.rows.iter().map(|r| r.date)))
}

fn aliases(
    columns: &BTreeMap<(String, Basis), Series>,
) -> impl Iterator<Item = (&'static str, &Series)> {
    let column = |id: &str| columns.get(&(id.to_owned(), Basis::Price));
    ALIASES
        .iter()
        .filter(move |(alias, _)| column(alias).is_none())
        .filter_map(move |(alias, ids)| Some((*alias, ids.iter().find_map(|id| column(id))?)))
}

/// Each entity's, kind's and date's events from the source that has the most of that kind.
fn events(batches: &[Batch]) -> Vec<Event> {
    let all = || batches.iter().flat_map(|b| &b.events).map(|row| &row.event);
    let mut sizes: BTreeMap<(&str, &str, &str), usize> = BTreeMap::new();
    for event in all() {
        *sizes.entry((&event.entity, &event.kind, &event.source)).or_default() += 1;
    }
    let size = |e: &Event| sizes[&(e.entity.as_str(), e.kind.as_str(), &*e.source)];
    let mut chosen: BTreeMap<(&str, &str, Date), &Event> = BTreeMap::new();
    for event in all() {
        let held = chosen.entry((&event.entity, &event.kind, event.date)).or_insert(event);
        if (size(event), &held.source) > (size(held), &event.source) {
            *held = event;
        }
    }
    let of_chosen =
        |e: &&Event| chosen[&(e.entity.as_str(), e.kind.as_str(), e.date)].source == e.source;
    let mut events: Vec<Event> = all().filter(of_chosen).cloned().collect();
    events.sort_by(|a, b| (a.date, &a.entity, &a.kind).cmp(&(b.date, &b.entity, &b.kind)));
    events.dedup();
    events
}

/// The statements, each once.
fn statements(batches: &[Batch]) -> Vec<Statement> {
    let mut seen = BTreeSet::new();
    let mut statements: Vec<Statement> = Vec::new();
    for s in batches.iter().flat_map(|b| &b.statements) {
        let figure = (&s.as_of, s.value.to_bits(), &s.entity, &s.metric);
        let origin = (&s.definition, &s.unit, &s.publisher, &s.where_read);
        if seen.insert((figure, origin)) {
            statements.push(s.clone());
        }
    }
    statements
}
