//! Month of the year: whether a period ends in a given month of the year.
//!
//! # Definition
//! $$ m(D) = M $$
//! where $m(D)$ is the month of the last session of the period and $M$ the month asked for. As a
//! condition it picks seasons: `average(return(SPX, month), when: month_of_year(month, is:
//! september))` is the mean of all Septembers, and `+6m` behind `is: october` the half-year from
//! the end of October to the end of April.
//!
//! Its phrase prints no figure, so that the auditor reads no claim in it.
//!
//! # Undefined when
//! The period ends after the data (`outside_coverage`), or no session lies in it (`no_session`).
//!
//! # Example
//! ```
//! # use kinglet_core::{query::{Evaluator, Query}, view::example};
//! let view = example(&[("2025-06-30", 200.0), ("2025-07-31", 190.0), ("2025-08-29", 214.0)]);
//! let query: Query = "month_of_year(2025-07, is: july)".parse().unwrap();
//! assert_eq!(Evaluator::new(&view).answer(&query).display(), "yes");
//! ```
//!
//! # References
//! Bouman, Jacobsen (2002), The Halloween Indicator, American Economic Review 92(5).

use crate::answer::{Outcome, Undefined};
use crate::definition::params::PERIOD;
use crate::definition::{Definition, Golden, Law, Metric, Param, ParamKind, UnitRule};
use crate::quantity::{Quantity, Unit};
use crate::query::Scope;
use crate::time::Interval;

/// The months by their names.
pub const MONTHS: [&str; 12] = [
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
];

static IS: Param = Param {
    name: "is",
    kind: ParamKind::Choice(&MONTHS),
    named: true,
    default: None,
    optional: false,
    doc: "the month asked for",
};

/// See the header.
pub static METRIC: Metric = Metric {
    definition: Definition {
        name: "month_of_year",
        unit: UnitRule::Fixed(Unit::Truth),
        spelling: None,
        params: &[&PERIOD, &IS],
        example: "month_of_year(2025-07, is: july)",
        phrases: &["in the month of {value}"],
        code: None,
        revision: 1,
        source: include_str!("month_of_year.rs"),
    },
    compute,
    laws: &[Law::ScaleInvariant],
    golden: &[Golden {
        query: "count(month_of_year(month, is: july), since: 2000-01, until: 2024-12)",
        want: 25.0,
        within: 0.0,
        from: "one July a year",
    }],
};

fn compute(scope: &Scope<'_>) -> Result<Outcome, Undefined> {
    let end = scope.end(&PERIOD)?;
    let month = usize::try_from(end.month() - 1).unwrap_or_default();
    let holds = MONTHS.get(month) == Some(&scope.choice(&IS));
    Ok(Outcome {
        quantity: Quantity::new(f64::from(u8::from(holds)), Unit::Truth),
        interval: Some(Interval::at(end)),
        rows: Vec::new(),
        notices: Vec::new(),
    })
}
