//! Dividend yield: the distributions of a year over the price.
//!
//! # Definition
//! $$ Y(D) = \sum_{D - 1y < t \le D} d_t \Big/ P(D) $$
//! where $d_t$ is the distribution per share of the fund with ex-date $t$ and $P(D)$ its close on
//! day $D$, or on the last session before it. An index or a group has that of the fund that tracks
//! it. Of an index whose dividends are published as a whole (the S&P 500), the dividends of twelve
//! months over the price: for a month both of that month, for a day the last published by then. Of
//! a company, the yield that is stated of it.
//!
//! # Undefined when
//! The data have neither distributions, accounts nor a stated yield of the subject
//! (`no_distributions`), the last distribution lies further back than the fund's longest gap of two
//! years and two weeks (`incomplete`: further ones are missing), no yield of the company is stated
//! (`coverage`), the close is missing (`no_observation`, `no_series`) or not positive
//! (`not_positive`), or the period is not one moment (`period_kind`) or lies after the data
//! (`outside_coverage`).
//!
//! # Example
//! ```
//! # use kinglet_core::{companies::Item::DividendYield, query::{Evaluator, Query}};
//! # use kinglet_core::view::example_fund;
//! let view = example_fund(&[("A", 50.0, &[(DividendYield, 0.0125)])]);
//! let query: Query = "dividend_yield(A, @2025-08-29)".parse().unwrap();
//! assert_eq!(Evaluator::new(&view).answer(&query).display(), "1.25%");
//! ```
//!
//! # References
//! Fama, French (1988), Dividend Yields and Expected Stock Returns, Journal of Financial Economics
//! 22(1).

use std::sync::Arc;

use jiff::ToSpan;

use super::pe_trailing::per_price;
use crate::answer::{Outcome, Row, Undefined, finite};
use crate::companies::Item;
use crate::definition::params::{COMPANIES, MOMENT};
use crate::definition::{ClaimCode, Definition, Golden, Law, Metric, UnitRule};
use crate::identity::Basis;
use crate::numeric::sum;
use crate::portfolio::Accounts;
use crate::quantity::Unit;
use crate::query::Scope;
use crate::time::{Cutoff, Date, Interval};
use crate::view::Event;

/// See the header.
pub static METRIC: Metric = Metric {
    definition: Definition {
        name: "dividend_yield",
        unit: UnitRule::Fixed(Unit::Fraction),
        spelling: None,
        params: &[&COMPANIES, &MOMENT],
        example: "dividend_yield(SPX, 2014-12)",
        phrases: &["a dividend yield of {value}", "a yield of {value} in dividends"],
        code: Some(ClaimCode::Open("dividend_yield")),
        revision: 2,
        source: include_str!("dividend_yield.rs"),
    },
    compute,
    laws: &[Law::ScaleInvariant],
    golden: &[
        Golden {
            query: "dividend_yield(SPX, 2014-12)",
            want: 1.92,
            within: 0.005,
            from: "by hand, from Shiller's table: dividends of 39.44 over a price of 2054.27",
        },
        Golden {
            query: "dividend_yield(IWM, @2025-09-26)",
            want: 1.00,
            within: 0.005,
            from: "by hand: 0.694 + 0.460 + 0.576 + 0.677 dollars over a close of 241.34",
        },
    ],
};

/// The distributions of the year to a day, if none can be missing.
fn of_year<'a>(scope: &Scope<'a>, fund: &'a str, day: Date) -> Result<Vec<&'a Event>, Undefined> {
    let back = |years: i32| day.saturating_sub(years.years());
    let known_by = scope.view().within(Cutoff::end_of(day)).known_by;
    let paid: Vec<&Event> = scope
        .view()
        .events(fund, "distribution")
        .filter(|e| e.date <= day && e.known_at <= known_by && e.date > back(3))
        .collect();
    let gaps = paid.windows(2).map(|pair| (pair[1].date - pair[0].date).get_days());
    let usual = gaps.max();
    let since = paid.last().map(|last| (day - last.date).get_days());
    match (since, usual) {
        (Some(since), Some(usual)) if since <= usual + 14 => {
            Ok(paid.into_iter().filter(|e| e.date > back(1)).collect())
        }
        _ => {
            let last = paid.last().map_or("none".to_owned(), |last| last.date.to_string());
            let reason = format!("some are missing: the last of {fund} known on {day} is {last}");
            Err(Undefined::new("incomplete", reason))
        }
    }
}

fn of_fund(scope: &Scope<'_>, fund: &str, day: Date) -> Result<Outcome, Undefined> {
    let series = scope.series_of(fund, Basis::Price)?;
    let close = scope.close(series, scope.calendar().on_or_before(day)?)?;
    let paid = of_year(scope, fund, day)?;
    let amount = |event: &Event| event.values.get("amount").copied().unwrap_or_default();
    let total = sum(paid.iter().map(|event| amount(event)));
    if close.value <= 0.0 {
        let reason = format!("{fund} is not positive on {}", close.date);
        return Err(Undefined::new("not_positive", reason));
    }
    let row = |event: &&Event| Row {
        series: format!("{fund} distribution").into(),
        date: event.date,
        value: amount(event),
        unit: Unit::Money,
        source: Arc::clone(&event.source),
    };
    let rows = paid.iter().map(row).chain([scope.row(series, close)]).collect();
    Ok(Outcome {
        quantity: finite(total / close.value, Unit::Fraction)?,
        interval: Some(Interval::at(day)),
        rows,
        notices: Vec::new(),
    })
}

fn compute(scope: &Scope<'_>) -> Result<Outcome, Undefined> {
    let subject = scope.entity(&COMPANIES);
    if let Some(accounts) = Accounts::of(scope.view(), subject) {
        return per_price(scope, &COMPANIES, (accounts, "DIVIDEND")).map(|(_, outcome)| outcome);
    }
    let day = scope.moment(&MOMENT)?;
    let pays = |code: &&str| scope.view().events(code, "distribution").next().is_some();
    if let Some(fund) = Some(subject.code()).filter(pays).or(subject.fund().filter(pays)) {
        return of_fund(scope, fund, day);
    }
    let none = || {
        let reason = format!("the data have no distributions and no stated yield of {subject}");
        Undefined::new("no_distributions", reason)
    };
    let portfolio = scope.portfolio(&COMPANIES, &MOMENT).map_err(|_| none())?;
    if portfolio.positions.len() != 1 {
        return Err(none());
    }
    let cover = portfolio.cover("dividends", |symbol| {
        let known = portfolio.figure(Item::DividendYield, symbol)?;
        Some((known.figure.value, known))
    })?;
    let stated = cover.mean();
    cover.outcome(stated, Unit::Fraction)
}
