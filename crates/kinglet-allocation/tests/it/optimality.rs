//! The conditions of an optimum (Karush 1939, Kuhn and Tucker 1951) at the weights of each
//! algorithm of our own, on random problems; computed here from the weights and the inputs alone,
//! with the linear programmes solved by clarabel.
//!
//! Weights w within limits are the best of a convex objective f if and only if no allowed weights v
//! have ∇f'(v − w) < 0. The least of these products, in units of the largest term of the gradient,
//! is the residual.

use kinglet_allocation::estimate::{Covariance, Target, sample};
use kinglet_allocation::solve::{
    Limits, MeanVariance, Row, TailRisk, WalkForward, bounded_risk_budget, risk_budget,
};
use kinglet_allocation::{Returns, Solution};
use proptest::prelude::*;

use crate::general;
use crate::numbers::{Random, close, means, random};

const RESIDUAL: f64 = 1e-8;

fn dot(a: &[f64], b: &[f64]) -> f64 {
    a.iter().zip(b).map(|(a, b)| a * b).sum()
}

/// Of least ½w'Σw − c'w: by how much allowed weights could follow the gradient Σw − c down, or by
/// how much a limit is missed.
fn residual((covariance, linear): (&Covariance, &[f64]), weights: &[f64], limits: &Limits) -> f64 {
    let largest = |values: &[f64]| values.iter().fold(0.0, |most: f64, v| most.max(v.abs()));
    let size = largest(linear).max(largest(&covariance.diagonal()) * largest(weights));
    let product = covariance.times(weights);
    let gradient: Vec<f64> = product.iter().zip(linear).map(|(s, c)| (s - c) / size).collect();
    let down: Vec<f64> = gradient.iter().map(|g| -g).collect();
    let best = general::best(&down, limits).expect("a linear programme");
    (dot(&gradient, weights) - dot(&gradient, &best)).max(limits.violation(weights))
}

/// Bounds, some of them below zero, and limits of two groups that overlap.
fn limits_of(draw: &mut Random, assets: usize) -> Limits {
    let cap = (1.5 + 3.0 * draw.uniform()) / assets as f64;
    let mut limits = Limits::long_only(assets, cap);
    if draw.uniform() < 0.3 {
        limits.lower = vec![-0.5 * cap; assets];
    }
    let thirds: Vec<usize> = (0..assets).filter(|asset| asset % 3 == 0).collect();
    limits.rows.push(Row::group(assets, &thirds, 0.4 + 0.2 * draw.uniform()));
    let first: Vec<usize> = (0..assets.div_ceil(2)).collect();
    limits.rows.push(Row::group(assets, &first, 0.6 + 0.2 * draw.uniform()));
    limits
}

fn proves(found: &Solution) -> Result<(), TestCaseError> {
    let certificate = &found.certificate;
    prop_assert!(certificate.residual() < RESIDUAL, "{certificate:?}");
    prop_assert!(certificate.gap < RESIDUAL, "{certificate:?}");
    Ok(())
}

/// The mean of the worst share of losses, by sorting.
fn tail(returns: &Returns, weights: &[f64], confidence: f64) -> f64 {
    let loss = |row: usize| -> f64 {
        weights.iter().enumerate().map(|(asset, w)| -w * returns.asset(asset)[row]).sum()
    };
    let mut losses: Vec<f64> = (0..returns.rows()).map(loss).collect();
    losses.sort_by(|a, b| b.total_cmp(a));
    let size = (1.0 - confidence) * losses.len() as f64;
    let parts =
        losses.iter().enumerate().map(|(at, loss)| (size - at as f64).clamp(0.0, 1.0) * loss);
    parts.sum::<f64>() / size
}

/// The Sharpe ratio m'w / √(w'Σw) is the largest where ½w'Σw − λm'w is the least, λ = w'Σw / m'w.
fn of_ratio(covariance: &Covariance, mean: &[f64], weights: &[f64]) -> Vec<f64> {
    let pace = covariance.variance(weights) / dot(mean, weights);
    mean.iter().map(|m| pace * m).collect()
}

fn slice(returns: &Returns, from: usize, to: usize) -> Returns {
    let values = (0..returns.assets()).flat_map(|asset| returns.asset(asset)[from..to].to_vec());
    let periods = returns.periods()[from..to].to_vec();
    Returns::new(returns.names().to_vec(), periods, values.collect(), 252.0).unwrap()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(60))]

    #[test]
    fn mean_and_variance(seed in 0_u64..1_000_000, assets in 6_usize..40, rows in 15_usize..90) {
        let returns = random(seed, rows, assets);
        let limits = limits_of(&mut Random(seed ^ 21), assets);
        let mean = means(&returns);
        for covariance in [sample(&returns), Target::SingleFactor.shrink(&returns).covariance] {
            let problem = MeanVariance { mean: &mean, covariance: &covariance, limits: &limits };
            let zero = vec![0.0; assets];
            let least = problem.minimum_variance().unwrap();
            proves(&least)?;
            let off = residual((&covariance, &zero), &least.weights, &limits);
            prop_assert!(off < RESIDUAL, "{off:e}");

            let useful = problem.utility(4.0).unwrap();
            proves(&useful)?;
            let linear: Vec<f64> = mean.iter().map(|m| m / 4.0).collect();
            let off = residual((&covariance, &linear), &useful.weights, &limits);
            prop_assert!(off < RESIDUAL, "{off:e}");

            let low = dot(&mean, &least.weights);
            let target = low + 0.5 * (dot(&mean, &useful.weights) - low);
            let aimed = problem.target_return(target).unwrap();
            proves(&aimed)?;
            let mut own = limits.clone();
            let size = mean.iter().fold(0.0, |most: f64, m| most.max(m.abs()));
            let coefficients = mean.iter().map(|m| -m / size).collect();
            own.rows.push(Row { coefficients, limit: -target / size });
            let off = residual((&covariance, &zero), &aimed.weights, &own);
            prop_assert!(off < RESIDUAL, "{off:e}");
        }
    }

    #[test]
    fn sharpe_ratio(seed in 0_u64..1_000_000, assets in 6_usize..40) {
        let returns = random(seed, 120, assets);
        let limits = limits_of(&mut Random(seed ^ 22), assets);
        let mean = means(&returns);
        let covariance = Target::ConstantVariance.shrink(&returns).covariance;
        let problem = MeanVariance { mean: &mean, covariance: &covariance, limits: &limits };
        let Ok(best) = problem.maximum_sharpe(0.0) else { return Ok(()) };
        proves(&best)?;
        let linear = of_ratio(&covariance, &mean, &best.weights);
        let off = residual((&covariance, &linear), &best.weights, &limits);
        prop_assert!(off < RESIDUAL, "{off:e}");
    }

    /// The dual bound of a certificate is held against the least tail of clarabel.
    #[test]
    fn conditional_value_at_risk(
        seed in 0_u64..1_000_000, assets in 4_usize..30, rows in 20_usize..100,
    ) {
        let returns = random(seed, rows, assets);
        let mut draw = Random(seed ^ 23);
        let limits = limits_of(&mut draw, assets);
        let confidence = 0.75 + 0.2 * draw.uniform();
        let problem = TailRisk { returns: &returns, confidence, limits: &limits };
        let Ok(found) = problem.minimum() else { return Ok(()) };
        proves(&found)?;
        prop_assert!(limits.violation(&found.weights) < RESIDUAL);
        let value = tail(&returns, &found.weights, confidence);
        prop_assert!((value - found.objective).abs() < 1e-13, "{value} {}", found.objective);
        let other = general::tail(&returns, confidence, &limits).unwrap();
        let dual = found.certificate.dual;
        prop_assert!((dual - other).abs() < 1e-9, "{dual} {other}");
    }

    #[test]
    fn risk_parity(seed in 0_u64..1_000_000, assets in 3_usize..60) {
        let mut draw = Random(seed ^ 24);
        let covariance = Target::OracleApproximating.shrink(&random(seed, 80, assets)).covariance;
        let budgets: Vec<f64> = (0..assets).map(|_| 0.2 + draw.uniform()).collect();
        let total: f64 = budgets.iter().sum();
        let found = risk_budget(&covariance, &budgets).unwrap();
        proves(&found)?;
        let product = covariance.times(&found.weights);
        let variance = dot(&product, &found.weights);
        for ((w, s), b) in found.weights.iter().zip(&product).zip(&budgets) {
            prop_assert!((w * s / variance * total / b - 1.0).abs() < RESIDUAL);
        }
        prop_assert!((found.weights.iter().sum::<f64>() - 1.0).abs() < 1e-12);

        // Within bounds: one price of the logarithms, above it at lower bounds, below it at upper.
        let mut limits = Limits::long_only(assets, 1.4 / assets as f64);
        limits.lower = vec![0.5 / assets as f64; assets];
        let found = bounded_risk_budget(&covariance, &budgets, &limits).unwrap();
        proves(&found)?;
        let product = covariance.times(&found.weights);
        let price = |at: usize| found.weights[at] * product[at] / budgets[at];
        let low = |at: &usize| found.weights[*at] < limits.lower[*at] + 1e-10;
        let high = |at: &usize| found.weights[*at] > limits.upper[*at] - 1e-10;
        let inside = |at: &usize| !low(at) && !high(at);
        let Some(free) = (0..assets).find(inside) else { return Ok(()) };
        for at in 0..assets {
            let off = price(at) / price(free) - 1.0;
            if inside(&at) {
                prop_assert!(off.abs() < RESIDUAL, "{off:e}");
            } else if high(&at) {
                prop_assert!(off < RESIDUAL, "{off:e}");
            } else {
                prop_assert!(off > -RESIDUAL, "{off:e}");
            }
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(12))]

    /// Each date's weights against the moments of its lookback, computed afresh.
    #[test]
    fn walk_forward(seed in 0_u64..1_000_000, assets in 4_usize..16) {
        let returns = random(seed, 200 + 40 * 7, assets);
        let limits = limits_of(&mut Random(seed ^ 25), assets);
        let walk = WalkForward { returns: &returns, lookback: 200, step: 7, limits: &limits };
        for point in walk.maximum_sharpe(0.0).unwrap() {
            let Ok(found) = point.solution else { continue };
            proves(&found)?;
            let window = slice(&returns, point.period - 200, point.period);
            let covariance = sample(&window);
            let linear = of_ratio(&covariance, &means(&window), &found.weights);
            let off = residual((&covariance, &linear), &found.weights, &limits);
            prop_assert!(off < RESIDUAL, "{off:e} at {}", point.period);
        }
        for point in walk.minimum_tail(0.9).unwrap().iter().step_by(8) {
            let Ok(found) = &point.solution else { continue };
            proves(found)?;
            let window = slice(&returns, point.period - 200, point.period);
            prop_assert!(close(tail(&window, &found.weights, 0.9), found.objective, 1e-11));
            let other = general::tail(&window, 0.9, &limits).unwrap();
            prop_assert!((found.certificate.dual - other).abs() < 1e-9);
        }
    }
}
