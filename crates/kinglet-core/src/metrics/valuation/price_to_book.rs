//! Price to book: what companies cost over the book value of their equity.
//!
//! # Definition
//! $$ PB = \sum_i w_i \Big/ \sum_i w_i\, b_i, \qquad b_i = B_i / P_i $$
//! where $w_i$ is the weight of company $i$ and $b_i$ the inverse of its price to book. A company
//! whose debts exceed its assets has a negative book value, which lowers the sum. Averages,
//! holdings and weights are as for `pe_forward`; a `mean` leaves negative book values out. Which
//! accounts count is as for `price_to_sales`.
//!
//! # Undefined when
//! As for `pe_forward`; `negative_earnings` stands for book values that are not positive together
//! or, for a median, in the middle.
//!
//! # Example
//! ```
//! # use kinglet_core::{companies::Item::PriceToBook, query::{Evaluator, Query}};
//! # use kinglet_core::view::example_fund;
//! // 60 dollars buy 30 of equity, 40 dollars 10.
//! let view =
//!     example_fund(&[("A", 60.0, &[(PriceToBook, 2.0)]), ("B", 40.0, &[(PriceToBook, 4.0)])]);
//! let query: Query = "price_to_book(IWM, @2025-08-29)".parse().unwrap();
//! assert_eq!(Evaluator::new(&view).answer(&query).display(), "2.50");
//! ```
//!
//! # References
//! Fama, French (1992), The Cross-Section of Expected Stock Returns, Journal of Finance 47(2).

use crate::answer::{Outcome, Undefined};
use crate::companies::Item;
use crate::definition::params::{AVERAGE, COMPANIES, MOMENT};
use crate::definition::{ClaimCode, Definition, Golden, Law, Metric, UnitRule};
use crate::portfolio::Average;
use crate::quantity::Unit;
use crate::query::Scope;

/// See the header.
pub static METRIC: Metric = Metric {
    definition: Definition {
        name: "price_to_book",
        unit: UnitRule::Fixed(Unit::Ratio),
        spelling: None,
        params: &[&COMPANIES, &MOMENT, &AVERAGE],
        example: "price_to_book(IWM, @2026-08-08)",
        phrases: &["a price-to-book ratio of {value}", "{value} times book value"],
        code: Some(ClaimCode::Open("price_to_book")),
        revision: 3,
        source: include_str!("price_to_book.rs"),
    },
    compute,
    laws: &[Law::ScaleInvariant, Law::NotNegative],
    golden: &[Golden {
        query: "price_to_book(IWM, @2026-08-08)",
        want: 2.58,
        within: 0.005,
        from: "Python 3, csv module, holdings of 2026-05-05 and company figures of 2026-08-08",
    }],
};

/// The multiple of companies over an item that is a price over what they own or sell.
pub(super) fn over(
    scope: &Scope<'_>,
    item: Item,
    what: &'static str,
) -> Result<Outcome, Undefined> {
    let portfolio = scope.portfolio(&COMPANIES, &MOMENT)?;
    let average = Average::of(scope.choice(&AVERAGE));
    let mut cover = portfolio.cover(what, |symbol| {
        let known = portfolio.figure(item, symbol)?;
        Some((1.0 / known.figure.value, known))
    })?;
    match average {
        Average::Mean => cover = cover.positive()?,
        _ => cover.say_negative("are counted"),
    }
    let multiple = cover.multiple(average)?;
    cover.outcome(multiple, Unit::Ratio)
}

fn compute(scope: &Scope<'_>) -> Result<Outcome, Undefined> {
    over(scope, Item::PriceToBook, "book values")
}
