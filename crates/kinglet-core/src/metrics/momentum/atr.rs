//! ATR: the average true range, by how much prices move in a session, gaps included.
//!
//! # Definition
//! $$ TR_t = \max(H_t, P_{t-1}) - \min(L_t, P_{t-1}) $$
//! $$ ATR_t = ATR_{t-1} + \frac{1}{n} (TR_t - ATR_{t-1}) $$
//! where $H_t$, $L_t$ and $P_t$ are the high, the low and the close of session $t$ and $n$ the
//! number of `sessions`. It begins with the simple average of the first $n$ true ranges of the
//! unbroken stretch of bars that ends with the last session $e$ of the period; the answer names the
//! first of them. Prices are adjusted for splits, not for distributions.
//!
//! # Undefined when
//! The data have no highs and lows of the subject (`no_bars`); there are fewer than $n + 1$ bars
//! without a gap through $e$ (`too_short`); there is none of $e$ (`no_observation`); $n$ is not a
//! whole number from 1 (`not_whole`); or the period ends after the data (`outside_coverage`).
//!
//! # Example
//! ```
//! # use kinglet_core::{query::{Evaluator, Query}, view::example_bars};
//! // From 102 down to 99, then from the close of 100 up to 105: 3 and 5, 4 on average.
//! let view = example_bars(&[
//!     ("2025-08-27", [103.0, 100.0, 102.0, 1e6]),
//!     ("2025-08-28", [101.0, 99.0, 100.0, 1e6]),
//!     ("2025-08-29", [105.0, 101.0, 104.0, 1e6]),
//! ]);
//! let query: Query = "atr(IWM, @2025-08-29, sessions: 2)".parse().unwrap();
//! assert_eq!(Evaluator::new(&view).answer(&query).display(), "$4.00");
//! ```
//!
//! # References
//! Wilder (1978), New Concepts in Technical Trading Systems, section III.

use super::rsi::smoothed;
use crate::answer::{Outcome, Undefined, finite};
use crate::columns::Bar;
use crate::definition::params::{PERIOD, SUBJECT};
use crate::definition::{Definition, Golden, Law, Metric, Param, ParamKind, UnitRule};
use crate::quantity::Unit;
use crate::query::Scope;

static SESSIONS: Param = Param::with_default(
    "sessions",
    ParamKind::Number(Unit::Ratio),
    "14",
    "over how many sessions true ranges are averaged",
);

/// See the header.
pub static METRIC: Metric = Metric {
    definition: Definition {
        name: "atr",
        unit: UnitRule::Subject,
        spelling: None,
        params: &[&SUBJECT, &PERIOD, &SESSIONS],
        example: "atr(IWM, @2025-09-26)",
        phrases: &["an average true range of {value}", "an atr of {value}"],
        code: None,
        revision: 1,
        source: include_str!("atr.rs"),
    },
    compute,
    laws: &[Law::ScaleEquivariant, Law::NotNegative],
    golden: &[
        Golden {
            query: "atr(IWM, @2025-09-26)",
            want: 3.526_432_434,
            within: 0.000_001,
            from: "TA-Lib 0.8.2 (C library 0.8.1) over etf/IWM_ohlcv_daily.csv.gz: \
                   talib.ATR(high, low, close, 14)",
        },
        Golden {
            query: "atr(IWM, @2020-03-18, sessions: 20)",
            want: 6.457_060_206,
            within: 0.000_001,
            from: "TA-Lib 0.8.2 (C library 0.8.1) over etf/IWM_ohlcv_daily.csv.gz: \
                   talib.ATR(high, low, close, 20)",
        },
    ],
};

fn true_range(before: Bar, bar: Bar) -> f64 {
    bar.high.max(before.close) - bar.low.min(before.close)
}

fn compute(scope: &Scope<'_>) -> Result<Outcome, Undefined> {
    let end = scope.end(&PERIOD)?;
    let bars = scope.bars(&SUBJECT)?;
    let sessions = usize::from(scope.whole(&SESSIONS)?);
    let used = scope.unbroken_bars(bars, end, sessions + 1..=usize::MAX)?;
    let ranges = used.windows(2).map(|pair| true_range(pair[0], pair[1]));
    let average = finite(smoothed(ranges, sessions), bars.unit)?;
    Ok(scope.bars_outcome(bars, used, average))
}
