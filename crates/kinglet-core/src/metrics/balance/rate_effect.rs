//! Rate effect: what a change of interest rates does to earnings through floating debt.
//!
//! # Definition
//! $$ \varepsilon = -\Delta\, f\, \sum_i w_i\, d_i / C_i \Big/ \sum_i w_i\, y_i $$
//! where $\Delta$ is the `change` of rates, $f$ the share of debt whose rate is `floating`, $w_i$
//! the weight of company $i$, $d_i$ its debt, $C_i$ its capitalisation and $y_i$ its expected
//! earnings of the next year over its price, losses counted. It is a share of those earnings,
//! before taxes, with nothing earned on cash and nothing refinanced. The floating share is not in
//! the data: who asks states it. Holdings are as for `pe_forward`, debts as for `debt`.
//!
//! # Undefined when
//! As for `debt` and `pe_forward`; also where the expected earnings of all companies together are
//! not positive (`negative_earnings`).
//!
//! # Example
//! ```
//! # use kinglet_core::companies::Item::{Debt, MarketCap, PeForward};
//! # use kinglet_core::{query::{Evaluator, Query}, view::example_fund};
//! // Debt of half the price, 40% of it floating; earnings of a twentieth of the price.
//! let view =
//!     example_fund(&[("A", 60.0, &[(Debt, 5e8), (MarketCap, 1e9), (PeForward, 20.0)])]);
//! let text = "rate_effect(IWM, @2025-08-29, change: 100bp, floating: 40%)";
//! let query: Query = text.parse().unwrap();
//! assert_eq!(Evaluator::new(&view).answer(&query).display(), "-4.00%");
//! ```
//!
//! # References
//! Ippolito, Ozdagli, Perez-Orive (2018), The Transmission of Monetary Policy through Bank Lending:
//! The Floating Rate Channel, Journal of Monetary Economics 95.

use crate::answer::{Outcome, Undefined};
use crate::companies::Item;
use crate::definition::params::{COMPANIES, MOMENT};
use crate::definition::{Definition, Golden, Law, Metric, Param, ParamKind, UnitRule};
use crate::quantity::Unit;
use crate::query::Scope;

static CHANGE: Param = Param {
    named: true,
    ..Param::required(
        "change",
        ParamKind::Number(Unit::FractionDifference),
        "by how much rates change: 100bp, -100bp",
    )
};

static FLOATING: Param = Param {
    named: true,
    ..Param::required(
        "floating",
        ParamKind::Number(Unit::Fraction),
        "the share of debt whose rate changes with it: 40%",
    )
};

/// See the header.
pub static METRIC: Metric = Metric {
    definition: Definition {
        name: "rate_effect",
        unit: UnitRule::Fixed(Unit::Fraction),
        spelling: None,
        params: &[&COMPANIES, &MOMENT, &CHANGE, &FLOATING],
        example: "rate_effect(IWM, @2026-08-08, change: 100bp, floating: 40%)",
        phrases: &["would cut earnings by {value}", "would lift earnings by {value}"],
        code: None,
        revision: 3,
        source: include_str!("rate_effect.rs"),
    },
    compute,
    laws: &[Law::ScaleInvariant],
    golden: &[Golden {
        query: "rate_effect(IWM, @2026-08-08, change: 100bp, floating: 40%)",
        want: -4.00,
        within: 0.005,
        from: "Python 3, csv module, holdings of 2026-05-05 and company figures of 2026-08-08",
    }],
};

fn compute(scope: &Scope<'_>) -> Result<Outcome, Undefined> {
    let portfolio = scope.portfolio(&COMPANIES, &MOMENT)?;
    let what = "debt and expected earnings";
    let part = |symbol: &str| {
        let size = portfolio.figure(Item::MarketCap, symbol)?.figure.value;
        let multiple = portfolio.figure(Item::PeForward, symbol)?.figure.value;
        let debt = portfolio.debt(symbol)?;
        Some((debt.figure.value / size, 1.0 / multiple, debt))
    };
    let debts = portfolio.cover(what, |s| part(s).map(|(debt, _, known)| (debt, known)))?;
    let earnings = portfolio.cover(what, |s| part(s).map(|(_, earned, known)| (earned, known)))?;
    if earnings.sum() <= 0.0 {
        let reason = "the expected earnings of all companies together are not positive";
        return Err(Undefined::new("negative_earnings", reason));
    }
    let floating = scope.number(&CHANGE) * scope.number(&FLOATING);
    let effect = -floating * debts.sum() / earnings.sum();
    debts.outcome(effect, Unit::Fraction)
}
