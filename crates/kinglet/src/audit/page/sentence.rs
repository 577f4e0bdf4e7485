//! The sentence of a claim, with its correction: what is replaced struck out, what replaces it
//! beside.

use std::ops::Range;

use super::Numbered;
use crate::audit::EditRecord;
use crate::html::escape;
use crate::render::plain::{head, tail};

/// Columns of a sentence that are shown on either side of the figure.
const SIDE_MAX: usize = 320;

/// The sentence with the edits that mend it, and what else would make it true.
pub(super) fn sentence(claim: Numbered<'_>, edits: &[EditRecord]) -> String {
    let record = claim.claim;
    let whole = place(claim).unwrap_or(record.span.start..record.span.end);
    let (text, shown) = (claim.sheet.text, shown(claim, &whole));
    let cut = |is_cut: bool| if is_cut { "\u{2026}" } else { "" };
    let mut out = format!("<blockquote>{}", cut(whole.start < shown.start));
    let mut at = shown.start;
    let token = [EditRecord { span: record.span, text: String::new() }];
    for edit in if edits.is_empty() { &token } else { edits } {
        let (start, end) = (edit.span.start, edit.span.end);
        let (Some(before), Some(old)) = (text.get(at..start), text.get(start..end)) else {
            continue;
        };
        let (before, old, new) = (escape(before), escape(old), escape(&edit.text));
        out += &before;
        out += &match edits.is_empty() {
            true => format!("<b>{old}</b>"),
            false => format!("<del>{old}</del> <ins>{new}</ins>"),
        };
        at = end;
    }
    out += &escape(text.get(at..shown.end).unwrap_or_default());
    out += &format!("{}</blockquote>\n", cut(shown.end < whole.end));
    out + &remedy(claim, edits)
}

/// What else would make the sentence true, or why it is left as it is.
fn remedy(claim: Numbered<'_>, edits: &[EditRecord]) -> String {
    let record = claim.claim;
    let mut out = String::new();
    if let Some(new) = record.suggestion.as_ref().filter(|_| edits.is_empty()) {
        out += &format!("The data give <ins>{}</ins>. ", escape(new));
        if record.is_wrong() {
            out += "That figure alone does not mend the sentence. ";
        }
    }
    if let (Some(period), "misdated") = (&record.tag, record.verdict) {
        out += &format!("The printed figure is that of {}.", escape(period));
    }
    match out.trim() {
        "" => String::new(),
        words => format!("<p class=\"remedy\">{words}</p>\n"),
    }
}

/// The part of the sentence that is shown: of a long one what is near the figure.
fn shown(claim: Numbered<'_>, whole: &Range<usize>) -> Range<usize> {
    let (text, span) = (claim.sheet.text, claim.claim.span);
    let before = text.get(whole.start..span.start).unwrap_or_default();
    let after = text.get(span.end..whole.end).unwrap_or_default();
    let (near, next) = (tail(before, SIDE_MAX), head(after, SIDE_MAX));
    span.start.saturating_sub(near.len())..span.end + next.len()
}

/// Where the quoted sentence stands; of a very long one the bytes near the figure.
fn place(claim: Numbered<'_>) -> Option<Range<usize>> {
    const SEARCHED_MAX: usize = 4_000;
    let (text, record) = (claim.sheet.text, claim.claim);
    let (start, end, quote) = (record.span.start, record.span.end, record.quote.as_str());
    let from = text.floor_char_boundary(start.saturating_sub(quote.len().min(SEARCHED_MAX)));
    if quote.len() > SEARCHED_MAX {
        return Some(from..text.ceil_char_boundary(end + SEARCHED_MAX));
    }
    let found = text.get(from..)?.match_indices(quote).map(|(at, _)| from + at);
    let mut found = found.take_while(|at| *at <= start).map(|at| at..at + quote.len());
    found.find(|range| range.end >= end)
}
