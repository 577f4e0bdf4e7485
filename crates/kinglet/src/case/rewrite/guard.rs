//! What a reworded passage must keep to: the same marks in the same order, no number, name, cause,
//! forecast or advice that the plain one has not, every figure pointing the same way.

use super::mask::{Masked, mark};
use super::words::{Way, is_guarded, is_opener, is_quantity, way};

/// What stands for a mark once the marks are counted.
const MARK: char = '\u{27e6}';

/// Punctuation that any sentence may have.
const PUNCTUATION: &str = " ,.;:'\u{2019}-\u{2013}\u{2014}()\u{201c}\u{201d}";

/// Checks a rewording.
///
/// # Errors
/// What it does that it may not.
pub(super) fn check(plain: &Masked, reworded: &str) -> Result<(), &'static str> {
    let new = unnumbered(reworded, plain.marks()).ok_or("a mark is lost, doubled or moved")?;
    let old = unnumbered(&plain.text, plain.marks()).ok_or("a mark is lost, doubled or moved")?;
    let foreign = |c: char| {
        !(c.is_ascii_alphabetic() || c == MARK || PUNCTUATION.contains(c) || old.contains(c))
    };
    if new.contains(foreign) || new.contains("  ") || new.trim() != new {
        return Err("it has characters that no sentence needs");
    }
    if touching(&new, &old) {
        return Err("a mark touches a word");
    }
    let (words, before) = (Words::of(&new), Words::of(&old));
    if words.all.len() > before.all.len() * 3 / 2 + 6 || 2 * words.all.len() < before.all.len() {
        return Err("it is much longer or shorter");
    }
    if words.all.iter().any(|word| is_quantity(word)) {
        return Err("it has a number of its own");
    }
    if names(&new).any(|name| !is_opener(&name) && !before.all.contains(&name.to_lowercase())) {
        return Err("it has a name of its own");
    }
    if !same_way(&words.ways, &before.ways) {
        return Err("a figure points another way");
    }
    if words.guarded() != before.guarded() {
        return Err("it is surer, less sure, or claims a cause");
    }
    let full = |text: &str| text.ends_with(['.', '\u{27e6}']) && text.contains('.');
    match full(&old) && !new.ends_with('.') {
        true => Err("it breaks off"),
        false => Ok(()),
    }
}

/// The text with each mark as one character; none unless they are all there, in order.
fn unnumbered(text: &str, marks: usize) -> Option<String> {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    for number in 1..=marks {
        let (before, after) = rest.split_once(&mark(number))?;
        out.push_str(before);
        out.push('\0');
        rest = after;
    }
    out.push_str(rest);
    let stray = out.contains([MARK, '\u{27e7}']) || out.matches('\0').count() != marks;
    (!stray).then(|| out.replace('\0', "\u{27e6}"))
}

/// Whether a mark has a neighbour that could belong to its number and that it did not have.
fn touching(new: &str, old: &str) -> bool {
    let sides = |text: &str| -> Vec<(Option<char>, Option<char>)> {
        let marks = text.match_indices(MARK);
        let side = |(at, found): (usize, &str)| {
            (text[..at].chars().next_back(), text[at + found.len()..].chars().next())
        };
        marks.map(side).collect()
    };
    let before = |c: Option<char>| c.is_none_or(|c| " (\u{201c}\u{2014}".contains(c));
    let after = |c: Option<char>| c.is_none_or(|c| " ,.;:)'\u{2019}\u{201d}\u{2014}".contains(c));
    sides(new)
        .iter()
        .zip(sides(old))
        .any(|(new, old)| !(before(new.0) || new.0 == old.0) || !(after(new.1) || new.1 == old.1))
}

struct Words {
    /// In lower case.
    all: Vec<String>,
    /// Which way figures go, and after how many marks that is said.
    ways: Vec<(Way, usize)>,
}

impl Words {
    fn of(text: &str) -> Words {
        let (mut all, mut ways, mut marks) = (Vec::new(), Vec::new(), 0);
        for part in text.split_inclusive(|c: char| !c.is_alphabetic()) {
            let word = part.trim_end_matches(|c: char| !c.is_alphabetic()).to_lowercase();
            ways.extend(way(&word).map(|way| (way, marks)));
            marks += part.matches(MARK).count();
            all.extend(Some(word).filter(|word| !word.is_empty()));
        }
        Words { all, ways }
    }

    /// Those that must stand as often as before, in alphabetical order.
    fn guarded(&self) -> Vec<&str> {
        let guarded = self.all.iter().map(String::as_str).filter(|word| is_guarded(word));
        let mut guarded: Vec<&str> = guarded.collect();
        guarded.sort_unstable();
        guarded
    }
}

/// The words with a capital letter, in lower case; one with a second capital is no opener.
fn names(text: &str) -> impl Iterator<Item = String> {
    let mut begins = true;
    let words = text.split_inclusive(|c: char| !c.is_alphabetic()).map(move |part| {
        let word = part.trim_end_matches(|c: char| !c.is_alphabetic());
        let first = begins;
        if !word.is_empty() || part.contains(MARK) {
            begins = false;
        }
        begins |= part.ends_with(['.', ':']);
        let capitals = word.chars().filter(|c| c.is_uppercase()).count();
        match (capitals, first && word.starts_with(char::is_uppercase)) {
            (0, _) => None,
            (1, true) => Some(word.to_lowercase()),
            _ => Some(word.to_owned()),
        }
    });
    words.flatten()
}

/// Whether figures go the same ways in the same order, each said beside the same mark.
fn same_way(new: &[(Way, usize)], old: &[(Way, usize)]) -> bool {
    new.len() == old.len()
        && new.iter().zip(old).all(|(new, old)| new.0 == old.0 && new.1.abs_diff(old.1) <= 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// `In ⟦1⟧ the ⟦2⟧ rose ⟦3⟧ while the ⟦4⟧ fell ⟦5⟧.`
    const PLAIN: &str = "In August 2025 the Russell 2000 rose 7.0% while the S&P 500 fell 1.9%.";

    fn verdict(text: &str) -> Result<(), &'static str> {
        check(&Masked::of(&PLAIN.into()), text)
    }

    #[test]
    fn other_words_are_welcome() {
        for text in [
            "In ⟦1⟧ the ⟦2⟧ rose ⟦3⟧ while the ⟦4⟧ fell ⟦5⟧.",
            "In ⟦1⟧ the ⟦2⟧ looked back on a climb of ⟦3⟧; the ⟦4⟧ dropped ⟦5⟧.",
            "In ⟦1⟧, the ⟦2⟧ gained ⟦3⟧. The ⟦4⟧, in contrast, lost ⟦5⟧.",
        ] {
            assert_eq!(verdict(text), Ok(()), "{text}");
        }
    }

    #[test]
    fn what_changes_the_meaning_is_refused() {
        for (text, fault) in [
            ("In ⟦1⟧ the ⟦2⟧ rose while the ⟦4⟧ fell ⟦5⟧.", "a mark is lost"),
            ("In ⟦1⟧ the ⟦4⟧ rose ⟦3⟧ while the ⟦2⟧ fell ⟦5⟧.", "a mark is lost"),
            ("In ⟦1⟧ the ⟦2⟧ rose ⟦3⟧ while the ⟦4⟧ fell ⟦5⟧ ⟦5⟧.", "a mark is lost"),
            ("In ⟦1⟧ the ⟦2⟧ rose ⟦3⟧ while the ⟦4⟧ fell ⟦5⟧ ⟦6⟧.", "a mark is lost"),
            ("In ⟦1⟧ the ⟦2⟧ fell ⟦3⟧ while the ⟦4⟧ rose ⟦5⟧.", "points another way"),
            ("In ⟦1⟧ the ⟦2⟧ moved ⟦3⟧ while the ⟦4⟧ fell ⟦5⟧.", "points another way"),
            ("In ⟦1⟧ the ⟦2⟧ rose ⟦3⟧, doubled, while the ⟦4⟧ fell ⟦5⟧.", "a number of its own"),
            ("In ⟦1⟧ the ⟦2⟧ rose ⟦3⟧ million while the ⟦4⟧ fell ⟦5⟧.", "a number of its own"),
            ("In ⟦1⟧ the ⟦2⟧ rose ⟦3⟧-ish while the ⟦4⟧ fell ⟦5⟧.", "touches a word"),
            ("In ⟦1⟧ the ⟦2⟧ rose ⟦3⟧ while the ⟦4⟧ fell ⟦5⟧ and 9%.", "characters"),
            ("In ⟦1⟧ the ⟦2⟧ rose <b>⟦3⟧</b> while the ⟦4⟧ fell ⟦5⟧.", "characters"),
            ("In ⟦1⟧ the ⟦2⟧ rose ⟦3⟧ [x](y) while the ⟦4⟧ fell ⟦5⟧.", "characters"),
            ("In ⟦1⟧ the ⟦2⟧ rose ⟦3⟧ while the ⟦4⟧ and Nvidia fell ⟦5⟧.", "a name of its own"),
            ("Nvidia: in ⟦1⟧ the ⟦2⟧ rose ⟦3⟧ while the ⟦4⟧ fell ⟦5⟧.", "a name of its own"),
            ("In ⟦1⟧ the ⟦2⟧ rose ⟦3⟧ because the ⟦4⟧ fell ⟦5⟧.", "claims a cause"),
            ("In ⟦1⟧ the ⟦2⟧ rose nearly ⟦3⟧ while the ⟦4⟧ fell ⟦5⟧.", "surer"),
            ("In ⟦1⟧ the ⟦2⟧ rose ⟦3⟧ while the ⟦4⟧ fell ⟦5⟧", "breaks off"),
            ("⟦1⟧⟦2⟧⟦3⟧⟦4⟧⟦5⟧", "touches a word"),
        ] {
            let refused = verdict(text).expect_err(text);
            assert!(refused.contains(fault), "{text}: {refused}");
        }
    }
}
