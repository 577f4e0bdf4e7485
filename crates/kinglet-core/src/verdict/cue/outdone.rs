//! Words for how long nothing had been beyond: `the lowest close in three years`, `its worst first
//! half in 52 years`, `a 17-month high`, `the first record in four years`.

use super::tally::heading;
use super::text::{is_month, size, words};
use crate::time::Grain;

/// What had not been outdone for so long.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in super::super) enum Outdone {
    /// A close, by a higher or a lower one.
    Close { high: bool },
    /// The gain or loss of a time; of a part of the year by that of other years.
    Move { up: bool, grain: Option<Grain>, of_year: bool },
    /// There had been no record.
    Record,
    /// There had been no close beyond a round number.
    Passed { above: bool },
}

/// Words that single out one among many; of the longest nothing is known here, so that what stands
/// before it is not meant either.
const SUPERLATIVES: [&str; 12] = [
    "lowest",
    "highest",
    "best",
    "strongest",
    "worst",
    "weakest",
    "biggest",
    "largest",
    "greatest",
    "steepest",
    "sharpest",
    "longest",
];

/// What may stand between a superlative and the time, and says nothing of what is compared.
const FILL: [&str; 16] = [
    "in", "for", "of", "over", "the", "a", "its", "their", "more", "than", "nearly", "almost",
    "about", "roughly", "around", "at",
];
/// What is at its highest or lowest in prices.
const PRICES: [&str; 12] = [
    "level", "levels", "close", "closes", "closing", "finish", "point", "price", "mark", "reading",
    "value", "daily",
];
/// What is best or worst in moves.
const MOVES: [&str; 12] = [
    "performance",
    "showing",
    "return",
    "returns",
    "calendar",
    "single",
    "percentage",
    "one",
    "first",
    "second",
    "third",
    "fourth",
];

/// What is told in the words before a number of months or years and behind it.
pub(in super::super) fn outdone(before: &str, behind: &str) -> Option<Outdone> {
    const REACH: usize = 10;
    let before = before.to_ascii_lowercase();
    let clause = before.rsplit(['.', ';', ':', '\n']).next().unwrap_or_default();
    let words: Vec<&str> = words(clause).map(|(_, word)| word).collect();
    let near = &words[words.len().saturating_sub(REACH)..];
    let superlative = near.iter().rposition(|word| SUPERLATIVES.contains(word));
    // the first half may be the worst one, too
    match superlative.or_else(|| near.iter().rposition(|word| *word == "first")) {
        Some(at) if near[at] == "first" => first(&near[..at], &near[at + 1..]),
        Some(at) => told(near[at], &near[at + 1..]),
        None => extreme(behind),
    }
}

/// What came for the first time, with the words before and behind: `the first record in four
/// years`, `closed below 4,000 for the first time in 14 months`.
fn first(before: &[&str], between: &[&str]) -> Option<Outdone> {
    let stands = |words: &[&str], word: &str| words.contains(&word);
    let of_time = stands(between, "in");
    let of = |words: &[&str]| {
        let number = |word: &&str| word.bytes().all(|b| b.is_ascii_digit());
        let side = |word: &&str| match *word {
            "above" | "over" | "past" => Some(true),
            "below" | "under" | "beneath" => Some(false),
            _ => None,
        };
        let passed = words.windows(2).find_map(|w| side(&w[0]).filter(|_| number(&w[1])));
        let all_time = words.windows(2).any(|w| w == ["all", "time"]) && stands(words, "high");
        let record = stands(words, "record") || all_time;
        passed.map(|above| Outdone::Passed { above }).or(record.then_some(Outdone::Record))
    };
    let plain = ["close", "closes", "finish", "new", "record", "all", "above", "below", "under"];
    let named = between.first().is_some_and(|word| plain.contains(word));
    let bare = between.first().is_some_and(|word| ["time", "in"].contains(word));
    match (named, bare) {
        _ if !of_time => None,
        (true, _) => of(between),
        (_, true) => of(before),
        _ => None,
    }
}

/// What a superlative and the words between it and the time say.
fn told(superlative: &str, between: &[&str]) -> Option<Outdone> {
    if !between.iter().any(|word| ["in", "of", "for", "over"].contains(word)) {
        return None;
    }
    // of whom it is says nothing of what: `the worst quarter for the index in seven years`
    let of_whom = between.iter().position(|word| ["for", "of", "on"].contains(word));
    let named = &between[..of_whom.unwrap_or(between.len())];
    let meant = || named.iter().filter(|word| !FILL.contains(word));
    let of_prices = || meant().all(|word| PRICES.contains(word));
    let direction = || meant().find_map(|word| moves(word));
    let of_moves = || {
        meant().all(|word| {
            MOVES.contains(word) || size(word).is_some() || is_month(word) || moves(word).is_some()
        })
    };
    let of = |up| {
        let grain = meant().find_map(|word| size(word));
        let grain = grain.or_else(|| meant().any(|word| is_month(word)).then_some(Grain::Month));
        let part = ["first", "second", "third", "fourth"];
        let half = || meant().any(|word| part.contains(word)) && grain > Some(Grain::Month);
        let of_year = meant().any(|word| is_month(word)) || half();
        of_moves().then_some(Outdone::Move { up, grain, of_year })
    };
    match superlative {
        "lowest" | "highest" => {
            of_prices().then_some(Outdone::Close { high: superlative == "highest" })
        }
        "best" | "strongest" => of(true),
        "worst" | "weakest" => of(false),
        "biggest" | "largest" | "greatest" | "steepest" | "sharpest" => direction().and_then(of),
        _ => None,
    }
}

/// The high or low of which so many months are said right behind the number.
fn extreme(behind: &str) -> Option<Outdone> {
    const BESIDE: usize = 4;
    let high = words(behind).take(BESIDE).find_map(|(_, word)| match word {
        "high" | "highs" => Some(true),
        "low" | "lows" => Some(false),
        _ => None,
    })?;
    Some(Outdone::Close { high })
}

/// Whether a word names a gain (or a loss).
fn moves(word: &str) -> Option<bool> {
    let begins = |beginnings: &[&str]| beginnings.iter().any(|b| word.starts_with(b));
    let up = begins(&["jump", "rall", "surge", "leap", "bounce"]);
    let down = begins(&["slide", "slump", "sell", "plunge", "tumble", "retreat", "rout"]);
    heading(word).or(up.then_some(true)).or(down.then_some(false))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_outdone() {
        let check = |before: &str, behind: &str, want: Option<Outdone>| {
            assert_eq!(outdone(before, behind), want, "{before}|{behind}");
        };
        let close = |high| Some(Outdone::Close { high });
        let moved = |up, grain, of_year| Some(Outdone::Move { up, grain, of_year });
        check("It closed at a ", "-month high of 2,000 on Friday.", close(true));
        check("It fell to its lowest level in nearly ", " years, far from its high.", close(false));
        check("climbed 2 percent to its highest point in ", " years", close(true));
        check("It was its worst first half in ", " years", moved(false, Some(Grain::Half), true));
        check("its worst quarter in ", " years", moved(false, Some(Grain::Quarter), false));
        check(
            "its worst calendar quarter in ",
            " years",
            moved(false, Some(Grain::Quarter), false),
        );
        check(
            "its biggest one-day loss in almost ",
            " years",
            moved(false, Some(Grain::Day), false),
        );
        check("their largest monthly gains in ", " years", moved(true, Some(Grain::Month), false));
        check("their worst August in ", " years", moved(false, Some(Grain::Month), true));
        check("its first record in ", " years", Some(Outdone::Record));
        check("the first new record for the Russell 2000 in ", " years", Some(Outdone::Record));
        check("at an all-time closing high, its first in ", " years", Some(Outdone::Record));
        let passed = |above| Some(Outdone::Passed { above });
        check("It was the first close above 1,100 in more than ", " months", passed(true));
        check("It closed below 4,000 for the first time in ", " months", passed(false));
        check("It rose for the first time in ", " months", None);
        let quarter = moved(false, Some(Grain::Quarter), false);
        check("the worst quarter for the Russell 2000 in ", " years", quarter);
        check("the least in ", " years, followed by a rally", None);
        check("jobless claims fell the most in ", " months", None);
        check("the smallest payroll losses in ", " months", None);
        check("the highest unemployment rate in ", " years", None);
        check("its longest winning streak in ", " years", None);
        check("the Fed's first rate cut in ", " months", None);
        check("the strongest reading since June; it is ", " years old", None);
    }
}
