//! `allocate`: what a policy comes to.

use clap::{Args, ValueEnum};
use kinglet::allocation;
use kinglet::wire::{self, Table, weight_table};
use kinglet::{Code, Diagnostic};

use super::optimize::text;
use crate::arguments::{StateArguments, text_of};
use crate::{Done, Outcome, Settings, table};

/// Find the weights of a policy: what to hold, by what rule, by which views
#[derive(Args, Debug)]
#[command(after_help = "Examples:
  kinglet allocate --list
  kinglet allocate core-satellite-iwm
  kinglet allocate policy.toml --as-of 2025-08-29 --format html > policy.html
  kinglet allocate 60-40 --show > policy.toml

Returns are of the months of the data, with dividends where the data have them.
Exit status 3 if the data lack an asset, 5 if no weights satisfy the constraints.")]
pub(crate) struct Allocate {
    /// A policy in TOML, or the name of one that ships
    #[arg(value_name = "POLICY", required_unless_present = "list")]
    policy: Option<String>,
    /// List the policies that ship
    #[arg(long)]
    list: bool,
    /// Write the policy, to start from
    #[arg(long, conflicts_with = "list")]
    show: bool,
    /// So many points of the efficient frontier
    #[arg(long, value_name = "N", default_value_t = 20,
          value_parser = clap::value_parser!(u16).range(2..=1_000))]
    frontier: u16,
    /// How to write the weights
    #[arg(long, value_name = "FORMAT", default_value = "text")]
    format: Format,
    #[command(flatten)]
    state: StateArguments,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
enum Format {
    Text,
    Json,
    /// One row for each asset
    Csv,
    /// A page with charts
    Html,
}

pub(crate) fn run(arguments: &Allocate, settings: &Settings<'_>) -> Outcome {
    let Some(name) = &arguments.policy else {
        return Ok(Done::with(list(arguments.format)));
    };
    let write = || {
        let (source, text) = (arguments.state.source(settings.lake)?, read(name)?);
        if arguments.show {
            return Ok(text);
        }
        let policy = allocation::policy(&text, name)?;
        let frontier = usize::from(arguments.frontier);
        let record = allocation::allocate(&policy, (&source, arguments.state.as_of()), frontier)?;
        match arguments.format {
            Format::Text => Ok(text::allocation(&record)),
            Format::Json => Ok(wire::json(&record)),
            Format::Csv => Ok(weight_table(&record).csv()),
            Format::Html => Ok(allocation::page(&record)),
        }
    };
    write().map(Done::with).map_err(|diagnostic: Diagnostic| vec![diagnostic])
}

/// The text of a policy: a file where the name has an ending or a folder, else one that ships.
fn read(name: &str) -> Result<String, Diagnostic> {
    match name.contains(['.', '/', '\\']) || name == "-" {
        true => text_of(name.as_ref(), Code::Layout),
        false => allocation::shipped_text(name).map(str::to_owned),
    }
}

fn list(format: Format) -> String {
    let mut listed = Table::new(&["name", "title"]);
    for (name, title) in allocation::shipped() {
        listed.push(vec![name.into(), title.into()]);
    }
    match format {
        Format::Text => table::render(&listed, table::Format::Table),
        Format::Json => table::render(&listed, table::Format::Json),
        Format::Csv | Format::Html => listed.csv(),
    }
}
