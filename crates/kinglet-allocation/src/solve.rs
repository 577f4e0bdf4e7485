//! An algorithm for each problem that has one of its own.

mod cholesky;
mod inverse;
mod limits;
mod mean_variance;
mod piecewise;
mod quadratic;
mod tail_risk;

pub use limits::{Limits, Row};
pub use mean_variance::MeanVariance;
pub use tail_risk::TailRisk;
