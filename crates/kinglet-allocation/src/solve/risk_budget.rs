//! Weights whose contributions to the variance have given shares.
//!
//! The minimum of ½x'Σx − Σ b ln x, scaled to the budget, has x_i (Σx)_i ∝ b_i; it is found by
//! cyclical coordinate descent (Griveau-Billion, Richard and Roncalli 2013, A fast algorithm for
//! computing high-dimensional risk parity portfolios). Coordinates come in blocks: within one, each
//! sees the changes of those before; the rest of Σx takes the changes of a block at a time.

use faer::{Mat, MatRef};
use rayon::prelude::*;

use crate::certificate::{Certificate, Solution};
use crate::error::AllocationError;
use crate::estimate::Covariance;
use crate::vector::{add_scaled, dot};

const METHOD: &str = "cyclical coordinate descent";
/// Coordinates of a block.
const BLOCK: usize = 64;
/// Entries of Σx that one thread takes at a time.
const PART: usize = 512;
/// Rounds over all coordinates, at most.
const ROUNDS: usize = 2000;
/// The largest relative difference of a contribution from its share.
const EXACT: f64 = 1e-11;

/// Weights above zero with a sum of one, whose shares of the variance are those of the budgets. The
/// objective is the standard deviation; the dual residual the largest relative difference of a
/// share from its budget.
pub fn risk_budget(covariance: &Covariance, budgets: &[f64]) -> Result<Solution, AllocationError> {
    let assets = covariance.assets();
    if budgets.len() != assets {
        let (expected, found) = (assets, budgets.len());
        return Err(AllocationError::Shape { what: "budgets", expected, found });
    }
    let total: f64 = budgets.iter().sum();
    if let Some(value) = budgets.iter().copied().find(|b| !(*b > 0.0 && b.is_finite())) {
        let (name, allowed) = ("risk budget", "above zero");
        return Err(AllocationError::Parameter { name, value, allowed });
    }
    let diagonal = covariance.diagonal();
    if diagonal.iter().any(|variance| variance.is_nan() || *variance <= 0.0) {
        return Err(AllocationError::NotPositiveDefinite { purpose: "a risk budget" });
    }
    let budgets: Vec<f64> = budgets.iter().map(|b| b / total).collect();
    let start = budgets.iter().zip(&diagonal).map(|(b, v)| (b / v).sqrt()).collect();
    let mut point = Point { x: start, product: Vec::new() };
    for round in 1..=ROUNDS {
        point.rescale(covariance);
        let off = point.off(&budgets);
        if off <= EXACT {
            return Ok(point.solution(off, round));
        }
        match covariance {
            Covariance::Dense(matrix) => point.round(matrix, &budgets),
            Covariance::Factored { loadings, factor, residual } => {
                point.factored((loadings, factor, residual), &budgets);
            }
        }
    }
    let residual = point.off(&budgets);
    Err(AllocationError::NotConverged { method: METHOD, iterations: ROUNDS, residual })
}

struct Point {
    x: Vec<f64>,
    /// Σx.
    product: Vec<f64>,
}

impl Point {
    /// The best length of x, at which x'Σx is one; Σx is computed anew.
    fn rescale(&mut self, covariance: &Covariance) {
        if self.product.is_empty() {
            self.product = covariance.times(&self.x);
        }
        let length = dot(&self.x, &self.product).sqrt();
        for value in self.x.iter_mut().chain(&mut self.product) {
            *value /= length;
        }
    }

    fn off(&self, budgets: &[f64]) -> f64 {
        let shares = self.x.iter().zip(&self.product).map(|(x, s)| x * s);
        shares.zip(budgets).map(|(share, b)| (share / b - 1.0).abs()).fold(0.0, f64::max)
    }

    fn round(&mut self, matrix: &Mat<f64>, budgets: &[f64]) {
        for start in (0..self.x.len()).step_by(BLOCK) {
            let end = (start + BLOCK).min(self.x.len());
            let square = matrix.as_ref().submatrix(start, start, end - start, end - start);
            let changes = self.block(start, square, &budgets[start..end]);
            self.product.par_chunks_mut(PART).enumerate().for_each(|(part, product)| {
                for (k, change) in changes.iter().enumerate() {
                    let column = matrix.col_as_slice(start + k);
                    add_scaled(product, *change, &column[part * PART..]);
                }
            });
        }
    }

    /// The best coordinates of a block, one after the other, and their changes.
    fn block(&mut self, start: usize, square: MatRef<'_, f64>, budgets: &[f64]) -> Vec<f64> {
        let mut product = self.product[start..start + budgets.len()].to_vec();
        let mut changes = vec![0.0; budgets.len()];
        for (k, budget) in budgets.iter().enumerate() {
            let change = best(self.x[start + k], product[k], square[(k, k)], *budget);
            self.x[start + k] += change;
            changes[k] = change;
            for (i, sum) in product.iter_mut().enumerate() {
                *sum += change * square[(i, k)];
            }
        }
        changes
    }

    /// The same where Σ = LFL' + D: the exposures F L'x carry what the coordinates share.
    fn factored(&mut self, of: (&Mat<f64>, &Mat<f64>, &[f64]), budgets: &[f64]) {
        let (loadings, factor, residual) = of;
        let spread = loadings * factor;
        let count = factor.nrows();
        let mut exposure: Vec<f64> = (0..count)
            .map(|k| self.x.iter().enumerate().map(|(i, x)| x * loadings[(i, k)]).sum())
            .collect();
        for (i, budget) in budgets.iter().enumerate() {
            let shared: f64 = (0..count).map(|k| spread[(i, k)] * exposure[k]).sum();
            let own: f64 = (0..count).map(|k| spread[(i, k)] * loadings[(i, k)]).sum();
            let product = shared + residual[i] * self.x[i];
            let change = best(self.x[i], product, own + residual[i], *budget);
            self.x[i] += change;
            for (k, value) in exposure.iter_mut().enumerate() {
                *value += change * loadings[(i, k)];
            }
        }
        for (i, product) in self.product.iter_mut().enumerate() {
            let shared: f64 = (0..count).map(|k| spread[(i, k)] * exposure[k]).sum();
            *product = shared + residual[i] * self.x[i];
        }
    }

    fn solution(&self, off: f64, rounds: usize) -> Solution {
        let total: f64 = self.x.iter().sum();
        let weights: Vec<f64> = self.x.iter().map(|x| x / total).collect();
        let objective = dot(&self.x, &self.product).sqrt() / total;
        let sum = weights.iter().sum::<f64>();
        let certificate = Certificate {
            primal: objective,
            dual: objective,
            gap: off,
            residual_primal: (sum - 1.0).abs(),
            residual_dual: off,
            iterations: rounds,
            method: METHOD,
        };
        Solution { weights, objective, certificate }
    }
}

/// By how much a coordinate changes to where v x² + (Σx − v x) x = b.
fn best(x: f64, product: f64, variance: f64, budget: f64) -> f64 {
    let others = product - variance * x;
    let root = (others * others + 4.0 * variance * budget).sqrt();
    // Of two ways to write the root the one that does not cancel.
    let value = if others > 0.0 {
        2.0 * budget / (others + root)
    } else {
        (root - others) / (2.0 * variance)
    };
    value - x
}
