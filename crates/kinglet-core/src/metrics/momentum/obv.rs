//! OBV: on-balance volume, the volume of sessions that rose less that of sessions that fell.
//!
//! # Definition
//! $$ OBV = \sum_{b < t \le e} \operatorname{sgn}(P_t - P_{t-1})\, V_t $$
//! where $P_t$ is the close and $V_t$ the shares traded of session $t$, over the sessions after the
//! base $b$ of the period through its end $e$. An unchanged close adds nothing. The line of charts
//! is this sum since wherever they begin, so that only its change over a period says something.
//! Closes are adjusted for splits, not for distributions.
//!
//! # Undefined when
//! The data have no volumes of the subject (`no_bars`) or lack one of the period (`incomplete`), a
//! bar of the period is missing (`too_short`, `no_observation`), the period is one moment
//! (`period_kind`), or it ends after the data (`outside_coverage`).
//!
//! # Example
//! ```
//! # use kinglet_core::{query::{Evaluator, Query}, view::example_bars};
//! // 300 on the day that rose less 200 on the day that fell.
//! let view = example_bars(&[
//!     ("2025-08-27", [103.0, 100.0, 102.0, 900.0]),
//!     ("2025-08-28", [101.0, 99.0, 100.0, 200.0]),
//!     ("2025-08-29", [105.0, 101.0, 104.0, 300.0]),
//! ]);
//! let query: Query = "obv(IWM, 2025-08-27..2025-08-29)".parse().unwrap();
//! assert_eq!(Evaluator::new(&view).answer(&query).display(), "100");
//! ```
//!
//! # References
//! Granville (1963), Granville's New Key to Stock Market Profits; Murphy (1999), Technical Analysis
//! of the Financial Markets, chapter 7.

use crate::answer::{Outcome, Undefined, finite};
use crate::definition::params::{PERIOD, SUBJECT};
use crate::definition::{Definition, Golden, Law, Metric, UnitRule};
use crate::numeric::sum;
use crate::quantity::Unit;
use crate::query::{Scope, volumes};

/// See the header.
pub static METRIC: Metric = Metric {
    definition: Definition {
        name: "obv",
        unit: UnitRule::Fixed(Unit::Count),
        spelling: None,
        params: &[&SUBJECT, &PERIOD],
        example: "obv(IWM, 2020-03-18..2025-09-26)",
        phrases: &[
            "on-balance volume rose by {value}",
            "an on-balance volume of {value}",
            "obv of {value}",
        ],
        code: None,
        revision: 1,
        source: include_str!("obv.rs"),
    },
    compute,
    laws: &[Law::ScaleInvariant, Law::Adds],
    golden: &[
        Golden {
            query: "obv(IWM, 2020-03-18..2025-09-26)",
            want: 690_651_300.0,
            within: 0.0,
            from: "TA-Lib 0.8.2 (C library 0.8.1) over etf/IWM_ohlcv_daily.csv.gz: \
                   obv = talib.OBV(close, volume); obv['2025-09-26'] - obv['2020-03-18']",
        },
        Golden {
            query: "obv(IWM, 2010-06-30..2020-03-18)",
            want: 2_154_681_100.0,
            within: 0.0,
            from: "TA-Lib 0.8.2 (C library 0.8.1) over etf/IWM_ohlcv_daily.csv.gz: \
                   obv = talib.OBV(close, volume); obv['2020-03-18'] - obv['2010-06-30']",
        },
    ],
};

fn compute(scope: &Scope<'_>) -> Result<Outcome, Undefined> {
    let (base, end) = scope.change(&PERIOD)?;
    let bars = scope.bars(&SUBJECT)?;
    let count = scope.calendar().between(base, end).len();
    let used = scope.unbroken_bars(bars, end, count..=count)?;
    let volumes = volumes(bars, &used[1..])?;
    let closes = used.windows(2).map(|pair| pair[1].close - pair[0].close);
    let signed = closes.zip(volumes).map(|(change, volume)| match change {
        rise if rise > 0.0 => volume,
        fall if fall < 0.0 => -volume,
        _ => 0.0,
    });
    let balance = finite(sum(signed), Unit::Count)?;
    Ok(scope.bars_outcome(bars, used, balance))
}
