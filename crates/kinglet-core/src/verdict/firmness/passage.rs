//! A passage around a figure, with what it names and how far that is from the figure.

use std::cell::LazyCell;
use std::rc::Rc;

use super::super::trial::Trial;
use super::NEAR;
use super::time::gives;
use crate::article::{Marks, Named};
use crate::diagnostic::Span;
use crate::time::Period;

/// Words that open another clause: what stands before them is of the clause before.
const CLAUSES: &[&str] = &[
    "after",
    "before",
    "while",
    "whereas",
    "although",
    "though",
    "since",
    "now",
    "today",
    "currently",
    "then",
    "but",
    "when",
    "until",
    "which",
    "despite",
];

/// A passage with the place of the figure in it.
pub(in super::super) struct Passage<'a> {
    text: &'a str,
    pub(super) at: Span,
    /// Looked for when they are asked for.
    pub(super) marks: LazyCell<Rc<Marks>, Box<dyn FnOnce() -> Rc<Marks> + 'a>>,
}

impl<'a> Passage<'a> {
    pub(in super::super) fn new(trial: &Trial<'a>, (text, at): (&'a str, usize)) -> Passage<'a> {
        let at = at.min(text.len());
        let end = at + trial.claim.span.end.saturating_sub(trial.claim.span.start);
        let (memory, context) = (trial.memory, trial.context);
        let marks = LazyCell::new(Box::new(move || memory.marks(text, context)) as Box<_>);
        Passage { text, at: Span::new(at, end.min(text.len())), marks }
    }

    /// The times that it names, in their order.
    pub(super) fn times(&self) -> impl DoubleEndedIterator<Item = Named> {
        self.marks.times.iter().map(|(_, named)| *named)
    }

    /// Whether it says right behind the figure that this is of a period: `21 percent in 1996`.
    pub(super) fn tells_right_behind(&self, period: Option<Period>) -> bool {
        let told = |span: Span| {
            span.start >= self.at.end
                && matches!(self.between(span).trim(), "in" | "for" | "during")
        };
        let own = |named: Named| period.is_some_and(|period| gives(named, period));
        self.marks.times.iter().any(|(span, named)| own(*named) && told(*span))
    }

    /// The words between the figure and a mark.
    fn between(&self, mark: Span) -> &'a str {
        let behind = mark.start >= self.at.end;
        let (from, to) = if behind { (self.at.end, mark.start) } else { (mark.end, self.at.start) };
        self.text.get(from..to).unwrap_or_default()
    }

    /// How far a mark is from the figure: bytes, and more for commas, brackets, other figures and
    /// other clauses between; names of entities are no distance.
    pub(super) fn cost(&self, mark: Span) -> usize {
        if self.joined(mark) {
            return 0;
        }
        let words = self.between(mark);
        let behind = mark.start >= self.at.end;
        let mut cost = words.len() + if behind { 10 } else { 0 };
        let mut digit = false;
        for c in words.chars() {
            cost += match c {
                ',' if !digit => 15,
                '(' | ')' | ';' | ':' | '\u{2014}' | '\u{2013}' => 60,
                '0'..='9' if !digit => 25,
                _ => 0,
            };
            digit = c.is_ascii_digit() || digit && matches!(c, '.' | ',');
        }
        cost += 40 * words.split_whitespace().filter(|word| CLAUSES.contains(word)).count();
        let named = |(span, _): &&(Span, &str)| mark.end <= span.start && span.end <= self.at.start;
        let names = self.marks.entities.iter().filter(named).map(|(s, _)| s.end - s.start);
        cost.saturating_sub(names.sum::<usize>() + self.opening(mark, words))
    }

    /// What opens a sentence is said of all of it: `In August, the index rose`, `August 2025: +7%`.
    fn opening(&self, mark: Span, words: &str) -> usize {
        let opens = mark.end <= self.at.start
            && self.text.get(..mark.start).is_some_and(|text| text.trim().len() <= 12);
        match () {
            () if opens && words.starts_with(':') => 100,
            () if opens => 20,
            () => 0,
        }
    }

    /// Whether a mark behind the figure is joined to it: `2.5% for the S&P 500`.
    pub(super) fn joined(&self, mark: Span) -> bool {
        let mut words = self.between(mark).split_whitespace();
        let first = words.next().unwrap_or_default();
        mark.start >= self.at.end
            && matches!(first, "for" | "of" | "in" | "by" | "from" | "on" | "during")
            && words.all(|word| matches!(word, "the" | "its" | "a"))
    }

    /// The words from a byte on.
    pub(super) fn text_from(&self, at: usize) -> &'a str {
        self.text.get(at..).unwrap_or_default()
    }

    /// The words before the figure, in lower case.
    pub(super) fn before(&self) -> String {
        self.text.get(..self.at.start).unwrap_or_default().to_lowercase()
    }

    /// The words behind it, in lower case.
    pub(super) fn after(&self) -> String {
        self.text.get(self.at.end..).unwrap_or_default().to_lowercase()
    }

    /// The time that is nearest to the figure, with its cost. What ends a length, as in `the twelve
    /// months to September`, is no time by itself.
    pub(super) fn nearest_time(&self) -> Option<(usize, Named)> {
        let times = &self.marks.times;
        let costs = times.iter().enumerate().map(|(i, (span, named))| {
            let before = i.checked_sub(1).and_then(|i| times.get(i));
            let ends = before.is_some_and(|(length, what)| {
                let words = self.text.get(length.end..span.start).unwrap_or_default().trim();
                matches!(what, Named::Length(_))
                    && ["to", "through", "ended", "ending", "until"].contains(&words)
            });
            (self.cost(*span), if ends { Named::Vague } else { *named })
        });
        costs.min_by_key(|(cost, _)| *cost)
    }

    /// Whether the time that stands next to the figure is another one than its period.
    pub(super) fn is_of_another_time(&self, period: Option<Period>) -> bool {
        let near = self.nearest_time().filter(|(cost, _)| *cost <= NEAR);
        near.is_some_and(|(_, named)| !period.is_some_and(|p| gives(named, p)))
    }

    /// The times that may belong to the figure as well as one of the given cost.
    pub(super) fn times_within(&self, cost: usize) -> impl Iterator<Item = Named> {
        let margin = if cost == 0 { 0 } else { 2 * cost + 10 };
        let near = move |(span, _): &&(Span, Named)| self.cost(*span) <= margin;
        self.marks.times.iter().filter(near).map(|(_, named)| *named)
    }

    /// Whether somebody is named right behind the figure, if not by a name that is known: `for its
    /// large-cap counterpart`.
    pub(super) fn is_compared(&self) -> bool {
        const TIMES: [&str; 9] =
            ["year", "quarter", "month", "week", "day", "session", "first", "second", "period"];
        let after = self.after();
        let mut words = after.split(|c: char| !c.is_alphanumeric()).filter(|w| !w.is_empty());
        words.next() == Some("for")
            && matches!(words.next(), Some("the" | "its" | "their"))
            && words.next().is_some_and(|word| !TIMES.contains(&word))
    }

    /// Whether the figure is of somebody who is named by kinship alone: `its growth sibling`.
    pub(super) fn is_of_unnamed_kin(&self) -> bool {
        const REACH: usize = 32;
        let before = self.before();
        let from = before.floor_char_boundary(before.len().saturating_sub(REACH));
        let kin =
            ["sibling", "counterpart", "cousin", "peer", "rival", "twin", "sister", "brother"];
        let clause = before.get(from..).unwrap_or_default();
        let clause = clause.rsplit([',', ';', '(']).next().unwrap_or_default();
        kin.iter().any(|word| clause.contains(word))
    }

    /// Whether the last name before the figure is one that something else is compared with, and the
    /// sentence goes on about that: `gained 8% against 3% for the S&P 500, and finished at 1,357`,
    /// `as the S&P 500 fell, and for the week it was up 2.8%`.
    pub(super) fn goes_on_after(&self) -> bool {
        const WITH: [&str; 10] =
            ["for", "than", "against", "versus", "with", "unlike", "as", "while", "to", "over"];
        let before = |(span, _): &&(Span, &str)| span.end <= self.at.start;
        let mut named = self.marks.entities.iter().filter(before).rev();
        let (Some((last, code)), Some((_, first))) = (named.next(), named.next_back()) else {
            return false;
        };
        let lead = self.text.get(..last.start).unwrap_or_default().to_lowercase();
        let mut lead = lead.split_whitespace().rev().filter(|w| !matches!(*w, "the" | "its"));
        let between = self.between(*last).to_lowercase();
        let word = |w: &str| between.split(|c: char| !c.is_alphabetic()).any(|word| word == w);
        let goes_on = between.contains(", and ") || word("it") || word("has") || word("have");
        first != code && lead.next().is_some_and(|w| WITH.contains(&w)) && goes_on
    }

    /// Whether the word before the figure names a maturity that is not known as a name: `two-year
    /// Treasuries yielded 4.22%, ten-years 3.83%`.
    pub(super) fn is_of_another_maturity(&self) -> bool {
        let before = self.text.get(..self.at.start).unwrap_or_default().trim_end();
        let word = before.rsplit([' ', '\n']).next().unwrap_or_default().to_lowercase();
        let covered = self.marks.entities.iter().any(|(span, _)| span.end >= before.len());
        let years = ["-year", "-years", "-yr", "-yrs"].iter().any(|end| word.ends_with(end));
        years && !covered
    }

    /// Whether the figure is the second of two that are set against each other: `115% against 61%`.
    pub(super) fn is_second_of_two(&self) -> bool {
        let before = self.before();
        let mut words = before.split_whitespace().rev();
        let against = matches!(words.next(), Some("against" | "versus" | "vs" | "vs."));
        let number = |word: &str| word.contains(|c: char| c.is_ascii_digit());
        against && words.next().is_some_and(number)
    }

    /// Whether a name that is not known stands right before the figure: `R2K +3.6%`.
    pub(super) fn is_titled(&self) -> bool {
        let before = self.text.get(..self.at.start).unwrap_or_default().trim_end();
        let marked = self.marks.times.iter().any(|(span, _)| span.end >= before.len());
        let word = before.rsplit(' ').next().unwrap_or_default();
        !marked && word.starts_with(|c: char| c.is_uppercase())
    }

    /// Whether an entity behind the figure is what it is about: not one that it is compared with.
    pub(super) fn is_about(&self, mark: Span) -> bool {
        let words = self.between(mark).to_lowercase();
        let compared = ["beat", "outp", "topp", "lag", "trail", "than", "v", "exceed", "against"];
        let starts = |word: &str| compared.iter().any(|c| word.starts_with(c));
        words.len() <= 50
            && !words.contains([',', ';', '.'])
            && !words.split(|c: char| !c.is_alphanumeric()).any(starts)
    }

    /// The entities named before the figure, the last one first.
    pub(in super::super) fn entities_before(&self) -> impl Iterator<Item = &'static str> {
        let before = |(span, _): &&(Span, &str)| span.end <= self.at.start;
        self.marks.entities.iter().filter(before).rev().map(|(_, code)| *code)
    }
}
