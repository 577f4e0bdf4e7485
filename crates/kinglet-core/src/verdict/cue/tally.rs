//! Words around counts of days, weeks and longer units: `up in 34 of the last 52 weeks`.

use super::contains;
use super::text::{number, words};
use crate::time::Grain;

/// A part of a number of units, with where its two numbers stand: `34 of the last 52 weeks`.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(in super::super) struct Part {
    pub(in super::super) part: usize,
    pub(in super::super) whole: usize,
    /// Of how many it is one.
    pub(in super::super) units: f64,
    /// Whether these are the last ones.
    pub(in super::super) last: bool,
    pub(in super::super) grain: Grain,
}

/// What many of are called so.
const UNITS: [(&str, Grain); 6] = [
    ("days", Grain::Day),
    ("sessions", Grain::Day),
    ("weeks", Grain::Week),
    ("months", Grain::Month),
    ("quarters", Grain::Quarter),
    ("years", Grain::Year),
];

/// How words for gains and for losses begin or, with a space behind, what they are.
const UP: [&str; 15] = [
    "up ",
    "higher ",
    "green ",
    "positive ",
    "gain",
    "rose ",
    "rise",
    "rising ",
    "advanc",
    "climb",
    "win ",
    "wins ",
    "winning ",
    "winner",
    "won ",
];
const DOWN: [&str; 12] = [
    "down ",
    "lower ",
    "red ",
    "negative ",
    "fell ",
    "fall",
    "declin",
    "drop",
    "los",
    "slid ",
    "slipp",
    "minus ",
];

fn unit(word: &str) -> Option<Grain> {
    UNITS.iter().find(|(name, _)| *name == word).map(|(_, grain)| *grain)
}

/// The parts of numbers of units that a sentence tells.
pub(in super::super) fn parts(sentence: &str) -> Vec<Part> {
    const FILL: [&str; 4] = ["the", "its", "their", "these"];
    const LAST: [&str; 4] = ["last", "past", "previous", "prior"];
    const KIND: [&str; 2] = ["trading", "calendar"];
    let text = sentence.to_ascii_lowercase();
    let words: Vec<(usize, &str)> = words(&text).collect();
    let ofs = words.iter().enumerate().filter(|(_, (_, word))| *word == "of");
    ofs.filter_map(|(i, _)| {
        let back = if words[..i].last().is_some_and(|(_, word)| *word == "out") { 2 } else { 1 };
        let part = words.get(i.checked_sub(back)?)?;
        let mut behind =
            words[i + 1..].iter().skip_while(|(_, word)| FILL.contains(word)).peekable();
        let last = behind.next_if(|(_, word)| LAST.contains(word)).is_some();
        let whole = behind.next()?;
        let grain = behind.find(|(_, word)| !KIND.contains(word)).and_then(|w| unit(w.1))?;
        let units = number(whole.1)?;
        number(part.1).map(|_| Part { part: part.0, whole: whole.0, units, last, grain })
    })
    .collect()
}

/// The units that a sentence speaks of: those behind a byte first, then those before it.
pub(in super::super) fn units(sentence: &str, at: usize) -> Vec<Grain> {
    let text = sentence.to_ascii_lowercase();
    let named = |(place, word)| Some((place, unit(word)?));
    let found: Vec<(usize, Grain)> = words(&text).filter_map(named).collect();
    let behind = found.iter().filter(|(place, _)| *place > at);
    let before = found.iter().rev().filter(|(place, _)| *place < at);
    let weekly = text.contains("on a weekly basis");
    behind.chain(before).map(|(_, grain)| *grain).chain(weekly.then_some(Grain::Week)).collect()
}

/// Whether what is counted are gains (or losses), by the words right behind a figure or else by the
/// last such word before it.
pub(in super::super) fn gains(sentence: &str, figure: (usize, usize)) -> Option<bool> {
    let text = sentence.to_ascii_lowercase();
    let behind = text.get(figure.1..).unwrap_or_default();
    let ends = [",", ";", ". ", "(", ")", " and ", " but "];
    let end = ends.iter().filter_map(|end| behind.find(end)).min().unwrap_or(behind.len());
    let before = text.get(..figure.0).unwrap_or_default();
    let behind = words(&behind[..end]).find_map(|(_, word)| heading(word));
    behind.or_else(|| words(before).filter_map(|(_, word)| heading(word)).last())
}

/// Whether a word says that something rose (or fell).
pub(in super::super) fn heading(word: &str) -> Option<bool> {
    let begins = |beginnings: &[&str]| {
        beginnings.iter().any(|b| match b.strip_suffix(' ') {
            Some(whole) => word == whole,
            None => word.starts_with(b),
        })
    };
    match (begins(&UP), begins(&DOWN)) {
        (true, false) => Some(true),
        (false, true) => Some(false),
        _ => None,
    }
}

/// Whether a sentence tells of moves both ways: `closed up or down by at least 1%`.
pub(in super::super) fn both_ways(sentence: &str) -> bool {
    contains(sentence, &["up or down", "up/down", "either direction", "either way", "rose or fell"])
}

/// Whether what a sentence counts are not units one by one: runs of them, records, the first ones.
pub(in super::super) fn of_runs(sentence: &str) -> bool {
    let runs = ["straight", "in a row", "streak", "consecutive", "stretch", "record", "first "];
    contains(sentence, &runs)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parts_of_units() {
        let check = |text: &str, want: Option<(&str, &str, Grain)>| {
            let place = |word: &str| text.find(word).expect("a word");
            let want = want.map(|(k, n, grain)| (place(k), place(n), grain));
            let found = parts(text).first().map(|p| (p.part, p.whole, p.grain));
            assert_eq!(found, want, "{text}");
        };
        check("It was up in 34 of the last 52 weeks", Some(("34", "52", Grain::Week)));
        check(
            "It gained in five of the past seven quarters",
            Some(("five", "seven", Grain::Quarter)),
        );
        check("up on 141 out of 251 trading days", Some(("141", "251", Grain::Day)));
        check("gains on 12 of its 19 trading days", Some(("12", "19", Grain::Day)));
        check("It rose in 8 of the first 10 weeks", None);
        check("299 of the 500 companies fell", None);
    }

    #[test]
    fn gains_and_losses() {
        let check = |text: &str, figure: &str, want: Option<bool>| {
            let at = text.find(figure).expect("a figure");
            assert_eq!(gains(text, (at, at + figure.len())), want, "{text}");
        };
        check("It fell on 12 days and rose on 11", "12", Some(false));
        check("It fell on 12 days and rose on 11", "11", Some(true));
        check("28 were up days and 35 down days", "28", Some(true));
        check("28 were up days and 35 down days", "35", Some(false));
        check("In 13 of the last 15 years it rose", "13", Some(true));
        check("It beat estimates in 12 of 15 quarters", "12", None);
    }
}
