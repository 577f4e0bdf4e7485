//! RSI: the relative strength index, the share of gains in all movement of the last sessions.
//!
//! # Definition
//! $$ RSI_e = 100\, \frac{G_e}{G_e + L_e} $$
//! $$ G_t = G_{t-1} + \frac{1}{n} (\max(P_t - P_{t-1}, 0) - G_{t-1}) $$
//! where $P_t$ is the close of session $t$, $e$ the last session of the period and $n$ the number
//! of `sessions`. $L_t$ is formed as $G_t$ from losses $\max(P_{t-1} - P_t, 0)$. Both begin with
//! the simple average of the first $n$ changes of the unbroken stretch of sessions that ends with
//! $e$; the answer names the first of them. From 0 to 100; by custom above 70 is overbought, below
//! 30 oversold.
//!
//! # Undefined when
//! No close of the stretch differs from the one before (`zero_variance`); there are fewer than
//! $n + 1$ closes without a gap through $e$ (`too_short`); otherwise as for `moving_average`.
//!
//! # Example
//! ```
//! # use kinglet_core::{query::{Evaluator, Query}, view::example};
//! // Gains of 3, losses of 1: 3 / (3 + 1).
//! let view = example(&[("2025-08-27", 100.0), ("2025-08-28", 103.0), ("2025-08-29", 102.0)]);
//! let query: Query = "rsi(RUT, @2025-08-29, sessions: 2)".parse().unwrap();
//! assert_eq!(Evaluator::new(&view).answer(&query).display(), "75.00");
//! ```
//!
//! # References
//! Wilder (1978), New Concepts in Technical Trading Systems, section VI.

use super::moving_average::{outcome, values};
use crate::answer::{Outcome, Undefined, finite};
use crate::definition::params::{BASIS, PERIOD, SUBJECT};
use crate::definition::{Definition, Golden, Law, Metric, Param, ParamKind, UnitRule};
use crate::numeric::sum;
use crate::quantity::Unit;
use crate::query::Scope;

static SESSIONS: Param = Param::with_default(
    "sessions",
    ParamKind::Number(Unit::Ratio),
    "14",
    "over how many sessions gains and losses are averaged",
);

/// See the header.
pub static METRIC: Metric = Metric {
    definition: Definition {
        name: "rsi",
        unit: UnitRule::Fixed(Unit::Ratio),
        spelling: None,
        params: &[&SUBJECT, &PERIOD, &SESSIONS, &BASIS],
        example: "rsi(RUT, @2025-08-29)",
        phrases: &["an rsi of {value}", "a relative strength index of {value}"],
        code: None,
        revision: 1,
        source: include_str!("rsi.rs"),
    },
    compute,
    laws: &[Law::ScaleInvariant, Law::NotNegative],
    golden: &[Golden {
        query: "rsi(RUT, @2025-08-29)",
        want: 64.249_032_16,
        within: 0.000_001,
        from: "TA-Lib 0.8.2 (C library 0.8.1) over the facts (month ends from their own \
                   table): talib.RSI(close, 14)",
    }],
};

fn compute(scope: &Scope<'_>) -> Result<Outcome, Undefined> {
    let end = scope.end(&PERIOD)?;
    let series = scope.series(&SUBJECT, &BASIS)?;
    let sessions = usize::from(scope.whole(&SESSIONS)?);
    let closes = scope.unbroken(series, end, sessions + 1..=usize::MAX)?;
    let changes: Vec<f64> = values(&closes).windows(2).map(|pair| pair[1] - pair[0]).collect();
    let gain = smoothed(changes.iter().map(|change| change.max(0.0)), sessions);
    let loss = smoothed(changes.iter().map(|change| (-change).max(0.0)), sessions);
    if gain + loss == 0.0 {
        let reason = format!("{} does not move through {end}", series.id);
        return Err(Undefined::new("zero_variance", reason));
    }
    let index = finite(100.0 * (gain / (gain + loss)), Unit::Ratio)?;
    Ok(outcome(scope, series, &closes, index))
}

/// Wilder's average of values, of which there are at least as many as sessions.
pub(super) fn smoothed(mut values: impl Iterator<Item = f64>, sessions: usize) -> f64 {
    let n = sessions as f64;
    let first = sum(values.by_ref().take(sessions)) / n;
    values.fold(first, |average, value| (average * (n - 1.0) + value) / n)
}
