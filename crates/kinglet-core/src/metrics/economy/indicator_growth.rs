//! Indicator growth: by how much a figure of the economy has grown over a year.
//!
//! # Definition
//! $$ g_p = X_p / X_{p-1y} - 1 $$
//! where $X_p$ is the figure of the week, month or quarter $p$ of the series (`INDPRO`, `PAYEMS`,
//! `GDP`) and $X_{p-1y}$ that of a year, or with `months` of so many months, earlier. For a month
//! of a monthly series (a quarter of a quarterly one) the figure of that month; for a day, `@…` or
//! another period the last figure that was public at its end. A figure that should have been
//! public by then and was never published is said to be missing.
//!
//! # Undefined when
//! The data hold no such series or it is one of sessions (`no_series`), a figure was not published,
//! as of October 2025 (`no_observation`), the earlier one is not positive (`not_positive`),
//! `months` is not a whole number (`not_whole`), or the period ends after the data
//! (`outside_coverage`).
//!
//! # Example
//! ```
//! # use kinglet_core::{query::{Evaluator, Query}, view::{example, example_series}};
//! use kinglet_core::identity::Basis::Price;
//! let prices = [("2024-08-01", 300.0), ("2025-08-01", 309.0)];
//! let view = example(&[("2025-07-31", 1.0), ("2025-08-29", 1.0), ("2025-09-30", 1.0)])
//!     .with_series("CPILFESL", Price, &example_series("CPILFESL", &prices));
//! let query: Query = "indicator_growth(CPILFESL, 2025-08)".parse().unwrap();
//! assert_eq!(Evaluator::new(&view).answer(&query).display(), "3.00%");
//! ```
//!
//! # References
//! Croushore, Stark (2001), A Real-Time Data Set for Macroeconomists, Journal of Econometrics
//! 105(1), on figures as they were known.

use jiff::ToSpan;

use crate::answer::{Notice, Outcome, Undefined, finite};
use crate::columns::{Frequency, Observation, Series};
use crate::definition::params::{PERIOD, SUBJECT};
use crate::definition::{Definition, Golden, Law, Metric, Param, ParamKind, UnitRule};
use crate::identity::Basis;
use crate::quantity::Unit;
use crate::query::Scope;
use crate::time::{CalendarPeriod, Grain, Interval, Period};

static MONTHS: Param =
    Param::with_default("months", ParamKind::Number(Unit::Ratio), "12", "over how many months");

/// See the header.
pub static METRIC: Metric = Metric {
    definition: Definition {
        name: "indicator_growth",
        unit: UnitRule::Fixed(Unit::Fraction),
        spelling: None,
        params: &[&SUBJECT, &PERIOD, &MONTHS],
        example: "indicator_growth(CPIAUCSL, 2025-08)",
        phrases: &["grew {value} over twelve months", "has grown by {value} from a year before"],
        code: None,
        revision: 1,
        source: include_str!("indicator_growth.rs"),
    },
    compute,
    laws: &[Law::ScaleInvariant],
    golden: &[Golden {
        query: "indicator_growth(CPIAUCSL, 2025-08)",
        want: 2.94,
        within: 0.005,
        from: "FRED, CPIAUCSL, 323.291 of 2025-08 over 314.062 of 2024-08",
    }],
};

/// The figure of the period at hand, or the last that was public at its end.
fn figure(
    scope: &Scope<'_>,
    series: &Series,
    grain: Grain,
) -> Result<(Observation, Option<Notice>), Undefined> {
    let (first, last) = scope.days(&PERIOD)?;
    if let Period::Calendar(period) = scope.period(&PERIOD)
        && period.grain == grain
    {
        return Ok((scope.close(series, first)?, None));
    }
    let found = scope.latest(series, last)?;
    Ok((found, missing(series, found, grain)))
}

/// That the period after a figure has none, though a later one has.
fn missing(series: &Series, found: Observation, grain: Grain) -> Option<Notice> {
    let next = CalendarPeriod::containing(grain, found.date).plus(1);
    let is_missing = |period: CalendarPeriod| series.on(period.first_day()).is_none();
    let before = CalendarPeriod::containing(grain, found.date).plus(-1);
    let lacking = [next, before].into_iter().find(|period| {
        let is_inside = series
            .coverage()
            .is_some_and(|(a, b)| a < period.first_day() && period.first_day() < b);
        is_inside && is_missing(*period)
    });
    lacking.map(|period| Notice {
        code: "figure_missing",
        text: format!("no figure of {} was published for {period}", series.id),
    })
}

fn compute(scope: &Scope<'_>) -> Result<Outcome, Undefined> {
    let code = scope.entity(&SUBJECT).code();
    let series = scope.series_of(code, Basis::Price)?;
    let Frequency::Period(grain) = series.frequency else {
        let reason = format!("{code} has values for days, not figures for months; ask its return");
        return Err(Undefined::new("no_series", reason));
    };
    let (now, notice) = figure(scope, series, grain)?;
    let months = i32::from(scope.whole(&MONTHS)?);
    let day = now.date.saturating_sub(months.months());
    let before = scope.close(series, CalendarPeriod::containing(grain, day).first_day())?;
    let growth = scope.growth(series, before, now)?;
    Ok(Outcome {
        quantity: finite(growth - 1.0, Unit::Fraction)?,
        interval: Some(Interval::between(before.date, now.date)),
        rows: [before, now].map(|row| scope.row(series, row)).into(),
        notices: notice.into_iter().collect(),
    })
}
