//! Effective number: how many companies of equal weight would be as concentrated.
//!
//! # Definition
//! $$ N = 1 \Big/ \sum_i w_i^2 $$
//! where $w_i$ is the weight of company $i$: 10000 over the `herfindahl` index. Holdings and
//! weights are as for `pe_forward`; each class of shares that is held counts.
//!
//! # Undefined when
//! Neither holdings nor company figures of the subject were known on the day (`no_companies`), the
//! holdings are older than a year (`stale`), or the period is not one moment (`period_kind`) or
//! lies after the data (`outside_coverage`).
//!
//! # Example
//! ```
//! # use kinglet_core::{query::{Evaluator, Query}, view::example_fund};
//! let view = example_fund(&[("A", 60.0, &[]), ("B", 20.0, &[]), ("C", 20.0, &[])]);
//! let query: Query = "effective_number(IWM, @2025-08-29)".parse().unwrap();
//! assert_eq!(Evaluator::new(&view).answer(&query).display(), "2.27");
//! ```
//!
//! # References
//! Adelman (1969), Comment on the "H" Concentration Measure as a Numbers-Equivalent, Review of
//! Economics and Statistics 51(1).

use super::herfindahl::sum_of_squares;
use crate::answer::{Notice, Outcome, Undefined, finite};
use crate::definition::params::{COMPANIES, MOMENT};
use crate::definition::{Definition, Golden, Law, Metric, UnitRule};
use crate::quantity::Unit;
use crate::query::Scope;
use crate::time::Interval;

/// See the header.
pub static METRIC: Metric = Metric {
    definition: Definition {
        name: "effective_number",
        unit: UnitRule::Fixed(Unit::Ratio),
        spelling: None,
        params: &[&COMPANIES, &MOMENT],
        example: "effective_number(IWM, @2026-05-05)",
        phrases: &["as concentrated as {value} companies", "an effective number of {value}"],
        code: None,
        revision: 2,
        source: include_str!("effective_number.rs"),
    },
    compute,
    laws: &[Law::ScaleInvariant, Law::NotNegative],
    golden: &[
        Golden {
            query: "effective_number(IWM, @2026-05-05)",
            want: 532.319_379_535,
            within: 0.000_001,
            from: "numpy 2.4.6 over the market values of the equities of \
                   iwm_holdings_2026-05-05.csv: 1 / (w**2).sum()",
        },
        Golden {
            query: "effective_number(IWM, @2025-11-05)",
            want: 661.482_707_267,
            within: 0.000_001,
            from: "numpy 2.4.6 over the market values of the equities of \
                   iwm_holdings_2025-11-05.csv: 1 / (w**2).sum()",
        },
    ],
};

fn compute(scope: &Scope<'_>) -> Result<Outcome, Undefined> {
    let portfolio = scope.portfolio(&COMPANIES, &MOMENT)?;
    let number = 1.0 / sum_of_squares(&portfolio);
    let text = format!("{} companies in all", portfolio.positions.len());
    let counted = Notice { code: "counted", text };
    Ok(Outcome {
        quantity: finite(number, Unit::Ratio)?,
        interval: Some(Interval::at(portfolio.day)),
        rows: portfolio.rows(),
        notices: portfolio.notices.into_iter().chain([counted]).collect(),
    })
}
