//! Asides of a sentence: brackets, and clauses between commas that only describe what stands before
//! them. What is said in one dates and names nothing outside of it.

use super::words::list;
use std::ops::Range;

use super::token::{Tokens, any_of};

/// The asides of a sentence; they are nested.
#[derive(Clone)]
pub(super) struct Asides {
    start: usize,
    /// By token: the innermost aside, 0 for the sentence itself.
    by_token: Vec<usize>,
    /// By aside: the one around it.
    around: Vec<usize>,
}

/// Words that open a clause which describes.
const OPENERS: &str = "which|who|whose|where|published|released|dated";

/// The most tokens in an aside between commas.
const LONGEST: usize = 25;

impl Asides {
    pub(super) fn new(tokens: &Tokens, range: Range<usize>) -> Asides {
        let mut asides =
            Asides { start: range.start, by_token: vec![0; range.len()], around: vec![0] };
        let mut open: Vec<(usize, char)> = Vec::new();
        let mut here = 0;
        for i in range.clone() {
            let closed = match tokens.key(i) {
                ")" => open.iter().rposition(|(_, kind)| *kind == '('),
                "," | ";" | "—" => open.iter().rposition(|(_, kind)| *kind == ','),
                _ => None,
            };
            if let Some(at) = closed {
                here = asides.around[open[at].0];
                open.truncate(at);
            }
            asides.by_token[i - range.start] = here;
            let kind = match tokens.key(i) {
                "(" => Some('('),
                "," if describes(tokens, i, range.end) => Some(','),
                "a" | "an" if holds_clause(tokens, i) => Some(','),
                _ if i == range.start && precedes(tokens, &range) => Some(','),
                _ => None,
            };
            if let Some(kind) = kind {
                asides.around.push(here);
                here = asides.around.len() - 1;
                open.push((here, kind));
            }
        }
        asides
    }

    /// Whether what stands at `at` is in the aside of `from`, or in one around it.
    pub(super) fn sees(&self, from: usize, at: usize) -> bool {
        let aside = |i: usize| {
            i.checked_sub(self.start).and_then(|i| self.by_token.get(i)).copied().unwrap_or(0)
        };
        let goal = aside(at);
        let mut here = aside(from);
        while here > goal {
            here = self.around[here];
        }
        here == goal
    }
}

/// Whether a time begins at `i` that only its own clause is about: `a September in which it gave
/// up 4.8%`.
fn holds_clause(tokens: &Tokens, i: usize) -> bool {
    let clause = |n: usize| {
        any_of(tokens.key(n), list!("when|where"))
            || tokens.any_phrase(n, list!("in which|during which")).is_some()
    };
    let time = |n: usize| {
        any_of(tokens.key(n), list!("quarter|month|week|year|half|session|day|summer|winter"))
            || tokens.get(n).is_some_and(|t| t.capital)
    };
    (i + 1..i + 4).any(|n| time(n) && clause(n + 1))
}

/// Whether a sentence opens with what was before: `After sliding 18% between July and October, …`,
/// `Having lost 2% on Monday, …`.
fn precedes(tokens: &Tokens, range: &Range<usize>) -> bool {
    let first = range.start;
    if !any_of(tokens.key(first), list!("after|having|following|despite")) {
        return false;
    }
    let reach = range.end.min(first + LONGEST);
    let comma = (first..reach).find(|&i| tokens.is(i, ','));
    comma.is_some_and(|comma| {
        let gerund = (first + 1..first + 3).any(|i| tokens.key(i).ends_with("ing"));
        let change = (first..comma).any(|i| tokens.is(i, '%') || tokens.key(i) == "percent");
        tokens.key(first) == "having" || gerund || change
    })
}

/// Whether the comma at `i` opens a clause that describes and that another comma closes.
fn describes(tokens: &Tokens, i: usize, end: usize) -> bool {
    let preposition =
        any_of(tokens.key(i + 1), list!("in|of|for|on|at")) && tokens.key(i + 2) == "which";
    if !preposition && !any_of(tokens.key(i + 1), list!(OPENERS)) {
        return false;
    }
    let reach = end.min(i + LONGEST);
    (i + 2..reach).any(|n| tokens.is(n, ',')) || any_of(tokens.key(i + 1), list!("which|who"))
}
