//! Channel touches: how often closes came near an outer line of their channel.
//!
//! # Definition
//! $$ T = \#\{ i : d_i \le \lambda W,\ d_{i-1} > \lambda W \} $$
//! $$ d_i = U_i - P_i \text{ for the upper line}, \qquad d_i = P_i - L_i \text{ for the lower} $$
//! where $P_i$ are the closes of the last `sessions`, the last one of the period included, $U_i$
//! and $L_i$ the outer lines of their channel, $W$ its width $U_i - L_i$ and $\lambda$ the
//! `tolerance`. Closes in a row that are near the line, or beyond it, are one touch; one at the
//! beginning counts. `channel: regression` draws the sloping lines of `regression_channel`,
//! `donchian` the level ones of `donchian` through the highest and the lowest close. The rule is
//! ours: touches have no agreed definition.
//!
//! # Undefined when
//! All closes lie on one line (`zero_variance`); the tolerance is negative (`outside_domain`);
//! otherwise as for `regression_channel`.
//!
//! # Example
//! ```
//! # use kinglet_core::{query::Evaluator, view::example};
//! // At the high of 110 on the first day, and again on the third and the fourth.
//! let closes = [("2025-08-26", 110.0), ("2025-08-27", 100.0), ("2025-08-28", 109.6),
//!     ("2025-08-29", 110.0)];
//! let text = "channel_touches(RUT, @2025-08-29, sessions: 4, channel: donchian)";
//! let answer = Evaluator::new(&example(&closes)).answer(&text.parse().unwrap());
//! assert_eq!(answer.display(), "2");
//! ```
//!
//! # References
//! Murphy (1999), Technical Analysis of the Financial Markets, chapter 4 (a trend line is valid by
//! how often it was touched); Lo, Mamaysky, Wang (2000), Foundations of Technical Analysis, Journal
//! of Finance 55(4), section II (rules for patterns stated so that a computer can count them).

use super::moving_average::{SESSIONS, outcome};
use super::regression_channel::{Line, WIDTH};
use crate::answer::{Outcome, Undefined, finite};
use crate::definition::params::{BASIS, PERIOD, SUBJECT};
use crate::definition::{Definition, Golden, Law, Metric, Param, ParamKind, UnitRule};
use crate::quantity::Unit;
use crate::query::Scope;

static CHANNEL: Param = Param::with_default(
    "channel",
    ParamKind::Choice(&["regression", "donchian"]),
    "regression",
    "along the regression line, or level",
);

static BOUND: Param = Param::with_default(
    "bound",
    ParamKind::Choice(&["upper", "lower"]),
    "upper",
    "which line of the channel",
);

static TOLERANCE: Param = Param::optional(
    "tolerance",
    ParamKind::Number(Unit::Fraction),
    "how near is near, as a share of the channel's width; default: 5%",
);

/// See the header.
pub static METRIC: Metric = Metric {
    definition: Definition {
        name: "channel_touches",
        unit: UnitRule::Fixed(Unit::Count),
        spelling: None,
        params: &[&SUBJECT, &PERIOD, &SESSIONS, &CHANNEL, &BOUND, &WIDTH, &TOLERANCE, &BASIS],
        example: "channel_touches(RUT, @2025-08-29, sessions: 120)",
        phrases: &["touched the top of its channel {value} times"],
        code: None,
        revision: 1,
        source: include_str!("channel_touches.rs"),
    },
    compute,
    laws: &[Law::ScaleInvariant, Law::NotNegative],
    golden: &[
        Golden {
            query: "channel_touches(RUT, @2025-08-29, sessions: 120, bound: lower)",
            want: 4.0,
            within: 0.0,
            from: "statsmodels 0.15.0 and numpy 2.4.6 over the facts: near = close - (fitted - \
                   2 * mse_resid**0.5) <= 0.05 * 4 * mse_resid**0.5; runs of near",
        },
        Golden {
            query: "channel_touches(RUT, @2025-08-29, sessions: 250, channel: donchian)",
            want: 3.0,
            within: 0.0,
            from: "numpy 2.4.6 over the facts: near = max - close <= 0.05 * (max - min); runs of \
                   near",
        },
    ],
};

/// How far each close is inside of the line, and the width of the channel.
fn depths(scope: &Scope<'_>, line: &Line) -> (Vec<f64>, f64) {
    let values = || line.closes.iter().map(|close| close.value);
    let is_upper = scope.choice(&BOUND) == "upper";
    if scope.choice(&CHANNEL) == "donchian" {
        let highest = values().fold(f64::NEG_INFINITY, f64::max);
        let lowest = values().fold(f64::INFINITY, f64::min);
        let depth = |value: f64| if is_upper { highest - value } else { value - lowest };
        return (values().map(depth).collect(), highest - lowest);
    }
    let sign = if is_upper { 1.0 } else { -1.0 };
    let depth = |(at, value): (usize, f64)| line.reach - sign * (value - line.at(at));
    (values().enumerate().map(depth).collect(), 2.0 * line.reach)
}

fn compute(scope: &Scope<'_>) -> Result<Outcome, Undefined> {
    let series = scope.series(&SUBJECT, &BASIS)?;
    let tolerance = scope.number_given(&TOLERANCE).unwrap_or(0.05);
    if tolerance < 0.0 {
        return Err(Undefined::new("outside_domain", "a tolerance is not negative"));
    }
    let line = Line::of(scope)?;
    let (depths, width) = depths(scope, &line);
    if width <= 0.0 {
        let reason = format!("the closes of {} lie on one line", series.id);
        return Err(Undefined::new("zero_variance", reason));
    }
    let is_near = |depth: &f64| *depth <= tolerance * width;
    let runs = depths.chunk_by(|a, b| is_near(a) == is_near(b));
    let touches = runs.filter(|run| run.first().is_some_and(is_near)).count();
    Ok(outcome(scope, series, &line.closes, finite(touches as f64, Unit::Count)?))
}
