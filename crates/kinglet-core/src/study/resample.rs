//! Other histories of the outcomes of a study, all together.

use std::ops::Range;

use super::inference::{Chance, places};
use super::{Followed, Study};
use crate::numeric::bootstrap::{BlockLength, Blocks, Bootstrap};
use crate::numeric::mean;

/// In so many steps draws are made, and told.
const STEPS: usize = 50;

/// The mean after events in other histories, and how it differs from that after any period.
pub(super) struct Resampled {
    pub(super) means: Vec<f64>,
    pub(super) differences: Vec<f64>,
    /// In what blocks they were drawn.
    pub(super) blocks: Blocks,
    /// The difference where nothing is behind the events: outcomes are drawn, events are not.
    pub(super) by_chance: Vec<f64>,
}

/// What an outcome is in each period of a study.
struct Columns {
    /// Whether it is an event with an outcome, that outcome, whether it has an outcome at all, and
    /// that: for sums.
    sums: [Vec<f64>; 4],
    /// The places of the events.
    events: Vec<usize>,
}

/// Other histories of all outcomes together, in which every one of them has an event.
pub(super) fn resample(
    study: &Study,
    tested: &[&Followed],
    chance: Chance,
    told: &dyn Fn(f64),
) -> Vec<Resampled> {
    let lengths = tested.iter().filter_map(|f| BlockLength::automatic(&f.any_values()));
    let blocks = chance.blocks.longest(lengths);
    let columns: Vec<Columns> = tested.iter().map(|f| Columns::of(study, f)).collect();
    let flat: Vec<&[f64]> = columns.iter().flat_map(|of| &of.sums).map(Vec::as_slice).collect();
    let bootstrap = Bootstrap::new(study.periods.len(), blocks, chance.seed);
    let empty = || Resampled { means: vec![], differences: vec![], blocks, by_chance: vec![] };
    let mut resampled: Vec<Resampled> = tested.iter().map(|_| empty()).collect();
    for range in parts(chance.draws) {
        let sums = bootstrap.draws(range.clone()).sums(&flat);
        let sums: Vec<&[Vec<f64>]> = sums.chunks(4).collect();
        for (at, order) in bootstrap.orders(range.clone()).enumerate() {
            let all: Vec<f64> = sums.iter().map(|of| of[3][at] / of[2][at]).collect();
            if sums.iter().all(|of| of[0][at] > 0.5 && of[2][at] > 0.5) {
                for ((own, of), all) in resampled.iter_mut().zip(&sums).zip(&all) {
                    own.means.push(of[1][at] / of[0][at]);
                    own.differences.push(of[1][at] / of[0][at] - all);
                }
            }
            let unmoved: Option<Vec<f64>> = columns.iter().map(|of| of.after(&order)).collect();
            for ((own, mean), all) in resampled.iter_mut().zip(unmoved.iter().flatten()).zip(&all) {
                own.by_chance.push(mean - all);
            }
        }
        told(range.end as f64 / chance.draws as f64);
    }
    resampled
}

/// The draws in a few ranges.
fn parts(draws: usize) -> impl Iterator<Item = Range<usize>> {
    let size = draws.div_ceil(STEPS).max(1);
    (0..draws).step_by(size).map(move |start| start..draws.min(start + size))
}

impl Columns {
    fn of(study: &Study, followed: &Followed) -> Columns {
        let mut sums = [0; 4].map(|_| vec![0.0; study.periods.len()]);
        let (placed, mut events) = (places(study, followed), Vec::new());
        for (at, member) in followed.any.iter().enumerate() {
            let Ok(period) = study.periods.binary_search(&member.period) else { continue };
            sums[2][period] = 1.0;
            sums[3][period] = member.value;
            if placed.binary_search(&at).is_ok() {
                sums[0][period] = 1.0;
                sums[1][period] = member.value;
                events.push(period);
            }
        }
        Columns { sums, events }
    }

    /// The mean outcome after the events if outcomes come in another order.
    fn after(&self, order: &[usize]) -> Option<f64> {
        let [_, _, known, values] = &self.sums;
        let drawn = self.events.iter().map(|place| order[*place]);
        let drawn = drawn.filter(|at| known[*at] > 0.5).map(|at| values[at]);
        mean(&drawn.collect::<Vec<f64>>())
    }
}
