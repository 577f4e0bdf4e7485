//! Estimators beside other software. Every number of this file is of scikit-learn 1.9.1,
//! PyPortfolioOpt 1.6.0, numpy 2.4.6 and pandas 3.1.1 on the panel of `numbers.rs`, 90 by 6, as X:
//!
//! ```text
//! sklearn.covariance.ledoit_wolf(X), sklearn.covariance.oas(X)
//! c = CovarianceShrinkage(pd.DataFrame(X), returns_data=True)
//! c.ledoit_wolf("single_factor") / 252, c.delta
//! c.S *= 89/90  # the authors divide by T throughout
//! c.ledoit_wolf("constant_correlation") / 252, c.delta
//! np.cov(X.T); pd.DataFrame(X).ewm(halflife=10).cov(bias=True).loc[89]
//! d = np.minimum(X - 0.01, 0); d.T @ d / 90
//! ```

use kinglet_allocation::estimate::{Covariance, Target, exponential, sample, semi};

use crate::numbers::{close, panel};

fn first_two(covariance: &Covariance) -> [f64; 2] {
    let full = covariance.dense();
    [full[(0, 0)], full[(0, 1)]]
}

fn agrees(covariance: &Covariance, expected: [f64; 2]) {
    let found = first_two(covariance);
    for (found, expected) in found.into_iter().zip(expected) {
        assert!(close(found, expected, 1e-12), "{found} is not {expected}");
    }
}

#[test]
fn shrunk_as_by_other_software() {
    let cases = [
        (
            Target::ConstantVariance,
            0.013328598362898314,
            [0.0018415423138849057, 0.0011313612811793955],
        ),
        (
            Target::OracleApproximating,
            0.029136052595747503,
            [0.001981393212031852, 0.0011132357516024892],
        ),
        (Target::SingleFactor, 0.2449930898686673, [0.001723622222222223, 0.001162166011290057]),
        (
            Target::ConstantCorrelation,
            0.10778220745671814,
            [0.001723622222222223, 0.0011885408936720685],
        ),
    ];
    for (target, intensity, entries) in cases {
        let shrunk = target.shrink(&panel(90, 6));
        assert!(close(shrunk.intensity, intensity, 1e-11), "{target:?}: {}", shrunk.intensity);
        agrees(&shrunk.covariance, entries);
    }
}

#[test]
fn products_as_by_other_software() {
    let returns = panel(90, 6);
    agrees(&sample(&returns), [0.0017429887640449445, 0.0011595280898876402]);
    agrees(&exponential(&returns, 10.0).unwrap(), [0.0015065109726003553, 0.0007966053820082453]);
    agrees(&semi(&returns, 0.01), [0.0013141333333333335, 0.001076708888888889]);
    let error = exponential(&returns, 0.0).unwrap_err();
    assert_eq!(error.to_string(), "half-life is 0, but must be above zero");
}
