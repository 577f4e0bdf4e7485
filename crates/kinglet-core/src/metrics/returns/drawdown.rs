//! Drawdown: the deepest fall within a period, from a peak to a later low, as a share of the peak.
//!
//! # Definition
//! $$ D = \min_{b \le s \le t \le e} (P_t / P_s - 1) $$
//! where $P_t$ is the close of session $t$, $b$ the base session of the period, whose close counts
//! as a peak, and $e$ its last session. Zero if no close is below a former one; never positive.
//!
//! # Undefined when
//! A close of the period is missing (`incomplete`, `no_observation`), a peak is not positive
//! (`not_positive`), there is no such series (`no_series`), or the period ends after the data
//! (`outside_coverage`).
//!
//! # Example
//! ```
//! # use kinglet_core::{query::{Evaluator, Query}, view::example};
//! let closes = [("2025-07-31", 200.0), ("2025-08-28", 150.0), ("2025-08-29", 214.0)];
//! let query: Query = "drawdown(RUT, 2025-08)".parse().unwrap();
//! assert_eq!(Evaluator::new(&example(&closes)).answer(&query).number(), Some(-25.0));
//! ```
//!
//! # References
//! Magdon-Ismail, Atiya (2004), Maximum Drawdown, Risk 17(10), equation 1 (there as a loss).

use crate::answer::{Outcome, Undefined, finite};
use crate::definition::params::{BASIS, PERIOD, SUBJECT};
use crate::definition::{Definition, Golden, Law, Metric, UnitRule};
use crate::quantity::Unit;
use crate::query::Scope;
use crate::time::Interval;

/// See the header.
pub static METRIC: Metric = Metric {
    definition: Definition {
        name: "drawdown",
        unit: UnitRule::Fixed(Unit::Fraction),
        spelling: None,
        params: &[&SUBJECT, &PERIOD, &BASIS],
        example: "drawdown(RUT, 2025)",
        phrases: &[
            "a drawdown of {value}",
            "{value} from peak to trough",
            "a correction of {value}",
        ],
        revision: 1,
        source: include_str!("drawdown.rs"),
    },
    compute,
    laws: &[Law::ScaleInvariant, Law::WithinOne, Law::NotPositive],
    golden: &[Golden {
        query: "drawdown(RUT, 2025)",
        want: -24.040_863_342,
        within: 0.000_001,
        from: "pandas 3.1.1 over the facts: (close / close.cummax() - 1).min()",
    }],
};

fn compute(scope: &Scope<'_>) -> Result<Outcome, Undefined> {
    let (from, to) = scope.change(&PERIOD)?;
    let series = scope.series(&SUBJECT, &BASIS)?;
    let closes = scope.path(series, (from, to))?;
    let mut peak = closes[0];
    let mut deepest = (peak, peak, 0.0);
    for close in closes.iter() {
        if close.value > peak.value {
            peak = *close;
        }
        let fall = scope.growth(series, peak, *close)? - 1.0;
        if fall < deepest.2 {
            deepest = (peak, *close, fall);
        }
    }
    let (peak, trough, fall) = deepest;
    Ok(Outcome {
        quantity: finite(fall, Unit::Fraction)?,
        interval: Some(Interval::between(from, to)),
        rows: vec![scope.row(series, peak), scope.row(series, trough)],
        notices: Vec::new(),
    })
}
