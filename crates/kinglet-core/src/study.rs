//! Event studies: what followed events, one by one, beside what followed any period.
//!
//! An event is a period of a family in which a condition holds, or a day that is given. It is known
//! at a close: the last one of its period or, of a day without a session, the next one. Outcomes
//! start there, and nothing that became public later may decide what an event is.

mod abnormal;
mod event;
mod fan;
mod histogram;
mod horizon;
mod inference;
mod named;
mod outcome;
mod report;
mod resample;
mod sentence;
mod split;
mod summary;
mod variation;

pub use abnormal::{Excess, Expectation, Model};
pub use event::{Event, NamedDay};
pub use fan::Step;
pub use histogram::{Bin, histogram};
pub use horizon::{about, horizon, over};
pub use inference::{BlockKind, Chance, Inference, LEVEL};
pub use named::{Declared, DeclaredState, DeclaredStudy, SHIPPED};
pub use outcome::{Case, Followed};
pub use report::{Asked, Figures, Report};
pub use sentence::{SIGNIFICANCE, in_words};
pub use split::{Part, Split, State};
pub use summary::Summary;
pub use variation::{Choice, Variation};

use crate::answer::{Notice, Undefined};
use crate::definition::params::{GAP, REST, SINCE, THEN, UNTIL, WHEN};
use crate::diagnostic::Diagnostic;
use crate::metrics::statistics::study::METRIC;
use crate::quantity::{Quantity, Spelling, Unit};
use crate::query::{Arg, Bounds, Call, Evaluator, Expr, Op, Query};
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
    /// The position of the outcome that is told first.
    pub primary: usize,
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
    pub rest: Option<Length>,
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

impl Design {
    /// The same study as queries, one for each outcome; none of days that are given, which no query
    /// names.
    ///
    /// # Errors
    /// A diagnostic where condition and outcomes do not fit: units, families, a look ahead.
    pub fn queries(&self, figure: &'static str) -> Result<Vec<Query>, Diagnostic> {
        let Source::Condition(condition) = &self.source else { return Ok(Vec::new()) };
        let query = |outcome: &Expr| self.query(condition, outcome, figure);
        self.outcomes.iter().map(query).collect()
    }

    /// That the outcomes are some that can be asked after any event.
    ///
    /// # Errors
    /// As [`Design::queries`]; of days that are given, as if they were those of a condition.
    pub fn check(&self) -> Result<(), Diagnostic> {
        let Source::Days(_) = self.source else { return self.queries("n").map(drop) };
        for outcome in &self.outcomes {
            // Whatever can be asked of the time after a day has a value on each day, too.
            let zero = Expr::Number(Quantity::new(0.0, Unit::Ratio), Spelling::Ratio);
            let daily = Box::new(horizon::each(outcome, Grain::Day));
            let condition = Expr::Binary(Op::Greater, daily, Box::new(zero));
            self.query(&condition, outcome, "n")?;
        }
        Ok(())
    }

    fn query(&self, when: &Expr, then: &Expr, figure: &'static str) -> Result<Query, Diagnostic> {
        let call = Call::new(&METRIC)
            .with(WHEN.name, Arg::Query(Box::new(when.clone())))
            .with(THEN.name, Arg::Query(Box::new(then.clone())))
            .with("figure", Arg::Choice(figure));
        let optional = [
            (SINCE.name, self.bounds.since.map(Arg::Bound)),
            (UNTIL.name, self.bounds.until.map(Arg::Bound)),
            (GAP.name, self.spacing.gap.map(Arg::Length)),
            (REST.name, self.spacing.rest.map(Arg::Length)),
        ];
        let given = optional.into_iter().filter_map(|(name, arg)| Some((name, arg?)));
        Query::new(Expr::Call(given.fold(call, |call, (name, arg)| call.with(name, arg))))
    }
}

impl Study {
    /// Finds the events of a design and what followed them.
    ///
    /// # Errors
    /// Those of the condition's family, `look_ahead` where an event was not known when its period
    /// ended, and where an outcome has no value after any period, why.
    pub fn run(evaluator: &Evaluator<'_>, design: &Design) -> Result<Study, Undefined> {
        Study::of(evaluator, design, &event::find(evaluator, design)?)
    }

    /// What followed the events that were found.
    fn of(
        evaluator: &Evaluator<'_>,
        design: &Design,
        found: &event::Found,
    ) -> Result<Study, Undefined> {
        let follow = |expr: &Expr| outcome::follow(evaluator, expr, found);
        Ok(Study {
            grain: found.grain,
            events: found.events.clone(),
            periods: found.periods.clone(),
            interval: found.interval,
            followed: design.outcomes.iter().map(follow).collect::<Result<_, _>>()?,
            notices: found.notices.clone(),
        })
    }
}
