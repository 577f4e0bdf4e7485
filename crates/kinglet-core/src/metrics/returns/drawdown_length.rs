//! Drawdown length: the days from a peak to its trough, from there to the recovery, or both.
//!
//! # Definition
//! $$ L = r - p \quad\text{(whole)} $$
//! $$ L = t - p \quad\text{(fall)} $$
//! $$ L = r - t \quad\text{(recovery)} $$
//! where $p$, $t$ and $r$ are the sessions of peak, trough and recovery of the `nth` deepest fall
//! of the period, as for `drawdown`: $r$ is the first close that is not below the peak any more.
//! Calendar days. The rows are peak, trough and recovery. PerformanceAnalytics counts observations
//! and begins with the first below the peak.
//!
//! # Undefined when
//! The period ends before the recovery that is asked for (`not_over`), there are fewer than `nth`
//! falls (`no_event`); and as for `drawdown`.
//!
//! # Example
//! ```
//! # use kinglet_core::{query::{Evaluator, Query}, view::example};
//! let view = example(&[
//!     ("2025-07-31", 200.0), ("2025-08-04", 150.0), ("2025-08-08", 220.0), ("2025-08-29", 198.0),
//! ]);
//! let answer = |text: &str| Evaluator::new(&view).answer(&text.parse().unwrap()).number();
//! assert_eq!(answer("drawdown_length(RUT, 2025-08)"), Some(8.0));
//! assert_eq!(answer("drawdown_length(RUT, 2025-08, part: fall)"), Some(4.0));
//! assert_eq!(answer("drawdown_length(RUT, 2025-08, nth: 2)"), None);
//! ```
//!
//! # References
//! Bacon (2008), Practical Portfolio Performance Measurement and Attribution, 2nd edition, section
//! 4.6; PerformanceAnalytics, table.Drawdowns.

use crate::answer::{Outcome, Undefined};
use crate::definition::params::{BASIS, NTH, PERIOD, SUBJECT};
use crate::definition::{Definition, Golden, Law, Metric, Param, ParamKind, UnitRule};
use crate::quantity::{Quantity, Unit};
use crate::query::Scope;

static PART: Param = Param::with_default(
    "part",
    ParamKind::Choice(&["whole", "fall", "recovery"]),
    "whole",
    "from peak to recovery, from peak to trough, or from trough to recovery",
);

/// See the header.
pub static METRIC: Metric = Metric {
    definition: Definition {
        name: "drawdown_length",
        unit: UnitRule::Fixed(Unit::Days),
        spelling: None,
        params: &[&SUBJECT, &PERIOD, &NTH, &PART, &BASIS],
        example: "drawdown_length(RUT, 2025, part: fall)",
        phrases: &["was under water for {value}", "spent {value} under water"],
        code: None,
        revision: 1,
        source: include_str!("drawdown_length.rs"),
    },
    compute,
    laws: &[Law::ScaleInvariant, Law::NotNegative],
    golden: &[Golden {
        query: "drawdown_length(RUT, 2025)",
        want: 204.0,
        within: 0.0,
        from: "pandas 3.1.1 over the facts: the days between the last close at close.cummax() \
               before close / close.cummax() is least and the first after it",
    }],
};

fn compute(scope: &Scope<'_>) -> Result<Outcome, Undefined> {
    let declines = scope.declines()?;
    let (series, closes) = (declines.series, &declines.closes);
    let decline = declines.nth(scope.whole(&NTH)?)?;
    let (peak, trough) = (closes[decline.peak], closes[decline.trough]);
    let recovery = decline.recovery.map(|at| closes[at]).ok_or_else(|| {
        let last = closes[closes.len() - 1].date;
        let reason = format!(
            "{} fell from {} to {} and was not back on {last}",
            series.id, peak.date, trough.date
        );
        Undefined::new("not_over", reason)
    });
    let (from, to) = match scope.choice(&PART) {
        "fall" => (peak, trough),
        "recovery" => (trough, recovery.clone()?),
        _ => (peak, recovery.clone()?),
    };
    let days = f64::from((to.date - from.date).get_days());
    let named = [peak, trough].into_iter().chain(recovery.ok());
    Ok(Outcome {
        quantity: Quantity::new(days, Unit::Days),
        interval: Some(declines.interval()),
        rows: named.map(|close| scope.row(series, close)).collect(),
        notices: Vec::new(),
    })
}
