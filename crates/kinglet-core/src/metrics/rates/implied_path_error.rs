//! Implied path error: by how much a policy rate ran above what the market had implied.
//!
//! # Definition
//! $$ e = \frac{1}{n} \sum_{d = b + 1}^{E} m_d - y_h(b) $$
//! where $m_d$ is the middle of the target range in force on day $d$ of the $n$ days, weekends
//! included, after the base $b$ of the period through its end $E$, and $y_h(b)$ the yield at the
//! base of the Treasury that runs as long as the period: 3 or 6 months, 1, 2 or 5 years, within a
//! tenth. That yield is the path of the rate that the market expected, on average, and a premium
//! for its term. Positive where rates ran higher than was implied. Where the data lack the yields
//! of days, the average of the month of the base; a notice says so.
//!
//! # Undefined when
//! No Treasury runs as long as the period (`period_kind`), its yield is missing
//! (`no_observation`, `no_series`), no change of this bank is known (`no_series`) or none before
//! the base, or the period ends after the data (`outside_coverage`).
//!
//! # Example
//! ```
//! # use kinglet_core::query::{Evaluator, Query};
//! # use kinglet_core::view::{example, example_change, example_series};
//! // 4.125% in the first half of the 360 days, 4.625% in the second, 4.175% implied.
//! let view = example(&[("2024-12-31", 1.0), ("2025-12-26", 1.0), ("2025-12-29", 1.0)])
//!     .with_events(vec![example_change("2024-12-18", 4.25), example_change("2025-06-30", 4.75)])
//!     .with_series("DGS1", kinglet_core::identity::Basis::Price,
//!         &example_series("DGS1", &[("2024-12-31", 0.041_75)]));
//! let query: Query = "implied_path_error(FED, 2024-12-31..2025-12-26)".parse().unwrap();
//! assert_eq!(Evaluator::new(&view).answer(&query).display(), "0.20 percentage points");
//! ```
//!
//! # References
//! Piazzesi, Swanson (2008), Futures Prices as Risk-Adjusted Forecasts of Monetary Policy, Journal
//! of Monetary Economics 55(4) (errors of implied rates, and the premium in them).

use super::policy_rate::{bound_of, changes, date_of, row, too_early};
use super::treasury_yield::{Tenor, averaged, near_day};
use crate::answer::{Outcome, Row, Undefined, finite};
use crate::definition::params::{PERIOD, SUBJECT};
use crate::definition::{Definition, Golden, Law, Metric, UnitRule};
use crate::identity::Entity;
use crate::numeric::sum;
use crate::quantity::Unit;
use crate::query::Scope;
use crate::time::{Date, Interval};

/// See the header.
pub static METRIC: Metric = Metric {
    definition: Definition {
        name: "implied_path_error",
        unit: UnitRule::Fixed(Unit::FractionDifference),
        spelling: None,
        params: &[&SUBJECT, &PERIOD],
        example: "implied_path_error(FED, 2022..2023)",
        phrases: &[
            "ran {value} above what was priced in",
            "ran {value} above what markets had implied",
            "ran {value} below what markets had implied",
        ],
        code: None,
        revision: 1,
        source: include_str!("implied_path_error.rs"),
    },
    compute,
    laws: &[Law::ScaleInvariant],
    golden: &[Golden {
        query: "implied_path_error(FED, 2022..2023)",
        want: 2.719_038_5,
        within: 0.000_001,
        from: "Python 3.11, csv over the facts: the mean of the middle of fed_target.csv over \
               2022-01-01 to 2023-12-29, by effective date, less GS2 of 2021-12",
    }],
};

/// The maturities whose yield implies a path, with their length in days.
const TENORS: [(&str, f64); 5] = [
    ("UST:3m", 91.3125),
    ("UST:6m", 182.625),
    ("UST:1y", 365.25),
    ("UST:2y", 730.5),
    ("UST:5y", 1826.25),
];

fn tenor(days: f64) -> Option<Tenor> {
    let near = |length: f64| (days / length - 1.0).abs() <= 0.1;
    let found = TENORS.iter().find(|(_, length)| near(*length));
    found.and_then(|(code, _)| Tenor::of(&Entity::new(*code)))
}

fn compute(scope: &Scope<'_>) -> Result<Outcome, Undefined> {
    let (base, end) = scope.change(&PERIOD)?;
    let days = f64::from((end - base).get_days());
    let tenor = tenor(days).ok_or_else(|| {
        let period = scope.period(&PERIOD);
        let reason =
            format!("no Treasury runs as long as {period}: 3 or 6 months, 1, 2 or 5 years");
        Undefined::new("period_kind", reason)
    })?;
    let (series, implied) = near_day(scope, tenor, base)?;
    let (rate, mut rows) = mean_target(scope, (base, end))?;
    rows.insert(0, scope.row(series, implied));
    Ok(Outcome {
        quantity: finite(rate - implied.value, Unit::FractionDifference)?,
        interval: Some(Interval::between(base, end)),
        rows,
        notices: averaged([series]).into_iter().collect(),
    })
}

/// The mean of the middle of the target over the days after one through another.
fn mean_target(scope: &Scope<'_>, (base, end): (Date, Date)) -> Result<(f64, Vec<Row>), Undefined> {
    let changes = changes(scope)?;
    let first = base.tomorrow().unwrap_or(base);
    let in_force = |day: Date| changes.count_through(day, |e| date_of(e, "effective"));
    let Some(before) = in_force(first).checked_sub(1) else {
        return Err(too_early(changes.at(0), first));
    };
    let (mut parts, mut rows) = (Vec::new(), Vec::new());
    for index in before..in_force(end) {
        let change = changes.at(index);
        let middle = 0.5 * (bound_of(change, "lower")? + bound_of(change, "upper")?);
        let from = date_of(change, "effective").max(first);
        let to = match index + 1 < in_force(end) {
            true => date_of(changes.at(index + 1), "effective"),
            false => end.tomorrow().unwrap_or(end),
        };
        parts.push(middle * f64::from((to - from).get_days()));
        rows.push(row(change, middle, Unit::Fraction));
    }
    Ok((sum(parts) / f64::from((end - base).get_days()), rows))
}
