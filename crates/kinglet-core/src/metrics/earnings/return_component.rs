//! Return component: how much of a return came from earnings, from the multiple and from dividends.
//!
//! # Definition
//! $$ 1 + R = (1 + g)(1 + m)(1 + y) $$
//! $$ 1 + g = E_e / E_b, \qquad 1 + m = \frac{P_e / E_e}{P_b / E_b}, \qquad
//! 1 + y = \frac{P_b}{P_e} \prod_{t = b + 1}^{e} \frac{P_t + D_t / 12}{P_{t-1}} $$
//! where $P_t$ is the average price of the index in month $t$, $E_t$ and $D_t$ its earnings and
//! dividends of twelve months, $b$ the month of the base (over 2014: December 2013) and $e$ that of
//! the end. `component: earnings` is $g$, `multiple` $m$, `dividends` $y$ and `total` $R$. The
//! three make up the whole exactly, by construction.
//!
//! # Undefined when
//! No accounts of the subject are published (`no_series`; those of the S&P 500 are), a month lacks
//! a price, a dividend or, at both ends, earnings (`no_observation`), one of them is not positive
//! (`not_positive`), or the period is one moment (`period_kind`) or ends after the data
//! (`outside_coverage`).
//!
//! # Example
//! ```
//! # use kinglet_core::{identity::Basis::Price, query::{Evaluator, Query}};
//! # use kinglet_core::view::{example, example_series};
//! // From 20 times 5 to 22 times 6 within a month, with a dividend of 12 a year.
//! let months = |a: f64, b: f64| example_series("GS", &[("2025-07-01", a), ("2025-08-01", b)]);
//! let view = example(&[("2025-07-31", 1.0), ("2025-08-29", 1.0)])
//!     .with_series("SHILLER_PRICE", Price, &months(100.0, 132.0))
//!     .with_series("SHILLER_EARNINGS", Price, &months(5.0, 6.0))
//!     .with_series("SHILLER_DIVIDEND", Price, &months(12.0, 12.0));
//! let answer = |of: &str| {
//!     let query = format!("return_component(SPX, 2025-08, component: {of})");
//!     Evaluator::new(&view).answer(&query.parse::<Query>().unwrap()).display()
//! };
//! assert_eq!(["earnings", "multiple", "total"].map(answer), ["20.00%", "10.00%", "33.00%"]);
//! ```
//!
//! # References
//! Bogle (1991), Investing in the 1990s, Journal of Portfolio Management 17(3). Grinold, Kroner
//! (2002), The Equity Risk Premium, Investment Insights 5(3).

use crate::answer::{Outcome, Row, Undefined, finite};
use crate::definition::params::{PERIOD, SUBJECT};
use crate::definition::{Definition, Golden, Law, Metric, Param, ParamKind, UnitRule};
use crate::portfolio::Accounts;
use crate::quantity::Unit;
use crate::query::Scope;
use crate::time::{CalendarPeriod, Grain, Interval};

static COMPONENT: Param = Param::with_default(
    "component",
    ParamKind::Choice(&["earnings", "multiple", "dividends", "total"]),
    "earnings",
    "what the return came from, or the whole of it",
);

/// See the header.
pub static METRIC: Metric = Metric {
    definition: Definition {
        name: "return_component",
        unit: UnitRule::Fixed(Unit::Fraction),
        spelling: None,
        params: &[&SUBJECT, &PERIOD, &COMPONENT],
        example: "return_component(SPX, 2014, component: multiple)",
        phrases: &[
            "multiple expansion of {value}",
            "earnings contributed {value} of the return",
            "dividends contributed {value} of the return",
        ],
        code: None,
        revision: 1,
        source: include_str!("return_component.rs"),
    },
    compute,
    laws: &[Law::ScaleInvariant, Law::Chains],
    golden: &[
        Golden {
            query: "return_component(SPX, 2014, component: multiple)",
            want: 11.29,
            within: 0.005,
            from: "Python 3, csv module, on Shiller's monthly table",
        },
        Golden {
            query: "return_component(SPX, 2014, component: dividends)",
            want: 1.96,
            within: 0.005,
            from: "Python 3, csv module, on Shiller's monthly table",
        },
        Golden {
            query: "return_component(SPX, 2000..2009, component: multiple)",
            want: -26.55,
            within: 0.01,
            from: "Python 3, csv module, on Shiller's monthly table",
        },
        Golden {
            query: "return_component(SPX, 2005..2014, component: total)",
            want: 110.06,
            within: 0.01,
            from: "Python 3, csv module, on Shiller's monthly table",
        },
    ],
};

/// Price and earnings of a month, both positive.
fn at(accounts: Accounts<'_>, month: CalendarPeriod) -> Result<([f64; 2], [Row; 2]), Undefined> {
    let (price, price_row) = accounts.month("PRICE", month)?;
    let (earnings, earnings_row) = accounts.month("EARNINGS", month)?;
    if price <= 0.0 || earnings <= 0.0 {
        let reason = format!("price and earnings of {month} are {price} and {earnings}");
        return Err(Undefined::new("not_positive", reason));
    }
    Ok(([price, earnings], [price_row, earnings_row]))
}

/// By what factor the price has grown with each month's dividend put back into it.
fn reinvested(
    accounts: Accounts<'_>,
    (base, end): (CalendarPeriod, CalendarPeriod),
) -> Result<f64, Undefined> {
    let (mut growth, mut month) = (1.0, base);
    let mut price = accounts.month("PRICE", base)?.0;
    while month < end {
        month = month.plus(1);
        let next = accounts.month("PRICE", month)?.0;
        let dividend = accounts.month("DIVIDEND", month)?.0 / 12.0;
        if price <= 0.0 {
            let reason = format!("the price before {month} is {price}");
            return Err(Undefined::new("not_positive", reason));
        }
        growth *= (next + dividend) / price;
        price = next;
    }
    Ok(growth)
}

fn compute(scope: &Scope<'_>) -> Result<Outcome, Undefined> {
    let subject = scope.entity(&SUBJECT);
    let accounts = Accounts::of(scope.view(), subject).ok_or_else(|| {
        let reason = format!("no monthly accounts of {subject} are published; those of SPX are");
        Undefined::new("no_series", reason)
    })?;
    let (from, to) = scope.change(&PERIOD)?;
    let month = |day| CalendarPeriod::containing(Grain::Month, day);
    let (base, end) = (month(from), month(to));
    let ([p_b, e_b], base_rows) = at(accounts, base)?;
    let ([p_e, e_e], end_rows) = at(accounts, end)?;
    let total = reinvested(accounts, (base, end))?;
    let factor = match scope.choice(&COMPONENT) {
        "earnings" => e_e / e_b,
        "multiple" => (p_e / e_e) / (p_b / e_b),
        "dividends" => total / (p_e / p_b),
        _ => total,
    };
    Ok(Outcome {
        quantity: finite(factor - 1.0, Unit::Fraction)?,
        interval: Some(Interval::between(from, to)),
        rows: base_rows.into_iter().chain(end_rows).collect(),
        notices: Vec::new(),
    })
}
