//! Level: the close of an index or fund, or the value of a series, at the end of a period.
//!
//! # Definition
//! $$ L(D) = P_{t(D)} $$
//! where $P_t$ is the official close of session $t$ and $t(D)$ the last session on or before the
//! last day of the period $D$. A day that is given without `@` must itself be a session. Of a
//! series that is not made of closes, the last value that was public by the end of the period.
//!
//! # Undefined when
//! There is no such series (`no_series`), it has no value for that session (`no_observation`), or
//! the period ends after the data (`outside_coverage`).
//!
//! # Example
//! ```
//! # use kinglet_core::{query::{Evaluator, Query}, view::example};
//! let view = example(&[("2025-07-31", 200.0), ("2025-08-29", 214.0)]);
//! let query: Query = "level(RUT, 2025-08)".parse().unwrap();
//! assert_eq!(Evaluator::new(&view).answer(&query).number(), Some(214.0));
//! ```
//!
//! # References
//! Bacon (2008), Practical Portfolio Performance Measurement and Attribution, 2nd edition, chapter
//! 2.

use crate::answer::{Outcome, Undefined, finite};
use crate::columns::Frequency;
use crate::definition::params::{BASIS, PERIOD, SUBJECT};
use crate::definition::{ClaimCode, Definition, Golden, Law, Metric, UnitRule};
use crate::query::Scope;
use crate::time::Interval;

/// See the header.
pub static METRIC: Metric = Metric {
    definition: Definition {
        name: "level",
        unit: UnitRule::Subject,
        spelling: None,
        params: &[&SUBJECT, &PERIOD, &BASIS],
        example: "level(RUT, 2025-09-18)",
        phrases: &[
            "closed at {value}",
            "ended at {value}",
            "finished at {value}",
            "a close of {value}",
        ],
        code: Some(ClaimCode::Settled("level")),
        revision: 1,
        source: include_str!("level.rs"),
    },
    compute,
    laws: &[Law::ScaleEquivariant, Law::NotNegative],
    golden: &[Golden {
        query: "level(RUT, 2024-12-31)",
        want: 2230.16,
        within: 0.005,
        from: "FTSE Russell, closing level of 2024-12-31 as reported by the press",
    }],
};

fn compute(scope: &Scope<'_>) -> Result<Outcome, Undefined> {
    let session = scope.end(&PERIOD)?;
    let series = scope.series(&SUBJECT, &BASIS)?;
    let end = match series.frequency {
        Frequency::Session => scope.close(series, session)?,
        Frequency::Period(_) => scope.latest(series, session)?,
    };
    Ok(Outcome {
        quantity: finite(end.value, series.unit)?,
        interval: Some(Interval::at(session)),
        rows: vec![scope.row(series, end)],
        notices: Vec::new(),
    })
}
