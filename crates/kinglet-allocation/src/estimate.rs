//! Expected returns and covariances.

mod components;
mod covariance;
mod gerber;
mod mean;
mod pairwise;
mod products;
mod sample;
mod shrinkage;
mod spectrum;

pub(crate) use products::{gram, strips};

pub use covariance::{Condition, Covariance};
pub use gerber::gerber;
pub use mean::{
    MeanShrinkage, ShrunkMean, arithmetic, capm, compound, exponential_mean, geometric, historical,
    weighted_mean, yield_plus_growth,
};
pub use pairwise::{Overlap, pairwise};
pub use sample::{exponential, sample, sample_times, sample_variances, semi, weighted};
pub use shrinkage::{Shrunk, Target, correlation_intensity};
pub use spectrum::{Denoised, Repair, denoised, explained, principal, repaired};
