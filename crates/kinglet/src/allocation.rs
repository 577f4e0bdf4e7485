//! Weights for the assets of a file: what is asked, what is estimated, what comes out.

mod asked;
mod estimate;
mod failure;
mod grid;
mod history;
mod page;
mod policy;
mod solved;
mod views;

pub use asked::{Asked, Tilt, constraints, expected, groups};
pub use estimate::{COVARIANCES, MEANS};
pub use history::{History, Kind, history};
pub use page::page;
pub(crate) use page::possible;
pub use policy::{FromReading, Policy, allocate, allocate_on, policy, shipped, shipped_text};
pub use solved::solve;

pub use kinglet_allocation::Missing;
pub use kinglet_allocation::problem::{Constraints, Objective};

use kinglet_allocation::problem::{Risk, RiskLimit};

/// A limit of the volatility in a year.
pub fn volatility_limit(max: f64) -> RiskLimit {
    RiskLimit { risk: Risk::Volatility, max }
}
