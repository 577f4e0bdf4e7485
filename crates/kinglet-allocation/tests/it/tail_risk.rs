//! Conditional value at risk: a case by hand, normal scenarios, and random problems beside a
//! general solver.

use kinglet_allocation::Returns;
use kinglet_allocation::solve::{Limits, Row, TailRisk};
use proptest::prelude::*;

use crate::general;
use crate::numbers::{Random, apart, close, coarse, means, random};

/// Two assets that lose in turn: half of each loses half of 4% in every scenario.
#[test]
fn by_hand() {
    let names = vec!["A".to_owned(), "B".to_owned()];
    let periods = (0..4).map(|row| row.to_string()).collect();
    let values = vec![-0.04, 0.02, -0.04, 0.02, 0.00, -0.04, 0.00, -0.04];
    let returns = Returns::new(names, periods, values, 12.0).unwrap();
    let limits = Limits::long_only(2, 1.0);
    let problem = TailRisk { returns: &returns, confidence: 0.75, limits: &limits };
    let found = problem.minimum().unwrap();
    // With w of A the losses are 0.04w and 0.04(1 - w) - 0.02w: equal at w = 0.4.
    assert!(close(found.objective, 0.016, 1e-12));
    assert!(close(found.weights[0], 0.4, 1e-12));
    assert!(found.certificate.gap < 1e-12);
    let wrong = TailRisk { confidence: 1.0, ..problem };
    assert_eq!(wrong.minimum().unwrap_err().code(), "parameter");
    let mean = means(&returns);
    assert_eq!(problem.target_return(&mean, 0.0).unwrap_err().code(), "target-out-of-reach");
}

/// Rockafellar and Uryasev 2000, Journal of Risk 2: 0.115908 at 95% for normal returns, in the
/// limit of many scenarios.
#[test]
fn normal_scenarios() {
    let mean = [0.0101110, 0.0043532, 0.0137058];
    // The Cholesky factor of the printed covariance.
    let factor = [
        [0.05697587, 0.0, 0.0],
        [0.00403381, 0.02197958, 0.0],
        [0.07378474, -0.00478461, 0.04662622],
    ];
    let mut random = Random(7);
    let rows = 10_000;
    let mut values = vec![vec![0.0; rows]; 3];
    for row in 0..rows {
        let z: [f64; 3] = std::array::from_fn(|_| random.normal());
        for (asset, column) in values.iter_mut().enumerate() {
            let shock: f64 = factor[asset].iter().zip(z).map(|(l, z)| l * z).sum();
            column[row] = mean[asset] + shock;
        }
    }
    let names = ["S&P", "bonds", "small"].map(str::to_owned).to_vec();
    let periods = (0..rows).map(|row| row.to_string()).collect();
    let returns = Returns::new(names, periods, values.concat(), 12.0).unwrap();
    let limits = Limits::long_only(3, 1.0);
    let problem = TailRisk { returns: &returns, confidence: 0.95, limits: &limits };
    let found = problem.target_return(&mean, 0.011).unwrap();
    // The standard error of a tail mean of 500 draws is about 1.5% of the deviation's 0.0615.
    assert!((found.objective - 0.115908).abs() < 0.003, "{}", found.objective);
    for (weight, expected) in found.weights.iter().zip([0.452, 0.116, 0.432]) {
        assert!((weight - expected).abs() < 0.08, "{weight} is far from {expected}");
    }
}

/// Of assets that have nothing to do with one another hundreds are held, and an interior point
/// tells which.
#[test]
fn assets_that_have_nothing_to_share() {
    let returns = apart(5, 700, 300);
    let limits = Limits::long_only(300, 1.0);
    let problem = TailRisk { returns: &returns, confidence: 0.8, limits: &limits };
    let found = problem.minimum().unwrap();
    let held = found.weights.iter().filter(|weight| **weight > 0.0).count();
    assert!(held > 120, "{held}");
    let other = general::tail(&returns, 0.8, &limits).unwrap();
    assert!((found.objective - other).abs() < 1e-9, "{} {other}", found.objective);
    assert!(found.certificate.residual() < 1e-9, "{:?}", found.certificate);
    // The simplex method alone goes round thousands of times.
    assert!(found.certificate.iterations < 1500, "{:?}", found.certificate);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(100))]

    #[test]
    fn as_a_general_solver(seed in 0_u64..1_000_000, assets in 4_usize..40, rows in 20_usize..120) {
        let returns = random(seed, rows, assets);
        let mut draw = Random(seed ^ 3);
        let cap = (1.2 + 4.0 * draw.uniform()) / assets as f64;
        let mut limits = Limits::long_only(assets, cap);
        if draw.uniform() < 0.3 {
            limits.lower = vec![-0.3 * cap; assets];
        }
        let members: Vec<usize> = (0..assets).filter(|asset| asset % 3 == 0).collect();
        limits.rows.push(Row::group(assets, &members, 0.55));
        let others: Vec<usize> = (0..assets).filter(|asset| asset % 3 == 1).collect();
        let Row { coefficients, .. } = Row::group(assets, &others, 0.0);
        let coefficients = coefficients.iter().map(|c| -c).collect();
        limits.rows.push(Row { coefficients, limit: -0.2 });
        let confidence = 0.7 + 0.28 * draw.uniform();
        let problem = TailRisk { returns: &returns, confidence, limits: &limits };
        let found = problem.minimum().unwrap();
        let other = general::tail(&returns, confidence, &limits).unwrap();
        prop_assert!((found.objective - other).abs() < 1e-9, "{} {other}", found.objective);
        prop_assert!(found.certificate.residual_primal < 1e-10);
        prop_assert!((found.certificate.primal - found.certificate.dual).abs() < 1e-8);
    }

    #[test]
    fn where_scenarios_tie(seed in 0_u64..1_000_000, assets in 4_usize..40, rows in 20_usize..120) {
        let returns = coarse(seed, rows, assets);
        let limits = Limits::long_only(assets, (2.0 / assets as f64).max(0.2));
        let problem = TailRisk { returns: &returns, confidence: 0.9, limits: &limits };
        let found = problem.minimum().unwrap();
        let other = general::tail(&returns, 0.9, &limits).unwrap();
        prop_assert!((found.objective - other).abs() < 1e-9, "{} {other}", found.objective);
        prop_assert!((found.certificate.primal - found.certificate.dual).abs() < 1e-8);
    }

    #[test]
    fn a_frontier_is_each_of_its_points(seed in 0_u64..1_000_000, assets in 5_usize..25) {
        let returns = random(seed, 80, assets);
        let limits = Limits::long_only(assets, 0.4);
        let mean = means(&returns);
        let problem = TailRisk { returns: &returns, confidence: 0.9, limits: &limits };
        let least = problem.minimum().unwrap();
        let from: f64 = mean.iter().zip(&least.weights).map(|(m, w)| m * w).sum();
        let mut best = mean.clone();
        best.sort_by(|a, b| b.total_cmp(a));
        let top = 0.4 * (best[0] + best[1]) + 0.2 * best[2];
        let targets: Vec<f64> = (0..6).map(|k| from + (top - from) * k as f64 / 5.0).collect();
        let points = problem.frontier(&mean, &targets).unwrap();
        prop_assert!(close(points[0].objective, least.objective, 1e-9));
        for (target, point) in targets.iter().zip(&points) {
            let mut own = limits.clone();
            let scale = 1e3;
            let coefficients = mean.iter().map(|m| -m * scale).collect();
            own.rows.push(Row { coefficients, limit: -target * scale });
            let other = general::tail(&returns, 0.9, &own).unwrap();
            prop_assert!((point.objective - other).abs() < 1e-8, "{} {other}", point.objective);
        }
    }
}
