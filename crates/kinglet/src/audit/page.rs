//! An audit as one page: the article as it was written, each claim marked and with a panel that
//! holds what was asked of the data and what they say. The articles are foreign text: they are
//! escaped, and nothing in them can run.

mod article;
mod chart;
mod index;
mod panel;
mod sentence;
mod summary;
mod verdict;

use kinglet_core::query::Evaluator;
use kinglet_core::time::Cutoff;
use kinglet_core::view::View;

use super::{Audit, ClaimRecord, Comparison, corrected};
use crate::html::{Document, escape};

const STYLE: &str = include_str!("page/page.css");
const SCRIPT: &str = include_str!("page/page.js");

/// The page of some audits; `texts` are those of their articles, in their order.
pub fn page(all: &Comparison, texts: &[&str], view: &View) -> String {
    let pairs = all.articles.iter().zip(texts).enumerate();
    let single = all.articles.len() == 1;
    let sheets: Vec<Sheet<'_>> =
        pairs.map(|(place, (audit, text))| Sheet { place, audit, text, single }).collect();
    let (title, below) = match sheets.as_slice() {
        [one] => (one.title().to_owned(), one.provenance()),
        _ => (format!("Audit of {} articles", sheets.len()), index::articles(&sheets)),
    };
    let mut body = format!("<header>\n<h1>{}</h1>\n{below}</header>\n", escape(&title));
    body += &summary::counts(&sheets);
    body += &index::contradictions(&all.contradictions, &sheets);
    body += &index::duplicates(&all.duplicates, &sheets);
    for sheet in &sheets {
        body += &sheet.section(view);
    }
    body += FOOTER;
    let title = if single { format!("Audit: {title}") } else { title };
    Document { title, style: STYLE, script: SCRIPT, body }.page()
}

const FOOTER: &str = "<footer>\n<p>Audited by kinglet. Each value is the answer to the query \
    beside it, on the version of the data that is named, as they could be known on the day of \
    publication. A verdict is about what is printed, not about what its author meant.</p>\n\
    <p class=\"keys\">Keys: <kbd>n</kbd> or <kbd>j</kbd> next claim, <kbd>p</kbd> or <kbd>k</kbd> \
    the one before, <kbd>Enter</kbd> opens, <kbd>Escape</kbd> closes.</p>\n</footer>\n";

/// One article of a page.
#[derive(Clone, Copy)]
struct Sheet<'a> {
    place: usize,
    audit: &'a Audit,
    text: &'a str,
    /// Whether the page is of this article alone: then its title is that of the page.
    single: bool,
}

/// A claim in its place on the page.
#[derive(Clone, Copy)]
struct Numbered<'a> {
    sheet: Sheet<'a>,
    /// From 0.
    index: usize,
    claim: &'a ClaimRecord,
}

impl Numbered<'_> {
    /// As it is printed: from 1.
    fn number(self) -> usize {
        self.index + 1
    }

    /// What an anchor of the claim is called: `c` the panel, `m` the mark in the text.
    fn id(self, kind: char) -> String {
        anchor(kind, self.sheet.place, self.index)
    }
}

fn anchor(kind: char, article: usize, claim: usize) -> String {
    format!("{kind}{}-{}", article + 1, claim + 1)
}

impl<'a> Sheet<'a> {
    fn claims(self) -> impl DoubleEndedIterator<Item = Numbered<'a>> + Clone {
        let claims = self.audit.claims.iter().enumerate();
        claims.map(move |(index, claim)| Numbered { sheet: self, index, claim })
    }

    /// The first line of the article, or where it was read.
    fn title(&self) -> &'a str {
        let line = self.text.lines().map(str::trim).find(|line| !line.is_empty());
        let line = line.map(|l| l.trim_start_matches(['#', ' '])).filter(|l| !l.is_empty());
        match line {
            Some(line) if line.chars().count() <= TITLE_MAX => line,
            _ => &self.audit.article.path,
        }
    }

    /// Where and when the article was published, and what it was held against.
    fn provenance(&self) -> String {
        let Audit { article, data, .. } = self.audit;
        format!(
            "<p class=\"provenance\"><code>{}</code>, published {}; data {}, as of {}</p>\n",
            escape(&article.path),
            article.published,
            escape(&data.version),
            data.as_of,
        )
    }

    /// A heading so many levels below the title of the article.
    fn heading(&self, below: usize, attributes: &str, markup: &str) -> String {
        let level = below + if self.single { 1 } else { 2 };
        format!("<h{level}{attributes}>{markup}</h{level}>\n")
    }

    fn section(self, view: &View) -> String {
        let view = view.until(Cutoff::end_of(self.audit.article.published));
        let evaluator = Evaluator::new(&view);
        let corrected = corrected(self.audit, self.text, &view);
        let corrections = corrected.map_or(Vec::new(), |corrected| corrected.corrections);
        let mut panels = String::new();
        for claim in self.claims() {
            let own = corrections.iter().find(|c| c.claims.contains(&claim.index));
            let edits = own.map_or(&[][..], |correction| &correction.edits);
            panels += &panel::panel(claim, edits, &evaluator);
        }
        let number = self.place + 1;
        let heading = match self.single {
            true => String::new(),
            false => self.heading(0, "", &escape(self.title())) + &self.provenance(),
        };
        let (summary, article) = (summary::summary(self), article::article(self));
        let claims = match panels.as_str() {
            "" => String::new(),
            _ => format!(
                "<section class=\"claims\">\n{}{panels}</section>\n",
                self.heading(1, "", "Claims")
            ),
        };
        format!(
            "<section class=\"audit\" id=\"a{number}\">\n{heading}{summary}\
             <div class=\"columns\">\n<article class=\"text\">\n{}{article}</article>\n\
             {claims}</div>\n</section>\n",
            self.heading(1, "", "The article")
        )
    }
}

/// Characters of a line that can be a title.
const TITLE_MAX: usize = 200;

/// A table of rows under the names of its columns.
fn table(columns: &[&str], rows: &str) -> String {
    let heads: String =
        columns.iter().map(|name| format!("<th scope=\"col\">{name}</th>")).collect();
    format!("<table>\n<thead><tr>{heads}</tr></thead>\n<tbody>\n{rows}</tbody>\n</table>\n")
}
