//! Count: how many periods of a family satisfy a condition.
//!
//! # Definition
//! $$ n = \sum_{i=s}^{u} c_i $$
//! where $c_i$ is 1 if the condition holds in period $i$ of the family and 0 if not, $s$ the first
//! and $u$ the last period counted: `since` and `until`, or the ends of the unbroken stretch of
//! data.
//!
//! # Undefined when
//! The condition has no value in any period, or the data begin more than a year after `since`
//! (`outside_coverage`).
//!
//! # Example
//! ```
//! # use kinglet_core::{query::{Evaluator, Query}, view::example};
//! let view = example(&[("2025-06-30", 200.0), ("2025-07-31", 190.0), ("2025-08-29", 214.0)]);
//! let query: Query = "count(return(RUT, month) > 0)".parse().unwrap();
//! assert_eq!(Evaluator::new(&view).answer(&query).number(), Some(1.0));
//! ```
//!
//! # References
//! Feller (1968), An Introduction to Probability Theory and Its Applications, volume 1, chapter II.

use crate::answer::{Outcome, Undefined};
use crate::definition::params::{QUERY, SINCE, UNTIL};
use crate::definition::{Definition, Golden, Law, Metric, UnitRule};
use crate::quantity::{Quantity, Unit};
use crate::query::Scope;

/// See the header.
pub static METRIC: Metric = Metric {
    definition: Definition {
        name: "count",
        unit: UnitRule::Fixed(Unit::Count),
        spelling: None,
        params: &[&QUERY, &SINCE, &UNTIL],
        example: "count(return(RUT, month) >= 10%, since: 1987-09, until: 2025-12)",
        phrases: &["{value} occurrences", "{value} times"],
        revision: 1,
        source: include_str!("count.rs"),
    },
    compute,
    laws: &[Law::ScaleInvariant, Law::NotNegative],
    golden: &[Golden {
        query: "count(return(RUT, month) >= 10%, since: 1987-09, until: 2025-12)",
        want: 17.0,
        within: 0.0,
        from: "csv module of Python 3.11 over the month-end closes of the facts: months with close / previous - 1 >= 0.10",
    }],
};

fn compute(scope: &Scope<'_>) -> Result<Outcome, Undefined> {
    let family = scope.family(&QUERY, &SINCE, &UNTIL)?;
    let hits: Vec<_> = family.instances.iter().filter(|i| i.outcome.holds()).collect();
    let rows = hits.iter().filter_map(|i| i.outcome.rows.last().cloned()).collect();
    Ok(Outcome {
        quantity: Quantity::new(hits.len() as f64, Unit::Count),
        interval: Some(family.interval),
        rows,
        notices: family.notices,
    })
}
