//! The events of a study: where a condition holds, or days that are given.

use super::{Design, Source, Spacing};
use crate::answer::{Notice, Undefined};
use crate::query::{Bounds, Evaluator, Expr, Family, Member};
use crate::time::{Calendar, CalendarPeriod, Cutoff, Date, Grain, Interval, Length};

/// So many events are asked whether they were known, evenly spread, and so many other periods.
const ASKED_MAX: usize = 100;

/// A day that somebody names.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct NamedDay {
    /// The day, a session or not.
    pub day: Date,
    /// What happened.
    pub name: Option<String>,
}

/// An event.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Event {
    /// The period in which the condition holds, or the day that is given.
    pub period: CalendarPeriod,
    /// The session at whose close it is known: outcomes start there.
    pub date: Date,
    /// What happened, if somebody says so.
    pub name: Option<String>,
}

/// The events and where they were looked for.
#[derive(Debug)]
pub(super) struct Found {
    pub(super) grain: Grain,
    pub(super) events: Vec<Event>,
    pub(super) periods: Vec<CalendarPeriod>,
    pub(super) interval: Interval,
    pub(super) notices: Vec<Notice>,
}

impl Event {
    /// The period after which its outcomes are asked.
    pub(super) fn start(&self) -> CalendarPeriod {
        match self.period.grain {
            Grain::Day => CalendarPeriod::day(self.date),
            _ => self.period,
        }
    }

    /// Becomes part of an earlier event that is known at the same close: what follows is the same.
    fn joins(&self, earlier: &mut Event) -> bool {
        let is_one = self.date == earlier.date;
        if let (true, Some(name)) = (is_one, &self.name) {
            let before = earlier.name.take().map_or_else(String::new, |name| name + "; ");
            earlier.name = Some(before + name);
        }
        is_one
    }
}

/// The events of a design.
pub(super) fn find(evaluator: &Evaluator<'_>, design: &Design) -> Result<Found, Undefined> {
    match &design.source {
        Source::Condition(condition) => held(evaluator, condition, design),
        Source::Days(days) => given(evaluator, days, design),
    }
}

/// The session at whose close a period is known.
fn known(calendar: &Calendar, period: CalendarPeriod) -> Result<Date, Undefined> {
    match period.grain {
        Grain::Day => calendar.on_or_after(period.last_day()),
        _ => calendar.on_or_before(period.last_day()),
    }
}

/// The periods in which a condition holds.
fn held(evaluator: &Evaluator<'_>, condition: &Expr, design: &Design) -> Result<Found, Undefined> {
    let Spacing { gap, rest } = design.spacing;
    let family = evaluator.family(condition, design.bounds)?;
    was_known(evaluator, condition, &family)?;
    let calendar = &*evaluator.view().calendar;
    let event = |member: &Member| {
        let date = known(calendar, member.period)?;
        Ok(Event { period: member.period, date, name: None })
    };
    let holding = family.members.iter().filter(|member| member.holds());
    let mut events = holding.map(event).collect::<Result<Vec<Event>, Undefined>>()?;
    let (held, mut notices) = (events.len(), family.notices);
    if let Some(rest) = rest {
        // What held before the first period that is counted matters, too.
        let bounds = Bounds { since: None, ..design.bounds };
        let whole = evaluator.family(condition, bounds)?;
        events = beginning(calendar, events, &whole, rest)?;
    }
    if let Some(gap) = gap {
        events = spaced(calendar, events, gap);
    }
    if events.len() < held {
        let text = format!(
            "of {held} periods in which it holds, {} are left out by the spacing of events",
            held - events.len()
        );
        notices.push(Notice { code: "spaced", text });
    }
    let is_period = |period: &CalendarPeriod| {
        period.grain != Grain::Day || calendar.is_session(period.first_day())
    };
    let periods = family.members.iter().map(|member| member.period).filter(is_period).collect();
    Ok(Found { grain: family.grain, events, periods, interval: family.interval, notices })
}

/// Days that are given, and every session from the first bound or day to the last bound.
fn given(
    evaluator: &Evaluator<'_>,
    days: &[NamedDay],
    design: &Design,
) -> Result<Found, Undefined> {
    let view = evaluator.view();
    let through = view.cutoff.through;
    let Bounds { since, until } = design.bounds;
    let is_within = |named: &&NamedDay| {
        since.is_none_or(|since| named.day >= since.first_day())
            && until.is_none_or(|until| named.day <= until.last_day())
    };
    let mut days: Vec<&NamedDay> = days.iter().filter(is_within).collect();
    days.sort();
    days.dedup();
    // A day before all sessions is known at no close.
    let begin = view.calendar.sessions().first().copied();
    let is_known = |named: &NamedDay| begin.is_some_and(|begin| named.day >= begin);
    let event = |named: &&NamedDay| {
        let next = view.calendar.on_or_after(named.day).ok();
        let next = next.filter(|&date| date <= through && is_known(named));
        Event {
            period: CalendarPeriod::day(named.day),
            date: next.unwrap_or(named.day),
            name: named.name.clone(),
        }
    };
    let mut events: Vec<Event> = days.iter().map(event).collect();
    let mut notices = Vec::new();
    let days = events.len();
    events.dedup_by(|later, event| later.joins(event));
    let count = events.len();
    if count < days {
        let text = format!("{} of {days} days are known at one close with another", days - count);
        notices.push(Notice { code: "spaced", text });
    }
    if let Some(gap) = design.spacing.gap {
        events = spaced(&view.calendar, events, gap);
    }
    if events.len() < count {
        let text = format!("{} of {count} days are left out by the gap", count - events.len());
        notices.push(Notice { code: "spaced", text });
    }
    let first = since.map(CalendarPeriod::first_day).or(events.first().map(|event| event.date));
    let last = until.map_or(through, CalendarPeriod::last_day).min(through);
    let sessions = view.calendar.between(first.unwrap_or(last), last);
    Ok(Found {
        grain: Grain::Day,
        events,
        periods: sessions.iter().map(|&day| CalendarPeriod::day(day)).collect(),
        interval: Interval { base: sessions.first().copied(), end: last },
        notices,
    })
}

/// The events before which the condition did not hold for so long, as far as the data tell.
fn beginning(
    calendar: &Calendar,
    events: Vec<Event>,
    family: &Family,
    rest: Length,
) -> Result<Vec<Event>, Undefined> {
    let Some(first) = family.members.first() else { return Ok(Vec::new()) };
    let begin = known(calendar, first.period)?;
    let holding = family.members.iter().filter(|member| member.holds());
    let dates = holding.map(|member| known(calendar, member.period));
    let dates = dates.collect::<Result<Vec<Date>, Undefined>>()?;
    let rests = |event: &Event| {
        let from = calendar.backward(event.date, rest).ok().filter(|&from| from >= begin);
        from.is_some_and(|from| {
            let before = dates.partition_point(|&date| date < from);
            let until = dates.partition_point(|&date| date < event.date);
            before == until
        })
    };
    Ok(events.into_iter().filter(rests).collect())
}

/// The events that come no sooner than a gap after the one counted before.
fn spaced(calendar: &Calendar, events: Vec<Event>, gap: Length) -> Vec<Event> {
    let mut counted: Vec<Event> = Vec::new();
    for event in events {
        let is_free = counted.last().is_none_or(|last| {
            calendar.forward(last.date, gap).is_ok_and(|free| event.date >= free)
        });
        if is_free {
            counted.push(event);
        }
    }
    counted
}

/// That a query says of each period what it said when the period ended.
///
/// # Errors
/// `look_ahead`
pub(super) fn was_known(
    evaluator: &Evaluator<'_>,
    query: &Expr,
    family: &Family,
) -> Result<(), Undefined> {
    let (holding, other): (Vec<Member>, Vec<Member>) =
        family.members.iter().copied().partition(Member::holds);
    for member in spread(&holding).chain(spread(&other)) {
        let period = member.period;
        let last = period.last_day();
        let view = evaluator.view().until(Cutoff::end_of(last));
        let then = match Evaluator::new(&view).in_period(query, period) {
            Ok(outcome) if outcome.quantity.value == member.value => continue,
            Ok(_) => "it said another thing".to_owned(),
            Err(why) => format!("it had no value: {}", why.reason),
        };
        let reason = format!(
            "`{query}` looks ahead: by what was public on {last}, at the end of {period}, {then}; \
             ask for what was known, as `@month`, `until: month` or `dated: then` do"
        );
        return Err(Undefined::new("look_ahead", reason));
    }
    Ok(())
}

/// Not too many of the members, evenly spread, the first and the last among them.
fn spread(members: &[Member]) -> impl Iterator<Item = Member> {
    let count = members.len().min(ASKED_MAX);
    let last = members.len().saturating_sub(1);
    (0..count).map(move |n| members[n * last / count.saturating_sub(1).max(1)])
}
