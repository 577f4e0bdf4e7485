//! First cut: whether a period holds the first cut of a policy rate after a rise.
//!
//! # Definition
//! $$ \exists\, d \in D : \Delta i_d < 0 \text{ and } \Delta i_{d'} > 0 $$
//! where $D$ are the days of the period, weekends included, $\Delta i_d$ the change of the target
//! announced on day $d$ (of its `bound`) and $d'$ the day of the change before it, whenever that
//! was. The rule is declared: a cut after a pause counts only if the last move before the pause
//! was a rise. Since 1989 it gives 1989-06-06, 1995-07-06, 1998-09-29, 2001-01-03, 2007-09-18,
//! 2019-07-31 and 2024-09-18 for the Federal Reserve. As a condition it dates events: `when:
//! first_cut(FED, day)`.
//!
//! # Undefined when
//! No change of this bank is known (`no_series`), the period begins before the second change known,
//! whose predecessor alone tells its direction, or ends after the data (`outside_coverage`).
//!
//! # Example
//! ```
//! # use kinglet_core::{query::{Evaluator, Query}, view::{example, example_change}};
//! let view = example(&[("2024-09-17", 1.0), ("2024-09-18", 1.0), ("2024-11-07", 1.0)])
//!     .with_events(vec![
//!         example_change("2023-05-03", 5.25),
//!         example_change("2023-07-26", 5.5),
//!         example_change("2024-09-18", 5.0),
//!         example_change("2024-11-07", 4.75),
//!     ]);
//! let answer = |text: &str| Evaluator::new(&view).answer(&text.parse().unwrap()).display();
//! assert_eq!(answer("first_cut(FED, 2024-09-18)"), "yes");
//! assert_eq!(answer("first_cut(FED, 2024-11-07)"), "no");
//! ```
//!
//! # References
//! Board of Governors of the Federal Reserve System, Open Market Operations,
//! federalreserve.gov/monetarypolicy/openmarket.htm; the rule is kinglet's.

use super::policy_rate::{BOUND, bound_of, changes, row, too_early};
use crate::answer::{Outcome, Undefined, finite};
use crate::definition::params::{PERIOD, SUBJECT};
use crate::definition::{Definition, Golden, Law, Metric, UnitRule};
use crate::quantity::Unit;
use crate::query::{Events, Scope};
use crate::time::Interval;

/// See the header.
pub static METRIC: Metric = Metric {
    definition: Definition {
        name: "first_cut",
        unit: UnitRule::Fixed(Unit::Truth),
        spelling: None,
        params: &[&SUBJECT, &PERIOD, &BOUND],
        example: "first_cut(FED, 2024-09-18)",
        phrases: &["the first rate cut", "began cutting rates"],
        revision: 1,
        source: include_str!("first_cut.rs"),
    },
    compute,
    laws: &[Law::ScaleInvariant],
    golden: &[
        Golden {
            query: "first_cut(FED, 2024-09-18)",
            want: 1.0,
            within: 0.0,
            from: "Federal Reserve, FOMC statement of 2024-09-18, the first cut after 2023-07-26",
        },
        Golden {
            query: "count(first_cut(FED, day), since: 1993, until: 2025-12)",
            want: 6.0,
            within: 0.0,
            from: "Federal Reserve, Open Market Operations: 1995, 1998, 2001, 2007, 2019 and 2024",
        },
    ],
};

fn compute(scope: &Scope<'_>) -> Result<Outcome, Undefined> {
    let (first, last) = scope.days(&PERIOD)?;
    let changes = changes(scope)?;
    let bound = scope.choice(&BOUND);
    let eve = first.yesterday().unwrap_or(first);
    let from = changes.count_through(eve, |e| e.date);
    let to = changes.count_through(last, |e| e.date);
    if from == 0 {
        return Err(too_early(changes.at(0), first));
    }
    let mut found = None;
    for index in from..to {
        if moved(&changes, index, bound)? < 0.0 && last_move(&changes, index, first, bound)? > 0.0 {
            found = Some(changes.at(index));
        }
    }
    Ok(Outcome {
        quantity: finite(f64::from(u8::from(found.is_some())), Unit::Truth)?,
        interval: Some(Interval::between(eve, found.map_or(last, |cut| cut.date))),
        rows: match found {
            Some(cut) => vec![row(cut, bound_of(cut, bound)?, Unit::Fraction)],
            None => Vec::new(),
        },
        notices: Vec::new(),
    })
}

fn moved(changes: &Events<'_>, index: usize, bound: &str) -> Result<f64, Undefined> {
    Ok(bound_of(changes.at(index), bound)? - bound_of(changes.at(index - 1), bound)?)
}

/// The last move before a change that was one: a bound may stay where the other moves.
fn last_move(
    changes: &Events<'_>,
    index: usize,
    first: crate::time::Date,
    bound: &str,
) -> Result<f64, Undefined> {
    for before in (1..index).rev() {
        let moved = moved(changes, before, bound)?;
        if moved != 0.0 {
            return Ok(moved);
        }
    }
    Err(too_early(changes.at(0), first))
}
