//! The same study asked a little otherwise: a figure that hangs on one choice shows it here.

use super::event::{self, Found};
use super::outcome::follow;
use super::{Design, Followed, Source, Summary, horizon, over};
use crate::answer::Undefined;
use crate::quantity::Quantity;
use crate::query::{Bounds, Evaluator, Expr};
use crate::time::{CalendarPeriod, Length};

/// Thresholds, in parts of the one that is asked.
const THRESHOLDS: [f64; 4] = [0.5, 0.75, 1.25, 1.5];
/// Later starts, in parts of the time that is looked at.
const STARTS: [(i32, i32); 2] = [(1, 3), (2, 3)];
/// Shorter and longer times after the event, in parts of the one that is asked.
const HORIZONS: [(u16, u16); 3] = [(1, 2), (3, 2), (2, 1)];

/// What is varied.
#[derive(Clone, Debug, PartialEq)]
pub enum Choice {
    /// The first period counted.
    Since(CalendarPeriod),
    /// The condition, with another threshold.
    Condition(Expr),
    /// The outcome, over another time after the event.
    Outcome(Expr),
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
    found: &Found,
    followed: &Followed,
) -> Result<Vec<Variation>, Undefined> {
    let choices = starts(found).into_iter().chain(thresholds(&design.source));
    let choices = choices.chain(horizons(&followed.query));
    let vary = |choice: Choice| {
        let bounds = design.bounds;
        let (found, followed) = match &choice {
            Choice::Since(since) => {
                let bounds = Bounds { since: Some(*since), ..bounds };
                let varied = Design { bounds, ..design.clone() };
                (&event::find(evaluator, &varied)?, followed)
            }
            Choice::Condition(condition) => {
                let source = Source::Condition(condition.clone());
                (&event::find(evaluator, &Design { source, ..design.clone() })?, followed)
            }
            Choice::Outcome(outcome) => match follow(evaluator, outcome, found) {
                Ok(followed) => (found, &followed.clone()),
                Err(_) => return Ok(Variation { choice, events: None, any: None }),
            },
        };
        let of = |period: CalendarPeriod| {
            let at = followed.any.binary_search_by_key(&period, |member| member.period).ok()?;
            Some(followed.any[at].value)
        };
        let events: Vec<f64> = found.events.iter().filter_map(|event| of(event.start())).collect();
        let any: Vec<f64> = found.periods.iter().filter_map(|period| of(*period)).collect();
        Ok(Variation { choice, events: Summary::of(&events), any: Summary::of(&any) })
    };
    let varied = choices.map(vary).filter(|varied| {
        // A choice that leaves no event says nothing of what follows events.
        varied.as_ref().map_or(true, |varied| varied.events.is_some())
    });
    varied.collect()
}

/// The outcome over shorter and longer times, where it speaks of one.
fn horizons(outcome: &Expr) -> Vec<Choice> {
    let Some(asked) = horizon(outcome) else { return Vec::new() };
    let length = |(part, of): (u16, u16)| {
        let count = asked.count.checked_mul(part)? / of;
        (count > 0 && count != asked.count).then_some(Length { count, unit: asked.unit })
    };
    let lengths = HORIZONS.into_iter().filter_map(length);
    lengths.map(|length| Choice::Outcome(over(outcome, length))).collect()
}

/// Later starts: whole years.
fn starts(found: &Found) -> Vec<Choice> {
    let (Some(first), Some(last)) = (found.periods.first(), found.periods.last()) else {
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
