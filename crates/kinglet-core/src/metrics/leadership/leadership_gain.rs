//! Leadership gain: how far one side has moved against another since the last turn between them.
//!
//! # Definition
//! $$ G = \rho_e / \rho_T - 1 $$
//! where $\rho_t$ is the ratio of the two closes at the month-end $t$, $e$ the last month-end of
//! the period, and $T$ the last turn, as `leadership_length` dates it: positive while the subject
//! leads, negative while the other side does.
//!
//! # Undefined when
//! As for `leadership_length`.
//!
//! # Example
//! ```
//! # use kinglet_core::{query::Evaluator, view::{example, example_series}};
//! use kinglet_core::identity::Basis::Price;
//! // The ratio falls to 0.8 in April and is 25% above that in June.
//! let days = ["2025-03-31", "2025-04-30", "2025-05-30", "2025-06-30"];
//! let closes = |values: [f64; 4]| [0, 1, 2, 3].map(|i| (days[i], values[i]));
//! let other = example_series("SPX", &closes([100.0; 4]));
//! let view = example(&closes([90.0, 80.0, 95.0, 100.0])).with_series("SPX", Price, &other);
//! let query = "leadership_gain(RUT, SPX, @2025-06-30)".parse().unwrap();
//! assert_eq!(Evaluator::new(&view).answer(&query).display(), "25.00%");
//! ```
//!
//! # References
//! Lunde, Timmermann (2004), Duration Dependence in Stock Prices, Journal of Business & Economic
//! Statistics 22(3), section 2.

use super::leadership_length::{Cycles, REVERSAL};
use crate::answer::{Outcome, Undefined};
use crate::definition::params::{BASIS, OTHER, PERIOD, SUBJECT};
use crate::definition::{Definition, Golden, Law, Metric, UnitRule};
use crate::quantity::Unit;
use crate::query::Scope;

/// See the header.
pub static METRIC: Metric = Metric {
    definition: Definition {
        name: "leadership_gain",
        unit: UnitRule::Fixed(Unit::Fraction),
        spelling: None,
        params: &[&SUBJECT, &OTHER, &PERIOD, &REVERSAL, &BASIS],
        example: "leadership_gain(RUT, SPX, @2025-08-29)",
        phrases: &["a gain of {value} since it took the lead"],
        code: None,
        revision: 1,
        source: include_str!("leadership_gain.rs"),
    },
    compute,
    laws: &[Law::ScaleInvariant],
    golden: &[Golden {
        query: "leadership_gain(RUT, SPX, @2025-08-29)",
        want: -36.573_906_412_4,
        within: 0.000_000_1,
        from: "pandas 3.1.1 over the month ends of the facts: ratio['2025-08-29'] / \
               ratio['2021-02-26'] - 1, in per cent",
    }],
};

fn compute(scope: &Scope<'_>) -> Result<Outcome, Undefined> {
    let cycles = Cycles::of(scope)?;
    let gain = cycles.growth() - 1.0;
    cycles.outcome(gain, Unit::Fraction)
}
