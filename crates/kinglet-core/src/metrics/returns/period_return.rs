//! Return: the change of a price over a period, as a share of the price at its start.
//!
//! # Definition
//! $$ R = P_e / P_b - 1 $$
//! where $P_b$ is the close of the base session and $P_e$ that of the end session: the last close
//! before the period and the last close in it; `A..B` between two days runs from A's close to B's.
//! With `basis: total`, $P$ is the price with distributions reinvested on their ex-dates.
//!
//! # Undefined when
//! One of the two closes is missing (`no_observation`), there is no such series (`no_series`), the
//! base is not positive (`not_positive`), or the period ends after the data (`outside_coverage`).
//!
//! # Example
//! ```
//! # use kinglet_core::{query::{Evaluator, Query}, view::example};
//! let view = example(&[("2025-07-31", 200.0), ("2025-08-29", 214.0)]);
//! let query: Query = "return(RUT, 2025-08)".parse().unwrap();
//! let percent = Evaluator::new(&view).answer(&query).number().unwrap();
//! assert!((percent - 7.0).abs() < 1e-9);
//! ```
//!
//! # References
//! Bacon (2008), Practical Portfolio Performance Measurement and Attribution, 2nd edition,
//! equation 2.1.

use crate::answer::{Outcome, Undefined, finite};
use crate::definition::params::{BASIS, PERIOD, SUBJECT};
use crate::definition::{ClaimCode, Definition, Golden, Law, Metric, UnitRule};
use crate::quantity::Unit;
use crate::query::Scope;
use crate::time::Interval;

/// See the header.
pub static METRIC: Metric = Metric {
    definition: Definition {
        name: "return",
        unit: UnitRule::Fixed(Unit::Fraction),
        spelling: None,
        params: &[&SUBJECT, &PERIOD, &BASIS],
        example: "return(RUT, 2025-08)",
        phrases: &["rose {value}", "gained {value}", "fell {value}", "a return of {value}"],
        code: Some(ClaimCode::Settled("return")),
        revision: 1,
        source: include_str!("period_return.rs"),
    },
    compute,
    laws: &[Law::ScaleInvariant, Law::Chains],
    golden: &[
        Golden {
            query: "return(RUT, 2008)",
            want: -34.80,
            within: 0.005,
            from: "FTSE Russell price return of 2008, as listed by slickcharts.com",
        },
        Golden {
            query: "return(SPX, 2013)",
            want: 29.60,
            within: 0.005,
            from: "S&P Dow Jones Indices price return of 2013, as listed by slickcharts.com",
        },
    ],
};

fn compute(scope: &Scope<'_>) -> Result<Outcome, Undefined> {
    let (from, to) = scope.change(&PERIOD)?;
    let series = scope.series(&SUBJECT, &BASIS)?;
    let (base, end) = scope.closes(series, (from, to))?;
    let growth = scope.growth(series, base, end)?;
    Ok(Outcome {
        quantity: finite(growth - 1.0, Unit::Fraction)?,
        interval: Some(Interval::between(from, to)),
        rows: vec![scope.row(series, base), scope.row(series, end)],
        notices: Vec::new(),
    })
}
