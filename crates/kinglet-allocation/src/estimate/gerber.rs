//! Co-movement by counting moves that matter.

use std::ops::Range;

use faer::Mat;

use super::covariance::Covariance;
use super::products::gram;
use super::spectrum::{Repair, repaired};
use crate::error::AllocationError;
use crate::returns::Returns;

/// Eigenvalues of a correlation matrix are raised to this.
const FLOOR: f64 = 1e-10;

/// The Gerber covariance: of the periods in which one of two assets moves by more than a threshold
/// of its standard deviations, those in which both move the same way less those in which they move
/// apart, as a part of all, times both deviations (Gerber, Markowitz, Ernst, Miao, Javid and
/// Sargen 2022, Journal of Portfolio Management 48, equation 5). Deviations are about the mean with
/// divisor T − 1; moves are measured from zero. What is not positive semidefinite is repaired.
pub fn gerber(returns: &Returns, threshold: f64) -> Result<(Covariance, Repair), AllocationError> {
    if !(threshold > 0.0 && threshold <= 1.0) {
        let (name, allowed) = ("threshold", "above zero and at most one");
        return Err(AllocationError::Parameter { name, value: threshold, allowed });
    }
    let (rows, assets) = (returns.rows(), returns.assets());
    let deviations: Vec<f64> = (0..assets).map(|asset| deviation(returns.asset(asset))).collect();
    let signs = |asset: usize, periods: Range<usize>| {
        let far = threshold * deviations[asset];
        let sign = move |value: &f64| if value.abs() >= far { value.signum() } else { 0.0 };
        returns.asset(asset)[periods].iter().map(sign)
    };
    let same = gram((rows, assets), 1.0, |asset, periods, out| {
        out.iter_mut().zip(signs(asset, periods)).for_each(|(out, sign)| *out = sign);
    });
    let still = gram((rows, assets), 1.0, |asset, periods, out| {
        out.iter_mut().zip(signs(asset, periods)).for_each(|(out, sign)| *out = 1.0 - sign.abs());
    });
    let full = Mat::from_fn(assets, assets, |i, j| {
        let counted = rows as f64 - still[(i, j)];
        let part = if i == j { 1.0 } else { same[(i, j)] / counted.max(1.0) };
        part * deviations[i] * deviations[j]
    });
    repaired(&Covariance::Dense(full), FLOOR)
}

fn deviation(column: &[f64]) -> f64 {
    let mean = column.iter().sum::<f64>() / column.len() as f64;
    let squares: f64 = column.iter().map(|v| (v - mean) * (v - mean)).sum();
    (squares / (column.len() - 1) as f64).sqrt()
}
