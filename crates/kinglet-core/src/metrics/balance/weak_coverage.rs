//! Weak coverage: the share of companies that do not earn their interest.
//!
//! # Definition
//! $$ s = \#\{ i : z_i > 0,\ e_i < z_i \} / n $$
//! where $\#$ counts, $e_i$ are the earnings before interest and taxes of company $i$, $z_i$ its
//! interest expense, both of the last four quarters, and $n$ the number of companies of which both
//! are known. By `weight`, the companies' weights are summed instead. Who pays no interest is not
//! weak. Holdings are as for `pe_forward`.
//!
//! # Undefined when
//! As for `interest_coverage`, save that there may be no interest at all.
//!
//! # Example
//! ```
//! # use kinglet_core::companies::Item::{Ebit, InterestExpense};
//! # use kinglet_core::{query::{Evaluator, Query}, view::example_fund};
//! let view = example_fund(&[
//!     ("A", 80.0, &[(Ebit, 9e7), (InterestExpense, 2e7)]),
//!     ("B", 20.0, &[(Ebit, 1e7), (InterestExpense, 2e7)]),
//! ]);
//! let answer = |text: &str| Evaluator::new(&view).answer(&text.parse::<Query>().unwrap());
//! assert_eq!(answer("weak_coverage(IWM, @2025-08-29)").display(), "50.00%");
//! assert_eq!(answer("weak_coverage(IWM, @2025-08-29, by: weight)").display(), "20.00%");
//! ```
//!
//! # References
//! Banerjee, Hofmann (2018), The Rise of Zombie Firms: Causes and Consequences, BIS Quarterly
//! Review, September (coverage below one; theirs for three years, of old companies).

use super::interest_coverage::parts;
use crate::answer::{Outcome, Undefined};
use crate::definition::params::{BY, COMPANIES, MOMENT};
use crate::definition::{ClaimCode, Definition, Law, Metric, UnitRule};
use crate::quantity::Unit;
use crate::query::Scope;

/// See the header.
pub static METRIC: Metric = Metric {
    definition: Definition {
        name: "weak_coverage",
        unit: UnitRule::Fixed(Unit::Fraction),
        spelling: None,
        params: &[&COMPANIES, &MOMENT, &BY],
        example: "weak_coverage(IWM, @2026-08-08)",
        phrases: &[
            "{value} cannot cover their interest",
            "{value} of its members cannot cover their interest",
            "{value} of companies cannot cover their interest",
        ],
        code: Some(ClaimCode::Open("share")),
        revision: 2,
        source: include_str!("weak_coverage.rs"),
    },
    compute,
    laws: &[Law::ScaleInvariant, Law::NotNegative, Law::WithinOne],
    golden: &[],
};

fn compute(scope: &Scope<'_>) -> Result<Outcome, Undefined> {
    let portfolio = scope.portfolio(&COMPANIES, &MOMENT)?;
    let cover = portfolio.cover("interest and earnings before it", |symbol| {
        let (earnings, interest, known) = parts(&portfolio, symbol)?;
        let weak = interest > 0.0 && earnings < interest;
        Some((if weak { -1.0 } else { 1.0 }, known))
    })?;
    let (count, by_weight) = cover.negative();
    let share = match scope.choice(&BY) {
        "weight" => by_weight,
        _ => count as f64 / cover.companies.len() as f64,
    };
    cover.outcome(share, Unit::Fraction)
}
