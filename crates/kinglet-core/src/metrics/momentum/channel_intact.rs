//! Channel intact: whether a channel slopes up, or down, and the close has not left it.
//!
//! # Definition
//! $$ b > 0 \text{ and } P_e \ge \hat P_e - w s \quad\text{for } side: up $$
//! $$ b < 0 \text{ and } P_e \le \hat P_e + w s \quad\text{for } side: down $$
//! where $P_e$ is the close of the last session of the period and $b$, $\hat P_e$, $w$ and $s$ are
//! slope, middle, width and standard error of the `regression_channel` over as many `sessions`. A
//! close beyond the line on the side of the trend leaves it intact.
//!
//! Its phrases print no figure, so that the auditor reads no claim in them.
//!
//! # Undefined when
//! As for `regression_channel`.
//!
//! # Example
//! ```
//! # use kinglet_core::{query::Evaluator, view::example};
//! let closes = [("2025-08-27", 99.0), ("2025-08-28", 104.0), ("2025-08-29", 103.0)];
//! let view = example(&closes);
//! let answer = |text: &str| Evaluator::new(&view).answer(&text.parse().unwrap()).display();
//! assert_eq!(answer("channel_intact(RUT, @2025-08-29, sessions: 3)"), "yes");
//! assert_eq!(answer("channel_intact(RUT, @2025-08-29, sessions: 3, side: down)"), "no");
//! ```
//!
//! # References
//! Murphy (1999), Technical Analysis of the Financial Markets, chapter 4 (trend channels).

use super::moving_average::{SESSIONS, outcome};
use super::regression_channel::{Line, WIDTH};
use crate::answer::{Outcome, Undefined, finite};
use crate::definition::params::{BASIS, PERIOD, SUBJECT};
use crate::definition::{Definition, Golden, Law, Metric, Param, ParamKind, UnitRule};
use crate::quantity::Unit;
use crate::query::Scope;

static SIDE: Param = Param::with_default(
    "side",
    ParamKind::Choice(&["up", "down"]),
    "up",
    "whether an upward or a downward channel is meant",
);

/// See the header.
pub static METRIC: Metric = Metric {
    definition: Definition {
        name: "channel_intact",
        unit: UnitRule::Fixed(Unit::Truth),
        spelling: None,
        params: &[&SUBJECT, &PERIOD, &SESSIONS, &SIDE, &WIDTH, &BASIS],
        example: "channel_intact(RUT, @2025-08-29, sessions: 120)",
        phrases: &["an intact upward channel", "an intact uptrend"],
        code: None,
        revision: 1,
        source: include_str!("channel_intact.rs"),
    },
    compute,
    laws: &[Law::ScaleInvariant],
    golden: &[Golden {
        query: "channel_intact(RUT, @2025-08-29, sessions: 120)",
        want: 1.0,
        within: 0.0,
        from: "TA-Lib 0.8.2 (C library 0.8.1) and statsmodels 0.15.0 over the facts: \
               talib.LINEARREG_SLOPE(close, 120) = 3.404, lower line 2172.04, close 2366.42",
    }],
};

fn compute(scope: &Scope<'_>) -> Result<Outcome, Undefined> {
    let series = scope.series(&SUBJECT, &BASIS)?;
    let line = Line::of(scope)?;
    let off = line.closes[line.closes.len() - 1].value - line.end;
    let is_intact = match scope.choice(&SIDE) {
        "down" => line.slope < 0.0 && off <= line.reach,
        _ => line.slope > 0.0 && off >= -line.reach,
    };
    let truth = finite(f64::from(u8::from(is_intact)), Unit::Truth)?;
    Ok(outcome(scope, series, &line.closes, truth))
}
