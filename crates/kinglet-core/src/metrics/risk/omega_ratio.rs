//! Omega ratio: the sum of returns above a threshold for each unit of shortfall below it.
//!
//! # Definition
//! $$ \Omega = \sum_t \max(u_t - \tau, 0) \Big/ \sum_t \max(\tau - u_t, 0) $$
//! where $\tau$ is the `threshold`, a rate a year over $m$ (0 if left out), and $u_t$ is the simple
//! return of observation $t$ of $n$: from month-end to month-end (`grain: month`, $m = 12$ a year),
//! from the end of a week to the next (`grain: week`, $m = 52$) or from session to session
//! (`grain: day`, $m = 252$). It has no annualised form.
//!
//! # Undefined when
//! The period has fewer than two observations (`too_short`), a monthly one does not run from
//! month-end to month-end (`period_kind`), no return falls short of the threshold
//! (`zero_variance`), a close is missing (`incomplete`, `no_observation`) or not positive
//! (`not_positive`), there is no such series (`no_series`), or the period ends after the data
//! (`outside_coverage`).
//!
//! # Example
//! ```
//! # use kinglet_core::{query::{Evaluator, Query}, view::example};
//! // Returns of 10%, -10% and 10%.
//! let view = example(&[
//!     ("2025-08-26", 100.0), ("2025-08-27", 110.0), ("2025-08-28", 99.0), ("2025-08-29", 108.9),
//! ]);
//! let query: Query = "omega_ratio(RUT, 3d@2025-08-29, grain: day)".parse().unwrap();
//! assert_eq!(Evaluator::new(&view).answer(&query).display(), "2.00");
//! ```
//!
//! # References
//! Keating, Shadwick (2002), A Universal Performance Measure, Journal of Performance Measurement
//! 6(3).

use crate::answer::{Outcome, Undefined};
use crate::definition::params::{BASIS, GRAIN, PERIOD, SUBJECT, THRESHOLD};
use crate::definition::{Definition, Golden, Law, Metric, UnitRule};
use crate::numeric::sum;
use crate::quantity::Unit;
use crate::query::Scope;

/// See the header.
pub static METRIC: Metric = Metric {
    definition: Definition {
        name: "omega_ratio",
        unit: UnitRule::Fixed(Unit::Ratio),
        spelling: None,
        params: &[&SUBJECT, &PERIOD, &GRAIN, &BASIS, &THRESHOLD],
        example: "omega_ratio(RUT, 2014..2023)",
        phrases: &["an omega ratio of {value}", "an omega of {value}"],
        code: None,
        revision: 1,
        source: include_str!("omega_ratio.rs"),
    },
    compute,
    laws: &[Law::ScaleInvariant, Law::NotNegative],
    golden: &[Golden {
        query: "omega_ratio(RUT, 2014..2023)",
        want: 1.332_548_820_0,
        within: 0.000_000_01,
        from: "pandas 3.1.1, r and b the returns of RUT and SPX in index_month_end.csv: \
                   r.clip(lower=0).sum() / (-r).clip(lower=0).sum()",
    }],
};

fn compute(scope: &Scope<'_>) -> Result<Outcome, Undefined> {
    let sample = scope.sample(&SUBJECT)?;
    let threshold = scope.threshold(&sample);
    let gains = sum(sample.returns.iter().map(|u| (u - threshold).max(0.0)));
    let losses = sum(sample.returns.iter().map(|u| (threshold - u).max(0.0)));
    if losses == 0.0 {
        return Err(Undefined::new("zero_variance", "no return falls short of the threshold"));
    }
    sample.outcome(gains / losses, Unit::Ratio)
}
