//! Study: what followed the events of a condition, beside what followed any period.
//!
//! # Definition
//! $$ n = |E|, \qquad h = |\{ e \in E : q_e > 0 \}|, \qquad p = h / n, \qquad
//!    \bar{q}_E = \frac{1}{n} \sum_{e \in E} q_e $$
//! $$ d = \bar{q}_E - \bar{q}_A, \qquad \bar{q}_A = \frac{1}{|A|} \sum_{a \in A} q_a $$
//! where $E$ are the periods from `since` to `until` in which the condition `when` holds and whose
//! outcome is over, $A$ all periods of the family whose outcome is, and $q_i$ the query `then`
//! after period $i$, from its last close; after a day without a session, from the next close. With
//! `gap` an event that comes sooner after the last one counted is left out; with `rest` one before
//! which the condition held within that time: `rest: 1m` leaves the months in which it begins.
//! Events whose outcome is not over are censored: they are named, counted by `censored`, and in no
//! other figure. The rows are the events with their outcomes.
//!
//! # Undefined when
//! The condition looks ahead: in one of up to 200 periods, evenly spread, it says another thing
//! than it said by what was public when the period ended (`look_ahead`); no outcome is over
//! (`no_event`; `n`, `hits` and `censored` are zero); the condition or the outcome has no value (as
//! for `count`).
//!
//! # Example
//! ```
//! # use kinglet_core::{query::{Evaluator, Query}, view::example};
//! let view = example(&[("2025-05-30", 210.0), ("2025-06-30", 200.0), ("2025-07-31", 190.0),
//!     ("2025-08-29", 209.0)]);
//! let answer = |figure: &str| {
//!     let text = format!("study(when: return(RUT, month) < 0, then: return(RUT, +1m)).{figure}");
//!     Evaluator::new(&view).answer(&text.parse().unwrap()).display()
//! };
//! assert_eq!(answer("n"), "2");
//! assert_eq!(answer("hit_rate"), "50.00%");
//! assert_eq!(answer("worst"), "-5.00%");
//! ```
//!
//! # References
//! MacKinlay (1997), Event Studies in Economics and Finance, Journal of Economic Literature 35(1),
//! section 4; Hansen, Hodrick (1980), Forward Exchange Rates as Optimal Predictors of Future Spot
//! Rates, Journal of Political Economy 88(5), on outcomes that overlap.

use std::sync::Arc;

use crate::answer::{Notice, Outcome, Row, Undefined, finite};
use crate::definition::params::{GAP, REST, SINCE, THEN, UNTIL, WHEN};
use crate::definition::{Definition, Figure, Golden, Metric, Param, ParamKind, UnitRule};
use crate::quantity::Unit;
use crate::query::Scope;
use crate::study::{Case, Event, Followed, Study, Summary};

/// The condition, which here is required.
static EVENT: Param = Param { optional: false, ..WHEN };

const fn figure(name: &'static str, unit: UnitRule, doc: &'static str) -> Figure {
    Figure { name, unit, doc }
}

const COUNT: UnitRule = UnitRule::Fixed(Unit::Count);
const SHARE: UnitRule = UnitRule::Fixed(Unit::Fraction);

static FIGURE: Param = Param {
    named: true,
    ..Param::required(
        "figure",
        ParamKind::Figure(&[
            figure("n", COUNT, "events whose outcome is over"),
            figure("hits", COUNT, "those with an outcome above zero"),
            figure("hit_rate", SHARE, "hits among them"),
            figure("censored", COUNT, "events whose outcome is not over"),
            figure("mean", UnitRule::Query, "mean outcome of the events"),
            figure("median", UnitRule::Query, "middle outcome"),
            figure("worst", UnitRule::Query, "lowest outcome"),
            figure("best", UnitRule::Query, "highest outcome"),
            figure("unconditional", UnitRule::Query, "mean outcome after any period"),
            figure("unconditional_hit_rate", SHARE, "hits after any period"),
            figure("difference", UnitRule::Difference, "mean less that after any period"),
        ]),
        "which figure, written behind the call: .hit_rate",
    )
};

/// See the header.
pub static METRIC: Metric = Metric {
    definition: Definition {
        name: "study",
        unit: UnitRule::Figure,
        spelling: None,
        params: &[&EVENT, &THEN, &SINCE, &UNTIL, &GAP, &REST, &FIGURE],
        example: "study(when: return(RUT, month) >= 10%, then: return(RUT, +6m)).hit_rate",
        phrases: &["a study of past cases gives {value}"],
        code: None,
        revision: 1,
        source: include_str!("study.rs"),
    },
    compute,
    laws: &[],
    golden: &[
        Golden {
            query: "study(when: return(RUT, month) >= 10%, then: return(RUT, +6m), since: 1987-09, \
                    until: 2025-12).hit_rate",
            want: 1400.0 / 17.0,
            within: 1e-9,
            from: "Python 3.11, csv over the facts: of the 17 months with close / previous - 1 >= \
                   0.10, those whose close six month-ends later is higher",
        },
        Golden {
            query: "study(when: return(RUT, month) >= 10%, then: return(RUT, +6m), since: 1987-10, \
                    until: 2026-07).difference",
            want: 2.667_3,
            within: 0.000_5,
            from: "numpy 2.4.6 over daily closes of Yahoo Finance: mean of 17 outcomes, 7.7114%, \
                   less that of all 460 months, 5.0440%",
        },
    ],
};

fn compute(scope: &Scope<'_>) -> Result<Outcome, Undefined> {
    let study = scope.study()?;
    let followed = &study.followed[0];
    let (unit, value) = value(scope.figure(), followed)?;
    let mut notices = study.notices.clone();
    notices.extend(censored(&study, followed));
    Ok(Outcome {
        quantity: finite(value, unit)?,
        interval: Some(study.interval),
        rows: rows(&study, followed),
        notices,
    })
}

/// A figure in its unit.
fn value(figure: &str, followed: &Followed) -> Result<(Unit, f64), Undefined> {
    let values = followed.values();
    let hits = values.iter().filter(|value| **value > 0.0).count();
    match figure {
        "n" => return Ok((Unit::Count, values.len() as f64)),
        "hits" => return Ok((Unit::Count, hits as f64)),
        "censored" => return Ok((Unit::Count, followed.censored() as f64)),
        _ => {}
    }
    let none = || Undefined::new("no_event", "no event whose outcome is over");
    let any = Summary::of(&followed.any_values()).ok_or_else(none);
    let unit = followed.unit;
    match figure {
        "unconditional" => return Ok((unit, any?.mean)),
        "unconditional_hit_rate" => return Ok((Unit::Fraction, any?.hit_rate)),
        _ => {}
    }
    let summary = Summary::of(&values).ok_or_else(none)?;
    Ok(match figure {
        "hit_rate" => (Unit::Fraction, summary.hit_rate),
        "median" => (unit, summary.median),
        "worst" => (unit, summary.worst),
        "best" => (unit, summary.best),
        "difference" => (unit.sum(unit, true).unwrap_or(unit), summary.mean - any?.mean),
        _ => (unit, summary.mean),
    })
}

/// One row for each event that has an outcome.
fn rows(study: &Study, followed: &Followed) -> Vec<Row> {
    let series: Arc<str> = followed.query.to_string().into();
    let cases = study.events.iter().zip(&followed.cases);
    let row = |(event, case): (&Event, &Result<Case, Undefined>)| {
        let case = case.as_ref().ok()?;
        Some(Row {
            series: Arc::clone(&series),
            date: event.date,
            value: case.value,
            unit: followed.unit,
            source: Arc::clone(&case.source),
        })
    };
    cases.filter_map(row).collect()
}

/// Which events have no outcome, and why.
fn censored(study: &Study, followed: &Followed) -> Vec<Notice> {
    let cases = study.events.iter().zip(&followed.cases);
    let lacking = cases.filter_map(|(event, case)| {
        let why = case.as_ref().err()?;
        let code = if why.code == "not_over" { "censored" } else { "no_outcome" };
        Some(Notice { code, text: format!("{} has no outcome: {}", event.period, why.reason) })
    });
    lacking.collect()
}
