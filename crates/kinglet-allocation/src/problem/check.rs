//! What is looked at before a problem is solved, and after.

use crate::error::AllocationError;
use crate::problem::limit::{Ground, Limit, Measure};
use crate::problem::{Objective, selection};

/// A constraint and how the weights keep to it.
#[derive(Clone, Debug, PartialEq)]
pub struct Check {
    /// The constraint.
    pub name: String,
    /// What it measures.
    pub value: f64,
    /// What that is at least.
    pub min: Option<f64>,
    /// What that is at most.
    pub max: Option<f64>,
    /// How far the nearer bound is; below zero where it is violated.
    pub slack: f64,
}

/// By so much a bound may be missed, in units of one or of itself where that is larger.
const TOLERANCE: f64 = 1e-6;

impl Check {
    /// The check of a limit.
    pub(crate) fn of(limit: &Limit, value: f64) -> Check {
        let bound = |bound: f64| bound.is_finite().then_some(bound);
        let slack = (value - limit.min).min(limit.max - value);
        let (min, max) = (bound(limit.min), bound(limit.max));
        Check { name: limit.name.clone(), value, min, max, slack }
    }

    /// Whether the weights keep to it.
    pub fn holds(&self) -> bool {
        let size = self.min.into_iter().chain(self.max).fold(1.0, |most: f64, b| most.max(b.abs()));
        self.slack >= -TOLERANCE * size
    }
}

/// What cannot be solved, found without solving it.
pub(crate) fn before(ground: &Ground<'_>, limits: &[Limit]) -> Result<(), AllocationError> {
    for limit in limits {
        let is_number = |value: f64| !value.is_nan();
        if !is_number(limit.min) || !is_number(limit.max) {
            let reason = "a bound is not a number".to_owned();
            return Err(AllocationError::Rule { text: limit.name.clone(), reason });
        }
    }
    let (low, high) = weight_bounds(ground.assets(), limits);
    for (asset, (&lower, &upper)) in low.iter().zip(&high).enumerate() {
        if lower > upper {
            let asset = ground.universe.names[asset].clone();
            return Err(AllocationError::BoundsCrossed { asset, lower, upper });
        }
    }
    let (lower, upper) = (low.iter().sum::<f64>(), high.iter().sum::<f64>());
    let budget = ground.problem.constraints.budget;
    let room = TOLERANCE * budget.abs().max(1.0);
    if lower > budget + room || upper < budget - room {
        return Err(AllocationError::BoundsSum { lower, upper, budget });
    }
    premium(ground, &low)
}

/// That some asset is expected to earn more than cash, where a ratio is to be large.
fn premium(ground: &Ground<'_>, low: &[f64]) -> Result<(), AllocationError> {
    let risk_free = ground.problem.risk_free;
    let Objective::MaxRatio(_) = ground.problem.objective else { return Ok(()) };
    let best = ground.mean()?.iter().copied().fold(f64::NEG_INFINITY, f64::max);
    let budget = ground.problem.constraints.budget;
    if best <= risk_free && budget == 1.0 && low.iter().all(|&low| low >= 0.0) {
        return Err(AllocationError::NoExcessReturn { best, risk_free });
    }
    Ok(())
}

/// The bounds of each weight.
pub(crate) fn weight_bounds(assets: usize, limits: &[Limit]) -> (Vec<f64>, Vec<f64>) {
    let (mut low, mut high) = (vec![f64::NEG_INFINITY; assets], vec![f64::INFINITY; assets]);
    for limit in limits {
        let (places, factor) = match &limit.measure {
            Measure::Smallest(places) | Measure::Largest(places) => (places.clone(), 1.0),
            Measure::Sum(terms) => match terms.as_slice() {
                [(at, factor)] if *factor > 0.0 => (vec![*at], *factor),
                _ => continue,
            },
            _ => continue,
        };
        for at in places {
            low[at] = low[at].max(limit.min / factor);
            high[at] = high[at].min(limit.max / factor);
        }
    }
    (low, high)
}

/// Every constraint by name, with its slack.
pub(crate) fn after(ground: &Ground<'_>, limits: &[Limit], weights: &[f64]) -> Vec<Check> {
    let of = |limit: &Limit| Check::of(limit, limit.measure.value(ground, weights));
    let positions = selection::checks(&ground.problem.constraints, weights);
    limits.iter().map(of).chain(positions).collect()
}
