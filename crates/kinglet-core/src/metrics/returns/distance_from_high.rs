//! Distance from high: how far a close stands below the highest close so far.
//!
//! # Definition
//! $$ d = P_e / \max_{s \le t \le e} P_t - 1 $$
//! where $P_t$ is the close of session $t$, $e$ the last session of the period (`@2025-09-18`: that
//! day) and $s$ the first session on or after `since`, or the first of the series; or else the
//! first of the last `sessions`, of which 252 are the 52-week high. Zero at a high, negative below
//! it.
//!
//! # Undefined when
//! A close from $s$ to $e$ is missing (`incomplete`, `no_observation`), the high is not positive
//! (`not_positive`), the series begins more than a year after `since` or the period ends after the
//! data (`outside_coverage`), or there is no such series (`no_series`). With `sessions`, there are
//! fewer closes without a gap (`too_short`), it is not a whole number from 1 (`not_whole`), or
//! `since` is given, too (`outside_domain`).
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

use crate::answer::{Notice, Outcome, Undefined, finite};
use crate::columns::{Observation, Series};
use crate::definition::params::{BASIS, PERIOD, SINCE, SUBJECT};
use crate::definition::{ClaimCode, Definition, Golden, Law, Metric, Param, ParamKind, UnitRule};
use crate::quantity::Unit;
use crate::query::Scope;
use crate::time::{Date, Interval};

static SESSIONS: Param = Param::optional(
    "sessions",
    ParamKind::Number(Unit::Ratio),
    "the high of how many sessions, the last one counted; default: all since `since`",
);

/// See the header.
pub static METRIC: Metric = Metric {
    definition: Definition {
        name: "distance_from_high",
        unit: UnitRule::Fixed(Unit::Fraction),
        spelling: None,
        params: &[&SUBJECT, &PERIOD, &SINCE, &SESSIONS, &BASIS],
        example: "distance_from_high(RUT, @2025-04-08, since: 2024-09)",
        phrases: &[
            "was {value} below its high",
            "stood {value} below its peak",
            "closed {value} off its high",
        ],
        code: Some(ClaimCode::Open("distance_from_high")),
        revision: 1,
        source: include_str!("distance_from_high.rs"),
    },
    compute,
    laws: &[Law::ScaleInvariant, Law::WithinOne, Law::NotPositive],
    golden: &[
        Golden {
            query: "distance_from_high(SPX, @2025-04-08, since: 2024-12-12)",
            want: -18.9,
            within: 0.05,
            from: "Associated Press, 2025-04-08: the S&P 500 ends 18.9% below its record of \
                   February",
        },
        Golden {
            query: "distance_from_high(RUT, @2025-08-29, sessions: 252)",
            want: -3.096_194_559,
            within: 0.000_001,
            from: "TA-Lib 0.8.2 (C library 0.8.1) over the facts: \
                   close / talib.MAX(close, 252) - 1",
        },
    ],
};

fn compute(scope: &Scope<'_>) -> Result<Outcome, Undefined> {
    let end = scope.end(&PERIOD)?;
    let series = scope.series(&SUBJECT, &BASIS)?;
    let close = scope.close(series, end)?;
    let (high, notice) = match scope.number_given(&SESSIONS) {
        Some(_) => (high_of_last(scope, series, end)?, None),
        None => high_since(scope, series, end)?,
    };
    let distance = scope.growth(series, high, close)? - 1.0;
    Ok(Outcome {
        quantity: finite(distance, Unit::Fraction)?,
        interval: Some(Interval::between(high.date, end)),
        rows: vec![scope.row(series, high), scope.row(series, close)],
        notices: notice.into_iter().collect(),
    })
}

fn high_since(
    scope: &Scope<'_>,
    series: &Series,
    end: Date,
) -> Result<(Observation, Option<Notice>), Undefined> {
    let (high, notice) = scope.high((&SUBJECT, &BASIS, &SINCE), end)?;
    if !high.is_complete {
        return Err(scope.higher_unknown(series, end));
    }
    Ok((high.observation, notice))
}

fn high_of_last(scope: &Scope<'_>, series: &Series, end: Date) -> Result<Observation, Undefined> {
    if scope.bound(&SINCE).is_some() {
        let reason = "the high is either that of some `sessions` or that `since` a day";
        return Err(Undefined::new("outside_domain", reason));
    }
    let sessions = usize::from(scope.whole(&SESSIONS)?);
    let closes = scope.unbroken(series, end, sessions..=sessions)?;
    let higher = |high: Observation, close: &Observation| {
        if close.value > high.value { *close } else { high }
    };
    Ok(closes.iter().fold(closes[0], higher))
}
