//! Constraints that contradict one another, in words.

use std::fmt;

/// Constraints that cannot hold together.
#[derive(Clone, Debug, PartialEq)]
pub struct Conflict {
    /// Their names: without any one of them the others can hold.
    pub constraints: Vec<String>,
    /// What would mend all conflicts with the least change.
    pub relaxations: Vec<Relaxation>,
}

/// A constraint that is relaxed.
#[derive(Clone, Debug, PartialEq)]
pub struct Relaxation {
    /// Its name.
    pub constraint: String,
    /// By how much.
    pub by: f64,
}

impl fmt::Display for Conflict {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let quoted = |names: Vec<&str>| format!("`{}`", names.join("`, `"));
        let names = self.constraints.iter().map(String::as_str).collect();
        write!(f, "these constraints contradict one another: {}", quoted(names))
    }
}

impl Conflict {
    /// What would mend it, in words; empty where that is not known.
    pub fn remedy(&self) -> String {
        let one = |relaxation: &Relaxation| {
            format!("relax `{}` by {}", relaxation.constraint, rounded(relaxation.by))
        };
        self.relaxations.iter().map(one).collect::<Vec<String>>().join(", and ")
    }
}

/// Four significant digits, rounded up: a little less would not do.
fn rounded(value: f64) -> f64 {
    let digits = 3.0 - libm::floor(libm::log10(value.abs().max(f64::MIN_POSITIVE)));
    let unit = libm::pow(10.0, digits);
    // What the solver is off by is not worth a digit.
    ((value - 1e-8) * unit).ceil() / unit
}
