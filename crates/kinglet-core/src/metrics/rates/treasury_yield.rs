//! Yield: the constant-maturity yield of a Treasury on a day, or its average over a month.
//!
//! # Definition
//! $$ y(D) = y_{t(D)} \quad\text{on a day} $$
//! $$ \bar{y}(m) = \frac{1}{n} \sum_{t \in m} y_t \quad\text{over a month} $$
//! where $y_t$ is the par yield at constant maturity that the Treasury publishes for day $t$ (the
//! series `DGS10` for `UST:10y`), $t(D)$ the day $D$ itself or, for `@D`, the last day on or
//! before it with a yield, at most a week back; for a month $m$ without `@`, the published monthly
//! average (`GS10`) or, where the data lack it, the mean of the $n$ days. A notice says when it is
//! an average.
//!
//! # Undefined when
//! The data hold no series of this maturity for days, or for months (`no_series`), no yield was
//! published for the day (`no_session` if it was for days around it, else `no_observation`), the
//! month lacks days (`incomplete`), the period is neither a day, `@…` nor a month (`period_kind`),
//! or it ends after the data (`outside_coverage`).
//!
//! # Example
//! ```
//! # use kinglet_core::{query::{Evaluator, Query}, view::{example, example_series}};
//! let view = example(&[("2025-07-31", 1.0), ("2025-08-29", 1.0), ("2025-09-30", 1.0)])
//!     .with_series("GS10", kinglet_core::identity::Basis::Price, &example_series("GS10", &[
//!         ("2025-08-01", 0.0426),
//!     ]));
//! let query: Query = "yield(UST:10y, 2025-08)".parse().unwrap();
//! assert_eq!(Evaluator::new(&view).answer(&query).display(), "4.26%");
//! ```
//!
//! # References
//! Board of Governors of the Federal Reserve System, Release H.15, Selected Interest Rates,
//! footnotes 9 and 10 (constant maturities; monthly figures are averages of business days).

use jiff::ToSpan;

use crate::answer::{Notice, Outcome, Undefined, finite};
use crate::columns::{Frequency, Observation, Series};
use crate::definition::params::{PERIOD, SUBJECT};
use crate::definition::{ClaimCode, Definition, Golden, Law, Metric, UnitRule};
use crate::identity::{Basis, Entity};
use crate::numeric::mean;
use crate::quantity::Unit;
use crate::query::Scope;
use crate::time::{CalendarPeriod, Date, Grain, Interval, Period};

/// See the header.
pub static METRIC: Metric = Metric {
    definition: Definition {
        name: "yield",
        unit: UnitRule::Fixed(Unit::Fraction),
        spelling: None,
        params: &[&SUBJECT, &PERIOD],
        example: "yield(UST:10y, 2025-08)",
        phrases: &["yields {value}", "the yield at {value}", "a yield of {value}"],
        code: Some(ClaimCode::Settled("yield")),
        revision: 1,
        source: include_str!("treasury_yield.rs"),
    },
    compute,
    laws: &[Law::ScaleInvariant],
    golden: &[Golden {
        query: "yield(UST:10y, 2025-08)",
        want: 4.26,
        within: 0.005,
        from: "Federal Reserve, Release H.15, monthly average of August 2025",
    }],
};

/// A maturity with the names of its series.
#[derive(Clone, Copy, Debug)]
pub(super) struct Tenor {
    pub(super) name: &'static str,
    pub(super) daily: &'static str,
    pub(super) monthly: &'static str,
}

const TENORS: [Tenor; 9] = [
    Tenor { name: "3m", daily: "DGS3MO", monthly: "GS3M" },
    Tenor { name: "6m", daily: "DGS6MO", monthly: "GS6M" },
    Tenor { name: "1y", daily: "DGS1", monthly: "GS1" },
    Tenor { name: "2y", daily: "DGS2", monthly: "GS2" },
    Tenor { name: "5y", daily: "DGS5", monthly: "GS5" },
    Tenor { name: "7y", daily: "DGS7", monthly: "GS7" },
    Tenor { name: "10y", daily: "DGS10", monthly: "GS10" },
    Tenor { name: "20y", daily: "DGS20", monthly: "GS20" },
    Tenor { name: "30y", daily: "DGS30", monthly: "GS30" },
];

impl Tenor {
    /// The maturity of `UST:10y`.
    pub(super) fn of(entity: &Entity) -> Option<Tenor> {
        let name = entity.code().strip_prefix("UST:")?;
        TENORS.into_iter().find(|tenor| tenor.name == name)
    }
}

/// The yield of a day: that of the last day on or before it that has one, at most a week back.
pub(super) fn on_day<'a>(
    scope: &Scope<'a>,
    tenor: Tenor,
    day: Date,
) -> Result<(&'a Series, Observation), Undefined> {
    let series = scope.series_of(tenor.daily, Basis::Price).map_err(|why| {
        let month = CalendarPeriod::containing(Grain::Month, day);
        let reason = format!(
            "{}; monthly averages may be there: yield(UST:{}, {month})",
            why.reason, tenor.name
        );
        Undefined::new(why.code, reason)
    })?;
    let found = series.on_or_before(day).filter(|o| (day - o.date).get_days() <= 7);
    let observation = found.copied().ok_or_else(|| {
        let reason = format!("{} has no value in the week to {day}", series.id);
        Undefined::new("no_observation", reason)
    })?;
    Ok((series, observation))
}

/// The yield of a day or, where the data lack days, the average of its month.
pub(super) fn near_day<'a>(
    scope: &Scope<'a>,
    tenor: Tenor,
    day: Date,
) -> Result<(&'a Series, Observation), Undefined> {
    if scope.series_of(tenor.daily, Basis::Price).is_ok() {
        return on_day(scope, tenor, day);
    }
    let series = scope.series_of(tenor.monthly, Basis::Price)?;
    Ok((series, scope.close(series, day.first_of_month())?))
}

/// That some of the yields of days are averages of months.
pub(super) fn averaged<'a>(series: impl IntoIterator<Item = &'a Series>) -> Option<Notice> {
    let is_monthly = |series: &Series| matches!(series.frequency, Frequency::Period(_));
    series.into_iter().any(is_monthly).then(|| Notice {
        code: "monthly_average",
        text: "by the averages of months, not by the yields of single days".to_owned(),
    })
}

/// The yield of a maturity over the period at hand.
pub(super) fn of_tenor(scope: &Scope<'_>, tenor: Tenor) -> Result<Outcome, Undefined> {
    let period = scope.period(&PERIOD);
    match period {
        Period::Calendar(month) if month.grain == Grain::Month => average(scope, tenor, month),
        Period::Calendar(day) if day.grain == Grain::Day => {
            let (day, _) = scope.days(&PERIOD)?;
            let (series, observation) = on_day(scope, tenor, day)?;
            if observation.date != day {
                return Err(no_trading(scope, series, day));
            }
            outcome(scope, series, observation)
        }
        Period::At(_) => {
            let (_, day) = scope.days(&PERIOD)?;
            let (series, observation) = on_day(scope, tenor, day)?;
            outcome(scope, series, observation)
        }
        _ => {
            let reason =
                format!("{period} is neither a day, a month nor a moment such as @2025-08-28");
            Err(Undefined::new("period_kind", reason))
        }
    }
}

/// That a day has no yield: a holiday of the bond market where the days around it have one.
fn no_trading(scope: &Scope<'_>, series: &Series, day: Date) -> Undefined {
    let week_later = day.saturating_add(7.days()).min(scope.view().cutoff.through);
    let goes_on = !series.after_through(day, week_later).is_empty();
    let code = if goes_on { "no_session" } else { "no_observation" };
    Undefined::new(code, format!("no value of {} was published for {day}", series.id))
}

fn outcome(
    scope: &Scope<'_>,
    series: &Series,
    observation: Observation,
) -> Result<Outcome, Undefined> {
    Ok(Outcome {
        quantity: finite(observation.value, Unit::Fraction)?,
        interval: Some(Interval::at(observation.date)),
        rows: vec![scope.row(series, observation)],
        notices: Vec::new(),
    })
}

fn average(scope: &Scope<'_>, tenor: Tenor, month: CalendarPeriod) -> Result<Outcome, Undefined> {
    let (first, last) = scope.days(&PERIOD)?;
    let notice = |id: &str| Notice {
        code: "monthly_average",
        text: format!("the average of the days of {month} ({id}), not the yield of one day"),
    };
    let monthly = scope.series_of(tenor.monthly, Basis::Price);
    let published = monthly.and_then(|series| Ok((series, scope.close(series, first)?)));
    let why = match published {
        Ok((series, observation)) => {
            let interval = Some(Interval::at(last));
            let notices = vec![notice(&series.id)];
            return Ok(Outcome { interval, notices, ..outcome(scope, series, observation)? });
        }
        Err(why) => why,
    };
    let series = scope.series_of(tenor.daily, Basis::Price).map_err(|_| why)?;
    let days = series.after_through(first.yesterday().unwrap_or(first), last);
    let sessions = scope.calendar().count(first.yesterday().unwrap_or(first), last);
    // The bond market rests on up to two more days of a month than the exchange.
    let values: Vec<f64> = days.iter().map(|day| day.value).collect();
    let mean = mean(&values).filter(|_| days.len() + 2 >= sessions).ok_or_else(|| {
        let reason = format!("{} has values for {} days of {month}", series.id, days.len());
        Undefined::new("incomplete", reason)
    })?;
    Ok(Outcome {
        quantity: finite(mean, Unit::Fraction)?,
        interval: Some(Interval::at(last)),
        rows: days.iter().map(|day| scope.row(series, *day)).collect(),
        notices: vec![notice(&series.id)],
    })
}

/// The maturity that the subject names.
pub(super) fn tenor_of(scope: &Scope<'_>) -> Result<Tenor, Undefined> {
    let entity = scope.entity(&SUBJECT);
    Tenor::of(entity).ok_or_else(|| {
        let known = TENORS.map(|tenor| format!("UST:{}", tenor.name)).join(", ");
        Undefined::new("no_series", format!("{entity} has no yield; {known} have"))
    })
}

fn compute(scope: &Scope<'_>) -> Result<Outcome, Undefined> {
    of_tenor(scope, tenor_of(scope)?)
}
