//! First hike: whether a period holds the first rise of a policy rate after a cut.
//!
//! # Definition
//! $$ \exists\, d \in D : \Delta i_d > 0,\ \Delta i_{d'} < 0 \text{ or } d > d' + p $$
//! where $D$ are the days of the period, weekends included, $\Delta i_d$ the change of the target
//! announced on day $d$ (of its `bound`), $d'$ the day of the change before it, whenever that was,
//! and $p$ the months of `pause`, where they are given. The mirror of `first_cut`: since 1994 the
//! Federal Reserve made one on 1994-02-04, 1997-03-25, 1999-06-30, 2004-06-30, 2015-12-16 and
//! 2022-03-16.
//!
//! Its phrases print no figure, so that the auditor reads no claim in them.
//!
//! # Undefined when
//! As for `first_cut`: no change of this bank is known (`no_series`), the period begins before the
//! second change known or ends after the data (`outside_coverage`), or `pause` is not a whole
//! number (`not_whole`).
//!
//! # Example
//! ```
//! # use kinglet_core::{query::{Evaluator, Query}, view::{example, example_change}};
//! let view = example(&[("2022-03-15", 1.0), ("2022-03-16", 1.0), ("2022-05-04", 1.0)])
//!     .with_events(vec![
//!         example_change("2019-10-30", 1.75),
//!         example_change("2020-03-15", 0.25),
//!         example_change("2022-03-16", 0.5),
//!         example_change("2022-05-04", 1.0),
//!     ]);
//! let answer = |text: &str| Evaluator::new(&view).answer(&text.parse().unwrap()).display();
//! assert_eq!(answer("first_hike(FED, 2022-03-16)"), "yes");
//! assert_eq!(answer("first_hike(FED, 2022-05-04)"), "no");
//! ```
//!
//! # References
//! Board of Governors of the Federal Reserve System, Open Market Operations,
//! federalreserve.gov/monetarypolicy/openmarket.htm; the rule is kinglet's.

use super::first_cut::{PAUSE, first_move};
use super::policy_rate::BOUND;
use crate::answer::{Outcome, Undefined};
use crate::definition::params::{PERIOD, SUBJECT};
use crate::definition::{Definition, Golden, Law, Metric, UnitRule};
use crate::quantity::Unit;
use crate::query::Scope;

/// See the header.
pub static METRIC: Metric = Metric {
    definition: Definition {
        name: "first_hike",
        unit: UnitRule::Fixed(Unit::Truth),
        spelling: None,
        params: &[&SUBJECT, &PERIOD, &BOUND, &PAUSE],
        example: "first_hike(FED, 2022-03-16)",
        phrases: &["the first rate hike", "began raising rates"],
        code: None,
        revision: 1,
        source: include_str!("first_hike.rs"),
    },
    compute,
    laws: &[Law::ScaleInvariant],
    golden: &[
        Golden {
            query: "first_hike(FED, 2022-03-16)",
            want: 1.0,
            within: 0.0,
            from: "Federal Reserve, FOMC statement of 2022-03-16, the first rise since 2018-12-19",
        },
        Golden {
            query: "count(first_hike(FED, day), since: 1995, until: 2025-12)",
            want: 5.0,
            within: 0.0,
            from: "Federal Reserve, Open Market Operations: 1997, 1999, 2004, 2015 and 2022",
        },
    ],
};

fn compute(scope: &Scope<'_>) -> Result<Outcome, Undefined> {
    first_move(scope, 1.0)
}
