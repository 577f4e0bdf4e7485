//! Unemployment: the US unemployment rate of a month.
//!
//! # Definition
//! $$ u = U / L $$
//! where $U$ are the unemployed and $L$ the civilian labour force of the month, seasonally
//! adjusted (the series `UNRATE`, household survey). For a month the rate of that month; for a
//! day, `@…` or a period that ends with a day, the last rate that was public by then.
//!
//! # Undefined when
//! The data hold no such series (`no_series`), none was published for the month (October 2025) or
//! none was public by the day (`no_observation`), the period is a quarter, half or year
//! (`period_kind`), or it ends after the data (`outside_coverage`).
//!
//! # Example
//! ```
//! # use kinglet_core::{query::{Evaluator, Query}, view::{example, example_series}};
//! use kinglet_core::identity::Basis::Price;
//! let view = example(&[("2025-07-31", 1.0), ("2025-08-29", 1.0), ("2025-09-30", 1.0)])
//!     .with_series("UNRATE", Price, &example_series("UNRATE", &[("2025-08-01", 0.043)]));
//! let query: Query = "unemployment(US, 2025-08)".parse().unwrap();
//! assert_eq!(Evaluator::new(&view).answer(&query).display(), "4.30%");
//! ```
//!
//! # References
//! Bureau of Labor Statistics, Handbook of Methods, Current Population Survey, rate U-3.

use crate::answer::{Outcome, Undefined, finite};
use crate::columns::{Observation, Series};
use crate::definition::params::{PERIOD, SUBJECT};
use crate::definition::{ClaimCode, Definition, Golden, Law, Metric, UnitRule};
use crate::identity::Basis;
use crate::quantity::Unit;
use crate::query::Scope;
use crate::time::{Grain, Interval, Period};

/// See the header.
pub static METRIC: Metric = Metric {
    definition: Definition {
        name: "unemployment",
        unit: UnitRule::Fixed(Unit::Fraction),
        spelling: None,
        params: &[&SUBJECT, &PERIOD],
        example: "unemployment(US, 2025-08)",
        phrases: &["an unemployment rate of {value}", "unemployment at {value}"],
        code: Some(ClaimCode::Settled("unemployment")),
        revision: 1,
        source: include_str!("unemployment.rs"),
    },
    compute,
    laws: &[Law::ScaleInvariant],
    golden: &[Golden {
        query: "unemployment(US, 2025-08)",
        want: 4.3,
        within: 0.05,
        from: "Bureau of Labor Statistics, The Employment Situation, August 2025",
    }],
};

/// That the subject is the economy of which there are series.
pub(super) fn of_the_us(scope: &Scope<'_>) -> Result<(), Undefined> {
    let entity = scope.entity(&SUBJECT);
    if entity.code() == "US" {
        return Ok(());
    }
    let reason = format!("there is no such series of {entity}; US has one");
    Err(Undefined::new("no_series", reason))
}

/// The value of a month, or the last that was public at the end of a period.
pub(super) fn of_period(scope: &Scope<'_>, series: &Series) -> Result<Observation, Undefined> {
    let (first, last) = scope.days(&PERIOD)?;
    match scope.period(&PERIOD) {
        Period::Calendar(p) if p.grain == Grain::Month => scope.close(series, first),
        period @ Period::Calendar(p) if p.grain > Grain::Month => {
            let reason = format!("{period} is longer than a month, and this is a monthly figure");
            Err(Undefined::new("period_kind", reason))
        }
        _ => scope.latest(series, last),
    }
}

fn compute(scope: &Scope<'_>) -> Result<Outcome, Undefined> {
    of_the_us(scope)?;
    let series = scope.series_of("UNRATE", Basis::Price)?;
    let rate = of_period(scope, series)?;
    Ok(Outcome {
        quantity: finite(rate.value, Unit::Fraction)?,
        interval: Some(Interval::at(rate.date)),
        rows: vec![scope.row(series, rate)],
        notices: Vec::new(),
    })
}
