//! Facts about companies: capitalisations by snapshot, names and sectors, ratios of one day.

use kinglet_core::time::Date;

use super::Layout;
use crate::import::cell;
use crate::import::sheet::{Lines, Sheet};
use crate::import::table::Row;
use crate::rows::{Batch, Fundamental};

/// Capitalisations and prices by snapshot.
pub(super) const CAPITALISATIONS: Layout = Layout {
    name: "snapshot, data_date, symbol, market_cap, last_price",
    recognise: |s| s.has(&["data_date", "symbol", "market_cap"]),
    read: |sheet, batch| read(sheet, batch, &["snapshot"]),
};

/// One row for each company with any columns.
pub(super) const ATTRIBUTES: Layout = Layout {
    name: "symbol (or ticker) and a column for each fact about the company",
    recognise: |s| {
        let first = s.column(SYMBOL) == Some(0);
        first && s.date_column().is_none() && s.header.len() >= 2
    },
    read: |sheet, batch| read(sheet, batch, &[]),
};

const SYMBOL: &[&str] = &["symbol", "ticker"];
const DAY: &[&str] = &["data_date", "asof", "as_of"];

/// The day of facts for which no day is given: names and sectors, as last seen.
const UNDATED: Date = Date::constant(1900, 1, 1);

fn read(sheet: &Sheet<'_>, batch: &mut Batch, left_out: &[&str]) {
    let source = sheet.source();
    let symbol = sheet.column(SYMBOL).unwrap_or_default();
    let (day, named) = (sheet.column(DAY), sheet.day().unwrap_or(UNDATED));
    let skipped = |at: usize| {
        at == symbol || Some(at) == day || left_out.iter().any(|n| sheet.column(&[n]) == Some(at))
    };
    let items = sheet.header.iter().enumerate().filter(|(at, _)| !skipped(*at));
    let mut items: Vec<Item<'_>> = items.map(|(at, name)| Item { at, name, holds: None }).collect();
    let mut lines = Lines::default();
    let mut facts = Vec::new();
    sheet.each(&mut batch.bad, |row| {
        let symbol = row.word(symbol)?.to_owned();
        let date = match day {
            Some(at) => row.date(at)?,
            None => named,
        };
        lines.first(row, &symbol, date)?;
        for item in &mut items {
            let Some((value, text)) = item.fact(row) else { continue };
            let (symbol, item, source) = (symbol.clone(), item.name.to_owned(), source.clone());
            facts.push(Fundamental { symbol, date, item, value, text, source });
        }
        Some(())
    });
    batch.fundamentals.extend(facts);
}

/// What a column holds.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Holds {
    Numbers,
    Words,
}

/// A column of facts; its first fact tells whether it holds numbers or words.
struct Item<'a> {
    at: usize,
    name: &'a str,
    holds: Option<Holds>,
}

impl Item<'_> {
    fn fact(&mut self, row: &mut Row<'_>) -> Option<(Option<f64>, Option<String>)> {
        let text = row.text(self.at)?;
        if cell::is_absent(text) {
            return None;
        }
        let first = if cell::number(text).is_some() { Holds::Numbers } else { Holds::Words };
        match self.holds.get_or_insert(first) {
            Holds::Words => Some((None, Some(text.to_owned()))),
            Holds::Numbers => Some((Some(row.number(self.at)?), None)),
        }
    }
}
