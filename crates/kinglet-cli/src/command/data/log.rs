//! `data log`: the versions of a lake.

use clap::Args;
use kinglet::wire::Table;
use kinglet::{Code, Diagnostic, data};

use crate::table::{Format, render};
use crate::{Done, Settings};

/// List the versions of a lake, oldest first
#[derive(Args, Debug)]
#[command(after_help = "Examples:
  kinglet data log --lake ~/lake
  kinglet data log --lake ~/lake --files --format csv
  kinglet data list --lake ~/lake --version 1")]
pub(crate) struct Log {
    /// List the files that were imported, with their hashes: rows name them as their source
    #[arg(long)]
    files: bool,
    /// How to write it: table, json, csv or markdown
    #[arg(long, value_name = "FORMAT", default_value = "table", hide_possible_values = true)]
    format: Format,
}

pub(crate) fn run(arguments: &Log, settings: &Settings<'_>) -> Result<Done, Diagnostic> {
    if arguments.files {
        return Ok(Done::with(files(&data::files(lake_of(settings)?)?, arguments.format)));
    }
    let log = data::log(lake_of(settings)?)?;
    let columns = [
        ("version", "version"),
        ("time", "time (UTC)"),
        ("files", "files"),
        ("rows", "rows"),
        ("bad_rows", "bad rows"),
        ("prices_through", "prices to"),
    ];
    Ok(Done::with(match arguments.format {
        Format::Table => render(&log.select(&columns), Format::Table),
        format => render(&log, format),
    }))
}

fn files(files: &Table, format: Format) -> String {
    let columns = [("version", "version"), ("name", "name"), ("rows", "rows")];
    match format {
        Format::Table => render(&files.select(&columns), Format::Table),
        format => render(files, format),
    }
}

/// The lake, which must be named.
pub(super) fn lake_of<'a>(settings: &Settings<'a>) -> Result<&'a str, Diagnostic> {
    settings.lake.ok_or_else(|| {
        Diagnostic::new(Code::Usage, "no lake is named")
            .hint("name it with `--lake FOLDER` or in KINGLET_LAKE")
    })
}
