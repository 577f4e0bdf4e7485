//! Files of returns or prices: wide, with a column for each asset, or tidy, with a row for each
//! value; CSV or Parquet, compressed or not.

use std::collections::BTreeMap;
use std::path::Path;

use jiff::civil::Date;
use kinglet_core::diagnostic::{Code, Diagnostic};
use kinglet_store::import::{table::Row, table::Table, tables};
use kinglet_store::rows::BadRow;

use super::failure::diagnostic;

/// What the numbers of a file are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// Simple returns as fractions: 0.01 is one percent.
    Returns,
    /// Prices, or values of funds.
    Prices,
}

/// Returns, perhaps with gaps, and where they are from.
#[derive(Clone, Debug)]
pub struct History {
    /// The returns.
    pub(super) returns: kinglet_allocation::History,
    /// The last price of each asset, of a file of prices.
    pub(super) prices: Option<Vec<f64>>,
    /// The file.
    pub(super) file: String,
}

/// The columns that name the asset of a row.
const ASSET: [&str; 7] = ["ticker", "symbol", "asset", "name", "series", "id", "series_id"];
/// The columns that hold its value.
const VALUE: [&str; 6] = ["value", "return", "price", "close", "adj_close", "adj close"];
const DATE: [&str; 7] = ["date", "observation_date", "month", "time", "timestamp", "day", "period"];

/// Reads a file. Without a number of periods in a year it is that of the usual distance of dates.
///
/// # Errors
/// `File` where it cannot be read, `Layout` where it is no such table, `Row` for a row that cannot
/// be taken, `Returns` for numbers that are none of returns or prices.
pub fn history(
    path: &Path,
    kind: Kind,
    periods_per_year: Option<f64>,
) -> Result<History, Diagnostic> {
    let file = path.display().to_string();
    let mut found = tables(path)?;
    let (1, Some((name, text))) = (found.len(), found.pop()) else {
        let message = format!("{file} does not hold one table");
        return Err(Diagnostic::new(Code::Layout, message).subject(file));
    };
    let mut bad = Vec::new();
    let cells = cells(&name, &text, &mut bad)?;
    // Of thousands of assets the text is larger than all that follows from it.
    drop(text);
    if let Some(bad) = bad.first() {
        return Err(row(bad));
    }
    let dates: Vec<Date> = cells.values.keys().copied().collect();
    let per_year = periods_per_year.or_else(|| per_year(&dates)).ok_or_else(|| {
        let message = format!("{file} does not tell how many of its periods make a year");
        Diagnostic::new(Code::Returns, message)
            .subject(&file)
            .hint("say it: --periods-per-year 252")
    })?;
    let of = |asset: usize| cells.values.values().map(move |row| *row.get(asset)?);
    let last = (0..cells.names.len()).map(|asset| of(asset).flatten().last());
    let prices = last.collect::<Option<Vec<f64>>>().filter(|_| kind == Kind::Prices);
    let mut values = Vec::with_capacity(cells.names.len() * dates.len());
    (0..cells.names.len()).for_each(|asset| values.extend(of(asset)));
    drop(cells.values);
    let labels = dates.iter().map(ToString::to_string).collect();
    let make = match kind {
        Kind::Returns => kinglet_allocation::History::new,
        Kind::Prices => kinglet_allocation::History::from_prices,
    };
    let returns = make(cells.names, labels, values, per_year);
    let returns = returns.map_err(|error| diagnostic(&error, &file))?;
    Ok(History { returns, prices, file })
}

/// The values of a table by date and asset.
struct Cells {
    names: Vec<String>,
    values: BTreeMap<Date, Vec<Option<f64>>>,
}

fn cells(name: &Path, text: &[u8], bad: &mut Vec<BadRow>) -> Result<Cells, Diagnostic> {
    let table = Table::new(name, text, 0);
    let header = table.header().to_vec();
    let column = |names: &[&str]| names.iter().find_map(|name| table.column(name));
    let unnamed = header.first().is_some_and(String::is_empty).then_some(0);
    let Some(date) = column(&DATE).or(unnamed) else {
        let message = format!("{} has no column of dates", name.display());
        return Err(Diagnostic::new(Code::Layout, message)
            .subject(name.display().to_string())
            .hint("wide: date,A,B,C with a row for each period")
            .hint("tidy: date,ticker,value with a row for each value"));
    };
    let tidy = column(&ASSET).zip(column(&VALUE));
    let mut cells = match tidy {
        Some(_) => Cells { names: Vec::new(), values: BTreeMap::new() },
        None => {
            let assets = header.iter().enumerate().filter(|(at, _)| *at != date);
            let names = assets.map(|(_, name)| name.clone()).collect();
            Cells { names, values: BTreeMap::new() }
        }
    };
    let mut places: BTreeMap<String, usize> = BTreeMap::new();
    table.each(bad, |row| {
        let Some(day) = row.date(date) else { return };
        let width = if tidy.is_some() { 0 } else { header.len() - 1 };
        cells.values.entry(day).or_insert_with(|| Vec::with_capacity(width));
        let mut keep = |row: &mut Row<'_>, asset: usize, column: usize| {
            let Some(value) = row.number(column) else { return };
            let values = cells.values.entry(day).or_default();
            if values.len() <= asset {
                values.resize(asset + 1, None);
            }
            if values[asset].replace(value).is_some() {
                row.reject(Some(column), format!("there is a second value for {day}"));
            }
        };
        match tidy {
            Some((asset, value)) => {
                let Some(name) = row.word(asset).map(str::to_owned) else { return };
                let next = places.len();
                let place = *places.entry(name).or_insert(next);
                keep(row, place, value);
            }
            None => {
                let columns = (0..header.len()).filter(|&at| at != date);
                columns.enumerate().for_each(|(asset, column)| keep(row, asset, column));
            }
        }
    });
    if tidy.is_some() {
        let mut names: Vec<(usize, String)> = places.into_iter().map(|(n, at)| (at, n)).collect();
        names.sort();
        cells.names = names.into_iter().map(|(_, name)| name).collect();
    }
    Ok(cells)
}

fn row(bad: &BadRow) -> Diagnostic {
    let file = bad.file.display().to_string();
    let place = match &bad.column {
        Some((_, name)) => format!("line {}, column {name}", bad.line),
        None => format!("line {}", bad.line),
    };
    Diagnostic::new(Code::Row, format!("{place} of {file}: {}", bad.reason)).subject(file)
}

/// How many periods make a year, by the median distance of dates in days.
fn per_year(dates: &[Date]) -> Option<f64> {
    // Of one period nothing can be told, and nothing is estimated from it.
    if dates.len() < 2 {
        return Some(1.0);
    }
    let days = |pair: &[Date]| (pair[1] - pair[0]).get_days();
    let mut gaps: Vec<i32> = dates.windows(2).map(days).collect();
    gaps.sort_unstable();
    match *gaps.get(gaps.len() / 2)? {
        1..=4 => Some(252.0),
        5..=9 => Some(52.0),
        25..=35 => Some(12.0),
        80..=100 => Some(4.0),
        350..=380 => Some(1.0),
        _ => None,
    }
}
