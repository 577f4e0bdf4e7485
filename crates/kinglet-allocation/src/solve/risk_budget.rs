//! Weights whose contributions to the variance have given shares.
//!
//! The minimum of ½x'Σx − Σ b ln x, scaled to the budget, has x_i (Σx)_i ∝ b_i; it is found by
//! cyclical coordinate descent (Griveau-Billion, Richard and Roncalli 2013, A fast algorithm for
//! computing high-dimensional risk parity portfolios). Coordinates come in blocks: within one, each
//! sees the changes of those before; the rest of Σx takes the changes of a block at a time. Where
//! assets hedge what others share that is slow, and Newton's method ends it (Spinu 2013, An
//! algorithm for computing risk parity weights).

use faer::Mat;

use super::limits::{FEASIBLE, Limits};
use crate::certificate::{Certificate, Solution};
use crate::error::AllocationError;
use crate::estimate::Covariance;
use crate::vector::{add_columns, add_scaled, dot, largest};

const METHOD: &str = "cyclical coordinate descent";
const NEWTON: &str = "Newton's method";
/// Coordinates of a block.
const BLOCK: usize = 64;
/// Rounds over all coordinates after which Newton's method goes on, and its steps, at most.
const SLOW: usize = 50;
const STEPS: usize = 60;
/// Steps of conjugate gradients in one of Newton's, at most.
const GRADIENTS: usize = 300;
/// Rounds over all coordinates within bounds, at most.
const ROUNDS: usize = 2000;
/// The largest relative difference of a contribution from its share, and what is near enough where
/// rounding does not allow that.
const EXACT: f64 = 1e-10;
const NEAR: f64 = 1e-8;

/// Weights above zero with a sum of one, whose shares of the variance are those of the budgets. The
/// objective is the standard deviation; the dual residual the largest relative difference of a
/// share from its budget.
pub fn risk_budget(covariance: &Covariance, budgets: &[f64]) -> Result<Solution, AllocationError> {
    let budgets = shares(covariance, budgets)?;
    let free = Limits::long_only(budgets.len(), f64::INFINITY);
    let mut point = Point::start(covariance, (&budgets, &free));
    for round in 1..=SLOW + STEPS {
        let length = dot(&point.x, &point.product).sqrt();
        // The best length of x, at which x'Σx is one.
        for value in point.x.iter_mut().chain(&mut point.product) {
            *value /= length;
        }
        let off = point.off(1.0);
        if off <= EXACT || (round == SLOW + STEPS && off <= NEAR) {
            let found = point.solution((off, round));
            let method = if round <= SLOW { METHOD } else { NEWTON };
            let certificate = Certificate { method, ..found.certificate };
            return Ok(Solution { certificate, ..found });
        }
        match round < SLOW {
            true => point.round(covariance, 1.0),
            false => point.step(covariance),
        }
    }
    let (iterations, residual) = (SLOW + STEPS, point.off(1.0));
    Err(AllocationError::NotConverged { method: NEWTON, iterations, residual })
}

/// The same within bounds: assets between theirs have contributions in proportion to their budgets,
/// one at its upper bound has less, one at its lower bound more (Richard and Roncalli 2019,
/// Constrained risk budgeting portfolios, section 3). For a price of the logarithms coordinates are
/// descended as before, each within its bounds; the price is that at which the weights have their
/// sum.
pub fn bounded_risk_budget(
    covariance: &Covariance,
    budgets: &[f64],
    limits: &Limits,
) -> Result<Solution, AllocationError> {
    limits.check(covariance.assets())?;
    if !limits.rows.is_empty() {
        let (value, allowed) = (limits.rows.len() as f64, "none in risk budgets");
        return Err(AllocationError::Parameter { name: "rows of limits", value, allowed });
    }
    let budgets = shares(covariance, budgets)?;
    let mut point = Point::start(covariance, (&budgets, limits));
    let (mut rounds, mut off) = (0, f64::INFINITY);
    // What the price would be without bounds, if assets were uncorrelated.
    let length = limits.budget / point.x.iter().sum::<f64>();
    let start = length * length * dot(&point.x, &point.product);
    let root = increasing_root((start, FEASIBLE), |price| {
        point.product = covariance.times(&point.x);
        for round in 0..ROUNDS {
            off = point.off(price);
            if off <= EXACT {
                rounds += round;
                return Some(point.x.iter().sum::<f64>() - limits.budget);
            }
            point.round(covariance, price);
        }
        None
    });
    match root {
        Some(()) => Ok(point.solution((off, rounds))),
        None => {
            let (iterations, residual) = (rounds, off);
            Err(AllocationError::NotConverged { method: METHOD, iterations, residual })
        }
    }
}

/// Looks at points above zero ever nearer to the root of a function that grows, the last of them
/// the root to a tolerance: from the start on it is bracketed by steps in the logarithm, then found
/// by false position as at Illinois (Dowell and Jarratt 1971, BIT 11).
pub(crate) fn increasing_root(
    (start, tolerance): (f64, f64),
    mut at: impl FnMut(f64) -> Option<f64>,
) -> Option<()> {
    const BRACKETS: usize = 60;
    const STEPS: usize = 100;
    const STEP: f64 = 0.5;
    let mut value = |log: f64| Some((log, at(libm::exp(log))?));
    let (mut low, mut step) = (value(libm::log(start))?, STEP);
    let mut high = low;
    for _ in 0..BRACKETS {
        if high.1.abs() <= tolerance {
            return Some(());
        }
        if high.1 * low.1 < 0.0 {
            break;
        }
        low = high;
        high = value(low.0 - step * low.1.signum())?;
        step *= 1.5;
    }
    for _ in 0..STEPS {
        let found = value((low.0 * high.1 - high.0 * low.1) / (high.1 - low.1))?;
        if found.1.abs() <= tolerance {
            return Some(());
        }
        match found.1 * high.1 < 0.0 {
            true => low = high,
            false => low.1 *= 0.5,
        }
        high = found;
    }
    None
}

/// Budgets that sum to one.
fn shares(covariance: &Covariance, budgets: &[f64]) -> Result<Vec<f64>, AllocationError> {
    if budgets.len() != covariance.assets() {
        let (expected, found) = (covariance.assets(), budgets.len());
        return Err(AllocationError::Shape { what: "budgets", expected, found });
    }
    if let Some(value) = budgets.iter().copied().find(|b| !(*b > 0.0 && b.is_finite())) {
        let (name, allowed) = ("risk budget", "above zero");
        return Err(AllocationError::Parameter { name, value, allowed });
    }
    if covariance.diagonal().iter().any(|variance| variance.is_nan() || *variance <= 0.0) {
        return Err(AllocationError::NotPositiveDefinite { purpose: "a risk budget" });
    }
    let total: f64 = budgets.iter().sum();
    Ok(budgets.iter().map(|b| b / total).collect())
}

struct Point<'a> {
    x: Vec<f64>,
    /// Σx.
    product: Vec<f64>,
    budgets: &'a [f64],
    limits: &'a Limits,
}

impl<'a> Point<'a> {
    fn start(covariance: &Covariance, (budgets, limits): (&'a [f64], &'a Limits)) -> Self {
        let variances = covariance.diagonal();
        let x = (0..budgets.len()).map(|i| (budgets[i] / variances[i]).sqrt());
        let x: Vec<f64> = x.enumerate().map(|(i, x)| within(limits, i, x)).collect();
        Self { product: covariance.times(&x), x, budgets, limits }
    }

    /// The largest relative difference of a contribution from the price of its budget; at a bound
    /// only what would lead back inside.
    fn off(&self, price: f64) -> f64 {
        let of = |i: usize| {
            let x = self.x[i];
            let over = x * self.product[i] / (price * self.budgets[i]) - 1.0;
            if self.limits.lower[i] >= self.limits.upper[i] {
                0.0
            } else if x <= self.limits.lower[i] {
                -over
            } else if x >= self.limits.upper[i] {
                over
            } else {
                over.abs()
            }
        };
        (0..self.x.len()).map(of).fold(0.0, f64::max)
    }

    /// Every coordinate once.
    fn round(&mut self, covariance: &Covariance, price: f64) {
        match covariance {
            Covariance::Dense(matrix) => self.dense(matrix, price),
            Covariance::Factored { loadings, factor, residual } => {
                self.factored((loadings, factor, residual), price);
            }
        }
    }

    fn dense(&mut self, matrix: &Mat<f64>, price: f64) {
        let mut changes = [0.0; BLOCK];
        for start in (0..self.x.len()).step_by(BLOCK) {
            let changes = &mut changes[..BLOCK.min(self.x.len() - start)];
            self.block(start, matrix, price, changes);
            add_columns(&mut self.product, matrix, start, changes);
        }
    }

    /// By how much a coordinate changes to its best value for some Σx and its variance.
    fn change(&self, i: usize, (product, variance): (f64, f64), price: f64) -> f64 {
        let x = self.x[i];
        within(self.limits, i, best(x, product, variance, price * self.budgets[i])) - x
    }

    /// The best coordinates of a block, one after the other, and their changes.
    fn block(&mut self, start: usize, matrix: &Mat<f64>, price: f64, changes: &mut [f64]) {
        let end = start + changes.len();
        let mut products = [0.0; BLOCK];
        let products = &mut products[..changes.len()];
        products.copy_from_slice(&self.product[start..end]);
        for (own, at) in (start..end).enumerate() {
            let column = &matrix.col_as_slice(at)[at..end];
            let change = self.change(at, (products[own], column[0]), price);
            self.x[at] += change;
            changes[own] = change;
            // Those after it see it.
            add_scaled(&mut products[own..], change, column);
        }
    }

    /// The same where Σ = LFL' + D: the exposures F L'x carry what the coordinates share.
    fn factored(&mut self, of: (&Mat<f64>, &Mat<f64>, &[f64]), price: f64) {
        let (loadings, factor, residual) = of;
        let spread = loadings * factor;
        let count = factor.nrows();
        let mut exposure: Vec<f64> = (0..count)
            .map(|k| self.x.iter().enumerate().map(|(i, x)| x * loadings[(i, k)]).sum())
            .collect();
        for i in 0..self.x.len() {
            let shared: f64 = (0..count).map(|k| spread[(i, k)] * exposure[k]).sum();
            let own: f64 = (0..count).map(|k| spread[(i, k)] * loadings[(i, k)]).sum();
            let product = shared + residual[i] * self.x[i];
            let change = self.change(i, (product, own + residual[i]), price);
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

    /// A step of Newton's method: of the relative changes e with (XΣX + B) e = b − xΣx, of which
    /// the largest is δ, as much as 1 / (1 + δ).
    fn step(&mut self, covariance: &Covariance) {
        let missed = |i: usize| self.budgets[i] - self.x[i] * self.product[i];
        let mut residual: Vec<f64> = (0..self.x.len()).map(missed).collect();
        let diagonal: Vec<f64> = covariance.diagonal();
        let own = |i: usize| self.x[i] * self.x[i] * diagonal[i] + self.budgets[i];
        let own: Vec<f64> = (0..self.x.len()).map(own).collect();
        let scaled = |values: &[f64]| -> Vec<f64> {
            values.iter().zip(&own).map(|(value, own)| value / own).collect()
        };
        let mut changes = vec![0.0; self.x.len()];
        let mut near = scaled(&residual);
        let mut direction = near.clone();
        let mut length = dot(&residual, &near);
        // The nearer the end, the more exact; at a tenth of a part each step gains that much.
        let enough = length * length.min(0.01);
        for _ in 0..GRADIENTS {
            if length <= enough {
                break;
            }
            let moved: Vec<f64> = self.x.iter().zip(&direction).map(|(x, d)| x * d).collect();
            let mut curved = covariance.times(&moved);
            for (i, curved) in curved.iter_mut().enumerate() {
                *curved = self.x[i] * *curved + self.budgets[i] * direction[i];
            }
            let far = length / dot(&direction, &curved);
            add_scaled(&mut changes, far, &direction);
            add_scaled(&mut residual, -far, &curved);
            near = scaled(&residual);
            let next = dot(&residual, &near);
            direction.iter_mut().zip(&near).for_each(|(d, near)| *d = near + next / length * *d);
            length = next;
        }
        let part = 1.0 / (1.0 + largest(&changes));
        self.x.iter_mut().zip(&changes).for_each(|(x, change)| *x *= 1.0 + part * change);
        self.product = covariance.times(&self.x);
    }

    fn solution(&self, (off, rounds): (f64, usize)) -> Solution {
        let scale = self.limits.budget / self.x.iter().sum::<f64>();
        let scaled = |(i, x): (usize, &f64)| within(self.limits, i, x * scale);
        let weights: Vec<f64> = self.x.iter().enumerate().map(scaled).collect();
        let objective = scale * dot(&self.x, &self.product).sqrt();
        let certificate = Certificate {
            primal: objective,
            dual: objective,
            gap: off,
            residual_primal: self.limits.violation(&weights),
            residual_dual: off,
            iterations: rounds,
            method: METHOD,
        };
        Solution { weights, objective, certificate }
    }
}

fn within(limits: &Limits, i: usize, x: f64) -> f64 {
    x.max(limits.lower[i]).min(limits.upper[i])
}

/// The coordinate at which v x² + (Σx − v x) x = b.
fn best(x: f64, product: f64, variance: f64, budget: f64) -> f64 {
    let others = product - variance * x;
    let root = (others * others + 4.0 * variance * budget).sqrt();
    // Of two ways to write the root the one that does not cancel.
    if others > 0.0 { 2.0 * budget / (others + root) } else { (root - others) / (2.0 * variance) }
}
