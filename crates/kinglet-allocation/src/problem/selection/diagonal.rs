//! A diagonal that can be taken out of a covariance.

use faer::linalg::solvers::{DenseSolveCore, Solve};
use faer::{Mat, Side};

/// Steps along the path, and what each makes of the barrier.
const STAGES: usize = 6;
const NARROWER: f64 = 0.2;
/// Newton steps of a stage, at most.
const STEPS: usize = 12;
/// More assets than this are too many for a matrix to be inverted again and again.
const MOST: usize = 400;

/// D with Σ − D positive semidefinite and Σ wᵢDᵢᵢ about the largest, by a barrier: Newton's method
/// on Σ wᵢdᵢ + µ (ln det(Σ − D) + Σ ln dᵢ), in units of the variances (Frangioni and Gentile 2007,
/// Operations Research Letters 35, whose programme is semidefinite). Whatever it stops at is
/// allowed.
pub(super) fn separable(covariance: &Mat<f64>, weights: &[f64]) -> Option<Vec<f64>> {
    let size = covariance.nrows();
    let deviations: Vec<f64> = (0..size).map(|i| covariance[(i, i)].sqrt()).collect();
    let unit = |i: usize, j: usize| covariance[(i, j)] / (deviations[i] * deviations[j]);
    let correlation = Mat::from_fn(size, size, unit);
    let smallest = *correlation.self_adjoint_eigenvalues(Side::Lower).ok()?.first()?;
    if smallest.is_nan() || smallest <= 1e-9 {
        return None;
    }
    let mut own = vec![0.5 * smallest; size];
    let mut barrier = 1.0;
    let stages = if size > MOST { 0 } else { STAGES };
    for _ in 0..stages {
        for _ in 0..STEPS {
            let Some((step, decrement)) = newton(&correlation, &own, (weights, barrier)) else {
                break;
            };
            // Within the ellipsoid of a self-concordant function a step of this length is allowed.
            let length = if decrement < 0.25 { 1.0 } else { 1.0 / (1.0 + decrement) };
            own.iter_mut().zip(&step).for_each(|(own, step)| *own += length * step);
            if decrement < 0.1 {
                break;
            }
        }
        barrier *= NARROWER;
    }
    // A little less than all, for what rounding took.
    let scale = |(own, deviation): (&f64, &f64)| 0.999_999 * own * deviation * deviation;
    let own: Vec<f64> = own.iter().zip(&deviations).map(scale).collect();
    let rest =
        Mat::from_fn(size, size, |i, j| covariance[(i, j)] - if i == j { own[i] } else { 0.0 });
    let is_allowed = own.iter().all(|own| *own > 0.0) && rest.llt(Side::Lower).is_ok();
    is_allowed.then_some(own)
}

/// A step, and its length in the metric of the barrier.
fn newton(
    correlation: &Mat<f64>,
    own: &[f64],
    (weights, barrier): (&[f64], f64),
) -> Option<(Vec<f64>, f64)> {
    let size = own.len();
    let rest =
        Mat::from_fn(size, size, |i, j| correlation[(i, j)] - if i == j { own[i] } else { 0.0 });
    let inverse = rest.llt(Side::Lower).ok()?.inverse();
    let gradient =
        Mat::from_fn(size, 1, |i, _| weights[i] / barrier - inverse[(i, i)] + 1.0 / own[i]);
    let curvature = Mat::from_fn(size, size, |i, j| {
        inverse[(i, j)] * inverse[(i, j)] + if i == j { 1.0 / (own[i] * own[i]) } else { 0.0 }
    });
    let step = curvature.llt(Side::Lower).ok()?.solve(&gradient);
    let decrement: f64 = (0..size).map(|i| gradient[(i, 0)] * step[(i, 0)]).sum();
    Some((step.col_as_slice(0).to_vec(), decrement.max(0.0).sqrt()))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Of one factor with loadings of one and residual variances r the residual variances are the
    /// most that can be taken out, in sum: what is left has the rank one.
    #[test]
    fn residual_variances_of_one_factor() {
        let residual = [0.5, 1.0, 2.0, 1.5, 0.8, 1.2];
        let covariance = Mat::from_fn(6, 6, |i, j| 1.0 + if i == j { residual[i] } else { 0.0 });
        let own = separable(&covariance, &[1.0; 6]).unwrap();
        let (found, all): (f64, f64) = (own.iter().sum(), residual.iter().sum());
        assert!(found > 0.99 * all && found < all, "{own:?}");
    }
}
