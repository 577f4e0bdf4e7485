//! Yield spread: by how much a longer Treasury yields more than a shorter one; a curve's slope.
//!
//! # Definition
//! $$ s(D) = y_{long}(D) - y_{short}(D) $$
//! where $y$ is the `yield` of the two maturities that the curve names: of `CURVE:2s10s` the
//! 10-year and the 2-year, of `CURVE:3m10y` the 10-year and the 3-month Treasury. Negative where
//! the curve is inverted. The same as `yield(UST:10y, D) - yield(UST:2y, D)`.
//!
//! # Undefined when
//! The curve is not of two known maturities (`no_series`); and as for `yield`, of either.
//!
//! # Example
//! ```
//! # use kinglet_core::{query::{Evaluator, Query}, view::{example, example_series}};
//! use kinglet_core::identity::Basis::Price;
//! let view = example(&[("2025-07-31", 1.0), ("2025-08-29", 1.0), ("2025-09-30", 1.0)])
//!     .with_series("GS2", Price, &example_series("GS2", &[("2025-08-01", 0.037)]))
//!     .with_series("GS10", Price, &example_series("GS10", &[("2025-08-01", 0.0426)]));
//! let query: Query = "yield_spread(CURVE:2s10s, 2025-08)".parse().unwrap();
//! assert_eq!(Evaluator::new(&view).answer(&query).display(), "0.56 percentage points");
//! ```
//!
//! # References
//! Estrella, Mishkin (1996), The Yield Curve as a Predictor of U.S. Recessions, Federal Reserve
//! Bank of New York, Current Issues 2(7).

use super::treasury_yield::{Tenor, of_tenor};
use crate::answer::{Outcome, Undefined, finite};
use crate::definition::params::{PERIOD, SUBJECT};
use crate::definition::{ClaimCode, Definition, Golden, Law, Metric, UnitRule};
use crate::quantity::Unit;
use crate::query::Scope;

/// See the header.
pub static METRIC: Metric = Metric {
    definition: Definition {
        name: "yield_spread",
        unit: UnitRule::Fixed(Unit::FractionDifference),
        spelling: None,
        params: &[&SUBJECT, &PERIOD],
        example: "yield_spread(CURVE:2s10s, 2025-08)",
        phrases: &["a yield spread of {value}", "a slope of {value}"],
        code: Some(ClaimCode::Settled("yield")),
        revision: 1,
        source: include_str!("yield_spread.rs"),
    },
    compute,
    laws: &[Law::ScaleInvariant],
    golden: &[Golden {
        query: "yield_spread(CURVE:2s10s, 2025-08)",
        want: 0.56,
        within: 0.01,
        from: "Federal Reserve, Release H.15, monthly averages of August 2025: 4.26 and 3.70",
    }],
};

/// The shorter and the longer maturity of a curve.
pub(super) fn legs(scope: &Scope<'_>) -> Result<(Tenor, Tenor), Undefined> {
    let entity = scope.entity(&SUBJECT);
    let legs: Vec<Tenor> = entity.constituents().iter().filter_map(Tenor::of).collect();
    let [short, long] = legs[..] else {
        let reason = format!("{entity} is not a curve such as CURVE:2s10s or CURVE:3m10y");
        return Err(Undefined::new("no_series", reason));
    };
    Ok((short, long))
}

fn compute(scope: &Scope<'_>) -> Result<Outcome, Undefined> {
    let (short, long) = legs(scope)?;
    let (short, long) = (of_tenor(scope, short)?, of_tenor(scope, long)?);
    let spread = long.quantity.value - short.quantity.value;
    Ok(Outcome {
        quantity: finite(spread, Unit::FractionDifference)?,
        interval: long.interval,
        rows: short.rows.into_iter().chain(long.rows).collect(),
        notices: short.notices.into_iter().chain(long.notices).collect(),
    })
}
