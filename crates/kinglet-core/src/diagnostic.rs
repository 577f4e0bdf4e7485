//! What is wrong, where, and how to mend it: one type for every message that a user sees.

use std::fmt;

macro_rules! codes {
    ($($(#[$doc:meta])* $name:ident = $code:literal, $exit:ident;)*) => {
        /// Stable code of a diagnostic; hundreds by area: 01 queries and arguments, 02 data,
        /// 03 computation, 04 articles and notes, 05 the store, 06 allocation.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum Code { $($(#[$doc])* $name,)* }

        impl Code {
            /// Every code, in order.
            pub const ALL: &'static [Code] = &[$(Code::$name,)*];

            /// The printed code, such as `K0102`.
            pub fn as_str(self) -> &'static str {
                match self { $(Code::$name => $code,)* }
            }

            /// The exit status of a process that ends with this diagnostic.
            pub fn exit(self) -> Exit {
                match self { $(Code::$name => Exit::$exit,)* }
            }
        }
    };
}

codes! {
    /// The text is not a query: unexpected character or token.
    Syntax = "K0101", Usage;
    /// No definition, parameter, choice or entity of this name.
    UnknownName = "K0102", Usage;
    /// An argument is missing, doubled or of the wrong kind.
    Argument = "K0103", Usage;
    /// Units do not fit: a percent and a level were added, say.
    Unit = "K0104", Usage;
    /// A period or date that does not exist or cannot be read.
    Period = "K0105", Usage;
    /// A definition that needs a family of periods got none, or the other way round.
    Family = "K0106", Usage;
    /// The command line does not make sense as a whole.
    Usage = "K0107", Usage;
    /// No such file, or it cannot be read.
    File = "K0201", Input;
    /// A file whose layout is not recognised.
    Layout = "K0202", Input;
    /// A row of a file that cannot be taken: file, line, column and reason.
    Row = "K0203", Input;
    /// A query has no value on these data.
    Undefined = "K0301", Missing;
    /// An article that is empty or not text.
    Article = "K0401", Input;
    /// A note failed its own review and was not published.
    Review = "K0402", Internal;
    /// A file that is too large, damaged or of a format that is not read.
    Document = "K0403", Input;
    /// A persona or a house file that cannot be used.
    House = "K0405", Input;
    /// A file that is no note of kinglet, or a damaged one.
    Note = "K0406", Input;
    /// A program or a part of kinglet that would print or speak a note is not there.
    Tool = "K0407", Missing;
    /// The lake does not exist or is not a lake.
    NoLake = "K0501", Missing;
    /// The lake was written by a newer format.
    LakeFormat = "K0502", Input;
    /// A file of the lake is damaged.
    LakeDamaged = "K0503", Input;
    /// The lake has no such version.
    LakeVersion = "K0504", Usage;
    /// The lake or an output cannot be written: full disk, permissions.
    Write = "K0505", Input;
    /// Another import published first.
    Conflict = "K0506", Input;
    /// SQL that DataFusion refuses.
    Sql = "K0507", Usage;
    /// Returns or prices from which nothing can be estimated.
    Returns = "K0601", Input;
    /// A constraint, a rule or a view that makes no sense.
    Constraint = "K0602", Input;
    /// No weights satisfy all constraints.
    Infeasible = "K0603", Input;
    /// A defect of kinglet.
    Internal = "K0901", Internal;
}

/// Exit status of the process.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(u8)]
pub enum Exit {
    /// Done.
    Done = 0,
    /// The audit found wrong claims, with `--strict`; a recheck, figures to correct.
    WrongClaims = 1,
    /// Usage: the request does not make sense.
    Usage = 2,
    /// Data missing, or a query is undefined.
    Missing = 3,
    /// A defect of kinglet.
    Internal = 4,
    /// Invalid input, or an infeasible problem.
    Input = 5,
}

/// Byte range in a text, end exclusive.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, serde::Deserialize,
)]
pub struct Span {
    /// First byte.
    pub start: usize,
    /// One past the last byte.
    pub end: usize,
}

impl Span {
    /// The range `start..end`.
    pub fn new(start: usize, end: usize) -> Self {
        debug_assert!(start <= end);
        Span { start, end }
    }
}

/// A message to the user: one sentence that stands alone, then facts, then what to do.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Diagnostic {
    /// Stable code.
    pub code: Code,
    /// What is wrong, lower case, no full stop.
    pub message: String,
    /// What it is about: a query, a file, a definition.
    pub subject: Option<String>,
    /// Where in the subject.
    pub span: Option<Span>,
    /// Facts that help to understand.
    pub notes: Vec<String>,
    /// How to mend it.
    pub hints: Vec<String>,
}

impl Diagnostic {
    /// A diagnostic with a message alone.
    pub fn new(code: Code, message: impl Into<String>) -> Self {
        Diagnostic {
            code,
            message: message.into(),
            subject: None,
            span: None,
            notes: Vec::new(),
            hints: Vec::new(),
        }
    }

    /// Names the text or thing that the message is about.
    #[must_use]
    pub fn subject(mut self, subject: impl Into<String>) -> Self {
        self.subject = Some(subject.into());
        self
    }

    /// Points into the subject.
    #[must_use]
    pub fn at(mut self, span: Span) -> Self {
        self.span = Some(span);
        self
    }

    /// Adds a fact.
    #[must_use]
    pub fn note(mut self, note: impl Into<String>) -> Self {
        self.notes.push(note.into());
        self
    }

    /// Adds a remedy.
    #[must_use]
    pub fn hint(mut self, hint: impl Into<String>) -> Self {
        self.hints.push(hint.into());
        self
    }
}

/// The plain-text form, without colour:
/// `error[K0102]: message`, the subject with a caret line, notes and hints.
impl fmt::Display for Diagnostic {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "error[{}]: {}", self.code.as_str(), self.message)?;
        if let Some(subject) = &self.subject {
            write!(f, "\n  {subject}")?;
            if let Some(span) = self.span.filter(|_| !subject.contains('\n')) {
                let before = subject.get(..span.start).map_or(0, |s| s.chars().count());
                let width =
                    subject.get(span.start..span.end).map_or(1, |s| s.chars().count().max(1));
                write!(f, "\n  {:before$}{}", "", "^".repeat(width))?;
            }
        }
        for note in &self.notes {
            write!(f, "\n  = note: {note}")?;
        }
        for hint in &self.hints {
            write!(f, "\n  = hint: {hint}")?;
        }
        Ok(())
    }
}

impl std::error::Error for Diagnostic {}

/// The known name nearest to `got`, for a hint: fewest edits, at most a third of its length.
pub fn nearest<'a>(got: &str, known: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let fold = |s: &str| s.to_lowercase().chars().collect::<Vec<_>>();
    let want = fold(got);
    let may_be_near = |name: &&str| {
        let lengths = (got.len(), name.len());
        let least = lengths.0.abs_diff(lengths.1);
        !(got.is_ascii() && name.is_ascii()) || least * 3 <= lengths.0.max(lengths.1) + 1
    };
    known
        .into_iter()
        .filter(may_be_near)
        .map(|name| (edits(&want, &fold(name)), name))
        .filter(|&(edits, name)| edits * 3 <= name.chars().count().max(want.len()) + 1)
        .min_by_key(|&(edits, _)| edits)
        .map(|(_, name)| name)
}

/// Levenshtein distance.
fn edits(a: &[char], b: &[char]) -> usize {
    let mut row: Vec<usize> = (0..=b.len()).collect();
    for (i, x) in a.iter().enumerate() {
        let mut diagonal = row[0];
        row[0] = i + 1;
        for (j, y) in b.iter().enumerate() {
            let substituted = diagonal + usize::from(x != y);
            diagonal = row[j + 1];
            row[j + 1] = substituted.min(row[j] + 1).min(diagonal + 1);
        }
    }
    row[b.len()]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nearest_name() {
        assert_eq!(nearest("retrun", ["level", "return"]), Some("return"));
        assert_eq!(nearest("xyz", ["level", "return"]), None);
        assert_eq!(nearest("policyrate", ["policy_rate", "yield"]), Some("policy_rate"));
    }

    #[test]
    fn printed_with_caret() {
        let d = Diagnostic::new(Code::UnknownName, "no definition is called `retrun`")
            .subject("retrun(RUT, 2025)")
            .at(Span::new(0, 6))
            .hint("did you mean `return`?");
        assert_eq!(
            d.to_string(),
            "error[K0102]: no definition is called `retrun`\n  retrun(RUT, 2025)\n  ^^^^^^\n  \
             = hint: did you mean `return`?"
        );
    }
}
