//! Mean and variance: printed examples, and random problems beside a general solver.

use faer::Mat;
use kinglet_allocation::estimate::{Covariance, Target, sample};
use kinglet_allocation::solve::{Limits, MeanVariance, Row, risk_budget};
use proptest::prelude::*;

use crate::general;
use crate::numbers::{Random, close, coarse, means, random};

/// Rockafellar and Uryasev 2000, Journal of Risk 2, tables 1 to 3: S&P 500, government bonds and
/// small caps; weights by solving the KKT system of the printed inputs by hand.
#[test]
fn rockafellar_uryasev() {
    let mean = [0.0101110, 0.0043532, 0.0137058];
    let rows = [
        [0.00324625, 0.00022983, 0.00420395],
        [0.00022983, 0.00049937, 0.00019247],
        [0.00420395, 0.00019247, 0.00764097],
    ];
    let covariance = Covariance::Dense(Mat::from_fn(3, 3, |i, j| rows[i][j]));
    let limits = Limits::long_only(3, 1.0);
    let problem = MeanVariance { mean: &mean, covariance: &covariance, limits: &limits };
    let found = problem.target_return(0.011).unwrap();
    for (weight, expected) in found.weights.iter().zip([0.45201131, 0.11557318, 0.43241551]) {
        assert!((weight - expected).abs() < 5e-9, "{weight} is not {expected}");
    }
    assert!((found.objective - 0.00378529).abs() < 5e-9);
    assert!(found.certificate.gap < 1e-12);
    let error = problem.target_return(0.02).unwrap_err();
    assert_eq!(error.code(), "target-out-of-reach");
    let error = problem.maximum_sharpe(0.02).unwrap_err();
    assert_eq!(error.code(), "no-excess-return");
    // Normal tails at the printed mean and variance: what the paper prints for 90%, 95% and 99%,
    // value at risk and CVaR, of which it rounds one to 0.090200.
    let deviation = found.objective.sqrt();
    for (quantile, tail, printed) in [
        (1.281551566, 1.754983319, (0.067847, 0.096975)),
        (1.644853627, 2.062712808, (0.090199, 0.115908)),
        (2.326347874, 2.665214220, (0.132128, 0.152977)),
    ] {
        assert!((quantile * deviation - 0.011 - printed.0).abs() < 1e-6);
        assert!((tail * deviation - 0.011 - printed.1).abs() < 1e-6);
    }
}

/// The covariance of seven countries of He and Litterman 1999, Goldman Sachs, table 1.
fn seven_countries() -> Covariance {
    let deviations = [0.160, 0.203, 0.248, 0.271, 0.210, 0.200, 0.187];
    let below: [&[f64]; 7] = [
        &[],
        &[0.488],
        &[0.478, 0.664],
        &[0.515, 0.655, 0.861],
        &[0.439, 0.310, 0.355, 0.354],
        &[0.512, 0.608, 0.783, 0.777, 0.405],
        &[0.491, 0.779, 0.668, 0.653, 0.306, 0.652],
    ];
    Covariance::Dense(Mat::from_fn(7, 7, |i, j| {
        let (high, low) = (i.max(j), i.min(j));
        let correlation = if i == j { 1.0 } else { below[high][low] };
        correlation * deviations[i] * deviations[j]
    }))
}

/// Weights in percent, by numpy from the same inputs.
#[test]
fn seven_countries_without_bounds() {
    let covariance = seven_countries();
    let mut limits = Limits::long_only(7, f64::INFINITY);
    limits.lower = vec![f64::NEG_INFINITY; 7];
    let mean = [0.0; 7];
    let problem = MeanVariance { mean: &mean, covariance: &covariance, limits: &limits };
    let found = problem.minimum_variance().unwrap();
    let expected = [47.4724, 10.1674, -1.1425, -22.2705, 18.5713, 22.3688, 24.8331];
    for (weight, expected) in found.weights.iter().zip(expected) {
        assert!((weight * 100.0 - expected).abs() < 5e-5, "{weight} is not {expected}");
    }
    assert!((found.objective.sqrt() * 100.0 - 13.6481).abs() < 5e-5);
    let parity = risk_budget(&covariance, &[1.0; 7]).unwrap();
    let expected = [19.6086, 13.8987, 10.7192, 9.7892, 17.6090, 13.4187, 14.9565];
    for (weight, expected) in parity.weights.iter().zip(expected) {
        assert!((weight * 100.0 - expected).abs() < 5e-5, "{weight} is not {expected}");
    }
}

#[test]
fn budgets_are_kept_in_factors() {
    let loadings = Mat::from_fn(6, 2, |i, k| 0.5 + ((i * 3 + k * 5) % 7) as f64 / 7.0);
    let factor = Mat::from_fn(2, 2, |i, j| if i == j { 0.04 } else { 0.01 });
    let residual = (0..6).map(|i| 0.01 + 0.005 * i as f64).collect();
    let factored = Covariance::Factored { loadings, factor, residual };
    let dense = Covariance::Dense(factored.dense());
    let budgets = [1.0, 2.0, 3.0, 1.0, 2.0, 3.0];
    let found = risk_budget(&factored, &budgets).unwrap();
    let product = dense.times(&found.weights);
    for ((weight, product), budget) in found.weights.iter().zip(product).zip(budgets) {
        let share = weight * product / dense.variance(&found.weights);
        assert!(close(share, budget / 12.0, 1e-10));
    }
    let same = risk_budget(&dense, &budgets).unwrap();
    for (a, b) in found.weights.iter().zip(&same.weights) {
        assert!(close(*a, *b, 1e-9));
    }
    assert_eq!(risk_budget(&dense, &[0.0; 6]).unwrap_err().code(), "parameter");
}

/// Assets with more and less of five factors than none hedge one another, and coordinates descend
/// slowly: in factors and with all entries, each asset brings the same share of the variance.
#[test]
fn budgets_are_kept_where_assets_hedge_one_another() {
    let mut random = Random(11);
    let loadings = Mat::from_fn(400, 5, |_, _| random.normal());
    let factor = Mat::from_fn(5, 5, |i, j| if i == j { 0.04 } else { 0.0 });
    let residual = (0..400).map(|i| 0.01 + 0.0001 * f64::from(i)).collect();
    let factored = Covariance::Factored { loadings, factor, residual };
    let dense = Covariance::Dense(factored.dense());
    for covariance in [&factored, &dense] {
        let found = risk_budget(covariance, &[1.0; 400]).unwrap();
        assert_eq!(found.certificate.method, "Newton's method");
        let product = dense.times(&found.weights);
        let variance = dense.variance(&found.weights);
        for (weight, product) in found.weights.iter().zip(product) {
            let share = weight * product / variance;
            assert!(close(share, 1.0 / 400.0, 1e-9), "{share}");
        }
    }
}

fn limits_of(random: &mut Random, assets: usize) -> Limits {
    let cap = (1.5 + 3.0 * random.uniform()) / assets as f64;
    let mut limits = Limits::long_only(assets, cap);
    if random.uniform() < 0.3 {
        limits.lower = vec![-0.5 * cap; assets];
    }
    let members: Vec<usize> = (0..assets).filter(|asset| asset % 3 == 0).collect();
    limits.rows.push(Row::group(assets, &members, 0.35 + 0.2 * random.uniform()));
    if random.uniform() < 0.4 {
        // At least so much of others, two of which count half.
        let mut coefficients = vec![0.0; assets];
        for (asset, coefficient) in coefficients.iter_mut().enumerate() {
            if asset % 3 == 1 {
                *coefficient = if asset < 6 { -0.5 } else { -1.0 };
            }
        }
        limits.rows.push(Row { coefficients, limit: -0.1 });
    }
    limits
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(100))]

    #[test]
    fn as_a_general_solver(seed in 0_u64..1_000_000, assets in 6_usize..30, rows in 15_usize..90) {
        let returns = random(seed, rows, assets);
        let limits = limits_of(&mut Random(seed ^ 1), assets);
        let mean = means(&returns);
        let covariances = [sample(&returns), Target::ConstantVariance.shrink(&returns).covariance];
        for covariance in &covariances {
            let problem = MeanVariance { mean: &mean, covariance, limits: &limits };
            let found = problem.minimum_variance().unwrap();
            let other = general::quadratic(covariance, &vec![0.0; assets], &limits).unwrap();
            prop_assert!(close(found.objective, covariance.variance(&other), 1e-6)
                || (found.objective - covariance.variance(&other)).abs() < 1e-14);
            prop_assert!(found.certificate.residual_dual < 1e-8);
            prop_assert!(found.certificate.residual_primal < 1e-10);
            prop_assert!(found.certificate.dual <= found.certificate.primal);

            let found = problem.utility(5.0).unwrap();
            let linear: Vec<f64> = mean.iter().map(|m| m / 5.0).collect();
            let other = general::quadratic(covariance, &linear, &limits).unwrap();
            let value = mean.iter().zip(&other).map(|(m, w)| m * w).sum::<f64>()
                - 2.5 * covariance.variance(&other);
            prop_assert!(found.objective >= value - 1e-9 * value.abs().max(1e-4));
            prop_assert!(found.certificate.residual_dual < 1e-8);
        }
    }

    #[test]
    fn where_assets_tie(seed in 0_u64..1_000_000, assets in 6_usize..60, rows in 30_usize..60) {
        let returns = coarse(seed, rows, assets);
        let limits = limits_of(&mut Random(seed ^ 4), assets);
        let covariance = sample(&returns);
        let mean: Vec<f64> = (0..assets).map(|asset| (asset % 4) as f64 / 1e3).collect();
        let problem = MeanVariance { mean: &mean, covariance: &covariance, limits: &limits };
        let found = problem.minimum_variance().unwrap();
        let other = general::quadratic(&covariance, &vec![0.0; assets], &limits).unwrap();
        prop_assert!(found.objective <= covariance.variance(&other) * (1.0 + 1e-6) + 1e-13);
        prop_assert!(found.certificate.residual_dual < 1e-8);
        match problem.maximum_sharpe(0.0) {
            Ok(best) => prop_assert!(best.certificate.gap < 1e-8, "{:?}", best.certificate),
            // Some weights have no variance at all.
            Err(error) => prop_assert_eq!(error.code(), "not-positive-definite"),
        }
        prop_assert!(problem.target_return(0.0015).unwrap().certificate.residual_dual < 1e-8);
    }

    /// One asset twice: the covariance is singular, and how the two share is open.
    #[test]
    fn an_asset_twice(seed in 0_u64..1_000_000, assets in 6_usize..30, rows in 15_usize..90) {
        let once = sample(&random(seed, rows, assets)).dense();
        let place = |i: usize| if i == assets { 0 } else { i };
        let twice = faer::Mat::from_fn(assets + 1, assets + 1, |i, j| once[(place(i), place(j))]);
        let covariance = Covariance::Dense(twice);
        let limits = limits_of(&mut Random(seed ^ 8), assets + 1);
        let mean: Vec<f64> = (0..=assets).map(|i| (place(i) % 5) as f64 / 1e3).collect();
        let problem = MeanVariance { mean: &mean, covariance: &covariance, limits: &limits };
        let found = problem.minimum_variance().unwrap();
        let other = general::quadratic(&covariance, &vec![0.0; assets + 1], &limits).unwrap();
        prop_assert!(found.objective <= covariance.variance(&other) * (1.0 + 1e-6) + 1e-13);
        prop_assert!(found.certificate.residual() < 1e-8, "{:?}", found.certificate);
        let utility = problem.utility(5.0).unwrap();
        prop_assert!(utility.certificate.residual() < 1e-8, "{:?}", utility.certificate);
    }

    #[test]
    fn no_weights_have_a_better_ratio(seed in 0_u64..1_000_000, assets in 6_usize..30) {
        let returns = random(seed, 120, assets);
        let limits = limits_of(&mut Random(seed ^ 2), assets);
        let mean = means(&returns);
        let covariance = Target::ConstantCorrelation.shrink(&returns).covariance;
        let problem = MeanVariance { mean: &mean, covariance: &covariance, limits: &limits };
        let Ok(best) = problem.maximum_sharpe(0.0) else { return Ok(()) };
        prop_assert!(best.certificate.gap < 1e-8);
        // The same by a search along the frontier.
        let least = problem.minimum_variance().unwrap();
        let from: f64 = mean.iter().zip(&least.weights).map(|(m, w)| m * w).sum();
        let at: f64 = mean.iter().zip(&best.weights).map(|(m, w)| m * w).sum();
        let targets: Vec<f64> = (0..20).map(|k| from + (at - from) * k as f64 / 18.0).collect();
        for target in targets {
            let Ok(point) = problem.target_return(target) else { continue };
            let gain: f64 = mean.iter().zip(&point.weights).map(|(m, w)| m * w).sum();
            prop_assert!(gain / point.objective.sqrt() <= best.objective * (1.0 + 1e-9));
        }
        let own = problem.target_return(at).unwrap();
        prop_assert!(close(own.objective.sqrt(), at / best.objective, 1e-7));
    }
}
