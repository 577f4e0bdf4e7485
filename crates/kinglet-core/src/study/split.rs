//! The events of a study by the state of the world in which they came.

use std::collections::BTreeMap;

use super::event::was_known;
use super::{Followed, Study, Summary};
use crate::answer::Undefined;
use crate::quantity::Unit;
use crate::query::{Bounds, Evaluator, Expr, Member};
use crate::time::CalendarPeriod;

/// A number is placed in thirds among so many earlier values at least.
const HISTORY_MIN: usize = 24;

/// In what state a period was.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum State {
    /// The condition held.
    Yes,
    /// It did not.
    No,
    /// The number was in the lowest third of those so far.
    Low,
    /// In the middle third.
    Middle,
    /// In the highest third.
    High,
    /// Nothing was known.
    Unknown,
}

/// The events of one state.
#[derive(Clone, Debug, PartialEq)]
pub struct Part {
    /// The state.
    pub state: State,
    /// What followed the events in it; none where there was none.
    pub events: Option<Summary>,
    /// What followed any period in it.
    pub any: Option<Summary>,
}

/// A study by the states that a query tells apart: a condition two, a number three.
#[derive(Clone, Debug, PartialEq)]
pub struct Split {
    /// The query.
    pub by: Expr,
    /// The states, in order.
    pub parts: Vec<Part>,
}

/// The outcomes of a study, state by state.
///
/// # Errors
/// `look_ahead` where a state was not known then; those of the family.
pub(super) fn split(
    evaluator: &Evaluator<'_>,
    by: &Expr,
    study: &Study,
    followed: &Followed,
) -> Result<Split, Undefined> {
    let family = evaluator.family(by, Bounds::default())?;
    if family.grain != study.grain {
        let (of, events) = (family.grain.name(), study.grain.name());
        let reason = format!("`{by}` is by {of}, and the events are by {events}");
        return Err(Undefined::new("period_kind", reason));
    }
    was_known(evaluator, by, &family)?;
    let states = match family.unit {
        Unit::Truth => family.members.iter().map(truth).collect(),
        _ => thirds(&family.members),
    };
    let states: BTreeMap<CalendarPeriod, State> = states;
    let state = |period: &CalendarPeriod| states.get(period).copied().unwrap_or(State::Unknown);
    let mut events: BTreeMap<State, Vec<f64>> = BTreeMap::new();
    let mut any: BTreeMap<State, Vec<f64>> = BTreeMap::new();
    for (event, case) in study.events.iter().zip(&followed.cases) {
        if let Ok(case) = case {
            events.entry(state(&event.start())).or_default().push(case.value);
        }
    }
    for member in &followed.any {
        any.entry(state(&member.period)).or_default().push(member.value);
    }
    let all: Vec<State> = any.keys().copied().collect();
    let of = |values: Option<&Vec<f64>>| values.and_then(|values| Summary::of(values));
    let part =
        |state: State| Part { state, events: of(events.get(&state)), any: of(any.get(&state)) };
    Ok(Split { by: by.clone(), parts: all.into_iter().map(part).collect() })
}

fn truth(member: &Member) -> (CalendarPeriod, State) {
    (member.period, if member.holds() { State::Yes } else { State::No })
}

/// Each value among those up to it.
fn thirds(members: &[Member]) -> BTreeMap<CalendarPeriod, State> {
    let mut so_far: Vec<f64> = Vec::new();
    let place = |member: &Member| {
        let below = so_far.partition_point(|value| *value < member.value);
        so_far.insert(below, member.value);
        let share = below as f64 / so_far.len() as f64;
        let state = match so_far.len() {
            ..HISTORY_MIN => State::Unknown,
            _ if share < 1.0 / 3.0 => State::Low,
            _ if share < 2.0 / 3.0 => State::Middle,
            _ => State::High,
        };
        (member.period, state)
    };
    members.iter().map(place).collect()
}
