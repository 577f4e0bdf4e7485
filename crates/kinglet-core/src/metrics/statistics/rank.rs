//! Rank: the place of one period among those of its family, the largest value first.
//!
//! # Definition
//! $$ r = 1 + \#\{ i : s \le i \le u,\ q_i > q_p \} $$
//! where $\#$ counts, $q_i$ is the value of the query in period $i$ of the family, $p$ the period
//! `of`, and $s$ and $u$ the first and last period compared: `since` and `until`, or the ends of
//! the unbroken stretch of data. Equal values share the better place. The smallest is first in the
//! rank of `-query`.
//!
//! # Undefined when
//! The query has no value in $p$, $p$ lies outside the periods compared, the data begin more than a
//! year after `since`, or `until` lies after the data (`outside_coverage`); there is no such series
//! (`no_series`).
//!
//! # Example
//! ```
//! # use kinglet_core::{query::{Evaluator, Query}, view::example};
//! let view = example(&[("2025-06-30", 200.0), ("2025-07-31", 190.0), ("2025-08-29", 209.0)]);
//! let query: Query = "rank(return(RUT, month), of: 2025-07)".parse().unwrap();
//! assert_eq!(Evaluator::new(&view).answer(&query).number(), Some(2.0));
//! ```
//!
//! # References
//! Kendall, Gibbons (1990), Rank Correlation Methods, 5th edition, section 3.1 (the better rank for
//! ties, as in sports).

use crate::answer::{Notice, Outcome, Undefined};
use crate::definition::params::{OF, QUERY, SINCE, UNTIL};
use crate::definition::{ClaimCode, Definition, Golden, Law, Metric, UnitRule};
use crate::quantity::{Quantity, Unit};
use crate::query::Scope;

/// See the header.
pub static METRIC: Metric = Metric {
    definition: Definition {
        name: "rank",
        unit: UnitRule::Fixed(Unit::Count),
        spelling: None,
        params: &[&QUERY, &OF, &SINCE, &UNTIL],
        example: "rank(return(RUT, month), of: 2025-08, since: 2025-01, until: 2025-12)",
        phrases: &["{value} best month", "{value} largest gain", "ranks {value}"],
        code: Some(ClaimCode::Settled("rank")),
        revision: 1,
        source: include_str!("rank.rs"),
    },
    compute,
    laws: &[Law::ScaleInvariant, Law::NotNegative],
    golden: &[Golden {
        query: "rank(return(RUT, month), of: 2020-11, since: 1987-09, until: 2025-12)",
        want: 1.0,
        within: 0.0,
        from: "press reports of 2020-11-30: the best month of the Russell 2000 on record",
    }],
};

fn compute(scope: &Scope<'_>) -> Result<Outcome, Undefined> {
    let family = scope.family(&QUERY, &SINCE, &UNTIL)?;
    let own = scope.member(&family, &OF)?;
    let above = family.members.iter().filter(|m| m.value > own.value).count();
    let (rows, _) = scope.member_rows(&QUERY, &[own])?;
    let among = format!("of {} periods", family.members.len());
    let counted = Notice { code: "counted", text: among };
    Ok(Outcome {
        quantity: Quantity::new((above + 1) as f64, Unit::Count),
        interval: Some(family.interval),
        rows,
        notices: family.notices.into_iter().chain([counted]).collect(),
    })
}
