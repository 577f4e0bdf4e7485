//! Debt to EBITDA: what companies owe over what they earn in a year.
//!
//! # Definition
//! $$ r = \sum_i w_i\, d_i / C_i \Big/ \sum_i w_i\, a_i / C_i $$
//! where $w_i$ is the weight of company $i$, $C_i$ its capitalisation, $d_i$ its debt, with `cash:
//! subtracted` less its cash, and $a_i$ its EBITDA, the earnings before interest,
//! taxes, depreciation and amortisation: its enterprise value over its EV/EBITDA. So
//! each company counts by the part of it that is held. Companies without EBITDA, as banks, are left
//! out, as are those whose figures of debt contradict each other (see `debt`).
//!
//! # Undefined when
//! As for `debt`, or the EBITDA of all companies together is not positive (`negative_earnings`).
//!
//! # Example
//! ```
//! # use kinglet_core::companies::Item::{Cash, Debt, EnterpriseValue, EvToEbitda, MarketCap};
//! # use kinglet_core::{query::{Evaluator, Query}, view::example_fund};
//! let a = [(Debt, 6e8), (Cash, 2e8), (MarketCap, 1e9), (EnterpriseValue, 1.4e9),
//!     (EvToEbitda, 7.0)];
//! let view = example_fund(&[("A", 60.0, &a)]);
//! let answer = |text: &str| Evaluator::new(&view).answer(&text.parse::<Query>().unwrap());
//! assert_eq!(answer("debt_to_ebitda(IWM, @2025-08-29)").display(), "3.00");
//! assert_eq!(answer("debt_to_ebitda(IWM, @2025-08-29, cash: subtracted)").display(), "2.00");
//! ```
//!
//! # References
//! Standard & Poor's (2013), Corporate Methodology: Ratios and Adjustments.

use super::debt::owed;
use crate::answer::{Outcome, Undefined};
use crate::companies::Item;
use crate::definition::params::{CASH, COMPANIES, MOMENT};
use crate::definition::{Definition, Golden, Law, Metric, UnitRule};
use crate::metrics::valuation::ev_ebitda::enterprise;
use crate::portfolio::{Known, Portfolio};
use crate::quantity::Unit;
use crate::query::Scope;

/// See the header.
pub static METRIC: Metric = Metric {
    definition: Definition {
        name: "debt_to_ebitda",
        unit: UnitRule::Fixed(Unit::Ratio),
        spelling: None,
        params: &[&COMPANIES, &MOMENT, &CASH],
        example: "debt_to_ebitda(IWM, @2026-08-08)",
        phrases: &[
            "debt of {value} times ebitda",
            "a debt-to-ebitda ratio of {value}",
            "net debt of {value} times ebitda",
            "a net debt-to-ebitda ratio of {value}",
        ],
        code: None,
        revision: 3,
        source: include_str!("debt_to_ebitda.rs"),
    },
    compute,
    laws: &[Law::ScaleInvariant],
    golden: &[
        Golden {
            query: "debt_to_ebitda(IWM, @2026-08-08)",
            want: 5.16,
            within: 0.005,
            from: "Python 3, csv module, holdings of 2026-05-05 and company figures of 2026-08-08",
        },
        Golden {
            query: "debt_to_ebitda(IWM, @2026-08-08, cash: subtracted)",
            want: 3.64,
            within: 0.005,
            from: "Python 3, csv module, holdings of 2026-05-05 and company figures of 2026-08-08",
        },
    ],
};

/// Debt and EBITDA of a company for a unit of its capitalisation.
fn parts<'a>(
    scope: &Scope<'_>,
    portfolio: &Portfolio<'a>,
    symbol: &str,
) -> Option<(f64, f64, Known<'a>)> {
    let (debt, known) = owed(scope, portfolio, symbol)?;
    let size = portfolio.figure(Item::MarketCap, symbol)?.figure.value;
    let (_, ebitda, _) = enterprise(portfolio, symbol)?;
    Some((debt / size, ebitda, known))
}

fn compute(scope: &Scope<'_>) -> Result<Outcome, Undefined> {
    let portfolio = scope.portfolio(&COMPANIES, &MOMENT)?;
    let what = "debt and EBITDA";
    let part = |symbol: &str| parts(scope, &portfolio, symbol);
    let debts = portfolio.cover(what, |s| part(s).map(|(debt, _, known)| (debt, known)))?;
    let ebitda = portfolio.cover(what, |s| part(s).map(|(_, ebitda, known)| (ebitda, known)))?;
    if ebitda.sum() <= 0.0 {
        let reason = "the EBITDA of all companies together is not positive";
        return Err(Undefined::new("negative_earnings", reason));
    }
    let ratio = debts.sum() / ebitda.sum();
    debts.outcome(ratio, Unit::Ratio)
}
