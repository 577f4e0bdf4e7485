//! Point change: by how many points of an index, or dollars of a fund, a close moved over a period.
//!
//! # Definition
//! $$ C = P_e - P_b $$
//! where $P_b$ is the close of the base session and $P_e$ that of the end session, as for `return`.
//!
//! # Undefined when
//! One of the two closes is missing (`no_observation`), there is no such series (`no_series`), or
//! the period ends after the data (`outside_coverage`).
//!
//! # Example
//! ```
//! # use kinglet_core::{query::{Evaluator, Query}, view::example};
//! let view = example(&[("2025-08-28", 200.0), ("2025-08-29", 198.5)]);
//! let query: Query = "point_change(RUT, 2025-08-29)".parse().unwrap();
//! assert_eq!(Evaluator::new(&view).answer(&query).number(), Some(-1.5));
//! ```
//!
//! # References
//! S&P Dow Jones Indices (2024), Index Mathematics Methodology, section on price return.

use crate::answer::{Outcome, Undefined, finite};
use crate::definition::params::{BASIS, PERIOD, SUBJECT};
use crate::definition::{ClaimCode, Definition, Golden, Law, Metric, UnitRule};
use crate::query::Scope;
use crate::time::Interval;

/// See the header.
pub static METRIC: Metric = Metric {
    definition: Definition {
        name: "point_change",
        unit: UnitRule::Subject,
        spelling: None,
        params: &[&SUBJECT, &PERIOD, &BASIS],
        example: "point_change(RUT, 2025-09-18)",
        phrases: &["rose {value} points", "lost {value} points", "a change of {value} points"],
        code: Some(ClaimCode::Settled("point_change")),
        revision: 1,
        source: include_str!("point_change.rs"),
    },
    compute,
    laws: &[Law::ScaleEquivariant, Law::Adds],
    golden: &[Golden {
        query: "point_change(SPX, 2025-04-09)",
        want: 474.13,
        within: 0.01,
        from: "Associated Press, How major US stock indexes fared Wednesday 4/9/2025",
    }],
};

fn compute(scope: &Scope<'_>) -> Result<Outcome, Undefined> {
    let (from, to) = scope.change(&PERIOD)?;
    let series = scope.series(&SUBJECT, &BASIS)?;
    let (base, end) = scope.closes(series, (from, to))?;
    Ok(Outcome {
        quantity: finite(end.value - base.value, series.unit)?,
        interval: Some(Interval::between(from, to)),
        rows: vec![scope.row(series, base), scope.row(series, end)],
        notices: Vec::new(),
    })
}
