//! Share: in what part of the periods of a family a condition holds; a hit rate.
//!
//! # Definition
//! $$ p = k / n, \qquad k = \sum_{i=s}^{u} w_i c_i, \quad n = \sum_{i=s}^{u} w_i $$
//! where $c_i$ is 1 if the condition holds in period $i$ of the family and 0 if not, $w_i$ the
//! same of the condition `when` (1 if it is left out), and $s$ and $u$ the first and last period
//! counted: `since` and `until`, or the ends of the unbroken stretch of data. A `+6m` in the
//! condition speaks of the time after period $i$; periods after which that time is not over are
//! left out of $n$ and counted in a notice.
//!
//! # Undefined when
//! `when` holds in no period whose outcome is over (`no_event`); and as for `count`.
//!
//! # Example
//! ```
//! # use kinglet_core::{query::{Evaluator, Query}, view::example};
//! let view = example(&[("2025-06-30", 200.0), ("2025-07-31", 190.0), ("2025-08-29", 214.0)]);
//! let query: Query = "share(return(RUT, month) > 0)".parse().unwrap();
//! assert_eq!(Evaluator::new(&view).answer(&query).display(), "50.00%");
//! ```
//!
//! # References
//! Feller (1968), An Introduction to Probability Theory and Its Applications, volume 1, chapter VI.

use crate::answer::{Notice, Outcome, Undefined};
use crate::definition::params::{CONDITION, SINCE, UNTIL, WHEN};
use crate::definition::{ClaimCode, Definition, Golden, Law, Metric, UnitRule};
use crate::quantity::{Quantity, Unit};
use crate::query::Scope;

/// See the header.
pub static METRIC: Metric = Metric {
    definition: Definition {
        name: "share",
        unit: UnitRule::Fixed(Unit::Fraction),
        spelling: None,
        params: &[&CONDITION, &WHEN, &SINCE, &UNTIL],
        example: "share(return(RUT, month) > 0, since: 1987-09, until: 2025-12)",
        phrases: &["{value} of the time", "{value} of cases", "in {value} of months"],
        code: Some(ClaimCode::Settled("event_hit_rate")),
        revision: 1,
        source: include_str!("share.rs"),
    },
    compute,
    laws: &[Law::ScaleInvariant, Law::NotNegative, Law::WithinOne],
    golden: &[Golden {
        query: "share(return(RUT, +6m) > 0, when: return(RUT, month) >= 10%, since: 1987-09, \
                until: 2025-12)",
        want: 1400.0 / 17.0,
        within: 1e-9,
        from: "Python 3.11, csv over the facts: of the 17 months with close / previous - 1 >= \
               0.10, those whose close six month-ends later is higher",
    }],
};

fn compute(scope: &Scope<'_>) -> Result<Outcome, Undefined> {
    let family = scope.family_when((&CONDITION, &WHEN), &SINCE, &UNTIL)?;
    let (n, k) = (family.members.len(), family.members.iter().filter(|m| m.holds()).count());
    if n == 0 {
        return Err(family.no_event());
    }
    let (rows, shortened) = scope.member_rows(&CONDITION, &family.members)?;
    let counted = Notice { code: "counted", text: format!("{k} of {n}") };
    Ok(Outcome {
        quantity: Quantity::new(k as f64 / n as f64, Unit::Fraction),
        interval: Some(family.interval),
        rows,
        notices: family.notices.into_iter().chain([counted]).chain(shortened).collect(),
    })
}
