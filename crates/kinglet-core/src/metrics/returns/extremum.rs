//! Extremum: the highest or lowest close of a period.
//!
//! # Definition
//! $$ M = \max_{b < t \le e} P_t \quad\text{or}\quad \min_{b < t \le e} P_t $$
//! where $P_t$ is the close of session $t$, $b$ the base session of the period, whose close does
//! not belong to it, and $e$ its last session. The row tells the first day on which it was
//! reached.
//!
//! # Undefined when
//! A close of the period is missing (`incomplete`, `no_observation`), there is no such series
//! (`no_series`), or the period ends after the data (`outside_coverage`).
//!
//! # Example
//! ```
//! # use kinglet_core::{query::{Evaluator, Query}, view::example};
//! let closes = [("2025-07-31", 220.0), ("2025-08-28", 200.0), ("2025-08-29", 214.0)];
//! let query: Query = "extremum(RUT, 2025-08, kind: highest)".parse().unwrap();
//! assert_eq!(Evaluator::new(&example(&closes)).answer(&query).number(), Some(214.0));
//! ```
//!
//! # References
//! Feller (1971), An Introduction to Probability Theory and Its Applications, volume 2, section
//! I.7.

use crate::answer::{Outcome, Undefined, finite};
use crate::definition::params::{BASIS, PERIOD, SUBJECT};
use crate::definition::{ClaimCode, Definition, Golden, Law, Metric, Param, ParamKind, UnitRule};
use crate::query::Scope;
use crate::time::Interval;

static KIND: Param = Param::with_default(
    "kind",
    ParamKind::Choice(&["highest", "lowest"]),
    "highest",
    "the highest or the lowest close",
);

/// See the header.
pub static METRIC: Metric = Metric {
    definition: Definition {
        name: "extremum",
        unit: UnitRule::Subject,
        spelling: None,
        params: &[&SUBJECT, &PERIOD, &KIND, &BASIS],
        example: "extremum(RUT, 2025, kind: lowest)",
        phrases: &[
            "a low of {value}",
            "a high of {value}",
            "bottomed at {value}",
            "peaked at {value}",
        ],
        code: Some(ClaimCode::Settled("level")),
        revision: 1,
        source: include_str!("extremum.rs"),
    },
    compute,
    laws: &[Law::ScaleEquivariant, Law::NotNegative],
    golden: &[Golden {
        query: "extremum(SPX, 2025, kind: lowest)",
        want: 4982.77,
        within: 0.005,
        from: "Associated Press, 2025-04-08: the S&P 500 closes at 4,982.77, the low of the year",
    }],
};

fn compute(scope: &Scope<'_>) -> Result<Outcome, Undefined> {
    let (from, to) = scope.change(&PERIOD)?;
    let series = scope.series(&SUBJECT, &BASIS)?;
    let first = scope.calendar().offset(from, 1)?;
    let closes = scope.path(series, (first, to))?;
    let highest = scope.choice(&KIND) == "highest";
    let better = |a: f64, b: f64| if highest { a > b } else { a < b };
    let mut found = closes[0];
    for close in closes.iter() {
        if better(close.value, found.value) {
            found = *close;
        }
    }
    Ok(Outcome {
        quantity: finite(found.value, series.unit)?,
        interval: Some(Interval::between(from, to)),
        rows: vec![scope.row(series, found)],
        notices: Vec::new(),
    })
}
