//! Mean and variance: printed examples, and random problems beside a general solver.

use faer::Mat;
use kinglet_allocation::estimate::Covariance;
use kinglet_allocation::solve::{Limits, MeanVariance};

use crate::numbers::close;

/// Rockafellar and Uryasev 2000, Journal of Risk 2, tables 1 to 3: S&P 500, government bonds and
/// small caps; weights by solving the KKT system of the printed inputs by hand.
#[test]
fn rockafellar_uryasev() {
    let mean = [0.0101110, 0.0043532, 0.0137058];
    let rows = [
        [0.00324625, 0.00022983, 0.00420395],
        [0.00022983, 0.00049937, 0.00019247],
        [0.00420395, 0.00019247, 0.00764097],
    ];
    let covariance = Covariance::Dense(Mat::from_fn(3, 3, |i, j| rows[i][j]));
    let limits = Limits::long_only(3, 1.0);
    let problem = MeanVariance { mean: &mean, covariance: &covariance, limits: &limits };
    let found = problem.target_return(0.011).unwrap();
    for (weight, expected) in found.weights.iter().zip([0.45201131, 0.11557318, 0.43241551]) {
        assert!((weight - expected).abs() < 5e-9, "{weight} is not {expected}");
    }
    assert!((found.objective - 0.00378529).abs() < 5e-9);
    assert!(found.certificate.gap < 1e-12);
    assert!(close(found.objective, found.certificate.dual, 1e-12));
    let error = problem.target_return(0.02).unwrap_err();
    assert_eq!(error.code(), "target-out-of-reach");
}
