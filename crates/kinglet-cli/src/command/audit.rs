//! `audit`: the claims of articles, each with its verdict.

mod correction;
mod feed;

use std::path::{Path, PathBuf};

use clap::builder::{PossibleValuesParser, TypedValueParser};
use clap::{Args, ValueEnum};
use kinglet::audit::assistance::{Assistant, is_readable};
use kinglet::audit::{self, Audit, Comparison, Detail, Mark, Piece};
use kinglet::document::{self, Document};
use kinglet::{Code, Date, Diagnostic, Engine, Exit, Reach, Verdict, wire};

use crate::arguments::{StateArguments, bytes_of, date, name_of};
use crate::assistance::AssistanceArguments;
use crate::terminal::{BAD, CARE, FAINT, GOOD, HINT, STRONG, styled};
use crate::{Done, Outcome, Settings, report};
use correction::CorrectionArguments;
use feed::FeedArguments;

/// Check the claims of articles against the data: verdict, evidence, correction
#[derive(Args, Debug)]
#[command(after_help = "Examples:
  kinglet audit article.txt --published 2025-12-10
  kinglet audit page.html note.docx report.pdf --format json
  kinglet audit article.txt --fix
  kinglet audit *.txt --format html > audit.html
  curl -s https://example.org/page | kinglet audit -

What was not known on the day of publication is not held against an article.
Several articles are also held against each other. Exit status 1 if a claim is
wrong and --strict is given.")]
pub(crate) struct AuditVerb {
    /// Articles as plain text, Markdown, HTML, Word (docx) or PDF; `-` reads standard
    /// input
    #[arg(required_unless_present = "jsonl", conflicts_with = "jsonl", value_name = "FILE")]
    files: Vec<PathBuf>,
    /// The day of publication, one for all or one for each file
    /// [default: the one that the article prints]
    #[arg(long, value_name = "DATE", value_delimiter = ',', value_parser = date)]
    published: Vec<Date>,
    /// How to write the audit
    #[arg(long, value_name = "FORMAT", default_value = "text")]
    format: Format,
    /// Show every claim, not only those that are wrong or imprecise
    #[arg(long)]
    all: bool,
    /// Show the claims with these verdicts only
    #[arg(
        long,
        value_name = "VERDICT",
        value_delimiter = ',',
        value_parser = verdicts(),
        conflicts_with = "all"
    )]
    verdict: Vec<Verdict>,
    /// Exit with status 1 if a claim is wrong
    #[arg(long)]
    strict: bool,
    #[command(flatten)]
    correction: CorrectionArguments,
    #[command(flatten)]
    feed: FeedArguments,
    #[command(flatten)]
    assistance: AssistanceArguments,
    #[command(flatten)]
    state: StateArguments,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
enum Format {
    Text,
    Json,
    /// SARIF 2.1.0, for editors and code hosts
    Sarif,
    /// ClaimReview of schema.org as JSON-LD
    Claimreview,
    /// One page with the article, its claims marked
    Html,
}

pub(crate) fn run(arguments: &AuditVerb, settings: &Settings<'_>) -> Outcome {
    if let Some(path) = &arguments.feed.jsonl {
        return feed::run(path, arguments, settings);
    }
    let published = arguments.published(arguments.files.len()).map_err(|d| vec![d])?;
    let (mut files, mut articles, mut failed) = (Vec::new(), Vec::new(), Vec::new());
    for (path, day) in arguments.files.iter().zip(published) {
        match opened(path) {
            Ok((name, document)) => files.push((name, document, day)),
            Err(diagnostic) => failed.push(diagnostic),
        }
    }
    for (name, document, day) in &files {
        match audit::understand(name, document, *day) {
            Ok(article) => articles.push((document, article)),
            Err(diagnostic) => failed.push(diagnostic),
        }
    }
    if articles.is_empty() {
        return Err(failed);
    }
    let reach = articles.iter().map(|(_, article)| article.reach()).max().unwrap_or_default();
    let reach = reach.max(arguments.reach());
    let engine = arguments.state.open_reaching(reach, settings.lake).map_err(|d| vec![d])?;
    let audits = articles.iter().map(|(_, article)| article.judged(engine.view())).collect();
    let documents: Vec<&Document> = articles.iter().map(|(document, _)| *document).collect();
    // the others are audited all the same; the exit status tells of the first that failed
    let failed = (!failed.is_empty()).then(|| report::print(settings.terminal, &failed));
    let audits = arguments.assist(audits, (&documents, &engine), settings);
    let texts: Vec<&str> = documents.iter().map(|d| d.content.text.as_str()).collect();
    let all = audit::compare(audits, &texts);
    let wrong: usize = all.articles.iter().map(|a| a.summary.wrong).sum();
    let exit = if arguments.strict && wrong > 0 { Exit::WrongClaims } else { Exit::Done };
    if arguments.correction.asked() {
        let output = correction::run(arguments, (all, &documents), &engine)?;
        return Ok(Done { output, exit: failed.unwrap_or(exit) });
    }
    let output = match arguments.format {
        Format::Text => text(&all, &texts, &arguments.detail()),
        Format::Json => json(&located(all, &documents)),
        Format::Sarif => sarif(all, &documents, &arguments.detail()),
        Format::Claimreview => audit::embeddable(&audit::claim_review(&all)),
        Format::Html => audit::page(&all, &texts, engine.view()),
    };
    Ok(Done { output, exit: failed.unwrap_or(exit) })
}

/// The audits with spans that count bytes of the files.
fn located(all: Comparison, documents: &[&Document]) -> Comparison {
    let articles = all.articles.iter().zip(documents).map(|(audit, d)| audit.located(d)).collect();
    Comparison { articles, ..all }
}

/// Regions are of the files, where their formats have them.
fn sarif(all: Comparison, documents: &[&Document], detail: &Detail) -> String {
    let texts: Vec<&str> =
        documents.iter().map(|d| d.source().unwrap_or(&d.content.text)).collect();
    let articles = all.articles.iter().zip(documents).map(|(audit, d)| audit.in_source(d));
    let all = Comparison { articles: articles.collect(), ..all };
    wire::json(&audit::sarif(&all, &texts, detail))
}

fn opened(path: &Path) -> Result<(String, Document), Diagnostic> {
    let name = name_of(path);
    let document = document::read(&name, bytes_of(path)?)?;
    Ok((name, document))
}

impl AuditVerb {
    /// The day of each of some files.
    fn published(&self, files: usize) -> Result<Vec<Option<Date>>, Diagnostic> {
        match self.published[..] {
            [] => Ok(vec![None; files]),
            [day] => Ok(vec![Some(day); files]),
            _ if self.published.len() == files => {
                Ok(self.published.iter().copied().map(Some).collect())
            }
            _ => Err(Diagnostic::new(
                Code::Usage,
                format!("{} days of publication for {files} files", self.published.len()),
            )
            .hint("name one day, or one for each file in their order")),
        }
    }

    /// How far its claims look: a model may point at any measure.
    fn reach(&self) -> Reach {
        if self.assistance.model().is_some() { Reach::Companies } else { Reach::Series }
    }

    /// The audits with what a model could add, where one is to be asked.
    fn assist(
        &self,
        audits: Vec<Audit>,
        (documents, engine): (&[&Document], &Engine),
        settings: &Settings<'_>,
    ) -> Vec<Audit> {
        let Some(model) = self.assistance.model() else { return audits };
        let mut assistant = Assistant::new(model, self.assistance.carrier(is_readable));
        let pairs = audits.into_iter().zip(documents);
        let audits = pairs.map(|(a, d)| assistant.assist(a, d, engine.view())).collect();
        if let Some(notice) = assistant.notice() {
            settings.notice(&notice);
        }
        audits
    }

    fn detail(&self) -> Detail {
        match (self.all, self.verdict.is_empty()) {
            (true, _) => Detail::Every,
            (false, true) => Detail::Findings,
            (false, false) => Detail::Only(self.verdict.clone()),
        }
    }
}

/// Reads the name of a verdict.
fn verdicts() -> impl TypedValueParser<Value = Verdict> {
    PossibleValuesParser::new(Verdict::ALL.map(Verdict::name)).try_map(|name| {
        Verdict::ALL.into_iter().find(|verdict| verdict.name() == name).ok_or("no such verdict")
    })
}

fn text(all: &Comparison, texts: &[&str], detail: &Detail) -> String {
    let pieces = match (&all.articles[..], texts) {
        ([audit], [text]) => audit::text(audit, text, detail),
        _ => audit::comparison_text(all, texts, detail),
    };
    pieces.iter().map(coloured).collect()
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

/// One article is an object, several are held against each other.
fn json(all: &Comparison) -> String {
    match &all.articles[..] {
        [audit] => wire::json(audit),
        _ => wire::json(all),
    }
}
