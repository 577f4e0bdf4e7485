//! Expected returns and covariances.

mod covariance;

pub use covariance::{Condition, Covariance};
