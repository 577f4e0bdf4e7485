//! `data import`: files into a lake.

use std::path::PathBuf;

use clap::{Args, ValueEnum};
use kinglet::data::{self, BadRecord, BadRows, ImportRecord};
use kinglet::{Diagnostic, wire};

use super::log::lake_of;
use crate::progress::Bar;
use crate::terminal::{CARE, STRONG, styled};
use crate::text::labelled;
use crate::{Done, Settings};

/// Import files and folders into a lake, as one new version or not at all
#[derive(Args, Debug)]
#[command(after_help = "Examples:
  kinglet data import ~/downloads --lake ~/lake
  kinglet data import IWM.csv holdings.csv --lake ~/lake --skip-bad

Reads price files wide and tidy, Yahoo, Stooq, FRED, Kenneth French and iShares
files and Parquet, plain or as gz, zip or zst; each is recognised by its header.
The lake is made if there is none. The same file twice changes nothing.")]
pub(crate) struct Import {
    /// Files, and folders with all below them
    #[arg(required = true, value_name = "PATH")]
    paths: Vec<PathBuf>,
    /// Leave out rows that cannot be taken, and list them
    #[arg(long)]
    skip_bad: bool,
    /// How to say what was done
    #[arg(long, value_name = "FORMAT", default_value = "text")]
    format: Format,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
enum Format {
    Text,
    Json,
}

pub(crate) fn run(arguments: &Import, settings: &Settings<'_>) -> Result<Done, Diagnostic> {
    let lake = lake_of(settings)?;
    let bad_rows = if arguments.skip_bad { BadRows::LeaveOut } else { BadRows::Refuse };
    let bar = Bar::new(settings.remarks);
    let record = data::import(&arguments.paths, lake, bad_rows, &bar)?;
    drop(bar);
    Ok(Done::with(match arguments.format {
        Format::Text => text(&record),
        Format::Json => wire::json(&record),
    }))
}

fn text(record: &ImportRecord) -> String {
    let ImportRecord { lake, version, .. } = record;
    let what = match record.changed {
        true => format!("imported {} as version {version} of {lake}", files(record.files.len())),
        false => format!("nothing new for {lake}, which stays at version {version}"),
    };
    let mut text = format!("{}\n\n", styled(STRONG, what));
    for table in &record.rows {
        text += &format!("  {:14}{:>10} new rows\n", table.table, table.rows);
    }
    if !record.known.is_empty() {
        text += &labelled("known", &format!("{} that the lake has", files(record.known.len())));
    }
    for passed in &record.passed {
        text += &labelled("passed", &format!("{}: {}", passed.name, passed.reason));
    }
    if !record.bad.is_empty() {
        text += &format!("\n{}\n", styled(CARE, format!("left out: {}", rows(record.bad.len()))));
        text += &record.bad.iter().map(bad_line).collect::<String>();
    }
    text
}

/// `prices.csv:12:3: …`, as compilers name places.
fn bad_line(bad: &BadRecord) -> String {
    let column = bad.column.map_or_else(String::new, |column| format!(":{column}"));
    let name = bad.name.as_ref().map_or_else(String::new, |name| format!(" {name}:"));
    format!("  {}:{}{column}:{name} {}\n", bad.file, bad.line, bad.reason)
}

fn files(count: usize) -> String {
    if count == 1 { "1 file".to_owned() } else { format!("{count} files") }
}

fn rows(count: usize) -> String {
    if count == 1 { "1 row".to_owned() } else { format!("{count} rows") }
}
