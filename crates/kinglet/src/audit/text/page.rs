//! The page that an audit is set on.

use super::excerpt::Excerpt;
use super::{Detail, Mark, Piece, mark, severity};
use crate::audit::correction::corrections;
use crate::audit::place::Place;
use crate::audit::summary::wanted;
use crate::audit::{
    Audit, ClaimRecord, Comparison, ContradictionRecord, CorrectionRecord, DuplicateRecord,
    EditRecord, PlaceRecord, RelationRecord, SettleRecord, SpanRecord, Summary, Totals,
};
use crate::render::plain::{tail, visible, width, wrap};
use crate::wire::RowRecord;

/// Columns that text is set to.
const WIDTH: usize = 80;

#[derive(Default)]
pub(super) struct Page {
    pub(super) pieces: Vec<Piece>,
}

impl Page {
    /// Adds a text in which nothing acts.
    fn push(&mut self, mark: Mark, text: impl AsRef<str>) {
        self.pieces.push(Piece { mark, text: visible(text.as_ref()) });
    }

    /// Ends a line.
    pub(super) fn line(&mut self) {
        self.pieces.push(Piece { mark: Mark::Plain, text: "\n".to_owned() });
    }

    /// A text wrapped beside what stands before it; lines after the first are indented.
    fn wrapped(&mut self, mark: Mark, text: &str, indent: usize) {
        for (i, line) in wrap(text, WIDTH.saturating_sub(indent)).iter().enumerate() {
            if i > 0 {
                self.push(Mark::Plain, " ".repeat(indent));
            }
            self.push(mark, line);
            self.line();
        }
    }

    pub(super) fn article(&mut self, audit: &Audit, article: &str, detail: &Detail) {
        self.push(Mark::Strong, &audit.article.path);
        self.push(Mark::Plain, format!(", {}: ", audit.article.published));
        self.summary(&audit.summary);
        let assisted = audit.claims.iter().filter(|c| c.assisted).count();
        if assisted > 0 {
            self.push(Mark::Care, format!("  {assisted} with assistance by a language model"));
            self.line();
        }
        let data = &audit.data;
        self.push(Mark::Faint, format!("data {}, data end {}", data.version, data.as_of));
        self.line();
        let corrections = corrections(audit, article);
        let mut shown: Vec<(usize, &ClaimRecord)> =
            audit.claims.iter().enumerate().filter(|(_, claim)| detail.shows(claim)).collect();
        shown.sort_by_key(|(_, claim)| severity(claim));
        for claim in shown {
            self.line();
            self.claim(audit, claim, article, &corrections);
        }
        self.gaps(audit, article);
        self.broken_relations(audit);
    }

    /// `40 claims, 14 can be checked, 3 are wrong`, the verdicts, and what would settle the rest.
    fn summary(&mut self, summary: &Summary) {
        let Summary { claims, checked, wrong, .. } = *summary;
        let are = if wrong == 1 { "is" } else { "are" };
        self.push(Mark::Plain, format!("{}, {checked} can be checked, ", counted(claims, "claim")));
        let wrong_mark = if wrong > 0 { Mark::Bad } else { Mark::Good };
        self.push(wrong_mark, format!("{wrong} {are} wrong"));
        self.line();
        for (i, count) in summary.verdicts.iter().enumerate() {
            self.push(Mark::Plain, if i == 0 { "  " } else { ", " });
            self.push(mark(count.verdict), format!("{} {}", count.claims, count.verdict));
        }
        if claims > 0 {
            self.line();
        }
        self.would_settle(&summary.would_settle);
    }

    /// One line for each kind of thing that is missing, in the order of how much it settles.
    fn would_settle(&mut self, all: &[SettleRecord]) {
        let mut kinds: Vec<(&str, usize)> = Vec::new();
        for settle in all {
            match kinds.iter_mut().find(|(kind, _)| *kind == settle.kind) {
                Some((_, claims)) => *claims += settle.claims.len(),
                None => kinds.push((settle.kind, settle.claims.len())),
            }
        }
        if kinds.is_empty() {
            return;
        }
        kinds.sort_by_key(|(_, claims)| std::cmp::Reverse(*claims));
        self.push(Mark::Plain, "  what would settle the rest:");
        self.line();
        for (kind, claims) in kinds {
            self.push(Mark::Strong, format!("{claims:>6}"));
            let names = all.iter().filter(|s| s.kind == kind).filter_map(|s| {
                let count = s.claims.len();
                let times = if count > 1 { format!(" ({count})") } else { String::new() };
                s.what.as_ref().map(|what| format!("{what}{times}"))
            });
            let names = names.collect::<Vec<_>>().join(", ");
            let text = format!("{}{names}", wanted(kind));
            self.push(Mark::Plain, "  ");
            self.wrapped(Mark::Plain, &text, 8);
        }
    }

    /// `contradicted[digit_slip]: return of RUT, 2025-08`, place, line with carets, facts.
    fn claim(
        &mut self,
        audit: &Audit,
        (index, claim): (usize, &ClaimRecord),
        article: &str,
        corrections: &[CorrectionRecord],
    ) {
        let correction = corrections.iter().find(|c| c.claims.contains(&index));
        let label = match &claim.tag {
            Some(tag) => format!("{}[{tag}]", claim.verdict),
            None => claim.verdict.to_owned(),
        };
        let mark = mark(claim.verdict);
        self.push(mark, label);
        if claim.assisted {
            self.push(Mark::Care, " (assisted)");
        }
        self.push(Mark::Strong, format!(": {}, {}", claim.subject(), claim.period));
        self.line();
        let place = claim.place.unwrap_or_else(|| Place::of(article, claim.span));
        let gutter = place.line.to_string().len();
        self.excerpt((&audit.article.path, place), (article, claim.span), mark);
        let mut fact = |mark, name: &str, text: &str| {
            let label = format!("{:gutter$} = {name}: ", "");
            let indent = width(&label);
            self.push(Mark::Faint, label);
            self.wrapped(mark, text, indent);
        };
        fact(Mark::Plain, "because", &claim.reason);
        if !claim.rows.is_empty() {
            fact(Mark::Plain, "rows", &rows(&claim.rows));
        }
        if let Some(remedy) = remedy(claim, article, correction) {
            fact(Mark::Hint, "print", &remedy);
        }
    }

    fn broken_relations(&mut self, audit: &Audit) {
        // Where no figure of a broken relation is held to be wrong, it may be the reading that is.
        let accused = |r: &&RelationRecord| {
            !r.holds
                && r.claims.iter().filter_map(|&i| audit.claims.get(i)).any(ClaimRecord::is_wrong)
        };
        let broken: Vec<_> = audit.relations.iter().filter(accused).collect();
        if !broken.is_empty() {
            self.line();
        }
        for relation in broken {
            self.push(Mark::Care, "conflict");
            self.push(Mark::Plain, ": ");
            self.wrapped(Mark::Plain, &relation.statement, 2);
        }
    }

    pub(super) fn comparison(&mut self, all: &Comparison) {
        self.push(Mark::Strong, counted(all.articles.len(), "article"));
        self.push(Mark::Plain, ": ");
        let Totals { claims, repeated, checked, wrong } = all.summary;
        self.push(Mark::Plain, counted(claims, "claim"));
        if repeated > 0 {
            self.push(Mark::Plain, format!(" (and {repeated} repeated)"));
        }
        let are = if wrong == 1 { "is" } else { "are" };
        self.push(Mark::Plain, format!(", {checked} can be checked, {wrong} {are} wrong"));
        self.line();
        for contradiction in &all.contradictions {
            self.line();
            self.contradiction(contradiction, &all.articles);
        }
        for duplicate in &all.duplicates {
            self.line();
            self.duplicate(duplicate);
        }
    }

    /// Articles that print different figures for one thing, as a table: the figures as they
    /// compare, on what terms, and where.
    fn contradiction(&mut self, contradiction: &ContradictionRecord, articles: &[Audit]) {
        self.push(Mark::Care, "articles disagree");
        let figures = counted(contradiction.figures, "figure");
        self.push(Mark::Plain, format!(": {figures} for "));
        self.push(Mark::Strong, &contradiction.fact);
        self.line();
        let places = &contradiction.places;
        let verdict = |place: &PlaceRecord| {
            articles.get(place.article)?.claims.get(place.claim).map(|claim| claim.verdict)
        };
        let terms = |place: &PlaceRecord| match contradiction.kind {
            "topic" => format!("{}, {}", place.terms(), place.when()),
            _ => verdict(place).unwrap_or_default().to_owned(),
        };
        let rows: Vec<_> = places.iter().map(|p| (p.compared(), terms(p), &p.path)).collect();
        let widest = |texts: &mut dyn Iterator<Item = &str>| texts.map(width).max().unwrap_or(0);
        let figure_width = widest(&mut rows.iter().map(|row| row.0.as_str()));
        let terms_width = widest(&mut rows.iter().map(|row| row.1.as_str()));
        for (figure, terms, path) in rows {
            let gap = " ".repeat(figure_width.saturating_sub(width(&figure)));
            self.push(Mark::Strong, format!("  {gap}{figure}"));
            let gap = " ".repeat(terms_width.saturating_sub(width(&terms)));
            self.push(Mark::Plain, format!("  {terms}{gap}  "));
            let room = WIDTH.saturating_sub(figure_width + terms_width + 6);
            self.push(Mark::Faint, shortened(path, room));
            self.line();
        }
        self.push(Mark::Plain, "  = ");
        self.wrapped(Mark::Hint, contradiction.remedy(), 4);
    }

    /// Where the text leaves out figures, each with its line, and words, all on one.
    fn gaps(&mut self, audit: &Audit, article: &str) {
        for gap in audit.gaps.iter().filter(|gap| gap.kind == "value") {
            self.line();
            self.push(Mark::Care, "unverifiable[value_missing]");
            self.push(Mark::Strong, ": a figure is left out");
            self.line();
            let place = Place::of(article, gap.span);
            let gutter = place.line.to_string().len();
            self.excerpt((&audit.article.path, place), (article, gap.span), Mark::Care);
            self.push(Mark::Faint, format!("{:gutter$} = ", ""));
            self.wrapped(Mark::Hint, "print the figure, or take the words out", gutter + 3);
        }
        let words = audit.gaps.iter().filter(|gap| gap.kind == "words");
        let quotes: Vec<String> = words.map(|gap| format!("\"{}\"", gap.quote)).collect();
        if !quotes.is_empty() {
            self.line();
            self.push(Mark::Care, "words are missing");
            self.push(Mark::Plain, ": ");
            self.wrapped(Mark::Plain, &quotes.join(", "), 2);
        }
    }

    /// A place, and its line with carets below the span.
    fn excerpt(
        &mut self,
        (path, place): (&str, Place),
        (article, span): (&str, SpanRecord),
        mark: Mark,
    ) {
        let gutter = place.line.to_string().len();
        let position = match place.page {
            Some(page) => format!("{:gutter$}--> {path}, page {page}, line {}", "", place.line),
            None => format!("{:gutter$}--> {path}:{}:{}", "", place.line, place.column),
        };
        self.push(Mark::Faint, position);
        self.line();
        let excerpt = Excerpt::of(article, span, WIDTH - gutter - 3);
        self.push(Mark::Faint, format!("{} | ", place.line));
        self.push(Mark::Plain, &excerpt.text);
        self.line();
        self.push(Mark::Faint, format!("{:gutter$} | ", ""));
        self.push(mark, format!("{:1$}{2}", "", excerpt.before, "^".repeat(excerpt.width)));
        self.line();
    }

    fn duplicate(&mut self, duplicate: &DuplicateRecord) {
        self.push(Mark::Care, "repeated");
        self.push(Mark::Plain, ": ");
        self.wrapped(Mark::Plain, &duplicate.statement, 2);
        for path in &duplicate.paths {
            self.push(Mark::Faint, format!("  {path}"));
            self.line();
        }
    }
}

/// The end of a path, where all of it has no room.
fn shortened(path: &str, room: usize) -> String {
    let path = visible(path);
    if width(&path) <= room.max(12) {
        return path;
    }
    format!("…{}", tail(&path, room.max(12) - 1))
}

fn counted(number: usize, noun: &str) -> String {
    if number == 1 { format!("1 {noun}") } else { format!("{number} {noun}s") }
}

/// `"3.0%" instead of "7.1%"`, the words where the direction changes too, or the period for which
/// the figure is right.
fn remedy(
    claim: &ClaimRecord,
    article: &str,
    correction: Option<&CorrectionRecord>,
) -> Option<String> {
    let beyond = |c: &&CorrectionRecord| c.edits.iter().any(|edit| edit.span != claim.span);
    let turned = correction.filter(beyond).map(|c| {
        let old = |edit: &EditRecord| article.get(edit.span.start..edit.span.end);
        let edit = |edit: &EditRecord| {
            format!("\"{}\" instead of \"{}\"", edit.text, old(edit).unwrap_or_default())
        };
        c.edits.iter().map(edit).collect::<Vec<_>>().join(", ")
    });
    let number = || {
        let new = claim.suggestion.as_ref()?;
        Some(format!("\"{new}\" instead of \"{}\"", claim.text))
    };
    let replace = turned.or_else(number)?;
    Some(match (&claim.tag, claim.verdict) {
        (Some(period), "misdated") => format!("{replace}, or say that it is of {period}"),
        _ => replace,
    })
}

/// Base and end rows, or the first and last of many.
fn rows(rows: &[RowRecord]) -> String {
    const SHOWN_MAX: usize = 4;
    let one = |row: &RowRecord| format!("{} {} {}", row.series, row.date, row.value);
    match rows {
        [first, .., last] if rows.len() > SHOWN_MAX => {
            format!("{} … {} ({} rows)", one(first), one(last), rows.len())
        }
        _ => rows.iter().map(one).collect::<Vec<_>>().join(", "),
    }
}
