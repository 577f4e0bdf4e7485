//! The figures of a sample of outcomes.

use crate::numeric::performance::quantile;
use crate::numeric::{mean, median};

/// What a sample of outcomes comes to.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Summary {
    /// How many outcomes there are.
    pub n: usize,
    /// How many of them are above zero.
    pub hits: usize,
    /// In what part of them.
    pub hit_rate: f64,
    /// Their arithmetic mean.
    pub mean: f64,
    /// The middle one.
    pub median: f64,
    /// What a quarter of them does not exceed.
    pub lower_quartile: f64,
    /// What three quarters of them do not exceed.
    pub upper_quartile: f64,
    /// The lowest.
    pub worst: f64,
    /// The highest.
    pub best: f64,
}

impl Summary {
    /// The figures of some outcomes; none of none.
    pub fn of(values: &[f64]) -> Option<Summary> {
        let hits = values.iter().filter(|value| **value > 0.0).count();
        Some(Summary {
            n: values.len(),
            hits,
            hit_rate: hits as f64 / values.len() as f64,
            mean: mean(values)?,
            median: median(values)?,
            lower_quartile: quantile(values, 0.25)?,
            upper_quartile: quantile(values, 0.75)?,
            worst: values.iter().copied().reduce(f64::min)?,
            best: values.iter().copied().reduce(f64::max)?,
        })
    }
}
