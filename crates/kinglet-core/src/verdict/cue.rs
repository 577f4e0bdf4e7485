//! Words of a sentence that decide what is meant: which kind of price, which period.

pub(super) mod case;
pub(super) mod outdone;
pub(super) mod tally;
pub(super) mod text;

use crate::identity::Entity;
use crate::time::{Date, Grain, Period};

/// Words for prices during the day, which closes must not be used to accuse.
const INTRADAY: &[&str] = &[
    "intraday",
    "intra-day",
    "morning",
    "midday",
    "mid-day",
    "afternoon",
    "early trading",
    "late trading",
    "last check",
    "session high",
    "session low",
    "high of the day",
    "low of the day",
    "day's high",
    "day's low",
    "at its high",
    "at its low",
    "at their high",
    "at their low",
    "as high as",
    "as low as",
    "as much as",
    "touched",
    "premarket",
    "pre-market",
    "after-hours",
    "futures",
    "during the session",
    "briefly",
    "at one point",
    "at one stage",
    "for a time",
    "for a while",
    "momentarily",
];

/// Words before a figure that make it a second one: `and another 3.9% in the next`.
const FURTHER: &[&str] = &["another", "further", "additional", "more", "extra"];

/// Words that say that the market had not yet closed when the article was written.
const OPEN: &[&str] = &[
    "morning trading",
    "afternoon trading",
    "midday trading",
    "early trading",
    "this morning",
    "this afternoon",
    "at last check",
    "so far today",
];

/// Whether the sentence speaks of prices during the day.
pub(super) fn intraday(sentence: &str) -> bool {
    contains(sentence, INTRADAY)
}

/// Whether the words before a place in a sentence say that what follows comes on top.
pub(super) fn further(sentence: &str, at: usize) -> bool {
    let before = sentence.get(..at).unwrap_or_default().to_lowercase();
    before.split_whitespace().rev().take(2).any(|word| FURTHER.contains(&word))
}

/// Words for passing a price, which a round number then is.
const PASSED: &[&str] = &[
    "mark",
    "threshold",
    "barrier",
    "milestone",
    "cross",
    "topp",
    "broke",
    "break",
    "breach",
    "surpass",
    "pierc",
    "past",
    "above",
    "below",
    "over",
    "under",
    "reach",
    "hit",
];

/// Whether the sentence speaks of passing a price.
pub(super) fn passed(sentence: &str) -> bool {
    contains(sentence, PASSED)
}

/// Whether the sentence speaks of prices without some of them, or of the change of a month.
pub(super) fn partial_inflation(sentence: &str) -> bool {
    contains(sentence, &["core", "excluding", "month-on-month", "m/m", "from the month before"])
}

/// Whether the article was written while the market was open.
pub(super) fn market_open(article: &str) -> bool {
    contains(article, OPEN)
}

/// Whether the sentence says that a run came to its end.
pub(super) fn ends_run(sentence: &str) -> bool {
    contains(sentence, &["snap", "end", "broke", "break", "halt", "stopp", "after"])
}

/// Whether the sentence speaks of records, which a run of gains does not show.
pub(super) fn record(sentence: &str) -> bool {
    contains(sentence, &["record", "all-time", "closing high"])
}

/// Whether the high that the sentence speaks of is the highest ever.
pub(super) fn all_time(sentence: &str) -> bool {
    contains(sentence, &["record", "all-time"])
}

/// Whether the sentence speaks of a high or low, which a level in it may be.
pub(super) fn extreme(sentence: &str) -> bool {
    let words = ["high", "low", "record", "peak", "trough", "bottom", "ceiling", "height"];
    contains(sentence, &words)
}

/// Whether a stretch of days in the sentence begins with a close or a high or low, as what goes
/// from one day to another does, rather than with the move of its first day.
pub(super) fn begins_at_a_price(sentence: &str) -> bool {
    extreme(sentence) || contains(sentence, &["clos", "from ", "since ", "between "])
}

/// Whether the words behind the length of a run say that it is none of gains or losses: `38 days
/// without a 1% move`, `17 days with a range of less than 1%`.
pub(super) fn other_run(behind: &str) -> bool {
    const NEAR: usize = 40;
    let near = behind.get(..behind.floor_char_boundary(NEAR)).unwrap_or(behind);
    contains(near, &["without", "range of", "pullback", "correction"])
}

/// Whether a move goes up to a high or low that is not dated: `from its high to its low in the
/// third quarter`.
pub(super) fn up_to_a_turn(clause: &str) -> bool {
    const TURNS: [&str; 6] =
        ["to its low", "to the low", "to a low", "to its high", "to the high", "to its peak"];
    contains(clause, &TURNS)
}

/// The kinds of extreme that words speak of.
pub(super) fn extremes(words: &str) -> Vec<&'static str> {
    let high = contains(words, &["high", "peak", "record", "ceiling"]);
    let low = contains(words, &["low", "trough", "bottom"]);
    let kinds = [(high, "highest"), (low, "lowest")];
    kinds.into_iter().filter(|(said, _)| *said).map(|(_, kind)| kind).collect()
}

/// Whether the sentence says that a price is that of a close.
pub(super) fn close(sentence: &str) -> bool {
    contains(sentence, &["clos", "finish", "ended", "ending", "settle"])
}

/// Whether the sentence speaks of a mean over several periods.
pub(super) fn mean(sentence: &str) -> bool {
    let text = sentence.to_lowercase().replace("industrial average", "");
    contains(&text, &["average", "median", " mean ", "typical", "ordinary", "usual", "on balance"])
}

/// Whether the sentence speaks of a yearly rate.
pub(super) fn yearly(sentence: &str) -> bool {
    contains(sentence, &["annual", "a year", "per year", "each year", "cagr", "compound"])
}

/// Whether the sentence names an entity, by its name, as articles call it, or by what it is.
pub(super) fn entity(sentence: &str, code: &str) -> bool {
    let text = sentence.to_lowercase();
    let named = Entity::new(code).known().is_some_and(|known| {
        text.contains(&known.name.to_lowercase()) || known.aliases.iter().any(|a| text.contains(a))
    });
    named || described(&text, code)
}

/// Whether a text describes an index instead of naming it: `the small-cap benchmark`.
pub(super) fn described(text: &str, code: &str) -> bool {
    const KINDS: [(&str, &[&str]); 4] = [
        ("RUT", &["small-cap", "small cap", "small-company", "smaller-company"]),
        ("SPX", &["large-cap", "large cap", "large-company", "broad-market", "broad market"]),
        ("IXIC", &["tech-heavy", "technology-heavy", "tech-laden", "technology-laden"]),
        ("DJI", &["blue-chip", "blue chip"]),
    ];
    const NOUNS: [&str; 6] = ["index", "benchmark", "gauge", "barometer", "average", "measure"];
    let text = text.to_lowercase();
    let of = KINDS.iter().filter(|(own, _)| *own == code).flat_map(|(_, kinds)| *kinds);
    of.flat_map(|kind| text.match_indices(kind)).any(|(at, kind)| {
        let after = text.get(at + kind.len()..).unwrap_or_default();
        let mut words = after.split(|c: char| !c.is_alphabetic()).filter(|w| !w.is_empty());
        words.next().is_some_and(|word| NOUNS.contains(&word))
    })
}

/// How words for gains begin.
const GAINS: &[&str] = &[
    "rise", "rose", "gain", "add", "climb", "advanc", "jump", "surg", "rall", "return", "grew",
    "higher", "soar", "increas", "positive", "winn", "ahead", "steepen", "widen",
];
/// How words for losses begin.
const LOSSES: &[&str] = &[
    "fall", "fell", "los", "down", "declin", "drop", "slid", "slip", "sank", "shed", "tumbl",
    "plung", "lower", "retreat", "negative", "minus", "decreas", "under", "below", "slump",
    "flatten", "narrow",
];

/// Whether a run is one of gains or of losses, where the words behind its length say so clearly.
pub(super) fn run_of_gains(after: &str) -> Option<bool> {
    let lower = after.to_lowercase();
    let clause = lower.split([',', ';', '.', '(']).next().unwrap_or_default();
    let says = |beginnings: &[&str]| {
        let mut words = clause.split(|c: char| !c.is_alphabetic());
        words.any(|word| beginnings.iter().any(|b| word.starts_with(b)))
    };
    let gains = says(&["gain", "advanc", "winn", "rise", "increas", "positive"]);
    let losses = says(&["loss", "losing", "declin", "drop", "negative", "decreas"]);
    (gains != losses).then_some(gains)
}

/// Whether the words beside a number say that it is a gain or a loss.
pub(super) fn direction(words: &str) -> bool {
    let lower = words.to_lowercase();
    lower.split(|c: char| !c.is_alphabetic()).any(|word| {
        let begins = |beginning: &&str| word.starts_with(*beginning);
        word == "up" || word == "off" || GAINS.iter().chain(LOSSES).any(begins)
    })
}

/// How far from a byte the sentence names a period, if it does.
pub(super) fn distance(sentence: &str, at: usize, period: Period) -> Option<usize> {
    let lower = sentence.to_ascii_lowercase();
    let nearest = |text: &str, words: &[&str]| {
        let places = words.iter().flat_map(|word| text.match_indices(word));
        places.map(|(place, _)| place.abs_diff(at)).min()
    };
    let of = |grain: Grain| match grain {
        Grain::Day => &["today", "yesterday", "session", " day"][..],
        Grain::Week => &["week"],
        Grain::Month => &["month"],
        Grain::Quarter => &["quarter", "q1", "q2", "q3", "q4"],
        Grain::Half => &["half"],
        Grain::Year => &["year", "ytd", "annual"],
    };
    let month = |day: Date| {
        let forms = ["%B", "%b. ", "%b "].map(|form| day.strftime(form).to_string());
        forms.iter().filter_map(|form| nearest(sentence, &[form])).min()
    };
    match period {
        Period::Calendar(p) | Period::At(p) if p.grain == Grain::Day => {
            let day = p.first_day();
            let forms = ["%A", "%-m/%-d/%Y", "%F"].map(|form| day.strftime(form).to_string());
            nearest(sentence, &forms.each_ref().map(String::as_str))
                .or_else(|| month(day))
                .or_else(|| nearest(&lower, of(Grain::Day)))
        }
        Period::Calendar(p) | Period::At(p) if p.grain == Grain::Month => month(p.first_day()),
        Period::Calendar(p) | Period::At(p) if p.grain == Grain::Year => {
            nearest(sentence, &[&p.first_day().year().to_string()])
                .or_else(|| nearest(&lower, of(Grain::Year)))
        }
        Period::Calendar(p) => nearest(&lower, of(p.grain)),
        Period::Between(..) => nearest(&lower, &["low", "bottom", "trough", "peak", "high"]),
        Period::ToDate(Grain::Month, day) => month(day).or_else(|| nearest(&lower, &["month"])),
        Period::ToDate(Grain::Year, day) => nearest(&lower, of(Grain::Year))
            .or_else(|| nearest(sentence, &[&day.year().to_string()])),
        Period::ToDate(grain, _) => nearest(&lower, of(grain)),
        Period::Trailing(..) => nearest(&lower, &["month", "year", "quarter", "annual"]),
        Period::At(_)
        | Period::Forward(_)
        | Period::Rolling(..)
        | Period::Each(_)
        | Period::AtEach(_) => None,
    }
}

fn contains(text: &str, words: &[&str]) -> bool {
    let text = text.to_lowercase();
    words.iter().any(|word| text.contains(word))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn indexes_by_what_they_are() {
        assert!(described("The small-cap benchmark rose", "RUT"));
        assert!(described("a tech-heavy gauge", "IXIC"));
        assert!(!described("The small-cap benchmark rose", "SPX"));
        assert!(!described("small-cap managers beat their index", "RUT"));
    }

    #[test]
    fn times_that_a_sentence_names() {
        let named = |text, period: &str| distance(text, 0, period.parse().unwrap()).is_some();
        assert!(named("prices rose in the year to May", "@2022-05"));
        assert!(!named("prices rose in the year to May", "@2022-04"));
        assert!(named("in 2008 as a whole", "@2008"));
    }
}
