//! Drawdown count: how many falls of at least a given depth a period holds, with a table of them.
//!
//! # Definition
//! $$ N = \#\{ D_i \le -d \} $$
//! where $D_i$ are the falls of the period, each from a peak until the peak is reached again, as
//! for `drawdown`, and $d$ is the `depth` asked at least (10% if left out: what is called a
//! correction). The rows name peak, trough and recovery of each, oldest first; of a fall from which
//! the period sees no recovery, peak and trough.
//!
//! # Undefined when
//! The depth is not between 0% and 100% (`outside_domain`); and as for `drawdown`.
//!
//! # Example
//! ```
//! # use kinglet_core::{query::{Evaluator, Query}, view::example};
//! let view = example(&[
//!     ("2025-07-31", 200.0), ("2025-08-04", 150.0), ("2025-08-08", 220.0), ("2025-08-29", 209.0),
//! ]);
//! let answer = |text: &str| Evaluator::new(&view).answer(&text.parse().unwrap()).number();
//! assert_eq!(answer("drawdown_count(RUT, 2025-08)"), Some(1.0));
//! assert_eq!(answer("drawdown_count(RUT, 2025-08, depth: 4%)"), Some(2.0));
//! ```
//!
//! # References
//! PerformanceAnalytics, table.Drawdowns (there the deepest five, by observations).

use crate::answer::{Notice, Outcome, Undefined};
use crate::definition::params::{BASIS, PERIOD, SUBJECT};
use crate::definition::{Definition, Golden, Law, Metric, Param, ParamKind, UnitRule};
use crate::quantity::{Quantity, Unit};
use crate::query::Scope;

/// The most falls that the rows name; the newest are kept.
const NAMED_MAX: usize = 33;

static DEPTH: Param = Param::optional(
    "depth",
    ParamKind::Number(Unit::Fraction),
    "the least depth that counts; default: 10%",
);

/// See the header.
pub static METRIC: Metric = Metric {
    definition: Definition {
        name: "drawdown_count",
        unit: UnitRule::Fixed(Unit::Count),
        spelling: None,
        params: &[&SUBJECT, &PERIOD, &DEPTH, &BASIS],
        example: "drawdown_count(RUT, 2025)",
        phrases: &[
            "suffered {value} corrections",
            "had {value} drawdowns",
            "went through {value} corrections",
        ],
        code: None,
        revision: 1,
        source: include_str!("drawdown_count.rs"),
    },
    compute,
    laws: &[Law::ScaleInvariant, Law::NotNegative],
    golden: &[Golden {
        query: "drawdown_count(RUT, 2025, depth: 5%)",
        want: 2.0,
        within: 0.0,
        from: "pandas 3.1.1 over the facts, fall = close / close.cummax() - 1: \
               (fall.groupby((fall == 0).cumsum()).min() <= -0.05).sum()",
    }],
};

fn compute(scope: &Scope<'_>) -> Result<Outcome, Undefined> {
    let depth = scope.number_given(&DEPTH).unwrap_or(0.1);
    if !(depth > 0.0 && depth < 1.0) {
        let reason = "a depth lies between 0% and 100%";
        return Err(Undefined::new("outside_domain", reason));
    }
    let declines = scope.declines()?;
    let mut deep = declines.found.clone();
    deep.retain(|decline| decline.depth <= -depth);
    deep.sort_by_key(|decline| decline.peak);
    let named = &deep[deep.len().saturating_sub(NAMED_MAX)..];
    let days = named.iter().flat_map(|d| [Some(d.peak), Some(d.trough), d.recovery]);
    let rows = days.flatten().map(|at| scope.row(declines.series, declines.closes[at]));
    let shortened = (named.len() < deep.len()).then(|| {
        let text = format!("the rows name the last {NAMED_MAX} of {}", deep.len());
        Notice { code: "rows_shortened", text }
    });
    Ok(Outcome {
        quantity: Quantity::new(deep.len() as f64, Unit::Count),
        interval: Some(declines.interval()),
        rows: rows.collect(),
        notices: shortened.into_iter().collect(),
    })
}
