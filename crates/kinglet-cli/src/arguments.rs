//! The command line: verbs, the options that several share, and what is wrong with it.

use std::ffi::OsString;
use std::path::Path;

use anstream::ColorChoice;
use clap::error::ErrorKind;
use clap::{ArgAction, Args, Parser, Subcommand, ValueEnum};
use kinglet::study::Request;
use kinglet::{Code, Date, Diagnostic, Engine, Query, Reach, Source};
use tracing::level_filters::LevelFilter;

use crate::command::allocate::Allocate;
use crate::command::audit::AuditVerb;
use crate::command::case::Case;
use crate::command::completions::Completions;
use crate::command::data::DataVerb;
use crate::command::eval::Eval;
use crate::command::explain::Explain;
use crate::command::lens::Lens;
use crate::command::optimize::Optimize;
use crate::command::recheck::RecheckVerb;
use crate::command::sql::Sql;
use crate::command::study::Study;
use crate::terminal::{Remarks, Terminal};

/// Market claims as queries: answers, evidence, audits and notes from dated, versioned data
#[derive(Parser, Debug)]
#[command(
    name = "kinglet",
    version,
    max_term_width = 80,
    subcommand_required = true,
    after_help = "Examples:
  kinglet eval 'return(RUT, 2025-08)'    the Russell 2000 in August 2025
  kinglet explain return                 how a return is defined
  kinglet explain                        all definitions

Exit status: 0 done, 1 the audit found wrong claims (--strict) or a recheck
figures to correct, 2 usage, 3 data missing or a query undefined, 4 internal
error, 5 invalid input or a problem without a solution."
)]
pub(crate) struct Arguments {
    #[command(subcommand)]
    pub(crate) verb: Verb,
    #[command(flatten)]
    pub(crate) global: GlobalArguments,
}

/// What to do.
#[derive(Subcommand, Debug)]
pub(crate) enum Verb {
    Eval(Eval),
    Explain(Explain),
    Lens(Lens),
    Study(Study),
    Optimize(Optimize),
    Allocate(Allocate),
    Audit(AuditVerb),
    Case(Case),
    Recheck(RecheckVerb),
    Data(DataVerb),
    Sql(Sql),
    Completions(Completions),
}

/// Where the data are and how to speak.
#[derive(Args, Debug)]
#[command(next_help_heading = "Global options")]
pub(crate) struct GlobalArguments {
    /// The lake to read: a folder or a URL [default: the embedded facts]
    #[arg(
        long,
        global = true,
        value_name = "LOCATION",
        env = "KINGLET_LAKE",
        hide_env_values = true
    )]
    lake: Option<String>,
    /// Colour: never, always, or where the terminal has it and NO_COLOR is not set
    #[arg(
        long,
        global = true,
        value_name = "WHEN",
        default_value = "auto",
        hide_possible_values = true
    )]
    color: When,
    /// Show no progress
    #[arg(short, long, global = true)]
    quiet: bool,
    /// Write what is being done to standard error; -vv and -vvv tell more
    #[arg(short, long, global = true, action = ArgAction::Count, conflicts_with = "quiet")]
    verbose: u8,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
enum When {
    Auto,
    Always,
    Never,
}

impl GlobalArguments {
    /// How this run speaks; sets up tracing.
    pub(crate) fn terminal(&self, terminal: Terminal) -> Terminal {
        let level = match self.verbose {
            0 => LevelFilter::OFF,
            1 => LevelFilter::INFO,
            2 => LevelFilter::DEBUG,
            _ => LevelFilter::TRACE,
        };
        let color = match self.color {
            When::Auto => ColorChoice::Auto,
            When::Always => ColorChoice::Always,
            When::Never => ColorChoice::Never,
        };
        tracing_subscriber::fmt()
            .with_max_level(level)
            .with_writer(move || anstream::AutoStream::new(std::io::stderr(), color))
            .without_time()
            .init();
        Terminal { color, ..terminal }
    }

    /// Whether progress is told.
    pub(crate) fn remarks(&self) -> Remarks {
        if self.quiet { Remarks::Hidden } else { Remarks::Shown }
    }

    /// The lake that is meant, if any; an empty name is none.
    pub(crate) fn lake(&self) -> Option<&str> {
        self.lake.as_deref().filter(|lake| !lake.is_empty())
    }
}

/// Which state of the data to read.
#[derive(Args, Debug)]
#[command(next_help_heading = "Data")]
pub(crate) struct StateArguments {
    /// Use only what was public at the end of this day [default: where the data end]
    #[arg(long, value_name = "DATE", value_parser = date)]
    as_of: Option<Date>,
    #[command(flatten)]
    version: VersionArguments,
}

/// Which version of the lake to read.
#[derive(Args, Debug)]
#[command(next_help_heading = "Data")]
pub(crate) struct VersionArguments {
    /// Read an older version of the lake; `kinglet data log` lists them
    #[arg(long = "version", visible_alias = "at-version", value_name = "N")]
    at_version: Option<u64>,
}

impl StateArguments {
    /// Where the data are that are meant.
    pub(crate) fn source(&self, lake: Option<&str>) -> Result<Source, Diagnostic> {
        self.version.source(lake)
    }

    /// The day up to which they are used.
    pub(crate) fn as_of(&self) -> Option<Date> {
        self.as_of
    }

    /// All the data that are meant.
    pub(crate) fn open(&self, lake: Option<&str>) -> Result<Engine, Diagnostic> {
        Engine::open(&self.version.source(lake)?, self.as_of).inspect(told)
    }

    /// All the data that are meant, and what some claims need beside the series.
    pub(crate) fn open_reaching(
        &self,
        reach: Reach,
        lake: Option<&str>,
    ) -> Result<Engine, Diagnostic> {
        Engine::open_reaching(reach, &self.version.source(lake)?, self.as_of).inspect(told)
    }

    /// What some queries need of them.
    pub(crate) fn open_for(
        &self,
        queries: &[Query],
        lake: Option<&str>,
    ) -> Result<Engine, Diagnostic> {
        Engine::open_for(queries, &self.version.source(lake)?, self.as_of).inspect(told)
    }
}

impl StateArguments {
    /// What a study needs of the data.
    pub(crate) fn open_for_study(
        &self,
        study: &Request,
        lake: Option<&str>,
    ) -> Result<Engine, Diagnostic> {
        let source = self.version.source(lake)?;
        let (exprs, series) = (study.needs(), study.series());
        Engine::open_for_all(&exprs, series, &source, self.as_of).inspect(told)
    }
}

fn told(engine: &Engine) {
    let data = engine.view().data();
    tracing::info!(version = data.version, end = %data.as_of, "data opened");
}

impl VersionArguments {
    /// The source that is meant.
    pub(crate) fn source(&self, lake: Option<&str>) -> Result<Source, Diagnostic> {
        match (lake, self.at_version) {
            (Some(location), version) => {
                Ok(Source::Lake { location: location.to_owned(), version })
            }
            (None, None) => Ok(Source::Facts),
            (None, Some(_)) => Err(Diagnostic::new(Code::Usage, "`--version` needs a lake")
                .note("the embedded facts have one version only")
                .hint("name the lake with `--lake` or KINGLET_LAKE")),
        }
    }
}

/// Reads a day.
pub(crate) fn date(text: &str) -> Result<Date, String> {
    text.parse().map_err(|_| "write year, month and day: 2025-09-18".to_owned())
}

/// What the command line asks for.
pub(crate) enum Start {
    /// A verb to run.
    Run(Box<Arguments>),
    /// Help or the version, to print.
    Show(String),
    /// It does not make sense.
    Refuse(Box<Diagnostic>),
}

/// Reads the command line. Without a verb it is a call for help.
pub(crate) fn read(mut given: Vec<OsString>) -> Start {
    if given.len() <= 1 {
        given.push("-h".into());
    }
    match Arguments::try_parse_from(given) {
        Ok(arguments) => Start::Run(Box::new(arguments)),
        Err(error) => match error.kind() {
            ErrorKind::DisplayHelp
            | ErrorKind::DisplayVersion
            | ErrorKind::DisplayHelpOnMissingArgumentOrSubcommand => {
                Start::Show(error.render().ansi().to_string())
            }
            _ => Start::Refuse(Box::new(refusal(&error.render().to_string()))),
        },
    }
}

/// The message of the argument parser, as a diagnostic: its first paragraph is what is wrong, its
/// tips are hints, its usage line is a note.
fn refusal(text: &str) -> Diagnostic {
    let mut paragraphs = text.trim().split("\n\n");
    let first = paragraphs.next().unwrap_or_default();
    let message = first.strip_prefix("error: ").unwrap_or(first);
    let message = message.split_whitespace().collect::<Vec<_>>().join(" ");
    let mut diagnostic = Diagnostic::new(Code::Usage, message);
    for paragraph in paragraphs.map(str::trim) {
        for line in paragraph.lines().map(str::trim) {
            diagnostic = match (line.strip_prefix("tip: "), line.strip_prefix("Usage: ")) {
                (Some(tip), _) => diagnostic.hint(tip),
                (_, Some(usage)) => diagnostic.note(format!("usage: {usage}")),
                _ if line.starts_with("For more") => diagnostic.hint("`--help` tells more"),
                _ => diagnostic.note(line),
            };
        }
    }
    diagnostic
}

/// The bytes of a file or, for `-`, of standard input.
///
/// # Errors
/// `File` where it cannot be read.
pub(crate) fn bytes_of(path: &Path) -> Result<Vec<u8>, Diagnostic> {
    let bytes = if path.as_os_str() == "-" {
        let mut bytes = Vec::new();
        std::io::Read::read_to_end(&mut std::io::stdin().lock(), &mut bytes).map(|_| bytes)
    } else {
        std::fs::read(path)
    };
    bytes.map_err(|error| {
        let message = format!("{} cannot be read: {}", name_of(path), reason(&error));
        Diagnostic::new(Code::File, message)
    })
}

/// A text from a file or, for `-`, from standard input.
///
/// # Errors
/// `File` where it cannot be read, `not_text` where it is not UTF-8.
pub(crate) fn text_of(path: &Path, not_text: Code) -> Result<String, Diagnostic> {
    String::from_utf8(bytes_of(path)?).map_err(|error| {
        let at = error.utf8_error().valid_up_to();
        let line = error.as_bytes()[..at].iter().filter(|&&b| b == b'\n').count() + 1;
        Diagnostic::new(not_text, format!("{} is not UTF-8 text: line {line}", name_of(path)))
            .note(format!("the first byte that is not text is number {}", at + 1))
    })
}

/// How a file is called in messages.
pub(crate) fn name_of(path: &Path) -> String {
    if path.as_os_str() == "-" { "standard input".to_owned() } else { path.display().to_string() }
}

/// The system's reason without its number.
pub(crate) fn reason(error: &std::io::Error) -> String {
    let text = error.to_string();
    text.split(" (os error").next().unwrap_or(&text).to_lowercase()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_parser_is_sound() {
        use clap::CommandFactory;
        Arguments::command().debug_assert();
    }

    #[test]
    fn refusals_are_diagnostics() {
        let given = ["kinglet", "completoins", "x"].map(OsString::from);
        let Start::Refuse(diagnostic) = read(given.to_vec()) else { panic!("not refused") };
        assert_eq!(diagnostic.message, "unrecognized subcommand 'completoins'");
        assert_eq!(diagnostic.hints[0], "a similar subcommand exists: 'completions'");
    }
}
