//! MFI: the money flow index, the share of rising sessions in the money traded of the last ones.
//!
//! # Definition
//! $$ T_t = (H_t + L_t + P_t) / 3 $$
//! $$ MFI_e = 100\, \frac{F^+}{F^+ + F^-}, \qquad F^{\pm} = \sum_{i=0}^{n-1} T_{e-i} V_{e-i} $$
//! where $H_t$, $L_t$, $P_t$ and $V_t$ are the high, the low, the close and the volume of session
//! $t$, $e$ the last session of the period and $n$ the number of `sessions`; $F^+$ sums those whose
//! typical price $T_t$ is above the one before, $F^-$ those where it is below. From 0 to 100; by
//! custom above 80 is overbought, below 20 oversold.
//!
//! # Undefined when
//! No typical price differs from the one before, or nothing was traded when one did
//! (`zero_variance`); a volume is missing (`incomplete`); otherwise as for `atr`.
//!
//! # Example
//! ```
//! # use kinglet_core::{query::{Evaluator, Query}, view::example_bars};
//! // 100 x 300 on a day that fell, 110 x 300 on one that rose: 33000 of 63000.
//! let view = example_bars(&[
//!     ("2025-08-27", [103.0, 101.0, 102.0, 900.0]),
//!     ("2025-08-28", [102.0, 98.0, 100.0, 300.0]),
//!     ("2025-08-29", [112.0, 108.0, 110.0, 300.0]),
//! ]);
//! let query: Query = "mfi(IWM, @2025-08-29, sessions: 2)".parse().unwrap();
//! assert_eq!(Evaluator::new(&view).answer(&query).display(), "52.38");
//! ```
//!
//! # References
//! Quong, Soudack (1989), Volume-Weighted RSI: Money Flow, Technical Analysis of Stocks &
//! Commodities 7(3).

use crate::answer::{Outcome, Undefined, finite};
use crate::columns::Bar;
use crate::definition::params::{PERIOD, SUBJECT};
use crate::definition::{Definition, Golden, Law, Metric, Param, ParamKind, UnitRule};
use crate::numeric::sum;
use crate::quantity::Unit;
use crate::query::{Scope, volumes};

static SESSIONS: Param = Param::with_default(
    "sessions",
    ParamKind::Number(Unit::Ratio),
    "14",
    "over how many sessions money flows are summed",
);

/// See the header.
pub static METRIC: Metric = Metric {
    definition: Definition {
        name: "mfi",
        unit: UnitRule::Fixed(Unit::Ratio),
        spelling: None,
        params: &[&SUBJECT, &PERIOD, &SESSIONS],
        example: "mfi(IWM, @2025-09-26)",
        phrases: &["a money flow index of {value}", "an mfi of {value}"],
        code: None,
        revision: 1,
        source: include_str!("mfi.rs"),
    },
    compute,
    laws: &[Law::ScaleInvariant, Law::NotNegative],
    golden: &[Golden {
        query: "mfi(IWM, @2025-09-26)",
        want: 54.574_918_638,
        within: 0.000_001,
        from: "TA-Lib 0.8.2 (C library 0.8.1) over etf/IWM_ohlcv_daily.csv.gz: \
               talib.MFI(high, low, close, volume, 14)",
    }],
};

fn typical(bar: &Bar) -> f64 {
    (bar.high + bar.low + bar.close) / 3.0
}

fn compute(scope: &Scope<'_>) -> Result<Outcome, Undefined> {
    let end = scope.end(&PERIOD)?;
    let bars = scope.bars(&SUBJECT)?;
    let sessions = usize::from(scope.whole(&SESSIONS)?);
    let used = scope.unbroken_bars(bars, end, sessions + 1..=sessions + 1)?;
    let prices: Vec<f64> = used.iter().map(typical).collect();
    let flows = volumes(bars, &used[1..])?;
    let flows = prices.windows(2).zip(flows).map(|(pair, volume)| (pair, pair[1] * volume));
    let flows: Vec<(f64, f64)> = flows.map(|(pair, flow)| (pair[1] - pair[0], flow)).collect();
    let sum_of = |picked: fn(f64) -> bool| {
        sum(flows.iter().filter(|(change, _)| picked(*change)).map(|(_, flow)| *flow))
    };
    let (rising, falling) = (sum_of(|change| change > 0.0), sum_of(|change| change < 0.0));
    if rising + falling == 0.0 {
        let reason = format!("no money moves {} in {sessions} sessions through {end}", bars.id);
        return Err(Undefined::new("zero_variance", reason));
    }
    let index = finite(100.0 * (rising / (rising + falling)), Unit::Ratio)?;
    Ok(scope.bars_outcome(bars, used, index))
}
