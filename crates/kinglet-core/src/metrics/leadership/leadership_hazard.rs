//! Leadership hazard: what share of cycles that had lasted as long as this one ended within a year.
//!
//! # Definition
//! $$ h = \#\{ i : L \le L_i < L + 12 \} / \#\{ i : L_i \ge L \} $$
//! where $\#$ counts, $L$ is the `leadership_length` of the present cycle in months, and $L_i$ are
//! the lengths of the cycles of either side that have ended; what came before the first turn, whose
//! beginning is not known, is left out. A notice says how few they are.
//!
//! # Undefined when
//! No cycle that ended had lasted as long (`no_event`); and as for `leadership_length`.
//!
//! # Example
//! ```
//! # use kinglet_core::{query::Evaluator, view::{example, example_series}};
//! use kinglet_core::identity::Basis::Price;
//! // Lows in April and June, a high in May: the two cycles that ended lasted a month each, as
//! // long as the present one.
//! let days = ["2025-03-31", "2025-04-30", "2025-05-30", "2025-06-30", "2025-07-31"];
//! let closes = |values: [f64; 5]| [0, 1, 2, 3, 4].map(|i| (days[i], values[i]));
//! let other = example_series("SPX", &closes([100.0; 5]));
//! let view = example(&closes([90.0, 80.0, 100.0, 75.0, 95.0])).with_series("SPX", Price, &other);
//! let query = "leadership_hazard(RUT, SPX, @2025-07-31)".parse().unwrap();
//! assert_eq!(Evaluator::new(&view).answer(&query).display(), "100.00%");
//! ```
//!
//! # References
//! Lunde, Timmermann (2004), Duration Dependence in Stock Prices, Journal of Business & Economic
//! Statistics 22(3), section 3 (the empirical hazard).

use super::leadership_length::{Cycles, REVERSAL};
use crate::answer::{Notice, Outcome, Undefined};
use crate::definition::params::{BASIS, OTHER, PERIOD, SUBJECT};
use crate::definition::{Definition, Golden, Law, Metric, UnitRule};
use crate::quantity::Unit;
use crate::query::Scope;

/// See the header.
pub static METRIC: Metric = Metric {
    definition: Definition {
        name: "leadership_hazard",
        unit: UnitRule::Fixed(Unit::Fraction),
        spelling: None,
        params: &[&SUBJECT, &OTHER, &PERIOD, &REVERSAL, &BASIS],
        example: "leadership_hazard(RUT, SPX, @2025-08-29)",
        phrases: &["{value} of cycles this old ended within a year"],
        code: None,
        revision: 1,
        source: include_str!("leadership_hazard.rs"),
    },
    compute,
    laws: &[Law::ScaleInvariant, Law::NotNegative, Law::WithinOne],
    golden: &[Golden {
        query: "leadership_hazard(RUT, SPX, @2025-08-29)",
        want: 100.0 / 3.0,
        within: 0.000_000_1,
        from: "pandas 3.1.1 over the month ends of the facts: of the cycles of 61, 160 and 78 \
               months, longer than the present 54, one ended within a year",
    }],
};

fn compute(scope: &Scope<'_>) -> Result<Outcome, Undefined> {
    let cycles = Cycles::of(scope)?;
    let length = cycles.length();
    let as_long: Vec<usize> = cycles.completed().into_iter().filter(|l| *l >= length).collect();
    if as_long.is_empty() {
        let reason = format!("no cycle that ended had lasted {length} months");
        return Err(Undefined::new("no_event", reason));
    }
    let ended = as_long.iter().filter(|l| **l < length + 12).count();
    let text = format!("{ended} of {} cycles that lasted {length} months", as_long.len());
    let mut outcome = cycles.outcome(ended as f64 / as_long.len() as f64, Unit::Fraction)?;
    outcome.notices.push(Notice { code: "counted", text });
    Ok(outcome)
}
