//! Texts that somebody else wrote for a note, in TOML: personas and house files. They are foreign,
//! and every fault is said with its line.

use std::ops::Range;

use kinglet_core::diagnostic::{Code, Diagnostic, Span, nearest};
use serde::de::DeserializeOwned;
use toml::Spanned;

use crate::lens;
use crate::render::plain::{acts, visible};

/// The largest file that is read, in bytes.
pub const SIZE_MAX: usize = 64 << 10;

/// The longest text, in characters.
const TEXT_MAX: usize = 2_000;

/// A file in TOML, as it was read.
#[derive(Clone, Copy, Debug)]
pub(super) struct Authored<'a> {
    /// How it is called in messages.
    pub(super) name: &'a str,
    /// What it holds.
    pub(super) text: &'a str,
}

impl Authored<'_> {
    /// What it says, with a place for each fault.
    ///
    /// # Errors
    /// `House` where it is too large, no TOML, or has keys or types that it may not have.
    pub(super) fn read<T: DeserializeOwned>(self) -> Result<T, Diagnostic> {
        if self.text.len() > SIZE_MAX {
            let message = format!("{} is larger than {} kB", self.name, SIZE_MAX >> 10);
            return Err(Diagnostic::new(Code::House, message));
        }
        toml::from_str(self.text).map_err(|error| {
            let first = error.message().lines().next().unwrap_or("it is not TOML");
            self.refusal(first, error.span().unwrap_or_default())
        })
    }

    /// A text of it: not empty, not too long, and nothing in it that could act.
    ///
    /// # Errors
    /// `House` with the line.
    pub(super) fn checked(self, text: &Spanned<String>) -> Result<String, Diagnostic> {
        let words = text.get_ref().split_whitespace().collect::<Vec<_>>().join(" ");
        let hidden = |c: char| c.is_control() || acts(c);
        let fault = if words.is_empty() {
            "a text is empty; a text that must stand can be replaced, not removed"
        } else if words.chars().count() > TEXT_MAX {
            "a text is longer than 2000 characters"
        } else if words.contains(['<', '>', '[', ']', '|', '*', '`', '\\']) {
            "a text has markup, which has no place here"
        } else if words.contains(hidden) {
            "a text has control characters"
        } else {
            return Ok(words);
        };
        Err(self.refusal(fault, text.span()))
    }

    /// A text of it that stands among the figures of a note, and so may have no numeral.
    ///
    /// # Errors
    /// `House` with the line.
    pub(super) fn wordy(self, text: &Spanned<String>) -> Result<String, Diagnostic> {
        let words = self.checked(text)?;
        if !words.contains(char::is_numeric) {
            return Ok(words);
        }
        let fault = "a text has a numeral, and in a note every numeral is the answer of a query";
        Err(self.refusal(fault, text.span()))
    }

    /// The id of a section that notes can have.
    ///
    /// # Errors
    /// `House` with the line, and the nearest id.
    pub(super) fn section(self, id: &str, range: Range<usize>) -> Result<String, Diagnostic> {
        let lenses = lens::shipped();
        let lenses = lenses.rules().lenses.iter().map(|rule| rule.name.as_str());
        let known: Vec<&str> = SECTIONS.into_iter().chain(lenses).collect();
        if known.contains(&id) {
            return Ok(id.to_owned());
        }
        let refusal = self.refusal(&format!("no section is called `{}`", visible(id)), range);
        let refusal = refusal.note(format!("there are: {}", known.join(", ")));
        Err(match nearest(id, known) {
            Some(near) => refusal.hint(format!("did you mean `{near}`?")),
            None => refusal,
        })
    }

    /// What is wrong, and in which line.
    pub(super) fn refusal(self, fault: &str, range: Range<usize>) -> Diagnostic {
        let before = self.text.get(..range.start).unwrap_or_default();
        let start = before.rfind('\n').map_or(0, |at| at + 1);
        let line = self.text.get(start..).and_then(|rest| rest.lines().next()).unwrap_or_default();
        let end = range.end.min(start + line.len()).max(range.start);
        let diagnostic = Diagnostic::new(Code::House, format!("{}: {fault}", self.name))
            .note(format!("line {}", before.matches('\n').count() + 1));
        match line.chars().count() <= LINE_MAX && !line.contains(char::is_control) {
            true => diagnostic.subject(line).at(Span::new(range.start - start, end - start)),
            false => diagnostic,
        }
    }
}

/// The sections of notes, beside one for each lens.
const SECTIONS: [&str; 9] = [
    "summary",
    "lenses",
    "case-for",
    "case-against",
    "returns",
    "history",
    "implication",
    "change",
    "method",
];

/// A longer line is not shown.
const LINE_MAX: usize = 200;
