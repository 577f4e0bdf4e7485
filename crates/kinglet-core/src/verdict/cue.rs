//! Words of a sentence that decide what kind of price is meant.

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
];

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

/// Whether the article was written while the market was open.
pub(super) fn market_open(article: &str) -> bool {
    contains(article, OPEN)
}

/// Whether the sentence speaks of records, which a run of gains does not show.
pub(super) fn record(sentence: &str) -> bool {
    contains(sentence, &["record", "all-time", "closing high"])
}

/// Whether the high that the sentence speaks of is the highest ever.
pub(super) fn all_time(sentence: &str) -> bool {
    contains(sentence, &["record", "all-time"])
}

fn contains(text: &str, words: &[&str]) -> bool {
    let text = text.to_lowercase();
    words.iter().any(|word| text.contains(word))
}
