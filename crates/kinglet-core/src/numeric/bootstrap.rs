//! Other histories that could have been, drawn in blocks from the one that was, so that what
//! follows what is kept; and how long the blocks should be.

use std::ops::Range;

use super::random::Random;
use super::{mean, sum};

/// The lengths of the blocks in which a history is drawn again.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Blocks {
    /// Random, with this mean: each ends after any observation with probability 1 / mean (Politis
    /// and Romano 1994, The Stationary Bootstrap, Journal of the American Statistical Association
    /// 89).
    Stationary(f64),
    /// All the same (Politis and Romano 1992, A Circular Block-resampling Procedure for Stationary
    /// Data).
    Circular(usize),
}

impl Blocks {
    /// The mean length.
    pub fn mean(self) -> f64 {
        match self {
            Blocks::Stationary(mean) => mean.max(1.0),
            Blocks::Circular(length) => length.max(1) as f64,
        }
    }

    /// The probability that one block holds both of two observations so far apart.
    pub fn holds(self, lag: usize) -> f64 {
        let (lag, ends) = (lag as f64, 1.0 / self.mean());
        match self {
            Blocks::Stationary(_) => libm::pow(1.0 - ends, lag),
            Blocks::Circular(_) => (1.0 - lag * ends).max(0.0),
        }
    }
}

/// Histories in blocks of the one that was. After the last observation comes the first; the last
/// block is cut off.
///
/// The history of a number depends on that number and the seed alone: who draws some of them, in
/// any order, on any number of threads, draws the same. Several series are resampled together by
/// using the same history for all, which keeps what happens at the same time.
#[derive(Clone, Debug)]
pub struct Bootstrap {
    count: usize,
    lengths: Lengths,
    seed: u64,
}

impl Bootstrap {
    /// Of so many observations, at most 2³² - 1. A block has at least one of them.
    pub fn new(count: usize, blocks: Blocks, seed: u64) -> Bootstrap {
        let lengths = match blocks {
            Blocks::Stationary(mean) => Lengths::geometric(mean, count),
            Blocks::Circular(length) => Lengths::Fixed(length.max(1)),
        };
        Bootstrap { count, lengths, seed }
    }

    /// For each of these histories, which observation comes at each place: for a statistic of any
    /// kind, of one series or several.
    pub fn orders(&self, numbers: Range<usize>) -> impl Iterator<Item = Vec<usize>> {
        numbers.map(move |number| {
            let mut runs = Vec::new();
            self.draw(number, &mut runs);
            runs.into_iter().flatten().map(|at| at as usize).collect()
        })
    }

    /// These histories, for sums over them.
    pub fn draws(&self, numbers: Range<usize>) -> Draws {
        let mut draws = Draws { count: self.count, runs: Vec::new(), ends: Vec::new() };
        for number in numbers {
            self.draw(number, &mut draws.runs);
            draws.ends.push(draws.runs.len());
        }
        draws
    }

    /// Runs of observations that follow each other in the history that was.
    fn draw(&self, number: usize, runs: &mut Vec<Range<u32>>) {
        let mut random = Random::stream(self.seed, number as u64);
        let mut left = self.count;
        while left > 0 {
            let (first, second) = random.halves();
            let start = ((u64::from(first) * self.count as u64) >> 32) as usize;
            let length = self.lengths.at(second);
            let length = length.min(left);
            let straight = length.min(self.count - start);
            runs.push(start as u32..(start + straight) as u32);
            if straight < length {
                runs.push(0..(length - straight) as u32);
            }
            left -= length;
        }
    }
}

/// How long blocks are, by a number of 32 bits that is drawn.
#[derive(Clone, Debug)]
enum Lengths {
    Fixed(usize),
    /// The inverse of the distribution function, looked up: there are millions of blocks.
    Geometric {
        /// For each length from 1 on, 2³² times the probability of a longer block.
        longer: Vec<u64>,
        /// For each highest byte, the length at its largest number: that of others is no less.
        guide: Vec<usize>,
    },
}

impl Lengths {
    fn geometric(mean: f64, longest: usize) -> Lengths {
        let goes_on = 1.0 - 1.0 / mean.max(1.0);
        let probability = |p: &f64| Some(p * goes_on);
        let scaled = std::iter::successors(probability(&1.0), probability);
        let scaled = scaled.map(|p| (p * libm::ldexp(1.0, 32)) as u64).take(longest);
        let longer: Vec<u64> = scaled.take_while(|number| *number > 0).collect();
        let at = |byte: u64| longer.partition_point(|number| *number > (byte << 24 | 0xff_ffff));
        Lengths::Geometric { guide: (0..256).map(|byte| at(byte) + 1).collect(), longer }
    }

    fn at(&self, number: u32) -> usize {
        match self {
            Lengths::Fixed(length) => *length,
            Lengths::Geometric { longer, guide } => {
                let mut length = guide[(number >> 24) as usize];
                while longer.get(length - 1).is_some_and(|longer| *longer > u64::from(number)) {
                    length += 1;
                }
                length
            }
        }
    }
}

/// Some histories of a [`Bootstrap`], kept to sum over them.
#[derive(Clone, Debug)]
pub struct Draws {
    count: usize,
    /// In half the bytes of other positions: there are millions.
    runs: Vec<Range<u32>>,
    /// Where the runs of each history end.
    ends: Vec<usize>,
}

/// So many columns are summed at once, as many as the registers of a processor hold.
const LANES: usize = 8;

impl Draws {
    fn histories(&self) -> impl Iterator<Item = &[Range<u32>]> {
        let starts = std::iter::once(&0).chain(&self.ends);
        starts.zip(&self.ends).map(|(start, end)| &self.runs[*start..*end])
    }

    /// For each column, its sum in each history. Columns are as long as the history; each statistic
    /// that is a function of sums (means, shares of hits, means under a condition, ratios,
    /// variances) follows from these in a fraction of the time that orders take: a run is a
    /// difference of two running totals. Whole numbers are added up exactly; others are rounded as
    /// running totals are.
    ///
    /// # Panics
    /// Where a column has another length.
    pub fn sums(&self, columns: &[&[f64]]) -> Vec<Vec<f64>> {
        let mut sums = Vec::with_capacity(columns.len());
        for lanes in columns.chunks(LANES) {
            assert!(lanes.iter().all(|column| column.len() == self.count), "columns of one length");
            let totals = running_totals(lanes, self.count);
            let from = sums.len();
            sums.extend(lanes.iter().map(|_| Vec::with_capacity(self.ends.len())));
            for runs in self.histories() {
                let mut row = [0.0; LANES];
                for run in runs {
                    let (low, high) = (&totals[run.start as usize], &totals[run.end as usize]);
                    for lane in 0..LANES {
                        row[lane] += high[lane] - low[lane];
                    }
                }
                sums[from..].iter_mut().zip(row).for_each(|(column, sum)| column.push(sum));
            }
        }
        sums
    }
}

/// The sums of the first 0, 1, 2 … rows.
fn running_totals(columns: &[&[f64]], count: usize) -> Vec<[f64; LANES]> {
    let mut totals = vec![[0.0; LANES]; count + 1];
    for (lane, column) in columns.iter().enumerate() {
        let mut total = 0.0;
        for (row, value) in totals[1..].iter_mut().zip(*column) {
            total += value;
            row[lane] = total;
        }
    }
    totals
}

/// The mean lengths of blocks that are best for the mean of a series.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct BlockLength {
    /// For the stationary bootstrap.
    pub stationary: f64,
    /// For the circular one, whose blocks are all of one length.
    pub circular: f64,
}

impl BlockLength {
    /// From how long the autocorrelations of a series last (Politis and White 2004, Automatic
    /// Block-Length Selection for the Dependent Bootstrap, Econometric Reviews 23, with the
    /// correction of Patton, Politis and White 2009, Econometric Reviews 28). None of fewer than
    /// nine observations, nor where nothing moves.
    pub fn automatic(values: &[f64]) -> Option<BlockLength> {
        /// So many insignificant autocorrelations in a row end the dependence.
        const INSIGNIFICANT: usize = 5;
        let (count, centre) = (values.len(), mean(values)?);
        let n = count as f64;
        let deviations: Vec<f64> = values.iter().map(|v| v - centre).collect();
        let longest = n.sqrt().ceil() as usize + INSIGNIFICANT;
        if count < 9 || longest + 2 > count || super::performance::deviation(values).is_none() {
            return None;
        }
        let product = |a: &[f64], b: &[f64]| sum(a.iter().zip(b).map(|(x, y)| x * y));
        let covariance = |lag: usize| product(&deviations[lag..], &deviations[..count - lag]) / n;
        let is_small = |lag: usize| {
            let (later, earlier) = (&deviations[lag + 1..], &deviations[..count - lag - 1]);
            let scale = (product(later, later) * product(earlier, earlier)).sqrt();
            (covariance(lag) * n / scale).abs() < 2.0 * (libm::log10(n) / n).sqrt()
        };
        let quiet = (0..=longest - INSIGNIFICANT)
            .find(|&first| (first..first + INSIGNIFICANT).all(is_small));
        let band = quiet.map_or(longest, |first| 2 * first.max(1)).min(longest);
        let weight = |lag: usize| {
            let share = lag as f64 / band as f64;
            if share <= 0.5 { 1.0 } else { 2.0 * (1.0 - share) }
        };
        let terms: Vec<f64> = (1..=band).map(|lag| 2.0 * weight(lag) * covariance(lag)).collect();
        let slope = sum(terms.iter().zip(1..).map(|(term, lag)| f64::from(lag) * term));
        let long_run = covariance(0) + sum(terms.iter().copied());
        let most = (3.0 * n.sqrt()).min(n / 3.0).ceil();
        let best = |variance: f64| {
            let length = libm::cbrt(2.0 * slope * slope / variance * n).min(most);
            length.is_finite().then_some(length)
        };
        let square = long_run * long_run;
        let (stationary, circular) = (best(2.0 * square)?, best(4.0 / 3.0 * square)?);
        Some(BlockLength { stationary, circular })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::numeric::performance::{deviation, quantile};

    /// Monthly returns of 2000 and 2001 in per cent (Bacon 2008, table 4.1).
    const RETURNS: [f64; 24] = [
        0.3, 2.6, 1.1, -1.0, 1.5, 2.5, 1.6, 6.7, -1.4, 4.0, -0.5, 8.1, 4.0, -3.7, -6.1, 1.7, -4.9,
        -2.2, 7.0, 5.8, -6.5, 2.4, -0.5, -0.9,
    ];

    /// Python arch 8.0.0: `optimal_block_length(returns)` and of `numpy.cumsum(returns)`, which
    /// hangs on.
    #[test]
    fn lengths_as_arch() {
        let mut total = 0.0;
        let sums = RETURNS.map(|r| {
            total += r;
            total
        });
        for (values, want) in
            [(RETURNS, (0.691_915_07, 0.792_045_04)), (sums, (4.427_719_58, 5.068_473_67))]
        {
            let found = BlockLength::automatic(&values).expect("it moves");
            assert!((found.stationary - want.0).abs() < 5e-9, "{found:?}");
            assert!((found.circular - want.1).abs() < 5e-9, "{found:?}");
        }
        assert_eq!(BlockLength::automatic(&RETURNS[..8]), None);
        assert_eq!(BlockLength::automatic(&[1.0; 30]), None);
    }

    /// Python arch 8.0.0: `StationaryBootstrap(4, returns, seed=1)` and `CircularBlockBootstrap`,
    /// `apply(mean, 100_000)`: deviation and the quantiles at 2.5% and 97.5%. Two per cent are four
    /// deviations of the first with 20,000 draws.
    #[test]
    fn means_as_arch() {
        for (blocks, spread, low, high) in [
            (Blocks::Stationary(4.0), 0.6559, -0.4125, 2.1708),
            (Blocks::Stationary(10.0), 0.5217, -0.1667, 1.9583),
            (Blocks::Circular(4), 0.6886, -0.5458, 2.1417),
        ] {
            let draws = Bootstrap::new(24, blocks, 1).draws(0..20_000);
            let sums = draws.sums(&[&RETURNS]);
            let means: Vec<f64> = sums[0].iter().map(|sum| sum / 24.0).collect();
            let found = deviation(&means).expect("they move");
            assert!((found / spread - 1.0).abs() < 0.02, "{blocks:?}: {found}");
            for (share, want) in [(0.025, low), (0.975, high)] {
                let found = quantile(&means, share).expect("draws");
                assert!((found - want).abs() < 0.06 * spread, "{blocks:?}: {found}");
            }
        }
    }

    /// Each history is as long as the one that was; the mean length of its blocks is the one asked
    /// for; every observation comes as often as any other.
    #[test]
    fn histories() {
        for (blocks, want) in [(Blocks::Stationary(5.0), 4.85), (Blocks::Circular(7), 6.7)] {
            let (mut begun, mut seen) = (0, [0; 100]);
            for order in Bootstrap::new(100, blocks, 1).orders(0..2_000) {
                assert_eq!(order.len(), 100);
                begun += 1 + order.windows(2).filter(|p| p[1] != (p[0] + 1) % 100).count();
                order.iter().for_each(|at| seen[*at] += 1);
            }
            // The last block is cut off, and one in a hundred goes on where the last one ended.
            let length = 200_000.0 / begun as f64;
            assert!((length - want).abs() < 0.1, "{blocks:?}: {length}");
            // Five deviations of 2,000, blocks counted as one hit each.
            assert!(seen.iter().all(|n| (1_400..2_600).contains(n)), "{seen:?}");
        }
    }

    /// A history follows from its number and the seed, whoever draws it.
    #[test]
    fn number_and_seed() {
        let orders = |seed, numbers| -> Vec<Vec<usize>> {
            Bootstrap::new(50, Blocks::Stationary(4.0), seed).orders(numbers).collect()
        };
        let all = orders(1, 0..30);
        assert_eq!([orders(1, 0..11), orders(1, 11..30)].concat(), all);
        assert_ne!(all[0], all[1]);
        assert_ne!(orders(2, 0..1)[0], all[0]);
        let whole = Bootstrap::new(10, Blocks::Stationary(f64::INFINITY), 3);
        let turned = |order: Vec<usize>| order.windows(2).all(|p| p[1] == (p[0] + 1) % 10);
        assert!(whole.orders(0..5).all(turned));
        let single = Bootstrap::new(1, Blocks::Circular(0), 3);
        assert_eq!(single.orders(0..2).collect::<Vec<_>>(), [[0], [0]]);
        assert_eq!(Bootstrap::new(0, Blocks::Circular(3), 3).orders(0..2).flatten().count(), 0);
    }

    /// Sums by running totals are those of the orders.
    #[test]
    fn sums_of_orders() {
        let columns: Vec<Vec<f64>> = (0..11_u32)
            .map(|c| (0..60_u32).map(|t| f64::from((t * t * (c + 3)) % 31)).collect())
            .collect();
        let views: Vec<&[f64]> = columns.iter().map(Vec::as_slice).collect();
        for blocks in [Blocks::Stationary(6.0), Blocks::Circular(9)] {
            let bootstrap = Bootstrap::new(60, blocks, 5);
            let draws = bootstrap.draws(0..40);
            let found = draws.sums(&views);
            for (column, found) in columns.iter().zip(&found) {
                let sum = |order: Vec<usize>| order.iter().map(|at| column[*at]).sum::<f64>();
                let want: Vec<f64> = bootstrap.orders(0..40).map(sum).collect();
                assert_eq!(*found, want);
            }
            assert_eq!(draws.sums(&views[9..]), found[9..]);
        }
    }
}
