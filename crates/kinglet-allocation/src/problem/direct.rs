//! Problems that an algorithm of their own solves faster than the conic solver, and weights that
//! follow from a rule.

use crate::certificate::{Certificate, Solution};
use crate::conflict::Conflict;
use crate::error::AllocationError;
use crate::problem::check::{self, Check, weight_bounds};
use crate::problem::limit::{Ground, Limit, Measure};
use crate::problem::parity;
use crate::problem::{Objective, Risk};
use crate::solve::{
    Descent, Limits, Linkage, MeanVariance, Row, TailRisk, hierarchical, nested_clusters,
};

/// What is not as exact as this is left to the conic solver.
const EXACT: f64 = 1e-8;

/// The best weights, where an algorithm of its own knows the objective and all limits. What it
/// cannot solve is left to the conic solver, which also tells why.
pub(crate) fn best(ground: &Ground<'_>, limits: &[Limit]) -> Option<Solution> {
    let linear = linear(ground, limits)?;
    let zero = vec![0.0; ground.assets()];
    let quadratic = || {
        let mean = ground.universe.mean.unwrap_or(&zero);
        Some(MeanVariance { mean, covariance: ground.universe.covariance?, limits: &linear })
    };
    let is_net = is_net(ground);
    let found = match ground.problem.objective {
        Objective::MinRisk(Risk::Volatility) => quadratic()?.minimum_variance().map(rooted),
        Objective::MaxRatio(Risk::Volatility) if is_free(ground) => {
            let best = quadratic()?.maximum_sharpe(ground.problem.risk_free);
            best.map(|found| doubted(found, ground.doubt_radius()))
        }
        Objective::MaxUtility { risk: Risk::Volatility, aversion } if is_net => {
            quadratic()?.utility(aversion)
        }
        Objective::MinRisk(Risk::Cvar { alpha }) if ground.universe.probabilities.is_none() => {
            let returns = ground.universe.returns?;
            TailRisk { returns, confidence: 1.0 - alpha, limits: &linear }.minimum()
        }
        _ => return None,
    };
    let found = found.ok()?;
    let certificate = &found.certificate;
    let is_exact = certificate.residual() <= EXACT && certificate.gap.abs() <= EXACT;
    let objective = ground.objective(&found.weights);
    if matches!(ground.problem.objective, Objective::MaxRatio(_)) && objective <= 0.0 {
        return None;
    }
    is_exact.then_some(Solution { objective, ..found })
}

/// Whether expected returns are linear: no costs, no doubt.
pub(crate) fn is_net(ground: &Ground<'_>) -> bool {
    ground.problem.constraints.mean_doubt == 0.0 && is_free(ground)
}

/// Whether changes cost nothing.
fn is_free(ground: &Ground<'_>) -> bool {
    ground.problem.constraints.costs == crate::problem::Costs::default()
}

/// Of a ratio to the volatility what doubt leaves: as much less of each, so the best is the best.
fn doubted(found: Solution, doubt: f64) -> Solution {
    let Certificate { primal, dual, .. } = found.certificate;
    let certificate =
        Certificate { primal: primal - doubt, dual: dual - doubt, ..found.certificate };
    Solution { certificate, ..found }
}

/// Of a variance the volatility.
fn rooted(found: Solution) -> Solution {
    let root = |value: f64| value.max(0.0).sqrt();
    let Certificate { primal, dual, .. } = found.certificate;
    let certificate = Certificate { primal: root(primal), dual: root(dual), ..found.certificate };
    Solution { certificate, ..found }
}

/// The limits as bounds and rows, if they are all of that kind.
pub(crate) fn linear(ground: &Ground<'_>, limits: &[Limit]) -> Option<Limits> {
    let (lower, upper) = weight_bounds(ground.assets(), limits);
    let mut linear =
        Limits { lower, upper, budget: ground.problem.constraints.budget, rows: Vec::new() };
    linear.imply();
    let is_finite = |bounds: &[f64]| bounds.iter().all(|bound| bound.is_finite());
    if !is_finite(&linear.lower) || !is_finite(&linear.upper) {
        return None;
    }
    // The first limit is the budget.
    for limit in limits.iter().skip(1) {
        let coefficients = match &limit.measure {
            Measure::Smallest(_) | Measure::Largest(_) => continue,
            Measure::Sum(terms) if matches!(terms.as_slice(), [(_, factor)] if *factor > 0.0) => {
                continue;
            }
            Measure::Sum(terms) => {
                let mut row = vec![0.0; ground.assets()];
                terms.iter().for_each(|&(at, value)| row[at] += value);
                row
            }
            Measure::Return if is_net(ground) => ground.universe.mean?.to_vec(),
            _ => return None,
        };
        if limit.min == limit.max {
            return None;
        }
        if limit.max.is_finite() {
            linear.rows.push(Row { coefficients: coefficients.clone(), limit: limit.max });
        }
        if limit.min.is_finite() {
            let coefficients = coefficients.iter().map(|value| -value).collect();
            linear.rows.push(Row { coefficients, limit: -limit.min });
        }
    }
    Some(linear)
}

/// Weights by a rule. Bounds of single weights are respected on the way where the rule can; any
/// constraint that does not hold at its end is an error.
pub(crate) fn rule(ground: &Ground<'_>, limits: &[Limit]) -> Result<Solution, AllocationError> {
    let covariance = ground.covariance()?;
    let (lower, upper) = weight_bounds(ground.assets(), limits);
    let budget = ground.problem.constraints.budget;
    let bounds = Limits {
        lower: lower.into_iter().map(|bound| bound.max(0.0)).collect(),
        upper: upper.into_iter().map(|bound| bound.min(budget)).collect(),
        budget,
        rows: Vec::new(),
    };
    let (name, found) = match ground.problem.objective {
        Objective::HierarchicalRiskParity { order, share } => {
            let descent = Descent::Halves { order, share };
            ("hrp", hierarchical(covariance, Linkage::Single, descent, &bounds)?)
        }
        Objective::HierarchicalEqualRisk { clusters } => {
            let descent = Descent::Joins { clusters };
            ("herc", hierarchical(covariance, Linkage::Ward, descent, &bounds)?)
        }
        Objective::NestedClusters { clusters } => {
            ("nco", nested_clusters(covariance, Linkage::Ward, clusters, &bounds)?)
        }
        _ => ("risk-parity", parity::solve(ground, limits, &bounds)?),
    };
    let checks = check::after(ground, limits, &found.weights);
    let violated = checks.into_iter().filter(|check| !check.holds());
    let violated: Vec<String> = violated.map(|check: Check| check.name).collect();
    if violated.is_empty() {
        return Ok(Solution { objective: ground.objective(&found.weights), ..found });
    }
    let constraints = [name.to_owned()].into_iter().chain(violated).collect();
    Err(AllocationError::Conflicting(Conflict { constraints, relaxations: Vec::new() }))
}
