//! The tables whose rows come in groups: the positions of a fund on one day, an event, a published
//! figure. A group that changed is recorded anew as a whole; of several records the last holds.

mod event;
mod fundamental;
mod holding;
mod statement;

use std::cmp::Ordering;
use std::sync::Arc;

use datafusion::arrow::array::{
    Array as _, ArrayRef, Date32Array, Float64Array, Int64Array, RecordBatch, StringArray,
};
use kinglet_core::diagnostic::Diagnostic;
use kinglet_core::time::Date;

use super::cells::{self, column, senseless};
use super::table::Table;

/// A row of a table of groups.
pub(crate) trait Record: Sized + Clone + PartialEq {
    /// The table.
    const TABLE: Table;
    /// By the columns of the group: those of [`Table::key`].
    fn by_group(&self, other: &Self) -> Ordering;
    /// Within the group.
    fn within_group(&self, other: &Self) -> Ordering;
    /// All columns but `recorded`.
    fn columns(rows: &[Self]) -> Vec<ArrayRef>;
    /// The rows of a conformed batch.
    fn rows(batch: &RecordBatch) -> Result<Vec<Self>, Diagnostic>;
}

/// The columns of rows, in their order.
pub(crate) fn batch<R: Record>(rows: &[R], recorded: i64) -> RecordBatch {
    let mut columns = R::columns(rows);
    columns.push(Arc::new(Int64Array::from(vec![recorded; rows.len()])));
    RecordBatch::try_new(R::TABLE.schema(), columns).expect("the columns of the schema")
}

/// The rows that hold, in order.
pub(crate) fn current<R: Record>(batches: &[RecordBatch]) -> Result<Vec<R>, Diagnostic> {
    let mut rows: Vec<(i64, R)> = Vec::new();
    for batch in batches {
        let recorded: &Int64Array = column(batch, "recorded")?;
        rows.extend(recorded.values().iter().copied().zip(R::rows(batch)?));
    }
    rows.sort_by(|a, b| {
        a.1.by_group(&b.1).then(b.0.cmp(&a.0)).then_with(|| a.1.within_group(&b.1))
    });
    let groups = rows.chunk_by(|a, b| a.1.by_group(&b.1).is_eq());
    let last = groups.flat_map(|g| g.iter().take_while(|r| r.0 == g[0].0));
    Ok(last.map(|(_, row)| row.clone()).collect())
}

/// The groups that the old rows, which are in order, do not hold in the same form.
pub(crate) fn news<R: Record>(old: &[R], mut new: Vec<R>) -> Vec<R> {
    new.sort_by(|a, b| a.by_group(b).then_with(|| a.within_group(b)));
    new.dedup();
    if old.is_empty() {
        return new;
    }
    let mut fresh = Vec::new();
    let mut rest = old;
    for group in new.chunk_by(|a, b| a.by_group(b).is_eq()) {
        rest = &rest[rest.partition_point(|o| o.by_group(&group[0]).is_lt())..];
        let same = rest.partition_point(|o| o.by_group(&group[0]).is_le());
        if &rest[..same] != group {
            fresh.extend_from_slice(group);
        }
    }
    fresh
}

fn text<'a>(words: impl Iterator<Item = &'a str>) -> ArrayRef {
    Arc::new(StringArray::from_iter_values(words))
}

fn dates(dates: impl Iterator<Item = Date>) -> ArrayRef {
    Arc::new(Date32Array::from_iter_values(dates.map(cells::days)))
}

fn numbers(numbers: impl Iterator<Item = Option<f64>>) -> ArrayRef {
    Arc::new(numbers.collect::<Float64Array>())
}

fn number(column: &Float64Array, row: usize) -> Option<f64> {
    (!column.is_null(row)).then(|| column.value(row))
}

fn word(column: &StringArray, row: usize) -> Option<String> {
    (!column.is_null(row)).then(|| column.value(row).to_owned())
}

fn day<R: Record>(column: &Date32Array, row: usize) -> Result<Date, Diagnostic> {
    cells::date(column.value(row)).ok_or_else(|| senseless(R::TABLE, "a date"))
}
