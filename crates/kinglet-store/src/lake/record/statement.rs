//! Published figures.

use std::cmp::Ordering;

use datafusion::arrow::array::{ArrayRef, Float64Array, RecordBatch, StringArray};
use kinglet_core::diagnostic::Diagnostic;
use kinglet_core::view::Statement;

use super::super::cells::column;
use super::super::table::Table;
use super::{Record, numbers, text};

impl Record for Statement {
    const TABLE: Table = Table::Statements;

    fn by_group(&self, other: &Self) -> Ordering {
        fn key(s: &Statement) -> [&str; 6] {
            [&s.publisher, &s.entity, &s.metric, &s.as_of, &s.definition, &s.unit]
        }
        key(self).cmp(&key(other))
    }

    fn within_group(&self, other: &Self) -> Ordering {
        self.where_read.cmp(&other.where_read).then(self.value.total_cmp(&other.value))
    }

    fn columns(rows: &[Self]) -> Vec<ArrayRef> {
        vec![
            text(rows.iter().map(|r| r.publisher.as_str())),
            text(rows.iter().map(|r| r.entity.as_str())),
            text(rows.iter().map(|r| r.metric.as_str())),
            text(rows.iter().map(|r| r.as_of.as_str())),
            text(rows.iter().map(|r| r.definition.as_str())),
            numbers(rows.iter().map(|r| Some(r.value))),
            text(rows.iter().map(|r| r.unit.as_str())),
            text(rows.iter().map(|r| r.where_read.as_str())),
        ]
    }

    fn rows(batch: &RecordBatch) -> Result<Vec<Self>, Diagnostic> {
        let words = |name| column::<StringArray>(batch, name);
        let (publisher, entity, metric) = (words("publisher")?, words("entity")?, words("metric")?);
        let (as_of, definition, unit) = (words("as_of")?, words("definition")?, words("unit")?);
        let (where_read, value) = (words("where_read")?, column::<Float64Array>(batch, "value")?);
        let row = |i: usize| Statement {
            as_of: as_of.value(i).to_owned(),
            entity: entity.value(i).to_owned(),
            metric: metric.value(i).to_owned(),
            definition: definition.value(i).to_owned(),
            value: value.value(i),
            unit: unit.value(i).to_owned(),
            publisher: publisher.value(i).to_owned(),
            where_read: where_read.value(i).to_owned(),
        };
        Ok((0..batch.num_rows()).map(row).collect())
    }
}
