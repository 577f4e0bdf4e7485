//! The bars of each symbol: of one source, never spliced, since sources adjust differently.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use kinglet_core::columns::{Bar, Bars, Frequency};
use kinglet_core::quantity::Spelling;
use kinglet_core::time::Calendar;

use super::series::unit;
use crate::declared::price_spelling;
use crate::rows::{self, BarBlock, Batch};

/// Of each symbol the bars of the source with the most that have a high, a low and a close between
/// them, of two such the first by name; the others are left out.
pub(super) fn bars(batches: &[Batch], calendar: &Calendar) -> Vec<Bars> {
    let mut found: BTreeMap<&str, (usize, Reverse<&str>, &BarBlock)> = BTreeMap::new();
    let blocks = batches.iter().flat_map(|b| &b.bars);
    for block in blocks.filter(|block| block.frequency == Frequency::Session) {
        let count = block.rows.iter().filter_map(|row| sound(block, row, calendar)).count();
        let candidate = (count, Reverse(block.source.as_str()), block);
        match found.get(block.symbol.as_str()) {
            Some(held) if (held.0, held.1) >= (candidate.0, candidate.1) => {}
            _ if count == 0 => {}
            _ => drop(found.insert(&block.symbol, candidate)),
        }
    }
    let chosen = found.into_values().map(|(_, _, block)| {
        let rows = block.rows.iter().filter_map(|row| sound(block, row, calendar));
        let unit = unit(price_spelling(&block.symbol));
        Bars::new(&block.symbol, unit, &block.source, rows.collect())
    });
    chosen.collect()
}

/// A bar is known at the close of its session. Where indexes have no volume, sources write a zero.
fn sound(block: &BarBlock, row: &rows::Bar, calendar: &Calendar) -> Option<Bar> {
    let is_index = price_spelling(&block.symbol) == Spelling::IndexPoints;
    let bar = Bar {
        date: row.date,
        high: row.high?,
        low: row.low?,
        close: row.close?,
        volume: row.volume.filter(|volume| !is_index || *volume > 0.0),
        known_at: calendar.close(row.date),
    };
    bar.is_sound().then_some(bar)
}
