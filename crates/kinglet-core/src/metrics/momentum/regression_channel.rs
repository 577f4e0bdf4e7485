//! Regression channel: the straight line through the last closes, or a line at some distance of it.
//!
//! # Definition
//! $$ \hat P_i = a + b i, \qquad s^2 = \frac{1}{n-2} \sum_{i=1}^{n} (P_i - \hat P_i)^2 $$
//! where $P_1$ to $P_n$ are the closes of the last `sessions`, the last one $e$ of the period
//! included, and $a$ and $b$ give the least sum of squares. `bound` chooses the `middle`
//! $\hat P_n$, the `upper` $\hat P_n + w s$ or the `lower` $\hat P_n - w s$; $w$ is the `width`, 2
//! standard errors of the estimate.
//!
//! # Undefined when
//! There are fewer than three sessions (`too_short`); the width is not positive (`outside_domain`);
//! otherwise as for `moving_average`.
//!
//! # Example
//! ```
//! # use kinglet_core::{query::Evaluator, view::example};
//! // Off the line 100, 102, 104 by -1, 2 and -1: s = sqrt(6).
//! let closes = [("2025-08-27", 99.0), ("2025-08-28", 104.0), ("2025-08-29", 103.0)];
//! let view = example(&closes);
//! let answer = |text: &str| Evaluator::new(&view).answer(&text.parse().unwrap()).display();
//! let query = "regression_channel(RUT, @2025-08-29, sessions: 3, bound: ";
//! assert_eq!(answer(&format!("{query}middle)")), "104.00");
//! assert_eq!(answer(&format!("{query}upper)")), "108.90");
//! ```
//!
//! # References
//! Murphy (1999), Technical Analysis of the Financial Markets, chapter 4 (channel lines); Draper,
//! Smith (1998), Applied Regression Analysis, 3rd edition, chapter 1 (the line and its standard
//! error).

use super::moving_average::{SESSIONS, outcome, values};
use crate::answer::{Outcome, Undefined, finite};
use crate::columns::Observation;
use crate::definition::params::{BASIS, PERIOD, SUBJECT};
use crate::definition::{Definition, Golden, Law, Metric, Param, ParamKind, UnitRule};
use crate::numeric::{mean, sum};
use crate::quantity::Unit;
use crate::query::Scope;

static BOUND: Param = Param::with_default(
    "bound",
    ParamKind::Choice(&["upper", "middle", "lower"]),
    "middle",
    "which line of the channel",
);

pub(super) static WIDTH: Param = Param::with_default(
    "width",
    ParamKind::Number(Unit::Ratio),
    "2",
    "how many standard errors the outer lines are from the middle",
);

/// See the header.
pub static METRIC: Metric = Metric {
    definition: Definition {
        name: "regression_channel",
        unit: UnitRule::Subject,
        spelling: None,
        params: &[&SUBJECT, &PERIOD, &SESSIONS, &BOUND, &WIDTH, &BASIS],
        example: "regression_channel(RUT, @2025-08-29, sessions: 120)",
        phrases: &["a trend line at {value}", "a regression channel at {value}"],
        code: None,
        revision: 1,
        source: include_str!("regression_channel.rs"),
    },
    compute,
    laws: &[Law::ScaleEquivariant],
    golden: &[
        Golden {
            query: "regression_channel(RUT, @2025-08-29, sessions: 120)",
            want: 2_316.792_564_738,
            within: 0.000_001,
            from: "TA-Lib 0.8.2 (C library 0.8.1) over the facts: talib.LINEARREG(close, 120)",
        },
        Golden {
            query: "regression_channel(RUT, @2025-08-29, sessions: 120, bound: upper)",
            want: 2_461.540_142_06,
            within: 0.000_001,
            from: "statsmodels 0.15.0 over the facts: fit = OLS(close[-120:], \
                   add_constant(arange(120))).fit(); fit.fittedvalues[-1] + 2 * fit.mse_resid**0.5",
        },
    ],
};

/// The straight line through closes in a row.
pub(super) struct Line {
    pub(super) closes: Vec<Observation>,
    /// Its value at the last close.
    pub(super) end: f64,
    /// What it gains from session to session.
    pub(super) slope: f64,
    /// By how much the outer lines of the channel are above and below it.
    pub(super) reach: f64,
}

impl Line {
    /// That of the closes of a session and of as many before it as are asked for.
    ///
    /// # Errors
    /// As in the header.
    pub(super) fn of(scope: &Scope<'_>) -> Result<Line, Undefined> {
        let end = scope.end(&PERIOD)?;
        let series = scope.series(&SUBJECT, &BASIS)?;
        let (sessions, width) = (usize::from(scope.whole(&SESSIONS)?), scope.number(&WIDTH));
        if width <= 0.0 {
            return Err(Undefined::new("outside_domain", "the width of a channel is positive"));
        }
        if sessions < 3 {
            return Err(Undefined::new("too_short", "a channel takes three sessions at least"));
        }
        let closes = scope.unbroken(series, end, sessions..=sessions)?;
        let values = values(&closes);
        let center = (sessions - 1) as f64 / 2.0;
        let offset = |at: usize| at as f64 - center;
        let mean = mean(&values).unwrap_or_default();
        let cross = sum(values.iter().enumerate().map(|(at, v)| offset(at) * (v - mean)));
        let slope = cross / sum((0..sessions).map(|at| offset(at) * offset(at)));
        let off = values.iter().enumerate().map(|(at, v)| v - mean - slope * offset(at));
        let error = libm::sqrt(sum(off.map(|off| off * off)) / (sessions - 2) as f64);
        Ok(Line { closes, end: mean + slope * center, slope, reach: width * error })
    }

    /// Its value at one of the closes.
    pub(super) fn at(&self, place: usize) -> f64 {
        self.end - self.slope * (self.closes.len() - 1 - place) as f64
    }
}

fn compute(scope: &Scope<'_>) -> Result<Outcome, Undefined> {
    let series = scope.series(&SUBJECT, &BASIS)?;
    let line = Line::of(scope)?;
    let value = match scope.choice(&BOUND) {
        "upper" => line.end + line.reach,
        "lower" => line.end - line.reach,
        _ => line.end,
    };
    Ok(outcome(scope, series, &line.closes, finite(value, series.unit)?))
}
