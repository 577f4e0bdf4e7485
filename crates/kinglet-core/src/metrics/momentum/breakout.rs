//! Breakout: whether a close lies beyond all closes of the sessions before it.
//!
//! # Definition
//! $$ P_e > \max_{1 \le i \le n} P_{e-i} \quad\text{for } bound: upper $$
//! $$ P_e < \min_{1 \le i \le n} P_{e-i} \quad\text{for } bound: lower $$
//! where $P_t$ is the close of session $t$, $e$ the last session of the period and $n$ the number
//! of `sessions`: 252 are about a year, 1008 four. An equal close is none. The rows hold the close
//! that was exceeded, the first of equal ones, and the breaking one. All closes before $e$ are
//! asked by `record`, and for how long the old high stood by `time_under_high`. What followed is a
//! family: `share(return(RUT, +3m) < 0, when: breakout(RUT, day), since: 2000)` failed.
//!
//! Its phrases print no figure, so that the auditor reads no claim in them.
//!
//! # Undefined when
//! There are fewer than $n + 1$ closes without a gap through $e$ (`too_short`); otherwise as for
//! `moving_average`.
//!
//! # Example
//! ```
//! # use kinglet_core::{query::{Evaluator, Query}, view::example};
//! let view = example(&[("2025-08-27", 120.0), ("2025-08-28", 100.0), ("2025-08-29", 110.0)]);
//! let answer = |text: &str| Evaluator::new(&view).answer(&text.parse().unwrap()).display();
//! assert_eq!(answer("breakout(RUT, @2025-08-29, sessions: 1)"), "yes");
//! assert_eq!(answer("breakout(RUT, @2025-08-29, sessions: 2)"), "no");
//! ```
//!
//! # References
//! Brock, Lakonishok, LeBaron (1992), Simple Technical Trading Rules and the Stochastic Properties
//! of Stock Returns, Journal of Finance 47(5), section II (trading range break, of 50 to 200 days).

use super::moving_average::outcome;
use crate::answer::{Outcome, Undefined, finite};
use crate::definition::params::{BASIS, PERIOD, SUBJECT};
use crate::definition::{Definition, Golden, Law, Metric, Param, ParamKind, UnitRule};
use crate::quantity::Unit;
use crate::query::Scope;

static SESSIONS: Param = Param::with_default(
    "sessions",
    ParamKind::Number(Unit::Ratio),
    "252",
    "over how many sessions before it the range is",
);

static BOUND: Param = Param::with_default(
    "bound",
    ParamKind::Choice(&["upper", "lower"]),
    "upper",
    "above the range, or below it",
);

/// See the header.
pub static METRIC: Metric = Metric {
    definition: Definition {
        name: "breakout",
        unit: UnitRule::Fixed(Unit::Truth),
        spelling: None,
        params: &[&SUBJECT, &PERIOD, &SESSIONS, &BOUND, &BASIS],
        example: "breakout(RUT, @2025-08-28, sessions: 60)",
        phrases: &["broke out of its range", "a breakout from its range"],
        code: None,
        revision: 1,
        source: include_str!("breakout.rs"),
    },
    compute,
    laws: &[Law::ScaleInvariant],
    golden: &[
        Golden {
            query: "count(breakout(RUT, day, sessions: 60), since: 2025-08-01, until: 2025-08-29)",
            want: 4.0,
            within: 0.0,
            from: "pandas 3.1.1 over the facts: close > close.rolling(60).max().shift(), on \
                   2025-08-13, 22, 27 and 28",
        },
        Golden {
            query: "breakout(RUT, @2025-04-08, sessions: 60, bound: lower)",
            want: 1.0,
            within: 0.0,
            from: "pandas 3.1.1 over the facts: close < close.rolling(60).min().shift()",
        },
    ],
};

fn compute(scope: &Scope<'_>) -> Result<Outcome, Undefined> {
    let end = scope.end(&PERIOD)?;
    let series = scope.series(&SUBJECT, &BASIS)?;
    let sessions = usize::from(scope.whole(&SESSIONS)?);
    let closes = scope.unbroken(series, end, sessions + 1..=sessions + 1)?;
    let (close, range) = (closes[sessions], &closes[..sessions]);
    let sign = if scope.choice(&BOUND) == "upper" { 1.0 } else { -1.0 };
    let further = |value: f64, than: f64| sign * value > sign * than;
    let furthest = range.iter().fold(range[0], |furthest, close| {
        if further(close.value, furthest.value) { *close } else { furthest }
    });
    let truth = f64::from(u8::from(further(close.value, furthest.value)));
    let rows = [furthest, close].map(|close| scope.row(series, close)).into();
    Ok(Outcome { rows, ..outcome(scope, series, &closes, finite(truth, Unit::Truth)?) })
}
