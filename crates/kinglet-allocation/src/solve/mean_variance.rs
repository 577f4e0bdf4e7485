//! Least variance, best utility, a target return, the best Sharpe ratio and frontiers.

use super::limits::{Limits, Row};
use super::linear::best;
use super::quadratic::{ActiveSet, Objective, Optimum};
use crate::certificate::{Certificate, Solution};
use crate::error::AllocationError;
use crate::estimate::Covariance;
use crate::vector::{dot, largest};

const METHOD: &str = "active set";

/// Expected returns and covariance per period, and what weights are allowed.
#[derive(Clone, Copy, Debug)]
pub struct MeanVariance<'a> {
    /// The expected return of each asset.
    pub mean: &'a [f64],
    /// The covariance of the assets.
    pub covariance: &'a Covariance,
    /// What weights are allowed.
    pub limits: &'a Limits,
}

/// A point of the frontier of ½w'Σw − λμ'w, and its λ.
#[derive(Clone, Debug)]
pub(crate) struct Tangent {
    weights: Vec<f64>,
    lambda: f64,
}

impl MeanVariance<'_> {
    /// The least variance w'Σw.
    pub fn minimum_variance(&self) -> Result<Solution, AllocationError> {
        let mut set = self.start()?;
        let optimum = self.minimise(&mut set, 0.0)?;
        Ok(self.variance_of(&set, &optimum, self.limits))
    }

    /// The largest μ'w − aversion / 2 × w'Σw.
    pub fn utility(&self, aversion: f64) -> Result<Solution, AllocationError> {
        if !(aversion > 0.0 && aversion.is_finite()) {
            let (name, allowed) = ("risk aversion", "above zero");
            return Err(AllocationError::Parameter { name, value: aversion, allowed });
        }
        let mut set = self.start()?;
        let optimum = self.minimise(&mut set, 1.0 / aversion)?;
        let weights = set.weights();
        let variance = self.covariance.variance(weights);
        let primal = dot(self.mean, weights) - aversion / 2.0 * variance;
        let dual = primal + aversion * optimum.shortfall;
        Ok(solution(&set, &optimum, (primal, dual), self.limits))
    }

    /// The least variance among weights whose expected return is at least a target.
    pub fn target_return(&self, target: f64) -> Result<Solution, AllocationError> {
        let only = self.frontier(&[target])?;
        only.into_iter().next().ok_or(AllocationError::NoAssets)
    }

    /// The least variance at each of several target returns. They are computed from the largest to
    /// the smallest, each from the one before.
    pub fn frontier(&self, targets: &[f64]) -> Result<Vec<Solution>, AllocationError> {
        if let Some(value) = self.unbounded() {
            let (name, allowed) = ("bound of a weight", "finite where a return is a target");
            return Err(AllocationError::Parameter { name, value, allowed });
        }
        let top = best(self.limits, self.mean)?;
        let reachable = dot(self.mean, &top);
        let mut order: Vec<usize> = (0..targets.len()).collect();
        order.sort_by(|a, b| targets[*b].total_cmp(&targets[*a]));
        let scale = self.mean.iter().fold(f64::MIN_POSITIVE, |most: f64, m| most.max(m.abs()));
        let coefficients: Vec<f64> = self.mean.iter().map(|m| -m / scale).collect();
        let mut limits = self.limits.clone();
        limits.rows.push(Row { coefficients, limit: -reachable / scale });
        let mut set = ActiveSet::at(top, self.covariance, &limits);
        let zero = vec![0.0; self.mean.len()];
        let objective = Objective { covariance: self.covariance, linear: &zero };
        let mut found: Vec<Option<Solution>> = vec![None; targets.len()];
        for number in order {
            let target = targets[number];
            if target.is_nan() || target > reachable + 1e-9 * scale {
                let what = "expected return";
                return Err(AllocationError::TargetOutOfReach { what, target, reachable });
            }
            if let Some(row) = limits.rows.last_mut() {
                row.limit = -target.min(reachable) / scale;
            }
            let optimum = set.minimise(objective, &limits)?;
            found[number] = Some(self.variance_of(&set, &optimum, &limits));
        }
        Ok(found.into_iter().flatten().collect())
    }

    /// The largest (μ'w − risk-free rate) / √(w'Σw); the weights must have a sum other than zero.
    ///
    /// On the frontier of ½w'Σw − λm'w, m = μ − rate / budget, the ratio is largest where
    /// w'Σw = λm'w: with a + λb the path of the weights while no constraint changes, at
    /// λ = a'Σa / m'a.
    pub fn maximum_sharpe(&self, risk_free: f64) -> Result<Solution, AllocationError> {
        self.sharpe_from(risk_free, None).map(|(solution, _)| solution)
    }

    /// The same from a point of a frontier near by; and the point that was found.
    pub(crate) fn sharpe_from(
        &self,
        risk_free: f64,
        near: Option<Tangent>,
    ) -> Result<(Solution, Tangent), AllocationError> {
        let excess: Vec<f64> =
            self.mean.iter().map(|m| m - risk_free / self.limits.budget).collect();
        let problem = MeanVariance { mean: &excess, ..*self };
        let reachable = match self.unbounded() {
            None => dot(&excess, &best(self.limits, &excess)?),
            Some(_) => largest(&excess),
        };
        if reachable.is_nan() || reachable <= 0.0 {
            let best = reachable + risk_free;
            return Err(AllocationError::NoExcessReturn { best, risk_free });
        }
        let (set, lambda) = match near {
            Some(Tangent { weights, lambda }) => {
                (ActiveSet::at(weights, self.covariance, self.limits), lambda)
            }
            None => {
                let set = problem.start()?;
                let lambda = problem.covariance.variance(set.weights()) / reachable;
                (set, lambda)
            }
        };
        problem.tangent(set, lambda)
    }

    fn tangent(
        &self,
        mut set: ActiveSet,
        mut lambda: f64,
    ) -> Result<(Solution, Tangent), AllocationError> {
        let (mut below, mut above) = (0.0_f64, f64::INFINITY);
        for _ in 0..200 {
            let optimum = self.minimise(&mut set, lambda)?;
            let variance = self.covariance.variance(set.weights());
            if set.is_riskless(variance) {
                let purpose = "the largest ratio of return to risk";
                return Err(AllocationError::NotPositiveDefinite { purpose });
            }
            let gain = dot(self.mean, set.weights());
            let off = variance - lambda * gain;
            if off.abs() <= 1e-13 * variance {
                let deviation = variance.sqrt();
                let primal = gain / deviation;
                let dual = primal + (optimum.shortfall + off.abs()) / (lambda * deviation);
                let found = solution(&set, &optimum, (primal, dual), self.limits);
                let weights = found.weights.clone();
                return Ok((found, Tangent { weights, lambda }));
            }
            if off > 0.0 {
                below = lambda;
            } else {
                above = lambda;
            }
            let rise = dot(self.mean, &set.slope(self.mean, self.limits));
            let (still, steady) = (variance - lambda * lambda * rise, gain - lambda * rise);
            let vertex = still / steady;
            let middle = if above.is_finite() { (below + above) / 2.0 } else { 2.0 * lambda };
            let inside = steady > 0.0 && vertex > below && vertex < above;
            lambda = if inside { vertex } else { middle };
        }
        let iterations = set.steps();
        Err(AllocationError::NotConverged { method: METHOD, iterations, residual: above - below })
    }

    fn unbounded(&self) -> Option<f64> {
        let bounds = self.limits.lower.iter().chain(&self.limits.upper);
        bounds.copied().find(|bound| !bound.is_finite())
    }

    fn start(&self) -> Result<ActiveSet, AllocationError> {
        let calm: Vec<f64> = self.covariance.diagonal().iter().map(|v| -v).collect();
        let weights = best(self.limits, &calm)?;
        Ok(ActiveSet::at(weights, self.covariance, self.limits))
    }

    fn minimise(&self, set: &mut ActiveSet, lambda: f64) -> Result<Optimum, AllocationError> {
        let linear: Vec<f64> = self.mean.iter().map(|m| lambda * m).collect();
        set.minimise(Objective { covariance: self.covariance, linear: &linear }, self.limits)
    }

    fn variance_of(&self, set: &ActiveSet, optimum: &Optimum, limits: &Limits) -> Solution {
        let primal = self.covariance.variance(set.weights());
        solution(set, optimum, (primal, primal - 2.0 * optimum.shortfall), limits)
    }
}

fn solution(
    set: &ActiveSet,
    optimum: &Optimum,
    (primal, dual): (f64, f64),
    limits: &Limits,
) -> Solution {
    Solution {
        weights: set.weights().to_vec(),
        objective: primal,
        certificate: Certificate {
            primal,
            dual,
            gap: (primal - dual).abs() / primal.abs().max(f64::MIN_POSITIVE),
            residual_primal: limits.violation(set.weights()),
            residual_dual: optimum.residual,
            iterations: set.steps(),
            method: METHOD,
        },
    }
}
