//! Least ½ w'Σw − c'w within limits, by an active set (Nocedal and Wright 2006, Numerical
//! Optimization, algorithm 16.3).
//!
//! Few weights lie between their bounds at a time, so that a step costs as much as they are, not as
//! many assets as there are; only the search for assets that should move looks at all. A start
//! near the end, such as the last point of a frontier, needs few steps.

use super::cholesky::Cholesky;
use super::limits::{FEASIBLE, Limits};
use crate::error::AllocationError;
use crate::estimate::Covariance;
use crate::vector::{add_scaled, dot, largest};

const METHOD: &str = "active set";
/// What counts as zero in a gradient, as a part of its largest entry.
const FLAT: f64 = 1e-11;
/// Of the largest variance of an asset, what counts as none.
const GROUND: f64 = 1e-6;
/// Assets that are let go at once, at most.
const RELEASED: usize = 40;
/// A change of a weight that is noise of the arithmetic.
const STILL: f64 = 1e-12;
/// Whole steps to one minimum, at most.
const REFINED: usize = 20;

/// Where a weight stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Place {
    Lower,
    Upper,
    Free,
}

/// An objective ½ w'Σw − c'w.
#[derive(Clone, Copy)]
pub(crate) struct Objective<'a> {
    pub(crate) covariance: &'a Covariance,
    pub(crate) linear: &'a [f64],
}

/// Weights on their way, and which constraints they lie on.
#[derive(Clone, Debug)]
pub(crate) struct ActiveSet {
    weights: Vec<f64>,
    places: Vec<Place>,
    /// The weights between their bounds, in the order of the factor's rows.
    free: Vec<usize>,
    factor: Cholesky,
    /// Rows that hold with equality.
    rows: Vec<usize>,
    /// Multipliers of the sum and of each row.
    prices: (f64, Vec<f64>),
    /// Gradients below this are those of no variance at all.
    ground: f64,
    steps: usize,
}

/// What a minimum is known by.
pub(crate) struct Optimum {
    /// The gradient less what the prices of the constraints explain.
    pub(crate) reduced: Vec<f64>,
    /// By how much no weights within the limits can be better.
    pub(crate) shortfall: f64,
    /// The largest condition on the gradient that fails, as a part of its largest entry.
    pub(crate) residual: f64,
}

/// A direction and how the multipliers would be at its end.
struct Step {
    direction: Vec<f64>,
    prices: (f64, Vec<f64>),
}

impl ActiveSet {
    /// Starts from weights within the limits.
    pub(crate) fn at(weights: Vec<f64>, covariance: &Covariance, limits: &Limits) -> Self {
        let bounds = limits.lower.iter().zip(&limits.upper);
        let places: Vec<Place> = weights
            .iter()
            .zip(bounds)
            .map(|(w, (lower, upper))| match w {
                w if w <= lower => Place::Lower,
                w if w >= upper => Place::Upper,
                _ => Place::Free,
            })
            .collect();
        let free = (0..places.len()).filter(|i| places[*i] == Place::Free).collect();
        let rows = Vec::new();
        let prices = (0.0, vec![0.0; limits.rows.len()]);
        let factor = Cholesky::default();
        let ground = GROUND * largest(&covariance.diagonal());
        let mut set = Self { weights, places, free, factor, rows, prices, ground, steps: 0 };
        set.refactor(covariance);
        set
    }

    /// The weights.
    pub(crate) fn weights(&self) -> &[f64] {
        &self.weights
    }

    /// Whether a variance is no more than the noise of the arithmetic.
    pub(crate) fn is_riskless(&self, variance: f64) -> bool {
        variance <= self.ground * GROUND
    }

    /// How many steps were taken since the start.
    pub(crate) fn steps(&self) -> usize {
        self.steps
    }

    /// Takes a covariance that has changed since the last step.
    pub(crate) fn refactor(&mut self, covariance: &Covariance) {
        self.factor = Cholesky::default();
        for (n, i) in self.free.iter().enumerate() {
            self.factor.append(covariance.entries(*i, &self.free[..=n]));
        }
    }

    /// Goes on to the minimum.
    pub(crate) fn minimise(
        &mut self,
        objective: Objective<'_>,
        limits: &Limits,
    ) -> Result<Optimum, AllocationError> {
        self.rows.retain(|row| limits.rows[*row].slack(&self.weights) <= FEASIBLE);
        let most = self.steps + 60 * (self.weights.len() + limits.rows.len() + 10);
        let mut patience = RELEASED;
        loop {
            let moved = self.settle(objective, limits)?;
            let optimum = self.price(objective, limits);
            let candidates = self.candidates(&optimum, limits);
            if candidates.is_empty() {
                return Ok(optimum);
            }
            if self.steps > most {
                let (iterations, residual) = (self.steps, optimum.residual);
                return Err(AllocationError::NotConverged { method: METHOD, iterations, residual });
            }
            // A step of no length may come again: then fewer at a time, at last only the first.
            patience = if moved { RELEASED } else { patience / 2 };
            self.release(objective.covariance, candidates, patience);
        }
    }

    /// How the weights change with λ where the objective has the linear part λm, as long as no
    /// constraint comes or goes.
    pub(crate) fn slope(&self, m: &[f64], limits: &Limits) -> Vec<f64> {
        let gradient: Vec<f64> = self.free.iter().map(|i| -m[*i]).collect();
        let missed = vec![0.0; self.rows.len() + 1];
        let (direction, _) = self.solve(&gradient, &missed, limits);
        let mut all = vec![0.0; m.len()];
        for (i, change) in self.free.iter().zip(direction) {
            all[*i] = change;
        }
        all
    }

    /// Goes to the minimum among the free weights; a bound or a row that is met on the way holds
    /// from then on. Whether the weights have changed.
    fn settle(
        &mut self,
        objective: Objective<'_>,
        limits: &Limits,
    ) -> Result<bool, AllocationError> {
        let (mut moved, mut whole) = (false, 0);
        loop {
            self.steps += 1;
            let gradient = self.gradient(objective);
            let step = self.step(&gradient, limits);
            let size = largest(&step.direction);
            let (length, met) = self.blocked(&step.direction, limits);
            moved |= length * size > STILL;
            for (i, change) in self.free.iter().zip(&step.direction) {
                self.weights[*i] += length * change;
            }
            match met {
                _ if !size.is_finite() => {
                    let purpose = "the minimum of a variance";
                    return Err(AllocationError::NotPositiveDefinite { purpose });
                }
                None => {
                    self.prices = step.prices;
                    whole += 1;
                    // The factor is of a matrix lifted where it is singular: then it takes more.
                    if whole == REFINED || self.settled(objective, limits) {
                        return Ok(moved);
                    }
                }
                Some(Met::Row(row)) => self.rows.push(row),
                Some(Met::Bound(position, place)) => {
                    let asset = self.free.remove(position);
                    self.factor.remove(position);
                    self.places[asset] = place;
                    let lower = place == Place::Lower;
                    self.weights[asset] =
                        if lower { limits.lower[asset] } else { limits.upper[asset] };
                }
            }
        }
    }

    /// What is missing to the sum and to the rows that hold with equality.
    fn missed(&self, limits: &Limits) -> Vec<f64> {
        let sum = limits.budget - self.weights.iter().sum::<f64>();
        let rows = self.rows.iter().map(|r| limits.rows[*r].slack(&self.weights));
        std::iter::once(sum).chain(rows).collect()
    }

    fn settled(&self, objective: Objective<'_>, limits: &Limits) -> bool {
        if largest(&self.missed(limits)) > STILL {
            return false;
        }
        let gradient = self.gradient(objective);
        let scale = largest(&gradient).max(self.ground);
        let reduced = self.free.iter().zip(&gradient).map(|(i, g)| g + self.price_of(*i, limits));
        reduced.fold(0.0, |most: f64, r| most.max(r.abs())) <= FLAT * scale
    }

    /// The gradient at the free weights.
    fn gradient(&self, objective: Objective<'_>) -> Vec<f64> {
        let product = objective.covariance.times_at(&self.weights, &self.free);
        product.iter().zip(&self.free).map(|(s, i)| s - objective.linear[*i]).collect()
    }

    /// The direction to the minimum on the active constraints.
    fn step(&self, gradient: &[f64], limits: &Limits) -> Step {
        let mut missed = self.missed(limits);
        // Rows that are almost one would make large steps of what is only noise.
        for value in &mut missed {
            if value.abs() < STILL {
                *value = 0.0;
            }
        }
        let (direction, y) = self.solve(gradient, &missed, limits);
        let mut prices = vec![0.0; limits.rows.len()];
        for (r, y) in self.rows.iter().zip(&y[1..]) {
            prices[*r] = *y;
        }
        Step { direction, prices: (y[0], prices) }
    }

    /// Solves Σp + A'y = −g and Ap = what the constraints miss, over the free weights.
    fn solve(&self, gradient: &[f64], missed: &[f64], limits: &Limits) -> (Vec<f64>, Vec<f64>) {
        let row = |r: &usize| self.free.iter().map(|i| limits.rows[*r].coefficients[*i]).collect();
        let mut constraints: Vec<Vec<f64>> = vec![vec![1.0; self.free.len()]];
        constraints.extend(self.rows.iter().map(row));
        for constraint in &mut constraints {
            self.factor.forward(constraint);
        }
        let mut point = gradient.to_vec();
        self.factor.forward(&mut point);
        let y = multipliers(&constraints, &point, missed);
        for (constraint, y) in constraints.iter().zip(&y) {
            add_scaled(&mut point, *y, constraint);
        }
        self.factor.backward(&mut point);
        (point.into_iter().map(|p| -p).collect(), y)
    }

    /// How far along a direction the weights can go, up to one, and what they meet there.
    fn blocked(&self, direction: &[f64], limits: &Limits) -> (f64, Option<Met>) {
        let (mut length, mut met) = (1.0, None);
        for (position, (i, change)) in self.free.iter().zip(direction).enumerate() {
            let (bound, place) = if *change < 0.0 {
                (limits.lower[*i], Place::Lower)
            } else {
                (limits.upper[*i], Place::Upper)
            };
            let room = (bound - self.weights[*i]) / change;
            if change.abs() > STILL && room < length {
                (length, met) = (room.max(0.0), Some(Met::Bound(position, place)));
            }
        }
        for (number, row) in limits.rows.iter().enumerate() {
            let change: f64 =
                self.free.iter().zip(direction).map(|(i, p)| row.coefficients[*i] * p).sum();
            let room = row.slack(&self.weights) / change;
            let rises = change > STILL && !self.rows.contains(&number);
            if rises && room < length {
                (length, met) = (room.max(0.0), Some(Met::Row(number)));
            }
        }
        (length, met)
    }

    /// What the multipliers of the sum and of the rows add to the gradient of an asset.
    fn price_of(&self, asset: usize, limits: &Limits) -> f64 {
        let rows = self.rows.iter();
        let of_row = |r: &usize| self.prices.1[*r] * limits.rows[*r].coefficients[asset];
        self.prices.0 + rows.map(of_row).sum::<f64>()
    }

    fn price(&self, objective: Objective<'_>, limits: &Limits) -> Optimum {
        let mut reduced = objective.covariance.times(&self.weights);
        for (r, c) in reduced.iter_mut().zip(objective.linear) {
            *r -= c;
        }
        let scale = largest(&reduced).max(self.ground).max(f64::MIN_POSITIVE);
        let (mut shortfall, mut worst) = (0.0, 0.0_f64);
        for (i, r) in reduced.iter_mut().enumerate() {
            *r += self.price_of(i, limits);
            let bound = if *r > 0.0 { limits.lower[i] } else { limits.upper[i] };
            let fails = match self.places[i] {
                Place::Lower => -*r,
                Place::Upper => *r,
                Place::Free => r.abs(),
            };
            if fails > FLAT * scale || bound.is_finite() {
                shortfall += *r * (self.weights[i] - bound);
            }
            worst = worst.max(fails);
        }
        for r in &self.rows {
            shortfall += self.prices.1[*r].max(0.0) * limits.rows[*r].slack(&self.weights);
            worst = worst.max(-self.prices.1[*r]);
        }
        Optimum { reduced, shortfall: shortfall.max(0.0), residual: worst / scale }
    }

    /// Bounds and rows that hold the weights back, the worst first.
    fn candidates(&self, optimum: &Optimum, limits: &Limits) -> Vec<(f64, Held)> {
        let scale = largest(&optimum.reduced).max(self.prices.0.abs()).max(self.ground);
        let assets = optimum.reduced.iter().enumerate().map(|(i, reduced)| {
            let fails = match self.places[i] {
                _ if limits.lower[i] == limits.upper[i] => 0.0,
                Place::Lower => -reduced,
                Place::Upper => *reduced,
                Place::Free => 0.0,
            };
            (fails, Held::Bound(i))
        });
        let rows = self.rows.iter().map(|r| (-self.prices.1[*r], Held::Row(*r)));
        let mut found: Vec<(f64, Held)> =
            assets.chain(rows).filter(|(fails, _)| *fails > FLAT * scale).collect();
        found.sort_by(|a, b| b.0.total_cmp(&a.0));
        found
    }

    fn release(
        &mut self,
        covariance: &Covariance,
        mut candidates: Vec<(f64, Held)>,
        patience: usize,
    ) {
        if patience == 0 {
            candidates.sort_by_key(|(_, held)| match held {
                Held::Row(row) => (0, *row),
                Held::Bound(asset) => (1, *asset),
            });
        }
        let many = patience.min(1 + self.free.len() / 2).max(1);
        for (_, held) in candidates.into_iter().take(many) {
            match held {
                Held::Row(row) => self.rows.retain(|r| *r != row),
                Held::Bound(asset) => {
                    self.places[asset] = Place::Free;
                    self.free.push(asset);
                    self.factor.append(covariance.entries(asset, &self.free));
                }
            }
        }
    }
}

/// What stops a step: a bound of the free weight at a position, or a row.
enum Met {
    Bound(usize, Place),
    Row(usize),
}

/// What may be let go.
enum Held {
    Bound(usize),
    Row(usize),
}

/// Solves (V'V) y = −(V'z + missed); a constraint that the earlier ones imply has none.
fn multipliers(constraints: &[Vec<f64>], point: &[f64], missed: &[f64]) -> Vec<f64> {
    let mut factor = Cholesky::default();
    let mut kept: Vec<usize> = Vec::new();
    for (number, constraint) in constraints.iter().enumerate() {
        let mut beside: Vec<f64> = kept.iter().map(|k| dot(&constraints[*k], constraint)).collect();
        let own = dot(constraint, constraint);
        let row: Vec<f64> = beside.iter().copied().chain([own]).collect();
        factor.forward(&mut beside);
        if own - dot(&beside, &beside) > 1e-10 * own {
            factor.append(row);
            kept.push(number);
        }
    }
    let mut y: Vec<f64> = kept.iter().map(|k| -dot(&constraints[*k], point) - missed[*k]).collect();
    factor.forward(&mut y);
    factor.backward(&mut y);
    let mut all = vec![0.0; constraints.len()];
    for (k, y) in kept.into_iter().zip(y) {
        all[k] = y;
    }
    all
}
