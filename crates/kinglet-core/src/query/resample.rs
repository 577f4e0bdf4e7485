//! Other histories that could have been: the months, weeks or sessions of a stretch of time come in
//! another order, and with them closes, the riskless rate and the factors.
//!
//! A close grows in each step as it did in the step that comes there; the bill rate known when a
//! step begins, and the factors of its month, are those of that step. All series are reordered
//! alike, so that what moved together still does. What is before or after the stretch, and whatever
//! else the data hold, is not part of such a history.

use std::sync::Arc;

use super::{BILLS, Evaluator, Query, Scope};
use crate::answer::{Outcome, Undefined};
use crate::columns::{Frequency, Observation, Series};
use crate::definition::Param;
use crate::identity::Basis;
use crate::numeric::bootstrap::BlockLength;
use crate::quantity::Unit;
use crate::time::{CalendarPeriod, Date, Grain, Interval};
use crate::view::View;

/// The stretch of history of a query, in steps that can be reordered.
pub struct History<'a> {
    /// The query on the history that was.
    pub outcome: Outcome,
    view: &'a View,
    query: Query,
    /// The sessions between which the steps lie: one more than there are steps.
    sessions: Vec<Date>,
    columns: Vec<Column<'a>>,
}

/// A series with what it contributes to each step.
struct Column<'a> {
    code: String,
    basis: Basis,
    series: &'a Series,
    steps: Steps,
}

enum Steps {
    /// The first close, and by what factor each step multiplies it.
    Growth(f64, Vec<f64>),
    /// The rate that was known when each step began.
    Rate(Vec<f64>),
    /// The values of the months in which the steps end.
    Month(Vec<f64>),
}

impl<'a> Scope<'a> {
    /// The history on which a query rests, in steps of a grain.
    ///
    /// # Errors
    /// Those of the query; `period_kind` where it rests on a single day or the steps do not fit.
    pub fn history(&self, statistic: &Param, grain: &Param) -> Result<History<'a>, Undefined> {
        let expr = self.query(statistic).expect("a statistic is required");
        let query = Query::new(expr.clone());
        let query = query.map_err(|error| Undefined::new("unit", error.message))?;
        let outcome = self.evaluator.outcome(expr, None)?;
        let Some(Interval { base: Some(base), end }) = outcome.interval else {
            let reason = format!("`{expr}` rests on one day, not on returns over a period");
            return Err(Undefined::new("period_kind", reason));
        };
        let sessions = match Grain::from_name(self.choice(grain)).unwrap_or(Grain::Day) {
            Grain::Day => self.calendar().between(base, end).to_vec(),
            grain => self.ends(grain, (base, end))?,
        };
        let entities = query.expr().entities();
        let named = self.view().all_series();
        let named = named.filter(|(code, ..)| entities.iter().any(|e| e.code() == *code));
        let columns = named.filter_map(|(code, basis, series)| {
            let steps = self.steps_of(code, series, &sessions)?;
            Some(Column { code: code.to_owned(), basis, series, steps })
        });
        let columns = columns.collect();
        Ok(History { outcome, view: self.view(), query, sessions, columns })
    }

    /// What a series contributes to each step; none where it lacks something.
    fn steps_of(&self, code: &str, series: &Series, sessions: &[Date]) -> Option<Steps> {
        let (starts, ends) = (sessions.split_last()?.1, sessions.split_first()?.1);
        let value = |row: Option<&Observation>| row.map(|row| row.value);
        if BILLS.contains(&code) {
            let rates = starts.iter().map(|day| self.latest(series, *day).ok().map(|r| r.value));
            return rates.collect::<Option<_>>().map(Steps::Rate);
        }
        if series.frequency == Frequency::Period(Grain::Month) {
            let month = |day: &Date| value(series.on(day.first_of_month()));
            return ends.iter().map(month).collect::<Option<_>>().map(Steps::Month);
        }
        let closes = sessions.iter().map(|day| value(series.on(*day)).filter(|v| *v > 0.0));
        let closes: Vec<f64> = closes.collect::<Option<_>>()?;
        let is_price = matches!(series.unit, Unit::Points | Unit::Money);
        let growth = closes.windows(2).map(|pair| pair[1] / pair[0]).collect();
        is_price.then(|| Steps::Growth(closes[0], growth))
    }
}

impl History<'_> {
    /// How many steps it has.
    pub fn steps(&self) -> usize {
        self.sessions.len().saturating_sub(1)
    }

    /// The mean length of blocks that suits the returns best: the longest that any of the series
    /// asks for, and at least 1. None of fewer than nine steps, nor where nothing moves.
    pub fn block(&self) -> Option<f64> {
        let lengths = self.columns.iter().filter_map(|column| {
            let Steps::Growth(_, growth) = &column.steps else { return None };
            BlockLength::automatic(growth).map(|length| length.stationary.max(1.0))
        });
        lengths.reduce(f64::max)
    }

    /// The value of the query on the history in which the steps come in this order.
    ///
    /// # Errors
    /// Those of the query.
    pub fn value(&self, order: &[usize]) -> Result<f64, Undefined> {
        let (calendar, cutoff) = (Arc::clone(&self.view.calendar), self.view.cutoff);
        let other = View::new(self.view.version.clone(), calendar, cutoff);
        let other = self.columns.iter().fold(other, |view, column| {
            view.with_series(column.code.clone(), column.basis, &self.reordered(column, order))
        });
        let evaluator = Evaluator::new(&other);
        let outcome = evaluator.outcome(self.query.expr(), None).map_err(|why| {
            let reason = format!("in another order of the same returns, {}", why.reason);
            Undefined::new(why.code, reason)
        })?;
        Ok(outcome.quantity.value)
    }

    fn reordered(&self, column: &Column<'_>, order: &[usize]) -> Series {
        let row = |date: Date, value: f64| Observation {
            date,
            value,
            known_at: self.view.calendar.close(date),
        };
        let places = || self.sessions.iter().zip(order);
        let (frequency, rows) = match &column.steps {
            Steps::Growth(first, growth) => {
                let mut value = *first;
                let later = self.sessions[1..].iter().zip(order).map(|(day, &at)| {
                    value *= growth[at];
                    row(*day, value)
                });
                let rows = std::iter::once(row(self.sessions[0], *first)).chain(later).collect();
                (column.series.frequency, rows)
            }
            Steps::Rate(rates) => {
                let rows = places().map(|(day, &at)| row(*day, rates[at])).collect();
                (Frequency::Session, rows)
            }
            Steps::Month(values) => {
                let months = self.sessions[1..].iter().zip(order).map(|(day, &at)| {
                    let month = CalendarPeriod::containing(Grain::Month, *day);
                    row(month.first_day(), values[at])
                });
                let mut rows: Vec<Observation> = months.collect();
                rows.dedup_by_key(|row| row.date);
                (column.series.frequency, rows)
            }
        };
        let mut series = column.series.with_rows(rows);
        series.frequency = frequency;
        series
    }
}
