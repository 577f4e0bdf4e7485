//! A covariance of asset returns, dense or in factors.

use faer::{Mat, MatRef, Side};

use crate::error::AllocationError;
use crate::vector::{add_columns, add_scaled};

/// A covariance of asset returns per period.
#[derive(Clone, Debug)]
pub enum Covariance {
    /// Every entry.
    Dense(Mat<f64>),
    /// Loadings × factor covariance × loadings' + diagonal of residual variances: a portfolio of
    /// thousands of assets is then a problem of few dimensions.
    Factored {
        /// Assets by factors.
        loadings: Mat<f64>,
        /// Factors by factors.
        factor: Mat<f64>,
        /// The variance of each asset that no factor explains.
        residual: Vec<f64>,
    },
}

/// How far a covariance is from singular.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Condition {
    /// The smallest eigenvalue.
    pub smallest: f64,
    /// The largest eigenvalue.
    pub largest: f64,
}

impl Condition {
    /// The largest eigenvalue over the smallest; infinite where that is zero or below.
    pub fn number(self) -> f64 {
        if self.smallest > 0.0 { self.largest / self.smallest } else { f64::INFINITY }
    }
}

impl Covariance {
    /// How many assets.
    pub fn assets(&self) -> usize {
        match self {
            Self::Dense(matrix) => matrix.nrows(),
            Self::Factored { residual, .. } => residual.len(),
        }
    }

    /// The variance of each asset.
    pub fn diagonal(&self) -> Vec<f64> {
        match self {
            Self::Dense(matrix) => (0..matrix.nrows()).map(|i| matrix[(i, i)]).collect(),
            Self::Factored { loadings, factor, residual } => {
                let spread = loadings * factor;
                let of = |i: usize| -> f64 {
                    (0..factor.nrows()).map(|k| spread[(i, k)] * loadings[(i, k)]).sum()
                };
                (0..residual.len()).map(|i| of(i) + residual[i]).collect()
            }
        }
    }

    /// The product with weights: the covariance of each asset with the portfolio.
    pub fn times(&self, weights: &[f64]) -> Vec<f64> {
        let w = MatRef::from_column_major_slice(weights, weights.len(), 1);
        let entries = |product: Mat<f64>| product.col_as_slice(0).to_vec();
        match self {
            Self::Dense(matrix) => {
                let mut sums = vec![0.0; weights.len()];
                if weights.contains(&0.0) {
                    // Few of many assets are often held.
                    for (held, weight) in weights.iter().enumerate().filter(|(_, w)| **w != 0.0) {
                        add_scaled(&mut sums, *weight, matrix.col_as_slice(held));
                    }
                } else {
                    add_columns(&mut sums, matrix, 0, weights);
                }
                sums
            }
            Self::Factored { loadings, factor, residual } => {
                let exposure = factor * (loadings.transpose() * w);
                let shared = entries(loadings * exposure);
                let own = residual.iter().zip(weights).map(|(r, w)| r * w);
                shared.into_iter().zip(own).map(|(s, o)| s + o).collect()
            }
        }
    }

    /// The covariances of an asset with some others, in their order.
    pub fn entries(&self, asset: usize, others: &[usize]) -> Vec<f64> {
        match self {
            Self::Dense(matrix) => {
                let column = matrix.col_as_slice(asset);
                others.iter().map(|other| column[*other]).collect()
            }
            Self::Factored { loadings, factor, residual } => {
                let own = factor * loadings.row(asset).transpose();
                let shared = |other: usize| -> f64 {
                    own.iter().zip(loadings.row(other).iter()).map(|(a, b)| a * b).sum()
                };
                let rest = |other: usize| if other == asset { residual[asset] } else { 0.0 };
                others.iter().map(|other| shared(*other) + rest(*other)).collect()
            }
        }
    }

    /// The covariance of some assets with the portfolio, in their order.
    pub fn times_at(&self, weights: &[f64], some: &[usize]) -> Vec<f64> {
        match self {
            Self::Dense(matrix) => {
                let mut sums = vec![0.0; some.len()];
                for (held, weight) in weights.iter().enumerate().filter(|(_, w)| **w != 0.0) {
                    let column = matrix.col_as_slice(held);
                    for (sum, asset) in sums.iter_mut().zip(some) {
                        *sum += weight * column[*asset];
                    }
                }
                sums
            }
            Self::Factored { .. } => {
                let all = self.times(weights);
                some.iter().map(|asset| all[*asset]).collect()
            }
        }
    }

    /// The variance of a portfolio.
    pub fn variance(&self, weights: &[f64]) -> f64 {
        self.times(weights).iter().zip(weights).map(|(s, w)| s * w).sum()
    }

    /// Every entry, whatever the form.
    pub fn dense(&self) -> Mat<f64> {
        match self {
            Self::Dense(matrix) => matrix.clone(),
            Self::Factored { loadings, factor, residual } => {
                let mut full = loadings * factor * loadings.transpose();
                for (i, own) in residual.iter().enumerate() {
                    full[(i, i)] += own;
                }
                full
            }
        }
    }

    /// A multiple: the covariance of a year from that of a month, say.
    #[must_use]
    pub fn scaled(self, by: f64) -> Covariance {
        match self {
            Self::Dense(mut matrix) => {
                matrix *= faer::Scale(by);
                Self::Dense(matrix)
            }
            Self::Factored { loadings, factor, residual } => Self::Factored {
                loadings,
                factor: faer::Scale(by) * factor,
                residual: residual.into_iter().map(|own| by * own).collect(),
            },
        }
    }

    /// The extreme eigenvalues.
    pub fn condition(&self) -> Result<Condition, AllocationError> {
        let values = self.dense().self_adjoint_eigenvalues(Side::Lower).map_err(|_| {
            AllocationError::NotConverged {
                method: "eigenvalue decomposition",
                iterations: 0,
                residual: f64::NAN,
            }
        })?;
        let of = |at: Option<&f64>| at.copied().unwrap_or(0.0);
        Ok(Condition { smallest: of(values.first()), largest: of(values.last()) })
    }
}
