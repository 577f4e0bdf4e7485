//! Parts of a text: sentences, clauses, words, and the numbers among them.

use std::ops::Range;

use crate::article::number_word;
use crate::identity::Entity;
use crate::metrics::statistics::month_of_year::MONTHS;
use crate::time::Grain;

/// The clause around a byte of a sentence.
pub(in super::super) fn clause(sentence: &str, at: usize) -> &str {
    sentence.get(clause_range(sentence, at)).unwrap_or_default()
}

/// Where the clause around a byte of a sentence stands.
pub(in super::super) fn clause_range(sentence: &str, at: usize) -> Range<usize> {
    let ends = [", ", "; ", ". ", "(", ")", ": "];
    let before = sentence.get(..at).unwrap_or_default();
    let from = ends.iter().filter_map(|end| Some(before.rfind(end)? + end.len())).max();
    let after = sentence.get(at..).unwrap_or_default();
    let to = ends.iter().filter_map(|end| after.find(end)).min();
    from.unwrap_or(0)..to.map_or(sentence.len(), |to| at + to)
}

/// The part of a clause around a byte that no `and` divides.
pub(in super::super) fn phrase(sentence: &str, at: usize) -> &str {
    const AND: &str = " and ";
    let clause = clause_range(sentence, at);
    let before = sentence.get(clause.start..at).and_then(|words| words.rfind(AND));
    let after = sentence.get(at..clause.end).and_then(|words| words.find(AND));
    let from = before.map_or(clause.start, |place| clause.start + place + AND.len());
    let to = after.map_or(clause.end, |place| at + place);
    sentence.get(from..to).unwrap_or_default()
}

/// The sentences of an article, roughly, with where they start.
pub(in super::super) fn sentences(text: &str) -> impl Iterator<Item = (usize, &str)> {
    let mut at = 0;
    text.split_inclusive(['\n', '?', '!']).flat_map(|line| line.split_inclusive(". ")).map(
        move |sentence| {
            let start = at;
            at += sentence.len();
            (start, sentence)
        },
    )
}

/// Which of some entities a text names last.
pub(in super::super) fn last_named<'c>(text: &str, codes: &[&'c str]) -> Option<&'c str> {
    let text = text.to_lowercase();
    let last = |code: &str| {
        let known = Entity::new(code).known()?;
        let name = text.rfind(&known.name.to_lowercase());
        known.aliases.iter().filter_map(|alias| text.rfind(alias)).chain(name).max()
    };
    codes.iter().filter_map(|code| Some((last(code)?, *code))).max().map(|(_, code)| code)
}

/// The words of a text, each with where it starts.
pub(in super::super) fn words(text: &str) -> impl Iterator<Item = (usize, &str)> {
    let mut at = 0;
    std::iter::from_fn(move || {
        let rest = text.get(at..)?;
        let start = at + rest.find(char::is_alphanumeric)?;
        let word = text.get(start..)?;
        let end = word.find(|c: char| !c.is_alphanumeric()).unwrap_or(word.len());
        at = start + end;
        Some((start, &word[..end]))
    })
}

/// A number in digits, or a small one in words.
pub(in super::super) fn number(word: &str) -> Option<f64> {
    number_word(word).or_else(|| word.parse().ok().filter(|value: &f64| value.is_finite()))
}

/// Whether a word is the name of a month.
pub(in super::super) fn is_month(word: &str) -> bool {
    MONTHS.iter().any(|month| word.eq_ignore_ascii_case(month))
}

/// The size of the units of time that a word names: `day`, `weeks`, `monthly`.
pub(in super::super) fn size(word: &str) -> Option<Grain> {
    Some(match word {
        "day" | "days" | "session" | "sessions" | "daily" => Grain::Day,
        "week" | "weeks" | "weekly" => Grain::Week,
        "month" | "months" | "monthly" => Grain::Month,
        "quarter" | "quarters" | "quarterly" => Grain::Quarter,
        "half" => Grain::Half,
        "year" | "years" | "yearly" | "annual" => Grain::Year,
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn clauses_and_phrases() {
        let text = "In May, when it rose for the third time and fell twice (on average), it was up";
        let at = |word: &str| text.find(word).unwrap();
        assert_eq!(clause(text, at("third")), "when it rose for the third time and fell twice ");
        assert_eq!(phrase(text, at("third")), "when it rose for the third time");
        assert_eq!(phrase(text, at("twice")), "fell twice ");
        assert_eq!(clause(text, at("up")), "it was up");
    }
}
