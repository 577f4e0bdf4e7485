//! What weights are allowed: bounds, a sum, and rows that hold several of them together.

use crate::vector::dot;
use crate::error::AllocationError;

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
                return Err(AllocationError::BoundsCrossed { asset, lower, upper });
            }
        }
        let (lower, upper) = (self.lower.iter().sum::<f64>(), self.upper.iter().sum::<f64>());
        if lower > self.budget + FEASIBLE || upper < self.budget - FEASIBLE {
            return Err(AllocationError::BoundsSum { lower, upper, budget: self.budget });
        }
        Ok(())
    }

    /// Weights within the limits that hold as much as they may of what is preferred most. Where no
    /// asset is in two rows and no row has another coefficient than one, nothing has a larger
    /// product with the preferences.
    pub(crate) fn fill(&self, preferences: &[f64]) -> Result<Vec<f64>, AllocationError> {
        self.check(preferences.len())?;
        let nearest = |(lower, upper): (&f64, &f64)| 0.0_f64.clamp(*lower, *upper);
        let mut weights: Vec<f64> = self.lower.iter().zip(&self.upper).map(nearest).collect();
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
            let room = (bound - weights[asset]).abs();
            let step = rooms.fold(room.min(left.abs()), f64::min);
            let before = weights[asset];
            weights[asset] = if step == room { bound } else { before + step * left.signum() };
            for (row, slack) in self.rows.iter().zip(&mut slacks) {
                *slack -= row.coefficients[asset] * (weights[asset] - before);
            }
            left -= weights[asset] - before;
            if left.abs() <= 1e-15 {
                break;
            }
        }
        let violation = self.violation(&weights);
        if violation > FEASIBLE {
            return Err(AllocationError::Infeasible { violation });
        }
        Ok(weights)
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
