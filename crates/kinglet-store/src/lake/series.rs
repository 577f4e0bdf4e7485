//! The table of series: blocks to columns and back, and what is news in an import.

use std::collections::BTreeMap;
use std::sync::Arc;

use datafusion::arrow::array::{
    Array as _, ArrayRef, BooleanArray, Date32Array, Float64Array, Int64Array, RecordBatch,
    StringArray, TimestampMicrosecondArray,
};
use datafusion::arrow::datatypes::{Date32Type, Float64Type, Int64Type, TimestampMicrosecondType};
use kinglet_core::columns::Frequency;
use kinglet_core::diagnostic::Diagnostic;
use kinglet_core::identity::Basis;
use kinglet_core::quantity::Spelling;
use kinglet_core::time::DateTime;

use super::block::{self, News, Run, Vintaged};
use super::cells::{self, column, senseless};
use super::table::Table;
use crate::rows::{SeriesBlock, SeriesRow};

/// Id, basis and source.
type Key = (String, Basis, String);

/// What is said of a whole block.
#[derive(Clone, Copy, Debug, PartialEq)]
struct Attributes {
    spelling: Spelling,
    frequency: Frequency,
    /// Whether the time of publication is assumed.
    assumed: bool,
    /// Whether its values depend on what came later, so that it is one vintage.
    adjusted: bool,
}

/// The columns of blocks, in their order.
pub(crate) fn batch(blocks: &[Vintaged<SeriesBlock>], recorded: i64) -> RecordBatch {
    let each = || blocks.iter().flat_map(|b| b.block.rows.iter().map(move |r| (b, r)));
    let text = |of: fn(&SeriesBlock) -> &str| {
        cells::words(blocks.iter().map(|b| (of(&b.block), b.block.rows.len())))
    };
    let known = each().map(|(_, r)| cells::micros(r.known_at));
    let columns: Vec<ArrayRef> = vec![
        text(|b| &b.id),
        text(|b| b.basis.name()),
        Arc::new(cells::array::<Date32Type>(each().map(|(_, r)| cells::days(r.date)))),
        Arc::new(cells::array::<Float64Type>(each().map(|(_, r)| r.value))),
        text(|b| b.spelling.name()),
        text(|b| cells::frequency_name(b.frequency)),
        Arc::new(cells::array::<TimestampMicrosecondType>(known).with_timezone("UTC")),
        Arc::new(each().map(|(b, _)| Some(b.block.assumed)).collect::<BooleanArray>()),
        text(|b| &b.source),
        Arc::new(each().map(|(b, _)| Some(b.block.vintage)).collect::<BooleanArray>()),
        Arc::new(each().map(|(b, _)| b.vintage).collect::<Int64Array>()),
        Arc::new(cells::array::<Int64Type>(each().map(|_| recorded))),
    ];
    RecordBatch::try_new(Table::Series.schema(), columns).expect("the columns of the schema")
}

/// The blocks that hold, in order of id, basis and source.
pub(crate) fn blocks(batches: &[RecordBatch]) -> Result<Vec<Vintaged<SeriesBlock>>, Diagnostic> {
    let mut found: BTreeMap<Key, Vec<Run<Attributes, SeriesRow>>> = BTreeMap::new();
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
    let blocks = found.into_iter().filter_map(|((id, basis, source), runs)| {
        let run = block::current(runs, |r| (r.date, r.known_at))?;
        let Attributes { spelling, frequency, assumed, adjusted: vintage } = run.attributes;
        let rows = run.rows;
        let block = SeriesBlock { id, basis, spelling, frequency, assumed, vintage, source, rows };
        Some(Vintaged { block, vintage: run.vintage })
    });
    Ok(blocks.collect())
}

/// What of the new blocks the old ones do not hold yet, as lake version `recorded` records it.
pub(crate) fn news(
    old: &[Vintaged<SeriesBlock>],
    new: Vec<SeriesBlock>,
    recorded: i64,
) -> Vec<Vintaged<SeriesBlock>> {
    let key = |b: &SeriesBlock| (b.id.clone(), b.basis, b.source.clone());
    let stored: BTreeMap<Key, &Vintaged<SeriesBlock>> =
        old.iter().map(|v| (key(&v.block), v)).collect();
    let mut merged: BTreeMap<Key, SeriesBlock> = BTreeMap::new();
    for block in new {
        match merged.entry(key(&block)) {
            std::collections::btree_map::Entry::Vacant(place) => drop(place.insert(block)),
            std::collections::btree_map::Entry::Occupied(mut place) => {
                place.get_mut().rows.extend(block.rows);
            }
        }
    }
    let fresh = merged.into_iter().filter_map(|(key, mut block)| {
        // Of rows given twice the later-given holds.
        block.rows.reverse();
        block.rows.sort_by_key(|r| (r.date, r.known_at));
        block.rows.dedup_by_key(|r| (r.date, r.known_at));
        let Some(stored) = stored.get(&key) else {
            let vintage = block.vintage.then_some(recorded);
            return (!block.rows.is_empty()).then_some(Vintaged { block, vintage });
        };
        let rows = std::mem::take(&mut block.rows);
        let (rows, vintage) = match block_news(stored, &block, rows) {
            News::None => return None,
            News::Rows(rows) => (rows, stored.vintage),
            News::Vintage(rows) => (rows, Some(recorded)),
        };
        Some(Vintaged { block: SeriesBlock { rows, ..block }, vintage })
    });
    fresh.collect()
}

fn block_news(
    stored: &Vintaged<SeriesBlock>,
    block: &SeriesBlock,
    rows: Vec<SeriesRow>,
) -> News<SeriesRow> {
    let old = &stored.block;
    let kind = |b: &SeriesBlock| (b.spelling, b.frequency, b.vintage);
    if kind(old) != kind(block) {
        return News::Vintage(rows);
    }
    let date = |r: &SeriesRow| r.date;
    if old.vintage {
        return block::vintage(&old.rows, rows, date, |a, b| same(a.value, b.value));
    }
    // A correction keeps the `known_at` of the row it corrects: where the time of publication is
    // only assumed, another value is no later publication.
    let news = rows.into_iter().filter_map(|row| {
        let from = old.rows.partition_point(|o| o.date < row.date);
        let there = old.rows[from..].iter().take_while(|o| o.date == row.date);
        let before = |o: &&SeriesRow| block.assumed || o.known_at <= row.known_at;
        match there.take_while(before).last() {
            Some(o) if same(o.value, row.value) => None,
            Some(o) if block.assumed => Some(SeriesRow { known_at: o.known_at, ..row }),
            _ => Some(row),
        }
    });
    let news: Vec<SeriesRow> = news.collect();
    if news.is_empty() { News::None } else { News::Rows(news) }
}

fn same(a: f64, b: f64) -> bool {
    a.to_bits() == b.to_bits() || a == b
}

/// The columns of one batch.
struct Columns<'a> {
    words: [&'a StringArray; 5],
    date: &'a Date32Array,
    value: &'a Float64Array,
    known_at: &'a TimestampMicrosecondArray,
    flags: [&'a BooleanArray; 2],
    vintage: &'a Int64Array,
    recorded: &'a Int64Array,
}

impl<'a> Columns<'a> {
    fn of(batch: &'a RecordBatch) -> Result<Self, Diagnostic> {
        let word = |name| column::<StringArray>(batch, name);
        Ok(Columns {
            words: [
                word("id")?,
                word("basis")?,
                word("source")?,
                word("unit")?,
                word("frequency")?,
            ],
            date: column(batch, "date")?,
            value: column(batch, "value")?,
            known_at: column(batch, "known_at")?,
            flags: [column(batch, "assumed")?, column(batch, "adjusted")?],
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
                && self.flags.iter().all(|f| f.value(row) == f.value(start))
                && self.words.iter().all(|w| w.value(row) == w.value(start))
        };
        block::end_of_run(start, self.date.len(), alike)
    }

    fn run(
        &self,
        start: usize,
        end: usize,
    ) -> Result<(Key, Run<Attributes, SeriesRow>), Diagnostic> {
        let [id, basis, source, unit, frequency] = self.words.map(|w| w.value(start));
        let odd = |what: &str| senseless(Table::Series, what);
        let row = |i: usize| -> Option<SeriesRow> {
            let date = cells::date(self.date.value(i))?;
            let known_at: DateTime = cells::civil(self.known_at.value(i))?;
            let value = Some(self.value.value(i)).filter(|v| v.is_finite())?;
            Some(SeriesRow { date, value, known_at })
        };
        let rows: Option<Vec<SeriesRow>> = (start..end).map(row).collect();
        let run = Run {
            recorded: self.recorded.value(start),
            vintage: self.vintage(start),
            attributes: Attributes {
                spelling: cells::spelling(unit).ok_or_else(|| odd(unit))?,
                frequency: cells::frequency(frequency).ok_or_else(|| odd(frequency))?,
                assumed: self.flags[0].value(start),
                adjusted: self.flags[1].value(start),
            },
            rows: rows.ok_or_else(|| odd(&format!("a date or value of {id}")))?,
        };
        let basis = cells::basis(basis).ok_or_else(|| odd(basis))?;
        Ok(((id.to_owned(), basis, source.to_owned()), run))
    }
}
