//! Real yield: what a Treasury yields beyond inflation.
//!
//! # Definition
//! $$ r = y(D) - \pi(D) \quad\text{by inflation} $$
//! $$ r = y^{TIPS}(D) \quad\text{by tips} $$
//! where $y(D)$ is the `yield` of the maturity over the period, and $\pi(D)$ the rise of consumer
//! prices over the twelve months to the last month that was public at its end (`CPIAUCNS` or, where
//! the data lack it, the seasonally adjusted `CPIAUCSL`): the ex-post real yield. With `by: tips`
//! it is the market's: the par yield of inflation-protected securities (the series `DFII10` for
//! `UST:10y`) last published by the end of the period, at most a week before it.
//!
//! # Undefined when
//! As for `yield`; the data hold no such prices or protected yields (`no_series`), none was public
//! for the two months or the week (`no_observation`), or the earlier prices are not positive
//! (`not_positive`).
//!
//! # Example
//! ```
//! # use kinglet_core::{query::{Evaluator, Query}, view::{example, example_series}};
//! use kinglet_core::identity::Basis::Price;
//! let prices = [("2024-07-01", 300.0), ("2025-07-01", 309.0)];
//! let view = example(&[("2025-07-31", 1.0), ("2025-08-29", 1.0), ("2025-09-30", 1.0)])
//!     .with_series("CPIAUCNS", Price, &example_series("CPIAUCNS", &prices))
//!     .with_series("GS10", Price, &example_series("GS10", &[("2025-08-01", 0.0426)]));
//! let query: Query = "real_yield(UST:10y, 2025-08)".parse().unwrap();
//! assert_eq!(Evaluator::new(&view).answer(&query).display(), "1.26%");
//! ```
//!
//! # References
//! Fisher (1930), The Theory of Interest, chapter 2; Gurkaynak, Sack, Wright (2010), The TIPS Yield
//! Curve and Inflation Compensation, American Economic Journal: Macroeconomics 2(1).

use super::treasury_yield::{Tenor, of_tenor, tenor_of};
use crate::answer::{Outcome, Undefined, finite};
use crate::definition::params::{PERIOD, SUBJECT};
use crate::definition::{Definition, Golden, Law, Metric, Param, ParamKind, UnitRule};
use crate::identity::Basis;
use crate::metrics::economy::inflation;
use crate::quantity::Unit;
use crate::query::Scope;
use crate::time::Interval;

static BY: Param = Param::with_default(
    "by",
    ParamKind::Choice(&["inflation", "tips"]),
    "inflation",
    "less the inflation of the last twelve months, or as inflation-protected securities yield",
);

/// See the header.
pub static METRIC: Metric = Metric {
    definition: Definition {
        name: "real_yield",
        unit: UnitRule::Fixed(Unit::Fraction),
        spelling: None,
        params: &[&SUBJECT, &PERIOD, &BY],
        example: "real_yield(UST:10y, 2025-08)",
        phrases: &["a real yield of {value}", "real yields of {value}"],
        code: None,
        revision: 1,
        source: include_str!("real_yield.rs"),
    },
    compute,
    laws: &[Law::ScaleInvariant],
    golden: &[Golden {
        query: "real_yield(UST:10y, 2025-08)",
        want: 1.54,
        within: 0.03,
        from: "Federal Reserve, Release H.15, average of August 2025: 4.26; Bureau of Labor \
               Statistics, all items, twelve months to July 2025, seasonally adjusted: 2.7",
    }],
};

fn compute(scope: &Scope<'_>) -> Result<Outcome, Undefined> {
    let tenor = tenor_of(scope)?;
    match scope.choice(&BY) {
        "tips" => protected(scope, tenor),
        _ => ex_post(scope, tenor),
    }
}

fn ex_post(scope: &Scope<'_>, tenor: Tenor) -> Result<Outcome, Undefined> {
    let nominal = of_tenor(scope, tenor)?;
    let (_, last) = scope.days(&PERIOD)?;
    let prices = inflation::consumer_prices(scope)?;
    let now = scope.latest(prices.series, last)?;
    let (before, rise) = prices.rise(scope, now)?;
    Ok(Outcome {
        quantity: finite(nominal.quantity.value - rise, Unit::Fraction)?,
        interval: nominal.interval,
        rows: nominal
            .rows
            .into_iter()
            .chain([before, now].map(|row| scope.row(prices.series, row)))
            .collect(),
        notices: nominal.notices.into_iter().chain(prices.notice()).collect(),
    })
}

fn protected(scope: &Scope<'_>, tenor: Tenor) -> Result<Outcome, Undefined> {
    let (_, last) = scope.days(&PERIOD)?;
    let id = format!("DFII{}", tenor.name.trim_end_matches('y'));
    let series = scope.series_of(&id, Basis::Price)?;
    let observation = scope.latest(series, last)?;
    if (last - observation.date).get_days() > 7 {
        let reason = format!("{id} has no value in the week to {last}");
        return Err(Undefined::new("no_observation", reason));
    }
    Ok(Outcome {
        quantity: finite(observation.value, Unit::Fraction)?,
        interval: Some(Interval::at(observation.date)),
        rows: vec![scope.row(series, observation)],
        notices: Vec::new(),
    })
}
