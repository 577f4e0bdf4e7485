//! Distance from average: how far a close stands above or below its moving average.
//!
//! # Definition
//! $$ d = P_e / A_e - 1 $$
//! where $P_e$ is the close of the last session of the period and $A_e$ the `moving_average` of as
//! many `sessions` and of the same `kind`. Negative below the average.
//!
//! # Undefined when
//! The average is not positive (`not_positive`); and as for `moving_average`.
//!
//! # Example
//! ```
//! # use kinglet_core::{query::{Evaluator, Query}, view::example};
//! let view = example(&[("2025-08-28", 90.0), ("2025-08-29", 110.0)]);
//! let query: Query = "distance_from_average(RUT, @2025-08-29, sessions: 2)".parse().unwrap();
//! assert_eq!(Evaluator::new(&view).answer(&query).display(), "10.00%");
//! ```
//!
//! # References
//! Brock, Lakonishok, LeBaron (1992), Simple Technical Trading Rules and the Stochastic Properties
//! of Stock Returns, Journal of Finance 47(5), section II.

use super::moving_average::{KIND, SESSIONS, average, outcome};
use crate::answer::{Outcome, Undefined, finite};
use crate::definition::params::{BASIS, PERIOD, SUBJECT};
use crate::definition::{Definition, Golden, Law, Metric, UnitRule};
use crate::quantity::Unit;
use crate::query::Scope;

/// See the header.
pub static METRIC: Metric = Metric {
    definition: Definition {
        name: "distance_from_average",
        unit: UnitRule::Fixed(Unit::Fraction),
        spelling: None,
        params: &[&SUBJECT, &PERIOD, &SESSIONS, &KIND, &BASIS],
        example: "distance_from_average(RUT, @2025-08-29, sessions: 200)",
        phrases: &[
            "was {value} above its moving average",
            "was {value} below its moving average",
            "traded {value} above its 200-day average",
            "traded {value} below its 200-day average",
        ],
        code: None,
        revision: 1,
        source: include_str!("distance_from_average.rs"),
    },
    compute,
    laws: &[Law::ScaleInvariant],
    golden: &[Golden {
        query: "distance_from_average(RUT, @2025-08-29, sessions: 200)",
        want: 8.470_575_519,
        within: 0.000_001,
        from: "TA-Lib 0.8.2 (C library 0.8.1) over the facts (month ends from their own \
                   table): close / talib.SMA(close, 200) - 1",
    }],
};

fn compute(scope: &Scope<'_>) -> Result<Outcome, Undefined> {
    let end = scope.end(&PERIOD)?;
    let series = scope.series(&SUBJECT, &BASIS)?;
    let sessions = usize::from(scope.whole(&SESSIONS)?);
    let (average, closes) = average(scope, series, end, sessions)?;
    if average <= 0.0 {
        let reason = format!("the average of {} is not positive on {end}", series.id);
        return Err(Undefined::new("not_positive", reason));
    }
    let distance = closes[closes.len() - 1].value / average - 1.0;
    Ok(outcome(scope, series, &closes, finite(distance, Unit::Fraction)?))
}
