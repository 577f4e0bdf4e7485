//! MACD: the distance of two exponential averages of closes, its own average, or their difference.
//!
//! # Definition
//! $$ M_t = A^{fast}_t - A^{slow}_t, \qquad S_t = A(M)_t, \qquad H_t = M_t - S_t $$
//! where $A^{fast}$ and $A^{slow}$ are exponential averages of closes over `fast` and `slow`
//! sessions and $A(M)$ that of the line over `smoothing` sessions, by the recursion of
//! `moving_average`. `value` chooses the `line` $M_e$, the `signal` $S_e$ or the `histogram` $H_e$
//! of the last session $e$ of the period. Both averages of closes begin with the same session, the
//! first for which the unbroken stretch of sessions that ends with $e$ gives the slow one: each
//! with the simple average of the closes through it.
//!
//! # Undefined when
//! `fast` is not less than `slow` (`period_empty`); there are fewer than `slow` + `smoothing` - 1
//! closes without a gap through $e$ (`too_short`); otherwise as for `moving_average`.
//!
//! # Example
//! ```
//! # use kinglet_core::{query::{Evaluator, Query}, view::example};
//! let view = example(&[("2025-08-27", 100.0), ("2025-08-28", 104.0), ("2025-08-29", 108.0)]);
//! let answer = |text: &str| Evaluator::new(&view).answer(&text.parse().unwrap()).number();
//! // The fast average is the close, the slow one 102, then 106: two below it on both days.
//! let text = "macd(RUT, @2025-08-29, fast: 1, slow: 2, smoothing: 2)";
//! assert!((answer(text).unwrap() - 2.0).abs() < 1e-9);
//! ```
//!
//! # References
//! Appel (2005), Technical Analysis: Power Tools for Active Investors, chapter 8.

use super::moving_average::{exponential, outcome, values};
use crate::answer::{Outcome, Undefined, finite};
use crate::definition::params::{BASIS, PERIOD, SUBJECT};
use crate::definition::{Definition, Golden, Law, Metric, Param, ParamKind, UnitRule};
use crate::quantity::Unit;
use crate::query::Scope;

const COUNT: ParamKind = ParamKind::Number(Unit::Ratio);
static VALUE: Param = Param::with_default(
    "value",
    ParamKind::Choice(&["line", "signal", "histogram"]),
    "line",
    "the distance of the averages, its own average, or the first less the second",
);
static FAST: Param =
    Param::with_default("fast", COUNT, "12", "over how many sessions the fast average is");
static SLOW: Param =
    Param::with_default("slow", COUNT, "26", "over how many sessions the slow average is");
static SMOOTHING: Param =
    Param::with_default("smoothing", COUNT, "9", "over how many sessions the signal is");

/// See the header.
pub static METRIC: Metric = Metric {
    definition: Definition {
        name: "macd",
        unit: UnitRule::Subject,
        spelling: None,
        params: &[&SUBJECT, &PERIOD, &VALUE, &FAST, &SLOW, &SMOOTHING, &BASIS],
        example: "macd(RUT, @2025-08-29)",
        phrases: &["a macd of {value}", "a macd line of {value}"],
        code: None,
        revision: 1,
        source: include_str!("macd.rs"),
    },
    compute,
    laws: &[Law::ScaleEquivariant],
    golden: &[
        Golden {
            query: "macd(RUT, @2025-08-29)",
            want: 38.246_072_882,
            within: 0.000_001,
            from: "TA-Lib 0.8.2 (C library 0.8.1) over the facts (month ends from their own \
                   table): talib.MACD(close, 12, 26, 9)[0]",
        },
        Golden {
            query: "macd(RUT, @2025-08-29, value: signal)",
            want: 30.202_858_532,
            within: 0.000_001,
            from: "TA-Lib 0.8.2 (C library 0.8.1) over the facts (month ends from their own \
                   table): talib.MACD(close, 12, 26, 9)[1]",
        },
        Golden {
            query: "macd(RUT, @2025-08-29, value: histogram)",
            want: 8.043_214_35,
            within: 0.000_001,
            from: "TA-Lib 0.8.2 (C library 0.8.1) over the facts (month ends from their own \
                   table): talib.MACD(close, 12, 26, 9)[2]",
        },
    ],
};

fn compute(scope: &Scope<'_>) -> Result<Outcome, Undefined> {
    let end = scope.end(&PERIOD)?;
    let series = scope.series(&SUBJECT, &BASIS)?;
    let count = |param| scope.whole(param).map(usize::from);
    let (fast, slow, smoothing) = (count(&FAST)?, count(&SLOW)?, count(&SMOOTHING)?);
    if fast >= slow {
        let reason = format!("the fast average, {fast}, is not shorter than the slow one, {slow}");
        return Err(Undefined::new("period_empty", reason));
    }
    let closes = scope.unbroken(series, end, slow + smoothing - 1..=usize::MAX)?;
    let values = values(&closes);
    let quick = exponential(&values[slow - fast..], fast);
    let line: Vec<f64> =
        quick.iter().zip(exponential(&values, slow)).map(|(fast, slow)| fast - slow).collect();
    let signal = exponential(&line, smoothing);
    let (line, signal) = (line[line.len() - 1], signal[signal.len() - 1]);
    let value = match scope.choice(&VALUE) {
        "line" => line,
        "signal" => signal,
        _ => line - signal,
    };
    Ok(outcome(scope, series, &closes, finite(value, series.unit)?))
}
