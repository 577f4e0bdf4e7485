//! EV/EBITDA: what companies and their debts cost over what they earn in a year.
//!
//! # Definition
//! $$ M = \sum_i s_i \Big/ \sum_i s_i / m_i, \qquad s_i = w_i\, V_i / C_i $$
//! where $m_i$ is the enterprise value of company $i$ over its earnings before interest, taxes,
//! depreciation and amortisation (EBITDA), negative where those are, $w_i$ its weight,
//! $V_i$ its enterprise value and $C_i$ its capitalisation: $s_i$ is the enterprise value that
//! comes with the shares held. Companies without EBITDA, as banks, are left out, as are those whose
//! figures of debt contradict each other. Holdings and weights are as for `pe_forward`; which
//! accounts count is as for `price_to_sales`.
//!
//! # Undefined when
//! As for `pe_forward`; `negative_earnings` stands for an EBITDA or an enterprise value that is not
//! positive together.
//!
//! # Example
//! ```
//! # use kinglet_core::companies::Item::{EnterpriseValue, EvToEbitda, MarketCap};
//! # use kinglet_core::{query::{Evaluator, Query}, view::example_fund};
//! // 50 dollars of A come with as much debt and 10 of EBITDA; 50 of B without debt and 10.
//! let a = [(EvToEbitda, 10.0), (EnterpriseValue, 2e9), (MarketCap, 1e9)];
//! let b = [(EvToEbitda, 5.0), (EnterpriseValue, 1e9), (MarketCap, 1e9)];
//! let view = example_fund(&[("A", 50.0, &a), ("B", 50.0, &b)]);
//! let query: Query = "ev_ebitda(IWM, @2025-08-29)".parse().unwrap();
//! assert_eq!(Evaluator::new(&view).answer(&query).display(), "7.50");
//! ```
//!
//! # References
//! Damodaran (2012), Investment Valuation, 3rd edition, chapter 18.

use crate::answer::{Outcome, Undefined};
use crate::companies::Item;
use crate::definition::params::{COMPANIES, MOMENT};
use crate::definition::{Definition, Golden, Law, Metric, UnitRule};
use crate::numeric::sum;
use crate::portfolio::{Known, Portfolio};
use crate::quantity::Unit;
use crate::query::Scope;

/// See the header.
pub static METRIC: Metric = Metric {
    definition: Definition {
        name: "ev_ebitda",
        unit: UnitRule::Fixed(Unit::Ratio),
        spelling: None,
        params: &[&COMPANIES, &MOMENT],
        example: "ev_ebitda(IWM, @2026-08-08)",
        phrases: &[
            "an ev/ebitda of {value}",
            "an ev/ebitda multiple of {value}",
            "traded at {value} times ebitda",
        ],
        code: None,
        revision: 3,
        source: include_str!("ev_ebitda.rs"),
    },
    compute,
    laws: &[Law::ScaleInvariant, Law::NotNegative],
    golden: &[Golden {
        query: "ev_ebitda(IWM, @2026-08-08)",
        want: 18.05,
        within: 0.005,
        from: "Python 3, csv module, holdings of 2026-05-05 and company figures of 2026-08-08",
    }],
};

/// Enterprise value and EBITDA for a unit of capitalisation, with the multiple.
pub(crate) fn enterprise<'a>(
    portfolio: &Portfolio<'a>,
    symbol: &str,
) -> Option<(f64, f64, Known<'a>)> {
    let known = portfolio.figure(Item::EvToEbitda, symbol)?;
    let value = |item| portfolio.figure(item, symbol).map(|known| known.figure.value);
    let is_stated = portfolio.figure(Item::Debt, symbol).is_some();
    if is_stated && portfolio.debt(symbol).is_none() {
        return None;
    }
    let size = value(Item::EnterpriseValue)? / value(Item::MarketCap)?;
    Some((size, size / known.figure.value, known))
}

fn compute(scope: &Scope<'_>) -> Result<Outcome, Undefined> {
    let portfolio = scope.portfolio(&COMPANIES, &MOMENT)?;
    let cover = portfolio.cover("EBITDA", |symbol| {
        let (_, ebitda, known) = enterprise(&portfolio, symbol)?;
        Some((ebitda, known))
    })?;
    // The value of a company is its EBITDA, so that the multiple gives the enterprise value back.
    let enterprise = |c: &crate::portfolio::Covered<'_>| c.contribution() * c.known.figure.value;
    let (value, ebitda) = (sum(cover.companies.iter().map(enterprise)), cover.sum());
    if value <= 0.0 || ebitda <= 0.0 {
        let reason = "enterprise value or EBITDA of all companies together are not positive";
        return Err(Undefined::new("negative_earnings", reason));
    }
    cover.outcome(value / ebitda, Unit::Ratio)
}
