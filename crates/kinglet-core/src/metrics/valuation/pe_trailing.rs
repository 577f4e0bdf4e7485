//! Trailing P/E: price over the earnings of the last four quarters.
//!
//! # Definition
//! $$ PE = \sum_i w_i \Big/ \sum_i w_i\, y_i, \qquad y_i = E_i / P_i $$
//! where $w_i$ is the weight of company $i$ and $y_i$ its net income of four quarters over its
//! capitalisation or, where the data have it only so, the inverse of its trailing P/E. Averages,
//! losses, holdings and weights are as for `pe_forward`. A trailing P/E is stated of profitable
//! companies only: where net incomes are not in the data, the losses are unknown and only
//! `losses: exclude` has a value.
//!
//! Of an index whose earnings are published as a whole and none of whose holdings are known (the
//! S&P 500):
//! $$ PE = P / E $$
//! where $P$ is the close of the day and $E$ the earnings of the last four quarters that were
//! published by then, losses included; for a month, the average price and the earnings of that
//! month, earnings between quarters interpolated.
//!
//! # Undefined when
//! As for `pe_forward`; also where losses are to be counted and the net incomes of companies that
//! state no P/E are not in the data (`losses_unknown`); of an index as a whole where other
//! conventions than its own are asked (`no_companies`), the price or the earnings are missing
//! (`no_observation`, `no_series`), or the price is not positive (`not_positive`).
//!
//! # Example
//! ```
//! # use kinglet_core::{companies::Item::PeTrailing, query::{Evaluator, Query}};
//! # use kinglet_core::view::example_fund;
//! let view = example_fund(&[
//!     ("A", 60.0, &[(PeTrailing, 15.0)]),
//!     ("B", 20.0, &[(PeTrailing, 20.0)]),
//!     ("C", 20.0, &[]),
//! ]);
//! let answer = |text: &str| Evaluator::new(&view).answer(&text.parse::<Query>().unwrap());
//! assert_eq!(answer("pe_trailing(IWM, @2025-08-29, losses: exclude)").display(), "16.00");
//! assert_eq!(answer("pe_trailing(IWM, @2025-08-29)").display(), "undefined");
//! ```
//!
//! # References
//! Shiller (1989), Market Volatility, chapter 26 (monthly prices and earnings of the index).
//! Damodaran (2012), Investment Valuation, 3rd edition, chapter 18.

use crate::answer::{Outcome, Undefined, finite};
use crate::companies::Item;
use crate::definition::params::{AVERAGE, COMPANIES, LOSSES, MOMENT};
use crate::definition::{ClaimCode, Definition, Golden, Law, Metric, Param, UnitRule};
use crate::identity::Basis;
use crate::portfolio::{Accounts, Cover, Known, Portfolio};
use crate::quantity::Unit;
use crate::query::Scope;
use crate::time::{Grain, Interval, Period};

use super::pe_forward::by_convention;

/// See the header.
pub static METRIC: Metric = Metric {
    definition: Definition {
        name: "pe_trailing",
        unit: UnitRule::Fixed(Unit::Ratio),
        spelling: None,
        params: &[&COMPANIES, &MOMENT, &LOSSES, &AVERAGE],
        example: "pe_trailing(SPX, 2014-12)",
        phrases: &[
            "a trailing p/e of {value}",
            "a p/e of {value}",
            "{value} times earnings",
            "{value} times trailing earnings",
            "a price-to-earnings ratio of {value}",
        ],
        code: Some(ClaimCode::Open("pe_trailing")),
        revision: 2,
        source: include_str!("pe_trailing.rs"),
    },
    compute,
    laws: &[Law::ScaleInvariant, Law::NotNegative],
    golden: &[
        Golden {
            query: "average(pe_trailing(SPX, month), since: 2009, until: 2009)",
            want: 83.60,
            within: 0.005,
            from: "upmyinterest.com/sp500-pe, mean of the trailing P/E throughout 2009",
        },
        Golden {
            query: "average(pe_trailing(SPX, month), since: 1982, until: 1982)",
            want: 8.60,
            within: 0.005,
            from: "upmyinterest.com/sp500-pe, mean of the trailing P/E throughout 1982",
        },
        Golden {
            query: "pe_trailing(LARGEST:500, @2026-08-08, losses: exclude)",
            want: 25.0150,
            within: 0.000_05,
            from: "pandas 3.1.1 over the companies of `pe_forward(LARGEST:500, @2026-08-08)`: \
                   sum(m) / sum(m / trailingPE) of those with a trailingPE",
        },
        Golden {
            query: "pe_trailing(IWM, @2026-08-08, losses: exclude)",
            want: 20.08,
            within: 0.005,
            from: "Python 3, csv module, holdings of 2026-05-05 and company figures of 2026-08-08",
        },
    ],
};

/// Earnings of four quarters for a unit of price: of those that state a P/E, or of all.
pub(super) fn earnings<'a>(
    portfolio: &Portfolio<'a>,
    losses: &str,
) -> Result<Cover<'a>, Undefined> {
    let figure = |item, symbol: &str| portfolio.figure(item, symbol);
    let stated = |symbol: &str| -> Option<(f64, Known<'a>)> {
        let known = figure(Item::PeTrailing, symbol)?;
        Some((1.0 / known.figure.value, known))
    };
    let earned = |symbol: &str| -> Option<(f64, Known<'a>)> {
        let (income, size) = (figure(Item::NetIncome, symbol)?, figure(Item::MarketCap, symbol)?);
        Some((income.figure.value / size.figure.value, income))
    };
    let either = |symbol: &str| earned(symbol).or_else(|| stated(symbol));
    let cover = portfolio.cover("earnings", either)?;
    let unknown = portfolio.positions.iter().filter(|p| either(p.symbol).is_none()).count();
    let counted = cover.companies.iter().any(|c| c.known.item == Item::NetIncome);
    if losses == "include" && unknown > 0 && !counted {
        let reason = format!(
            "{unknown} companies state no P/E, most for a loss, and the data do not say how large; \
             `losses: exclude` leaves them out"
        );
        return Err(Undefined::new("losses_unknown", reason));
    }
    Ok(cover)
}

/// The accounts of an index as a whole, if the query asks for what they give.
pub(super) fn accounts<'a>(scope: &Scope<'a>, subject: &Param) -> Option<Accounts<'a>> {
    let own = scope.choice(&LOSSES) == "include" && scope.choice(&AVERAGE) == "aggregate";
    Accounts::of(scope.view(), scope.entity(subject)).filter(|_| own)
}

/// What an index pays or earns in a year for a unit of its price, with its rows.
pub(super) fn per_price(
    scope: &Scope<'_>,
    subject: &Param,
    (accounts, name): (Accounts<'_>, &str),
) -> Result<(f64, Outcome), Undefined> {
    let day = scope.moment(&MOMENT)?;
    let ((price, price_row), (amount, amount_row)) = match scope.period(&MOMENT) {
        Period::Calendar(month) if month.grain == Grain::Month => {
            (accounts.month("PRICE", month)?, accounts.month(name, month)?)
        }
        _ => {
            let index = scope.series_of(scope.entity(subject).code(), Basis::Price)?;
            let close = scope.close(index, scope.calendar().on_or_before(day)?)?;
            ((close.value, scope.row(index, close)), accounts.latest(name, day)?)
        }
    };
    if price <= 0.0 {
        let reason = format!("the price of {} is {price}", scope.entity(subject));
        return Err(Undefined::new("not_positive", reason));
    }
    let outcome = Outcome {
        quantity: finite(amount / price, Unit::Fraction)?,
        interval: Some(Interval::at(day)),
        rows: vec![price_row, amount_row],
        notices: Vec::new(),
    };
    Ok((price / amount, outcome))
}

/// The trailing P/E of a subject.
pub(super) fn of(scope: &Scope<'_>, subject: &Param) -> Result<Outcome, Undefined> {
    let portfolio = match (scope.portfolio(subject, &MOMENT), accounts(scope, subject)) {
        (Err(_), Some(accounts)) => {
            let (multiple, outcome) = per_price(scope, subject, (accounts, "EARNINGS"))?;
            if outcome.quantity.value <= 0.0 {
                let reason = format!("the earnings of {} are not positive", scope.entity(subject));
                return Err(Undefined::new("negative_earnings", reason));
            }
            return Ok(Outcome { quantity: finite(multiple, Unit::Ratio)?, ..outcome });
        }
        (portfolio, _) => portfolio?,
    };
    let cover = earnings(&portfolio, scope.choice(&LOSSES))?;
    let (multiple, cover) = by_convention(scope, cover)?;
    cover.outcome(multiple, Unit::Ratio)
}

fn compute(scope: &Scope<'_>) -> Result<Outcome, Undefined> {
    of(scope, &COMPANIES)
}
