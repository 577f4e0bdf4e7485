//! Covariances that are plain means of products.

use super::covariance::Covariance;
use super::mean::weighted_mean;
use super::products::{Centred, gram};
use crate::error::AllocationError;
use crate::returns::Returns;

/// The sample covariance with divisor T − 1.
pub fn sample(returns: &Returns) -> Covariance {
    Covariance::Dense(Centred::of(returns).gram(1.0 / (returns.rows() - 1) as f64))
}

/// A covariance in which a period counts half as much as one that is a half-life later, about means
/// weighted alike; weights sum to one (RiskMetrics Technical Document 1996, section 5.2, which
/// takes the means for zero).
pub fn exponential(returns: &Returns, half_life: f64) -> Result<Covariance, AllocationError> {
    Ok(weighted(returns, &decay(returns.rows(), half_life)?))
}

/// A covariance in which each period counts with its probability, about means that do.
pub fn weighted(returns: &Returns, probabilities: &[f64]) -> Covariance {
    let means = weighted_mean(returns, probabilities);
    let roots: Vec<f64> = probabilities.iter().map(|p| p.sqrt()).collect();
    Covariance::Dense(gram((returns.rows(), returns.assets()), 1.0, |asset, rows, out| {
        let values = returns.asset(asset)[rows.clone()].iter().zip(&roots[rows]);
        let parts = values.map(|(value, root)| (value - means[asset]) * root);
        out.iter_mut().zip(parts).for_each(|(out, part)| *out = part);
    }))
}

/// Products of shortfalls below a benchmark return per period, divided by T (Estrada 2008, Journal
/// of Asset Management 8, equation 8); positive semidefinite by construction.
pub fn semi(returns: &Returns, benchmark: f64) -> Covariance {
    let shape = (returns.rows(), returns.assets());
    Covariance::Dense(gram(shape, 1.0 / returns.rows() as f64, |asset, rows, out| {
        let shortfalls =
            returns.asset(asset)[rows].iter().map(|value| (value - benchmark).min(0.0));
        out.iter_mut().zip(shortfalls).for_each(|(out, shortfall)| *out = shortfall);
    }))
}

/// The weights of periods that decay with a half-life, from first to last, with a sum of one.
pub(crate) fn decay(rows: usize, half_life: f64) -> Result<Vec<f64>, AllocationError> {
    if !(half_life > 0.0 && half_life.is_finite()) {
        let allowed = "above zero";
        return Err(AllocationError::Parameter { name: "half-life", value: half_life, allowed });
    }
    let age = |row: usize| (rows - 1 - row) as f64;
    let raw: Vec<f64> = (0..rows).map(|row| libm::exp2(-age(row) / half_life)).collect();
    let total: f64 = raw.iter().sum();
    Ok(raw.into_iter().map(|weight| weight / total).collect())
}
