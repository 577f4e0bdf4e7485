//! What a check of the data finds.

use std::fmt;

use kinglet_core::time::Date;

/// What is odd.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Kind {
    /// A file of the lake is missing, changed or cannot be read.
    Damaged,
    /// Rows are not in the order of their table.
    Unsorted,
    /// Several rows with the same key in one version.
    Duplicate,
    /// A price that jumps by half or more and comes back the next session.
    Spike,
    /// The same price session after session.
    StaleRun,
    /// Sessions or periods without a value.
    Gap,
    /// Prices of days on which the exchange was closed.
    NoSession,
}

impl Kind {
    /// The word for it.
    pub fn name(self) -> &'static str {
        match self {
            Kind::Damaged => "damaged",
            Kind::Unsorted => "unsorted",
            Kind::Duplicate => "duplicate",
            Kind::Spike => "spike",
            Kind::StaleRun => "stale_run",
            Kind::Gap => "gap",
            Kind::NoSession => "no_session",
        }
    }
}

impl fmt::Display for Kind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

/// Something odd.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Finding {
    /// What kind of thing.
    pub kind: Kind,
    /// The file, or the id.
    pub subject: String,
    /// Where it begins.
    pub date: Option<Date>,
    /// In words.
    pub fact: String,
}
