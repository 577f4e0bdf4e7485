//! Cases: how many periods of a family have a value, in or after those in which a condition holds.
//!
//! # Definition
//! $$ n = \sum_{i=s}^{u} w_i $$
//! where $w_i$ is 1 if the condition `when` holds in period $i$ of the family (always, if it is
//! left out) and the query has a value in or after it, else 0, and $s$ and $u$ the first and last
//! period counted: `since` and `until`, or the ends of the unbroken stretch of data. It is the $n$
//! of a `share` or an `average` of the same query. Periods that follow each other without a break
//! make one run: a notice says how many runs there are, for the outcomes of neighbouring periods
//! overlap and are no evidence of their own.
//!
//! # Undefined when
//! As for `count`; zero where the condition holds in no period whose outcome is over.
//!
//! # Example
//! ```
//! # use kinglet_core::{query::{Evaluator, Query}, view::example};
//! let view = example(&[("2025-05-30", 210.0), ("2025-06-30", 200.0), ("2025-07-31", 190.0),
//!     ("2025-08-29", 209.0)]);
//! let query: Query = "cases(return(RUT, +1m), when: return(RUT, month) < 0)".parse().unwrap();
//! assert_eq!(Evaluator::new(&view).answer(&query).number(), Some(2.0));
//! ```
//!
//! # References
//! Hansen, Hodrick (1980), Forward Exchange Rates as Optimal Predictors of Future Spot Rates,
//! Journal of Political Economy 88(5), on observations that overlap.

use crate::answer::{Notice, Outcome, Undefined};
use crate::definition::params::{QUERY, SINCE, UNTIL, WHEN};
use crate::definition::{ClaimCode, Definition, Golden, Law, Metric, UnitRule};
use crate::quantity::{Quantity, Unit};
use crate::query::{Member, Scope};

/// See the header.
pub static METRIC: Metric = Metric {
    definition: Definition {
        name: "cases",
        unit: UnitRule::Fixed(Unit::Count),
        spelling: None,
        params: &[&QUERY, &WHEN, &SINCE, &UNTIL],
        example: "cases(return(RUT, +12m), when: return(RUT, month) >= 10%)",
        phrases: &["a sample of {value}"],
        code: Some(ClaimCode::Settled("event_count")),
        revision: 1,
        source: include_str!("cases.rs"),
    },
    compute,
    laws: &[Law::ScaleInvariant, Law::NotNegative],
    golden: &[Golden {
        query: "cases(return(RUT, +6m), when: return(RUT, month) >= 10%, since: 1987-09, \
                until: 2025-12)",
        want: 17.0,
        within: 0.0,
        from: "Python 3.11, csv over the facts: months with close / previous - 1 >= 0.10",
    }],
};

/// How many stretches of periods without a break there are.
fn runs(members: &[Member]) -> usize {
    let breaks = members.windows(2).filter(|pair| pair[0].period.until(pair[1].period) > 1);
    breaks.count() + usize::from(!members.is_empty())
}

fn compute(scope: &Scope<'_>) -> Result<Outcome, Undefined> {
    let family = scope.family_when((&QUERY, &WHEN), &SINCE, &UNTIL)?;
    let (rows, shortened) = scope.member_rows(&QUERY, &family.members)?;
    let text = match (family.members.len(), runs(&family.members)) {
        (periods, 1) => format!("{periods} periods in one run"),
        (periods, runs) => format!("{periods} periods in {runs} runs"),
    };
    let runs = Notice { code: "runs", text };
    Ok(Outcome {
        quantity: Quantity::new(family.members.len() as f64, Unit::Count),
        interval: Some(family.interval),
        rows,
        notices: family.notices.into_iter().chain([runs]).chain(shortened).collect(),
    })
}
