//! Weights through time: each as if its lookback were all there is.

use kinglet_allocation::Returns;
use kinglet_allocation::estimate::sample;
use kinglet_allocation::solve::{Limits, MeanVariance, TailRisk, WalkForward};

use crate::numbers::{close, means, random};

fn slice(returns: &Returns, from: usize, to: usize) -> Returns {
    let values = (0..returns.assets()).flat_map(|asset| returns.asset(asset)[from..to].to_vec());
    let periods = returns.periods()[from..to].to_vec();
    Returns::new(returns.names().to_vec(), periods, values.collect(), 252.0).unwrap()
}

/// Sixty rebalances, more than one chain, with a last step that is cut short.
#[test]
fn each_as_if_alone() {
    let returns = random(31, 300 + 60 * 5 + 3, 12);
    let limits = Limits::long_only(12, 0.3);
    let walk = WalkForward { returns: &returns, lookback: 300, step: 5, limits: &limits };
    let ratios = walk.maximum_sharpe(0.0).unwrap();
    let tails = walk.minimum_tail(0.9).unwrap();
    assert_eq!((ratios.len(), tails.len()), (61, 61));
    assert_eq!(ratios[60].earned.len(), 3);
    for (ratio, tail) in ratios.iter().zip(&tails) {
        let window = slice(&returns, ratio.period - 300, ratio.period);
        let (mean, covariance) = (means(&window), sample(&window));
        let problem = MeanVariance { mean: &mean, covariance: &covariance, limits: &limits };
        match (&ratio.solution, problem.maximum_sharpe(0.0)) {
            (Ok(found), Ok(alone)) => {
                assert!(close(found.objective, alone.objective, 1e-9));
                for (a, b) in found.weights.iter().zip(&alone.weights) {
                    assert!((a - b).abs() < 1e-7);
                }
                let earned: f64 = found
                    .weights
                    .iter()
                    .enumerate()
                    .map(|(asset, weight)| weight * returns.asset(asset)[ratio.period])
                    .sum();
                assert!((ratio.earned[0] - earned).abs() < 1e-15);
            }
            (found, alone) => assert_eq!(found.is_ok(), alone.is_ok()),
        }
        let problem = TailRisk { returns: &window, confidence: 0.9, limits: &limits };
        let found = tail.solution.as_ref().unwrap();
        assert!(close(found.objective, problem.minimum().unwrap().objective, 1e-10));
    }
}

/// What comes after a date changes nothing before it.
#[test]
fn nothing_is_known_ahead() {
    let long = random(37, 160, 8);
    let short = slice(&long, 0, 130);
    let limits = Limits::long_only(8, 0.5);
    let of = |returns: &Returns| {
        let walk = WalkForward { returns, lookback: 60, step: 10, limits: &limits };
        walk.maximum_sharpe(0.0).unwrap()
    };
    let (long, short) = (of(&long), of(&short));
    assert_eq!(short.len(), 7);
    assert_eq!(long[..7], short[..]);
}

#[test]
fn a_date_without_weights_says_why() {
    let returns = random(41, 60, 4);
    let limits = Limits::long_only(4, 1.0);
    let walk = WalkForward { returns: &returns, lookback: 40, step: 10, limits: &limits };
    let path = walk.maximum_sharpe(1.0).unwrap();
    assert_eq!(path.len(), 2);
    for point in path {
        assert_eq!(point.solution.unwrap_err().code(), "no-excess-return");
        assert!(point.earned.is_empty());
    }
    let long = WalkForward { lookback: 60, ..walk };
    assert_eq!(long.maximum_sharpe(0.0).unwrap_err().code(), "too-few-periods");
}
