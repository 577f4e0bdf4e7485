//! Evaluation: pure, over one view; what many queries share is computed once and kept.

use std::cell::RefCell;
use std::collections::HashMap;
use std::hash::Hash;
use std::rc::Rc;

use sha2::{Digest, Sha256};

use super::column::Column;
use super::{Call, Expr, Op, Query, Scope};
use crate::answer::{Answer, Outcome, Undefined, finite};
use crate::columns::Series;
use crate::identity::Basis;
use crate::quantity::{Quantity, Unit};
use crate::study::{Design, Study};
use crate::time::{CalendarPeriod, Date, Grain};
use crate::view::View;

/// The period at hand while a family is evaluated.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Binding {
    pub(super) period: CalendarPeriod,
}

/// The closes of a series from some day to an observation.
#[derive(Clone, Copy, Debug)]
pub(super) struct Highest {
    /// The position of the highest; of equal ones, the first.
    pub(super) highest: usize,
    /// How many sessions since the first observation of the series have none.
    pub(super) missing: usize,
}

/// What was computed once; looked up only, so that its order cannot matter.
type Memo<K, V> = RefCell<HashMap<K, Rc<V>>>;

/// Evaluates queries on one view.
pub struct Evaluator<'v> {
    view: &'v View,
    columns: Memo<(Call, Grain), Column>,
    events: Memo<(String, &'static str), [usize]>,
    highs: Memo<(String, Basis, Option<Date>), [Highest]>,
    studies: Memo<Design, Result<Rc<Study>, Undefined>>,
    lacking: Memo<(String, Basis), Undefined>,
}

impl<'v> Evaluator<'v> {
    /// An evaluator with nothing kept yet.
    pub fn new(view: &'v View) -> Self {
        Evaluator {
            view,
            columns: RefCell::default(),
            events: RefCell::default(),
            highs: RefCell::default(),
            studies: RefCell::default(),
            lacking: RefCell::default(),
        }
    }

    /// The data.
    pub fn view(&self) -> &'v View {
        self.view
    }

    /// The answer to a query.
    pub fn answer(&self, query: &Query) -> Answer {
        self.answer_of(query, self.result(query))
    }

    /// The result of a query by itself, without its evidence.
    ///
    /// # Errors
    /// Why it has none.
    pub fn result(&self, query: &Query) -> Result<Outcome, Undefined> {
        self.outcome(query.expr(), None)
    }

    /// The answer that a known result of a query makes, with its evidence.
    pub(crate) fn answer_of(&self, query: &Query, result: Result<Outcome, Undefined>) -> Answer {
        let text = query.to_string();
        let data = self.view.data();
        let definition = match query.expr() {
            Expr::Call(call) => {
                Some((call.metric.definition.name, call.metric.definition.revision))
            }
            _ => None,
        };
        let evidence = evidence(&[&data.version, &data.as_of.to_string(), &text], query.expr());
        // A series that kinglet does not know by name has its unit in the data only.
        let spelling = match &result {
            Ok(outcome) if outcome.quantity.unit != query.unit() => {
                outcome.quantity.unit.spelling()
            }
            _ => query.spelling(),
        };
        Answer { query: text, result, spelling, data, definition, evidence }
    }

    /// The value of an expression.
    pub(super) fn outcome(
        &self,
        expr: &Expr,
        binding: Option<Binding>,
    ) -> Result<Outcome, Undefined> {
        match expr {
            Expr::Number(q, _) => Ok(Outcome::bare(*q)),
            Expr::Negative(inner) => {
                let mut outcome = self.outcome(inner, binding)?;
                outcome.quantity = Quantity::new(-outcome.quantity.value, outcome.quantity.unit);
                Ok(outcome)
            }
            Expr::Binary(op, a, b) => {
                combine(*op, self.outcome(a, binding)?, self.outcome(b, binding)?)
            }
            Expr::Call(call) => self.call(call, binding),
        }
    }

    /// The value of an open expression in one period of its family.
    ///
    /// # Errors
    /// Why it has none.
    pub fn in_period(&self, expr: &Expr, period: CalendarPeriod) -> Result<Outcome, Undefined> {
        self.outcome(expr, Some(Binding { period }))
    }

    /// What a study finds; its figures are asked one by one, it is run once.
    pub(super) fn study(&self, design: &Design) -> Result<Rc<Study>, Undefined> {
        let run = || Rc::new(Study::run(self, design).map(Rc::new));
        (*kept(&self.studies, design.clone(), run)).clone()
    }

    /// The value of a call.
    pub(super) fn call(&self, call: &Call, binding: Option<Binding>) -> Result<Outcome, Undefined> {
        (call.metric.compute)(&Scope { evaluator: self, call, binding })
    }

    /// The series of a code; for one that is lacking a name like it is sought once.
    pub(super) fn series(&self, code: &str, basis: Basis) -> Result<&'v Series, Undefined> {
        self.view.known_series(code, basis).ok_or_else(|| {
            let why = || Rc::new(self.view.no_series(code, basis));
            (*kept(&self.lacking, (code.to_owned(), basis), why)).clone()
        })
    }

    /// The values of a call in each period of a grain.
    pub(super) fn column(&self, call: &Call, grain: Grain) -> Rc<Column> {
        kept(&self.columns, (call.clone(), grain), || Rc::new(Column::of(self, call, grain)))
    }

    /// The positions of the events of one kind and entity.
    pub(super) fn events(&self, entity: &str, kind: &'static str) -> Rc<[usize]> {
        kept(&self.events, (entity.to_owned(), kind), || {
            self.view.event_positions(entity, kind).collect()
        })
    }

    /// For each observation of a series what is known of the closes from a day on to it.
    pub(super) fn highs(
        &self,
        series: &Series,
        (code, basis): (&str, Basis),
        since: Option<Date>,
    ) -> Rc<[Highest]> {
        kept(&self.highs, (code.to_owned(), basis, since), || {
            let rows = series.observations();
            let first = rows.partition_point(|r| since.is_some_and(|since| r.date < since));
            let (mut highest, mut missing) = (first, 0);
            let begin = rows.first().map_or(Date::MAX, |row| row.date);
            let sessions = self.view.calendar.sessions();
            let mut to_come = &sessions[sessions.partition_point(|&s| s <= begin)..];
            let so_far = rows.iter().enumerate().map(|(i, row)| {
                let passed = to_come.iter().take_while(|&&session| session <= row.date).count();
                let is_session = i == 0 || passed > 0 && to_come[passed - 1] == row.date;
                to_come = &to_come[passed..];
                missing += passed.saturating_sub(usize::from(is_session));
                if i > first && is_session && row.value > rows[highest].value {
                    highest = i;
                }
                Highest { highest: highest.min(i), missing }
            });
            so_far.collect()
        })
    }
}

/// What is kept under a key, made first if it is not there. `make` may itself keep things.
fn kept<K: Eq + Hash, V: ?Sized>(memo: &Memo<K, V>, key: K, make: impl FnOnce() -> Rc<V>) -> Rc<V> {
    if let Some(found) = memo.borrow().get(&key) {
        return Rc::clone(found);
    }
    let made = make();
    memo.borrow_mut().insert(key, Rc::clone(&made));
    made
}

/// The number that an operation gives; not a finite one for a division by zero or an overflow.
pub(super) fn apply(op: Op, x: f64, y: f64) -> f64 {
    let truth = |holds: bool| f64::from(u8::from(holds));
    match op {
        Op::Add => x + y,
        Op::Subtract => x - y,
        Op::Multiply => x * y,
        Op::Divide => x / y,
        Op::Greater => truth(x > y),
        Op::GreaterEqual => truth(x >= y),
        Op::Less => truth(x < y),
        Op::LessEqual => truth(x <= y),
    }
}

fn combine(op: Op, a: Outcome, b: Outcome) -> Result<Outcome, Undefined> {
    let (x, y) = (a.quantity.value, b.quantity.value);
    let unit = op.unit(a.quantity.unit, b.quantity.unit);
    let unit = unit.map_err(|d| Undefined::new("unit", d.message))?;
    if op == Op::Divide && y == 0.0 {
        return Err(Undefined::new("division_by_zero", "the divisor is zero"));
    }
    let quantity = finite(apply(op, x, y), unit)?;
    let mut rows = a.rows;
    for row in b.rows {
        if !rows.contains(&row) {
            rows.push(row);
        }
    }
    let mut notices = a.notices;
    notices.extend(b.notices.into_iter().filter(|n| !notices.contains(n)).collect::<Vec<_>>());
    Ok(Outcome { quantity, interval: a.interval.or(b.interval), rows, notices })
}

impl Op {
    /// The unit of an operation on values of two units.
    fn unit(self, a: Unit, b: Unit) -> Result<Unit, crate::diagnostic::Diagnostic> {
        match self {
            Op::Add => a.sum(b, false),
            Op::Subtract => a.sum(b, true),
            Op::Multiply => a.product(b),
            Op::Divide => a.quotient(b),
            Op::Greater | Op::GreaterEqual | Op::Less | Op::LessEqual => Ok(Unit::Truth),
        }
    }
}

/// Hash of the data, the query and the source of every definition in it: 16 hexadecimal digits.
fn evidence(parts: &[&str], expr: &Expr) -> String {
    let mut hash = started(parts);
    expr.visit(&mut |call| {
        hash.update(call.metric.definition.name.as_bytes());
        hash.update(call.metric.definition.revision.to_le_bytes());
    });
    named(hash)
}

/// The same of what was read and not computed.
pub(crate) fn evidence_read(parts: &[&str]) -> String {
    named(started(parts))
}

fn started(parts: &[&str]) -> Sha256 {
    let mut hash = Sha256::new();
    for part in parts {
        hash.update(part.as_bytes());
        hash.update([0]);
    }
    hash
}

fn named(hash: Sha256) -> String {
    let digest: [u8; 32] = hash.finalize().into();
    let [a, b, c, d, e, f, g, h, ..] = digest;
    format!("{:016x}", u64::from_be_bytes([a, b, c, d, e, f, g, h]))
}
