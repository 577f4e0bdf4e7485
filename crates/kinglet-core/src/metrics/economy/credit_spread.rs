//! Credit spread: how much more companies pay for their debt than the Treasury.
//!
//! # Definition
//! $$ s(D) = y^{corporate}(D) - y^{Treasury}(D) $$
//! last public at the end of the last day $D$ of the period, at most a week before it: with
//! `grade: baa` Moody's seasoned Baa yield less the 10-year Treasury (`BAA10Y`), with `high_yield`
//! and `investment_grade` the option-adjusted spreads of the ICE BofA US indexes (`BAMLH0A0HYM2`,
//! `BAMLC0A0CM`). Where the data lack days of the first, its last monthly average (`BAA10YM`), at
//! most two months old; a notice says so.
//!
//! # Undefined when
//! The data hold no such series or the subject is not the US (`no_series`), none was public in the
//! week (`no_observation`), or the period ends after the data (`outside_coverage`).
//!
//! # Example
//! ```
//! # use kinglet_core::{query::{Evaluator, Query}, view::{example, example_series}};
//! let days = example_series("BAA10Y", &[("2025-08-27", 0.0175), ("2025-08-28", 0.0177)]);
//! let view = example(&[("2025-08-28", 1.0), ("2025-08-29", 1.0)])
//!     .with_series("BAA10Y", kinglet_core::identity::Basis::Price, &days);
//! let query: Query = "credit_spread(US, @2025-08-29)".parse().unwrap();
//! assert_eq!(Evaluator::new(&view).answer(&query).display(), "1.77 percentage points");
//! ```
//!
//! # References
//! Gilchrist, Zakrajsek (2012), Credit Spreads and Business Cycle Fluctuations, American Economic
//! Review 102(4).

use super::unemployment::of_the_us;
use crate::answer::{Notice, Outcome, Undefined, finite};
use crate::columns::Frequency;
use crate::definition::params::{PERIOD, SUBJECT};
use crate::definition::{Definition, Golden, Law, Metric, Param, ParamKind, UnitRule};
use crate::identity::Basis;
use crate::quantity::Unit;
use crate::query::Scope;
use crate::time::{Date, Interval};

static GRADE: Param = Param::with_default(
    "grade",
    ParamKind::Choice(&["baa", "investment_grade", "high_yield"]),
    "baa",
    "Moody's Baa, or all companies of investment grade, or those below it",
);

/// See the header.
pub static METRIC: Metric = Metric {
    definition: Definition {
        name: "credit_spread",
        unit: UnitRule::Fixed(Unit::FractionDifference),
        spelling: None,
        params: &[&SUBJECT, &PERIOD, &GRADE],
        example: "credit_spread(US, @2008-12-31)",
        phrases: &["a credit spread of {value}", "credit spreads of {value}"],
        code: None,
        revision: 1,
        source: include_str!("credit_spread.rs"),
    },
    compute,
    laws: &[Law::ScaleInvariant],
    golden: &[Golden {
        query: "credit_spread(US, @2008-12-31)",
        want: 5.68,
        within: 0.005,
        from: "FRED, BAA10YM (Moody's Baa yield less the 10-year Treasury), November 2008, the \
               last public on that day",
    }],
};

/// The series of a grade by day, and by month where there is one, with how many days old its last
/// value may be.
fn series_of(grade: &str) -> &'static [(&'static str, i32)] {
    match grade {
        "high_yield" => &[("BAMLH0A0HYM2", 7)],
        "investment_grade" => &[("BAMLC0A0CM", 7)],
        _ => &[("BAA10Y", 7), ("BAA10YM", 62)],
    }
}

fn compute(scope: &Scope<'_>) -> Result<Outcome, Undefined> {
    of_the_us(scope)?;
    let (_, last) = scope.days(&PERIOD)?;
    let last = last.min(scope.view().cutoff.through);
    let mut why = None;
    for (id, age_days_max) in series_of(scope.choice(&GRADE)) {
        match found(scope, (id, *age_days_max), last) {
            Ok(outcome) => return Ok(outcome),
            // That a series is too old says more than that there is none.
            Err(undefined) if undefined.code == "no_series" => why = why.or(Some(undefined)),
            Err(undefined) => why = Some(undefined),
        }
    }
    Err(why.unwrap_or_else(|| Undefined::new("no_series", "there is no such spread")))
}

fn found(
    scope: &Scope<'_>,
    (id, age_days_max): (&str, i32),
    last: Date,
) -> Result<Outcome, Undefined> {
    let series = scope.series_of(id, Basis::Price)?;
    let observation = scope.latest(series, last)?;
    if (last - observation.date).get_days() > age_days_max {
        let reason = format!("the last value of {id} on {last} is of {}", observation.date);
        return Err(Undefined::new("no_observation", reason));
    }
    let notice = matches!(series.frequency, Frequency::Period(_)).then(|| Notice {
        code: "monthly_average",
        text: format!("the average of a month ({id}), not the spread of one day"),
    });
    Ok(Outcome {
        quantity: finite(observation.value, Unit::FractionDifference)?,
        interval: Some(Interval::at(observation.date)),
        rows: vec![scope.row(series, observation)],
        notices: notice.into_iter().collect(),
    })
}
