//! What a recheck finds, as records.

use serde::Serialize;
use serde_json::Value;

use crate::wire::DataRecord;

/// `kinglet.recheck/1`
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Recheck {
    /// The headline of the note.
    pub headline: String,
    /// What the note was written from.
    pub written_from: DataRecord,
    /// What it is held against.
    pub data: DataRecord,
    /// How many figures it prints.
    pub figures: usize,
    /// How many queries they rest on.
    pub queries: usize,
    /// What is to be corrected: on what was public then the query gives something else.
    pub changed: Vec<ChangeRecord>,
    /// What is known otherwise since; on what was public then the note is right.
    pub since: Vec<ChangeRecord>,
    /// Name and number of this format.
    pub schema: &'static str,
}

/// A query that gives something else.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct ChangeRecord {
    /// Its number in the note.
    pub number: usize,
    /// The query.
    pub query: String,
    /// What was recorded.
    pub was: String,
    /// What it gives; null where it has no value.
    pub now: Option<String>,
    /// The recorded number in `unit`.
    pub value_was: Value,
    /// The number that it gives, in `unit`.
    pub value_now: Value,
    /// The unit.
    pub unit: String,
    /// Why, the weightiest reason first.
    pub why: Vec<ReasonRecord>,
    /// Where the note prints it.
    pub places: Vec<PlaceRecord>,
}

/// Why a query gives something else.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct ReasonRecord {
    /// For programs: `restated`, `definition`, `undefined`, `rows`, `period`, `printed`, `unit`,
    /// `unreadable`, `computed` or `later`.
    pub code: &'static str,
    /// For people: a clause.
    pub text: String,
}

/// A sentence that prints a figure.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct PlaceRecord {
    /// What stands there.
    pub printed: String,
    /// What would stand there; null where the sentence does not fit the value any more.
    pub should_be: Option<String>,
    /// The sentence as it stands.
    pub sentence: String,
    /// The sentence with what would stand there.
    pub corrected: Option<String>,
}

impl PlaceRecord {
    /// Whether something else would stand there.
    pub(super) fn differs(&self) -> bool {
        self.should_be.as_ref() != Some(&self.printed)
    }
}

impl ChangeRecord {
    /// Whether the text prints something else; a value may move by less than is printed.
    pub fn is_printed(&self) -> bool {
        self.places.is_empty() || self.places.iter().any(PlaceRecord::differs)
    }
}

impl Recheck {
    /// Whether a query gives something else on what was public then.
    pub fn is_changed(&self) -> bool {
        !self.changed.is_empty()
    }
}
