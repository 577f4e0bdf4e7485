//! What a query returns: a value with its unit, the period used, the rows it rests on and what the
//! reader should know; or the reason why there is none.

use std::fmt;
use std::sync::Arc;

use crate::quantity::{Quantity, Spelling, Unit};
use crate::time::{Date, Interval};

/// Why a query has no value: a stable code and a sentence.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Undefined {
    /// Stable, for programs: `no_series`, `outside_coverage`, `zero_variance` …
    pub code: &'static str,
    /// For people: lower case, no full stop.
    pub reason: String,
}

impl Undefined {
    /// An undefined value.
    pub fn new(code: &'static str, reason: impl Into<String>) -> Self {
        Undefined { code, reason: reason.into() }
    }
}

impl fmt::Display for Undefined {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.code, self.reason)
    }
}

/// The result of a computation: what no spelling of it can write as a finite number has no value.
///
/// # Errors
/// `not_finite`
pub fn finite(value: f64, unit: Unit) -> Result<Quantity, Undefined> {
    if value.abs() < VALUE_MAX {
        return Ok(Quantity::new(value, unit));
    }
    Err(Undefined::new("not_finite", "the result is not a finite number"))
}

/// Basis points multiply by ten thousand, and that must not overflow.
pub(crate) const VALUE_MAX: f64 = 1e300;

/// A row of data that an answer rests on.
#[derive(Clone, Debug, PartialEq)]
pub struct Row {
    /// The series or table: `RUT`.
    pub series: Arc<str>,
    /// Its valid date.
    pub date: Date,
    /// The value, in the unit of the series.
    pub value: f64,
    /// The unit of the series.
    pub unit: Unit,
    /// Where it comes from: a file of the facts, a vendor.
    pub source: Arc<str>,
}

/// Something that the reader of an answer should know: a stable code and a sentence.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Notice {
    /// Stable, for programs: `clipped`, `not_a_session` …
    pub code: &'static str,
    /// For people.
    pub text: String,
}

/// The value of a definition or an expression, before it is spelled.
#[derive(Clone, Debug, PartialEq)]
pub struct Outcome {
    /// The number and its unit; a comparison is 1 or 0 with `Unit::Truth`.
    pub quantity: Quantity,
    /// The sessions actually used.
    pub interval: Option<Interval>,
    /// The least rows from which the value follows.
    pub rows: Vec<Row>,
    /// What the reader should know.
    pub notices: Vec<Notice>,
}

impl Outcome {
    /// A value without rows.
    pub fn bare(quantity: Quantity) -> Self {
        Outcome { quantity, interval: None, rows: Vec::new(), notices: Vec::new() }
    }

    /// Whether a comparison holds.
    pub fn holds(&self) -> bool {
        self.quantity.value != 0.0
    }

    /// Where its rows come from: of several sources all, each once.
    pub fn source(&self) -> Arc<str> {
        let mut names: Vec<&str> = Vec::new();
        for name in self.rows.iter().flat_map(|row| row.source.split(" + ")) {
            if !names.contains(&name) {
                names.push(name);
            }
        }
        names.join(" + ").into()
    }
}

/// What was read: a version of the data and a cutoff.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DataVersion {
    /// `facts-1a2b3c4d` or `lake-7-1a2b3c4d`: names the content.
    pub version: String,
    /// The last day that could be known.
    pub as_of: Date,
}

/// The answer to one query.
#[derive(Clone, Debug, PartialEq)]
pub struct Answer {
    /// The query in canonical form.
    pub query: String,
    /// The value, or why there is none.
    pub result: Result<Outcome, Undefined>,
    /// How to write the number.
    pub spelling: Spelling,
    /// What was read.
    pub data: DataVersion,
    /// Name and revision of the outermost definition; none for bare arithmetic.
    pub definition: Option<(&'static str, u32)>,
    /// Hash of all that the value follows from.
    pub evidence: String,
}

impl Answer {
    /// The number in its spelling: 7.0 for seven per cent.
    pub fn number(&self) -> Option<f64> {
        self.result.as_ref().ok().map(|o| o.quantity.spelled(self.spelling))
    }

    /// For people: `7.00%`, or `undefined`.
    pub fn display(&self) -> String {
        match &self.result {
            Ok(o) => {
                crate::quantity::display(o.quantity.value, self.spelling, self.spelling.decimals())
            }
            Err(_) => "undefined".to_owned(),
        }
    }
}
