//! Events.

use std::cmp::Ordering;
use std::collections::BTreeMap;
use std::sync::Arc;

use datafusion::arrow::array::{
    Array as _, ArrayRef, Date32Array, Date32Builder, Float64Array, Float64Builder, MapArray,
    MapBuilder, MapFieldNames, RecordBatch, StringArray, StringBuilder, TimestampMicrosecondArray,
};
use kinglet_core::diagnostic::Diagnostic;
use kinglet_core::time::Date;
use kinglet_core::view::Event;

use super::super::cells::{self, column, senseless};
use super::super::table::Table;
use super::{Record, dates, day, text, word};
use crate::rows::EventRow;

impl Record for EventRow {
    const TABLE: Table = Table::Events;

    fn by_group(&self, other: &Self) -> Ordering {
        let (a, b) = (&self.event, &other.event);
        (&a.entity, &a.kind, a.date, a.known_at, &a.source)
            .cmp(&(&b.entity, &b.kind, b.date, b.known_at, &b.source))
    }

    fn within_group(&self, other: &Self) -> Ordering {
        let numbers = |r: &Self| r.event.values.values().map(|v| v.to_bits()).collect::<Vec<_>>();
        self.event
            .values
            .keys()
            .cmp(other.event.values.keys())
            .then_with(|| numbers(self).cmp(&numbers(other)))
            .then_with(|| self.event.dates.cmp(&other.event.dates))
            .then_with(|| self.text.cmp(&other.text))
    }

    fn columns(rows: &[Self]) -> Vec<ArrayRef> {
        let names = || MapFieldNames {
            entry: "key_value".to_owned(),
            key: "key".to_owned(),
            value: "value".to_owned(),
        };
        let mut values =
            MapBuilder::new(Some(names()), StringBuilder::new(), Float64Builder::new());
        let mut days = MapBuilder::new(Some(names()), StringBuilder::new(), Date32Builder::new());
        for row in rows {
            for (name, &value) in &row.event.values {
                values.keys().append_value(name);
                values.values().append_value(value);
            }
            for (name, &date) in &row.event.dates {
                days.keys().append_value(name);
                days.values().append_value(cells::days(date));
            }
            values.append(true).expect("as many names as values");
            days.append(true).expect("as many names as dates");
        }
        let known = rows.iter().map(|r| cells::micros(r.event.known_at));
        vec![
            text(rows.iter().map(|r| r.event.entity.as_str())),
            text(rows.iter().map(|r| r.event.kind.as_str())),
            dates(rows.iter().map(|r| r.event.date)),
            Arc::new(TimestampMicrosecondArray::from_iter_values(known).with_timezone("UTC")),
            Arc::new(values.finish()),
            Arc::new(days.finish()),
            Arc::new(rows.iter().map(|r| r.text.as_deref()).collect::<StringArray>()),
            text(rows.iter().map(|r| &*r.event.source)),
        ]
    }

    fn rows(batch: &RecordBatch) -> Result<Vec<Self>, Diagnostic> {
        let words = |name| column::<StringArray>(batch, name);
        let (entity, kind, texts) = (words("entity")?, words("kind")?, words("text")?);
        let (source, date) = (words("source")?, column(batch, "date")?);
        let known: &TimestampMicrosecondArray = column(batch, "known_at")?;
        let (values, days) = (column(batch, "numbers")?, column(batch, "dates")?);
        let row = |i: usize| {
            let instant = cells::civil(known.value(i));
            let event = Event {
                entity: entity.value(i).to_owned(),
                kind: kind.value(i).to_owned(),
                date: day::<Self>(date, i)?,
                known_at: instant.ok_or_else(|| senseless(Self::TABLE, "an instant"))?,
                values: entries::<Float64Array, f64>(values, i, |a, j| Some(a.value(j)))?,
                dates: entries::<Date32Array, Date>(days, i, |a, j| cells::date(a.value(j)))?,
                source: source.value(i).into(),
            };
            Ok(EventRow { event, text: word(texts, i) })
        };
        (0..batch.num_rows()).map(row).collect()
    }
}

/// The entries of one row of a map.
fn entries<A: 'static, V>(
    map: &MapArray,
    row: usize,
    value: impl Fn(&A, usize) -> Option<V>,
) -> Result<BTreeMap<String, V>, Diagnostic> {
    let odd = || senseless(Table::Events, "a map");
    let entries = map.value(row);
    let keys = entries.column(0).as_any().downcast_ref::<StringArray>().ok_or_else(odd)?;
    let values = entries.column(1).as_any().downcast_ref::<A>().ok_or_else(odd)?;
    let entry = |j| Some((keys.value(j).to_owned(), value(values, j)?));
    (0..entries.len()).map(|j| entry(j).ok_or_else(odd)).collect()
}
