//! The crate as its users see it.

mod input;
mod problem;
mod views;
