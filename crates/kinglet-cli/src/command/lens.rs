//! `lens`: what every lens says of small companies against large ones.

use std::path::PathBuf;

use clap::{Args, ValueEnum};
use kinglet::lens::{self, Lenses, Readings};
use kinglet::wire::{self, ReadingsRecord, reading_table};
use kinglet::{Code, Date, Diagnostic, Exit};

use crate::arguments::{StateArguments, date, text_of};
use crate::{Done, Outcome, Settings};

mod text;

/// Read every lens: does it favour small companies or large ones, and what followed?
#[derive(Args, Debug)]
#[command(after_help = "Examples:
  kinglet lens
  kinglet lens momentum --as-of 2025-09-18
  kinglet lens --since 1990-01-31 --format csv
  kinglet lens --show-rules > rules.toml; kinglet lens --rules rules.toml

A reading uses what was public on its day; what followed such readings is told
of month-ends. Exit status 3 if no lens has a reading.")]
pub(crate) struct Lens {
    /// One lens, with its rule and every query; without it, all
    name: Option<String>,
    /// Read every month-end from this day on, each by what was public then
    #[arg(long, value_name = "DATE", value_parser = date)]
    since: Option<Date>,
    /// Read by these rules instead of those that ship; `-` is standard input
    #[arg(long, value_name = "FILE", env = "KINGLET_LENS_RULES", hide_env_values = true)]
    rules: Option<PathBuf>,
    /// Write the rules that ship, to start from
    #[arg(long, conflicts_with_all = ["name", "since", "rules"])]
    show_rules: bool,
    /// How to write the readings
    #[arg(long, value_name = "FORMAT", default_value = "text")]
    format: Format,
    #[command(flatten)]
    state: StateArguments,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
enum Format {
    Text,
    Json,
    Csv,
    Markdown,
}

pub(crate) fn run(arguments: &Lens, settings: &Settings<'_>) -> Outcome {
    if arguments.show_rules {
        return Ok(Done::with(lens::RULES.to_owned()));
    }
    let write = || {
        let lenses = lenses(arguments)?;
        let engine = arguments.state.open_for(&lenses.queries(), settings.lake)?;
        let history = match arguments.since {
            Some(since) => lens::history(engine.view(), &lenses, since),
            None => vec![lenses.readings(engine.view())],
        };
        Ok(done(arguments, &lenses, &history))
    };
    write().map_err(|diagnostic: Diagnostic| vec![diagnostic])
}

/// The rules that are meant: of one lens, if one is named.
fn lenses(arguments: &Lens) -> Result<Lenses, Diagnostic> {
    let lenses = match &arguments.rules {
        Some(path) => lens::read(&text_of(path, Code::Layout)?)?,
        None => lens::shipped(),
    };
    match &arguments.name {
        Some(name) => lenses.only(name),
        None => Ok(lenses),
    }
}

fn done(arguments: &Lens, lenses: &Lenses, history: &[Readings]) -> Done {
    let records = || history.iter().map(|readings| ReadingsRecord::of(readings, lenses));
    let output = match (arguments.format, history) {
        (Format::Json, [_]) if arguments.since.is_none() => {
            wire::json(&records().next().expect("one reading"))
        }
        (Format::Json, _) => wire::json(&reading_table(history).json()),
        (Format::Csv, _) => reading_table(history).csv(),
        (Format::Markdown, _) => reading_table(history).markdown(),
        (Format::Text, _) if arguments.since.is_some() => text::grid(history, lenses),
        (Format::Text, _) if arguments.name.is_some() => records().map(|r| text::one(&r)).collect(),
        (Format::Text, _) => records().map(|r| text::all(&r)).collect(),
    };
    let is_read = history.iter().flat_map(|r| &r.readings).any(|reading| reading.side.is_ok());
    Done { output, exit: if is_read { Exit::Done } else { Exit::Missing } }
}
