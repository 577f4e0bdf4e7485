//! A passage in which everything that may not change is a mark: `The ⟦1⟧ rose ⟦2⟧ in ⟦3⟧.`

use kinglet_core::identity::KNOWN;
use kinglet_core::note::{Piece, Prose};

use super::words::is_quantity;

/// A passage with marks, and what stands behind them.
#[derive(Debug)]
pub(super) struct Masked {
    /// The words, with marks from 1 on.
    pub(super) text: String,
    /// What each mark stands for.
    kept: Vec<Piece>,
    /// Where the last mark ends, if it is of words.
    last: Option<usize>,
}

impl Masked {
    /// Puts figures, dates, names and numbers in words behind marks.
    pub(super) fn of(prose: &Prose) -> Masked {
        let mut masked = Masked { text: String::new(), kept: Vec::new(), last: None };
        for piece in &prose.0 {
            match piece {
                Piece::Text(text) => masked.words(text),
                other => {
                    masked.kept.push(other.clone());
                    masked.text += &mark(masked.kept.len());
                    masked.last = None;
                }
            }
        }
        masked
    }

    /// How many marks there are.
    pub(super) fn marks(&self) -> usize {
        self.kept.len()
    }

    fn words(&mut self, text: &str) {
        let mut rest = text;
        while !rest.is_empty() {
            let word_end = rest.find(char::is_whitespace).unwrap_or(rest.len());
            if let Some(name) = name_at(rest) {
                self.keep(name);
                rest = &rest[name.len()..];
            } else if word_end == 0 {
                let end = rest.find(|c: char| !c.is_whitespace()).unwrap_or(rest.len());
                self.text.push_str(&rest[..end]);
                rest = &rest[end..];
            } else {
                self.word(&rest[..word_end]);
                rest = &rest[word_end..];
            }
        }
    }

    fn word(&mut self, word: &str) {
        let punctuation = |c: char| !c.is_alphanumeric();
        let core = word.trim_matches(punctuation);
        if core.is_empty() || !self.must_stay(core) {
            self.text.push_str(word);
            return;
        }
        let start = word.len() - word.trim_start_matches(punctuation).len();
        self.text.push_str(&word[..start]);
        self.keep(core);
        self.text.push_str(&word[start + core.len()..]);
    }

    fn must_stay(&self, word: &str) -> bool {
        let before = self.text.trim_end();
        let begins = before.is_empty() || before.ends_with(['.', '?', '!', ':']);
        word.contains(|c: char| c.is_numeric())
            || is_quantity(word)
            || (!begins && word.starts_with(char::is_uppercase))
    }

    /// Puts words behind a mark, that before them if nothing stands between: `August 28, 2025`.
    fn keep(&mut self, words: &str) {
        let between = self.last.map(|end| self.text[end..].to_owned());
        if let (Some(between), Some(Piece::Text(kept))) = (between, self.kept.last_mut())
            && matches!(between.as_str(), " " | ", ")
        {
            kept.push_str(&between);
            kept.push_str(words);
            self.text.truncate(self.text.len() - between.len());
        } else {
            self.kept.push(Piece::Text(words.to_owned()));
            self.text += &mark(self.kept.len());
        }
        self.last = Some(self.text.len());
    }

    /// The passage with what stands behind the marks.
    pub(super) fn revealed(&self, text: &str) -> Prose {
        let mut prose = Prose::default();
        let mut rest = text;
        for (number, piece) in (1..).zip(&self.kept) {
            let Some((before, after)) = rest.split_once(&mark(number)) else { break };
            prose.push(before);
            prose.push(Prose(vec![piece.clone()]));
            rest = after;
        }
        prose.push(rest);
        prose.0.retain(|piece| !matches!(piece, Piece::Text(text) if text.is_empty()));
        prose
    }
}

/// `⟦3⟧`
pub(super) fn mark(number: usize) -> String {
    format!("\u{27e6}{number}\u{27e7}")
}

/// The longest known name with which a text begins.
fn name_at(text: &str) -> Option<&'static str> {
    let ends = |name: &str| !text[name.len()..].starts_with(char::is_alphanumeric);
    let names = KNOWN.iter().map(|known| known.name);
    names.filter(|name| text.starts_with(name) && ends(name)).max_by_key(|name| name.len())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn masked(text: &str) -> String {
        Masked::of(&text.into()).text
    }

    #[test]
    fn what_may_not_change_is_a_mark() {
        assert_eq!(
            masked("On August 28, 2025, the S&P 500 beat the Russell 2000 twice."),
            "On ⟦1⟧, the ⟦2⟧ beat the ⟦3⟧."
        );
        assert_eq!(masked("Russell 2000's gain, in the second quarter"), "⟦1⟧'s gain, in the ⟦2⟧");
        assert_eq!(masked("Small caps. The 10-year Treasury"), "Small caps. The ⟦1⟧");
    }

    #[test]
    fn nothing_is_lost_behind_marks() {
        for text in ["In August 2025 the Fed cut by a quarter.", "", "No mark.", "(S&P 500)"] {
            let masked = Masked::of(&text.into());
            assert_eq!(masked.revealed(&masked.text).text(), text);
        }
    }
}
