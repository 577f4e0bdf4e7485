//! What a computation may see: its arguments, the view, the calendar, and the family around it.

use std::borrow::Cow;
use std::fmt;
use std::ops::RangeInclusive;
use std::rc::Rc;
use std::sync::Arc;

use super::evaluate::Binding;
use super::family::{Bounds, clipped};
use super::{Arg, Call, Evaluator, Expr, Family, Member};
use crate::answer::{Notice, Row, Undefined, finite};
use crate::columns::{Observation, Series};
use crate::companies::{Figure, Item};
use crate::definition::Param;
use crate::definition::params::{GAP, LEAST, QUERY, REST, SINCE, THEN, UNTIL, WHEN};
use crate::identity::{Basis, Entity};
use crate::portfolio::Portfolio;
use crate::quantity::Unit;
use crate::study::{Design, Source, Spacing, Study};
use crate::time::{Calendar, CalendarPeriod, Cutoff, Date, Grain, Interval, Length, Period};
use crate::view::{Event, View};

/// The arguments of one evaluation, resolved against the view.
pub struct Scope<'a> {
    pub(super) evaluator: &'a Evaluator<'a>,
    pub(super) call: &'a Call,
    pub(super) binding: Option<Binding>,
}

/// The highest close of a stretch of sessions.
#[derive(Clone, Copy, Debug)]
pub struct High {
    /// The close; the first of equal ones.
    pub observation: Observation,
    /// Whether every session of the stretch has a close.
    pub is_complete: bool,
}

/// Some of the events of a view, oldest first.
pub struct Events<'a> {
    view: &'a View,
    picked: Rc<[usize]>,
}

impl<'a> Events<'a> {
    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.picked.is_empty()
    }

    /// The event of a position, which must be one.
    pub fn at(&self, index: usize) -> &'a Event {
        self.view.event(self.picked[index])
    }

    /// How many have a date, by this reckoning, on or before a day.
    pub fn count_through(&self, day: Date, dated: impl Fn(&Event) -> Date) -> usize {
        self.picked.partition_point(|&at| dated(self.view.event(at)) <= day)
    }
}

/// Arguments. All panic if the parameter is of another kind, which is a defect of the definition.
impl<'a> Scope<'a> {
    /// The data.
    pub fn view(&self) -> &'a View {
        self.evaluator.view()
    }

    /// The sessions.
    pub fn calendar(&self) -> &'a Calendar {
        &self.evaluator.view().calendar
    }

    fn arg(&self, param: &Param) -> Option<&'a Arg> {
        self.call.arg(param)
    }

    /// The entity of a parameter.
    pub fn entity(&self, param: &Param) -> &'a Entity {
        match self.arg(param) {
            Some(Arg::Entity(entity)) => entity,
            other => unreachable!("{} is {other:?}", param.name),
        }
    }

    /// Price or total return.
    pub fn basis(&self, param: &Param) -> Basis {
        match self.arg(param) {
            Some(Arg::Basis(basis)) => *basis,
            None => Basis::Price,
            other => unreachable!("{} is {other:?}", param.name),
        }
    }

    /// The chosen word, or the default.
    pub fn choice(&self, param: &Param) -> &'static str {
        match self.arg(param) {
            Some(Arg::Choice(word)) => word,
            None => param.default.expect("a choice has a default"),
            other => unreachable!("{} is {other:?}", param.name),
        }
    }

    /// The figure that is asked.
    pub fn figure(&self) -> &'static str {
        self.call.figure().expect("a figure is required").name
    }

    /// A length of time, if given.
    pub fn length(&self, param: &Param) -> Option<Length> {
        match self.arg(param) {
            Some(Arg::Length(length)) => Some(*length),
            None => None,
            other => unreachable!("{} is {other:?}", param.name),
        }
    }

    /// A bound, or a period of a family, if given; `month` is the month at hand.
    pub fn bound(&self, param: &Param) -> Option<CalendarPeriod> {
        match self.arg(param) {
            Some(Arg::Bound(bound)) => Some(*bound),
            Some(Arg::Period(Period::Each(_))) => self.binding.map(|binding| binding.period),
            None => None,
            other => unreachable!("{} is {other:?}", param.name),
        }
    }

    /// The query of a parameter, if given.
    pub fn query(&self, param: &Param) -> Option<&'a Expr> {
        match self.arg(param) {
            Some(Arg::Query(expr)) => Some(expr),
            None => None,
            other => unreachable!("{} is {other:?}", param.name),
        }
    }

    /// The number of a parameter, in its unit, or the default, which is a pure number.
    pub fn number(&self, param: &Param) -> f64 {
        match self.query(param) {
            Some(Expr::Number(quantity, _)) => quantity.value,
            None => {
                let default = param.default.and_then(|text| text.parse().ok());
                default.expect("a number that may be left out has a default")
            }
            other => unreachable!("{} is {other:?}", param.name),
        }
    }

    /// The number of a parameter that counts sessions or months.
    ///
    /// # Errors
    /// `not_whole`
    pub fn whole(&self, param: &Param) -> Result<u16, Undefined> {
        let number = self.number(param);
        if number.fract() == 0.0 && (1.0..=f64::from(u16::MAX)).contains(&number) {
            return Ok(number as u16);
        }
        let (name, most) = (param.name, u16::MAX);
        let reason = format!("`{name}` is {number}, not a whole number from 1 to {most}");
        Err(Undefined::new("not_whole", reason))
    }

    /// The number of a parameter that may be left out.
    pub fn number_given(&self, param: &Param) -> Option<f64> {
        self.query(param).map(|_| self.number(param))
    }

    /// The period as written, with `month` replaced by the month at hand.
    pub fn period(&self, param: &Param) -> Period {
        let period = match self.arg(param) {
            Some(Arg::Period(period)) => *period,
            other => unreachable!("{} is {other:?}", param.name),
        };
        match (period, self.binding) {
            (Period::Each(grain), Some(binding)) if binding.period.grain == grain => {
                Period::Calendar(binding.period)
            }
            (Period::AtEach(grain), Some(binding)) if binding.period.grain == grain => {
                Period::At(binding.period)
            }
            _ => period,
        }
    }
}

/// Sessions and days.
impl<'a> Scope<'a> {
    /// The sessions of the period. The end must be covered by the data.
    pub fn interval(&self, param: &Param) -> Result<Interval, Undefined> {
        let period = self.period(param);
        if let (Period::Forward(length), Some(binding)) = (period, self.binding) {
            let base = self.calendar().on_or_before(binding.period.last_day())?;
            let end = self.calendar().forward(base, length).ok();
            let end = end.filter(|&end| end <= self.view().cutoff.through).ok_or_else(|| {
                let reason = format!(
                    "{length} after {base} is after the data end {}",
                    self.view().cutoff.through
                );
                Undefined::new("not_over", reason)
            })?;
            return Ok(Interval { base: Some(base), end });
        }
        if let (Period::Rolling(length, grain), Some(binding)) = (period, self.binding)
            && binding.period.grain == grain
        {
            let last = Period::Calendar(binding.period);
            let end = last.end(self.calendar())?;
            self.covered(last, end)?;
            return Ok(Interval::between(self.calendar().backward(end, length)?, end));
        }
        let interval = period.resolve(self.calendar())?;
        self.covered(period, interval.end)?;
        Ok(interval)
    }

    /// The sessions of a period that is a change: it must have a base.
    pub fn change(&self, param: &Param) -> Result<(Date, Date), Undefined> {
        let Interval { base, end } = self.interval(param)?;
        base.map(|base| (base, end)).ok_or_else(|| {
            let period = self.period(param);
            let reason = format!(
                "{period} is one moment; a change needs a period such as 2025-08 or 1y@2025-08-28"
            );
            Undefined::new("period_kind", reason)
        })
    }

    /// The session with which the period ends. It must be covered by the data.
    pub fn end(&self, param: &Param) -> Result<Date, Undefined> {
        let period = self.period(param);
        if let Period::Forward(_) | Period::Rolling(..) = period {
            return self.interval(param).map(|interval| interval.end);
        }
        let end = period.end(self.calendar())?;
        self.covered(period, end)?;
        Ok(end)
    }

    /// The first and last day whose events fall into the period, sessions or not.
    pub fn days(&self, param: &Param) -> Result<(Date, Date), Undefined> {
        let period = self.period(param);
        if let Period::Forward(_) | Period::Rolling(..) = period {
            let (base, end) = self.change(param)?;
            return Ok((base.tomorrow().unwrap_or(base), end));
        }
        let (first, last) = period.days(self.calendar())?;
        self.covered(period, last.min(self.view().cutoff.through))?;
        Ok((first, last))
    }

    /// The day as of which a state is asked: `@…`, a session, or the last day of a month or year.
    pub fn moment(&self, param: &Param) -> Result<Date, Undefined> {
        match self.period(param) {
            Period::Calendar(day) if day.grain == Grain::Day => self.end(param),
            Period::At(_) | Period::Calendar(_) => {
                let (_, last) = self.days(param)?;
                Ok(last.min(self.view().cutoff.through))
            }
            period => {
                let reason = format!("{period} is not one moment such as @2026-08-07");
                Err(Undefined::new("period_kind", reason))
            }
        }
    }

    /// That no session of the period lies after the data end.
    fn covered(&self, period: Period, session: Date) -> Result<(), Undefined> {
        let end = self.view().cutoff.through;
        let last_day = period.last_day().unwrap_or(session);
        if session > end || last_day > end && self.calendar().count(end, last_day) > 0 {
            let last = last_day.max(session);
            let reason = format!("{period} ends on {last}, after the data end {end}");
            return Err(Undefined::new("outside_coverage", reason));
        }
        Ok(())
    }
}

/// The day of an observation, if there is one, for a message.
fn near(observation: Option<&Observation>) -> &dyn fmt::Display {
    observation.map_or(&"none", |o| &o.date)
}

/// Observations and events.
impl<'a> Scope<'a> {
    /// The series of a subject and basis.
    pub fn series(&self, subject: &Param, basis: &Param) -> Result<&'a Series, Undefined> {
        self.series_of(self.entity(subject).code(), self.basis(basis))
    }

    /// The series of a code.
    pub fn series_of(&self, code: &str, basis: Basis) -> Result<&'a Series, Undefined> {
        self.evaluator.series(code, basis)
    }

    /// The close of exactly this session.
    pub fn close(&self, series: &Series, session: Date) -> Result<Observation, Undefined> {
        series.on(session).copied().ok_or_else(|| {
            let rows = series.observations();
            let later = rows.get(rows.partition_point(|r| r.date <= session));
            let (before, after) = (near(series.on_or_before(session)), near(later));
            let reason = format!(
                "{} has no value for {session}; the nearest are {before} and {after}",
                series.id
            );
            Undefined::new("no_observation", reason)
        })
    }

    /// The closes at both ends of a change.
    pub fn closes(
        &self,
        series: &Series,
        (base, end): (Date, Date),
    ) -> Result<(Observation, Observation), Undefined> {
        Ok((self.close(series, base)?, self.close(series, end)?))
    }

    /// The closes of a base and of all sessions after it through the end, without a gap.
    pub fn path(
        &self,
        series: &'a Series,
        (base, end): (Date, Date),
    ) -> Result<Cow<'a, [Observation]>, Undefined> {
        self.closes(series, (base, end))?;
        let rows = series.observations();
        let rank = |date| rows.partition_point(|r| r.date < date);
        let rows = &rows[rank(base)..=rank(end)];
        let sessions = self.calendar().between(base, end);
        if rows.iter().map(|r| r.date).eq(sessions.iter().copied()) {
            return Ok(Cow::Borrowed(rows));
        }
        // Some series have values for days that are no sessions, too.
        let found: Vec<Observation> =
            rows.iter().filter(|r| sessions.binary_search(&r.date).is_ok()).copied().collect();
        if found.len() == sessions.len() {
            return Ok(Cow::Owned(found));
        }
        let reason = format!(
            "{} has closes for {} of the {} sessions from {base} to {end}",
            series.id,
            found.len(),
            sessions.len()
        );
        Err(Undefined::new("incomplete", reason))
    }

    /// The closes of the sessions through one, oldest first: as many as there are without a gap,
    /// but no more than the larger count.
    ///
    /// # Errors
    /// `too_short` if they are fewer than the smaller count, `no_observation` if there is none.
    pub fn unbroken(
        &self,
        series: &Series,
        end: Date,
        count: RangeInclusive<usize>,
    ) -> Result<Vec<Observation>, Undefined> {
        let newest = self.close(series, end)?;
        let rows = series.observations();
        let begin = rows.first().map_or(newest.date, |row| row.date);
        let mut rows = rows[..rows.partition_point(|r| r.date <= end)].iter().rev();
        let sessions = self.calendar().between(begin, end).iter().rev().take(*count.end());
        let close =
            |session: &Date| rows.find(|r| r.date <= *session).filter(|r| r.date == *session);
        let mut closes: Vec<Observation> = sessions.map_while(close).copied().collect();
        closes.reverse();
        if closes.len() >= *count.start() {
            return Ok(closes);
        }
        let reason = format!(
            "{} has closes without a gap for {} sessions through {end}; it takes {}",
            series.id,
            closes.len(),
            count.start()
        );
        Err(Undefined::new("too_short", reason))
    }

    /// By what factor a close has grown from another.
    pub fn growth(
        &self,
        series: &Series,
        base: Observation,
        end: Observation,
    ) -> Result<f64, Undefined> {
        if base.value <= 0.0 {
            let reason = format!("{} is not positive on {}", series.id, base.date);
            return Err(Undefined::new("not_positive", reason));
        }
        finite(end.value / base.value, Unit::Ratio).map(|growth| growth.value)
    }

    /// The logarithmic returns from each close to the next.
    pub fn log_returns(
        &self,
        series: &Series,
        closes: &[Observation],
    ) -> Result<Vec<f64>, Undefined> {
        if let Some(close) = closes.iter().find(|close| close.value <= 0.0) {
            let reason = format!("{} is not positive on {}", series.id, close.date);
            return Err(Undefined::new("not_positive", reason));
        }
        Ok(closes.windows(2).map(|pair| libm::log(pair[1].value / pair[0].value)).collect())
    }

    /// The last value that was public at the end of a day.
    pub fn latest(&self, series: &Series, day: Date) -> Result<Observation, Undefined> {
        let known_by = Cutoff::end_of(day).known_by;
        let rows = series.observations();
        let through = &rows[..rows.partition_point(|r| r.date <= day)];
        through.iter().rev().find(|o| o.known_at <= known_by).copied().ok_or_else(|| {
            let reason = format!("no value of {} was public on {day}", series.id);
            Undefined::new("no_observation", reason)
        })
    }

    /// The highest close from `since` (or where the series begins) through a day.
    ///
    /// # Errors
    /// `Undefined` where there is none, or the series begins more than a year after `since`.
    pub fn high(
        &self,
        (subject, basis, since): (&Param, &Param, &Param),
        through: Date,
    ) -> Result<(High, Option<Notice>), Undefined> {
        let series = self.series(subject, basis)?;
        let since = self.bound(since);
        let from = since.map(CalendarPeriod::first_day);
        let rows = series.observations();
        let first = rows.partition_point(|r| from.is_some_and(|from| r.date < from));
        let last = rows.partition_point(|r| r.date <= through);
        let Some(begin) = rows.get(first).filter(|_| first < last).map(|r| r.date) else {
            let reason = format!("{} has no value through {through}", series.id);
            return Err(Undefined::new("no_observation", reason));
        };
        let subject = (self.entity(subject).code(), self.basis(basis));
        let highs = self.evaluator.highs(series, subject, from);
        let (so_far, at_first) = (highs[last - 1], highs[first]);
        let calendar = self.calendar();
        let begin_asked = from.map_or(Ok(begin), |from| calendar.on_or_after(from))?;
        let notice = match since {
            Some(since) if begin > begin_asked => clipped(&series.id, begin, since)?,
            _ => None,
        };
        let is_complete =
            so_far.missing == at_first.missing && calendar.count(rows[last - 1].date, through) == 0;
        Ok((High { observation: rows[so_far.highest], is_complete }, notice))
    }

    /// That sessions without a close keep a high from being known.
    pub fn higher_unknown(&self, series: &Series, through: Date) -> Undefined {
        let reason = format!(
            "{} lacks closes before {through}, one of which may be higher; `since` may leave them \
             out",
            series.id
        );
        Undefined::new("incomplete", reason)
    }

    /// A row for the evidence.
    pub fn row(&self, series: &Series, observation: Observation) -> Row {
        Row {
            series: Arc::clone(&series.id),
            date: observation.date,
            value: observation.value,
            unit: series.unit,
            source: Arc::clone(series.source_on(observation.date)),
        }
    }

    /// The companies behind an entity, by what was known at the end of a day.
    pub fn portfolio(&self, subject: &Param, moment: &Param) -> Result<Portfolio<'a>, Undefined> {
        Portfolio::of(self.with_companies()?, self.entity(subject), self.moment(moment)?)
    }

    /// The figures of one company or fund through a day, by what was known then, oldest first.
    ///
    /// # Errors
    /// `no_companies` where the data have no figures at all.
    pub fn figures(
        &self,
        subject: &Param,
        item: Item,
        through: Date,
    ) -> Result<Vec<&'a Figure>, Undefined> {
        let cutoff = self.with_companies()?.within(Cutoff::end_of(through));
        Ok(self.view().figures().history(item, self.entity(subject).code(), cutoff))
    }

    /// The view, if it has companies.
    fn with_companies(&self) -> Result<&'a View, Undefined> {
        if self.view().has_companies() {
            return Ok(self.view());
        }
        let reason =
            "the data hold neither holdings of funds nor figures of companies: import them";
        Err(Undefined::new("no_companies", reason))
    }

    /// The events of one kind that concern an entity.
    pub fn events(&self, subject: &Param, kind: &'static str) -> Events<'a> {
        let picked = self.evaluator.events(self.entity(subject).code(), kind);
        Events { view: self.view(), picked }
    }
}

/// Families.
impl<'a> Scope<'a> {
    /// The values of a query for each period of its family, within bounds.
    pub fn family(&self, query: &Param, since: &Param, until: &Param) -> Result<Family, Undefined> {
        let bounds = Bounds { since: self.bound(since), until: self.bound(until) };
        self.evaluator.family(self.folded(query), bounds)
    }

    /// The period of a family that a parameter names.
    pub fn member(&self, family: &Family, param: &Param) -> Result<Member, Undefined> {
        let of = self.bound(param).expect("the period is required");
        family.members.iter().find(|m| m.period == of).copied().ok_or_else(|| {
            let ends = family.members.first().zip(family.members.last());
            let ends =
                ends.map_or_else(String::new, |(a, b)| format!(" {} to {}", a.period, b.period));
            let reason = format!("{of} is not one of the periods compared:{ends}");
            Undefined::new("outside_coverage", reason)
        })
    }

    /// The values that one of them is compared with: as [`Scope::family`], and at least as many as
    /// are asked.
    ///
    /// # Errors
    /// `too_short`, `not_whole`
    pub fn compared(&self) -> Result<Family, Undefined> {
        let family = self.family(&QUERY, &SINCE, &UNTIL)?;
        let count = family.members.len();
        if self.number_given(&LEAST).is_some() && count < usize::from(self.whole(&LEAST)?) {
            let reason = format!(
                "`{}` has {count} values to {}, and at least {} are asked",
                self.folded(&QUERY),
                family.interval.end,
                self.number(&LEAST)
            );
            return Err(Undefined::new("too_short", reason));
        }
        Ok(family)
    }

    /// As [`Scope::family`]; if there is a condition, the values in or after each period in which
    /// it holds.
    pub fn family_when(
        &self,
        (query, when): (&Param, &Param),
        since: &Param,
        until: &Param,
    ) -> Result<Family, Undefined> {
        let bounds = Bounds { since: self.bound(since), until: self.bound(until) };
        match self.query(when) {
            Some(condition) => self.evaluator.family_when(self.folded(query), condition, bounds),
            None => self.evaluator.family(self.folded(query), bounds),
        }
    }

    /// The study whose condition, outcome, bounds and spacing the arguments give.
    pub fn study(&self) -> Result<Rc<Study>, Undefined> {
        self.evaluator.study(&Design {
            source: Source::Condition(self.folded(&WHEN).clone()),
            outcomes: vec![self.folded(&THEN).clone()],
            primary: 0,
            bounds: Bounds { since: self.bound(&SINCE), until: self.bound(&UNTIL) },
            spacing: Spacing { gap: self.length(&GAP), rest: self.length(&REST) },
        })
    }

    /// The run of periods, ending with one, in which a condition holds.
    pub fn run(&self, condition: &Param, ending: &Param) -> Result<Family, Undefined> {
        let ending = self.bound(ending).expect("the end of a run is required");
        self.evaluator.run(self.folded(condition), ending)
    }

    /// One row for each of these periods of a family; of very many, the newest, and a notice.
    pub fn member_rows(
        &self,
        query: &Param,
        members: &[Member],
    ) -> Result<(Vec<Row>, Option<Notice>), Undefined> {
        self.evaluator.rows(self.folded(query), members)
    }

    fn folded(&self, query: &Param) -> &'a Expr {
        self.query(query).expect("a folded query is required")
    }
}
