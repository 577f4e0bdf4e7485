//! Count: how many periods of a family satisfy a condition.
//!
//! # Definition
//! $$ n = \sum_{i=s}^{u} w_i c_i $$
//! where $c_i$ is 1 if the condition holds in period $i$ of the family and 0 if not, $w_i$ the
//! same of the condition `when` (1 if it is left out), and $s$ and $u$ the first and last period
//! counted: `since` and `until`, or the ends of the unbroken stretch of data. A `+6m` in the
//! condition speaks of the time after period $i$; periods after which that time is not over are
//! left out and counted in a notice.
//!
//! # Undefined when
//! The condition has no value in any period, the data begin more than a year after `since`, a
//! period picked by `when` lacks its outcome, or `until` lies after the data (`outside_coverage`);
//! there is no such series (`no_series`).
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
use crate::definition::params::{CONDITION, SINCE, UNTIL, WHEN};
use crate::definition::{ClaimCode, Definition, Golden, Law, Metric, UnitRule};
use crate::quantity::{Quantity, Unit};
use crate::query::{Member, Scope};

/// See the header.
pub static METRIC: Metric = Metric {
    definition: Definition {
        name: "count",
        unit: UnitRule::Fixed(Unit::Count),
        spelling: None,
        params: &[&CONDITION, &WHEN, &SINCE, &UNTIL],
        example: "count(return(RUT, month) >= 10%, since: 1987-09, until: 2025-12)",
        phrases: &["{value} occurrences", "{value} times"],
        code: Some(ClaimCode::Settled("event_count")),
        revision: 1,
        source: include_str!("count.rs"),
    },
    compute,
    laws: &[Law::ScaleInvariant, Law::NotNegative],
    golden: &[Golden {
        query: "count(return(RUT, month) >= 10%, since: 1987-09, until: 2025-12)",
        want: 17.0,
        within: 0.0,
        from: "Python 3.11, csv over the facts: months with close / previous - 1 >= 0.10",
    }],
};

fn compute(scope: &Scope<'_>) -> Result<Outcome, Undefined> {
    let family = scope.family_when((&CONDITION, &WHEN), &SINCE, &UNTIL)?;
    let hits: Vec<Member> = family.members.iter().filter(|m| m.holds()).copied().collect();
    let (rows, shortened) = scope.member_rows(&CONDITION, &hits)?;
    Ok(Outcome {
        quantity: Quantity::new(hits.len() as f64, Unit::Count),
        interval: Some(family.interval),
        rows,
        notices: family.notices.into_iter().chain(shortened).collect(),
    })
}
