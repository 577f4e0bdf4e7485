//! P/E ratio to another: the P/E of one group of companies as a share of that of another.
//!
//! # Definition
//! $$ r = PE_{subject} / PE_{versus} $$
//! where both P/E are `pe_trailing` or, for `of: forward`, `pe_forward`, as of the same moment and
//! by the same `losses` and `average`. One less `pe_discount`.
//!
//! # Undefined when
//! Either P/E is (see `pe_trailing`, `pe_forward`).
//!
//! # Example
//! ```
//! # use kinglet_core::{companies::Item::PeForward, query::{Evaluator, Query}, view::example_fund};
//! let view = example_fund(&[("A", 50.0, &[(PeForward, 12.0)]), ("B", 0.0, &[(PeForward, 20.0)])]);
//! let query: Query = "ratio_to(IWM, B, @2025-08-29, of: forward)".parse().unwrap();
//! assert_eq!(Evaluator::new(&view).answer(&query).display(), "60.00%");
//! ```
//!
//! # References
//! Damodaran (2012), Investment Valuation, 3rd edition, chapter 17.

use super::pe_discount::ratio;
use crate::answer::{Outcome, Undefined, finite};
use crate::definition::params::{AVERAGE, COMPANIES, EARNINGS, LOSSES, MOMENT, VERSUS};
use crate::definition::{ClaimCode, Definition, Golden, Law, Metric, UnitRule};
use crate::quantity::Unit;
use crate::query::Scope;

/// See the header.
pub static METRIC: Metric = Metric {
    definition: Definition {
        name: "ratio_to",
        unit: UnitRule::Fixed(Unit::Fraction),
        spelling: None,
        params: &[&COMPANIES, &VERSUS, &MOMENT, &EARNINGS, &LOSSES, &AVERAGE],
        example: "ratio_to(IWM, LARGEST:500, @2026-08-08, of: forward)",
        phrases: &["{value} of the multiple of large caps", "a relative p/e of {value}"],
        code: Some(ClaimCode::Open("ratio_to")),
        revision: 2,
        source: include_str!("ratio_to.rs"),
    },
    compute,
    laws: &[Law::ScaleInvariant, Law::NotNegative],
    golden: &[Golden {
        query: "ratio_to(IWM, LARGEST:500, @2026-08-08, of: forward)",
        want: 114.154,
        within: 0.000_5,
        from: "pandas 3.1.1, holdings of 2026-05-05 and company figures of 2026-08-08: 21.3564 \
               against 18.7084",
    }],
};

fn compute(scope: &Scope<'_>) -> Result<Outcome, Undefined> {
    let (ratio, outcome) = ratio(scope)?;
    Ok(Outcome { quantity: finite(ratio, Unit::Fraction)?, ..outcome })
}
