//! `data show`: all about one id.

use clap::Args;
use kinglet::wire::{self, Table};
use kinglet::{Diagnostic, data};
use serde_json::json;

use super::list::NARROW;
use crate::arguments::VersionArguments;
use crate::table::{Format, render};
use crate::terminal::{FAINT, STRONG, styled};
use crate::{Done, Settings};

/// Show one series: coverage, sources, last values, the versions that recorded it
#[derive(Args, Debug)]
#[command(after_help = "Examples:
  kinglet data show RUT
  kinglet data show GS10 --format json

CSV and Markdown have the coverage alone.")]
pub(crate) struct Show {
    /// The id of a series: RUT, IWM, GS10
    id: String,
    /// How to write it: table, json, csv or markdown
    #[arg(long, value_name = "FORMAT", default_value = "table", hide_possible_values = true)]
    format: Format,
    #[command(flatten)]
    version: VersionArguments,
}

pub(crate) fn run(arguments: &Show, settings: &Settings<'_>) -> Result<Done, Diagnostic> {
    let described = data::show(&arguments.version.source(settings.lake)?, &arguments.id)?;
    Ok(Done::with(match arguments.format {
        Format::Table => text(&described),
        Format::Json => wire::json(&json!({
            "id": arguments.id,
            "version": described.version,
            "series": described.series.json(),
            "sources": described.sources.json(),
            "latest": described.latest.json(),
            "recorded": described.recorded.json(),
            "schema": "kinglet.series/1",
        })),
        format => render(&described.series, format),
    }))
}

fn text(described: &data::Description) -> String {
    let part = |title: &str, table: &Table| {
        if table.rows().is_empty() {
            return String::new();
        }
        format!("{}\n{}\n", styled(STRONG, title), render(table, Format::Table))
    };
    let version = styled(FAINT, format!("version {}", described.version));
    part("Coverage", &described.series.select(&NARROW))
        + &part("Sources", &described.sources)
        + &part("Last values", &described.latest)
        + &part("Recorded by version", &described.recorded)
        + &format!("{version}\n")
}
