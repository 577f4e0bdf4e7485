//! The facts that are compiled into the program: closes, official figures and published statements,
//! each table with its source in `facts/README.md`.

use std::collections::BTreeMap;
use std::path::Path;

use kinglet_core::time::Date;
use kinglet_core::view::View;

use crate::assemble;
use crate::import::column::Column;
use crate::import::table::{Row, Table};
use crate::rows::Batch;

mod event;
mod statement;

/// Names the content of the tables: the first digits of their SHA-256.
pub const VERSION: &str = "facts-e8abbe70";

const MONTH_END: Source =
    source("index_month_end.csv", include_str!("../facts/index_month_end.csv"));
const DAILY: Source =
    source("index_daily_recent.csv", include_str!("../facts/index_daily_recent.csv"));
const ANNUAL: Source = source("index_annual.csv", include_str!("../facts/index_annual.csv"));
const MACRO: Source = source("macro_monthly.csv", include_str!("../facts/macro_monthly.csv"));
const SHILLER: Source = source("shiller_monthly.csv", include_str!("../facts/shiller_monthly.csv"));
const SIZE: Source =
    source("size_premium_monthly.csv", include_str!("../facts/size_premium_monthly.csv"));
const TARGET: Source = source("fed_target.csv", include_str!("../facts/fed_target.csv"));
const MEETINGS: Source = source("fomc_meetings.csv", include_str!("../facts/fomc_meetings.csv"));
const RECESSIONS: Source = source("recessions.csv", include_str!("../facts/recessions.csv"));
const STATEMENTS: Source = source("statements.csv", include_str!("../facts/statements.csv"));

/// Every table.
#[cfg(test)]
const TABLES: [Source; 10] =
    [MONTH_END, DAILY, ANNUAL, MACRO, SHILLER, SIZE, TARGET, MEETINGS, RECESSIONS, STATEMENTS];

/// One embedded table.
#[derive(Clone, Copy, Debug)]
struct Source {
    name: &'static str,
    text: &'static str,
}

const fn source(name: &'static str, text: &'static str) -> Source {
    Source { name, text }
}

impl Source {
    /// As it stands in the evidence of an answer.
    fn label(self) -> String {
        format!("facts/{}", self.name)
    }

    fn each(self, batch: &mut Batch, mut take: impl FnMut(&mut Row<'_>) -> Option<()>) {
        let table = Table::new(Path::new(self.name), self.text.as_bytes(), 0);
        table.each(&mut batch.bad, |row| {
            take(row);
        });
    }
}

/// A view of the facts that were public at the end of `as_of`; without it, at the end of the last
/// session that the closes cover.
pub fn view(as_of: Option<Date>) -> View {
    assemble::view(VERSION, as_of, &[batch()])
}

/// The facts as row blocks.
pub fn batch() -> Batch {
    let mut batch = Batch::default();
    tidy(MONTH_END, &mut batch);
    tidy(DAILY, &mut batch);
    tidy(MACRO, &mut batch);
    wide(SHILLER, &SHILLER_COLUMNS, &mut batch);
    wide(SIZE, &SIZE_COLUMNS, &mut batch);
    event::policy_rate(TARGET, &mut batch);
    event::meetings(MEETINGS, &mut batch);
    event::recessions(RECESSIONS, &mut batch);
    statement::annual_returns(ANNUAL, &mut batch);
    statement::published(STATEMENTS, &mut batch);
    batch
}

/// The ids of the columns after the month.
const SHILLER_COLUMNS: [&str; 6] = [
    "SHILLER_PRICE",
    "SHILLER_DIVIDEND",
    "SHILLER_EARNINGS",
    "SHILLER_CPI",
    "SHILLER_LONG_RATE",
    "SHILLER_CAPE",
];
const SIZE_COLUMNS: [&str; 3] = ["FF_SMB", "FF_MARKET", "FF_RF"];

/// Date, id, value.
fn tidy(source: Source, batch: &mut Batch) {
    let label = source.label();
    let mut columns: BTreeMap<String, Column> = BTreeMap::new();
    source.each(batch, |row| {
        let (date, value) = (row.date(0)?, row.needed(2)?);
        let id = row.text(1)?;
        if !columns.contains_key(id) {
            columns.insert(id.to_owned(), Column::named(id, &label));
        }
        columns.get_mut(id)?.push(date, value);
        Some(())
    });
    batch.series.extend(columns.into_values().map(Column::into_block));
}

/// A date and a column for each id.
fn wide(source: Source, ids: &[&str], batch: &mut Batch) {
    let label = source.label();
    let mut columns: Vec<Column> = ids.iter().map(|id| Column::named(id, &label)).collect();
    source.each(batch, |row| {
        let date = row.date(0)?;
        for (i, column) in columns.iter_mut().enumerate() {
            if let Some(value) = row.number(i + 1) {
                column.push(date, value);
            }
        }
        Some(())
    });
    batch.series.extend(columns.into_iter().map(Column::into_block));
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn version_names_the_content() {
        use sha2::{Digest, Sha256};
        let mut hash = Sha256::new();
        for table in TABLES {
            hash.update(table.name);
            hash.update([0]);
            hash.update(table.text);
        }
        let digest = hash.finalize();
        let hex: String = digest.iter().take(4).map(|b| format!("{b:02x}")).collect();
        assert_eq!(VERSION, format!("facts-{hex}"), "the tables changed: set VERSION");
    }

    #[test]
    fn every_row_is_read() {
        assert_eq!(batch().bad, []);
    }
}
