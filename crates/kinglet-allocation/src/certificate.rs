//! Weights with the proof that they are the best.

/// Weights, what they are worth, and how it is known that nothing is better.
#[derive(Clone, Debug, PartialEq)]
pub struct Solution {
    /// One weight per asset, in the order of the input.
    pub weights: Vec<f64>,
    /// The value of the objective at these weights.
    pub objective: f64,
    /// The proof.
    pub certificate: Certificate,
}

/// Bounds on the best objective from both sides, and how exactly the conditions of an optimum hold.
#[derive(Clone, Debug, PartialEq)]
pub struct Certificate {
    /// The objective reached.
    pub primal: f64,
    /// What no allowed weights can go below, or above where the objective is to be large.
    pub dual: f64,
    /// The distance of the two as a share of the objective; by the conic solver, of its objective
    /// in units that make that about one, or of one where it is smaller.
    pub gap: f64,
    /// The largest violation of a constraint, in weights that have their sum.
    pub residual_primal: f64,
    /// The largest violation of the conditions on the gradient, in units of its largest entry.
    pub residual_dual: f64,
    /// How often the algorithm went round.
    pub iterations: usize,
    /// The algorithm.
    pub method: &'static str,
}

impl Certificate {
    /// The larger of the two violations.
    pub fn residual(&self) -> f64 {
        self.residual_primal.max(self.residual_dual)
    }
}
