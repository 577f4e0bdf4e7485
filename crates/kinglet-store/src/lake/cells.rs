//! Single values between rows and columns: dates, instants, words for units and frequencies.

use std::sync::{Arc, LazyLock};

use datafusion::arrow::array::{
    Array, ArrayRef, ArrowPrimitiveType, PrimitiveArray, RecordBatch, StringBuilder,
};
use datafusion::arrow::compute::cast;
use datafusion::arrow::datatypes::SchemaRef;
use jiff::tz::TimeZone;
use jiff::{Timestamp, ToSpan};
use kinglet_core::columns::Frequency;
use kinglet_core::diagnostic::Diagnostic;
use kinglet_core::identity::Basis;
use kinglet_core::quantity::Spelling;
use kinglet_core::time::{Date, DateTime, Grain};

use super::fault;
use super::table::Table;

const EPOCH: Date = Date::constant(1970, 1, 1);

/// New York, whose civil time all instants of the core are in.
static NEW_YORK: LazyLock<TimeZone> = LazyLock::new(|| {
    TimeZone::get("America/New_York").expect("the time zones are compiled into the program")
});

/// Days since 1970.
pub(crate) fn days(date: Date) -> i32 {
    let hours = date.duration_since(EPOCH).as_hours();
    i32::try_from(hours / 24).expect("jiff's dates span ten thousand years")
}

/// The date so many days after 1970.
pub(crate) fn date(days: i32) -> Option<Date> {
    EPOCH.checked_add(i64::from(days).days()).ok()
}

/// Microseconds since 1970, in UTC, of a civil time in New York.
pub(crate) fn micros(civil: DateTime) -> i64 {
    let instant = NEW_YORK.to_ambiguous_timestamp(civil).compatible();
    instant.unwrap_or(Timestamp::MAX).as_microsecond()
}

/// The civil time in New York of an instant in UTC.
pub(crate) fn civil(micros: i64) -> Option<DateTime> {
    Some(NEW_YORK.to_datetime(Timestamp::from_microsecond(micros).ok()?))
}

const SPELLINGS: [Spelling; 11] = [
    Spelling::Percent,
    Spelling::PercentagePoints,
    Spelling::BasisPoints,
    Spelling::IndexPoints,
    Spelling::Usd,
    Spelling::Ratio,
    Spelling::Count,
    Spelling::Months,
    Spelling::Days,
    Spelling::Years,
    Spelling::Truth,
];

/// The spelling of a name.
pub(crate) fn spelling(name: &str) -> Option<Spelling> {
    SPELLINGS.into_iter().find(|s| s.name() == name)
}

/// The basis of a name.
pub(crate) fn basis(name: &str) -> Option<Basis> {
    [Basis::Price, Basis::Total].into_iter().find(|b| b.name() == name)
}

const FREQUENCIES: [(Frequency, &str); 7] = [
    (Frequency::Session, "session"),
    (Frequency::Period(Grain::Day), "day"),
    (Frequency::Period(Grain::Week), "week"),
    (Frequency::Period(Grain::Month), "month"),
    (Frequency::Period(Grain::Quarter), "quarter"),
    (Frequency::Period(Grain::Half), "half"),
    (Frequency::Period(Grain::Year), "year"),
];

/// The word for a frequency.
pub(crate) fn frequency_name(frequency: Frequency) -> &'static str {
    FREQUENCIES.iter().find(|f| f.0 == frequency).map_or("session", |f| f.1)
}

/// The frequency of a word.
pub(crate) fn frequency(name: &str) -> Option<Frequency> {
    FREQUENCIES.iter().find(|f| f.1 == name).map(|f| f.0)
}

/// A column of numbers, days or instants without gaps.
pub(crate) fn array<P: ArrowPrimitiveType>(
    values: impl Iterator<Item = P::Native>,
) -> PrimitiveArray<P> {
    PrimitiveArray::new(values.collect::<Vec<_>>().into(), None)
}

/// A column of words, each repeated so many times.
pub(crate) fn words<'a>(words: impl Iterator<Item = (&'a str, usize)>) -> ArrayRef {
    let mut column = StringBuilder::new();
    for (word, times) in words {
        for _ in 0..times {
            column.append_value(word);
        }
    }
    Arc::new(column.finish())
}

/// A batch with exactly the columns and types of a schema.
pub(crate) fn conformed(
    batch: &RecordBatch,
    schema: &SchemaRef,
) -> Result<RecordBatch, Diagnostic> {
    let column = |name: &str, want| {
        let found = batch.column_by_name(name).ok_or_else(|| missing(name))?;
        if found.data_type() == want {
            Ok(Arc::clone(found))
        } else {
            cast(found, want).map_err(|e| fault::damaged("a table", e.to_string()))
        }
    };
    let columns: Result<Vec<ArrayRef>, Diagnostic> =
        schema.fields().iter().map(|f| column(f.name(), f.data_type())).collect();
    RecordBatch::try_new(Arc::clone(schema), columns?)
        .map_err(|e| fault::damaged("a table", e.to_string()))
}

/// A column of a conformed batch as its array type.
pub(crate) fn column<'a, A: Array + 'static>(
    batch: &'a RecordBatch,
    name: &str,
) -> Result<&'a A, Diagnostic> {
    batch.column_by_name(name).and_then(|c| c.as_any().downcast_ref()).ok_or_else(|| missing(name))
}

fn missing(column: &str) -> Diagnostic {
    fault::damaged("a table", format!("the column `{column}` is missing or has another type"))
}

/// A value of a table that has no meaning.
pub(crate) fn senseless(table: Table, what: &str) -> Diagnostic {
    fault::damaged(&format!("table {}", table.name()), format!("`{what}` has no meaning here"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn there_and_back() {
        for text in ["1871-01-01", "1969-12-31", "1970-01-01", "2025-09-18", "2200-12-31"] {
            let day: Date = text.parse().unwrap();
            assert_eq!(date(days(day)), Some(day));
            let close = day.at(16, 0, 0, 0);
            assert_eq!(civil(micros(close)), Some(close));
        }
        assert_eq!(days(Date::constant(2000, 1, 1)), 10_957);
        // 16:00 in New York is 20:00 UTC in summer and 21:00 in winter.
        let summer = Date::constant(2025, 7, 1).at(16, 0, 0, 0);
        assert_eq!(micros(summer), 1_751_400_000_000_000);
        for spelled in SPELLINGS {
            assert_eq!(spelling(spelled.name()), Some(spelled));
        }
        for (value, name) in FREQUENCIES {
            assert_eq!((frequency(name), frequency_name(value)), (Some(value), name));
        }
    }
}
