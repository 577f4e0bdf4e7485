//! Rate pause: for how many days a central bank has left its target where it is.
//!
//! # Definition
//! $$ n = D - \max\{ d \le D : \Delta i_d \ne 0 \} $$
//! where $D$ is the last day of the period, $\Delta i_d$ the change of the target announced on day
//! $d$ (of its `bound`), and days are those of the calendar. Zero on the day of a change.
//!
//! # Undefined when
//! No change of this bank is known (`no_series`), none by that day, or the period ends after the
//! data (`outside_coverage`).
//!
//! # Example
//! ```
//! # use kinglet_core::{query::{Evaluator, Query}, view::{example, example_change}};
//! let view = example(&[("2025-09-15", 1.0), ("2025-09-16", 1.0)])
//!     .with_events(vec![example_change("2024-11-07", 4.75), example_change("2024-12-18", 4.5)]);
//! let query: Query = "rate_pause(FED, @2025-09-16)".parse().unwrap();
//! assert_eq!(Evaluator::new(&view).answer(&query).display(), "272 days");
//! ```
//!
//! # References
//! Board of Governors of the Federal Reserve System, Open Market Operations,
//! federalreserve.gov/monetarypolicy/openmarket.htm.

use super::policy_rate::{BOUND, bound_of, changes, row, too_early};
use crate::answer::{Outcome, Undefined, finite};
use crate::definition::params::{PERIOD, SUBJECT};
use crate::definition::{Definition, Golden, Law, Metric, UnitRule};
use crate::quantity::Unit;
use crate::query::Scope;
use crate::time::Interval;

/// See the header.
pub static METRIC: Metric = Metric {
    definition: Definition {
        name: "rate_pause",
        unit: UnitRule::Fixed(Unit::Days),
        spelling: None,
        params: &[&SUBJECT, &PERIOD, &BOUND],
        example: "rate_pause(FED, @2025-09-16)",
        phrases: &["left rates unchanged for {value}", "held rates steady for {value}"],
        code: None,
        revision: 1,
        source: include_str!("rate_pause.rs"),
    },
    compute,
    laws: &[Law::ScaleInvariant, Law::NotNegative],
    golden: &[Golden {
        query: "rate_pause(FED, @2025-09-16)",
        want: 272.0,
        within: 0.0,
        from: "Python 3.11, date(2025, 9, 16) - date(2024, 12, 18): FOMC statements of 2024-12-18 \
               and 2025-09-17",
    }],
};

fn compute(scope: &Scope<'_>) -> Result<Outcome, Undefined> {
    let (_, day) = scope.days(&PERIOD)?;
    let (changes, bound) = (changes(scope)?, scope.choice(&BOUND));
    for index in (1..changes.count_through(day, |e| e.date)).rev() {
        let (change, before) = (changes.at(index), changes.at(index - 1));
        let rate = bound_of(change, bound)?;
        if rate != bound_of(before, bound)? {
            return Ok(Outcome {
                quantity: finite(f64::from((day - change.date).get_days()), Unit::Days)?,
                interval: Some(Interval::between(change.date, day)),
                rows: vec![row(change, rate, Unit::Fraction)],
                notices: Vec::new(),
            });
        }
    }
    Err(too_early(changes.at(0), day))
}
