//! `data list`: every series with its coverage.

use clap::Args;
use kinglet::wire::{self, Table};
use kinglet::{Diagnostic, data};
use serde_json::json;

use crate::arguments::VersionArguments;
use crate::table::{Format, render};
use crate::terminal::{FAINT, styled};
use crate::{Done, Settings};

/// List every series: from when to when, how many values, what is missing
#[derive(Args, Debug)]
#[command(after_help = "Examples:
  kinglet data list
  kinglet data list --lake ~/lake --format csv

`gaps` counts sessions or periods between first and last without a value,
`behind` the days from the last value to the end of the data. JSON and CSV have
the unit and the source of each series, too.")]
pub(crate) struct List {
    /// How to write it: table, json, csv or markdown
    #[arg(long, value_name = "FORMAT", default_value = "table", hide_possible_values = true)]
    format: Format,
    #[command(flatten)]
    version: VersionArguments,
}

pub(crate) fn run(arguments: &List, settings: &Settings<'_>) -> Result<Done, Diagnostic> {
    let listing = data::list(&arguments.version.source(settings.lake)?)?;
    Ok(Done::with(match arguments.format {
        Format::Table => text(&listing),
        Format::Json => wire::json(&json!({
            "version": listing.version,
            "series": listing.series.json(),
            "tables": listing.tables.json(),
            "schema": "kinglet.listing/1",
        })),
        format => render(&listing.series, format),
    }))
}

/// The columns that fit on a terminal.
pub(super) const NARROW: [(&str, &str); 8] = [
    ("id", "id"),
    ("basis", "basis"),
    ("frequency", "of each"),
    ("first", "first"),
    ("last", "last"),
    ("rows", "values"),
    ("missing", "gaps"),
    ("days_behind", "behind"),
];

fn text(listing: &data::Listing) -> String {
    let series = render(&listing.series.select(&NARROW), Format::Table);
    let tables = tables(&listing.tables);
    let version = styled(FAINT, format!("version {}", listing.version));
    format!("{series}{tables}\n{version}\n")
}

fn tables(tables: &Table) -> String {
    if tables.rows().is_empty() {
        return String::new();
    }
    format!("\n{}", render(tables, Format::Table))
}
