//! The values of an expression in each period of a family, without their rows.

use std::cell::RefCell;
use std::rc::Rc;

use rustc_hash::FxHashMap;

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
/// are computed from the newest back, as far as they are asked for; one that is asked for by itself
/// without those between.
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
    /// Cells by themselves, further back than those.
    single: FxHashMap<usize, Cell>,
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
        let result = self.cell(evaluator, period);
        let mut known = self.known.borrow_mut();
        let cell = match result {
            Ok(cell) => cell,
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

    /// What a period holds by itself, or why nothing.
    fn cell(&self, evaluator: &Evaluator<'_>, period: CalendarPeriod) -> Result<Cell, Undefined> {
        match evaluator.call(&self.call, Some(Binding { period })) {
            Ok(outcome) => Ok(Cell::Value(outcome.quantity.value)),
            Err(why) if why.code == "no_session" => Ok(Cell::NoSession),
            Err(why) => Err(why),
        }
    }

    /// The same, computed once.
    fn single(&self, evaluator: &Evaluator<'_>, index: usize) -> Cell {
        let known = self.known.borrow().single.get(&index).copied();
        known.unwrap_or_else(|| {
            let back = i32::try_from(index).unwrap_or(i32::MAX);
            let cell = self.cell(evaluator, self.newest.plus(-back)).unwrap_or(Cell::Missing);
            self.known.borrow_mut().single.insert(index, cell);
            cell
        })
    }

    /// What a period holds that lies behind those that are known, if it can be told without those
    /// between: they are too few to end the column, and one without a session has a value before.
    /// Of many it is cheaper to compute all.
    fn far(&self, evaluator: &Evaluator<'_>, index: usize) -> Option<Cell> {
        const CLOSED_MAX: usize = 10;
        const SINGLE_MAX: usize = 250;
        let known = self.known.borrow();
        let is_far = index > known.cells.len() && index + CLOSED_MAX < MISSING_MAX;
        if known.ended || !is_far || known.single.len() > SINGLE_MAX {
            return None;
        }
        drop(known);
        match self.single(evaluator, index) {
            Cell::NoSession => {
                let before = (index + 1..index + CLOSED_MAX).map(|at| self.single(evaluator, at));
                let mut before = before.skip_while(|cell| *cell == Cell::NoSession);
                matches!(before.next(), Some(Cell::Value(_))).then_some(Cell::NoSession)
            }
            cell => Some(cell),
        }
    }

    fn at(&self, evaluator: &Evaluator<'_>, period: CalendarPeriod) -> Cell {
        let Ok(index) = usize::try_from(period.until(self.newest)) else { return Cell::Missing };
        if let Some(cell) = self.far(evaluator, index) {
            return cell;
        }
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
