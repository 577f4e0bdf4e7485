//! Words around counts of cases and of decisions.

use super::text::words;
use super::{GAINS, contains};

/// Whether the sentence speaks of a median.
pub(in super::super) fn median(sentence: &str) -> bool {
    contains(sentence, &["median"])
}

/// Whether a clause says that one is ahead of another.
pub(in super::super) fn ahead(clause: &str) -> bool {
    contains(clause, &["beat", "outperf", "outpac", "ahead of", "better than", "topped", "led the"])
}

/// Whether the words behind a count say that it is one of losses.
pub(in super::super) fn down(after: &str) -> bool {
    let lower = after.to_lowercase();
    let clause = lower.split([',', ';', '.', '(']).next().unwrap_or_default();
    clause
        .split(|c: char| !c.is_alphabetic())
        .take(4)
        .any(|w| matches!(w, "down" | "lower" | "fell"))
}

/// Whether the words speak of cases that are not those of the study, or of some of them.
pub(in super::super) fn of_other_cases(sentence: &str) -> bool {
    let words = [
        "all months",
        "any month",
        "all years",
        "all periods",
        "ordinary",
        "typical",
        "decade",
        "excluding",
        "apart from",
        "without",
        "of the last",
        "most recent",
        "strategist",
        "analyst",
        "according to",
    ];
    contains(sentence, &words)
}

/// Whether the sentence says itself of which cases it speaks: `when it rises in January`.
pub(in super::super) fn of_a_condition(sentence: &str) -> bool {
    words(sentence).any(|(_, word)| {
        ["when", "whenever", "if", "once"].iter().any(|c| word.eq_ignore_ascii_case(c))
    })
}

/// Whether a clause speaks of losses alone.
pub(in super::super) fn lost(clause: &str) -> bool {
    let lower = clause.to_lowercase();
    let begins = |beginnings: &[&str]| {
        words(&lower).any(|(_, word)| beginnings.iter().any(|b| word.starts_with(b)))
    };
    begins(&["fall", "fell", "declin", "drop", "negative"]) && !begins(GAINS)
}

/// Whether not all decisions of a period are counted, or others than those made.
pub(in super::super) fn of_some_decisions(sentence: &str) -> bool {
    let words = [
        "more",
        "cycle",
        "another",
        "further",
        "row",
        "consecutive",
        "straight",
        "since",
        "meetings",
        "expect",
        "priced",
        "would",
        "could",
        "may ",
        "might",
        "project",
        "forecast",
        "likely",
        "dissent",
        "remaining",
        "left",
        "hold",
        "held",
        "unchanged",
    ];
    contains(sentence, &words)
}

/// Whether the sentence speaks of cuts of a policy rate alone (or of rises alone).
pub(in super::super) fn eases(sentence: &str) -> Option<bool> {
    let down = contains(sentence, &["cut", "reduc", "lower", "eased", "easing"]);
    let up = contains(sentence, &["hike", "rais", "increas", "tighten"]);
    (down != up).then_some(down)
}
