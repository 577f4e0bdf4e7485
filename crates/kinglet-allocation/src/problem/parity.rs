//! Budgets of risk under constraints.
//!
//! Without constraints, and with bounds of single weights, coordinates are descended. Any other
//! constraint goes to the conic solver: for a price p of the logarithms, weights that make
//! ½w'Σw − p Σ b ln w the least under all constraints but that on their sum, and of all prices that
//! at which they have it (Richard and Roncalli 2019, Constrained risk budgeting portfolios).

use crate::certificate::{Certificate, Solution};
use crate::error::AllocationError;
use crate::problem::check::{self, Check};
use crate::problem::compile::{Compiler, Side};
use crate::problem::conic::{Affine, Optimum};
use crate::problem::explain;
use crate::problem::limit::{Ground, Limit};
use crate::solve::{Limits, bounded_risk_budget, increasing_root, risk_budget};

/// By how much the sum of the weights may be missed while the price is sought; the weights of the
/// solver are no more exact than this.
const EXACT: f64 = 1e-6;
const METHOD: &str = "constrained risk budgets";

/// Weights that share the risk by its budgets, within bounds and limits.
pub(crate) fn solve(
    ground: &Ground<'_>,
    limits: &[Limit],
    bounds: &Limits,
) -> Result<Solution, AllocationError> {
    let covariance = ground.covariance()?;
    let budgets = ground.risk_budgets()?;
    let holds = |found: &Solution| {
        let checks = check::after(ground, limits, &found.weights);
        checks.iter().all(Check::holds)
    };
    let mut found = risk_budget(covariance, &budgets)?;
    found.weights.iter_mut().for_each(|weight| *weight *= bounds.budget);
    if !holds(&found) {
        found = bounded_risk_budget(covariance, &budgets, bounds)?;
    }
    if !holds(&found) {
        found = general(ground, limits, (&budgets, found))?;
    }
    Ok(found)
}

/// The same by the conic solver, from what holds the bounds.
fn general(
    ground: &Ground<'_>,
    limits: &[Limit],
    (budgets, near): (&[f64], Solution),
) -> Result<Solution, AllocationError> {
    let variance = near.objective * near.objective;
    let assets = near.weights.len();
    let held: Vec<usize> = (0..assets).filter(|&at| near.weights[at] > 0.0).collect();
    let total: f64 = held.iter().map(|&at| budgets[at]).sum();
    let priced = |price: f64, limits: &[Limit]| {
        let mut compiler = Compiler::new(ground);
        compiler.minimise_variance(0.5 / variance, Side::Whole);
        for &at in &held {
            // The first variable is below the logarithm of the weight.
            let below = Affine::variable(compiler.model.variables(1));
            let one = Affine::constant(1.0);
            compiler.model.exponential([below.clone(), one, Affine::variable(at)]);
            compiler.model.minimise(&below.times(-price / variance * budgets[at] / total));
        }
        limits.iter().for_each(|limit| compiler.limit(limit, None));
        compiler.model.solve()
    };
    let (mut price, mut steps) = (variance, 0);
    let budget = ground.problem.constraints.budget;
    let root = increasing_root((variance, EXACT), |next| {
        price = next;
        // The first limit is the sum of the weights.
        let found = priced(price, &limits[1..]).ok()?;
        steps += found.certificate.iterations;
        Some(found.values[..assets].iter().sum::<f64>() - budget)
    });
    match root.map(|()| priced(price, limits)) {
        Some(Ok(Optimum { values, certificate, .. })) => {
            let weights = values[..assets].to_vec();
            let objective = ground.objective(&weights);
            let (primal, dual, iterations) = (objective, objective, steps);
            let certificate =
                Certificate { primal, dual, method: METHOD, iterations, ..certificate };
            Ok(Solution { weights, objective, certificate })
        }
        _ if !explain::is_feasible(ground, limits) => Err(explain::error(ground, limits)),
        _ => {
            let residual = f64::INFINITY;
            Err(AllocationError::NotConverged { method: METHOD, iterations: steps, residual })
        }
    }
}
