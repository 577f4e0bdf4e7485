//! Entropy pooling (Meucci 2008): the probabilities of scenarios that satisfy the views and are
//! nearest to those before, by relative entropy.

use faer::Mat;
use faer::linalg::solvers::Solve;

use crate::error::AllocationError;
use crate::problem::Rule;
use crate::returns::Returns;

/// Probabilities of scenarios with views.
#[derive(Clone, Debug, PartialEq)]
pub struct Pooled {
    /// One for each period.
    pub probabilities: Vec<f64>,
    /// The relative entropy to equal probabilities.
    pub entropy: f64,
    /// By how many equally likely scenarios as much would be known.
    pub scenarios: f64,
    /// How strongly each view pulls; zero where it holds by itself.
    pub pulls: Vec<f64>,
}

/// What is asked of one expected value.
struct Target {
    /// In each scenario.
    values: Vec<f64>,
    view: usize,
    bound: f64,
    /// One where it must be at least that, minus one where at most, zero where equal.
    side: f64,
}

/// Pools views on expected returns with the history, all of whose periods are as likely.
///
/// # Errors
/// `Conflicting` where no probabilities satisfy the views.
pub fn pool(returns: &Returns, views: &[Rule]) -> Result<Pooled, AllocationError> {
    let targets = targets(returns, views);
    let count = targets.len();
    let mut multipliers = vec![0.0; count];
    const STEPS_MAX: usize = 200;
    const TOLERANCE: f64 = 1e-12;
    for _ in 0..STEPS_MAX {
        let (value, probabilities) = tilted(&targets, &multipliers, returns.rows());
        let slope = slope(&targets, &probabilities);
        let free: Vec<usize> = (0..count)
            .filter(|&at| multipliers[at] != 0.0 || slope[at] * targets[at].side >= 0.0)
            .collect();
        if free.iter().all(|&at| slope[at].abs() <= TOLERANCE * size(&targets[at])) {
            return Ok(pooled(&targets, &multipliers, (views.len(), probabilities)));
        }
        let Some(step) = newton(&targets, &probabilities, (&free, &slope)) else { break };
        let mut length = 1.0;
        let next = loop {
            let mut next = multipliers.clone();
            for (&at, step) in free.iter().zip(&step) {
                next[at] += length * step;
                if next[at] * targets[at].side < 0.0 {
                    next[at] = 0.0;
                }
            }
            if tilted(&targets, &next, returns.rows()).0 >= value || length < 1e-12 {
                break next;
            }
            length *= 0.5;
        };
        multipliers = next;
    }
    let constraints = views.iter().map(|view| view.text.clone()).collect();
    let relaxations = Vec::new();
    Err(AllocationError::Conflicting(crate::Conflict { constraints, relaxations }))
}

fn targets(returns: &Returns, views: &[Rule]) -> Vec<Target> {
    let mut targets = Vec::new();
    for (view, rule) in views.iter().enumerate() {
        let mut values = vec![0.0; returns.rows()];
        for &(asset, factor) in &rule.terms {
            let column = values.iter_mut().zip(returns.asset(asset));
            column.for_each(|(sum, value)| *sum += factor * value);
        }
        let target = |bound: f64, side| Target { values: values.clone(), view, bound, side };
        if rule.min == rule.max {
            targets.push(target(rule.min, 0.0));
            continue;
        }
        if rule.min.is_finite() {
            targets.push(target(rule.min, 1.0));
        }
        if rule.max.is_finite() {
            targets.push(target(rule.max, -1.0));
        }
    }
    targets
}

fn size(target: &Target) -> f64 {
    target.values.iter().fold(target.bound.abs(), |most, value| most.max(value.abs()))
}

/// The dual objective, and the probabilities at some multipliers.
fn tilted(targets: &[Target], multipliers: &[f64], rows: usize) -> (f64, Vec<f64>) {
    let mut logs = vec![-libm::log(rows as f64); rows];
    for (target, multiplier) in targets.iter().zip(multipliers).filter(|(_, m)| **m != 0.0) {
        for (log, value) in logs.iter_mut().zip(&target.values) {
            *log += multiplier * (value - target.bound);
        }
    }
    let most = logs.iter().copied().fold(f64::NEG_INFINITY, f64::max);
    let parts = logs.iter().map(|log| libm::exp(log - most));
    let total = most + libm::log(parts.sum::<f64>());
    (-total, logs.into_iter().map(|log| libm::exp(log - total)).collect())
}

/// How far each expected value is below its target.
fn slope(targets: &[Target], probabilities: &[f64]) -> Vec<f64> {
    let of = |target: &Target| {
        let pairs = target.values.iter().zip(probabilities);
        target.bound - pairs.map(|(value, p)| value * p).sum::<f64>()
    };
    targets.iter().map(of).collect()
}

/// The step of Newton for the free multipliers: by the covariance of what they multiply.
fn newton(
    targets: &[Target],
    probabilities: &[f64],
    (free, slope): (&[usize], &[f64]),
) -> Option<Vec<f64>> {
    let mean = |at: usize| targets[at].bound - slope[at];
    let curvature = Mat::from_fn(free.len(), free.len(), |i, j| {
        let (a, b) = (free[i], free[j]);
        let pairs = targets[a].values.iter().zip(&targets[b].values).zip(probabilities);
        let moment: f64 = pairs.map(|((x, y), p)| p * (x - mean(a)) * (y - mean(b))).sum();
        // Views that repeat one another leave the curvature singular.
        if i == j { moment * (1.0 + 1e-12) + f64::MIN_POSITIVE } else { moment }
    });
    let right = Mat::from_fn(free.len(), 1, |i, _| slope[free[i]]);
    let factors = curvature.llt(faer::Side::Lower).ok()?;
    Some(factors.solve(&right).col_as_slice(0).to_vec())
}

fn pooled(
    targets: &[Target],
    multipliers: &[f64],
    (views, probabilities): (usize, Vec<f64>),
) -> Pooled {
    let mut pulls = vec![0.0; views];
    for (target, multiplier) in targets.iter().zip(multipliers) {
        pulls[target.view] += multiplier;
    }
    let count = probabilities.len() as f64;
    let positive = probabilities.iter().filter(|p| **p > 0.0);
    let entropy: f64 = positive.map(|p| p * libm::log(p * count)).sum();
    Pooled { scenarios: count * libm::exp(-entropy), entropy, pulls, probabilities }
}
