//! The records of an audit: the vocabulary of the annotation guidelines.

use kinglet_core::article::Claim;
use kinglet_core::time::Date;
use kinglet_core::verdict::{Context, Judgement, Relation};
use serde::Serialize;
use serde_json::Value;
use sha2::{Digest, Sha256};

use super::correction::words;
use super::{Article, DocumentRecord, Place};
use crate::wire::{RowRecord, number};

/// What was audited.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct ArticleRecord {
    /// Where it was read.
    pub path: String,
    /// The day of publication.
    pub published: Date,
    /// Hash of its bytes.
    pub sha256: String,
    /// How it was read, where it is a file.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub document: Option<DocumentRecord>,
}

impl ArticleRecord {
    pub(super) fn of(article: Article<'_>) -> ArticleRecord {
        let digest = Sha256::digest(article.text.as_bytes());
        ArticleRecord {
            path: article.path.to_owned(),
            published: article.published,
            sha256: digest.iter().map(|byte| format!("{byte:02x}")).collect(),
            document: None,
        }
    }
}

/// Bytes of the article, end exclusive.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct SpanRecord {
    /// First byte.
    pub start: usize,
    /// One past the last byte.
    pub end: usize,
}

/// A claim with its verdict.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct ClaimRecord {
    /// Where the value token stands.
    pub span: SpanRecord,
    /// Line and column in the file, where the text read is not the file itself; the record holds
    /// it where the file has pages.
    #[serde(skip_serializing_if = "has_no_page")]
    pub place: Option<Place>,
    /// The value token.
    pub text: String,
    /// What it is about.
    pub entity: String,
    /// The other side of a comparison.
    pub versus: Option<String>,
    /// The measure.
    pub metric: &'static str,
    /// The definition that its words name, where that is not called as the measure is.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub definition: Option<&'static str>,
    /// The period; `?` where the text does not settle it.
    pub period: String,
    /// The printed number in `unit`.
    pub value: Value,
    /// The unit.
    pub unit: &'static str,
    /// How it relates to the true value.
    pub comparator: &'static str,
    /// In what mood it is said.
    pub modality: &'static str,
    /// The verdict.
    pub verdict: &'static str,
    /// Its ground.
    pub tag: Option<String>,
    /// The recomputed number in `unit`.
    pub actual: Value,
    /// The sentence.
    pub quote: String,
    /// What was asked of the data.
    pub query: Option<String>,
    /// Hash of all that the recomputed number follows from.
    pub evidence: Option<String>,
    /// The rows from which it follows.
    pub rows: Vec<RowRecord>,
    /// Other readings that were considered.
    pub readings: Vec<ReadingRecord>,
    /// What to print instead.
    pub suggestion: Option<String>,
    /// The ground in words.
    pub reason: String,
    /// Whether a language model pointed at what it is of; never so without `--llm`.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub assisted: bool,
}

/// Another reading and what it gives.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct ReadingRecord {
    /// What it changes.
    pub what: String,
    /// Its query.
    pub query: String,
    /// Its value in the claim's unit.
    pub value: Value,
}

/// A relation among figures of the article.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct RelationRecord {
    /// What must fit together.
    pub kind: &'static str,
    /// The claims in it, by their place in the list.
    pub claims: Vec<usize>,
    /// Whether it holds.
    pub holds: bool,
    /// In words.
    pub statement: String,
}

/// What to print instead of a number in words.
fn in_words(claim: &Claim, judgement: &Judgement) -> Option<String> {
    let printed = Some(&claim.printed).filter(|printed| printed.in_words)?;
    let actual = judgement.actual.filter(|_| judgement.verdict.accuses())?;
    words::replaced(&printed.text, claim.value, actual)
}

fn has_no_page(place: &Option<Place>) -> bool {
    place.is_none_or(|place| place.page.is_none())
}

impl ClaimRecord {
    pub(super) fn of(claim: &Claim, judgement: &Judgement, context: Context<'_>) -> ClaimRecord {
        let sentence = claim.sentence.start..claim.sentence.end;
        let outcome = judgement.answer.as_ref().and_then(|a| a.result.as_ref().ok());
        let optional = |value: Option<f64>| value.map_or(Value::Null, number);
        ClaimRecord {
            span: SpanRecord { start: claim.span.start, end: claim.span.end },
            place: None,
            text: claim.printed.text.clone(),
            entity: claim.entity.clone(),
            versus: claim.versus.clone(),
            metric: claim.metric,
            definition: claim.definition.filter(|name| *name != claim.metric),
            period: claim.period_text(),
            value: number(claim.value),
            unit: claim.unit,
            comparator: claim.comparator.name(),
            modality: claim.modality.name(),
            verdict: judgement.verdict.name(),
            tag: judgement.tag.map(|tag| tag.to_string()),
            actual: optional(judgement.actual),
            quote: context.text.get(sentence).unwrap_or_default().trim().to_owned(),
            query: judgement.query.as_ref().map(ToString::to_string),
            evidence: judgement.answer.as_ref().map(|a| a.evidence.clone()),
            rows: outcome.map_or(Vec::new(), |o| o.rows.iter().map(RowRecord::from).collect()),
            readings: judgement
                .readings
                .iter()
                .map(|r| ReadingRecord {
                    what: r.what.clone(),
                    query: r.query.clone(),
                    value: optional(r.value),
                })
                .collect(),
            suggestion: judgement.suggestion.clone().or_else(|| in_words(claim, judgement)),
            reason: judgement.reason.clone(),
            assisted: false,
        }
    }

    /// Whether it is right as read, but by another reading that its words allow would be wrong.
    pub fn is_ambiguous(&self) -> bool {
        let of_period = |r: &ReadingRecord| r.what.starts_with("for ");
        self.verdict == "supported" && self.readings.iter().any(of_period)
    }

    /// Whether it is found to be wrong.
    pub fn is_wrong(&self) -> bool {
        ["misdated", "contradicted", "inconsistent"].contains(&self.verdict)
    }

    /// Whether the data or the article itself decided on it.
    pub fn is_checked(&self) -> bool {
        self.is_wrong() || ["supported", "imprecise"].contains(&self.verdict)
    }

    /// The name of the measure: that of the definition where the vocabulary has none.
    fn measure(&self) -> &'static str {
        self.definition.filter(|_| self.metric == "other").unwrap_or(self.metric)
    }

    /// What is measured: `pe_discount of RUT against SPX`.
    pub fn subject(&self) -> String {
        let versus = self.versus.as_ref().map_or(String::new(), |v| format!(" against {v}"));
        format!("{} of {}{versus}", self.measure(), self.entity)
    }
}

impl From<&Relation> for RelationRecord {
    fn from(relation: &Relation) -> Self {
        RelationRecord {
            kind: relation.kind.name(),
            claims: relation.claims.clone(),
            holds: relation.holds,
            statement: relation.statement.clone(),
        }
    }
}
