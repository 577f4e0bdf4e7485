//! Inflation: the change of US consumer prices over the twelve months to a month.
//!
//! # Definition
//! $$ \pi_m = C_m / C_{m-12} - 1 $$
//! where $C_m$ is the consumer price index for all urban consumers, all items, of month $m$: not
//! seasonally adjusted (`CPIAUCNS`), as the published twelve-month rate is, or, where the data
//! lack it, seasonally adjusted (`CPIAUCSL`), which may differ by a tenth of a point; a notice
//! says so. For a month that month; for a day, `@…` or a period that ends with a day, the last one
//! public by then.
//!
//! # Undefined when
//! The data hold no such series (`no_series`), none was published for one of the two months
//! (October 2025) or none was public by the day (`no_observation`), the earlier one is not
//! positive (`not_positive`), the period is a quarter, half or year (`period_kind`), or it ends
//! after the data (`outside_coverage`).
//!
//! # Example
//! ```
//! # use kinglet_core::{query::{Evaluator, Query}, view::{example, example_series}};
//! use kinglet_core::identity::Basis::Price;
//! let prices = [("2024-08-01", 300.0), ("2025-08-01", 309.0)];
//! let view = example(&[("2025-07-31", 1.0), ("2025-08-29", 1.0), ("2025-09-30", 1.0)])
//!     .with_series("CPIAUCNS", Price, &example_series("CPIAUCNS", &prices));
//! let query: Query = "inflation(US, 2025-08)".parse().unwrap();
//! assert_eq!(Evaluator::new(&view).answer(&query).display(), "3.00%");
//! ```
//!
//! # References
//! Bureau of Labor Statistics, Handbook of Methods, Consumer Price Index, section Calculation.

use jiff::ToSpan;

use super::unemployment::{of_period, of_the_us};
use crate::answer::{Notice, Outcome, Undefined, finite};
use crate::columns::{Observation, Series};
use crate::definition::params::{PERIOD, SUBJECT};
use crate::definition::{ClaimCode, Definition, Golden, Law, Metric, UnitRule};
use crate::identity::Basis;
use crate::quantity::Unit;
use crate::query::Scope;
use crate::time::Interval;

/// See the header.
pub static METRIC: Metric = Metric {
    definition: Definition {
        name: "inflation",
        unit: UnitRule::Fixed(Unit::Fraction),
        spelling: None,
        params: &[&SUBJECT, &PERIOD],
        example: "inflation(US, 2025-08)",
        phrases: &["inflation of {value}", "consumer prices rose {value}", "inflation at {value}"],
        code: Some(ClaimCode::Settled("inflation")),
        revision: 1,
        source: include_str!("inflation.rs"),
    },
    compute,
    laws: &[Law::ScaleInvariant],
    golden: &[Golden {
        query: "inflation(US, 2025-08)",
        want: 2.9,
        within: 0.05,
        from: "Bureau of Labor Statistics, Consumer Price Index, August 2025, all items",
    }],
};

/// Consumer prices: a series, and whether it is adjusted for the season.
pub(in crate::metrics) struct Prices<'a> {
    /// The index.
    pub(in crate::metrics) series: &'a Series,
    adjusted: bool,
}

impl Prices<'_> {
    /// The value twelve months before another, and the rise from it.
    pub(in crate::metrics) fn rise(
        &self,
        scope: &Scope<'_>,
        now: Observation,
    ) -> Result<(Observation, f64), Undefined> {
        let before = scope.close(self.series, now.date.saturating_sub(12.months()))?;
        Ok((before, scope.growth(self.series, before, now)? - 1.0))
    }

    /// What the reader should know of the series.
    pub(in crate::metrics) fn notice(&self) -> Option<Notice> {
        self.adjusted.then(|| Notice {
            code: "seasonally_adjusted",
            text: "of seasonally adjusted prices; the published rate is of unadjusted ones"
                .to_owned(),
        })
    }
}

/// US consumer prices as the data have them.
pub(in crate::metrics) fn consumer_prices<'a>(scope: &Scope<'a>) -> Result<Prices<'a>, Undefined> {
    let prices = |id| scope.series_of(id, Basis::Price);
    let unadjusted = prices("CPIAUCNS");
    let adjusted = unadjusted.is_err();
    Ok(Prices { series: unadjusted.or_else(|_| prices("CPIAUCSL"))?, adjusted })
}

fn compute(scope: &Scope<'_>) -> Result<Outcome, Undefined> {
    of_the_us(scope)?;
    let prices = consumer_prices(scope)?;
    let now = of_period(scope, prices.series)?;
    let (before, rise) = prices.rise(scope, now)?;
    Ok(Outcome {
        quantity: finite(rise, Unit::Fraction)?,
        interval: Some(Interval::between(before.date, now.date)),
        rows: [before, now].map(|row| scope.row(prices.series, row)).into(),
        notices: prices.notice().into_iter().collect(),
    })
}
