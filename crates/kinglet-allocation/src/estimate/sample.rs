//! Covariances that are plain means of products.

use rayon::prelude::*;

use super::covariance::Covariance;
use super::mean::{arithmetic, weighted_mean};
use super::products::{Centred, gram};
use crate::error::AllocationError;
use crate::returns::Returns;
use crate::vector::dot;

/// The sample covariance with divisor T − 1.
pub fn sample(returns: &Returns) -> Covariance {
    Covariance::Dense(Centred::of(returns).gram(1.0 / (returns.rows() - 1) as f64))
}

/// The product of [`sample`] with weights, without the covariances of all pairs: of each asset and
/// the portfolio, Σ (x − x̄)(p − p̄) / (T − 1).
///
/// ```
/// use kinglet_allocation::Returns;
/// use kinglet_allocation::estimate::{sample, sample_times};
/// let names = vec!["A".to_owned(), "B".to_owned()];
/// let months = ["2025-01", "2025-02", "2025-03"].map(str::to_owned).to_vec();
/// let values = vec![0.01, -0.02, 0.04, 0.00, 0.01, 0.02];
/// let returns = Returns::new(names, months, values, 12.0).unwrap();
/// let times = sample_times(&returns, &[0.5, 0.5]);
/// // Means 0.01 and 0.01; sums of products 0.0018, 0.0003 and 0.0002.
/// assert!((times[0] - 0.000525).abs() < 1e-15 && (times[1] - 0.000125).abs() < 1e-15);
/// ```
pub fn sample_times(returns: &Returns, weights: &[f64]) -> Vec<f64> {
    let mut earned = returns.whole().earned(weights);
    let mean = arithmetic(&earned);
    earned.iter_mut().for_each(|earned| *earned -= mean);
    by_asset(returns, |column| dot(column, &earned))
}

/// The diagonal of [`sample`]: the variance of each asset, Σ (x − x̄)² / (T − 1).
pub fn sample_variances(returns: &Returns) -> Vec<f64> {
    by_asset(returns, |column| dot(column, column))
}

/// A sum of each asset's returns less their mean, divided by T − 1.
fn by_asset(returns: &Returns, sum: impl Fn(&[f64]) -> f64 + Sync) -> Vec<f64> {
    let degrees = (returns.rows() - 1) as f64;
    let of = |asset: usize| {
        let column = returns.asset(asset);
        let mean = arithmetic(column);
        let centred: Vec<f64> = column.iter().map(|value| value - mean).collect();
        sum(&centred) / degrees
    };
    (0..returns.assets()).into_par_iter().map(of).collect()
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
