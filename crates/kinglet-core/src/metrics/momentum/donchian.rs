//! Donchian channel: the highest or lowest price of the last sessions, or the middle of the two.
//!
//! # Definition
//! $$ U = \max_{0 \le i < n} P_{e-i}, \qquad L = \min_{0 \le i < n} P_{e-i} $$
//! $$ M = (U + L) / 2 $$
//! where $P_t$ is the close of session $t$, $e$ the last session of the period, which counts, and
//! $n$ the number of `sessions`. `bound` chooses the `upper` $U$, the `middle` $M$ or the `lower`
//! $L$. `of: extremes` takes the highs for $U$ and the lows for $L$, adjusted for splits, not for
//! distributions.
//!
//! # Undefined when
//! As for `moving_average`; of extremes, as for `atr`, and for total returns (`no_bars`).
//!
//! # Example
//! ```
//! # use kinglet_core::{query::{Evaluator, Query}, view::example};
//! let view = example(&[("2025-08-27", 120.0), ("2025-08-28", 100.0), ("2025-08-29", 110.0)]);
//! let answer = |text: &str| Evaluator::new(&view).answer(&text.parse().unwrap()).number();
//! assert_eq!(answer("donchian(RUT, @2025-08-29, sessions: 2)"), Some(110.0));
//! assert_eq!(answer("donchian(RUT, @2025-08-29, sessions: 3, bound: middle)"), Some(110.0));
//! ```
//!
//! # References
//! Donchian (1960), High Finance in Copper, Financial Analysts Journal 16(6); Murphy (1999),
//! Technical Analysis of the Financial Markets, chapter 9.

use super::moving_average::outcome;
use crate::answer::{Outcome, Undefined, finite};
use crate::definition::params::{BASIS, PERIOD, SUBJECT};
use crate::definition::{Definition, Golden, Law, Metric, Param, ParamKind, UnitRule};
use crate::identity::Basis;
use crate::quantity::Unit;
use crate::query::Scope;

static SESSIONS: Param = Param::with_default(
    "sessions",
    ParamKind::Number(Unit::Ratio),
    "20",
    "over how many sessions, the last one counted",
);

static BOUND: Param = Param::with_default(
    "bound",
    ParamKind::Choice(&["upper", "middle", "lower"]),
    "upper",
    "which line of the channel",
);

static OF: Param = Param::with_default(
    "of",
    ParamKind::Choice(&["closes", "extremes"]),
    "closes",
    "whether closes count, or the highs and lows of sessions",
);

/// See the header.
pub static METRIC: Metric = Metric {
    definition: Definition {
        name: "donchian",
        unit: UnitRule::Subject,
        spelling: None,
        params: &[&SUBJECT, &PERIOD, &SESSIONS, &BOUND, &OF, &BASIS],
        example: "donchian(RUT, @2025-08-29)",
        phrases: &["a donchian channel up to {value}", "the top of its channel at {value}"],
        code: None,
        revision: 1,
        source: include_str!("donchian.rs"),
    },
    compute,
    laws: &[Law::ScaleEquivariant, Law::NotNegative],
    golden: &[
        Golden {
            query: "donchian(RUT, @2025-08-29)",
            want: 2378.41,
            within: 0.000_001,
            from: "TA-Lib 0.8.2 (C library 0.8.1) over the facts (month ends from their own \
                   table): talib.MAX(close, 20)",
        },
        Golden {
            query: "donchian(RUT, @2025-08-29, bound: lower)",
            want: 2212.30,
            within: 0.000_001,
            from: "TA-Lib 0.8.2 (C library 0.8.1) over the facts (month ends from their own \
                   table): talib.MIN(close, 20)",
        },
        Golden {
            query: "donchian(IWM, @2025-09-26, of: extremes)",
            want: 247.179_993,
            within: 0.000_001,
            from: "TA-Lib 0.8.2 (C library 0.8.1) over etf/IWM_ohlcv_daily.csv.gz: \
                   talib.MAX(high, 20)",
        },
        Golden {
            query: "donchian(RUT, @2025-08-29, bound: middle)",
            want: 2295.355,
            within: 0.000_001,
            from: "TA-Lib 0.8.2 (C library 0.8.1) over the facts (month ends from their own \
                   table): talib.MIDPOINT(close, 20)",
        },
    ],
};

/// A line of the channel of some lows and highs.
fn line(scope: &Scope<'_>, prices: impl Iterator<Item = (f64, f64)>) -> f64 {
    let widest = |(lower, upper): (f64, f64), (low, high)| (lower.min(low), upper.max(high));
    let (lower, upper) = prices.fold((f64::INFINITY, f64::NEG_INFINITY), widest);
    match scope.choice(&BOUND) {
        "upper" => upper,
        "lower" => lower,
        _ => (upper + lower) / 2.0,
    }
}

fn compute(scope: &Scope<'_>) -> Result<Outcome, Undefined> {
    let end = scope.end(&PERIOD)?;
    let sessions = usize::from(scope.whole(&SESSIONS)?);
    if scope.choice(&OF) == "extremes" {
        if scope.basis(&BASIS) == Basis::Total {
            return Err(Undefined::new("no_bars", "highs and lows are prices, not total returns"));
        }
        let bars = scope.bars(&SUBJECT)?;
        let used = scope.unbroken_bars(bars, end, sessions..=sessions)?;
        let value = line(scope, used.iter().map(|bar| (bar.low, bar.high)));
        return Ok(scope.bars_outcome(bars, used, finite(value, bars.unit)?));
    }
    let series = scope.series(&SUBJECT, &BASIS)?;
    let closes = scope.unbroken(series, end, sessions..=sessions)?;
    let value = line(scope, closes.iter().map(|close| (close.value, close.value)));
    Ok(outcome(scope, series, &closes, finite(value, series.unit)?))
}
