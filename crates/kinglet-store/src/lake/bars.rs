//! The table of bars: blocks to columns and back, and what is news in an import. A block with
//! adjusted closes is one vintage.

use std::collections::BTreeMap;
use std::collections::btree_map::Entry;
use std::sync::Arc;

use datafusion::arrow::array::{
    Array as _, ArrayRef, Date32Array, Float64Array, Int64Array, RecordBatch, StringArray,
};
use datafusion::arrow::datatypes::{Date32Type, Int64Type, TimestampMicrosecondType};
use kinglet_core::columns::Frequency;
use kinglet_core::diagnostic::Diagnostic;
use kinglet_core::time::{Calendar, Date};

use super::block::{self, News, Run, Vintaged};
use super::cells::{self, column, senseless};
use super::table::Table;
use crate::rows::{Bar, BarBlock};

/// Symbol, frequency and source.
type Key = (String, &'static str, String);

/// A column and where its value stands in a bar.
type Price = (&'static str, fn(&Bar) -> Option<f64>);

const PRICES: [Price; 6] = [
    ("open", |b| b.open),
    ("high", |b| b.high),
    ("low", |b| b.low),
    ("close", |b| b.close),
    ("adjusted_close", |b| b.adjusted_close),
    ("volume", |b| b.volume),
];

/// The columns of blocks, in their order. A bar is known at the close of its session.
pub(crate) fn batch(blocks: &[Vintaged<BarBlock>], recorded: i64) -> RecordBatch {
    let each = || blocks.iter().flat_map(|b| b.block.rows.iter().map(move |r| (b, r)));
    let text = |of: fn(&BarBlock) -> &str| {
        cells::words(blocks.iter().map(|b| (of(&b.block), b.block.rows.len())))
    };
    let mut columns: Vec<ArrayRef> = vec![
        text(|b| &b.symbol),
        text(|b| cells::frequency_name(b.frequency)),
        Arc::new(cells::array::<Date32Type>(each().map(|(_, r)| cells::days(r.date)))),
    ];
    for (_, price) in PRICES {
        columns.push(Arc::new(each().map(|(_, r)| price(r)).collect::<Float64Array>()));
    }
    let mut closes = BTreeMap::new();
    let calendar = Calendar::new(Vec::new());
    let known = each().map(|(_, r)| {
        *closes.entry(r.date).or_insert_with(|| cells::micros(calendar.close(r.date)))
    });
    columns.extend([
        Arc::new(cells::array::<TimestampMicrosecondType>(known).with_timezone("UTC")) as _,
        text(|b| &b.source),
        Arc::new(each().map(|(b, _)| b.vintage).collect::<Int64Array>()) as _,
        Arc::new(cells::array::<Int64Type>(each().map(|_| recorded))) as _,
    ]);
    RecordBatch::try_new(Table::Bars.schema(), columns).expect("the columns of the schema")
}

/// The blocks that hold, in order of symbol, frequency and source.
pub(crate) fn blocks(batches: &[RecordBatch]) -> Result<Vec<Vintaged<BarBlock>>, Diagnostic> {
    let mut found: BTreeMap<Key, Vec<Run<Frequency, Bar>>> = BTreeMap::new();
    for batch in batches {
        let columns = Columns::of(batch)?;
        let mut start = 0;
        while start < batch.num_rows() {
            let end = columns.end_of_run(start);
            let (key, run) = columns.run(start, end)?;
            found.entry(key).or_default().push(run);
            start = end;
        }
    }
    let blocks = found.into_iter().filter_map(|((symbol, _, source), runs)| {
        let run = block::current(runs, |r| r.date)?;
        let block = BarBlock { symbol, frequency: run.attributes, source, rows: run.rows };
        Some(Vintaged { block, vintage: run.vintage })
    });
    Ok(blocks.collect())
}

/// What of the new blocks the old ones do not hold yet, as lake version `recorded` records it.
pub(crate) fn news(
    old: &[Vintaged<BarBlock>],
    new: Vec<BarBlock>,
    recorded: i64,
) -> Vec<Vintaged<BarBlock>> {
    let key =
        |b: &BarBlock| (b.symbol.clone(), cells::frequency_name(b.frequency), b.source.clone());
    let stored: BTreeMap<Key, &Vintaged<BarBlock>> =
        old.iter().map(|v| (key(&v.block), v)).collect();
    let mut merged: BTreeMap<Key, BarBlock> = BTreeMap::new();
    for block in new {
        match merged.entry(key(&block)) {
            Entry::Vacant(place) => drop(place.insert(block)),
            Entry::Occupied(mut place) => place.get_mut().rows.extend(block.rows),
        }
    }
    let fresh = merged.into_iter().filter_map(|(key, mut block)| {
        // Of rows given twice the later-given holds.
        if !block.rows.is_sorted_by(|a, b| a.date < b.date) {
            block.rows.reverse();
            block.rows.sort_by_key(|r| r.date);
            block.rows.dedup_by_key(|r| r.date);
        }
        let adjusted = block.rows.iter().any(|r| r.adjusted_close.is_some());
        let rows = std::mem::take(&mut block.rows);
        let date = |r: &Bar| r.date;
        let (news, began) = match stored.get(&key) {
            None if adjusted => (News::Vintage(rows), None),
            None => (News::Rows(rows), None),
            Some(v) if v.vintage.is_some() => {
                (block::vintage(&v.block.rows, rows, date, PartialEq::eq), v.vintage)
            }
            Some(_) if adjusted => (News::Vintage(rows), None),
            Some(v) => (block::rows(&v.block.rows, rows, date, PartialEq::eq), None),
        };
        let (rows, vintage) = match news {
            News::None => return None,
            News::Rows(rows) => (rows, began),
            News::Vintage(rows) => (rows, Some(recorded)),
        };
        let block = BarBlock { rows, ..block };
        (!block.rows.is_empty()).then_some(Vintaged { block, vintage })
    });
    fresh.collect()
}

/// The columns of one batch.
struct Columns<'a> {
    words: [&'a StringArray; 3],
    date: &'a Date32Array,
    prices: [&'a Float64Array; 6],
    vintage: &'a Int64Array,
    recorded: &'a Int64Array,
}

impl<'a> Columns<'a> {
    fn of(batch: &'a RecordBatch) -> Result<Self, Diagnostic> {
        let word = |name| column::<StringArray>(batch, name);
        let [open, high, low, close, adjusted, volume] =
            PRICES.map(|(name, _)| column::<Float64Array>(batch, name));
        Ok(Columns {
            words: [word("symbol")?, word("frequency")?, word("source")?],
            date: column(batch, "date")?,
            prices: [open?, high?, low?, close?, adjusted?, volume?],
            vintage: column(batch, "vintage")?,
            recorded: column(batch, "recorded")?,
        })
    }

    fn vintage(&self, row: usize) -> Option<i64> {
        (!self.vintage.is_null(row)).then(|| self.vintage.value(row))
    }

    /// The first row after `start` of which something else is said.
    fn end_of_run(&self, start: usize) -> usize {
        let alike = |row: usize| {
            self.recorded.value(row) == self.recorded.value(start)
                && self.vintage(row) == self.vintage(start)
                && self.words.iter().all(|w| w.value(row) == w.value(start))
        };
        block::end_of_run(start, self.date.len(), alike)
    }

    fn run(&self, start: usize, end: usize) -> Result<(Key, Run<Frequency, Bar>), Diagnostic> {
        let [symbol, word, source] = self.words.map(|w| w.value(start));
        let odd = |what: &str| senseless(Table::Bars, what);
        let row = |i: usize| -> Option<Bar> {
            let date: Date = cells::date(self.date.value(i))?;
            let [open, high, low, close, adjusted_close, volume] =
                self.prices.map(|p| (!p.is_null(i)).then(|| p.value(i)));
            Some(Bar { date, open, high, low, close, adjusted_close, volume })
        };
        let rows: Option<Vec<Bar>> = (start..end).map(row).collect();
        let frequency = cells::frequency(word).ok_or_else(|| odd(word))?;
        let run = Run {
            recorded: self.recorded.value(start),
            vintage: self.vintage(start),
            attributes: frequency,
            rows: rows.ok_or_else(|| odd(&format!("a date of {symbol}")))?,
        };
        Ok(((symbol.to_owned(), cells::frequency_name(frequency), source.to_owned()), run))
    }
}
