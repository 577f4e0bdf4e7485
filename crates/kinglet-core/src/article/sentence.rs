//! Sentences of a block, as ranges of tokens.

use std::ops::Range;

use super::token::{Joint, Kind, Tokens, any_of};
use super::words::list;

/// Words whose full stop does not end a sentence.
const ABBREVIATIONS: &str = "mr|mrs|ms|dr|prof|st|jan|feb|mar|apr|jun|jul|aug|sep|sept|oct|\
    nov|dec|mon|tue|tues|wed|thu|thur|thurs|fri|inc|corp|co|ltd|cos|vs|no|nos|fig|figs|\
    approx|est|dept|gov|sen|rep|gen|jr|sr|cf|al|ca|avg|pct|yr|yrs|mo|mos|qtr";

/// Dotted words that do not end a sentence unless a word that opens one follows.
const OPENERS: &str = "the|a|an|in|on|at|but|and|it|its|this|that|these|those|for|as|if|when|\
    while|after|before|since|investors|analysts|we|he|she|they|there|however|meanwhile|\
    still|so|with|by";

/// A sentence is cut after so many tokens: what is longer is no prose, and no work may grow with
/// the square of its length.
const LONGEST: usize = 300;

/// Splits the tokens of a block.
pub(super) fn sentences(tokens: &Tokens) -> Vec<Range<usize>> {
    let mut out = Vec::new();
    let mut start = 0;
    let mut i = 0;
    while i < tokens.len() {
        if ends(tokens, i) && !is_label(tokens, start, i) || i - start >= LONGEST {
            let end = with_closing_marks(tokens, i + 1);
            out.push(start..end);
            start = end;
            i = end;
        } else {
            i += 1;
        }
    }
    if start < tokens.len() {
        out.push(start..tokens.len());
    }
    out
}

/// Whether a question only names what the figure behind it is of: `The S&P? +12.0%.`
fn is_label(tokens: &Tokens, start: usize, i: usize) -> bool {
    let sign = usize::from(['+', '-', '–', '$'].iter().any(|&c| tokens.is(i + 1, c)));
    tokens.is(i, '?') && i - start <= 4 && tokens.number(i + 1 + sign).is_some()
}

/// Whether a sentence ends with the token at `i`.
fn ends(tokens: &Tokens, i: usize) -> bool {
    let Some(token) = tokens.get(i) else { return false };
    match token.kind {
        Kind::Symbol('!' | '?' | '…') => next_opens(tokens, i),
        Kind::Symbol('.') => {
            let before = tokens.key(i.wrapping_sub(1));
            // "in the 2Q." ends with no initial
            let coded = i > 1
                && tokens.number(i - 2).is_some()
                && tokens.joint(i - 1) == Joint::Glued
                && matches!(before, "q" | "h");
            let initial = before.len() == 1 && tokens.is_word(i.wrapping_sub(1)) && !coded;
            let number = before != "no" || tokens.number(i + 1).is_some();
            let abbreviated =
                token.joint == Joint::Glued && number && any_of(before, list!(ABBREVIATIONS));
            !abbreviated && !initial && next_opens(tokens, i)
        }
        // "U.S." or "p.m." with its own dot at the end of a sentence
        Kind::Word if tokens.key(i).ends_with('.') => {
            tokens.get(i + 1).is_some_and(|t| t.capital)
                && any_of(tokens.key(i + 1), list!(OPENERS))
        }
        _ => false,
    }
}

/// Whether what follows can open a sentence: after white space (or closing marks), no lower case.
fn next_opens(tokens: &Tokens, i: usize) -> bool {
    let at = with_closing_marks(tokens, i + 1);
    match tokens.get(at) {
        None => true,
        Some(next) if next.kind == Kind::Word => next.capital || next.joint == Joint::Glued,
        Some(next) => next.joint == Joint::Space,
    }
}

/// The first token after quotes and brackets that close directly after a full stop.
fn with_closing_marks(tokens: &Tokens, from: usize) -> usize {
    let closes = |i: usize| {
        tokens.joint(i) == Joint::Glued && ['"', ')', ']', '\''].iter().any(|&c| tokens.is(i, c))
    };
    (from..tokens.len()).find(|&i| !closes(i)).unwrap_or(tokens.len())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn count(text: &str) -> usize {
        sentences(&Tokens::read(text, 0)).len()
    }

    #[test]
    fn abbreviations_and_decimals_do_not_end_sentences() {
        assert_eq!(count("U.S. stocks rose 2.5% on Sept. 18, 2025. The Dow fell."), 2);
        assert_eq!(count("Stocks rose in the U.S. The Dow fell 3% vs. 2%."), 2);
        assert_eq!(count("(It rose.) Then \"it fell.\" Why? Nobody knows"), 4);
        assert_eq!(count("Trading ended at 4 p.m. Eastern time. No. 1 was energy."), 2);
        assert_eq!(count(""), 0);
    }
}
