//! Drawdown: the deepest fall within a period, from a peak to a later low, as a share of the peak.
//!
//! # Definition
//! $$ D = P_t / P_p - 1, \quad p < t \le r $$
//! where $P$ are the closes of the period, its base included, $p$ is the session of a peak, above
//! which no earlier close of the period lies, $t$ that of the lowest close before the first close
//! $r$ that is not below the peak, or before the period ends. Each peak that is fallen below
//! begins one such fall; `nth` picks the deepest (1), the second deepest (2) and so on. Zero if no
//! close is below a former one; never positive. The deepest is the least of all $P_t / P_s - 1$
//! with $s \le t$.
//!
//! # Undefined when
//! There are fewer than `nth` falls (`no_event`), `nth` is no whole number (`not_whole`), a close
//! of the period is missing (`incomplete`, `no_observation`) or not positive (`not_positive`),
//! there is no such series (`no_series`), or the period ends after the data (`outside_coverage`).
//!
//! # Example
//! ```
//! # use kinglet_core::{query::{Evaluator, Query}, view::example};
//! let view = example(&[
//!     ("2025-07-31", 200.0), ("2025-08-27", 150.0), ("2025-08-28", 220.0), ("2025-08-29", 198.0),
//! ]);
//! let answer = |text: &str| Evaluator::new(&view).answer(&text.parse().unwrap()).number();
//! assert_eq!(answer("drawdown(RUT, 2025-08)"), Some(-25.0));
//! assert!((answer("drawdown(RUT, 2025-08, nth: 2)").unwrap() + 10.0).abs() < 1e-9);
//! assert_eq!(answer("drawdown(RUT, 2025-08, nth: 3)"), None);
//! ```
//!
//! # References
//! Magdon-Ismail, Atiya (2004), Maximum Drawdown, Risk 17(10), equation 1 (there as a loss); the
//! falls one after the other as in PerformanceAnalytics, sortDrawdowns.

use crate::answer::{Outcome, Undefined, finite};
use crate::definition::params::{BASIS, NTH, PERIOD, SUBJECT};
use crate::definition::{ClaimCode, Definition, Golden, Law, Metric, UnitRule};
use crate::quantity::Unit;
use crate::query::Scope;

/// See the header.
pub static METRIC: Metric = Metric {
    definition: Definition {
        name: "drawdown",
        unit: UnitRule::Fixed(Unit::Fraction),
        spelling: None,
        params: &[&SUBJECT, &PERIOD, &NTH, &BASIS],
        example: "drawdown(RUT, 2025)",
        phrases: &["a drawdown of {value}", "a maximum drawdown of {value}"],
        code: Some(ClaimCode::Settled("drawdown")),
        revision: 1,
        source: include_str!("drawdown.rs"),
    },
    compute,
    laws: &[Law::ScaleInvariant, Law::WithinOne, Law::NotPositive],
    golden: &[
        Golden {
            query: "drawdown(RUT, 2025)",
            want: -24.040_863_342,
            within: 0.000_001,
            from: "pandas 3.1.1 over the facts: (close / close.cummax() - 1).min()",
        },
        Golden {
            query: "drawdown(RUT, 2025, nth: 2)",
            want: -8.542_986_713,
            within: 0.000_001,
            from: "pandas 3.1.1 over the facts, fall = close / close.cummax() - 1: \
                   fall.groupby((fall == 0).cumsum()).min().nsmallest(2)",
        },
    ],
};

fn compute(scope: &Scope<'_>) -> Result<Outcome, Undefined> {
    let declines = scope.declines()?;
    let (series, closes) = (declines.series, &declines.closes);
    let (peak, trough, depth) = match declines.nth(scope.whole(&NTH)?) {
        Ok(decline) => (decline.peak, decline.trough, decline.depth),
        Err(_) if declines.found.is_empty() && scope.whole(&NTH)? == 1 => (0, 0, 0.0),
        Err(none) => return Err(none),
    };
    Ok(Outcome {
        quantity: finite(depth, Unit::Fraction)?,
        interval: Some(declines.interval()),
        rows: [closes[peak], closes[trough]].map(|close| scope.row(series, close)).into(),
        notices: Vec::new(),
    })
}
