//! The values of an expression in each period of a family, without their rows.

use std::rc::Rc;

use super::evaluate::{Binding, apply};
use super::{Call, Evaluator, Expr, Op};
use crate::answer::{Undefined, VALUE_MAX};
use crate::time::{CalendarPeriod, Grain};

/// So many periods in a row without a value end the search for older ones: more than the longest
/// hole known in a daily series (the 20-year Treasury yield, 1987 to 1993).
pub(super) const MISSING_MAX: usize = 3_000;

/// What a period holds.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Cell {
    /// A finite number.
    Value(f64),
    /// Nothing, and nothing is missing: a day or a week without a session.
    NoSession,
    /// No value, though there might have been one.
    Missing,
}

/// The values of a call in each period of a grain, from the first that has one to the cutoff.
#[derive(Debug)]
pub(super) struct Column {
    first: CalendarPeriod,
    cells: Vec<Cell>,
    /// Why the newest missing value is missing.
    missing: Option<Undefined>,
}

impl Column {
    /// Evaluates the call in each period, newest first.
    pub(super) fn of(evaluator: &Evaluator<'_>, call: &Call, grain: Grain) -> Column {
        let view = evaluator.view();
        let mut period = CalendarPeriod::containing(grain, view.cutoff.through);
        let begin = view.calendar.sessions().first().copied().unwrap_or(view.cutoff.through);
        let (mut cells, mut missing, mut missed) = (Vec::new(), None, 0);
        let mut oldest = 0;
        while period.last_day() >= begin && missed < MISSING_MAX {
            let cell = match evaluator.call(call, Some(Binding { period })) {
                Ok(outcome) => Cell::Value(outcome.quantity.value),
                Err(why) if why.code == "no_session" => Cell::NoSession,
                Err(why) => {
                    missed = if why.code == "no_series" { MISSING_MAX } else { missed + 1 };
                    missing = missing.or(Some(why));
                    Cell::Missing
                }
            };
            cells.push(cell);
            if let Cell::Value(_) = cell {
                missed = 0;
                oldest = cells.len();
            }
            period = period.plus(-1);
        }
        cells.truncate(oldest);
        cells.reverse();
        let newest = CalendarPeriod::containing(grain, view.cutoff.through);
        let count = i32::try_from(cells.len()).unwrap_or(i32::MAX);
        Column { first: newest.plus(1 - count), cells, missing }
    }

    fn at(&self, period: CalendarPeriod) -> Cell {
        let index = usize::try_from(self.first.until(period)).ok();
        index.and_then(|i| self.cells.get(i).copied()).unwrap_or(Cell::Missing)
    }
}

/// An open expression whose calls are evaluated: its value in any period without further data.
#[derive(Debug)]
pub(super) enum Values {
    Constant(f64),
    Column(Rc<Column>),
    Negative(Box<Values>),
    Binary(Op, Box<Values>, Box<Values>),
}

impl Values {
    /// Evaluates the calls of an expression over a grain; those that leave nothing open, once.
    pub(super) fn of(
        evaluator: &Evaluator<'_>,
        expr: &Expr,
        grain: Grain,
    ) -> Result<Values, Undefined> {
        if expr.open().is_closed() {
            return Ok(Values::Constant(evaluator.outcome(expr, None)?.quantity.value));
        }
        Ok(match expr {
            Expr::Number(quantity, _) => Values::Constant(quantity.value),
            Expr::Call(call) => Values::Column(evaluator.column(call, grain)),
            Expr::Negative(inner) => {
                Values::Negative(Box::new(Values::of(evaluator, inner, grain)?))
            }
            Expr::Binary(op, a, b) => Values::Binary(
                *op,
                Box::new(Values::of(evaluator, a, grain)?),
                Box::new(Values::of(evaluator, b, grain)?),
            ),
        })
    }

    /// The value in a period.
    pub(super) fn at(&self, period: CalendarPeriod) -> Cell {
        match self {
            Values::Constant(value) => Cell::Value(*value),
            Values::Column(column) => column.at(period),
            Values::Negative(inner) => match inner.at(period) {
                Cell::Value(value) => Cell::Value(-value),
                other => other,
            },
            Values::Binary(op, a, b) => match (a.at(period), b.at(period)) {
                (Cell::Value(x), Cell::Value(y)) => {
                    let value = apply(*op, x, y);
                    if value.abs() < VALUE_MAX { Cell::Value(value) } else { Cell::Missing }
                }
                (Cell::NoSession, _) | (_, Cell::NoSession) => Cell::NoSession,
                _ => Cell::Missing,
            },
        }
    }

    /// Why the newest missing value is missing.
    pub(super) fn missing(&self) -> Option<&Undefined> {
        match self {
            Values::Constant(_) => None,
            Values::Column(column) => column.missing.as_ref(),
            Values::Negative(inner) => inner.missing(),
            Values::Binary(_, a, b) => a.missing().or_else(|| b.missing()),
        }
    }
}
