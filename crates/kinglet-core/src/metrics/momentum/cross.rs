//! Cross: whether the shorter of two moving averages stands above the longer one.
//!
//! # Definition
//! $$ A^{fast}_e > A^{slow}_e $$
//! where $A^{fast}$ and $A^{slow}$ are the `moving_average` over `fast` and over `slow` sessions,
//! of the same `kind`, and $e$ the last session of the period. Yes after a golden cross, no after a
//! death cross: the session of either is the first in which the answer changes, and
//! `streak(cross(RUT, day), ending: D)` counts the sessions since. Equal averages are no.
//!
//! Its phrases print no figure, so that the auditor reads no claim in them.
//!
//! # Undefined when
//! `fast` is not less than `slow` (`period_empty`); and as for `moving_average`, of either.
//!
//! # Example
//! ```
//! # use kinglet_core::{query::{Evaluator, Query}, view::example};
//! let view = example(&[("2025-08-27", 90.0), ("2025-08-28", 100.0), ("2025-08-29", 110.0)]);
//! let query: Query = "cross(RUT, @2025-08-29, fast: 2, slow: 3)".parse().unwrap();
//! assert_eq!(Evaluator::new(&view).answer(&query).display(), "yes");
//! ```
//!
//! # References
//! Brock, Lakonishok, LeBaron (1992), Simple Technical Trading Rules and the Stochastic Properties
//! of Stock Returns, Journal of Finance 47(5), section II (there with the averages 1-50 to 5-200).

use super::moving_average::{KIND, average, outcome};
use crate::answer::{Outcome, Undefined, finite};
use crate::definition::params::{BASIS, PERIOD, SUBJECT};
use crate::definition::{Definition, Golden, Law, Metric, Param, ParamKind, UnitRule};
use crate::quantity::Unit;
use crate::query::Scope;

const COUNT: ParamKind = ParamKind::Number(Unit::Ratio);
static FAST: Param =
    Param::with_default("fast", COUNT, "50", "over how many sessions the shorter average is");
static SLOW: Param =
    Param::with_default("slow", COUNT, "200", "over how many sessions the longer average is");

/// See the header.
pub static METRIC: Metric = Metric {
    definition: Definition {
        name: "cross",
        unit: UnitRule::Fixed(Unit::Truth),
        spelling: None,
        params: &[&SUBJECT, &PERIOD, &FAST, &SLOW, &KIND, &BASIS],
        example: "cross(RUT, @2025-08-29)",
        phrases: &["a golden cross", "a death cross"],
        code: None,
        revision: 1,
        source: include_str!("cross.rs"),
    },
    compute,
    laws: &[Law::ScaleInvariant],
    golden: &[
        Golden {
            query: "cross(RUT, @2025-08-05)",
            want: 0.0,
            within: 0.0,
            from: "TA-Lib 0.8.2 (C library 0.8.1) over the facts (month ends from their own \
                   table): talib.SMA(close, 50) > talib.SMA(close, 200)",
        },
        Golden {
            query: "cross(RUT, @2025-08-06)",
            want: 1.0,
            within: 0.0,
            from: "TA-Lib 0.8.2 (C library 0.8.1) over the facts (month ends from their own \
                   table): talib.SMA(close, 50) > talib.SMA(close, 200)",
        },
    ],
};

fn compute(scope: &Scope<'_>) -> Result<Outcome, Undefined> {
    let end = scope.end(&PERIOD)?;
    let series = scope.series(&SUBJECT, &BASIS)?;
    let (fast, slow) = (usize::from(scope.whole(&FAST)?), usize::from(scope.whole(&SLOW)?));
    if fast >= slow {
        let reason = format!("the fast average, {fast}, is not shorter than the slow one, {slow}");
        return Err(Undefined::new("period_empty", reason));
    }
    let (longer, closes) = average(scope, series, end, slow)?;
    let (shorter, _) = average(scope, series, end, fast)?;
    let distance = finite(shorter - longer, series.unit)?;
    let is_above = f64::from(u8::from(distance.value > 0.0));
    Ok(outcome(scope, series, &closes, finite(is_above, Unit::Truth)?))
}
