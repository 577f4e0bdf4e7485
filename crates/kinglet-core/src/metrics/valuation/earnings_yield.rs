//! Earnings yield: what companies earn in a year for a unit of their price.
//!
//! # Definition
//! $$ EY = \sum_i w_i\, y_i \Big/ \sum_i w_i $$
//! where $w_i$ is the weight of company $i$ and $y_i$ its earnings over its price: for `of:
//! trailing` those of the last four quarters, for `of: forward` those expected for the next year.
//! It is the inverse of the aggregate P/E and, unlike that, defined for losses. Companies, weights
//! and `losses` are as for `pe_forward`. Of an index whose earnings are published as a whole, it is
//! the inverse of `pe_trailing`.
//!
//! # Undefined when
//! As for `pe_forward` and `pe_trailing`, save that negative earnings have a yield.
//!
//! # Example
//! ```
//! # use kinglet_core::{companies::Item::PeForward, query::{Evaluator, Query}, view::example_fund};
//! let view =
//!     example_fund(&[("A", 50.0, &[(PeForward, 10.0)]), ("B", 50.0, &[(PeForward, -5.0)])]);
//! let answer = |text: &str| Evaluator::new(&view).answer(&text.parse::<Query>().unwrap());
//! assert_eq!(answer("earnings_yield(IWM, @2025-08-29, of: forward)").display(), "-5.00%");
//! ```
//!
//! # References
//! Asness (2003), Fight the Fed Model, Journal of Portfolio Management 30(1).

use super::{pe_forward, pe_trailing};
use crate::answer::{Outcome, Undefined};
use crate::definition::params::{COMPANIES, EARNINGS, LOSSES, MOMENT};
use crate::definition::{Definition, Golden, Law, Metric, UnitRule};
use crate::quantity::Unit;
use crate::query::Scope;

/// See the header.
pub static METRIC: Metric = Metric {
    definition: Definition {
        name: "earnings_yield",
        unit: UnitRule::Fixed(Unit::Fraction),
        spelling: None,
        params: &[&COMPANIES, &MOMENT, &EARNINGS, &LOSSES],
        example: "earnings_yield(SPX, 2014-12)",
        phrases: &["an earnings yield of {value}", "earnings yield of {value}"],
        code: None,
        revision: 2,
        source: include_str!("earnings_yield.rs"),
    },
    compute,
    laws: &[Law::ScaleInvariant],
    golden: &[
        Golden {
            query: "earnings_yield(SPX, 2015-01)",
            want: 4.99,
            within: 0.005,
            from: "by hand, from Shiller's table: earnings of 101.29 over a price of 2028.18",
        },
        Golden {
            query: "earnings_yield(IWM, @2026-08-08, of: forward)",
            want: 4.68,
            within: 0.005,
            from: "Python 3, csv module, holdings of 2026-05-05 and company figures of 2026-08-08",
        },
    ],
};

fn compute(scope: &Scope<'_>) -> Result<Outcome, Undefined> {
    let trailing = scope.choice(&EARNINGS) == "trailing";
    let accounts = pe_trailing::accounts(scope, &COMPANIES).filter(|_| trailing);
    let portfolio = match (scope.portfolio(&COMPANIES, &MOMENT), accounts) {
        (Err(_), Some(accounts)) => {
            let found = pe_trailing::per_price(scope, &COMPANIES, (accounts, "EARNINGS"));
            return found.map(|(_, outcome)| outcome);
        }
        (portfolio, _) => portfolio?,
    };
    let losses = scope.choice(&LOSSES);
    let cover = match trailing {
        true => pe_trailing::earnings(&portfolio, losses)?,
        false => pe_forward::earnings(&portfolio)?,
    };
    let cover = if losses == "exclude" { cover.positive()? } else { cover };
    let mean = cover.mean();
    cover.outcome(mean, Unit::Fraction)
}
