//! Values by date and asset, in whatever order they come.

use std::collections::BTreeMap;

use jiff::civil::Date;

/// Assets of a block, and rows. Blocks are so large that the system gives each its own memory, of
/// which it counts what is used, and takes it back at once.
const ASSETS: usize = 128;
const ROWS: usize = 4000;
/// What stands for a missing value is zero: memory that was never written.
const MISSING: u64 = f64::NAN.to_bits();

/// Values in blocks, so that none is moved while assets and dates are still added, and all are
/// held once.
#[derive(Default)]
pub(super) struct Grid {
    /// The row of each date, in the order in which dates came.
    rows: BTreeMap<Date, usize>,
    /// By assets, then by rows: bits of values beside those of `MISSING`.
    blocks: Vec<Vec<Vec<u64>>>,
}

impl Grid {
    /// The row of a date.
    pub(super) fn row(&mut self, date: Date) -> usize {
        let next = self.rows.len();
        *self.rows.entry(date).or_insert(next)
    }

    /// The dates, from first to last.
    pub(super) fn dates(&self) -> Vec<Date> {
        self.rows.keys().copied().collect()
    }

    /// Keeps a finite value; nothing where there was one.
    pub(super) fn keep(&mut self, (row, asset): (usize, usize), value: f64) -> Option<()> {
        let (strip, block) = (asset / ASSETS, row / ROWS);
        if self.blocks.len() <= strip {
            self.blocks.resize_with(strip + 1, Vec::new);
        }
        let strip = &mut self.blocks[strip];
        if strip.len() <= block {
            strip.resize_with(block + 1, || vec![0; ASSETS * ROWS]);
        }
        let slot = &mut strip[block][asset % ASSETS * ROWS + row % ROWS];
        let is_new = *slot == 0;
        *slot = value.to_bits() ^ MISSING;
        is_new.then_some(())
    }

    fn value(&self, row: usize, asset: usize) -> Option<f64> {
        let block = self.blocks.get(asset / ASSETS)?.get(row / ROWS)?;
        let bits = block[asset % ASSETS * ROWS + row % ROWS];
        (bits != 0).then(|| f64::from_bits(bits ^ MISSING))
    }

    /// The last value of an asset.
    pub(super) fn last(&self, asset: usize) -> Option<f64> {
        self.rows.values().rev().find_map(|row| self.value(*row, asset))
    }

    /// All values, asset after asset, each from the first date to the last. What was given is
    /// held no longer.
    pub(super) fn into_values(mut self, assets: usize) -> impl Iterator<Item = Option<f64>> {
        let order: Vec<usize> = self.rows.values().copied().collect();
        (0..assets).flat_map(move |asset| {
            let column: Vec<_> = order.iter().map(|row| self.value(*row, asset)).collect();
            if asset % ASSETS == ASSETS - 1
                && let Some(strip) = self.blocks.get_mut(asset / ASSETS)
            {
                *strip = Vec::new();
            }
            column
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Whatever the order, and past the edges of blocks.
    #[test]
    fn values_come_back_by_asset_and_date() {
        let day = |at: i64| Date::constant(2000, 1, 1) + jiff::Span::new().days(at);
        let value = |asset: usize, date: i64| (asset * 1000) as f64 + date as f64;
        let mut grid = Grid::default();
        for at in (0..4100 * 140).rev() {
            let (asset, date) = (at % 140, (at / 140) as i64);
            let row = grid.row(day(date));
            if (asset + at / 140) % 3 > 0 {
                assert!(grid.keep((row, asset), value(asset, date)).is_some());
            }
        }
        let row = grid.row(day(1));
        assert!(grid.keep((row, 1), value(1, 1)).is_none());
        // That of date 4099 is missing, as 8 + 4099 is a multiple of three.
        assert_eq!(grid.last(8), Some(8000.0 + 4098.0));
        assert_eq!(grid.last(500), None);
        assert_eq!(grid.dates()[4099], day(4099));
        let found: Vec<Option<f64>> = grid.into_values(140).collect();
        for (at, found) in found.into_iter().enumerate() {
            let (asset, date) = (at / 4100, (at % 4100) as i64);
            let expected = ((asset + at % 4100) % 3 > 0).then(|| value(asset, date));
            assert_eq!(found, expected, "{asset}, {date}");
        }
    }
}
