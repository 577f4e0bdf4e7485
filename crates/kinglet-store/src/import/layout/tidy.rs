//! One row for each value: date, id and value; or date and value of the one series that the file is
//! named after. Values of which nothing is known are taken as pure numbers, not as prices.

use std::collections::BTreeMap;

use kinglet_core::quantity::Spelling;

use super::Layout;
use crate::declared::{declaration, is_priced, price_spelling};
use crate::import::column::Column;
use crate::import::sheet::{Lines, Sheet};
use crate::import::symbol;
use crate::rows::Batch;

pub(super) const LAYOUT: Layout = Layout {
    name: "date, id, value (tidy), or date, close",
    recognise: |s| {
        let value = s.column(VALUE).is_some();
        s.date_column().is_some() && value && (s.column(ID).is_some() || s.header.len() == 2)
    },
    read,
};

const ID: &[&str] = &["id", "symbol", "ticker", "series", "series_id"];
/// Columns of ids that are symbols, so that the values are prices.
const SYMBOL: &[&str] = &["symbol", "ticker"];
const VALUE: &[&str] = &["value", "close", "price", "adj_close"];

fn read(sheet: &Sheet<'_>, batch: &mut Batch) {
    let (date, id) = (sheet.date_column().unwrap_or(0), sheet.column(ID));
    let value = sheet.column(VALUE).unwrap_or_default();
    let bare = Some(value) == sheet.column(&["value"]) && sheet.column(SYMBOL).is_none();
    let adjusted = sheet.column(&["adj_close"]) == Some(value);
    let (source, named) = (sheet.source(), sheet.symbol());
    let mut columns: BTreeMap<String, Column> = BTreeMap::new();
    let mut lines = Lines::default();
    sheet.each(&mut batch.bad, |row| {
        let date = row.date(date)?;
        let id = match id {
            Some(at) => symbol::code(row.word(at)?),
            None => named.clone(),
        };
        let Some(value) = row.number(value) else { return Some(()) };
        lines.first(row, &id, date)?;
        let column = columns.entry(id).or_insert_with_key(|id| {
            let column = Column::named(id, &source);
            if adjusted { column.total_return() } else { column }
        });
        column.push(date, value);
        Some(())
    });
    batch.series.extend(columns.into_iter().map(|(id, column)| {
        let known =
            declaration(&id).is_some() || is_priced(&id) || price_spelling(&id) != Spelling::Usd;
        if bare && !known { column.undeclared() } else { column }.into_block()
    }));
}
