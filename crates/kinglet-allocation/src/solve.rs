//! An algorithm for each problem that has one of its own.

mod cholesky;
mod limits;
mod mean_variance;
mod quadratic;

pub use limits::{Limits, Row};
pub use mean_variance::MeanVariance;
