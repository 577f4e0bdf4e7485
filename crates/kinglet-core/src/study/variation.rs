//! The same study asked a little otherwise: a figure that hangs on one choice shows it here.

use std::collections::BTreeMap;

use super::event::{self, Event};
use super::{Design, Followed, Source, Study, Summary};
use crate::answer::Undefined;
use crate::quantity::Quantity;
use crate::query::{Bounds, Evaluator, Expr};
use crate::time::CalendarPeriod;

/// Thresholds, in parts of the one that is asked.
const THRESHOLDS: [f64; 4] = [0.5, 0.75, 1.25, 1.5];
/// Later starts, in parts of the time that is looked at.
const STARTS: [(i32, i32); 2] = [(1, 3), (2, 3)];

/// What is varied.
#[derive(Clone, Debug, PartialEq)]
pub enum Choice {
    /// The first period counted.
    Since(CalendarPeriod),
    /// The condition, with another threshold.
    Condition(Expr),
}

/// A study with another choice.
#[derive(Clone, Debug, PartialEq)]
pub struct Variation {
    /// What is chosen otherwise.
    pub choice: Choice,
    /// What followed the events; none where there is none.
    pub events: Option<Summary>,
    /// What followed any period.
    pub any: Option<Summary>,
}

/// The variations of a study, by one of its outcomes.
///
/// # Errors
/// As for the study.
pub(super) fn variations(
    evaluator: &Evaluator<'_>,
    design: &Design,
    study: &Study,
    followed: &Followed,
) -> Result<Vec<Variation>, Undefined> {
    let outcomes: BTreeMap<CalendarPeriod, f64> =
        followed.any.iter().map(|member| (member.period, member.value)).collect();
    let choices = starts(study).into_iter().chain(thresholds(&design.source));
    let vary = |choice: Choice| {
        let varied = match &choice {
            Choice::Since(since) => {
                Design { bounds: Bounds { since: Some(*since), ..design.bounds }, ..design.clone() }
            }
            Choice::Condition(condition) => {
                Design { source: Source::Condition(condition.clone()), ..design.clone() }
            }
        };
        let found = event::find(evaluator, &varied)?;
        let of = |period: &CalendarPeriod| outcomes.get(period).copied();
        let start = |event: &Event| of(&event.start());
        let events: Vec<f64> = found.events.iter().filter_map(start).collect();
        let any: Vec<f64> = found.periods.iter().filter_map(of).collect();
        Ok(Variation { choice, events: Summary::of(&events), any: Summary::of(&any) })
    };
    let varied = choices.map(vary).filter(|varied| {
        // A choice that leaves no event says nothing of what follows events.
        varied.as_ref().map_or(true, |varied| varied.events.is_some())
    });
    varied.collect()
}

/// Later starts: whole years.
fn starts(study: &Study) -> Vec<Choice> {
    let (Some(first), Some(last)) = (study.periods.first(), study.periods.last()) else {
        return Vec::new();
    };
    let (from, to) = (i32::from(first.first_day().year()), i32::from(last.last_day().year()));
    let start = |(part, of): (i32, i32)| i16::try_from(from + (to - from) * part / of).ok();
    let years = STARTS.into_iter().filter_map(start).filter(|year| i32::from(*year) > from);
    years.map(|year| Choice::Since(CalendarPeriod::year(year))).collect()
}

/// The condition with its number smaller and larger.
fn thresholds(source: &Source) -> Vec<Choice> {
    let Source::Condition(Expr::Binary(op, left, right)) = source else { return Vec::new() };
    let Expr::Number(asked, spelling) = **right else { return Vec::new() };
    if !op.is_comparison() || asked.value == 0.0 {
        return Vec::new();
    }
    let condition = |part: f64| {
        let number = Quantity::new(asked.value * part, asked.unit);
        let number = Box::new(Expr::Number(number, spelling));
        Choice::Condition(Expr::Binary(*op, left.clone(), number))
    };
    THRESHOLDS.map(condition).into()
}
