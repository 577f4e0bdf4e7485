//! Projection error: by how much a policy rate ended a year above what its makers had projected.
//!
//! # Definition
//! $$ e = \tfrac{1}{2} (i^{lower}(Y) + i^{upper}(Y)) - \tilde{i}(Y) $$
//! where $i(Y)$ are the ends of the target range at the end of year $Y$ and $\tilde{i}(Y)$ is the
//! median projected for it: by the last projections of the `meeting` (a day, or the last one of a
//! month or year), which must not be after the end of the year; without it by the last ones of the
//! year before, so that `average(projection_error(FED, year))` scores them over time. Positive
//! where rates ended higher than was projected.
//!
//! # Undefined when
//! As for `rate_projection` (`no_projections`, `no_observation`, `period_kind`), the year is not
//! over at the cutoff or no change of this bank is known before its end (`outside_coverage`,
//! `no_series`).
//!
//! # Example
//! ```
//! # use std::collections::BTreeMap;
//! # use kinglet_core::{query::{Evaluator, Query}, view::{example, example_change, Event}};
//! // Projected in December 2021 for the end of 2022: 0.875%. It became 4.25% to 4.50%.
//! let values = BTreeMap::from([("2022".to_owned(), 0.00875)]);
//! let dots = Event { kind: "median_dots".into(), values, ..example_change("2021-12-15", 0.25) };
//! let view = example(&[("2022-12-29", 1.0), ("2022-12-30", 1.0), ("2023-01-03", 1.0)])
//!     .with_events(vec![dots, example_change("2022-12-14", 4.5)]);
//! let query: Query = "projection_error(FED, 2022, meeting: 2021-12)".parse().unwrap();
//! assert_eq!(Evaluator::new(&view).answer(&query).display(), "3.50 percentage points");
//! ```
//!
//! # References
//! Board of Governors of the Federal Reserve System, Summary of Economic Projections, figure 2;
//! Reifschneider, Tulip (2019), Gauging the Uncertainty of the Economic Outlook Using Historical
//! Forecasting Errors, International Journal of Forecasting 35(4).

use super::policy_rate::{bound_of, changes, row, too_early};
use super::rate_projection::{MEETING, projected, year};
use crate::answer::{Outcome, Undefined, finite};
use crate::definition::params::{PERIOD, SUBJECT};
use crate::definition::{Definition, Golden, Law, Metric, UnitRule};
use crate::quantity::Unit;
use crate::query::Scope;
use crate::time::Interval;

/// See the header.
pub static METRIC: Metric = Metric {
    definition: Definition {
        name: "projection_error",
        unit: UnitRule::Fixed(Unit::FractionDifference),
        spelling: None,
        params: &[&SUBJECT, &PERIOD, &MEETING],
        example: "projection_error(FED, 2025, meeting: 2024-12)",
        phrases: &[
            "ended {value} above its own projection",
            "ended {value} below its own projection",
        ],
        code: None,
        revision: 1,
        source: include_str!("projection_error.rs"),
    },
    compute,
    laws: &[Law::ScaleInvariant],
    golden: &[Golden {
        query: "projection_error(FED, 2022, meeting: 2021-12)",
        want: 3.475,
        within: 0.05,
        from: "by hand: 4.25% to 4.50% from 2022-12-14 (Federal Reserve, Open Market Operations) \
               less 0.9% (Summary of Economic Projections of 2021-12-15, table 1)",
    }],
};

fn compute(scope: &Scope<'_>) -> Result<Outcome, Undefined> {
    let year = year(scope)?;
    let (_, end) = scope.days(&PERIOD)?;
    if end > scope.view().cutoff.through {
        let reason = format!("{year} is not over on {}", scope.view().cutoff.through);
        return Err(Undefined::new("outside_coverage", reason));
    }
    let (meeting, projected) = projected(scope, year, year.plus(-1).last_day())?;
    if meeting.date > end {
        let reason = format!("the projections of {} came after {year}", meeting.date);
        return Err(Undefined::new("no_projections", reason));
    }
    let changes = changes(scope)?;
    let Some(last) = changes.count_through(end, |e| e.date).checked_sub(1) else {
        return Err(too_early(changes.at(0), end));
    };
    let change = changes.at(last);
    let rate = 0.5 * (bound_of(change, "lower")? + bound_of(change, "upper")?);
    Ok(Outcome {
        quantity: finite(rate - projected, Unit::FractionDifference)?,
        interval: Some(Interval::between(meeting.date, end)),
        rows: vec![row(meeting, projected, Unit::Fraction), row(change, rate, Unit::Fraction)],
        notices: Vec::new(),
    })
}
