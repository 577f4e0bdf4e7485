//! `eval`: answers to queries.

use std::io::IsTerminal;
use std::path::{Path, PathBuf};

use clap::{Args, ValueEnum};
use kinglet::wire::{self, AnswerRecord, DataRecord};
use kinglet::{Answer, Code, Diagnostic, Engine, Exit, Query};

use crate::arguments::{StateArguments, name_of, text_of};
use crate::{Done, Outcome, Settings, text};

/// Answer queries: value, period, rows and version of the data
#[derive(Args, Debug)]
#[command(after_help = "Examples:
  kinglet eval 'return(RUT, 2025-08)'
  kinglet eval 'return(SPX, 2025-08) - return(RUT, 2025-08)' --format json
  kinglet eval --file queries.txt --format csv
  kinglet eval 'average(return(RUT, year), since: 2015)' --format rows
  echo 'level(RUT, @2025-09-18)' | kinglet eval -

Periods: 2025-08, 2025-Q2, 2025-W38, 2025-09-18, ytd@2025-06-12, 10y@2025-08-28,
2025-06-12..2025-09-18, @2025-09-18. `kinglet explain` lists the definitions.
Exit status 3 if an answer is undefined.")]
pub(crate) struct Eval {
    /// Queries; `-` reads standard input, one query on a line
    #[arg(value_name = "QUERY")]
    queries: Vec<String>,
    /// Read queries from a file, one on a line; `#` starts a comment
    #[arg(short, long, value_name = "FILE")]
    file: Vec<PathBuf>,
    /// How to write the answers
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
    /// The rows behind the answers, as CSV
    Rows,
    Markdown,
}

pub(crate) fn run(arguments: &Eval, settings: &Settings<'_>) -> Outcome {
    let queries = queries(arguments)?;
    let engine = arguments.state.open_for(&queries, settings.lake).map_err(one)?;
    let answers = engine.eval(&queries);
    let undefined = answers.iter().any(|a| a.result.is_err());
    let exit = if undefined { Exit::Missing } else { Exit::Done };
    Ok(Done { output: render(&answers, arguments.format, &engine), exit })
}

fn render(answers: &[Answer], format: Format, engine: &Engine) -> String {
    match format {
        Format::Text => text::answers(answers, &DataRecord::from(&engine.view().data())),
        Format::Json => wire::json(&answers.iter().map(AnswerRecord::from).collect::<Vec<_>>()),
        Format::Csv => wire::answer_table(answers).csv(),
        Format::Rows => wire::row_table(answers).csv(),
        Format::Markdown => text::markdown(answers, &DataRecord::from(&engine.view().data())),
    }
}

fn one(diagnostic: Diagnostic) -> Vec<Diagnostic> {
    vec![diagnostic]
}

/// A query as given and where it stood.
struct Given {
    text: String,
    place: Option<String>,
}

/// The queries in their order: arguments first, then files. All that is wrong is reported.
fn queries(arguments: &Eval) -> Result<Vec<Query>, Vec<Diagnostic>> {
    let mut given = Vec::new();
    for text in &arguments.queries {
        if text == "-" {
            given.extend(lines(Path::new("-")).map_err(one)?);
        } else {
            given.push(Given { text: text.clone(), place: None });
        }
    }
    for path in &arguments.file {
        given.extend(lines(path).map_err(one)?);
    }
    let nothing_named = arguments.queries.is_empty() && arguments.file.is_empty();
    if nothing_named && !std::io::stdin().is_terminal() {
        given = lines(Path::new("-")).map_err(one)?;
    }
    if given.is_empty() {
        return Err(one(Diagnostic::new(Code::Usage, "no query was given")
            .hint("for example kinglet eval 'return(RUT, 2025-08)'")));
    }
    let mut parsed = Vec::new();
    let mut wrong = Vec::new();
    for Given { text, place } in given {
        match text.parse() {
            Ok(query) => parsed.push(query),
            Err(diagnostic) => wrong.push(match place {
                Some(place) => Diagnostic::note(diagnostic, place),
                None => diagnostic,
            }),
        }
    }
    if wrong.is_empty() { Ok(parsed) } else { Err(wrong) }
}

/// The queries of a file, without comments and empty lines.
fn lines(path: &Path) -> Result<Vec<Given>, Diagnostic> {
    let text = text_of(path, Code::File)?;
    let name = name_of(path);
    let numbered = text.trim_start_matches('\u{feff}').lines().enumerate();
    let queries = numbered.filter_map(|(i, line)| {
        let query = line.split('#').next().unwrap_or_default().trim();
        let place = Some(format!("line {} of {name}", i + 1));
        (!query.is_empty()).then(|| Given { text: query.to_owned(), place })
    });
    Ok(queries.collect())
}
