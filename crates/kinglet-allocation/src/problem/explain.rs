//! Why a problem has no solution: the constraints that contradict one another, and the least by
//! which they must be relaxed.

use crate::conflict::{Conflict, Relaxation};
use crate::error::AllocationError;
use crate::problem::compile::{self, Compiler};
use crate::problem::conic::{Affine, Failure};
use crate::problem::limit::{Ground, Limit, Measure};
use crate::problem::{Objective, Problem};

/// Less than this is no relaxation.
const NOTHING: f64 = 1e-7;

/// Why the limits have no solution.
pub(crate) fn error(ground: &Ground<'_>, limits: &[Limit]) -> AllocationError {
    if is_feasible(ground, limits) {
        return no_premium(ground, limits);
    }
    let core = core(ground, limits);
    let relaxations = relaxations(ground, limits, &core);
    let constraints = core.into_iter().map(|at| limits[at].name.clone()).collect();
    AllocationError::Conflicting(Conflict { constraints, relaxations })
}

/// The limits hold, and still no ratio exists: nothing earns more than cash.
fn no_premium(ground: &Ground<'_>, limits: &[Limit]) -> AllocationError {
    let problem = Problem { objective: Objective::MaxReturn, ..ground.problem.clone() };
    let risk_free = ground.problem.risk_free;
    let best = Ground::new(ground.universe, &problem).ok().and_then(|ground| {
        let found = compile::optimum(&ground, limits).ok()?;
        Some(found.objective)
    });
    match best {
        Some(best) if best <= risk_free + NOTHING => {
            AllocationError::NoExcessReturn { best, risk_free }
        }
        _ => AllocationError::Unbounded,
    }
}

/// Whether any weights keep to the limits.
pub(crate) fn is_feasible(ground: &Ground<'_>, limits: &[Limit]) -> bool {
    let mut compiler = Compiler::new(ground);
    limits.iter().for_each(|limit| compiler.limit(limit, None));
    !matches!(compiler.model.solve(), Err(Failure::Infeasible))
}

/// A set of limits that cannot hold together, while without any one of them the others can: the
/// smaller of what is left when they are tried in either order.
fn core(ground: &Ground<'_>, limits: &[Limit]) -> Vec<usize> {
    let filtered = |order: Vec<usize>| {
        let mut kept = order;
        let mut at = 0;
        while at < kept.len() {
            let tried = kept.remove(at);
            let others: Vec<Limit> = kept.iter().map(|&at| limits[at].clone()).collect();
            if is_feasible(ground, &others) {
                kept.insert(at, tried);
                at += 1;
            }
        }
        kept
    };
    let forward = filtered((0..limits.len()).collect());
    let backward = filtered((0..limits.len()).rev().collect());
    let mut fewest = if backward.len() < forward.len() { backward } else { forward };
    fewest.sort_unstable();
    fewest
}

/// The least relaxation of one limit, where that is enough; else the least sum of several. The sum
/// of the weights and their lower bounds stay where the rest can be relaxed.
fn relaxations(ground: &Ground<'_>, limits: &[Limit], core: &[usize]) -> Vec<Relaxation> {
    let is_budget = |at: usize| at == 0;
    let is_lower = |at: usize| matches!(limits[at].measure, Measure::Smallest(_));
    let single = core.iter().filter(|&&at| !is_budget(at) && !is_lower(at));
    let single = single.filter_map(|&only| relaxed(ground, limits, &|at| at == only)?.pop());
    let least = single.min_by(|a, b| a.by.total_cmp(&b.by)).map(|least| vec![least]);
    least
        .or_else(|| relaxed(ground, limits, &|at| !is_budget(at) && !is_lower(at)))
        .or_else(|| relaxed(ground, limits, &|at| !is_budget(at)))
        .unwrap_or_default()
}

fn relaxed(
    ground: &Ground<'_>,
    limits: &[Limit],
    may: &dyn Fn(usize) -> bool,
) -> Option<Vec<Relaxation>> {
    let mut compiler = Compiler::new(ground);
    let mut variables = Vec::new();
    for (at, limit) in limits.iter().enumerate() {
        let variable = may(at).then(|| compiler.model.variables(1));
        if let Some(variable) = variable {
            let relaxation = Affine::variable(variable);
            compiler.model.nonnegative(relaxation.clone());
            compiler.model.minimise(&relaxation);
            variables.push((variable, limit));
        }
        compiler.limit(limit, variable);
    }
    let found = compiler.model.solve().ok()?;
    let relaxations = variables.into_iter().map(|(variable, limit)| Relaxation {
        constraint: limit.name.clone(),
        by: found.values[variable],
    });
    Some(relaxations.filter(|relaxation| relaxation.by > NOTHING).collect())
}
