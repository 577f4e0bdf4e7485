//! Price to sales: what companies cost over what they sell in a year.
//!
//! # Definition
//! $$ PS = \sum_i w_i \Big/ \sum_i w_i\, s_i, \qquad s_i = S_i / P_i $$
//! where $w_i$ is the weight of company $i$ and $s_i$ the inverse of its price to sales: those of
//! the last four quarters, of which also companies with losses have some. Averages, holdings and
//! weights are as for `pe_forward`; a `mean` leaves negative sales out.
//!
//! Prices are in dollars, accounts may be in another currency. Of companies that no fund holds
//! they count where the P/E that they imply, price to sales over net margin or else price to book
//! over return on equity, is within a factor of four of the trailing P/E, which is of one currency;
//! where that cannot be told, where the company is not known to be of another country.
//!
//! # Undefined when
//! As for `pe_forward`; `negative_earnings` stands for sales that are not positive together or, for
//! a median, in the middle.
//!
//! # Example
//! ```
//! # use kinglet_core::{companies::Item::PriceToSales, query::{Evaluator, Query}};
//! # use kinglet_core::view::example_fund;
//! // 60 dollars buy sales of 30, 40 dollars sales of 10.
//! let view =
//!     example_fund(&[("A", 60.0, &[(PriceToSales, 2.0)]), ("B", 40.0, &[(PriceToSales, 4.0)])]);
//! let query: Query = "price_to_sales(IWM, @2025-08-29)".parse().unwrap();
//! assert_eq!(Evaluator::new(&view).answer(&query).display(), "2.50");
//! ```
//!
//! # References
//! Barbee, Mukherji, Raines (1996), Do Sales-Price and Debt-Equity Explain Stock Returns Better
//! than Book-Market and Firm Size?, Financial Analysts Journal 52(2).

use super::price_to_book;
use crate::answer::{Outcome, Undefined};
use crate::companies::Item;
use crate::definition::params::{AVERAGE, COMPANIES, MOMENT};
use crate::definition::{Definition, Golden, Law, Metric, UnitRule};
use crate::quantity::Unit;
use crate::query::Scope;

/// See the header.
pub static METRIC: Metric = Metric {
    definition: Definition {
        name: "price_to_sales",
        unit: UnitRule::Fixed(Unit::Ratio),
        spelling: None,
        params: &[&COMPANIES, &MOMENT, &AVERAGE],
        example: "price_to_sales(IWM, @2026-08-08)",
        phrases: &["a price-to-sales ratio of {value}", "{value} times sales"],
        code: None,
        revision: 2,
        source: include_str!("price_to_sales.rs"),
    },
    compute,
    laws: &[Law::ScaleInvariant, Law::NotNegative],
    golden: &[
        Golden {
            query: "price_to_sales(IWM, @2026-08-08)",
            want: 1.547,
            within: 0.000_5,
            from: "Python 3, csv module, holdings of 2026-05-05 and company figures of 2026-08-08",
        },
        Golden {
            query: "price_to_sales(LARGEST:500, @2026-08-08)",
            want: 3.833_05,
            within: 0.000_005,
            from: "pandas 3.1.1, the companies of `pe_forward` and, of companies without \
                   a P/E, country in us_symbols.csv: those whose P/S over margin, else P/B over \
                   return on equity, is within a factor of four of the P/E, else American ones",
        },
        Golden {
            query: "price_to_sales(IWM, @2026-08-08, average: median)",
            want: 2.556,
            within: 0.000_5,
            from: "Python 3, csv module, holdings of 2026-05-05 and company figures of 2026-08-08",
        },
    ],
};

fn compute(scope: &Scope<'_>) -> Result<Outcome, Undefined> {
    price_to_book::over(scope, Item::PriceToSales, "sales")
}
