//! `data check`: what looks odd.

use clap::Args;
use kinglet::{Diagnostic, Exit, data};

use crate::arguments::VersionArguments;
use crate::table::{Format, render};
use crate::terminal::{FAINT, styled};
use crate::{Done, Settings};

/// Check the data: damage, disorder, duplicates, spikes, stale runs and gaps
#[derive(Args, Debug)]
#[command(after_help = "Examples:
  kinglet data check
  kinglet data check --lake ~/lake --format json

A finding is a question to the source, not a verdict: markets do jump.
Exit status 5 if a file of the lake is damaged.")]
pub(crate) struct Check {
    /// How to write it: table, json, csv or markdown
    #[arg(long, value_name = "FORMAT", default_value = "table", hide_possible_values = true)]
    format: Format,
    #[command(flatten)]
    version: VersionArguments,
}

pub(crate) fn run(arguments: &Check, settings: &Settings<'_>) -> Result<Done, Diagnostic> {
    let findings = data::check(&arguments.version.source(settings.lake)?)?;
    let exit = if findings.damaged > 0 { Exit::Input } else { Exit::Done };
    let output = match arguments.format {
        Format::Table => text(&findings),
        format => render(&findings.table, format),
    };
    Ok(Done { output, exit })
}

fn text(findings: &data::Findings) -> String {
    let version = styled(FAINT, format!("version {}", findings.version));
    match findings.table.rows().len() {
        0 => format!("nothing looks odd\n\n{version}\n"),
        _ => format!("{}\n{version}\n", render(&findings.table, Format::Table)),
    }
}
