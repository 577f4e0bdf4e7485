//! `sql`: a query over the tables.

use std::path::Path;

use clap::Args;
use kinglet::{Code, data};

use crate::arguments::{VersionArguments, text_of};
use crate::table::{Format, render};
use crate::{Done, Outcome, Settings};

/// Answer an SQL query over the tables of a lake, or of the embedded facts
#[derive(Args, Debug)]
#[command(after_help = "Examples:
  kinglet sql \"SELECT date, value FROM series WHERE id = 'RUT' ORDER BY date DESC LIMIT 5\"
  kinglet sql 'SELECT * FROM statements' --format csv
  kinglet sql - < query.sql

Tables: series, bars, holdings, fundamentals, events, statements. `recorded.series`
has every row that was ever recorded, `facts.series` the embedded ones; so for
the other tables. A query reads and never writes.")]
pub(crate) struct Sql {
    /// The query; `-` reads standard input
    query: String,
    /// How to write the rows
    #[arg(long, value_name = "FORMAT", default_value = "table", hide_possible_values = true)]
    format: Format,
    #[command(flatten)]
    version: VersionArguments,
}

pub(crate) fn run(arguments: &Sql, settings: &Settings<'_>) -> Outcome {
    let answer = || {
        let query = match arguments.query.as_str() {
            "-" => &text_of(Path::new("-"), Code::File)?,
            query => query,
        };
        data::sql(&arguments.version.source(settings.lake)?, query)
    };
    let table = answer().map_err(|diagnostic| vec![diagnostic])?;
    Ok(Done::with(render(&table, arguments.format)))
}
