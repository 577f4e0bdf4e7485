//! An audit for people, in the manner of a compiler: place, line, caret, verdict, value, remedy.

use super::{Audit, ClaimRecord};
use crate::wire::RowRecord;

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

/// A piece of text with its mark.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Piece {
    /// What it is.
    pub mark: Mark,
    /// The text; line breaks are in it.
    pub text: String,
}

/// Which claims are shown one by one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Detail {
    /// Those that are wrong or imprecise.
    Findings,
    /// Every claim.
    Every,
}

/// Columns of an excerpt.
const WIDTH: usize = 96;

/// An audit with the text it is of.
pub fn text(audit: &Audit, article: &str, detail: Detail) -> Vec<Piece> {
    let mut page = Page::default();
    let shown = |claim: &&ClaimRecord| {
        detail == Detail::Every || claim.is_wrong() || claim.verdict == "imprecise"
    };
    for claim in audit.claims.iter().filter(shown) {
        page.claim(audit, claim, article);
    }
    page.broken_relations(audit);
    page.summary(audit);
    page.pieces
}

#[derive(Default)]
struct Page {
    pieces: Vec<Piece>,
}

impl Page {
    fn push(&mut self, mark: Mark, text: impl Into<String>) {
        self.pieces.push(Piece { mark, text: text.into() });
    }

    /// `contradicted[digit_slip]: 7.3% …`, the place, the line with carets, the facts.
    fn claim(&mut self, audit: &Audit, claim: &ClaimRecord, article: &str) {
        let label = match &claim.tag {
            Some(tag) => format!("{}[{tag}]", claim.verdict),
            None => claim.verdict.to_owned(),
        };
        let mark = mark(claim.verdict);
        self.push(mark, label);
        let versus = claim.versus.as_ref().map_or(String::new(), |v| format!(" against {v}"));
        let subject = format!(": {} of {}{versus}, {}", claim.metric, claim.entity, claim.period);
        self.push(Mark::Strong, subject);
        let place = Place::of(article, claim.span.start);
        let gutter = place.line.to_string().len();
        self.push(
            Mark::Faint,
            format!("\n{:gutter$}--> {}:{}:{}\n", "", audit.article.path, place.line, place.column),
        );
        let excerpt = Excerpt::of(article, claim);
        self.push(Mark::Faint, format!("{} | ", place.line));
        self.push(Mark::Plain, format!("{}\n", excerpt.text));
        self.push(Mark::Faint, format!("{:gutter$} | ", ""));
        let carets = "^".repeat(excerpt.width);
        self.push(mark, format!("{:1$}{carets}\n", "", excerpt.before));
        let mut fact = |mark, name: &str, text: &str| {
            self.push(Mark::Faint, format!("{:gutter$} = {name}: ", ""));
            self.push(mark, format!("{text}\n"));
        };
        fact(Mark::Plain, "because", &claim.reason);
        if !claim.rows.is_empty() {
            fact(Mark::Plain, "rows", &rows(&claim.rows));
        }
        if let Some(new) = &claim.suggestion {
            fact(Mark::Hint, "print", &remedy(claim, new));
        }
        self.push(Mark::Plain, "\n");
    }

    fn broken_relations(&mut self, audit: &Audit) {
        for relation in audit.relations.iter().filter(|r| !r.holds) {
            self.push(Mark::Care, "conflict");
            self.push(Mark::Plain, format!(": {}\n", relation.statement));
        }
    }

    fn summary(&mut self, audit: &Audit) {
        self.push(Mark::Strong, audit.article.path.clone());
        let count = |verdict: &str| audit.claims.iter().filter(|c| c.verdict == verdict).count();
        let number = audit.claims.len();
        let noun = if number == 1 { "claim" } else { "claims" };
        self.push(Mark::Plain, format!(", {}: {number} {noun}", audit.article.published));
        let verdicts = [
            "supported",
            "imprecise",
            "misdated",
            "contradicted",
            "inconsistent",
            "unverifiable",
            "forecast",
            "opinion",
        ];
        for verdict in verdicts.into_iter().filter(|v| count(v) > 0) {
            self.push(Mark::Plain, ", ");
            self.push(mark(verdict), format!("{} {verdict}", count(verdict)));
        }
        let data = &audit.data;
        self.push(Mark::Faint, format!("\ndata {}, data end {}\n", data.version, data.as_of));
    }
}

fn mark(verdict: &str) -> Mark {
    match verdict {
        "supported" => Mark::Good,
        "misdated" | "contradicted" | "inconsistent" => Mark::Bad,
        "imprecise" => Mark::Care,
        _ => Mark::Faint,
    }
}

/// `replace "7.1%" with "3.0%"`, or the period for which it is right.
fn remedy(claim: &ClaimRecord, new: &str) -> String {
    let replace = format!("\"{new}\" instead of \"{}\"", claim.text);
    match (&claim.tag, claim.verdict) {
        (Some(period), "misdated") => format!("{replace}, or say that it is of {period}"),
        _ => replace,
    }
}

/// Base and end rows, or the first and last of many.
fn rows(rows: &[RowRecord]) -> String {
    const SHOWN_MAX: usize = 4;
    let one = |row: &RowRecord| format!("{} {} {}", row.series, row.date, row.value);
    if rows.len() <= SHOWN_MAX {
        return rows.iter().map(one).collect::<Vec<_>>().join(", ");
    }
    format!("{} … {} ({} rows)", one(&rows[0]), one(&rows[rows.len() - 1]), rows.len())
}

/// Line and column of a byte, both from one; columns are characters.
struct Place {
    line: usize,
    column: usize,
}

impl Place {
    fn of(article: &str, byte: usize) -> Place {
        let before = article.get(..byte).unwrap_or_default();
        let line_start = before.rfind('\n').map_or(0, |at| at + 1);
        Place {
            line: before.bytes().filter(|b| *b == b'\n').count() + 1,
            column: before[line_start..].chars().count() + 1,
        }
    }
}

/// The part of a line around a claim that fits into the width.
struct Excerpt {
    text: String,
    /// Columns before the value token.
    before: usize,
    /// Columns of the value token.
    width: usize,
}

impl Excerpt {
    fn of(article: &str, claim: &ClaimRecord) -> Excerpt {
        let (start, end) = (claim.span.start, claim.span.end);
        let (Some(before), Some(token), Some(after)) =
            (article.get(..start), article.get(start..end), article.get(end..))
        else {
            return Excerpt { text: String::new(), before: 0, width: 0 };
        };
        let before = &before[before.rfind('\n').map_or(0, |at| at + 1)..];
        let after = &after[..after.find('\n').unwrap_or(after.len())];
        let width = token.chars().count();
        let room = WIDTH.saturating_sub(width);
        let before = tail(before, (room / 2).max(room.saturating_sub(after.chars().count())));
        let after = head(after, room.saturating_sub(before.chars().count()));
        Excerpt {
            before: before.chars().count(),
            width,
            text: format!("{before}{}{after}", token.replace('\n', " ")),
        }
    }
}

/// The last words of a text that fit.
fn tail(text: &str, width: usize) -> String {
    let count = text.chars().count();
    if count <= width {
        return text.to_owned();
    }
    let cut: String = text.chars().skip(count - width.saturating_sub(2)).collect();
    let from = cut.find(' ').map_or(0, |at| at + 1);
    format!("… {}", &cut[from..])
}

/// The first words of a text that fit.
fn head(text: &str, width: usize) -> String {
    if text.chars().count() <= width {
        return text.to_owned();
    }
    let cut: String = text.chars().take(width.saturating_sub(2)).collect();
    let to = cut.rfind(' ').unwrap_or(cut.len());
    format!("{} …", &cut[..to])
}
