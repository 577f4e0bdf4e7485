//! Debt: what the companies owe, or owe beyond their cash.
//!
//! # Definition
//! $$ D = \sum_i d_i \quad\text{or, for}\ \texttt{cash: subtracted,}\quad \sum_i (d_i - c_i) $$
//! where $d_i$ is the debt of company $i$ that bears interest, leases included, and $c_i$ its cash
//! and short-term investments, in dollars and of the whole company, whatever part of it the fund
//! holds. Holdings are as for `pe_forward`. A company whose figures of debt contradict each other
//! is left out: where debt, debt to equity, capitalisation and price to book differ by more than a
//! factor of five. Which accounts count, so that none is in another currency, is as for
//! `price_to_sales`.
//!
//! # Undefined when
//! Neither holdings nor company figures of the subject were known on the day (`no_companies`), the
//! holdings are older than a year (`stale`), the debt is known for less than half of the weight
//! (`coverage`), or the period is not one moment (`period_kind`) or lies after the data
//! (`outside_coverage`). When it falls due is not in the data: no definition says so.
//!
//! # Example
//! ```
//! # use kinglet_core::{companies::Item::{Cash, Debt}, query::{Evaluator, Query}};
//! # use kinglet_core::view::example_fund;
//! let view = example_fund(&[
//!     ("A", 60.0, &[(Debt, 500.0), (Cash, 100.0)]),
//!     ("B", 40.0, &[(Debt, 100.0), (Cash, 300.0)]),
//! ]);
//! let answer = |text: &str| Evaluator::new(&view).answer(&text.parse::<Query>().unwrap());
//! assert_eq!(answer("debt(IWM, @2025-08-29)").display(), "$600.00");
//! assert_eq!(answer("debt(IWM, @2025-08-29, cash: subtracted)").display(), "$200.00");
//! ```
//!
//! # References
//! Penman (2013), Financial Statement Analysis and Security Valuation, 5th edition, chapter 10
//! (financial obligations, net of financial assets).

use crate::answer::{Outcome, Undefined};
use crate::companies::Item;
use crate::definition::params::{CASH, COMPANIES, MOMENT};
use crate::definition::{ClaimCode, Definition, Golden, Law, Metric, UnitRule};
use crate::numeric::sum;
use crate::portfolio::{Known, Portfolio};
use crate::quantity::Unit;
use crate::query::Scope;

/// See the header.
pub static METRIC: Metric = Metric {
    definition: Definition {
        name: "debt",
        unit: UnitRule::Fixed(Unit::Money),
        spelling: None,
        params: &[&COMPANIES, &MOMENT, &CASH],
        example: "debt(IWM, @2026-08-08)",
        phrases: &["{value} of debt", "a debt of {value}", "debts of {value}"],
        code: Some(ClaimCode::Open("debt")),
        revision: 3,
        source: include_str!("debt.rs"),
    },
    compute,
    laws: &[Law::ScaleEquivariant],
    golden: &[Golden {
        query: "debt(IWM, @2026-08-08)",
        want: 1_791_431_586_715.0,
        within: 1e3,
        from: "Python 3, csv module, holdings of 2026-05-05 and company figures of 2026-08-08",
    }],
};

/// What a company owes, beyond its cash if that is subtracted.
pub(super) fn owed<'a>(
    scope: &Scope<'_>,
    portfolio: &Portfolio<'a>,
    symbol: &str,
) -> Option<(f64, Known<'a>)> {
    let debt = portfolio.debt(symbol)?;
    let cash = match scope.choice(&CASH) {
        "subtracted" => portfolio.figure(Item::Cash, symbol)?.figure.value,
        _ => 0.0,
    };
    Some((debt.figure.value - cash, debt))
}

fn compute(scope: &Scope<'_>) -> Result<Outcome, Undefined> {
    let portfolio = scope.portfolio(&COMPANIES, &MOMENT)?;
    let cover = portfolio.cover("debts", |symbol| owed(scope, &portfolio, symbol))?;
    let total = sum(cover.companies.iter().map(|c| c.value));
    cover.by_value().outcome(total, Unit::Money)
}
