//! Distance from high: how far a close stands below the highest close so far.
//!
//! # Definition
//! $$ d = P_e / \max_{s \le t \le e} P_t - 1 $$
//! where $P_t$ is the close of session $t$, $e$ the last session of the period (`@2025-09-18`: that
//! day) and $s$ the first session on or after `since`, or the first of the series. Zero at a high,
//! negative below it.
//!
//! # Undefined when
//! A close from $s$ to $e$ is missing (`incomplete`, `no_observation`), the high is not positive
//! (`not_positive`), the series begins more than a year after `since` or the period ends after the
//! data (`outside_coverage`), or there is no such series (`no_series`).
//!
//! # Example
//! ```
//! # use kinglet_core::{query::{Evaluator, Query}, view::example};
//! let closes = [("2025-08-27", 200.0), ("2025-08-28", 210.0), ("2025-08-29", 189.0)];
//! let query: Query = "distance_from_high(RUT, @2025-08-29)".parse().unwrap();
//! let percent = Evaluator::new(&example(&closes)).answer(&query).number().unwrap();
//! assert!((percent + 10.0).abs() < 1e-9);
//! ```
//!
//! # References
//! George, Hwang (2004), The 52-Week High and Momentum Investing, Journal of Finance 59(5), section
//! I (there as the ratio of price to high).

use crate::answer::{Outcome, Undefined, finite};
use crate::definition::params::{BASIS, PERIOD, SINCE, SUBJECT};
use crate::definition::{Definition, Golden, Law, Metric, UnitRule};
use crate::quantity::Unit;
use crate::query::Scope;
use crate::time::Interval;

/// See the header.
pub static METRIC: Metric = Metric {
    definition: Definition {
        name: "distance_from_high",
        unit: UnitRule::Fixed(Unit::Fraction),
        spelling: None,
        params: &[&SUBJECT, &PERIOD, &SINCE, &BASIS],
        example: "distance_from_high(RUT, @2025-04-08, since: 2024-09)",
        phrases: &["{value} below its high", "{value} off its record", "{value} from its peak"],
        revision: 1,
        source: include_str!("distance_from_high.rs"),
    },
    compute,
    laws: &[Law::ScaleInvariant, Law::WithinOne, Law::NotPositive],
    golden: &[Golden {
        query: "distance_from_high(SPX, @2025-04-08, since: 2024-12-12)",
        want: -18.9,
        within: 0.05,
        from: "Associated Press, 2025-04-08: the S&P 500 ends 18.9% below its record of February",
    }],
};

fn compute(scope: &Scope<'_>) -> Result<Outcome, Undefined> {
    let end = scope.end(&PERIOD)?;
    let series = scope.series(&SUBJECT, &BASIS)?;
    let close = scope.close(series, end)?;
    let (high, notice) = scope.high((&SUBJECT, &BASIS, &SINCE), end)?;
    if !high.is_complete {
        return Err(scope.higher_unknown(series, end));
    }
    let distance = scope.growth(series, high.observation, close)? - 1.0;
    Ok(Outcome {
        quantity: finite(distance, Unit::Fraction)?,
        interval: Some(Interval::between(high.observation.date, end)),
        rows: vec![scope.row(series, high.observation), scope.row(series, close)],
        notices: notice.into_iter().collect(),
    })
}
