//! Revenue growth: by how much the sales of the company in the middle have grown within a year.
//!
//! # Definition
//! $$ g = \operatorname{median}_i\, g_i $$
//! where $g_i$ are the sales of company $i$ in its last quarter over those of the same quarter of
//! the year before, less one. Each company counts alike: the mean by weight is not given, for one
//! company that had hardly any sales before decides it. Holdings are as for `pe_forward`.
//!
//! # Undefined when
//! Neither holdings nor company figures of the subject were known on the day (`no_companies`), the
//! holdings are older than a year (`stale`), the growth is known for less than half of the weight
//! (`coverage`), or the period is not one moment (`period_kind`) or lies after the data
//! (`outside_coverage`).
//!
//! # Example
//! ```
//! # use kinglet_core::companies::Item::RevenueGrowth;
//! # use kinglet_core::{query::{Evaluator, Query}, view::example_fund};
//! let view = example_fund(&[
//!     ("A", 60.0, &[(RevenueGrowth, 0.04)]),
//!     ("B", 30.0, &[(RevenueGrowth, 0.08)]),
//!     ("C", 10.0, &[(RevenueGrowth, 95.0)]),
//! ]);
//! let query: Query = "revenue_growth(IWM, @2025-08-29)".parse().unwrap();
//! assert_eq!(Evaluator::new(&view).answer(&query).display(), "8.00%");
//! ```
//!
//! # References
//! Chan, Karceski, Lakonishok (2003), The Level and Persistence of Growth Rates, Journal of Finance
//! 58(2), on sales as well as earnings.

use crate::answer::{Outcome, Undefined};
use crate::companies::Item;
use crate::definition::params::{COMPANIES, MOMENT};
use crate::definition::{ClaimCode, Definition, Golden, Law, Metric, UnitRule};
use crate::numeric::median;
use crate::quantity::Unit;
use crate::query::Scope;

/// See the header.
pub static METRIC: Metric = Metric {
    definition: Definition {
        name: "revenue_growth",
        unit: UnitRule::Fixed(Unit::Fraction),
        spelling: None,
        params: &[&COMPANIES, &MOMENT],
        example: "revenue_growth(IWM, @2026-08-08)",
        phrases: &["revenue growth of {value}", "sales grew {value}", "revenues grew {value}"],
        code: Some(ClaimCode::Open("revenue_growth")),
        revision: 2,
        source: include_str!("revenue_growth.rs"),
    },
    compute,
    laws: &[Law::ScaleInvariant],
    golden: &[Golden {
        query: "revenue_growth(IWM, @2026-08-08)",
        want: 10.20,
        within: 0.005,
        from: "Python 3, csv module, holdings of 2026-05-05 and company figures of 2026-08-08",
    }],
};

fn compute(scope: &Scope<'_>) -> Result<Outcome, Undefined> {
    let portfolio = scope.portfolio(&COMPANIES, &MOMENT)?;
    let cover = portfolio.cover("growths of sales", |symbol| {
        let known = portfolio.figure(Item::RevenueGrowth, symbol)?;
        Some((known.figure.value, known))
    })?;
    let growths: Vec<f64> = cover.companies.iter().map(|c| c.value).collect();
    let middle = median(&growths).expect("a cover has a company");
    cover.outcome(middle, Unit::Fraction)
}
