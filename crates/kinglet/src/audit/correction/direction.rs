//! The word that gives a change its direction, and its opposite.

use crate::audit::{ClaimRecord, SpanRecord};

/// A word of direction in the article.
pub(super) struct Word {
    pub(super) span: SpanRecord,
    pub(super) opposite: String,
}

/// Each word with its opposite; strong words have plain opposites, as nobody knows how strongly the
/// author would have put it.
const OPPOSITES: [(&str, &str); 62] = [
    ("rose", "fell"),
    ("fell", "rose"),
    ("rise", "fall"),
    ("fall", "rise"),
    ("rises", "falls"),
    ("falls", "rises"),
    ("rising", "falling"),
    ("falling", "rising"),
    ("risen", "fallen"),
    ("fallen", "risen"),
    ("gained", "lost"),
    ("lost", "gained"),
    ("gaining", "losing"),
    ("losing", "gaining"),
    ("gain", "loss"),
    ("loss", "gain"),
    ("up", "down"),
    ("down", "up"),
    ("higher", "lower"),
    ("lower", "higher"),
    ("added", "lost"),
    ("shed", "gained"),
    ("increased", "decreased"),
    ("decreased", "increased"),
    ("increase", "decrease"),
    ("decrease", "increase"),
    ("advanced", "declined"),
    ("declined", "advanced"),
    ("advance", "decline"),
    ("decline", "advance"),
    ("climbed", "fell"),
    ("climbing", "falling"),
    ("climb", "fall"),
    ("jumped", "fell"),
    ("jumping", "falling"),
    ("jump", "fall"),
    ("surged", "fell"),
    ("surging", "falling"),
    ("surge", "fall"),
    ("soared", "fell"),
    ("soaring", "falling"),
    ("rallied", "fell"),
    ("rallying", "falling"),
    ("rally", "fall"),
    ("rebounded", "fell"),
    ("rebound", "fall"),
    ("slipped", "rose"),
    ("slipping", "rising"),
    ("dropped", "rose"),
    ("dropping", "rising"),
    ("drop", "rise"),
    ("slid", "rose"),
    ("sliding", "rising"),
    ("slide", "rise"),
    ("tumbled", "rose"),
    ("tumbling", "rising"),
    ("plunged", "rose"),
    ("plunging", "rising"),
    ("plunge", "rise"),
    ("slumped", "rose"),
    ("sank", "rose"),
    ("dipped", "rose"),
];

/// Words between a direction and its figure.
const WORDS_MAX: usize = 8;

/// The word on which the direction of a claim hangs: the one right after the figure ("a 7.0%
/// gain"), else the nearest before it in its sentence.
pub(super) fn word(article: &str, claim: &ClaimRecord) -> Option<Word> {
    let start = sentence_start(article, claim)?;
    let before = article.get(start..claim.span.start)?;
    let after = article.get(claim.span.end..)?;
    let next = words(after).next().filter(|(at, _)| after[..*at].trim().is_empty());
    if let Some(word) = next.and_then(|(at, word)| turned(claim.span.end + at, word)) {
        return Some(word);
    }
    let mut near: Vec<(usize, &str)> = words(before).collect();
    near.reverse();
    near.into_iter().take(WORDS_MAX).find_map(|(at, word)| turned(start + at, word))
}

/// Where the sentence of a claim begins.
fn sentence_start(article: &str, claim: &ClaimRecord) -> Option<usize> {
    let length = claim.quote.len();
    let from = article.floor_char_boundary(claim.span.end.saturating_sub(length));
    let until = article.floor_char_boundary(claim.span.start + length);
    let around = article.get(from..until)?;
    let covers = |at: usize| from + at <= claim.span.start && claim.span.end <= from + at + length;
    around.match_indices(&claim.quote).map(|(at, _)| at).find(|at| covers(*at)).map(|at| from + at)
}

/// The words of a text with their places.
fn words(text: &str) -> impl Iterator<Item = (usize, &str)> {
    let mut end = 0;
    text.split_inclusive(|c: char| !c.is_alphanumeric())
        .map(move |piece| {
            end += piece.len();
            (end - piece.len(), piece.trim_end_matches(|c: char| !c.is_alphanumeric()))
        })
        .filter(|(_, word)| !word.is_empty())
}

/// A word of direction at a place, with its opposite in the same case.
fn turned(start: usize, word: &str) -> Option<Word> {
    let lower = word.to_lowercase();
    let (_, opposite) = OPPOSITES.iter().find(|(one, _)| *one == lower)?;
    let mut letters = opposite.chars();
    let opposite = match (word.chars().next()?.is_uppercase(), letters.next()) {
        (true, Some(first)) => first.to_uppercase().chain(letters).collect(),
        _ => (*opposite).to_owned(),
    };
    Some(Word { span: SpanRecord { start, end: start + word.len() }, opposite })
}
