//! Rotation: whether a sector or style is ahead of its benchmark's trend, and gaining on it.
//!
//! # Definition
//! $$ R_t = 100\, \rho_t \Big/ \frac{1}{n} \sum_{i=0}^{n-1} \rho_{t-i} $$
//! $$ M_t = 100\, R_t \Big/ \frac{1}{k} \sum_{i=0}^{k-1} R_{t-i} $$
//! where $\rho_t$ is the close of the subject over that of `other` in session $t$, $n$ the number
//! of `sessions` (200) and $k$ that of the `smoothing` (50). `value` chooses the `strength` $R_e$,
//! the ratio line against its own average, or the `momentum` $M_e$, that strength against its
//! average, at the last session $e$ of the period. A notice names the quadrant: leading ($R$ and
//! $M$ at least 100), weakening ($R$ alone), improving ($M$ alone) or lagging (neither); asked of
//! several subjects, these are the rotation matrix. The formula is our own: that of the Relative
//! Rotation Graphs after which the quadrants are named is not published.
//!
//! # Undefined when
//! The two have fewer than $n + k - 1$ closes without a gap through $e$ (`too_short`), a close is
//! not positive (`not_positive`), one of the counts is not a whole number from 1 (`not_whole`),
//! there is no close of $e$ (`no_observation`), no such series (`no_series`), or the period ends
//! after the data (`outside_coverage`).
//!
//! # Example
//! ```
//! # use kinglet_core::{query::Evaluator, view::{example, example_series}};
//! use kinglet_core::identity::Basis::Price;
//! // The ratio goes from 1 to 1, then to 3: 1.5 times its average of two, from 1 the day before.
//! let days = ["2025-08-27", "2025-08-28", "2025-08-29"];
//! let closes = |values: [f64; 3]| [0, 1, 2].map(|i| (days[i], values[i]));
//! let other = example_series("SPX", &closes([50.0, 40.0, 30.0]));
//! let view = example(&closes([50.0, 40.0, 90.0])).with_series("SPX", Price, &other);
//! let answer = |value: &str| {
//!     let text = format!("rotation(RUT, SPX, @2025-08-29, value: {value}, sessions: 2, \
//!                         smoothing: 2)");
//!     Evaluator::new(&view).answer(&text.parse().unwrap()).display()
//! };
//! assert_eq!(answer("strength"), "150.00");
//! assert_eq!(answer("momentum"), "120.00");
//! ```
//!
//! # References
//! Levy (1967), Relative Strength as a Criterion for Investment Selection, Journal of Finance 22(4)
//! (a price over its own average, of 26 weeks); Murphy (2004), Intermarket Analysis (sector
//! rotation by ratio lines).

use crate::answer::{Notice, Outcome, Undefined, finite};
use crate::columns::Observation;
use crate::definition::params::{BASIS, OTHER, PERIOD, SUBJECT};
use crate::definition::{Definition, Golden, Law, Metric, Param, ParamKind, UnitRule};
use crate::numeric::sum;
use crate::quantity::Unit;
use crate::query::Scope;
use crate::time::Interval;

const COUNT: ParamKind = ParamKind::Number(Unit::Ratio);
static VALUE: Param = Param::with_default(
    "value",
    ParamKind::Choice(&["strength", "momentum"]),
    "strength",
    "the ratio line against its average, or that strength against its own",
);
static SESSIONS: Param =
    Param::with_default("sessions", COUNT, "200", "over how many sessions the ratio is averaged");
static SMOOTHING: Param = Param::with_default(
    "smoothing",
    COUNT,
    "50",
    "over how many sessions the strength is averaged",
);

/// See the header.
pub static METRIC: Metric = Metric {
    definition: Definition {
        name: "rotation",
        unit: UnitRule::Fixed(Unit::Ratio),
        spelling: None,
        params: &[&SUBJECT, &OTHER, &PERIOD, &VALUE, &SESSIONS, &SMOOTHING, &BASIS],
        example: "rotation(RUT, SPX, @2026-06-11)",
        phrases: &["a relative strength of {value} against its trend"],
        code: None,
        revision: 1,
        source: include_str!("rotation.rs"),
    },
    compute,
    laws: &[Law::ScaleInvariant, Law::NotNegative],
    golden: &[
        Golden {
            query: "rotation(RUT, SPX, @2026-06-11)",
            want: 105.243_858_607,
            within: 0.000_001,
            from: "pandas 3.1.1 over the facts (month ends from their own table): r = rut / spx; \
                   100 * r / r.rolling(200).mean()",
        },
        Golden {
            query: "rotation(RUT, SPX, @2026-06-11, value: momentum)",
            want: 101.278_026_267,
            within: 0.000_001,
            from: "pandas 3.1.1 over the facts (month ends from their own table): \
                   s = 100 * r / r.rolling(200).mean(); 100 * s / s.rolling(50).mean()",
        },
        Golden {
            query: "rotation(RUT, SPX, @2026-03-31, value: momentum)",
            want: 99.198_753_322,
            within: 0.000_001,
            from: "pandas 3.1.1 over the facts (month ends from their own table): \
                   s = 100 * r / r.rolling(200).mean(); 100 * s / s.rolling(50).mean()",
        },
    ],
};

/// Each value from the `sessions`-th on against the mean of as many through it, 100 where equal.
fn against_average(line: &[f64], sessions: usize) -> Vec<f64> {
    let mean = |stretch: &[f64]| sum(stretch.iter().copied()) / sessions as f64;
    line.windows(sessions).map(|stretch| 100.0 * (stretch[sessions - 1] / mean(stretch))).collect()
}

fn quadrant(strength: f64, momentum: f64) -> &'static str {
    match (strength >= 100.0, momentum >= 100.0) {
        (true, true) => "leading",
        (true, false) => "weakening",
        (false, false) => "lagging",
        (false, true) => "improving",
    }
}

fn compute(scope: &Scope<'_>) -> Result<Outcome, Undefined> {
    let end = scope.end(&PERIOD)?;
    let sides = [scope.series(&SUBJECT, &BASIS)?, scope.series(&OTHER, &BASIS)?];
    let sessions = usize::from(scope.whole(&SESSIONS)?);
    let smoothing = usize::from(scope.whole(&SMOOTHING)?);
    let count = sessions + smoothing - 1;
    let [own, other] = sides.map(|side| scope.unbroken(side, end, count..=count));
    let (own, other): (Vec<Observation>, Vec<Observation>) = (own?, other?);
    if own.iter().chain(&other).any(|close| close.value <= 0.0) {
        let reason = format!("a close of {} or {} is not positive", sides[0].id, sides[1].id);
        return Err(Undefined::new("not_positive", reason));
    }
    let line: Vec<f64> = own.iter().zip(&other).map(|(p, q)| p.value / q.value).collect();
    let strengths = against_average(&line, sessions);
    let strength = strengths[smoothing - 1];
    let momentum = against_average(&strengths, smoothing)[0];
    let value = if scope.choice(&VALUE) == "momentum" { momentum } else { strength };
    let quadrant = quadrant(strength, momentum);
    let text = format!("{quadrant}: strength {strength:.2}, momentum {momentum:.2}");
    let rows = [own[count - 1], other[count - 1]];
    Ok(Outcome {
        quantity: finite(value, Unit::Ratio)?,
        interval: Some(Interval::between(own[0].date, end)),
        rows: sides.iter().zip(rows).map(|(side, close)| scope.row(side, close)).collect(),
        notices: vec![Notice { code: "quadrant", text }],
    })
}
