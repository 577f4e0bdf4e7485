//! The best weights for a linear objective, and weights within limits at all.

use super::limits::{FEASIBLE, Limits};
use super::piecewise::{Kink, Piecewise};
use crate::error::AllocationError;
use crate::vector::{dot, largest};

/// Weights within the limits with the largest product with some values. Where a bound is missing
/// there may be none, and the weights are merely within the limits.
pub(crate) fn best(limits: &Limits, values: &[f64]) -> Result<Vec<f64>, AllocationError> {
    limits.check(values.len())?;
    let weights = limits.fill(values);
    let violation = limits.violation(&weights);
    if violation <= FEASIBLE && (limits.nested() || !limits.bounded()) {
        return Ok(weights);
    }
    if limits.nested() || !limits.bounded() {
        return Err(AllocationError::Infeasible { violation });
    }
    corner(limits, values)
}

/// By the simplex method: the level is at least what the values lose, and rows are kept by prices
/// that no loss outweighs.
fn corner(limits: &Limits, values: &[f64]) -> Result<Vec<f64>, AllocationError> {
    let start = limits.apart().fill(values);
    let Some(moving) = limits.moving(&start) else {
        let violation = limits.violation(&start);
        return if violation <= FEASIBLE {
            Ok(start)
        } else {
            Err(AllocationError::Infeasible { violation })
        };
    };
    let mut simplex = Piecewise::new(limits.budget, -dot(values, &start));
    for (asset, weight) in start.iter().enumerate() {
        let entries = Vec::new();
        simplex.add_column(entries, (limits.lower[asset], limits.upper[asset]), *weight);
    }
    let loss = Kink { share: 1.0, target: 0.0, cost: 2.0 };
    simplex.add_row(loss, values.iter().copied());
    for row in &limits.rows {
        let cost = 1e3 * largest(values).max(f64::MIN_POSITIVE)
            / largest(&row.coefficients).max(f64::MIN_POSITIVE);
        let kink = Kink { share: 0.0, target: -row.limit, cost };
        simplex.add_row(kink, row.coefficients.iter().map(|c| -c));
    }
    simplex.begin(vec![0], vec![moving]);
    for _ in 0..4 {
        simplex.minimise()?;
        simplex.renew();
        let weights: Vec<f64> = simplex.weights().collect();
        if limits.violation(&weights) <= FEASIBLE {
            return Ok(weights);
        }
        for row in 0..limits.rows.len() {
            simplex.raise(row + 1, 1e3);
        }
    }
    let weights: Vec<f64> = simplex.weights().collect();
    Err(AllocationError::Infeasible { violation: limits.violation(&weights) })
}
