//! A covariance of unequal histories.

use faer::Mat;

use super::covariance::Covariance;
use super::spectrum::{Repair, repaired};
use crate::error::AllocationError;
use crate::history::History;

/// Eigenvalues of a correlation matrix are raised to this.
const FLOOR: f64 = 1e-8;

/// What an estimate from pairs of assets rests on.
#[derive(Clone, Debug, PartialEq)]
pub struct Overlap {
    /// The two assets with the fewest periods in common.
    pub assets: (String, String),
    /// How many those are.
    pub periods: usize,
    /// What made the covariance positive definite.
    pub repair: Repair,
}

/// Each covariance from the periods that both assets have, with divisor n − 1 and means over the
/// same periods; each variance from all periods of the asset. Since no two entries need rest on the
/// same periods the whole may be no covariance, and is then repaired.
pub fn pairwise(history: &History) -> Result<(Covariance, Overlap), AllocationError> {
    let names = history.names();
    let assets = names.len();
    let mut full = Mat::zeros(assets, assets);
    let mut fewest = (usize::MAX, 0, 0);
    for i in 0..assets {
        for j in 0..=i {
            let pairs: Vec<(f64, f64)> = history
                .asset(i)
                .zip(history.asset(j))
                .filter_map(|(a, b)| Some((a?, b?)))
                .collect();
            if pairs.len() < 2 {
                let (first, second) = (names[j].clone(), names[i].clone());
                return Err(AllocationError::NoOverlap { first, second });
            }
            if i != j && pairs.len() < fewest.0 {
                fewest = (pairs.len(), j, i);
            }
            let value = covariance(&pairs);
            full[(i, j)] = value;
            full[(j, i)] = value;
        }
    }
    // Correlations of pairs go with the variances of whole histories, so that none exceeds one.
    let variance = |i: usize| full[(i, i)];
    let within = Mat::from_fn(assets, assets, |i, j| {
        let most = (variance(i) * variance(j)).sqrt();
        full[(i, j)].clamp(-most, most)
    });
    let (covariance, repair) = repaired(&Covariance::Dense(within), FLOOR)?;
    let (periods, first, second) = fewest;
    let periods = if assets > 1 { periods } else { history.asset(0).flatten().count() };
    let assets = (names[first].clone(), names[second].clone());
    Ok((covariance, Overlap { assets, periods, repair }))
}

fn covariance(pairs: &[(f64, f64)]) -> f64 {
    let count = pairs.len() as f64;
    let (a, b) = pairs.iter().fold((0.0, 0.0), |(a, b), (x, y)| (a + x, b + y));
    let (a, b) = (a / count, b / count);
    pairs.iter().map(|(x, y)| (x - a) * (y - b)).sum::<f64>() / (count - 1.0)
}
