//! Margin: what is left of the sales of the company in the middle.
//!
//! # Definition
//! $$ m = \operatorname{median}_i\, m_i $$
//! where $m_i$ is, for `of: net`, the net income of company $i$ over its sales, both of the last
//! four quarters, or, for `of: operating`, its operating income over its sales of the last quarter.
//! Each company counts alike; those without sales have no margin. Of one company it is its own.
//! Holdings are as for `pe_forward`.
//!
//! # Undefined when
//! Neither holdings nor company figures of the subject were known on the day (`no_companies`), the
//! holdings are older than a year (`stale`), the margin is known for less than half of the weight
//! (`coverage`), or the period is not one moment (`period_kind`) or lies after the data
//! (`outside_coverage`).
//!
//! # Example
//! ```
//! # use kinglet_core::{companies::Item::NetMargin, query::{Evaluator, Query}, view::example_fund};
//! let view = example_fund(&[("A", 60.0, &[(NetMargin, 0.1)]), ("B", 40.0, &[(NetMargin, 0.2)])]);
//! let query: Query = "margin(IWM, @2025-08-29)".parse().unwrap();
//! assert_eq!(Evaluator::new(&view).answer(&query).display(), "15.00%");
//! ```
//!
//! # References
//! Penman (2013), Financial Statement Analysis and Security Valuation, 5th edition, chapter 10.

use crate::answer::{Outcome, Undefined};
use crate::companies::Item;
use crate::definition::params::{COMPANIES, MOMENT};
use crate::definition::{ClaimCode, Definition, Golden, Law, Metric, Param, ParamKind, UnitRule};
use crate::numeric::median;
use crate::quantity::Unit;
use crate::query::Scope;

static OF: Param = Param::with_default(
    "of",
    ParamKind::Choice(&["net", "operating"]),
    "net",
    "net income of four quarters, or operating income of the last",
);

/// See the header.
pub static METRIC: Metric = Metric {
    definition: Definition {
        name: "margin",
        unit: UnitRule::Fixed(Unit::Fraction),
        spelling: None,
        params: &[&COMPANIES, &MOMENT, &OF],
        example: "margin(IWM, @2026-08-08)",
        phrases: &["a profit margin of {value}", "margins of {value}"],
        code: Some(ClaimCode::Open("margin")),
        revision: 2,
        source: include_str!("margin.rs"),
    },
    compute,
    laws: &[Law::ScaleInvariant],
    golden: &[
        Golden {
            query: "margin(IWM, @2026-08-08)",
            want: 4.87,
            within: 0.005,
            from: "Python 3, csv module, holdings of 2026-05-05 and company figures of 2026-08-08",
        },
        Golden {
            query: "margin(IWM, @2026-08-08, of: operating)",
            want: 9.27,
            within: 0.005,
            from: "Python 3, csv module, holdings of 2026-05-05 and company figures of 2026-08-08",
        },
    ],
};

fn compute(scope: &Scope<'_>) -> Result<Outcome, Undefined> {
    let portfolio = scope.portfolio(&COMPANIES, &MOMENT)?;
    let item = match scope.choice(&OF) {
        "operating" => Item::OperatingMargin,
        _ => Item::NetMargin,
    };
    let cover = portfolio.cover("margins", |symbol| {
        let known = portfolio.figure(item, symbol)?;
        Some((known.figure.value, known))
    })?;
    let margins: Vec<f64> = cover.companies.iter().map(|c| c.value).collect();
    let middle = median(&margins).expect("a cover has a company");
    cover.outcome(middle, Unit::Fraction)
}
