//! Evaluation: pure, over one view; the values of a family are computed once and kept.

use std::cell::RefCell;
use std::collections::HashMap;
use std::rc::Rc;

use sha2::{Digest, Sha256};

use super::{Expr, Op, Query, Scope};
use crate::answer::{Answer, Notice, Outcome, Undefined};
use crate::quantity::{Quantity, Unit};
use crate::time::{CalendarPeriod, Interval};
use crate::view::View;

/// One period of a family with the value of the query in it.
#[derive(Clone, Debug)]
pub struct Instance {
    /// The period.
    pub period: CalendarPeriod,
    /// The value.
    pub outcome: Outcome,
}

/// The values of a query over the unbroken stretch of its family, oldest first.
#[derive(Clone, Debug)]
pub struct Family {
    /// At least one.
    pub instances: Vec<Instance>,
    /// From the base of the first to the end of the last.
    pub interval: Interval,
    /// Clipped starts and the like.
    pub notices: Vec<Notice>,
}

/// The period at hand while a family is evaluated.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Binding {
    pub(super) period: CalendarPeriod,
}

type Memo = RefCell<HashMap<String, Rc<Vec<Instance>>>>;

/// Evaluates queries on one view.
pub struct Evaluator<'v> {
    view: &'v View,
    families: Memo,
}

impl<'v> Evaluator<'v> {
    /// An evaluator with nothing kept yet.
    pub fn new(view: &'v View) -> Self {
        Evaluator { view, families: RefCell::default() }
    }

    /// The data.
    pub fn view(&self) -> &'v View {
        self.view
    }

    /// The answer to a query.
    pub fn answer(&self, query: &Query) -> Answer {
        let text = query.to_string();
        let data = self.view.data();
        let definition = match query.expr() {
            Expr::Call(call) => {
                Some((call.metric.definition.name, call.metric.definition.revision))
            }
            _ => None,
        };
        let evidence = evidence(&[&data.version, &data.as_of.to_string(), &text], query.expr());
        let result = self.outcome(query.expr(), None);
        Answer { query: text, result, spelling: query.spelling(), data, definition, evidence }
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
            Expr::Call(call) => (call.metric.compute)(&Scope { evaluator: self, call, binding }),
        }
    }

    /// The values of an open expression over the unbroken stretch of its family, within bounds.
    ///
    /// The stretch ends with the last period that has a value (with `until`: in that one) and goes
    /// back until a value is missing. A stretch that begins more than a year after `since` would
    /// answer another question than was asked: it is undefined.
    pub(super) fn family(
        &self,
        expr: &Expr,
        since: Option<CalendarPeriod>,
        until: Option<CalendarPeriod>,
    ) -> Result<Family, Undefined> {
        let all = self.stretch(expr, until)?;
        let from = since.map(CalendarPeriod::first_day);
        let to = until.map(CalendarPeriod::last_day);
        let instances: Vec<Instance> = all
            .iter()
            .filter(|i| from.is_none_or(|from| i.period.first_day() >= from))
            .filter(|i| to.is_none_or(|to| i.period.last_day() <= to))
            .cloned()
            .collect();
        let (Some(first), Some(last)) = (instances.first(), instances.last()) else {
            let reason =
                format!("`{expr}` has no value between {} and {}", show(since), show(until));
            return Err(Undefined::new("outside_coverage", reason));
        };
        let mut notices = Vec::new();
        let begin = all[0].period.first_day();
        if let Some(from) = from.filter(|&from| begin > from) {
            let reason = format!(
                "the data for `{expr}` begin with {}, after {}",
                all[0].period,
                show(since)
            );
            if i32::from(begin.year()) - i32::from(from.year()) > 1 {
                return Err(Undefined::new("outside_coverage", reason));
            }
            notices.push(Notice { code: "clipped", text: reason });
        }
        let edge = |i: &Instance| i.outcome.interval;
        let interval = Interval {
            base: edge(first).and_then(|i| i.base.or(Some(i.end))),
            end: edge(last).map_or(last.period.last_day(), |i| i.end),
        };
        Ok(Family { instances, interval, notices })
    }

    /// The unbroken stretch that ends at `until`, or at the last period with a value.
    fn stretch(
        &self,
        expr: &Expr,
        until: Option<CalendarPeriod>,
    ) -> Result<Rc<Vec<Instance>>, Undefined> {
        let grain = expr.open().grain.ok_or_else(|| {
            Undefined::new(
                "period_open",
                format!("`{expr}` has no family of periods such as `month`"),
            )
        })?;
        let end = self.view.cutoff.through;
        let last = until.map_or(end, |u| u.last_day().min(end));
        let key =
            format!("{expr}|{}", if until.is_some() { last.to_string() } else { String::new() });
        if let Some(kept) = self.families.borrow().get(&key) {
            return Ok(Rc::clone(kept));
        }
        let mut period = CalendarPeriod::containing(grain, last);
        let mut found = Vec::new();
        let mut missed = 0;
        let mut why = None;
        let begin = self.view.calendar.sessions().first().copied().unwrap_or(last);
        while period.last_day() >= begin {
            let binding = Binding { period };
            match self.outcome(expr, Some(binding)) {
                Ok(outcome) => found.push(Instance { period, outcome }),
                // Days without a session and weeks of holidays are no gaps.
                Err(undefined) if undefined.code == "no_session" => {}
                Err(undefined) if found.len() < 2 && until.is_none() => {
                    found.clear();
                    missed += 1;
                    why = why.or(Some(undefined));
                    if missed > 1_000 {
                        break;
                    }
                }
                Err(undefined) => {
                    why = why.or(Some(undefined));
                    break;
                }
            }
            period = period.plus(-1);
        }
        found.reverse();
        if found.is_empty() {
            return Err(why.unwrap_or_else(|| {
                Undefined::new("no_series", format!("`{expr}` has no value in any period"))
            }));
        }
        let kept = Rc::new(found);
        self.families.borrow_mut().insert(key, Rc::clone(&kept));
        Ok(kept)
    }
}

fn show(bound: Option<CalendarPeriod>) -> String {
    bound.map_or_else(|| "the data's end".to_owned(), |b| b.to_string())
}

fn combine(op: Op, a: Outcome, b: Outcome) -> Result<Outcome, Undefined> {
    let (x, y) = (a.quantity.value, b.quantity.value);
    let units = (a.quantity.unit, b.quantity.unit);
    let truth = |holds: bool| Ok((f64::from(u8::from(holds)), Unit::Truth));
    let computed = match op {
        Op::Add => units.0.sum(units.1, false).map(|u| (x + y, u)),
        Op::Subtract => units.0.sum(units.1, true).map(|u| (x - y, u)),
        Op::Multiply => units.0.product(units.1).map(|u| (x * y, u)),
        Op::Divide if y == 0.0 => {
            return Err(Undefined::new("division_by_zero", "the divisor is zero"));
        }
        Op::Divide => units.0.quotient(units.1).map(|u| (x / y, u)),
        Op::Greater => truth(x > y),
        Op::GreaterEqual => truth(x >= y),
        Op::Less => truth(x < y),
        Op::LessEqual => truth(x <= y),
    };
    let (value, unit) = computed.map_err(|d| Undefined::new("unit", d.message))?;
    if !value.is_finite() {
        return Err(Undefined::new("not_finite", "the result is not a finite number"));
    }
    let mut rows = a.rows;
    rows.extend(b.rows.into_iter().filter(|r| !rows.contains(r)).collect::<Vec<_>>());
    let mut notices = a.notices;
    notices.extend(b.notices);
    Ok(Outcome {
        quantity: Quantity::new(value, unit),
        interval: a.interval.or(b.interval),
        rows,
        notices,
    })
}

/// Hash of the data, the query and the source of every definition in it: 16 hexadecimal digits.
fn evidence(parts: &[&str], expr: &Expr) -> String {
    let mut hash = Sha256::new();
    for part in parts {
        hash.update(part.as_bytes());
        hash.update([0]);
    }
    expr.visit(&mut |call| {
        hash.update(call.metric.definition.name.as_bytes());
        hash.update(call.metric.definition.revision.to_le_bytes());
    });
    hash.finalize().iter().take(8).map(|byte| format!("{byte:02x}")).collect()
}
