//! The values of an expression in each period of a family, without their rows.

use std::cell::RefCell;
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

/// The values of a call in each period of a grain, from the first that has one to the cutoff. They
/// are computed from the newest back, as far as they are asked for.
#[derive(Debug)]
pub(super) struct Column {
    call: Call,
    newest: CalendarPeriod,
    known: RefCell<Known>,
}

/// What of a column is computed.
#[derive(Debug, Default)]
struct Known {
    /// Newest first.
    cells: Vec<Cell>,
    /// How many of the cells there are up to the oldest value.
    with_value: usize,
    /// How many before that, in a row, have none.
    missed: usize,
    /// Why the newest missing value is missing.
    missing: Option<Undefined>,
    /// Whether there is nothing further back.
    ended: bool,
}

impl Column {
    /// The column of a call, with nothing computed yet.
    pub(super) fn of(evaluator: &Evaluator<'_>, call: &Call, grain: Grain) -> Column {
        let newest = CalendarPeriod::containing(grain, evaluator.view().cutoff.through);
        Column { call: call.clone(), newest, known: RefCell::default() }
    }

    /// Evaluates the call in the period before those that are known.
    fn extend(&self, evaluator: &Evaluator<'_>) {
        let view = evaluator.view();
        let count = i32::try_from(self.known.borrow().cells.len()).unwrap_or(i32::MAX);
        let period = self.newest.plus(-count);
        let begin = view.calendar.sessions().first().copied().unwrap_or(view.cutoff.through);
        if period.last_day() < begin {
            self.known.borrow_mut().ended = true;
            return;
        }
        let result = evaluator.call(&self.call, Some(Binding { period }));
        let mut known = self.known.borrow_mut();
        let cell = match result {
            Ok(outcome) => Cell::Value(outcome.quantity.value),
            Err(why) if why.code == "no_session" => Cell::NoSession,
            Err(why) => {
                let more = if ["no_series", "no_bars"].contains(&why.code) {
                    MISSING_MAX
                } else {
                    known.missed + 1
                };
                known.missed = more;
                known.missing.get_or_insert(why);
                Cell::Missing
            }
        };
        known.cells.push(cell);
        if let Cell::Value(_) = cell {
            known.missed = 0;
            known.with_value = known.cells.len();
        }
        known.ended = known.missed >= MISSING_MAX;
    }

    fn at(&self, evaluator: &Evaluator<'_>, period: CalendarPeriod) -> Cell {
        let Ok(index) = usize::try_from(period.until(self.newest)) else { return Cell::Missing };
        // A period without a session counts only if there is a value before it.
        loop {
            let known = self.known.borrow();
            match known.cells.get(index) {
                Some(cell) if index < known.with_value => return *cell,
                Some(Cell::Missing) => return Cell::Missing,
                _ if known.ended => return Cell::Missing,
                _ => {}
            }
            drop(known);
            self.extend(evaluator);
        }
    }

    /// Why the newest missing value is missing.
    fn missing(&self, evaluator: &Evaluator<'_>) -> Option<Undefined> {
        while !self.known.borrow().ended && self.known.borrow().missing.is_none() {
            self.extend(evaluator);
        }
        self.known.borrow().missing.clone()
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
    pub(super) fn at(&self, evaluator: &Evaluator<'_>, period: CalendarPeriod) -> Cell {
        match self {
            Values::Constant(value) => Cell::Value(*value),
            Values::Column(column) => column.at(evaluator, period),
            Values::Negative(inner) => match inner.at(evaluator, period) {
                Cell::Value(value) => Cell::Value(-value),
                other => other,
            },
            Values::Binary(op, a, b) => match (a.at(evaluator, period), b.at(evaluator, period)) {
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
    pub(super) fn missing(&self, evaluator: &Evaluator<'_>) -> Option<Undefined> {
        match self {
            Values::Constant(_) => None,
            Values::Column(column) => column.missing(evaluator),
            Values::Negative(inner) => inner.missing(evaluator),
            Values::Binary(_, a, b) => a.missing(evaluator).or_else(|| b.missing(evaluator)),
        }
    }
}
