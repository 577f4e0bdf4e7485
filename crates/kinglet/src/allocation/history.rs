//! Files of returns or prices: wide, with a column for each asset, or tidy, with a row for each
//! value; CSV or Parquet, compressed or not.

use std::collections::BTreeMap;
use std::io::Read;
use std::path::Path;

use jiff::civil::Date;
use kinglet_core::diagnostic::{Code, Diagnostic};
use kinglet_store::import::{columns, is_parquet, table, table::Row, table::Table};
use kinglet_store::rows::BadRow;

use super::failure::diagnostic;
use super::grid::Grid;

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
    let (names, grid) = read(path)?;
    let dates = grid.dates();
    let per_year = periods_per_year.or_else(|| per_year(&dates)).ok_or_else(|| {
        let message = format!("{file} does not tell how many of its periods make a year");
        Diagnostic::new(Code::Returns, message)
            .subject(&file)
            .hint("say it: --periods-per-year 252")
    })?;
    let last = (0..names.len()).map(|asset| grid.last(asset));
    let prices = last.collect::<Option<Vec<f64>>>().filter(|_| kind == Kind::Prices);
    let values = grid.into_values(names.len());
    let labels = dates.iter().map(ToString::to_string).collect();
    let returns = match kind {
        Kind::Returns => kinglet_allocation::History::new(names, labels, values, per_year),
        Kind::Prices => kinglet_allocation::History::from_prices(names, labels, values, per_year),
    };
    let returns = returns.map_err(|error| diagnostic(&error, &file))?;
    Ok(History { returns, prices, file })
}

/// Columns of Parquet that are decoded at a time: each of them needs a page and its values.
const STRIP: usize = 64;

/// The names of the assets, and their values.
fn read(path: &Path) -> Result<(Vec<String>, Grid), Diagnostic> {
    let (name, text) = table(path)?;
    let table = Table::new(&name, text, 0);
    let column = |names: &[&str]| names.iter().find_map(|name| table.column(name));
    let unnamed = table.header().first().is_some_and(String::is_empty).then_some(0);
    let Some(date) = column(&DATE).or(unnamed) else {
        let message = format!("{} has no column of dates", name.display());
        return Err(Diagnostic::new(Code::Layout, message)
            .subject(name.display().to_string())
            .hint("wide: date,A,B,C with a row for each period")
            .hint("tidy: date,ticker,value with a row for each value"));
    };
    let mut grid = Grid::default();
    if let Some(columns) = column(&ASSET).zip(column(&VALUE)) {
        let names = tidy(table, (date, columns), &mut grid)?;
        return Ok((names, grid));
    }
    let header = table.header().to_vec();
    let assets: Vec<usize> = (0..header.len()).filter(|&at| at != date).collect();
    let names = assets.iter().map(|&at| header[at].clone()).collect();
    if assets.len() <= STRIP || !is_parquet(&name) {
        wide(table, (date, &assets, 0), &mut grid)?;
        return Ok((names, grid));
    }
    drop(table);
    let own: Vec<usize> = (1..=STRIP).collect();
    for (strip, assets) in assets.chunks(STRIP).enumerate() {
        let text = columns(path, &[&[date], assets].concat())?;
        let table = Table::new(&name, text, 0);
        wide(table, (0, &own[..assets.len()], strip * STRIP), &mut grid)?;
    }
    Ok((names, grid))
}

/// A row for each date, and a column for each asset from the first one on.
fn wide(
    table: Table<impl Read>,
    (date, columns, first): (usize, &[usize], usize),
    grid: &mut Grid,
) -> Result<(), Diagnostic> {
    each(table, |row| {
        let Some(day) = row.date(date) else { return };
        let place = grid.row(day);
        for (asset, &column) in columns.iter().enumerate() {
            keep(grid, row, (day, place, first + asset, column));
        }
    })
}

/// A row for each value; the names in the order in which they come.
fn tidy(
    table: Table<impl Read>,
    (date, (asset, value)): (usize, (usize, usize)),
    grid: &mut Grid,
) -> Result<Vec<String>, Diagnostic> {
    let mut places: BTreeMap<String, usize> = BTreeMap::new();
    each(table, |row| {
        let Some(day) = row.date(date) else { return };
        let place = grid.row(day);
        let Some(name) = row.word(asset) else { return };
        let known = places.get(name).copied();
        let asset = known.unwrap_or_else(|| {
            let next = places.len();
            places.insert(name.to_owned(), next);
            next
        });
        keep(grid, row, (day, place, asset, value));
    })?;
    let mut names: Vec<(usize, String)> = places.into_iter().map(|(name, at)| (at, name)).collect();
    names.sort();
    Ok(names.into_iter().map(|(_, name)| name).collect())
}

/// Every row; the first that cannot be taken is an error.
fn each(table: Table<impl Read>, take: impl FnMut(&mut Row<'_>)) -> Result<(), Diagnostic> {
    let mut bad = Vec::new();
    table.each(&mut bad, take);
    bad.first().map_or(Ok(()), |bad| Err(row(bad)))
}

/// Keeps the value of a column, if there is one.
fn keep(
    grid: &mut Grid,
    row: &mut Row<'_>,
    (day, place, asset, column): (Date, usize, usize, usize),
) {
    let Some(value) = row.number(column) else { return };
    if grid.keep((place, asset), value).is_none() {
        row.reject(Some(column), format!("there is a second value for {day}"));
    }
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
