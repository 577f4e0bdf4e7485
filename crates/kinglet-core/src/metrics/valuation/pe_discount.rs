//! P/E discount: how far the P/E of one group of companies lies below that of another.
//!
//! # Definition
//! $$ d = 1 - PE_{subject} / PE_{versus} $$
//! where both P/E are `pe_trailing` or, for `of: forward`, `pe_forward`, as of the same moment and
//! by the same `losses` and `average`. It is negative where the subject is the dearer one. Losses
//! decide the result for small companies: name them.
//!
//! # Undefined when
//! Either P/E is (see `pe_trailing`, `pe_forward`).
//!
//! # Example
//! ```
//! # use kinglet_core::{companies::Item::PeForward, query::{Evaluator, Query}, view::example_fund};
//! let view = example_fund(&[("A", 50.0, &[(PeForward, 12.0)]), ("B", 0.0, &[(PeForward, 20.0)])]);
//! let query: Query = "pe_discount(IWM, B, @2025-08-29, of: forward)".parse().unwrap();
//! assert_eq!(Evaluator::new(&view).answer(&query).display(), "40.00%");
//! ```
//!
//! # References
//! Damodaran (2012), Investment Valuation, 3rd edition, chapter 17 (comparing multiples needs one
//! definition on both sides).

use super::{pe_forward, pe_trailing};
use crate::answer::{Outcome, Undefined, finite};
use crate::definition::params::{AVERAGE, COMPANIES, EARNINGS, LOSSES, MOMENT, VERSUS};
use crate::definition::{ClaimCode, Definition, Golden, Law, Metric, Param, UnitRule};
use crate::quantity::Unit;
use crate::query::Scope;

/// See the header.
pub static METRIC: Metric = Metric {
    definition: Definition {
        name: "pe_discount",
        unit: UnitRule::Fixed(Unit::Fraction),
        spelling: None,
        params: &[&COMPANIES, &VERSUS, &MOMENT, &EARNINGS, &LOSSES, &AVERAGE],
        example: "pe_discount(IWM, LARGEST:500, @2026-08-08, of: forward, losses: exclude)",
        phrases: &["a valuation discount of {value}", "a discount of {value} to large caps"],
        code: Some(ClaimCode::Open("pe_discount")),
        revision: 2,
        source: include_str!("pe_discount.rs"),
    },
    compute,
    laws: &[Law::ScaleInvariant],
    golden: &[Golden {
        query: "pe_discount(IWM, LARGEST:500, @2026-08-08, of: forward, losses: exclude)",
        want: 17.8575,
        within: 0.000_05,
        from: "pandas 3.1.1, holdings of 2026-05-05 and company figures of 2026-08-08: 15.2978 \
               against 18.6235",
    }],
};

/// The P/E of the subject over that of the other side.
pub(super) fn ratio(scope: &Scope<'_>) -> Result<(f64, Outcome), Undefined> {
    let of = |subject: &Param| match scope.choice(&EARNINGS) {
        "forward" => pe_forward::of(scope, subject),
        _ => pe_trailing::of(scope, subject),
    };
    let (mut subject, versus) = (of(&COMPANIES)?, of(&VERSUS)?);
    let ratio = subject.quantity.value / versus.quantity.value;
    subject.rows.extend(versus.rows);
    subject.notices.extend(versus.notices);
    Ok((ratio, subject))
}

fn compute(scope: &Scope<'_>) -> Result<Outcome, Undefined> {
    let (ratio, outcome) = ratio(scope)?;
    Ok(Outcome { quantity: finite(1.0 - ratio, Unit::Fraction)?, ..outcome })
}
