//! Facts about companies.

use std::cmp::Ordering;
use std::sync::Arc;

use datafusion::arrow::array::{ArrayRef, RecordBatch, StringArray};
use kinglet_core::diagnostic::Diagnostic;

use super::super::cells::column;
use super::super::table::Table;
use super::{Record, dates, day, number, numbers, text, word};
use crate::rows::Fundamental;

impl Record for Fundamental {
    const TABLE: Table = Table::Fundamentals;

    fn by_group(&self, other: &Self) -> Ordering {
        (&self.symbol, self.date, &self.item, &self.source).cmp(&(
            &other.symbol,
            other.date,
            &other.item,
            &other.source,
        ))
    }

    fn within_group(&self, _: &Self) -> Ordering {
        Ordering::Equal
    }

    fn columns(rows: &[Self]) -> Vec<ArrayRef> {
        vec![
            text(rows.iter().map(|r| r.symbol.as_str())),
            dates(rows.iter().map(|r| r.date)),
            text(rows.iter().map(|r| r.item.as_str())),
            numbers(rows.iter().map(|r| r.value)),
            Arc::new(rows.iter().map(|r| r.text.as_deref()).collect::<StringArray>()),
            text(rows.iter().map(|r| r.source.as_str())),
        ]
    }

    fn rows(batch: &RecordBatch) -> Result<Vec<Self>, Diagnostic> {
        let words = |name| column::<StringArray>(batch, name);
        let (symbol, item, texts) = (words("symbol")?, words("item")?, words("text")?);
        let (source, date) = (words("source")?, column(batch, "date")?);
        let value = column(batch, "value")?;
        let row = |i: usize| {
            Ok(Fundamental {
                symbol: symbol.value(i).to_owned(),
                date: day::<Self>(date, i)?,
                item: item.value(i).to_owned(),
                value: number(value, i),
                text: word(texts, i),
                source: source.value(i).to_owned(),
            })
        };
        (0..batch.num_rows()).map(row).collect()
    }
}
