//! Moving average: the mean of the closes of the last sessions, each alike or the newest the most.
//!
//! # Definition
//! $$ A_e = \frac{1}{n} \sum_{i=0}^{n-1} P_{e-i} $$
//! where $P_t$ is the close of session $t$, $e$ the last session of the period and $n$ the number
//! of `sessions`. For `kind: exponential`
//! $$ A_t = A_{t-1} + \frac{2}{n+1} (P_t - A_{t-1}) $$
//! which begins with the simple average of the first $n$ closes of the unbroken stretch of sessions
//! that ends with $e$; the answer names the first of them.
//!
//! # Undefined when
//! There are fewer than $n$ closes without a gap through $e$ (`too_short`), $n$ is not a whole
//! number from 1 (`not_whole`), there is no close of $e$ (`no_observation`), there is no such
//! series (`no_series`), or the period ends after the data (`outside_coverage`).
//!
//! # Example
//! ```
//! # use kinglet_core::{query::{Evaluator, Query}, view::example};
//! let view = example(&[("2025-08-27", 102.0), ("2025-08-28", 104.0), ("2025-08-29", 112.0)]);
//! let answer = |text: &str| Evaluator::new(&view).answer(&text.parse().unwrap()).number();
//! assert_eq!(answer("moving_average(RUT, @2025-08-29, sessions: 2)"), Some(108.0));
//! // From (102 + 104) / 2 = 103 two thirds of the way to 112.
//! let text = "moving_average(RUT, @2025-08-29, sessions: 2, kind: exponential)";
//! assert!((answer(text).unwrap() - 109.0).abs() < 1e-9);
//! ```
//!
//! # References
//! Murphy (1999), Technical Analysis of the Financial Markets, chapter 9; Appel (2005), Technical
//! Analysis: Power Tools for Active Investors, chapter 6 (exponential).

use crate::answer::{Notice, Outcome, Undefined, finite};
use crate::columns::{Observation, Series};
use crate::definition::params::{BASIS, PERIOD, SUBJECT};
use crate::definition::{ClaimCode, Definition, Golden, Law, Metric, Param, ParamKind, UnitRule};
use crate::numeric::sum;
use crate::quantity::{Quantity, Unit};
use crate::query::Scope;
use crate::time::{Date, Interval};

pub(super) static SESSIONS: Param = Param {
    named: true,
    ..Param::required("sessions", ParamKind::Number(Unit::Ratio), "over how many sessions: 50, 200")
};

pub(super) static KIND: Param = Param::with_default(
    "kind",
    ParamKind::Choice(&["simple", "exponential"]),
    "simple",
    "whether each close counts alike, or the newest the most",
);

/// See the header.
pub static METRIC: Metric = Metric {
    definition: Definition {
        name: "moving_average",
        unit: UnitRule::Subject,
        spelling: None,
        params: &[&SUBJECT, &PERIOD, &SESSIONS, &KIND, &BASIS],
        example: "moving_average(RUT, @2025-08-29, sessions: 200)",
        phrases: &["a moving average of {value}", "a 200-day average of {value}"],
        code: Some(ClaimCode::Open("moving_average")),
        revision: 1,
        source: include_str!("moving_average.rs"),
    },
    compute,
    laws: &[Law::ScaleEquivariant, Law::NotNegative],
    golden: &[
        Golden {
            query: "moving_average(RUT, @2025-08-29, sessions: 200)",
            want: 2_181.623_9,
            within: 0.000_001,
            from: "TA-Lib 0.8.2 (C library 0.8.1) over the facts (month ends from their own \
                   table): talib.SMA(close, 200)",
        },
        Golden {
            query: "moving_average(RUT, @2025-08-29, sessions: 50, kind: exponential)",
            want: 2_246.160_771_213,
            within: 0.000_001,
            from: "TA-Lib 0.8.2 (C library 0.8.1) over the facts (month ends from their own \
                   table): talib.EMA(close, 50)",
        },
    ],
};

/// The average of the sessions through one, of the kind that is asked for, and its closes.
pub(super) fn average(
    scope: &Scope<'_>,
    series: &Series,
    end: Date,
    sessions: usize,
) -> Result<(f64, Vec<Observation>), Undefined> {
    let is_simple = scope.choice(&KIND) == "simple";
    let most = if is_simple { sessions } else { usize::MAX };
    let closes = scope.unbroken(series, end, sessions..=most)?;
    let averages = exponential(&values(&closes), sessions);
    Ok((averages[averages.len() - 1], closes))
}

/// The outcome of a computation from closes in a row.
pub(super) fn outcome(
    scope: &Scope<'_>,
    series: &Series,
    closes: &[Observation],
    quantity: Quantity,
) -> Outcome {
    let (first, last) = (closes[0], closes[closes.len() - 1]);
    let text = format!("{} closes in a row", closes.len());
    Outcome {
        quantity,
        interval: Some(Interval::between(first.date, last.date)),
        rows: vec![scope.row(series, first), scope.row(series, last)],
        notices: vec![Notice { code: "counted", text }],
    }
}

/// The values of observations.
pub(super) fn values(observations: &[Observation]) -> Vec<f64> {
    observations.iter().map(|o| o.value).collect()
}

/// Exponential averages: first the simple one of the first values, of which there are as many, then
/// one for each value after them.
pub(super) fn exponential(values: &[f64], sessions: usize) -> Vec<f64> {
    let (first, rest) = values.split_at(sessions);
    let weight = 2.0 / (sessions as f64 + 1.0);
    let mut average = sum(first.iter().copied()) / sessions as f64;
    let mut averages = vec![average];
    averages.extend(rest.iter().map(|value| {
        average += weight * (value - average);
        average
    }));
    averages
}

fn compute(scope: &Scope<'_>) -> Result<Outcome, Undefined> {
    let end = scope.end(&PERIOD)?;
    let series = scope.series(&SUBJECT, &BASIS)?;
    let sessions = usize::from(scope.whole(&SESSIONS)?);
    let (average, closes) = average(scope, series, end, sessions)?;
    Ok(outcome(scope, series, &closes, finite(average, series.unit)?))
}
