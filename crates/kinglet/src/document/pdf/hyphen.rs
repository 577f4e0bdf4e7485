//! Hyphens at the ends of lines: those that part a word for want of room, and those that belong to
//! it.

use std::collections::BTreeSet;

/// First parts of words that are written with a hyphen: `small-cap`, `year-to-date`.
const FIRST: &str = "small|large|mid|mega|micro|big|blue|year|month|week|day|quarter|decade|high|\
    low|long|short|near|medium|non|pre|post|ex|price|market|cap|basis|rate|risk|half|first|second|\
    third|fourth|fifth|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|twenty|\
    thirty|forty|fifty|sixty|seventy|eighty|ninety|double|triple|single|all|well|value|growth|tech|\
    inflation|interest|earnings|profit|cash|debt|equity|index|dollar|percentage|multi|record|\
    forward|trailing|better|worse|higher|lower|longer|shorter|best|worst|to|of|by|over|in|on|up|\
    off|after|third-quarter|fund|stock|sector|industry|so|self|cross|broad|free|full|old|new|top|\
    bottom|back|still|ever|much|less|more|early|late|mid-year|back-to|out-of|month-to|year-to|\
    quarter-to|week-to|year-over|year-on|quarter-over|month-over|run|set|add|buy|sell|pull|draw";

/// The words of a document, which tell how it writes a word that a line parts.
#[derive(Debug, Default)]
pub(super) struct Vocabulary(BTreeSet<String>);

impl Vocabulary {
    pub(super) fn add(&mut self, line: &str) {
        let words = line.split_whitespace().map(bare).filter(|word| !word.is_empty());
        // what a line parts itself is no witness
        self.0.extend(words.filter(|word| !word.ends_with('-')));
    }

    /// The bytes of a line without the hyphen at its end, where the next line ends its word.
    pub(super) fn parted(&self, line: &str, next: &str) -> Option<usize> {
        let cut = line.strip_suffix(['-', '\u{2010}', '\u{ad}'])?;
        let next = next.split_whitespace().next()?;
        if !cut.ends_with(char::is_alphabetic) || !next.starts_with(char::is_lowercase) {
            return None;
        }
        if line.ends_with('\u{ad}') {
            return Some(cut.len());
        }
        let first = bare(cut.split_whitespace().next_back()?);
        let next = bare(next);
        let one = self.0.contains(&format!("{first}{next}"));
        let hyphened = self.0.contains(&format!("{first}-{next}"));
        let known = FIRST.split('|').any(|word| word == first);
        (one || !hyphened && !known).then_some(cut.len())
    }

    /// Whether the hyphen at the end of a line belongs to a word that the next line ends.
    pub(super) fn goes_on(line: &str, next: &str) -> bool {
        let hyphened = line.strip_suffix(['-', '\u{2010}', '\u{ad}', '/', '–']);
        hyphened.is_some_and(|cut| cut.ends_with(char::is_alphanumeric))
            && next.starts_with(char::is_alphanumeric)
    }
}

fn bare(word: &str) -> String {
    word.trim_matches(|c: char| !c.is_alphanumeric() && c != '-').to_lowercase()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hyphens_at_the_ends_of_lines() {
        let mut words = Vocabulary::default();
        words.add("The co-movement of stocks outperforms a benchmark.");
        let joined = |line: &str, next: &str| match words.parted(line, next) {
            Some(cut) => format!("{}{next}", &line[..cut]),
            None => format!("{line}{next}"),
        };
        assert_eq!(joined("the out-", "performance of"), "the outperformance of");
        assert_eq!(joined("their co-", "movement rose"), "their co-movement rose");
        assert_eq!(joined("a bench-", "mark."), "a benchmark.");
        assert_eq!(joined("four-", "month streak"), "four-month streak");
        assert_eq!(joined("Small-", "cap stocks"), "Small-cap stocks");
        assert_eq!(joined("25-", "basis-point"), "25-basis-point");
        assert_eq!(joined("(year-to-", "date)"), "(year-to-date)");
        assert_eq!(joined("soft\u{ad}", "ware"), "software");
    }
}
