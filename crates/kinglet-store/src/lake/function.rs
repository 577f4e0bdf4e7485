//! Functions for SQL: what a date is to the New York Stock Exchange, and what was known when.

use std::sync::Arc;

use datafusion::arrow::array::{ArrayRef, BooleanArray, Date32Array, TimestampMicrosecondArray};
use datafusion::arrow::compute::{CastOptions, cast_with_options};
use datafusion::arrow::datatypes::DataType;
use datafusion::common::cast::{as_date32_array, as_timestamp_microsecond_array};
use datafusion::error::DataFusionError;
use datafusion::logical_expr::{
    ColumnarValue, ScalarFunctionImplementation, ScalarUDF, Signature, SimpleScalarUDF, Volatility,
};
use kinglet_core::time::{Calendar, Cutoff, Date};

use super::cells;
use super::table::instant;

/// Where no price says how far the sessions go.
const SESSIONS_THROUGH: Date = Date::constant(2026, 1, 1);

/// Every function, for data that reach to a session.
pub(crate) fn all(prices_through: Option<Date>) -> Vec<ScalarUDF> {
    let calendar = Calendar::nyse(prices_through.unwrap_or(SESSIONS_THROUGH), &[]);
    let calendar = Arc::new(calendar);
    vec![nyse_session(Arc::clone(&calendar)), nyse_close(calendar), known_by()]
}

/// `nyse_session(date)`: whether the exchange was open; null outside of the calendar.
fn nyse_session(calendar: Arc<Calendar>) -> ScalarUDF {
    let compute = move |arguments: &[ColumnarValue]| {
        let dates = dates(arguments, 0)?;
        let open = |date| within(&calendar, date).then(|| calendar.is_session(date));
        let open: BooleanArray = dates.iter().map(|d| open(cells::date(d?)?)).collect();
        Ok(ColumnarValue::Array(Arc::new(open)))
    };
    function("nyse_session", 1, DataType::Boolean, Arc::new(compute))
}

/// `nyse_close(date)`: the instant of the close of a session; null for other days.
fn nyse_close(calendar: Arc<Calendar>) -> ScalarUDF {
    let compute = move |arguments: &[ColumnarValue]| {
        let dates = dates(arguments, 0)?;
        let close = |date| calendar.is_session(date).then(|| cells::micros(calendar.close(date)));
        let closes: TimestampMicrosecondArray =
            dates.iter().map(|d| close(cells::date(d?)?)).collect();
        Ok(ColumnarValue::Array(Arc::new(closes.with_timezone("UTC"))))
    };
    function("nyse_close", 1, instant(), Arc::new(compute))
}

/// `known_by(known_at, date)`: whether an instant lies before the end of a day in New York.
fn known_by() -> ScalarUDF {
    let compute = |arguments: &[ColumnarValue]| {
        let dates = dates(arguments, 1)?;
        let known = strict(&columns(arguments)?[0], &instant())?;
        let known = as_timestamp_microsecond_array(&known)?;
        let by = |known: Option<i64>, day: Option<i32>| {
            let end = Cutoff::end_of(cells::date(day?)?).known_by;
            Some(known? <= cells::micros(end))
        };
        let by: BooleanArray = known.iter().zip(&dates).map(|(k, d)| by(k, d)).collect();
        Ok(ColumnarValue::Array(Arc::new(by)))
    };
    function("known_by", 2, DataType::Boolean, Arc::new(compute))
}

/// A function that takes dates and instants also as text.
fn function(
    name: &str,
    arguments: usize,
    result: DataType,
    compute: ScalarFunctionImplementation,
) -> ScalarUDF {
    let signature = Signature::any(arguments, Volatility::Immutable);
    ScalarUDF::from(SimpleScalarUDF::new_with_signature(name, signature, result, compute))
}

fn within(calendar: &Calendar, date: Date) -> bool {
    let sessions = calendar.sessions();
    sessions.first().is_some_and(|&first| first <= date)
        && sessions.last().is_some_and(|&last| date <= last)
}

fn columns(arguments: &[ColumnarValue]) -> Result<Vec<ArrayRef>, DataFusionError> {
    ColumnarValue::values_to_arrays(arguments)
}

/// A cast that refuses what it does not understand.
fn strict(column: &ArrayRef, to: &DataType) -> Result<ArrayRef, DataFusionError> {
    let options = CastOptions { safe: false, ..CastOptions::default() };
    Ok(cast_with_options(column, to, &options)?)
}

fn dates(arguments: &[ColumnarValue], at: usize) -> Result<Date32Array, DataFusionError> {
    let dates = strict(&columns(arguments)?[at], &DataType::Date32)?;
    Ok(as_date32_array(&dates)?.clone())
}
