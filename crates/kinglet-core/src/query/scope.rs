//! What a computation may see: its arguments, the view, the calendar, and the family around it.

use std::sync::Arc;

use super::evaluate::Binding;
use super::{Arg, Call, Evaluator, Expr, Family};
use crate::answer::{Row, Undefined};
use crate::columns::{Observation, Series};
use crate::definition::Param;
use crate::identity::{Basis, Entity};
use crate::time::{Calendar, CalendarPeriod, Date, Interval, Period};
use crate::view::View;

/// The arguments of one evaluation, resolved against the view.
pub struct Scope<'a> {
    pub(super) evaluator: &'a Evaluator<'a>,
    pub(super) call: &'a Call,
    pub(super) binding: Option<Binding>,
}

impl<'a> Scope<'a> {
    /// The data.
    pub fn view(&self) -> &'a View {
        self.evaluator.view()
    }

    /// The sessions.
    pub fn calendar(&self) -> &'a Calendar {
        &self.evaluator.view().calendar
    }

    /// Evaluates what one call of another definition would give, in the same view and family.
    pub fn evaluate(&self, expr: &Expr) -> Result<crate::answer::Outcome, Undefined> {
        self.evaluator.outcome(expr, self.binding)
    }

    fn arg(&self, param: &Param) -> Option<&'a Arg> {
        self.call.arg(param)
    }

    /// The entity of a parameter.
    ///
    /// # Panics
    /// As all getters here: if the parameter is of another kind, which is a defect of the definition.
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

    /// A bound, if given.
    pub fn bound(&self, param: &Param) -> Option<CalendarPeriod> {
        match self.arg(param) {
            Some(Arg::Bound(bound)) => Some(*bound),
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
            _ => period,
        }
    }

    /// The sessions of the period. The end must be covered by the data.
    pub fn interval(&self, param: &Param) -> Result<Interval, Undefined> {
        let period = self.period(param);
        let calendar = self.calendar();
        let interval = match (period, self.binding) {
            (Period::Forward(length), Some(binding)) => {
                let base = Period::Calendar(binding.period).resolve(calendar)?.end;
                Interval { base: Some(base), end: calendar.forward(base, length)? }
            }
            _ => period.resolve(calendar)?,
        };
        let end = self.view().cutoff.through;
        let last_day = period.last_day().unwrap_or(interval.end);
        if interval.end > end || last_day > end && self.calendar().count(end, last_day) > 0 {
            let reason = format!(
                "{period} ends on {}, after the data end {end}",
                last_day.max(interval.end)
            );
            return Err(Undefined::new("outside_coverage", reason));
        }
        Ok(interval)
    }

    /// The sessions of a period that is a change: it must have a base.
    pub fn change(&self, param: &Param) -> Result<Interval, Undefined> {
        let interval = self.interval(param)?;
        if interval.base.is_none() {
            let period = self.period(param);
            let reason = format!(
                "{period} is one moment; a change needs a period such as 2025-08 or 1y@2025-08-28"
            );
            return Err(Undefined::new("period_kind", reason));
        }
        Ok(interval)
    }

    /// The series of a subject and basis.
    pub fn series(&self, subject: &Param, basis: &Param) -> Result<&'a Series, Undefined> {
        self.view().series(self.entity(subject).code(), self.basis(basis))
    }

    /// The close of exactly this session.
    pub fn close(&self, series: &Series, session: Date) -> Result<Observation, Undefined> {
        series.on(session).copied().ok_or_else(|| {
            let near = |o: Option<&Observation>| o.map(|o| o.date.to_string());
            let before = near(series.on_or_before(session)).unwrap_or_else(|| "none".to_owned());
            let rows = series.observations();
            let after = near(rows.get(rows.partition_point(|r| r.date <= session)))
                .unwrap_or_else(|| "none".to_owned());
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
        interval: Interval,
    ) -> Result<(Observation, Observation), Undefined> {
        let base = interval.base.expect("a change has a base");
        Ok((self.close(series, base)?, self.close(series, interval.end)?))
    }

    /// The last value that was public at the end of a day.
    pub fn latest(&self, series: &Series, day: Date) -> Result<Observation, Undefined> {
        let cutoff = crate::time::Cutoff::end_of(day);
        let known = series
            .observations()
            .iter()
            .rev()
            .find(|o| o.known_at <= cutoff.known_by && o.date <= day);
        known.copied().ok_or_else(|| {
            Undefined::new(
                "no_observation",
                format!("no value of {} was public on {day}", series.id),
            )
        })
    }

    /// A row for the evidence.
    pub fn row(&self, series: &Series, observation: Observation) -> Row {
        Row {
            series: Arc::clone(&series.id),
            date: observation.date,
            value: observation.value,
            unit: series.unit,
            source: Arc::clone(&series.source),
        }
    }

    /// The values of a query for each period of its family, within bounds.
    pub fn family(&self, query: &Param, since: &Param, until: &Param) -> Result<Family, Undefined> {
        let expr = self.query(query).expect("a folded query is required");
        self.evaluator.family(expr, self.bound(since), self.bound(until))
    }
}
