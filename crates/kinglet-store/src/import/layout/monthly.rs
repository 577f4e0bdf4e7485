//! Monthly tables of two scholars: Shiller's of the S&P 500, French's of factors and portfolios.

use super::Layout;
use crate::import::column::Column;
use crate::import::sheet::{Lines, Sheet};
use crate::rows::Batch;

/// Shiller's monthly table, in the spelling of the data package or of its tail.
pub(super) const SHILLER: Layout = Layout {
    name: "Shiller's monthly table",
    recognise: |s| s.has(&["sp500", "dividend", "earnings"]),
    read: shiller,
};

/// A table of the French library: months as 192607, returns in per cent.
pub(super) const FRENCH: Layout = Layout {
    name: "Kenneth French, monthly returns",
    recognise: |s| {
        let months = s.column(&["month", ""]) == Some(0);
        let known = ["mkt_rf", "smb", "hml", "mom", "lo_30", "lo_prior", "lo_10"];
        months && s.column(&known).is_some()
    },
    read: french,
};

const SHILLER_COLUMNS: &[(&str, &[&str])] = &[
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

/// What stands for "missing" in the French library.
const MISSING: [f64; 2] = [-99.99, -999.0];

fn shiller(sheet: &Sheet<'_>, batch: &mut Batch) {
    let found = SHILLER_COLUMNS.iter().filter_map(|(id, names)| Some((*id, sheet.column(names)?)));
    months(sheet, found.map(|(id, at)| (id.to_owned(), at)).collect(), batch);
}

fn french(sheet: &Sheet<'_>, batch: &mut Batch) {
    // Portfolios on other characteristics have columns of the same names.
    let portfolios = sheet.column(&["lo_30", "lo_10"]).is_some();
    let size = portfolios && sheet.stem().contains("size");
    let prefix = if size { "FF_SIZE_" } else { "FF_" };
    let id = |name: &str| {
        let name = name.trim().to_uppercase().replace([' ', '-'], "_");
        let name = if name == "MKT_RF" { "MARKET_EXCESS".to_owned() } else { name };
        format!("{prefix}{name}")
    };
    let columns = sheet.header.iter().enumerate().skip(1).map(|(at, name)| (id(name), at));
    months(sheet, columns.collect(), batch);
}

/// A revision republishes the whole table: each series is one vintage.
fn months(sheet: &Sheet<'_>, ids: Vec<(String, usize)>, batch: &mut Batch) {
    let (source, mut lines) = (sheet.source(), Lines::default());
    let mut columns: Vec<(usize, Column)> =
        ids.into_iter().map(|(id, at)| (at, Column::named(&id, &source))).collect();
    sheet.each(&mut batch.bad, |row| {
        let date = row.date(0)?;
        lines.first(row, "", date)?;
        for (at, column) in &mut columns {
            if let Some(value) = row.number(*at).filter(|v| !MISSING.contains(v)) {
                column.push(date, value);
            }
        }
        Some(())
    });
    batch.series.extend(columns.into_iter().map(|(_, column)| column.into_block()));
}
