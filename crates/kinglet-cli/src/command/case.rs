//! `case`: the small-cap case as a note.

mod desk;
mod formats;
mod print;
mod speech;
pub(super) mod template;

use std::path::PathBuf;

use clap::{Args, ValueEnum};
use jiff::Zoned;
use jiff::civil::Date;
use kinglet::case::{self, CaseReport, Request};
use kinglet::chart::{Run, Tone};
use kinglet::render::{self, plain::wrap};
use kinglet::wire::{self, DataRecord};
use kinglet::{Code, Diagnostic, Note, Reach};
use serde_json::json;

use crate::arguments::StateArguments;
use crate::terminal::{FAINT, FIRST, SECOND, STRONG, WIDTH, styled};
use crate::text::{data_line, labelled};
use crate::{Done, Outcome, Settings};
use desk::DeskArguments;
use formats::FormatArguments;

/// Write the small-cap case as a note in which every figure has its query
#[derive(Args, Debug)]
#[command(after_help = "Examples:
  kinglet case
  kinglet case --as-of 2025-09-18 --out note
  kinglet case --persona adviser --template house.toml
  kinglet case --lake ~/lake --subject IWN --against IWO

  kinglet case --xlsx --script --mail
  kinglet case --terminal

Writes the note as HTML, Markdown and JSON, and its charts. Open case.html.")]
pub(crate) struct Case {
    /// The folder to write into
    #[arg(long, value_name = "DIR", default_value = "kinglet-case")]
    out: PathBuf,
    /// Whose case is put: the code of an index or fund
    #[arg(long, value_name = "CODE", default_value = "RUT")]
    subject: String,
    /// With what it is compared
    #[arg(long, value_name = "CODE", default_value = "SPX")]
    against: String,
    /// How to say what was written
    #[arg(long, value_name = "FORMAT", default_value = "text")]
    format: Format,
    /// Print the note here, charts in letters, and write no file
    #[arg(long, conflicts_with_all = ["out", "format"], conflicts_with = "FormatArguments")]
    terminal: bool,
    #[command(flatten)]
    formats: FormatArguments,
    #[command(flatten)]
    desk: DeskArguments,
    #[command(flatten)]
    state: StateArguments,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
enum Format {
    Text,
    Json,
}

pub(crate) fn run(arguments: &Case, settings: &Settings<'_>) -> Outcome {
    let write = || -> Result<String, Diagnostic> {
        let desk = arguments.desk.desk()?;
        past(arguments.state.as_of())?;
        let engine = arguments.state.open_reaching(Reach::Companies, settings.lake)?;
        let request = Request::new(&arguments.subject, &arguments.against);
        let note = case::note(engine.view(), &request)?;
        let note = arguments.desk.edited(note, (&desk, &engine), settings)?;
        if arguments.terminal {
            return Ok(printed(&note));
        }
        let mut files = case::usual(&note);
        files.extend(arguments.formats.files(&note)?);
        let report = CaseReport::new(&note, case::save(&files, &arguments.out)?);
        let data = DataRecord::from(&engine.view().data());
        Ok(match arguments.format {
            Format::Text => text(&report, &data),
            Format::Json => wire::json(&json!({
                "headline": report.headline,
                "figures": report.figures,
                "queries": report.queries,
                "files": report.files,
                "data": data,
                "schema": "kinglet.case/1",
            })),
        })
    };
    write().map(Done::with).map_err(|diagnostic| vec![diagnostic])
}

/// Refuses a day that is not over anywhere: a note says what was known.
fn past(as_of: Option<Date>) -> Result<(), Diagnostic> {
    // Somewhere on Earth it is tomorrow already.
    let last = Zoned::now().date().tomorrow().unwrap_or(Date::MAX);
    match as_of.filter(|day| *day > last) {
        None => Ok(()),
        Some(day) => Err(Diagnostic::new(Code::Argument, format!("{day} is in the future"))
            .subject(format!("--as-of {day}"))
            .hint("leave --as-of out for a note as of the end of the data")),
    }
}

/// The note in lines, with colour where the terminal has it.
fn printed(note: &Note) -> String {
    let run = |(text, tone): (String, Tone)| match tone {
        Tone::Plain => text,
        Tone::Strong => styled(STRONG, text),
        Tone::Quiet => styled(FAINT, text),
        Tone::First => styled(FIRST, text),
        Tone::Second => styled(SECOND, text),
    };
    let line = |line: Run| line.into_iter().map(run).collect::<String>() + "\n";
    render::lines(note).into_iter().map(line).collect()
}

fn text(report: &CaseReport, data: &DataRecord) -> String {
    let headline = wrap(&report.headline, WIDTH).join("\n");
    let mut text = format!("{}\n\n", styled(STRONG, headline));
    let counts = format!("{} from {} queries", report.figures, report.queries);
    text += &labelled("figures", &counts);
    for (i, file) in report.files.iter().enumerate() {
        text += &labelled(if i == 0 { "wrote" } else { "" }, &file.display().to_string());
    }
    text + &format!("\n{}\n", styled(FAINT, data_line(data)))
}
