//! The crate as its users see it.

mod estimate;
mod input;
mod numbers;
