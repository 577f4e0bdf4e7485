//! Percentile: where the value of one period stands among those of its family.
//!
//! # Definition
//! $$ p = \#\{ i : s \le i \le u,\ q_i \le q_p \} / n $$
//! where $\#$ counts, $q_i$ is the value of the query in period $i$ of the family, $q_p$ that of
//! the period `of`, $n$ the number of periods, and $s$ and $u$ the first and last period compared:
//! `since` and `until`, or the ends of the unbroken stretch of data. The largest value has 100%.
//! `of: month, until: month` asks it of each month in turn, among the months up to it alone: what
//! could be known then, and so a condition without hindsight.
//!
//! # Undefined when
//! The query has no value in the period `of`, that lies outside the periods compared, the data
//! begin more than a year after `since`, or `until` lies after the data (`outside_coverage`); there
//! is no such series (`no_series`), fewer periods are compared than `least` asks (`too_short`), or
//! that is not a whole number (`not_whole`).
//!
//! # Example
//! ```
//! # use kinglet_core::{query::{Evaluator, Query}, view::example};
//! let view = example(&[("2025-05-30", 210.0), ("2025-06-30", 200.0), ("2025-07-31", 190.0),
//!     ("2025-08-29", 209.0)]);
//! let query: Query = "percentile(return(RUT, month), of: 2025-06)".parse().unwrap();
//! assert_eq!(Evaluator::new(&view).answer(&query).display(), "66.67%");
//! ```
//!
//! # References
//! Hyndman, Fan (1996), Sample Quantiles in Statistical Packages, American Statistician 50(4)
//! (definition 1, the empirical distribution).

use crate::answer::{Notice, Outcome, Undefined, finite};
use crate::definition::params::{LEAST, OF, QUERY, SINCE, UNTIL};
use crate::definition::{ClaimCode, Definition, Golden, Law, Metric, UnitRule};
use crate::quantity::Unit;
use crate::query::Scope;

/// See the header.
pub static METRIC: Metric = Metric {
    definition: Definition {
        name: "percentile",
        unit: UnitRule::Fixed(Unit::Fraction),
        spelling: None,
        params: &[&QUERY, &OF, &SINCE, &UNTIL, &LEAST],
        example: "percentile(cape(SPX, month), of: 2014-12)",
        phrases: &["the {value} percentile", "in the {value} percentile of its history"],
        code: Some(ClaimCode::Open("percentile")),
        revision: 1,
        source: include_str!("percentile.rs"),
    },
    compute,
    laws: &[Law::ScaleInvariant, Law::NotNegative, Law::WithinOne],
    golden: &[
        Golden {
            query: "percentile(cape(SPX, month), of: 1999-12, since: 1953, until: 2025-09)",
            want: 100.0,
            within: 0.0,
            from: "by hand: no month of facts/shiller_monthly.csv has a higher one",
        },
        Golden {
            query: "percentile(cape(SPX, month), of: 2014-12, since: 1953, until: 2014)",
            want: 89.11,
            within: 0.005,
            from: "Python 3, csv module, on facts/shiller_monthly.csv",
        },
    ],
};

fn compute(scope: &Scope<'_>) -> Result<Outcome, Undefined> {
    let family = scope.compared()?;
    let own = scope.member(&family, &OF)?;
    let below = family.members.iter().filter(|m| m.value <= own.value).count();
    let (rows, _) = scope.member_rows(&QUERY, &[own])?;
    let text = format!("{below} of {} periods are not above it", family.members.len());
    let share = below as f64 / family.members.len() as f64;
    Ok(Outcome {
        quantity: finite(share, Unit::Fraction)?,
        interval: Some(family.interval),
        rows,
        notices: family.notices.into_iter().chain([Notice { code: "counted", text }]).collect(),
    })
}
