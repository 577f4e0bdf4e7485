//! Audits of articles: every claim judged, as records for programs and as text for people.

pub mod assistance;
pub mod feed;

mod claim_review;
mod contradiction;
mod correction;
mod document;
mod duplicate;
mod gap;
mod page;
mod place;
mod record;
mod sarif;
mod summary;
mod text;

pub use claim_review::{claim_review, embeddable};
pub use contradiction::{ContradictionRecord, PlaceRecord};
pub use correction::{Corrected, CorrectionRecord, EditRecord, corrected, corrections};
pub use document::{DocumentRecord, Understood, understand};
pub use duplicate::DuplicateRecord;
pub use gap::GapRecord;
pub use page::page;
pub use place::Place;
pub use record::{ArticleRecord, ClaimRecord, ReadingRecord, RelationRecord, SpanRecord};
pub use sarif::sarif;
pub use summary::{CountRecord, SettleRecord, Summary, Totals};
pub use text::{Detail, Mark, Piece, comparison_text, text};

use kinglet_core::article;
use kinglet_core::diagnostic::{Code, Diagnostic};
use kinglet_core::query::Evaluator;
use kinglet_core::time::{Cutoff, Date};
use kinglet_core::verdict::{Context, judge_on};
use kinglet_core::view::View;
use serde::Serialize;

use crate::wire::DataRecord;

/// An article to be audited.
#[derive(Clone, Copy, Debug)]
pub struct Article<'a> {
    /// Where it was read, as it is to be named.
    pub path: &'a str,
    /// Its whole text.
    pub text: &'a str,
    /// The day of publication.
    pub published: Date,
}

/// The audit of one article, as it is printed.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Audit {
    /// What was audited.
    pub article: ArticleRecord,
    /// On what.
    pub data: DataRecord,
    /// What it comes to.
    pub summary: Summary,
    /// Its claims in order, each with its verdict.
    pub claims: Vec<ClaimRecord>,
    /// Relations among its figures.
    pub relations: Vec<RelationRecord>,
    /// Where it leaves out figures or words.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub gaps: Vec<GapRecord>,
}

/// Audits of several articles, and where they contradict each other.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Comparison {
    /// What they come to together.
    pub summary: Totals,
    /// One audit for each article, in the order given.
    pub articles: Vec<Audit>,
    /// Facts with different figures.
    pub contradictions: Vec<ContradictionRecord>,
    /// What several articles have in common.
    pub duplicates: Vec<DuplicateRecord>,
}

/// Reads an article and judges its claims. Without a day of publication it must print one.
///
/// # Errors
/// `Article` where the text is empty, `Usage` where the day of publication is not known.
pub fn read(
    path: &str,
    text: &str,
    published: Option<Date>,
    view: &View,
) -> Result<Audit, Diagnostic> {
    let (article, read) = understood(path, text, published)?;
    Ok(audit(article, &read, view).with_gaps(&read.gaps, text))
}

/// An article with what it says.
fn understood<'a>(
    path: &'a str,
    text: &'a str,
    published: Option<Date>,
) -> Result<(Article<'a>, article::Article), Diagnostic> {
    if text.trim().is_empty() {
        return Err(Diagnostic::new(Code::Article, format!("{path} is empty")));
    }
    let read = article::read(text, published);
    let published = read.published.ok_or_else(|| undated(path))?;
    Ok((Article { path, text, published }, read))
}

fn undated(path: &str) -> Diagnostic {
    Diagnostic::new(Code::Usage, format!("{path} does not say when it was published"))
        .hint("name the day: --published 2025-12-10")
}

/// Judges what was read of an article on a view of the data.
pub fn audit(article: Article<'_>, read: &article::Article, view: &View) -> Audit {
    let view = view.until(Cutoff::end_of(article.published));
    audit_on(article, read, &Evaluator::new(&view))
}

/// The same with an evaluator that other articles of the day may share.
fn audit_on(article: Article<'_>, read: &article::Article, evaluator: &Evaluator<'_>) -> Audit {
    let context = Context { text: article.text, published: article.published, read: Some(read) };
    let review = judge_on(&read.claims, context, evaluator);
    let claims: Vec<ClaimRecord> = review
        .claims
        .iter()
        .zip(&review.judgements)
        .map(|(claim, judgement)| ClaimRecord::of(claim, judgement, context))
        .collect();
    Audit {
        article: ArticleRecord::of(article),
        data: DataRecord::from(&evaluator.view().data()),
        summary: Summary::of(&claims),
        claims,
        relations: review.relations.iter().map(RelationRecord::from).collect(),
        gaps: Vec::new(),
    }
}

impl Audit {
    /// The same audit with what the article leaves out.
    fn with_gaps(self, gaps: &[article::Gap], text: &str) -> Audit {
        Audit { gaps: gaps.iter().map(|gap| GapRecord::of(gap, text)).collect(), ..self }
    }
}

/// Holds the audits of several articles, whose texts are given in the same order, against each
/// other.
pub fn compare(articles: Vec<Audit>, texts: &[&str]) -> Comparison {
    let contradictions = contradiction::contradictions(&articles);
    let duplicates = duplicate::duplicates(&articles, texts);
    let summary = Totals::of(&articles, &duplicates.claims);
    Comparison { summary, articles, contradictions, duplicates: duplicates.records }
}
