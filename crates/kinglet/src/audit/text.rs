//! Audits for people, in the manner of a compiler: what it comes to, then each finding with its
//! place, line, caret, verdict, value and remedy.

mod excerpt;
mod page;

use kinglet_core::verdict::Verdict;

use super::summary::SEVERITY;
use super::{Audit, ClaimRecord, Comparison};
use page::Page;

/// What a piece of text is, so that a terminal can colour it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mark {
    /// As it is.
    Plain,
    /// Headings and values.
    Strong,
    /// Places and sources.
    Faint,
    /// What is right.
    Good,
    /// What is wrong.
    Bad,
    /// What needs care.
    Care,
    /// What to do.
    Hint,
}

/// A piece of text with its mark. Nothing in it acts on a terminal, whatever the article holds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Piece {
    /// What it is.
    pub mark: Mark,
    /// The text; line breaks are in it.
    pub text: String,
}

/// Which claims are shown one by one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Detail {
    /// Those that are wrong or imprecise, or right by one of several readings alone.
    Findings,
    /// Every claim.
    Every,
    /// Those with one of these verdicts.
    Only(Vec<Verdict>),
}

impl Detail {
    /// Whether a claim is shown.
    pub fn shows(&self, claim: &ClaimRecord) -> bool {
        match self {
            Detail::Findings => {
                let imprecise = claim.verdict == Verdict::Imprecise.name();
                imprecise || claim.is_wrong() || claim.is_ambiguous()
            }
            Detail::Every => true,
            Detail::Only(verdicts) => verdicts.iter().any(|v| v.name() == claim.verdict),
        }
    }
}

/// An audit with the text it is of: what it comes to, then its claims, the wrong ones first.
pub fn text(audit: &Audit, article: &str, detail: &Detail) -> Vec<Piece> {
    let mut page = Page::default();
    page.article(audit, article, detail);
    page.pieces
}

/// Several audits with their texts: what they come to together, where they disagree, what they
/// repeat, then each.
pub fn comparison_text(all: &Comparison, articles: &[&str], detail: &Detail) -> Vec<Piece> {
    let mut page = Page::default();
    page.comparison(all);
    for (audit, article) in all.articles.iter().zip(articles) {
        page.line();
        page.article(audit, article, detail);
    }
    page.pieces
}

/// How soon a reader needs a claim: wrong ones first, each kind in the order of the text.
fn severity(claim: &ClaimRecord) -> usize {
    let rank = SEVERITY.iter().position(|verdict| verdict.name() == claim.verdict);
    if claim.is_wrong() { 0 } else { rank.unwrap_or(SEVERITY.len()) }
}

fn mark(verdict: &str) -> Mark {
    match verdict {
        "supported" => Mark::Good,
        "misdated" | "contradicted" | "inconsistent" => Mark::Bad,
        "imprecise" => Mark::Care,
        _ => Mark::Faint,
    }
}
