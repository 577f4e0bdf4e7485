//! Rate change: by how many basis points a policy rate or a yield moved in a period.
//!
//! # Definition
//! $$ \Delta i = \sum_{b < d \le e} (i_d - i_{d-}) \quad\text{for a bank} $$
//! $$ \Delta y = y_e - y_b \quad\text{for a yield} $$
//! where the sum runs over the changes announced (`dated: effective`: in force) after $b$ and
//! through $e$, the days of the period, weekends included; $i_d$ is the `bound` of the target set
//! on day $d$ and $i_{d-}$ the one before it; $y_b$ and $y_e$ are the daily yields at the base and
//! the end of the period. Zero where the bank changed nothing.
//!
//! # Undefined when
//! No change of the bank or no daily series of the yield is known (`no_series`), the period begins
//! before the first change known or ends after the data (`outside_coverage`), or a yield is missing
//! (`no_observation`).
//!
//! # Example
//! ```
//! # use kinglet_core::{query::{Evaluator, Query}, view::{example, example_change}};
//! let view = example(&[("2025-09-16", 1.0), ("2025-09-17", 1.0), ("2025-09-18", 1.0)])
//!     .with_events(vec![example_change("2024-12-18", 4.5), example_change("2025-09-17", 4.25)]);
//! let query: Query = "rate_change(FED, 2025-09-17)".parse().unwrap();
//! assert_eq!(Evaluator::new(&view).answer(&query).display(), "-25 basis points");
//! ```
//!
//! # References
//! Board of Governors of the Federal Reserve System, Open Market Operations,
//! federalreserve.gov/monetarypolicy/openmarket.htm.

use super::policy_rate::{BOUND, DATED, bound_of, changes, date_of, row, too_early};
use super::treasury_yield::{self, Tenor};
use crate::answer::{Outcome, Undefined, finite};
use crate::definition::params::{PERIOD, SUBJECT};
use crate::definition::{ClaimCode, Definition, Golden, Law, Metric, UnitRule};
use crate::numeric::sum;
use crate::quantity::{Spelling, Unit};
use crate::query::Scope;
use crate::time::Interval;

/// See the header.
pub static METRIC: Metric = Metric {
    definition: Definition {
        name: "rate_change",
        unit: UnitRule::Fixed(Unit::FractionDifference),
        spelling: Some(Spelling::BasisPoints),
        params: &[&SUBJECT, &PERIOD, &BOUND, &DATED],
        example: "rate_change(FED, 2025-09-17)",
        phrases: &["cut rates by {value}", "raised rates by {value}", "a {value} rate cut"],
        code: Some(ClaimCode::Settled("rate_change")),
        revision: 1,
        source: include_str!("rate_change.rs"),
    },
    compute,
    laws: &[Law::ScaleInvariant, Law::Adds],
    golden: &[
        Golden {
            query: "rate_change(FED, 2008)",
            want: -400.0,
            within: 0.0,
            from: "Federal Reserve, Open Market Operations: 4.25 before 2008-01-22, 0 to 0.25 \
                   from 2008-12-16",
        },
        Golden {
            query: "rate_change(FED, 2020-03-15)",
            want: -100.0,
            within: 0.0,
            from: "Federal Reserve, FOMC statement of Sunday 2020-03-15",
        },
    ],
};

fn compute(scope: &Scope<'_>) -> Result<Outcome, Undefined> {
    if let Some(tenor) = Tenor::of(scope.entity(&SUBJECT)) {
        return of_yield(scope, tenor);
    }
    let (first, last) = scope.days(&PERIOD)?;
    let changes = changes(scope)?;
    let (bound, dated) = (scope.choice(&BOUND), scope.choice(&DATED));
    let eve = first.yesterday().unwrap_or(first);
    let from = changes.count_through(eve, |e| date_of(e, dated));
    let to = changes.count_through(last, |e| date_of(e, dated));
    if from == 0 {
        return Err(too_early(changes.at(0), first));
    }
    let mut moves = Vec::new();
    let mut rows = Vec::new();
    for index in from..to {
        let (before, now) = (changes.at(index - 1), changes.at(index));
        let moved = bound_of(now, bound)? - bound_of(before, bound)?;
        moves.push(moved);
        rows.push(row(now, moved, Unit::FractionDifference));
    }
    Ok(Outcome {
        quantity: finite(sum(moves), Unit::FractionDifference)?,
        interval: Some(Interval::between(eve, last)),
        rows,
        notices: Vec::new(),
    })
}

fn of_yield(scope: &Scope<'_>, tenor: Tenor) -> Result<Outcome, Undefined> {
    let (base, end) = scope.change(&PERIOD)?;
    let (series, before) = treasury_yield::on_day(scope, tenor, base)?;
    let (_, now) = treasury_yield::on_day(scope, tenor, end)?;
    Ok(Outcome {
        quantity: finite(now.value - before.value, Unit::FractionDifference)?,
        interval: Some(Interval::between(base, end)),
        rows: vec![scope.row(series, before), scope.row(series, now)],
        notices: Vec::new(),
    })
}
