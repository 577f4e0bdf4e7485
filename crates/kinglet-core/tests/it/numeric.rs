//! What holds for the numeric kernels on any numbers.

use kinglet_core::numeric::bootstrap::{BlockLength, Blocks, Bootstrap};
use kinglet_core::numeric::decline::Decline;
use kinglet_core::numeric::performance::{Tail, annual, drawdowns, growth, quantile};
use kinglet_core::numeric::regression::Regression;
use kinglet_core::numeric::{mean, median, sum, variance};
use proptest::prelude::*;

fn returns(count: std::ops::Range<usize>) -> impl Strategy<Value = Vec<f64>> {
    prop::collection::vec(-0.3..0.3, count)
}

fn near(a: f64, b: f64) -> bool {
    (a - b).abs() <= 1e-9 * (1.0 + a.abs().max(b.abs()))
}

proptest! {
    /// Sums do not depend on the order, nor variances on the level.
    #[test]
    fn sums(values in prop::collection::vec(-1e9..1e9, 2..200), shift in -1e6..1e6) {
        let backwards: Vec<f64> = values.iter().rev().copied().collect();
        prop_assert!(near(sum(values.iter().copied()), sum(backwards)));
        let shifted: Vec<f64> = values.iter().map(|v| v + shift).collect();
        let (plain, moved) = (variance(&values).unwrap(), variance(&shifted).unwrap());
        prop_assert!((plain - moved).abs() <= 1e-6 * plain.max(1.0), "{plain} {moved}");
        let (centre, middle) = (mean(&shifted).unwrap(), median(&values).unwrap());
        prop_assert!(near(centre, mean(&values).unwrap() + shift));
        prop_assert!(values.iter().filter(|v| **v <= middle).count() * 2 >= values.len());
    }

    /// Quantiles rise with the share, from the least to the greatest value.
    #[test]
    fn quantiles(values in returns(1..50), a in 0.0..=1.0, b in 0.0..=1.0) {
        let of = |share| quantile(&values, share).expect("there are values");
        let (low, high) = if a <= b { (a, b) } else { (b, a) };
        prop_assert!(of(low) <= of(high));
        prop_assert!(values.contains(&of(0.0)) && values.iter().all(|v| *v >= of(0.0)));
        prop_assert!(values.contains(&of(1.0)) && values.iter().all(|v| *v <= of(1.0)));
    }

    /// The mean of a tail is never above its edge, by any law, and a tail of returns that are all
    /// lower by the same amount is lower by it.
    #[test]
    fn tails(values in returns(5..60), share in 0.01..0.45, shift in 0.0..0.5_f64) {
        for law in [Tail::Historical, Tail::Gaussian, Tail::CornishFisher] {
            let Some(edge) = law.quantile(&values, share) else { continue };
            let inner = law.mean(&values, share).expect("as its edge");
            prop_assert!(inner <= edge + 1e-12, "{law:?}: {inner} {edge}");
            let lower: Vec<f64> = values.iter().map(|v| v - shift).collect();
            let moved = law.quantile(&lower, share).expect("as its edge");
            prop_assert!((moved - (edge - shift)).abs() < 1e-9, "{law:?}");
        }
    }

    /// Money that grows at the yearly rate grows as the returns do.
    #[test]
    fn yearly_rates_compound(values in returns(1..60)) {
        let rate = annual(&values, 12.0).expect("something is left");
        let years = values.len() as f64 / 12.0;
        prop_assert!(near(libm::pow(1.0 + rate, years), growth(&values)));
    }

    /// The falls of a path lie one after the other, and the deepest is the greatest distance from
    /// a former high.
    #[test]
    fn declines(values in returns(1..80)) {
        let path: Vec<f64> = std::iter::once(1.0)
            .chain(values.iter().scan(1.0, |value, r| {
                *value *= 1.0 + r;
                Some(*value)
            }))
            .collect();
        let found = Decline::all(&path);
        for decline in &found {
            prop_assert!(decline.peak < decline.trough);
            prop_assert!(near(decline.depth, path[decline.trough] / path[decline.peak] - 1.0));
            prop_assert!(-1.0 < decline.depth && decline.depth < 0.0);
            let end = decline.recovery.unwrap_or(path.len());
            prop_assert!(decline.trough < end);
            let within = &path[decline.peak + 1..end];
            prop_assert!(within.iter().all(|v| *v < path[decline.peak]));
            prop_assert!(within.iter().all(|v| *v >= path[decline.trough]));
            prop_assert!(decline.recovery.is_none_or(|at| path[at] >= path[decline.peak]));
        }
        for pair in found.windows(2) {
            prop_assert!(pair[0].recovery.is_some_and(|end| end <= pair[1].peak));
        }
        let deepest = drawdowns(&values).into_iter().fold(0.0, f64::min);
        let first = Decline::deepest(&path).first().map_or(0.0, |decline| decline.depth);
        prop_assert!(near(first, deepest), "{first} {deepest}");
    }

    /// A plane through two series is found, whatever their scale; nothing of it is left unexplained
    /// and nothing uncertain.
    #[test]
    fn planes(
        pairs in prop::collection::vec((-0.3..0.3, -0.3..0.3), 8..60),
        (level, x, y) in (-1.0..1.0_f64, -3.0..3.0_f64, -3.0..3.0_f64),
        scale in 1e-3..1e3,
    ) {
        let first: Vec<f64> = pairs.iter().map(|p| p.0 * scale).collect();
        let second: Vec<f64> = pairs.iter().map(|p| p.1).collect();
        let of: Vec<f64> = first.iter().zip(&second).map(|(a, b)| level + x * a + y * b).collect();
        let spread = variance(&of).expect("there are eight");
        prop_assume!(spread > 1e-6);
        if let Some(found) = Regression::new(&of, &[first, second], 3) {
            let want = [level, x, y];
            for (got, want) in found.coefficients.iter().zip(want) {
                prop_assert!((got - want).abs() < 1e-6, "{found:?}, not {want}");
            }
            prop_assert!(found.r_squared > 1.0 - 1e-9);
            prop_assert!(found.errors.iter().all(|error| *error < 1e-6), "{found:?}");
        }
    }

    /// Regressors explain between nothing and all, and twice the values have twice the slope and
    /// error.
    #[test]
    fn regressions(
        pairs in prop::collection::vec((-0.3..0.3, -0.3..0.3), 8..60),
        lags in 0_usize..70,
    ) {
        let of: Vec<f64> = pairs.iter().map(|p| p.0).collect();
        let on: Vec<f64> = pairs.iter().map(|p| p.1).collect();
        let double: Vec<f64> = of.iter().map(|v| 2.0 * v).collect();
        let once = Regression::new(&of, std::slice::from_ref(&on), lags);
        let twice = Regression::new(&double, &[on], lags);
        prop_assert_eq!(once.is_some(), twice.is_some());
        if let Some((once, twice)) = once.zip(twice) {
            prop_assert!((-1e-12..=1.0).contains(&once.r_squared));
            prop_assert!(near(once.r_squared, twice.r_squared));
            for (a, b) in once.coefficients.iter().zip(&twice.coefficients) {
                prop_assert!(near(2.0 * a, *b));
            }
            for (a, b) in once.errors.iter().zip(&twice.errors) {
                prop_assert!((2.0 * a - b).abs() < 1e-6, "{a} {b}");
            }
        }
    }

    /// The length of blocks does not depend on the scale, and is at most the longest allowed.
    #[test]
    fn block_lengths(values in returns(9..200), power in -9_i32..9) {
        let Some(length) = BlockLength::automatic(&values) else { return Ok(()) };
        let n = values.len() as f64;
        let most = (3.0 * n.sqrt()).min(n / 3.0).ceil();
        prop_assert!((0.0..=most).contains(&length.stationary));
        prop_assert!((0.0..=most).contains(&length.circular));
        let scaled: Vec<f64> = values.iter().map(|v| v * libm::ldexp(1.0, power)).collect();
        prop_assert_eq!(BlockLength::automatic(&scaled), Some(length));
    }

    /// Every place gets one of the observations; who draws a part draws the same, so that threads
    /// may share the work.
    #[test]
    fn orders(count in 1_usize..300, block in 0.0..500.0, seed: u64) {
        for blocks in [Blocks::Stationary(block), Blocks::Circular(block as usize)] {
            let bootstrap = Bootstrap::new(count, blocks, seed);
            let all: Vec<Vec<usize>> = bootstrap.orders(0..4).collect();
            for order in &all {
                prop_assert_eq!(order.len(), count);
                prop_assert!(order.iter().all(|at| *at < count));
            }
            let parts = bootstrap.orders(2..4).chain(bootstrap.orders(0..2));
            let parts: Vec<Vec<usize>> = parts.collect();
            prop_assert_eq!([&all[2..], &all[..2]].concat(), parts);
        }
    }
}
