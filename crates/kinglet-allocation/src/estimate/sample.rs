//! Covariances that are plain means of products.

use faer::Mat;
use rayon::prelude::*;

use super::covariance::Covariance;
use super::products::{centred, gram};
use crate::error::AllocationError;
use crate::returns::Returns;
use crate::vector::dot;

/// The sample covariance with divisor T − 1.
pub fn sample(returns: &Returns) -> Covariance {
    let (x, _) = centred(returns.matrix());
    let divisor = (x.nrows() - 1) as f64;
    Covariance::Dense(gram(x, 1.0 / divisor))
}

/// A covariance in which a period counts half as much as one that is a half-life later, about means
/// weighted alike; weights sum to one (RiskMetrics Technical Document 1996, section 5.2, which
/// takes the means for zero).
pub fn exponential(returns: &Returns, half_life: f64) -> Result<Covariance, AllocationError> {
    Ok(weighted(returns, &decay(returns.rows(), half_life)?))
}

/// A covariance in which each period counts with its probability, about means that do.
pub fn weighted(returns: &Returns, probabilities: &[f64]) -> Covariance {
    let column = |column: &[f64]| -> Vec<f64> {
        let mean = dot(column, probabilities);
        column.iter().zip(probabilities).map(|(v, w)| (v - mean) * w.sqrt()).collect()
    };
    Covariance::Dense(gram(columns(returns, column), 1.0))
}

/// Products of shortfalls below a benchmark return per period, divided by T (Estrada 2008, Journal
/// of Asset Management 8, equation 8); positive semidefinite by construction.
pub fn semi(returns: &Returns, benchmark: f64) -> Covariance {
    let shortfall =
        |column: &[f64]| column.iter().map(|value| (value - benchmark).min(0.0)).collect();
    Covariance::Dense(gram(columns(returns, shortfall), 1.0 / returns.rows() as f64))
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

fn columns(returns: &Returns, of: impl Fn(&[f64]) -> Vec<f64> + Sync) -> Mat<f64> {
    let made: Vec<Vec<f64>> =
        (0..returns.assets()).into_par_iter().map(|i| of(returns.asset(i))).collect();
    Mat::from_fn(returns.rows(), returns.assets(), |row, column| made[column][row])
}
