//! Shiller's monthly table of the S&P 500. Its prices are averages of a month, never the last
//! close.

use super::Layout;
use crate::import::column::Column;
use crate::import::sheet::{Lines, Sheet};
use crate::rows::Batch;

/// Shiller's monthly table, in the spelling of the data package or of its tail.
pub(super) const LAYOUT: Layout = Layout {
    name: "Shiller's monthly table",
    recognise: |s| s.has(&["sp500", "dividend", "earnings"]),
    read,
};

const COLUMNS: &[(&str, &[&str])] = &[
    ("SHILLER_PRICE", &["sp500"]),
    ("SHILLER_DIVIDEND", &["dividend"]),
    ("SHILLER_EARNINGS", &["earnings"]),
    ("SHILLER_CPI", &["consumer_price_index", "cpi"]),
    ("SHILLER_LONG_RATE", &["long_interest_rate", "long_rate", "gs10"]),
    ("SHILLER_REAL_PRICE", &["real_price"]),
    ("SHILLER_REAL_DIVIDEND", &["real_dividend"]),
    ("SHILLER_REAL_EARNINGS", &["real_earnings"]),
    ("SHILLER_CAPE", &["pe10", "cape"]),
];

fn read(sheet: &Sheet<'_>, batch: &mut Batch) {
    let (source, mut lines) = (sheet.source(), Lines::default());
    let mut columns: Vec<(usize, Column)> = COLUMNS
        .iter()
        .filter_map(|(id, names)| Some((sheet.column(names)?, Column::named(id, &source))))
        .collect();
    let date = sheet.date_column().unwrap_or(0);
    sheet.each(&mut batch.bad, |row| {
        let date = row.date(date)?;
        lines.first(row, "", date)?;
        for (at, column) in &mut columns {
            if let Some(value) = row.number(*at) {
                column.push(date, value);
            }
        }
        Some(())
    });
    batch.series.extend(columns.into_iter().map(|(_, column)| column.into_block()));
}
