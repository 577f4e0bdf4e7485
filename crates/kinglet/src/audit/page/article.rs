//! The article as it was written: its headings, lists and tables, every byte of it, and a mark at
//! each claim.

use std::ops::Range;

use kinglet_core::article::{self, Block, BlockKind};

use super::verdict::Sign;
use super::{Numbered, Sheet};
use crate::html::escape;

/// The article with its marks.
pub(super) fn article(sheet: Sheet<'_>) -> String {
    let blocks = article::read(sheet.text, Some(sheet.audit.article.published)).blocks;
    let mut claims: Vec<Numbered<'_>> = sheet.claims().collect();
    claims.sort_by_key(|c| (c.claim.span.start, c.index));
    let mut writer = Writer { sheet, text: sheet.text, claims, out: String::new(), open: None };
    let mut at = 0;
    for block in blocks.iter().filter(|b| b.span.start <= b.span.end) {
        let gap = at.min(block.span.start)..block.span.start;
        let mark = writer.gap(gap);
        writer.block(*block, mark.trim());
        at = at.max(block.span.end);
    }
    writer.gap(at..sheet.text.len());
    writer.finish()
}

/// An element that holds several blocks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Group {
    Bullets,
    Numbers,
    Table,
}

impl Group {
    fn tags(self) -> (&'static str, &'static str) {
        match self {
            Group::Bullets => ("<ul>\n", "</ul>\n"),
            Group::Numbers => ("<ol>\n", "</ol>\n"),
            Group::Table => {
                ("<div class=\"table\"><table>\n<tbody>\n", "</tbody>\n</table></div>\n")
            }
        }
    }
}

struct Writer<'a> {
    sheet: Sheet<'a>,
    text: &'a str,
    /// Those not yet marked, in the order of the text.
    claims: Vec<Numbered<'a>>,
    out: String,
    open: Option<Group>,
}

impl<'a> Writer<'a> {
    fn finish(mut self) -> String {
        self.close();
        // Claims whose place is beyond the text: their panels lead here.
        let rest: String = self.claims.iter().map(|c| mark(*c, "")).collect();
        match rest.as_str() {
            "" => self.out,
            _ => self.out + &format!("<p class=\"aside\">{rest}</p>\n"),
        }
    }

    /// What stands between blocks: lines that the reader leaves out, the mark of the next block.
    fn gap(&mut self, gap: Range<usize>) -> &'a str {
        let text = self.text.get(gap.clone()).unwrap_or_default();
        let last = text.rfind('\n').map_or(0, |at| at + 1);
        if gap.end == self.text.len() {
            self.lines(gap);
            return "";
        }
        self.lines(gap.start..gap.start + last);
        &text[last..]
    }

    /// Lines outside all blocks.
    fn lines(&mut self, range: Range<usize>) {
        let mut start = range.start;
        for line in self.text.get(range).unwrap_or_default().split_inclusive('\n') {
            if !line.trim().is_empty() {
                self.group(None);
                let words = self.words(start..start + line.len());
                self.out += &format!("<p class=\"aside\">{}</p>\n", words.trim());
            }
            start += line.len();
        }
    }

    fn block(&mut self, block: Block, mark: &str) {
        let span = block.span.start..block.span.end;
        let numbered = mark.starts_with(|c: char| c.is_ascii_digit());
        self.group(match block.kind {
            BlockKind::Item if numbered => Some(Group::Numbers),
            BlockKind::Item if mark != ">" => Some(Group::Bullets),
            BlockKind::Row => Some(Group::Table),
            _ => None,
        });
        if block.kind == BlockKind::Row {
            return self.row(span);
        }
        let words = self.words(span);
        self.out += &match block.kind {
            BlockKind::Title => format!("<p class=\"title\">{words}</p>\n"),
            BlockKind::Heading if mark.starts_with('#') || !words.ends_with(':') => {
                self.sheet.heading(2, "", &words)
            }
            BlockKind::Item if numbered => {
                let digits = mark.trim_end_matches(|c: char| !c.is_ascii_digit());
                format!("<li value=\"{}\">{words}</li>\n", digits.parse::<u8>().unwrap_or(1))
            }
            BlockKind::Item if mark == ">" => format!("<blockquote>{words}</blockquote>\n"),
            BlockKind::Item => format!("<li>{words}</li>\n"),
            BlockKind::Furniture => format!("<p class=\"aside\">{words}</p>\n"),
            _ => format!("<p>{words}</p>\n"),
        };
    }

    /// A row of a table: cells between bars or tabs. A rule between rows is not shown.
    fn row(&mut self, span: Range<usize>) {
        let line = &self.text[span.clone()];
        if line.chars().all(|c| matches!(c, '|' | '-' | ':' | '=' | '+' | ' ' | '\t')) {
            return;
        }
        let bar = if line.contains('|') { '|' } else { '\t' };
        let first = self.out.ends_with("<tbody>\n");
        let mut cells = String::new();
        let inner = line.trim_matches(bar);
        let mut start = span.start + line.find(inner).unwrap_or(0);
        for (i, cell) in inner.split(bar).enumerate() {
            let words = self.words(start..start + cell.len());
            cells += &match (first, i) {
                (true, _) => format!("<th scope=\"col\">{}</th>", words.trim()),
                (_, 0) => format!("<th scope=\"row\">{}</th>", words.trim()),
                _ => format!("<td>{}</td>", words.trim()),
            };
            start += cell.len() + bar.len_utf8();
        }
        self.out += &format!("<tr>{cells}</tr>\n");
    }

    /// Text as markup, with a mark at each claim that begins in it.
    fn words(&mut self, range: Range<usize>) -> String {
        let mut out = String::new();
        let mut at = range.start;
        let due = self.claims.partition_point(|c| c.claim.span.start < range.end);
        let due: Vec<Numbered<'_>> = self.claims.drain(..due).collect();
        for claim in due {
            let start = claim.claim.span.start.clamp(at, range.end);
            let end = claim.claim.span.end.clamp(start, range.end);
            let slice = |range: Range<usize>| escape(self.text.get(range).unwrap_or_default());
            out += &slice(at..start);
            out += &mark(claim, &slice(start..end));
            at = end;
        }
        out + &escape(self.text.get(at..range.end).unwrap_or_default())
    }

    fn group(&mut self, group: Option<Group>) {
        if self.open != group {
            self.close();
            self.out += group.map_or("", |g| g.tags().0);
            self.open = group;
        }
    }

    fn close(&mut self) {
        self.out += self.open.take().map_or("", |g| g.tags().1);
    }
}

/// A claim in the text: a link to its panel, with its sign and number.
fn mark(claim: Numbered<'_>, words: &str) -> String {
    let sign = Sign::of(claim.claim.verdict);
    format!(
        "<a class=\"mark {name}\" id=\"{}\" href=\"#{}\"><span>{words}</span>\
         <sup aria-hidden=\"true\"><i>{}</i>{number}</sup>\
         <b class=\"unseen\">, claim {number}, {name}</b></a>",
        claim.id('m'),
        claim.id('c'),
        sign.glyph,
        name = sign.name,
        number = claim.number(),
    )
}
