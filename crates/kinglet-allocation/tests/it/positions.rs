//! Limits on positions: beside every set of assets tried one by one, and of a hundred assets to the
//! end.

use kinglet_allocation::estimate::{Covariance, Target, historical};
use kinglet_allocation::problem::{
    Allocation, Check, Constraints, Objective, Problem, Risk, Universe,
};
use kinglet_allocation::solve::{Limits, MeanVariance, Row};
use kinglet_allocation::{AllocationError, Returns};
use proptest::prelude::*;

use crate::numbers::random;

fn solve(
    objective: Objective,
    constraints: Constraints,
    (returns, covariance): (&Returns, &Covariance),
) -> Allocation {
    let mean = historical(returns);
    let universe = Universe {
        names: returns.names(),
        mean: Some(&mean),
        covariance: Some(covariance),
        returns: Some(returns),
        probabilities: None,
        spans: returns.rows() as f64,
    };
    Problem { objective, constraints, risk_free: 0.0 }.solve(&universe).expect("weights")
}

/// The best of all sets of so many of nine assets, each at least so large; A0 to A2 hold no more
/// than half.
fn best_of_all(
    (most, least, cap): (u32, f64, f64),
    (mean, covariance): (&[f64], &Covariance),
    value: fn(MeanVariance<'_>) -> Result<f64, AllocationError>,
) -> Option<f64> {
    let sets = (1_usize..512).filter(|set| set.count_ones() <= most);
    let values = sets.filter_map(|set| {
        let held = |at: usize| f64::from(u8::from(set >> at & 1 == 1));
        let bound = |value: f64| (0..9).map(move |at| value * held(at));
        let rows = vec![Row::group(9, &[0, 1, 2], 0.5)];
        let (lower, upper) = (bound(least).collect(), bound(cap).collect());
        let limits = Limits { lower, upper, budget: 1.0, rows };
        value(MeanVariance { mean, covariance, limits: &limits }).ok()
    });
    values.reduce(f64::min)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(25))]

    #[test]
    fn as_of_all_sets(seed in 0_u64..1_000_000, most in 2_u32..5, small in 0_u8..2) {
        let returns = random(seed, 60, 9);
        let covariance = Target::SingleFactor.shrink(&returns).covariance;
        let mean = historical(&returns);
        let (least, cap) = (f64::from(small) * 0.15, 0.6);
        let constraints = Constraints {
            max_positions: Some(most as usize),
            min_position: (small > 0).then_some(least),
            max_weight: cap,
            rules: vec!["A0 + A1 + A2 <= 0.5".to_owned()],
            ..Constraints::default()
        };
        let given = (&returns, &covariance);
        let best = |value| best_of_all((most, least, cap), (&mean, &covariance), value);

        let found = solve(Objective::MinRisk(Risk::Volatility), constraints.clone(), given);
        let other = best(|of| Ok(of.minimum_variance()?.objective)).unwrap().sqrt();
        prop_assert!((found.objective - other).abs() < 1e-8 * other, "{found:?} {other}");
        prop_assert!(found.certificate.gap < 1e-8);
        prop_assert!(found.checks.iter().all(Check::holds));

        let utility = Objective::MaxUtility { risk: Risk::Volatility, aversion: 8.0 };
        let found = solve(utility, constraints.clone(), given);
        let other = -best(|of| Ok(-of.utility(8.0)?.objective)).unwrap();
        prop_assert!((found.objective - other).abs() < 1e-8 * other.abs(), "{found:?} {other}");

        let ratio = best(|of| Ok(-of.maximum_sharpe(0.0)?.objective));
        let Some(other) = ratio.map(|value| -value) else { return Ok(()) };
        let found = solve(Objective::MaxRatio(Risk::Volatility), constraints, given);
        prop_assert!((found.objective - other).abs() < 1e-7 * other, "{found:?} {other}");
    }
}

/// Ten of eighty, where sets cannot be tried one by one: the proof leaves no gap.
#[test]
fn ten_of_eighty() {
    let returns = random(97, 500, 80);
    let covariance = Target::ConstantVariance.shrink(&returns).covariance;
    let constraints = Constraints { max_positions: Some(10), ..Constraints::default() };
    for name in ["min-variance", "max-sharpe", "max-diversification"] {
        let objective = Objective::named(name, 0.05, 3.0).expect("an objective");
        let found = solve(objective, constraints.clone(), (&returns, &covariance));
        assert!(found.certificate.gap < 1e-8, "{name}: {:?}", found.certificate);
        assert!(found.weights.iter().filter(|weight| **weight > 0.0).count() <= 10);
    }
}
