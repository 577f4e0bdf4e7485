//! Event studies: what followed events, one by one, beside what followed any period.
//!
//! An event is a period of a family in which a condition holds, or a day that is given. It is known
//! at a close: the last one of its period or, of a day without a session, the next one. Outcomes
//! start there, and nothing that became public later may decide what an event is.

mod event;
mod outcome;
mod summary;

pub use event::{Event, NamedDay};
pub use outcome::{Case, Followed};
pub use summary::Summary;

use crate::answer::{Notice, Undefined};
use crate::query::{Bounds, Evaluator, Expr};
use crate::time::{CalendarPeriod, Grain, Interval, Length};

/// Fewer events than these are told one by one and tested by nothing.
pub const EVENTS_MIN: usize = 5;

/// What a study asks.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Design {
    /// What makes an event.
    pub source: Source,
    /// What is asked of the time after each: `return(RUT, +6m)`.
    pub outcomes: Vec<Expr>,
    /// From when to when events are counted.
    pub bounds: Bounds,
    /// Which of neighbouring events are counted.
    pub spacing: Spacing,
}

/// What makes an event.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Source {
    /// That this holds in a period of its family: `return(RUT, month) >= 10%`.
    Condition(Expr),
    /// That somebody names the day.
    Days(Vec<NamedDay>),
}

/// Which of neighbouring events are counted.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct Spacing {
    /// How long after an event no other is counted.
    pub gap: Option<Length>,
    /// How long before an event the condition did not hold.
    pub quiet: Option<Length>,
}

/// What a study finds.
#[derive(Clone, Debug, PartialEq)]
pub struct Study {
    /// The size of the periods of the family.
    pub grain: Grain,
    /// The events that are counted, oldest first.
    pub events: Vec<Event>,
    /// Every period that was looked at, an event or not.
    pub periods: Vec<CalendarPeriod>,
    /// From the first to the last of them.
    pub interval: Interval,
    /// What followed, for each outcome that was asked.
    pub followed: Vec<Followed>,
    /// What the reader should know.
    pub notices: Vec<Notice>,
}

impl Study {
    /// Finds the events of a design and what followed them.
    ///
    /// # Errors
    /// Those of the condition's family, `look_ahead` where an event was not known when its period
    /// ended, and where an outcome has no value after any period, why.
    pub fn run(evaluator: &Evaluator<'_>, design: &Design) -> Result<Study, Undefined> {
        let found = event::find(evaluator, design)?;
        let follow = |expr: &Expr| outcome::follow(evaluator, expr, &found);
        let followed = design.outcomes.iter().map(follow).collect::<Result<_, _>>()?;
        let event::Found { grain, events, periods, interval, notices } = found;
        Ok(Study { grain, events, periods, interval, followed, notices })
    }
}
