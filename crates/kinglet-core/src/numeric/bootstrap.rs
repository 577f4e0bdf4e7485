//! The stationary bootstrap: other histories that could have been, drawn in blocks from the one
//! that was, so that what follows what is kept (Politis and Romano 1994, The Stationary Bootstrap,
//! Journal of the American Statistical Association 89).

use super::random::Random;
use super::{mean, sum};

/// Draws orders in which the observations of a history may come again.
#[derive(Clone, Debug)]
pub struct StationaryBootstrap {
    count: usize,
    block: f64,
    random: Random,
}

impl StationaryBootstrap {
    /// Of so many observations, in blocks of this mean length, which is at least 1.
    pub fn new(count: usize, block: f64, seed: u64) -> StationaryBootstrap {
        StationaryBootstrap { count, block: block.max(1.0), random: Random::new(seed) }
    }

    /// The next order: for each place the observation that comes there. A block goes on with
    /// probability 1 - 1 / length, after the last observation with the first.
    pub fn order(&mut self) -> Vec<usize> {
        let mut at = 0;
        let next = |place: usize| {
            let goes_on = self.random.share() > 1.0 / self.block;
            let fresh = self.random.below(self.count);
            at = if goes_on && place > 0 { (at + 1) % self.count } else { fresh };
            at
        };
        (0..self.count).map(next).collect()
    }
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

    /// The mean length of the blocks is the one asked for, the first of a block any observation.
    #[test]
    fn blocks_have_their_length() {
        let mut bootstrap = StationaryBootstrap::new(100, 5.0, 1);
        let (mut blocks, mut places, mut seen) = (0, 0, [0; 100]);
        for _ in 0..1_000 {
            let order = bootstrap.order();
            assert_eq!(order.len(), 100);
            blocks += 1 + order.windows(2).filter(|pair| pair[1] != (pair[0] + 1) % 100).count();
            places += order.len();
            order.iter().for_each(|at| seen[*at] += 1);
        }
        let length = places as f64 / blocks as f64;
        // A new block begins at the old one's end in one of a hundred cases, and with each history.
        assert!((length - 4.85).abs() < 0.1, "{length}");
        assert!(seen.iter().all(|n| (800..1_200).contains(n)), "{seen:?}");
    }

    #[test]
    fn the_seed_decides() {
        let orders = |seed| {
            let mut bootstrap = StationaryBootstrap::new(50, 4.0, seed);
            [bootstrap.order(), bootstrap.order()]
        };
        assert_eq!(orders(7), orders(7));
        assert_ne!(orders(7), orders(8));
        assert_ne!(orders(7)[0], orders(7)[1]);
        let mut whole = StationaryBootstrap::new(10, f64::INFINITY, 3);
        let order = whole.order();
        assert!(order.windows(2).all(|pair| pair[1] == (pair[0] + 1) % 10), "{order:?}");
    }
}
