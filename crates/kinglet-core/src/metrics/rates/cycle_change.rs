//! Cycle change: by how much a central bank has moved its target since the cycle began.
//!
//! # Definition
//! $$ C = \sum_{b \le d \le D} \Delta i_d $$
//! where $D$ is the last day of the period, $\Delta i_d$ the change of the target announced on day
//! $d$ (of its `bound`) and $b$ the first move of the cycle: the last one on or before $D$ that
//! goes against the move before it or, where `pause` gives a number of months, comes after a
//! longer rest. Negative in a cycle of cuts, positive in one of rises. The rows name its moves.
//!
//! # Undefined when
//! No change of this bank is known (`no_series`), the beginning of the cycle lies before the data
//! or the period ends after them (`outside_coverage`), or `pause` is not a whole number
//! (`not_whole`).
//!
//! # Example
//! ```
//! # use kinglet_core::{query::{Evaluator, Query}, view::{example, example_change}};
//! let view = example(&[("2024-12-30", 1.0), ("2024-12-31", 1.0)]).with_events(vec![
//!     example_change("2023-05-03", 5.25),
//!     example_change("2023-07-26", 5.5),
//!     example_change("2024-09-18", 5.0),
//!     example_change("2024-11-07", 4.75),
//! ]);
//! let query: Query = "cycle_change(FED, @2024-12-31)".parse().unwrap();
//! assert_eq!(Evaluator::new(&view).answer(&query).display(), "-75 basis points");
//! ```
//!
//! # References
//! Board of Governors of the Federal Reserve System, Open Market Operations,
//! federalreserve.gov/monetarypolicy/openmarket.htm; the rule is kinglet's.

use super::first_cut::{Cycle, PAUSE};
use super::policy_rate::{BOUND, changes, row, too_early};
use crate::answer::{Outcome, Undefined, finite};
use crate::definition::params::{PERIOD, SUBJECT};
use crate::definition::{Definition, Golden, Law, Metric, UnitRule};
use crate::numeric::sum;
use crate::quantity::{Spelling, Unit};
use crate::query::Scope;
use crate::time::Interval;

/// See the header.
pub static METRIC: Metric = Metric {
    definition: Definition {
        name: "cycle_change",
        unit: UnitRule::Fixed(Unit::FractionDifference),
        spelling: Some(Spelling::BasisPoints),
        params: &[&SUBJECT, &PERIOD, &BOUND, &PAUSE],
        example: "cycle_change(FED, @2023-12-29)",
        phrases: &["cut rates by {value} in this cycle", "raised rates by {value} in this cycle"],
        code: None,
        revision: 1,
        source: include_str!("cycle_change.rs"),
    },
    compute,
    laws: &[Law::ScaleInvariant],
    golden: &[
        Golden {
            query: "cycle_change(FED, @2023-12-29)",
            want: 525.0,
            within: 1e-9,
            from: "Federal Reserve, Open Market Operations: 0 to 0.25 before 2022-03-16, 5.25 to \
                   5.50 from 2023-07-26",
        },
        Golden {
            query: "cycle_change(FED, @2008-12-31)",
            want: -500.0,
            within: 1e-9,
            from: "Federal Reserve, Open Market Operations: 5.25 before 2007-09-18, 0 to 0.25 \
                   from 2008-12-16",
        },
    ],
};

fn compute(scope: &Scope<'_>) -> Result<Outcome, Undefined> {
    let (_, day) = scope.days(&PERIOD)?;
    let changes = changes(scope)?;
    let cycle = Cycle::of(scope, &changes)?;
    let (mut moves, mut rows) = (Vec::new(), Vec::new());
    for index in (1..changes.count_through(day, |e| e.date)).rev() {
        let moved = cycle.moved(index)?;
        if moved == 0.0 {
            continue;
        }
        let change = changes.at(index);
        moves.push(moved);
        rows.push(row(change, moved, Unit::FractionDifference));
        if cycle.begins(index)? {
            moves.reverse();
            rows.reverse();
            let eve = change.date.yesterday().unwrap_or(change.date);
            return Ok(Outcome {
                quantity: finite(sum(moves), Unit::FractionDifference)?,
                interval: Some(Interval::between(eve, day)),
                rows,
                notices: Vec::new(),
            });
        }
    }
    Err(too_early(changes.at(0), day))
}
