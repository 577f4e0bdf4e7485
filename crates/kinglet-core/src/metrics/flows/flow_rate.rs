//! Flow rate: the flow of a fund as a share of what it was worth before.
//!
//! # Definition
//! $$ f = F / (N_b P_b) $$
//! where $F$ is the `flow` of the period, $N_b$ the shares outstanding last known at its base $b$
//! and $P_b$ the close of that day. Its place in history is
//! `percentile(flow_rate(IWM, month), of: 2025-11)`.
//!
//! # Undefined when
//! The fund was worth nothing at the base (`not_positive`); otherwise as for `flow`.
//!
//! # Example
//! ```
//! # use kinglet_core::{query::{Evaluator, Query}, view::example_shares};
//! // 10 new shares at $20 to 100 at $25: $200 of $2500.
//! let view = example_shares(&[("2025-08-28", 25.0, 100.0), ("2025-08-29", 20.0, 110.0)]);
//! let query: Query = "flow_rate(IWM, 2025-08-29)".parse().unwrap();
//! assert_eq!(Evaluator::new(&view).answer(&query).display(), "8.00%");
//! ```
//!
//! # References
//! Sirri, Tufano (1998), Costly Search and Mutual Fund Flows, Journal of Finance 53(5).

use super::flow::Flows;
use crate::answer::{Outcome, Undefined};
use crate::definition::params::{COMPANIES, PERIOD};
use crate::definition::{Definition, Law, Metric, UnitRule};
use crate::quantity::Unit;
use crate::query::Scope;

/// See the header.
pub static METRIC: Metric = Metric {
    definition: Definition {
        name: "flow_rate",
        unit: UnitRule::Fixed(Unit::Fraction),
        spelling: None,
        params: &[&COMPANIES, &PERIOD],
        example: "flow_rate(IWM, 2025-11-05..2026-05-05)",
        phrases: &["flows of {value} of assets", "a flow of {value} of assets"],
        code: None,
        revision: 1,
        source: include_str!("flow_rate.rs"),
    },
    compute,
    laws: &[Law::ScaleInvariant],
    golden: &[],
};

fn compute(scope: &Scope<'_>) -> Result<Outcome, Undefined> {
    let flows = Flows::of(scope)?;
    if flows.assets <= 0.0 {
        return Err(Undefined::new("not_positive", "the fund was worth nothing at the base"));
    }
    let rate = flows.sum / flows.assets;
    flows.outcome(rate, Unit::Fraction)
}
