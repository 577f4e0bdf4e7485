//! What followed the events of a study, and what followed any period.

use std::sync::Arc;

use super::event::{Event, Found};
use crate::answer::{Outcome, Undefined};
use crate::quantity::Unit;
use crate::query::{Evaluator, Expr, Member};
use crate::time::{CalendarPeriod, Date};

/// What followed one event.
#[derive(Clone, Debug, PartialEq)]
pub struct Case {
    /// The outcome, in the unit of the query.
    pub value: f64,
    /// The session with whose close it is over.
    pub end: Date,
    /// Where the last row behind it comes from.
    pub source: Arc<str>,
}

/// What followed, by one query.
#[derive(Clone, Debug, PartialEq)]
pub struct Followed {
    /// What was asked: `return(RUT, +6m)`.
    pub query: Expr,
    /// The unit of the values.
    pub unit: Unit,
    /// For each event its outcome, or why it has none: `not_over` where the data end too soon.
    pub cases: Vec<Result<Case, Undefined>>,
    /// The outcome after every period that has one, an event or not.
    pub any: Vec<Member>,
}

impl Followed {
    /// The outcomes of the events that have one, in order.
    pub fn values(&self) -> Vec<f64> {
        self.cases.iter().flatten().map(|case| case.value).collect()
    }

    /// The outcomes of all periods, in order.
    pub fn any_values(&self) -> Vec<f64> {
        self.any.iter().map(|member| member.value).collect()
    }

    /// How many events have no outcome yet.
    pub fn censored(&self) -> usize {
        self.cases
            .iter()
            .filter(|case| case.as_ref().is_err_and(|why| why.code == "not_over"))
            .count()
    }

    /// How many outcomes there are, one after the other, of which none begins before another is
    /// over.
    pub fn apart(&self, events: &[Event]) -> usize {
        let mut free = None;
        let mut count = 0;
        for (event, case) in events.iter().zip(&self.cases) {
            if let Ok(case) = case
                && free.is_none_or(|free| event.date >= free)
            {
                free = Some(case.end);
                count += 1;
            }
        }
        count
    }
}

impl Case {
    fn of(event: &Event, outcome: &Outcome) -> Case {
        Case {
            value: outcome.quantity.value,
            end: outcome.interval.map_or(event.date, |interval| interval.end),
            source: outcome.source(),
        }
    }
}

/// What followed each event and each period.
pub(super) fn follow(
    evaluator: &Evaluator<'_>,
    query: &Expr,
    found: &Found,
) -> Result<Followed, Undefined> {
    let mut unit = None;
    let mut missing = None;
    let mut after = |period: CalendarPeriod| {
        let outcome = evaluator.in_period(query, period);
        match &outcome {
            Ok(outcome) => unit = unit.or(Some(outcome.quantity.unit)),
            // That an outcome is not over is no fault of the query.
            Err(why) if missing.is_none() && why.code != "not_over" => missing = Some(why.clone()),
            Err(_) => {}
        }
        outcome
    };
    let case = |event: &Event| after(event.start()).map(|outcome| Case::of(event, &outcome));
    let cases = found.events.iter().map(case).collect();
    let any = found.periods.iter().filter_map(|&period| {
        let value = after(period).ok()?.quantity.value;
        Some(Member { period, value })
    });
    let any: Vec<Member> = any.collect();
    match (unit, missing) {
        (Some(unit), _) => Ok(Followed { query: query.clone(), unit, cases, any }),
        (None, Some(why)) => Err(why),
        (None, None) => Ok(Followed { query: query.clone(), unit: Unit::Ratio, cases, any }),
    }
}
