//! `audit`: the claims of articles, each with its verdict.

mod feed;

use std::path::{Path, PathBuf};

use clap::{Args, ValueEnum};
use kinglet::audit::{self, Audit, ContradictionRecord, Detail, Mark, Piece};
use kinglet::{Code, Date, Diagnostic, Engine, Exit, wire};

use crate::arguments::{StateArguments, date, name_of, text_of};
use crate::terminal::{BAD, CARE, FAINT, GOOD, HINT, STRONG, styled};
use crate::{Done, Outcome, Settings};
use feed::FeedArguments;

/// Check the claims of articles against the data: verdict, evidence, correction
#[derive(Args, Debug)]
#[command(after_help = "Examples:
  kinglet audit article.txt --published 2025-12-10
  kinglet audit *.txt --format json
  kinglet audit *.txt --format html > audit.html
  curl -s https://example.org/note.txt | kinglet audit - --published 2025-09-18

What was not known on the day of publication is not held against an article.
Several articles are also held against each other. Exit status 1 if a claim is
wrong and --strict is given.")]
pub(crate) struct AuditVerb {
    /// Articles as plain text or Markdown; `-` reads standard input
    #[arg(required_unless_present = "jsonl", conflicts_with = "jsonl", value_name = "FILE")]
    files: Vec<PathBuf>,
    /// The day of publication [default: the one that the article prints]
    #[arg(long, value_name = "DATE", value_parser = date)]
    published: Option<Date>,
    /// How to write the audit
    #[arg(long, value_name = "FORMAT", default_value = "text")]
    format: Format,
    /// Show every claim, not only those that are wrong or imprecise
    #[arg(long)]
    all: bool,
    /// Exit with status 1 if a claim is wrong
    #[arg(long)]
    strict: bool,
    #[command(flatten)]
    feed: FeedArguments,
    #[command(flatten)]
    state: StateArguments,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
enum Format {
    Text,
    Json,
    /// One page with the article, its claims marked
    Html,
}

/// An article with its audit.
struct Audited {
    text: String,
    audit: Audit,
}

pub(crate) fn run(arguments: &AuditVerb, settings: &Settings<'_>) -> Outcome {
    if let Some(path) = &arguments.feed.jsonl {
        return feed::run(path, arguments, settings);
    }
    let engine = arguments.state.open(settings.lake).map_err(|d| vec![d])?;
    let mut audited = Vec::new();
    let mut failed = Vec::new();
    for path in &arguments.files {
        match one(path, arguments.published, &engine) {
            Ok(article) => audited.push(article),
            Err(diagnostic) => failed.push(diagnostic),
        }
    }
    if !failed.is_empty() {
        return Err(failed);
    }
    let wrong: usize = audited.iter().map(|a| a.audit.wrong()).sum();
    let exit = if arguments.strict && wrong > 0 { Exit::WrongClaims } else { Exit::Done };
    let output = match arguments.format {
        Format::Text => text(audited, arguments),
        Format::Json => json(audited),
        Format::Html => html(audited, &engine).map_err(|d| vec![d])?,
    };
    Ok(Done { output, exit })
}

fn one(path: &Path, published: Option<Date>, engine: &Engine) -> Result<Audited, Diagnostic> {
    let text = text_of(path, Code::Article)?;
    let audit = audit::read(&name_of(path), &text, published, engine.view())?;
    Ok(Audited { text, audit })
}

fn text(audited: Vec<Audited>, arguments: &AuditVerb) -> String {
    let detail = if arguments.all { Detail::Every } else { Detail::Findings };
    let mut pieces = Vec::new();
    for Audited { text, audit } in &audited {
        pieces.extend(audit::text(audit, text, detail));
    }
    let mut text: String = pieces.iter().map(coloured).collect();
    let articles = audited.into_iter().map(|a| a.audit).collect();
    for contradiction in audit::feed(articles).contradictions {
        text += &across(&contradiction);
    }
    text
}

/// Articles that print different figures for the same thing.
fn across(contradiction: &ContradictionRecord) -> String {
    let ContradictionRecord { metric, entity, period, places, .. } = contradiction;
    let versus = contradiction.versus.as_ref().map_or(String::new(), |v| format!(" against {v}"));
    let label = styled(CARE, "articles disagree");
    let mut text = format!("\n{label}: {metric} of {entity}{versus}, {period}\n");
    for place in places {
        text += &format!("  {} {}\n", place.text, styled(FAINT, &place.path));
    }
    text
}

fn coloured(piece: &Piece) -> String {
    match piece.mark {
        Mark::Plain => piece.text.clone(),
        Mark::Strong => styled(STRONG, &piece.text),
        Mark::Faint => styled(FAINT, &piece.text),
        Mark::Good => styled(GOOD, &piece.text),
        Mark::Bad => styled(BAD, &piece.text),
        Mark::Care => styled(CARE, &piece.text),
        Mark::Hint => styled(HINT, &piece.text),
    }
}

/// One page for all articles.
fn html(audited: Vec<Audited>, engine: &Engine) -> Result<String, Diagnostic> {
    let (texts, audits): (Vec<String>, Vec<Audit>) =
        audited.into_iter().map(|a| (a.text, a.audit)).unzip();
    let texts: Vec<&str> = texts.iter().map(String::as_str).collect();
    audit::page(&audit::feed(audits), &texts, engine.view())
}

/// One article is an object, several are a feed.
fn json(audited: Vec<Audited>) -> String {
    let mut audits: Vec<Audit> = audited.into_iter().map(|a| a.audit).collect();
    match audits.len() {
        1 => wire::json(&audits.remove(0)),
        _ => wire::json(&audit::feed(audits)),
    }
}
