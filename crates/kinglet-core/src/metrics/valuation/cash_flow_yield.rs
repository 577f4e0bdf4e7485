//! Cash flow yield: what companies have left in cash in a year for a unit of their price.
//!
//! # Definition
//! $$ FY = \sum_i w_i\, f_i \Big/ \sum_i w_i, \qquad f_i = F_i / C_i $$
//! where $w_i$ is the weight of company $i$, $F_i$ its free cash flow of the last four quarters,
//! cash from operations less what was invested, and $C_i$ its capitalisation. Companies that use up
//! cash count below zero. Holdings and weights are as for `pe_forward`, which accounts count is as
//! for `price_to_sales`. What companies pay back by buying their shares is not in the data: no
//! definition says so.
//!
//! # Undefined when
//! Neither holdings nor company figures of the subject were known on the day (`no_companies`), the
//! holdings are older than a year (`stale`), free cash flows are known for less than half of the
//! weight (`coverage`), or the period is not one moment (`period_kind`) or lies after the data
//! (`outside_coverage`).
//!
//! # Example
//! ```
//! # use kinglet_core::companies::Item::{FreeCashFlow, MarketCap};
//! # use kinglet_core::{query::{Evaluator, Query}, view::example_fund};
//! // 10% of one half, -2% of the other.
//! let view = example_fund(&[
//!     ("A", 50.0, &[(FreeCashFlow, 20.0), (MarketCap, 200.0)]),
//!     ("B", 50.0, &[(FreeCashFlow, -2.0), (MarketCap, 100.0)]),
//! ]);
//! let query: Query = "cash_flow_yield(IWM, @2025-08-29)".parse().unwrap();
//! assert_eq!(Evaluator::new(&view).answer(&query).display(), "4.00%");
//! ```
//!
//! # References
//! Lakonishok, Shleifer, Vishny (1994), Contrarian Investment, Extrapolation, and Risk, Journal of
//! Finance 49(5).

use crate::answer::{Outcome, Undefined};
use crate::companies::Item;
use crate::definition::params::{COMPANIES, MOMENT};
use crate::definition::{Definition, Golden, Law, Metric, UnitRule};
use crate::quantity::Unit;
use crate::query::Scope;

/// See the header.
pub static METRIC: Metric = Metric {
    definition: Definition {
        name: "cash_flow_yield",
        unit: UnitRule::Fixed(Unit::Fraction),
        spelling: None,
        params: &[&COMPANIES, &MOMENT],
        example: "cash_flow_yield(IWM, @2026-08-08)",
        phrases: &["a free cash flow yield of {value}", "free cash flow yield of {value}"],
        code: None,
        revision: 2,
        source: include_str!("cash_flow_yield.rs"),
    },
    compute,
    laws: &[Law::ScaleInvariant],
    golden: &[
        Golden {
            query: "cash_flow_yield(IWM, @2026-08-08)",
            want: 1.602,
            within: 0.000_5,
            from: "Python 3, csv module, holdings of 2026-05-05 and company figures of 2026-08-08",
        },
        Golden {
            query: "cash_flow_yield(LARGEST:500, @2026-08-08)",
            want: 2.009_88,
            within: 0.000_005,
            from: "pandas 3.1.1, figures of 2026-08-08 of the companies that count for \
                   `price_to_sales(LARGEST:500, @2026-08-08)`",
        },
    ],
};

fn compute(scope: &Scope<'_>) -> Result<Outcome, Undefined> {
    let portfolio = scope.portfolio(&COMPANIES, &MOMENT)?;
    let mut cover = portfolio.cover("free cash flows", |symbol| {
        let known = portfolio.figure(Item::FreeCashFlow, symbol)?;
        let size = portfolio.figure(Item::MarketCap, symbol)?.figure.value;
        Some((known.figure.value / size, known))
    })?;
    cover.say_negative("are counted");
    let mean = cover.mean();
    cover.outcome(mean, Unit::Fraction)
}
