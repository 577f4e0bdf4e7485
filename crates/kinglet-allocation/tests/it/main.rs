//! The crate as its users see it.

mod estimate;
mod input;
mod mean_variance;
mod numbers;
mod problem;
mod views;
