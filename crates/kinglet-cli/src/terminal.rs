//! The terminal: what goes to standard output and standard error, with or without colour.

use std::ffi::OsString;
use std::io::{self, Write};

use anstream::ColorChoice;
use anstyle::{AnsiColor, Style};

/// Columns that text for people is set to.
pub(crate) const WIDTH: usize = 80;

/// Headings, names, values.
pub(crate) const STRONG: Style = Style::new().bold();
/// What matters less: labels, sources.
pub(crate) const FAINT: Style = Style::new().dimmed();
/// What is right.
pub(crate) const GOOD: Style = AnsiColor::Green.on_default().bold();
/// What is wrong.
pub(crate) const BAD: Style = AnsiColor::Red.on_default().bold();
/// What needs care: notices, undefined values.
pub(crate) const CARE: Style = AnsiColor::Yellow.on_default().bold();
/// The first series of a chart.
pub(crate) const FIRST: Style = AnsiColor::Blue.on_default();
/// The second series of a chart.
pub(crate) const SECOND: Style = AnsiColor::Yellow.on_default();
/// Where to look or what to do.
pub(crate) const HINT: Style = AnsiColor::Cyan.on_default().bold();

/// A text in a style.
pub(crate) fn styled(style: Style, text: impl std::fmt::Display) -> String {
    format!("{style}{text}{style:#}")
}

/// How errors are written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Errors {
    /// For people.
    Text,
    /// One JSON object on a line.
    Json,
}

/// Whether progress is told on standard error.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Remarks {
    /// Where it is a terminal.
    Shown,
    /// Never.
    Hidden,
}

/// How this run speaks.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Terminal {
    pub(crate) errors: Errors,
    pub(crate) color: ColorChoice,
}

impl Terminal {
    /// What can be told before the arguments are understood: whether a program asked for JSON.
    pub(crate) fn for_errors_of(given: &[OsString]) -> Terminal {
        let asked = given.windows(2).any(|w| w[0] == "--format" && w[1] == "json");
        let json = asked || given.iter().any(|a| a == "--format=json");
        let errors = if json { Errors::Json } else { Errors::Text };
        Terminal { errors, color: ColorChoice::Auto }
    }

    /// Writes the output of a verb. A reader that went away (`| head`) ends it quietly.
    pub(crate) fn print(self, text: &str) -> io::Result<()> {
        let mut stdout = anstream::AutoStream::new(io::stdout().lock(), self.color);
        quiet(stdout.write_all(text.as_bytes()).and_then(|()| stdout.flush()))
    }

    /// Writes to standard error.
    pub(crate) fn complain(self, text: &str) {
        let mut stderr = anstream::AutoStream::new(io::stderr().lock(), self.color);
        // Nobody is left to tell where standard error cannot be written.
        let _ = stderr.write_all(text.as_bytes());
    }
}

fn quiet(result: io::Result<()>) -> io::Result<()> {
    match result {
        Err(error) if error.kind() == io::ErrorKind::BrokenPipe => Ok(()),
        other => other,
    }
}
