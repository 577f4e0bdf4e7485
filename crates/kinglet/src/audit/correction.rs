//! Corrections: what to write instead so that the sentence stays a sentence, and a corrected copy
//! of the article with footnotes.
//!
//! A figure is replaced in the form in which it is printed. Where the true one has the other sign,
//! the word that gives the direction is replaced too ("rose 2.0%" by "fell 1.3%"), unless another
//! figure hangs on it; where no such word is found, nothing is changed. A correction is kept only
//! if the auditor, reading the corrected copy, accepts it.

mod direction;
pub(super) mod words;

use std::collections::BTreeSet;

use kinglet_core::verdict::printed_as;
use kinglet_core::view::View;
use serde::Serialize;
use similar::TextDiff;

use super::{Audit, ClaimRecord, SpanRecord};

/// A replacement of some bytes of the article.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct EditRecord {
    /// What is replaced.
    pub span: SpanRecord,
    /// By what.
    pub text: String,
}

/// A correction: claims that are mended together.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct CorrectionRecord {
    /// The claims, by their place in the list.
    pub claims: Vec<usize>,
    /// What to replace, in the order of the text.
    pub edits: Vec<EditRecord>,
}

/// A corrected copy of an article.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Corrected {
    /// The whole text, footnotes at its end.
    pub text: String,
    /// What was corrected, in the order of the text.
    pub corrections: Vec<CorrectionRecord>,
    /// Claims found wrong that are left as they are.
    pub left: usize,
}

impl Corrected {
    /// The corrections as a unified diff from the article at one path to the copy at another.
    pub fn diff(&self, article: &str, (from, to): (&str, &str)) -> String {
        TextDiff::from_lines(article, &self.text).unified_diff().header(from, to).to_string()
    }
}

/// What would mend the wrong claims of an article. Those that would turn a comparison round are
/// left out: "7.1%, outpacing the 2.0% of the other" is no longer so with 3.0% and 3.5%.
pub fn corrections(audit: &Audit, article: &str) -> Vec<CorrectionRecord> {
    let mut all: Vec<CorrectionRecord> = Vec::new();
    for (index, claim) in audit.claims.iter().enumerate().filter(|(_, c)| c.is_wrong()) {
        if all.iter().any(|c| c.claims.contains(&index)) {
            continue;
        }
        all.extend(correction(audit, article, (index, claim)));
    }
    let mended: BTreeSet<usize> = all.iter().flat_map(|c| c.claims.clone()).collect();
    let turned = turned_round(audit, &mended);
    all.retain(|c| c.claims.iter().all(|claim| !turned.contains(claim)));
    all
}

/// Words by which a sentence says that one figure is above another.
const COMPARING: [&str; 13] = [
    "outpac",
    "outperform",
    "underperform",
    "outstrip",
    "surpass",
    "exceed",
    "eclips",
    "beat",
    "ahead of",
    "lagg",
    "trail",
    "better than",
    "worse than",
];

/// Claims whose order a sentence states and corrections would change.
fn turned_round(audit: &Audit, mended: &BTreeSet<usize>) -> BTreeSet<usize> {
    let value = |index: usize| audit.claims[index].value.as_f64();
    let now = |index: usize| match mended.contains(&index) {
        true => audit.claims[index].actual.as_f64(),
        false => value(index),
    };
    let compared = |a: &ClaimRecord, b: &ClaimRecord| {
        let quote = a.quote.to_lowercase();
        a.quote == b.quote
            && (a.metric, a.unit) == (b.metric, b.unit)
            && COMPARING.iter().any(|word| quote.contains(word))
    };
    let mut turned = BTreeSet::new();
    for (i, a) in audit.claims.iter().enumerate() {
        for (j, b) in audit.claims.iter().enumerate().skip(i + 1) {
            let order = |x: Option<f64>, y: Option<f64>| x?.partial_cmp(&y?);
            if compared(a, b) && order(value(i), value(j)) != order(now(i), now(j)) {
                turned.extend([i, j]);
            }
        }
    }
    turned
}

fn correction(
    audit: &Audit,
    article: &str,
    (index, claim): (usize, &ClaimRecord),
) -> Option<CorrectionRecord> {
    let (value, actual) = (claim.value.as_f64()?, claim.actual.as_f64()?);
    let signed = claim.text.starts_with(['-', '+', '\u{2212}']);
    if value * actual >= 0.0 || signed {
        let edit = EditRecord { span: claim.span, text: claim.suggestion.clone()? };
        return Some(CorrectionRecord { claims: vec![index], edits: vec![edit] });
    }
    let word = direction::word(article, claim)?;
    // All figures that hang on the word must turn with it.
    let mut claims = Vec::new();
    let mut edits = vec![EditRecord { span: word.span, text: word.opposite }];
    for (other, claim) in audit.claims.iter().enumerate() {
        let hangs = direction::word(article, claim).is_some_and(|w| w.span == word.span);
        if !hangs || claim.metric == "level" {
            continue;
        }
        let (value, actual) = (claim.value.as_f64()?, claim.actual.as_f64()?);
        if !claim.is_wrong() || value * actual >= 0.0 {
            return None;
        }
        claims.push(other);
        if let Some(text) = printed_as(&claim.text, value.abs(), actual.abs()) {
            edits.push(EditRecord { span: claim.span, text });
        }
    }
    edits.sort();
    claims.contains(&index).then_some(CorrectionRecord { claims, edits })
}

/// The corrected copy of an article: those corrections that the auditor accepts when it reads them
/// in their place. None where there are none.
pub fn corrected(audit: &Audit, article: &str, view: &View) -> Option<Corrected> {
    let mut kept = corrections(audit, article);
    while !kept.is_empty() {
        let copy = Copy::of(audit, article, &kept);
        let refused = copy.refused(audit, &kept, view);
        if refused.is_empty() {
            let mended: usize = kept.iter().map(|c| c.claims.len()).sum();
            let left = audit.summary.wrong - mended;
            return Some(Corrected { text: copy.text, corrections: kept, left });
        }
        let mut place = 0..;
        kept.retain(|_| !refused.contains(&place.next().unwrap_or_default()));
    }
    None
}

/// A text with edits in it, and where its bytes came from.
struct Copy {
    text: String,
    /// Where each claim that was mended stands now.
    claims: Vec<(usize, SpanRecord)>,
    /// Bytes before the footnotes.
    body: usize,
    /// Ends of edits: in the article, and in the copy.
    ends: Vec<(usize, usize)>,
}

impl Copy {
    fn of(audit: &Audit, article: &str, corrections: &[CorrectionRecord]) -> Copy {
        let mut edits: Vec<&EditRecord> = corrections.iter().flat_map(|c| &c.edits).collect();
        edits.sort();
        let mended: BTreeSet<usize> = corrections.iter().flat_map(|c| c.claims.clone()).collect();
        let mut copy = Copy { text: String::new(), claims: Vec::new(), body: 0, ends: Vec::new() };
        // Tokens that stay as they are still get their footnote: only their verb was turned.
        let marks = mended.iter().map(|&index| (audit.claims[index].span, index));
        let mut marks = marks.collect::<Vec<_>>().into_iter().peekable();
        let mut from = 0;
        let mut edits = edits.into_iter().peekable();
        let mut notes = Vec::new();
        loop {
            let edit =
                edits.next_if(|e| marks.peek().is_none_or(|(span, _)| e.span.start <= span.start));
            let mark = match (&edit, marks.peek()) {
                (Some(e), Some((span, _))) if e.span == *span => marks.next(),
                (None, Some(_)) => marks.next(),
                _ => None,
            };
            let Some(span) = edit.map(|e| e.span).or(mark.map(|(span, _)| span)) else { break };
            copy.text += article.get(from..span.start).unwrap_or_default();
            let start = copy.text.len();
            let old = article.get(span.start..span.end).unwrap_or_default();
            copy.text += edit.map_or(old, |e| &e.text);
            if let Some((_, index)) = mark {
                copy.claims.push((index, SpanRecord { start, end: copy.text.len() }));
                notes.push(index);
                copy.text += &format!("[^k{}]", notes.len());
            }
            from = span.end;
            copy.ends.push((from, copy.text.len()));
        }
        copy.text += article.get(from..).unwrap_or_default();
        copy.body = copy.text.len();
        let line = if article.contains("\r\n") { "\r\n" } else { "\n" };
        if !copy.text.ends_with('\n') {
            copy.text += line;
        }
        copy.text += line;
        for (i, index) in notes.into_iter().enumerate() {
            copy.text += &format!("[^k{}]: {}{line}", i + 1, footnote(audit, index));
        }
        copy
    }

    /// The corrections, by their place, that the auditor does not accept in the copy: their claim
    /// is not found or wrong, or they put another figure of their sentence in the wrong.
    fn refused(
        &self,
        audit: &Audit,
        corrections: &[CorrectionRecord],
        view: &View,
    ) -> BTreeSet<usize> {
        let all: BTreeSet<usize> = (0..corrections.len()).collect();
        let published = Some(audit.article.published);
        let Ok(again) = super::read(&audit.article.path, &self.text, published, view) else {
            return all;
        };
        let found = |span: SpanRecord| {
            again.claims.iter().find(|c| c.span.start < span.end && span.start < c.span.end)
        };
        let mut refused = BTreeSet::new();
        for &(index, span) in &self.claims {
            if found(span).is_none_or(ClaimRecord::is_wrong) {
                refused.extend(corrections.iter().position(|c| c.claims.contains(&index)));
            }
        }
        for (index, claim) in audit.claims.iter().enumerate() {
            let mended = self.claims.iter().any(|(mended, _)| *mended == index);
            let harmed = || found(self.now(claim.span)).is_some_and(ClaimRecord::is_wrong);
            if mended || claim.is_wrong() || !harmed() {
                continue;
            }
            let beside = |c: &CorrectionRecord| {
                c.claims.iter().any(|&i| audit.claims[i].quote == claim.quote)
            };
            let culprits = (0..corrections.len()).filter(|&i| beside(&corrections[i]));
            let before = refused.len();
            refused.extend(culprits);
            if refused.len() == before {
                return all;
            }
        }
        refused
    }

    /// Where a span of the article stands in the copy.
    fn now(&self, span: SpanRecord) -> SpanRecord {
        let moved = |at: usize| match self.ends.iter().rev().find(|(old, _)| *old <= at) {
            Some((old, new)) => new + (at - old),
            None => at,
        };
        SpanRecord { start: moved(span.start), end: moved(span.end) }
    }
}

/// Query, value and data version; what was printed.
fn footnote(audit: &Audit, index: usize) -> String {
    let claim = &audit.claims[index];
    let query = claim.query.as_deref().unwrap_or_default();
    let unit = if claim.unit == "percent" { "%" } else { "" };
    let actual = match claim.actual.as_f64().unwrap_or_default() {
        whole if whole.fract() == 0.0 => whole.to_string(),
        value => format!("{value:.2}"),
    };
    let data = &audit.data;
    let printed = claim.text.split_whitespace().collect::<Vec<_>>().join(" ");
    format!(
        "`{query}` = {actual}{unit}; data {}, data end {}; was \"{printed}\"",
        data.version, data.as_of
    )
}
