//! Expected returns and covariances.

mod covariance;
mod products;
mod sample;
mod shrinkage;

pub(crate) use products::strips;

pub use covariance::{Condition, Covariance};
pub use sample::{exponential, sample, semi};
pub use shrinkage::{Shrunk, Target};
