//! Average: the arithmetic mean of a query over the periods of a family.
//!
//! # Definition
//! $$ \bar{q} = \frac{1}{n} \sum_{i=s}^{u} w_i q_i, \qquad n = \sum_{i=s}^{u} w_i $$
//! where $q_i$ is the value of the query in period $i$ of the family, $w_i$ 1 if the condition
//! `when` holds in it and 0 if not (1 if it is left out), and $s$ and $u$ the first and last
//! period counted: `since` and `until`, or the ends of the unbroken stretch of data. A `+12m` in
//! the query speaks of the time after period $i$; periods after which that time is not over are
//! left out and counted in a notice. With `signs: dropped` $|q_i|$ stands for $q_i$: of errors, the
//! mean absolute error beside their bias.
//!
//! # Undefined when
//! `when` holds in no period whose outcome is over (`no_event`); and as for `count`.
//!
//! # Example
//! ```
//! # use kinglet_core::{query::{Evaluator, Query}, view::example};
//! let view = example(&[("2025-06-30", 200.0), ("2025-07-31", 190.0), ("2025-08-29", 209.0)]);
//! let query: Query = "average(return(RUT, month))".parse().unwrap();
//! assert_eq!(Evaluator::new(&view).answer(&query).display(), "2.50%");
//! let query: Query = "average(return(RUT, month), signs: dropped)".parse().unwrap();
//! assert_eq!(Evaluator::new(&view).answer(&query).display(), "7.50%");
//! ```
//!
//! # References
//! Bacon (2008), Practical Portfolio Performance Measurement and Attribution, 2nd edition,
//! equation 2.26.

use crate::answer::{Notice, Outcome, Undefined, finite};
use crate::definition::params::{QUERY, SINCE, UNTIL, WHEN};
use crate::definition::{ClaimCode, Definition, Golden, Metric, Param, ParamKind, UnitRule};
use crate::numeric::mean;
use crate::query::Scope;

static SIGNS: Param = Param::with_default(
    "signs",
    ParamKind::Choice(&["kept", "dropped"]),
    "kept",
    "whether values below zero count as such, or by their size alone",
);

/// See the header.
pub static METRIC: Metric = Metric {
    definition: Definition {
        name: "average",
        unit: UnitRule::Query,
        spelling: None,
        params: &[&QUERY, &WHEN, &SIGNS, &SINCE, &UNTIL],
        example: "average(return(RUT, +6m), when: return(RUT, month) >= 10%)",
        phrases: &["on average {value}", "an average of {value}", "averaged {value}"],
        code: Some(ClaimCode::Settled("event_mean_return")),
        revision: 1,
        source: include_str!("average.rs"),
    },
    compute,
    laws: &[],
    golden: &[
        Golden {
            query: "average(return(SPX, month), since: 1990, until: 2024)",
            want: 0.763_992_934,
            within: 0.000_001,
            from: "pandas 3.1.1 over the facts: close.pct_change().loc['1990':'2024'].mean() * 100",
        },
        Golden {
            query: "average(return(SPX, month), signs: dropped, since: 1990, until: 2024)",
            want: 3.392_902_052,
            within: 0.000_001,
            from: "as above, .abs().mean() * 100",
        },
    ],
};

fn compute(scope: &Scope<'_>) -> Result<Outcome, Undefined> {
    let family = scope.family_when((&QUERY, &WHEN), &SINCE, &UNTIL)?;
    let dropped = scope.choice(&SIGNS) == "dropped";
    let counted = |value: f64| if dropped { value.abs() } else { value };
    let values: Vec<f64> = family.members.iter().map(|m| counted(m.value)).collect();
    let mean = mean(&values).ok_or_else(|| family.no_event())?;
    let (rows, shortened) = scope.member_rows(&QUERY, &family.members)?;
    let counted = Notice { code: "counted", text: format!("the mean of {}", values.len()) };
    Ok(Outcome {
        quantity: finite(mean, family.unit)?,
        interval: Some(family.interval),
        rows,
        notices: family.notices.into_iter().chain([counted]).chain(shortened).collect(),
    })
}
