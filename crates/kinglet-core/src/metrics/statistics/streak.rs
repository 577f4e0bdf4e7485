//! Streak: the length of the unbroken run of periods in which a condition holds, ending with one.
//!
//! # Definition
//! $$ n = \max \{ m \ge 0 : c_{e-m+1} = \dots = c_e = 1 \} $$
//! where $c_i$ is the condition in period $i$ of the family (1 where it holds) and $e$ the period
//! `ending`. Zero if the condition does not hold in $e$. A family of days counts sessions.
//!
//! # Undefined when
//! The condition has no value in `ending`, or holds back to the first period of the data, so that
//! the run may be longer (`outside_coverage`); there is no such series (`no_series`).
//!
//! # Example
//! ```
//! # use kinglet_core::{query::{Evaluator, Query}, view::example};
//! let view = example(&[
//!     ("2025-05-30", 200.0), ("2025-06-30", 195.0), ("2025-07-31", 196.0), ("2025-08-29", 214.0),
//! ]);
//! let query: Query = "streak(return(RUT, month) > 0, ending: 2025-08)".parse().unwrap();
//! assert_eq!(Evaluator::new(&view).answer(&query).display(), "2 months");
//! ```
//!
//! # References
//! Feller (1968), An Introduction to Probability Theory and Its Applications, volume 1, section
//! XIII.7 (success runs).

use crate::answer::{Outcome, Undefined};
use crate::definition::params::CONDITION;
use crate::definition::{ClaimCode, Definition, Golden, Law, Metric, Param, ParamKind, UnitRule};
use crate::quantity::Quantity;
use crate::query::Scope;

static ENDING: Param = Param {
    named: true,
    ..Param::required("ending", ParamKind::Member, "the last period of the run: 2025-08")
};

/// See the header.
pub static METRIC: Metric = Metric {
    definition: Definition {
        name: "streak",
        unit: UnitRule::Run,
        spelling: None,
        params: &[&CONDITION, &ENDING],
        example: "streak(return(RUT, month) > 0, ending: 2025-08)",
        phrases: &["a {value} winning streak", "a {value} streak", "{value} in a row"],
        code: Some(ClaimCode::Settled("streak")),
        revision: 1,
        source: include_str!("streak.rs"),
    },
    compute,
    laws: &[Law::ScaleInvariant, Law::NotNegative],
    golden: &[Golden {
        query: "streak(return(SPX, month) > 0, ending: 2021-08)",
        want: 7.0,
        within: 0.0,
        from: "press reports of 2021-08-31: the seventh monthly gain of the S&P 500 in a row",
    }],
};

fn compute(scope: &Scope<'_>) -> Result<Outcome, Undefined> {
    let run = scope.run(&CONDITION, &ENDING)?;
    let (rows, shortened) = scope.member_rows(&CONDITION, &run.members)?;
    Ok(Outcome {
        quantity: Quantity::new(run.members.len() as f64, run.length_unit()),
        interval: Some(run.interval),
        rows,
        notices: run.notices.into_iter().chain(shortened).collect(),
    })
}
