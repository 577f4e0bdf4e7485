//! A text with a header that a layout may recognise: names without case and brackets, and what the
//! name of the file tells.

use std::collections::BTreeMap;
use std::path::Path;

use kinglet_core::time::Date;

use super::cell;
use super::symbol;
use super::table::{Row, Table};

/// A delimited text from its header on.
pub(super) struct Sheet<'a> {
    file: &'a Path,
    /// All of it.
    pub(super) text: &'a [u8],
    above: u64,
    /// The names of the columns, as given.
    pub(super) header: Vec<String>,
    /// The same in lower case, without `<>`, with `_` for spaces.
    names: Vec<String>,
    /// The lines above the header.
    pub(super) preamble: &'a [u8],
}

impl<'a> Sheet<'a> {
    /// The sheet whose header is the first line of `text`, after `preamble`.
    pub(super) fn new(file: &'a Path, preamble: &'a [u8], text: &'a [u8]) -> Sheet<'a> {
        let above = preamble.iter().filter(|b| **b == b'\n').count() as u64;
        let header = Table::new(file, text, above).header().to_vec();
        let names = header.iter().map(|name| plain(name)).collect();
        Sheet { file, text, above, header, names, preamble }
    }

    /// Another form of the text, under the same name and place.
    pub(super) fn with_text<'b>(&'b self, text: &'b [u8]) -> Sheet<'b> {
        Sheet::new(self.file, self.preamble, text)
    }

    /// The first cell of the line below the header; the whole line where it has no
    /// commas.
    pub(super) fn below(&self) -> String {
        let lines = self.text.split(|b| *b == b'\n');
        let line = lines.filter(|l| !l.trim_ascii().is_empty()).nth(1).unwrap_or_default();
        let cell = line.split(|b| *b == b',').next().unwrap_or_default();
        String::from_utf8_lossy(cell).trim().trim_matches('"').to_owned()
    }

    /// The column of the first of these names that there is.
    pub(super) fn column(&self, names: &[&str]) -> Option<usize> {
        names.iter().find_map(|name| self.names.iter().position(|n| n == name))
    }

    /// Whether all these columns are there.
    pub(super) fn has(&self, names: &[&str]) -> bool {
        names.iter().all(|name| self.column(&[name]).is_some())
    }

    /// The column of the dates.
    pub(super) fn date_column(&self) -> Option<usize> {
        self.column(&["date", "observation_date", "month", "time", "timestamp", "day"])
            .or_else(|| self.names.first()?.is_empty().then_some(0))
    }

    /// The name of the file without folders.
    pub(super) fn source(&self) -> String {
        self.file.file_name().unwrap_or_default().to_string_lossy().into_owned()
    }

    /// The name of the file without folders and ending, in lower case.
    pub(super) fn stem(&self) -> String {
        let name = self.source().to_lowercase();
        for ending in [".csv", ".txt", ".parquet"] {
            if let Some(stem) = name.strip_suffix(ending) {
                return stem.to_owned();
            }
        }
        name
    }

    /// The symbol that the name of a file of one series tells: `RUT` of `rut_daily.csv`, `IWM` of
    /// `IWM_ohlcv_daily.csv` or of `iwm.us.txt`, `SPX` of `^spx_d.csv`.
    pub(super) fn symbol(&self) -> String {
        let stem = self.stem();
        let mut symbol = stem.as_str();
        for ending in ["_d", "_w", "_m", "_daily", "_close", "_ohlcv", "_prices", "_history", ".us"]
        {
            symbol = symbol.strip_suffix(ending).unwrap_or(symbol);
        }
        let symbol = symbol.strip_suffix("_ohlcv").unwrap_or(symbol).replace("_close_", "_");
        symbol::code(&symbol)
    }

    /// The day in the name of the file: of `iwm_holdings_2025-11-05.csv`.
    pub(super) fn day(&self) -> Option<Date> {
        let stem = self.stem();
        stem.split(['_', ' ']).filter_map(cell::date).next_back()
    }

    /// Every row, with faults noted.
    pub(super) fn each(
        &self,
        bad: &mut Vec<crate::rows::BadRow>,
        take: impl FnMut(&mut Row<'_>) -> Option<()>,
    ) {
        let mut take = take;
        Table::new(self.file, self.text, self.above).each(bad, |row| {
            take(row);
        });
    }
}

/// `<DATE>` as `date`, `Adj Close` as `adj_close`, `Weight (%)` as `weight`.
fn plain(name: &str) -> String {
    let name = name.trim_matches(['<', '>']).to_lowercase();
    let name = name.split('(').next().unwrap_or_default().trim();
    name.replace([' ', '-'], "_")
}

/// The lines at which the dates of one file stand, so that a second one is a fault.
#[derive(Default)]
pub(super) struct Lines(BTreeMap<String, BTreeMap<Date, u64>>);

impl Lines {
    /// Notes the row of an id and date; none if there was one before.
    pub(super) fn first(&mut self, row: &mut Row<'_>, id: &str, date: Date) -> Option<()> {
        let line = row.line();
        if !self.0.contains_key(id) {
            self.0.insert(id.to_owned(), BTreeMap::new());
        }
        let before = *self.0.get_mut(id)?.entry(date).or_insert(line);
        if before == line {
            return Some(());
        }
        let what = format!("{id} {date}");
        row.reject(None, format!("{} stands here twice, first on line {before}", what.trim()));
        None
    }
}
