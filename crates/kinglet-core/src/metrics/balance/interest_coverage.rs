//! Interest coverage: earnings before interest and taxes over the interest paid.
//!
//! # Definition
//! $$ c = \sum_i w_i\, e_i / C_i \Big/ \sum_i w_i\, z_i / C_i $$
//! where $w_i$ is the weight of company $i$, $C_i$ its capitalisation, $e_i$ its earnings before
//! interest and taxes and $z_i$ its interest expense, both of the last four quarters. Each company
//! counts by the part of it that is held. Negative earnings count. Holdings are as for
//! `pe_forward`.
//!
//! # Undefined when
//! As for `debt`, where earnings before interest and taxes or interest expenses are known for less
//! than half of the weight (`coverage`), or no interest is paid (`no_interest`).
//!
//! # Example
//! ```
//! # use kinglet_core::companies::Item::{Ebit, InterestExpense, MarketCap};
//! # use kinglet_core::{query::{Evaluator, Query}, view::example_fund};
//! let a = [(Ebit, 9e7), (InterestExpense, 2e7), (MarketCap, 1e9)];
//! let b = [(Ebit, -1e7), (InterestExpense, 2e7), (MarketCap, 1e9)];
//! let view = example_fund(&[("A", 50.0, &a), ("B", 50.0, &b)]);
//! let query: Query = "interest_coverage(IWM, @2025-08-29)".parse().unwrap();
//! assert_eq!(Evaluator::new(&view).answer(&query).display(), "2.00");
//! ```
//!
//! # References
//! Brealey, Myers, Allen (2020), Principles of Corporate Finance, 13th edition, chapter 28 (times
//! interest earned).

use crate::answer::{Outcome, Undefined};
use crate::companies::Item;
use crate::definition::params::{COMPANIES, MOMENT};
use crate::definition::{Definition, Law, Metric, UnitRule};
use crate::portfolio::{Known, Portfolio};
use crate::quantity::Unit;
use crate::query::Scope;

/// See the header.
pub static METRIC: Metric = Metric {
    definition: Definition {
        name: "interest_coverage",
        unit: UnitRule::Fixed(Unit::Ratio),
        spelling: None,
        params: &[&COMPANIES, &MOMENT],
        example: "interest_coverage(IWM, @2026-08-08)",
        phrases: &[
            "interest coverage of {value}",
            "an interest coverage ratio of {value}",
            "covered its interest {value} times",
        ],
        code: None,
        revision: 2,
        source: include_str!("interest_coverage.rs"),
    },
    compute,
    laws: &[Law::ScaleInvariant],
    golden: &[],
};

/// Earnings before interest and taxes, and interest, with the figure of the latter.
pub(super) fn parts<'a>(portfolio: &Portfolio<'a>, symbol: &str) -> Option<(f64, f64, Known<'a>)> {
    let earnings = portfolio.figure(Item::Ebit, symbol)?.figure.value;
    let known = portfolio.figure(Item::InterestExpense, symbol)?;
    Some((earnings, known.figure.value, known))
}

fn compute(scope: &Scope<'_>) -> Result<Outcome, Undefined> {
    let portfolio = scope.portfolio(&COMPANIES, &MOMENT)?;
    let what = "interest and earnings before it";
    let part = |symbol: &str| {
        let size = portfolio.figure(Item::MarketCap, symbol)?.figure.value;
        let (earnings, interest, known) = parts(&portfolio, symbol)?;
        Some((earnings / size, interest / size, known))
    };
    let earnings = portfolio.cover(what, |s| part(s).map(|(earned, _, known)| (earned, known)))?;
    let interest = portfolio.cover(what, |s| part(s).map(|(_, paid, known)| (paid, known)))?;
    if interest.sum() <= 0.0 {
        return Err(Undefined::new("no_interest", "the companies pay no interest"));
    }
    let coverage = earnings.sum() / interest.sum();
    interest.outcome(coverage, Unit::Ratio)
}
