//! What weights are allowed: bounds, a sum, and rows that hold several of them together.

use crate::error::AllocationError;
use crate::vector::dot;

/// By how much a constraint may be missed.
pub(crate) const FEASIBLE: f64 = 1e-10;

/// Bounds of each weight, the sum of all, and rows a'w ≤ limit.
#[derive(Clone, Debug, PartialEq)]
pub struct Limits {
    /// The least weight of each asset.
    pub lower: Vec<f64>,
    /// The largest weight of each asset.
    pub upper: Vec<f64>,
    /// The sum of the weights.
    pub budget: f64,
    /// Limits that several assets share.
    pub rows: Vec<Row>,
}

/// a'w ≤ limit.
#[derive(Clone, Debug, PartialEq)]
pub struct Row {
    /// One coefficient per asset.
    pub coefficients: Vec<f64>,
    /// The largest value of the sum.
    pub limit: f64,
}

impl Row {
    /// That the assets of a group hold at most so much together.
    pub fn group(assets: usize, members: &[usize], limit: f64) -> Self {
        let mut coefficients = vec![0.0; assets];
        for member in members {
            coefficients[*member] = 1.0;
        }
        Self { coefficients, limit }
    }

    /// How much is left to the limit; negative where it is passed.
    pub fn slack(&self, weights: &[f64]) -> f64 {
        self.limit - dot(&self.coefficients, weights)
    }
}

impl Limits {
    /// Weights from zero to `largest` with a sum of one.
    pub fn long_only(assets: usize, largest: f64) -> Self {
        Self {
            lower: vec![0.0; assets],
            upper: vec![largest; assets],
            budget: 1.0,
            rows: Vec::new(),
        }
    }

    /// That each bound is a number below the other, and that the sum can be reached.
    pub fn check(&self, assets: usize) -> Result<(), AllocationError> {
        let counts = [self.lower.len(), self.upper.len()];
        let rows = self.rows.iter().map(|row| row.coefficients.len());
        if let Some(found) = counts.into_iter().chain(rows).find(|count| *count != assets) {
            return Err(AllocationError::Shape { what: "limits", expected: assets, found });
        }
        let pairs = self.lower.iter().zip(&self.upper);
        for (asset, (&lower, &upper)) in pairs.enumerate() {
            if lower.is_nan() || upper.is_nan() || lower > upper {
                let asset = format!("number {}", asset + 1);
                return Err(AllocationError::BoundsCrossed { asset, lower, upper });
            }
        }
        let (lower, upper) = (self.lower.iter().sum::<f64>(), self.upper.iter().sum::<f64>());
        if lower > self.budget + FEASIBLE || upper < self.budget - FEASIBLE {
            return Err(AllocationError::BoundsSum { lower, upper, budget: self.budget });
        }
        Ok(())
    }

    /// Where a bound is missing the one that follows from the sum and the bounds of all others.
    pub(crate) fn imply(&mut self) {
        let (least, most) = (self.lower.iter().sum::<f64>(), self.upper.iter().sum::<f64>());
        for (lower, upper) in self.lower.iter_mut().zip(&mut self.upper) {
            if least.is_finite() && upper.is_infinite() {
                *upper = self.budget - (least - *lower);
            } else if most.is_finite() && lower.is_infinite() {
                *lower = self.budget - (most - *upper);
            }
        }
    }

    /// Whether every bound is a number, so that a linear objective has a best value.
    pub(crate) fn bounded(&self) -> bool {
        self.lower.iter().chain(&self.upper).all(|bound| bound.is_finite())
    }

    /// Whether giving to each asset in turn as much as fits is best for a linear objective: every
    /// bound is a number, no asset is in two rows, and all assets of a row count in it alike.
    pub(crate) fn nested(&self) -> bool {
        let mut taken = vec![false; self.lower.len()];
        let apart = self.rows.iter().all(|row| {
            let mut members = row.coefficients.iter().enumerate().filter(|(_, c)| **c != 0.0);
            let first = row.coefficients.iter().copied().find(|c| *c != 0.0);
            members.all(|(asset, c)| {
                *c > 0.0 && Some(*c) == first && !std::mem::replace(&mut taken[asset], true)
            })
        });
        apart && self.bounded()
    }

    /// Weights that hold as much as fits of what is preferred most, above the lower bounds. Where a
    /// lower bound is none they start from zero.
    pub(crate) fn fill(&self, preferences: &[f64]) -> Vec<f64> {
        let bounds = self.lower.iter().zip(&self.upper);
        let mut weights: Vec<f64> = bounds
            .map(|(lower, upper)| if lower.is_finite() { *lower } else { upper.min(0.0) })
            .collect();
        let mut order: Vec<usize> = (0..weights.len()).collect();
        order.sort_by(|a, b| preferences[*b].total_cmp(&preferences[*a]).then(a.cmp(b)));
        let mut left = self.budget - weights.iter().sum::<f64>();
        if left < 0.0 {
            order.reverse();
        }
        let mut slacks: Vec<f64> = self.rows.iter().map(|row| row.slack(&weights)).collect();
        for asset in order {
            let rooms = self.rows.iter().zip(&slacks).filter_map(|(row, slack)| {
                let coefficient = row.coefficients[asset] * left.signum();
                (coefficient > 0.0).then(|| slack.max(0.0) / coefficient)
            });
            let bound = if left > 0.0 { self.upper[asset] } else { self.lower[asset] };
            let before = weights[asset];
            let room = (bound - before).abs();
            let step = rooms.fold(room.min(left.abs()), f64::min);
            weights[asset] = if step == room { bound } else { before + step * left.signum() };
            for (row, slack) in self.rows.iter().zip(&mut slacks) {
                *slack -= row.coefficients[asset] * (weights[asset] - before);
            }
            left -= weights[asset] - before;
            if left.abs() <= 1e-15 {
                break;
            }
        }
        weights
    }

    /// The same without the rows.
    pub(crate) fn apart(&self) -> Limits {
        Limits { rows: Vec::new(), ..self.clone() }
    }

    /// A weight between its bounds; where none is, one that could be.
    pub(crate) fn moving(&self, weights: &[f64]) -> Option<usize> {
        let inside = |at: &usize| weights[*at] > self.lower[*at] && weights[*at] < self.upper[*at];
        let able = |at: &usize| self.lower[*at] < self.upper[*at];
        (0..weights.len()).find(inside).or_else(|| (0..weights.len()).find(able))
    }

    /// The largest violation of a constraint by weights.
    pub fn violation(&self, weights: &[f64]) -> f64 {
        let bounds = weights.iter().zip(self.lower.iter().zip(&self.upper));
        let outside = bounds.map(|(w, (lower, upper))| (lower - w).max(w - upper));
        let rows = self.rows.iter().map(|row| -row.slack(weights));
        let sum = (weights.iter().sum::<f64>() - self.budget).abs();
        outside.chain(rows).fold(sum, f64::max)
    }
}
