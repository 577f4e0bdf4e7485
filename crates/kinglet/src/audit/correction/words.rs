//! Numbers in words: "three straight months" becomes "four straight months".

use crate::numerals::{cardinal, ordinal};

/// From twenty on, ordinals are printed in digits.
const ORDINALS: std::ops::Range<u64> = 1..20;

/// A token that says `value` in words, with the right number in it. None where the right one is no
/// whole number below a hundred, or where a noun would have to change its number with it.
pub(in crate::audit) fn replaced(text: &str, value: f64, actual: f64) -> Option<String> {
    let [old, new] = [value, actual].map(|v| v.abs().round());
    let whole = (value.abs() - old).abs() < 1e-9 && (0.0..100.0).contains(&new) && old < 100.0;
    if !whole || old == new || new == 0.0 {
        return None;
    }
    let (old, new) = (old as u64, new as u64);
    let (at, length, is_ordinal) = find(text, old)?;
    let rest = text.get(at + length..)?;
    let hyphened = rest.starts_with(['-', '\u{2010}', '\u{2011}']);
    // one month, two months: the noun may stand outside of the token
    if !is_ordinal && !hyphened && (old == 1) != (new == 1) && !rest.trim_start().starts_with("per")
    {
        return None;
    }
    let word = if is_ordinal { ordinal_word(new)? } else { cardinal(new) };
    let word = match text.get(at..)?.starts_with(char::is_uppercase) {
        true => capitalised(&word),
        false => word,
    };
    Some(format!("{}{word}{rest}", text.get(..at)?))
}

/// Where a number stands in words: its byte, how long it is and whether it is an ordinal.
fn find(text: &str, number: u64) -> Option<(usize, usize, bool)> {
    let lower = text.to_ascii_lowercase();
    let ranked = ordinal_word(number).map(|word| (word, true));
    let forms = [ranked, Some((cardinal(number), false))];
    forms.into_iter().flatten().find_map(|(word, is_ordinal)| {
        let at = lower.find(&word)?;
        let before = lower.get(..at)?.ends_with(|c: char| c.is_alphanumeric() || c == '-');
        let behind = lower.get(at + word.len()..)?.starts_with(char::is_alphanumeric);
        (!before && !behind).then_some((at, word.len(), is_ordinal))
    })
}

fn ordinal_word(number: u64) -> Option<String> {
    ORDINALS.contains(&number).then(|| ordinal(number))
}

fn capitalised(word: &str) -> String {
    let mut chars = word.chars();
    chars.next().into_iter().flat_map(char::to_uppercase).chain(chars).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_keep_their_form() {
        let check = |text, value, actual, want| {
            assert_eq!(replaced(text, value, actual).as_deref(), want, "{text}");
        };
        check("three straight months", 3.0, 4.0, Some("four straight months"));
        check("Four-month", 4.0, 5.0, Some("Five-month"));
        check("seven percent", 7.0, 2.96, Some("three percent"));
        check("third", 3.0, 5.0, Some("fifth"));
        check("nineteen", 19.0, 21.0, Some("twenty-one"));
        check("twenty-one", 21.0, 30.0, Some("thirty"));
        check("one-month", 1.0, 3.0, Some("three-month"));
        check("one month", 1.0, 3.0, None);
        check("two months", 2.0, 1.0, None);
        check("seven percent", 7.0, 7.2, None);
        check("doubled", 2.0, 3.0, None);
        check("half a point", 0.5, 0.25, None);
        check("a dozen", 12.0, 13.0, None);
        check("seven percent", 7.0, 104.0, None);
    }
}
