//! The unit of every expression, and that every family of periods is closed by what folds it.

use super::{Arg, Call, Expr, Op};
use crate::definition::params::{THEN, WHEN};
use crate::definition::{Param, ParamKind, UnitRule};
use crate::diagnostic::{Code, Diagnostic};
use crate::quantity::{Quantity, Unit};
use crate::time::{Grain, Period};

/// The unit of a whole query, which must leave nothing open.
pub(super) fn check_closed(expr: &Expr) -> Result<Unit, Diagnostic> {
    let unit = check(expr)?;
    let open = expr.open();
    if open.is_closed() {
        return Ok(unit);
    }
    let fold = if unit == Unit::Truth { "count" } else { "average" };
    let (what, example) = match open.grain {
        Some(grain) => {
            (format!("`{}` stands for each {0} in turn", grain.name()), format!("{fold}({expr})"))
        }
        None => (
            "`+…` stands for the time after each period of a family".to_owned(),
            format!("{fold}({expr}, when: return(RUT, month) >= 10%)"),
        ),
    };
    Err(Diagnostic::new(Code::Family, format!("{what}, and nothing folds it into one value"))
        .hint(format!("fold it, for example {example}, or name one period")))
}

/// The unit of an expression.
pub(super) fn check(expr: &Expr) -> Result<Unit, Diagnostic> {
    match expr {
        Expr::Number(q, _) => Ok(q.unit),
        Expr::Negative(inner) => match check(inner)? {
            Unit::Truth => Err(Diagnostic::new(Code::Unit, format!("`{inner}` has no negative"))),
            unit => Ok(unit),
        },
        Expr::Binary(op, a, b) => binary(*op, a, b),
        Expr::Call(call) => check_call(call),
    }
}

fn binary(op: Op, a: &Expr, b: &Expr) -> Result<Unit, Diagnostic> {
    let (left, right) = (check(a)?, check(b)?);
    unit_of(op, (left, a), (right, b))
}

/// The unit of an operation; a bare zero fits any unit.
pub(super) fn unit_of(
    op: Op,
    (left, a): (Unit, &Expr),
    (right, b): (Unit, &Expr),
) -> Result<Unit, Diagnostic> {
    let zero = |e: &Expr| match e {
        Expr::Number(Quantity { value, unit: Unit::Ratio }, _) => *value == 0.0,
        _ => false,
    };
    let unit = match op {
        Op::Add | Op::Subtract => left.sum(right, op == Op::Subtract),
        Op::Multiply => left.product(right),
        Op::Divide => left.quotient(right),
        _ if zero(a) || zero(b) => Ok(Unit::Truth),
        _ => left.compare(right).map(|()| Unit::Truth),
    };
    unit.map_err(|error| {
        let side = |e: &Expr, unit: Unit| match unit {
            Unit::Truth => format!("`{e}` asks yes or no"),
            _ => format!("`{e}` is in {}", unit.spelling().name()),
        };
        error.note(side(a, left)).note(side(b, right))
    })
}

fn check_call(call: &Call) -> Result<Unit, Diagnostic> {
    let definition = &call.metric.definition;
    check_arguments(call)?;
    let folded = check_family(call)?;
    let subject = call.args.iter().flatten().find_map(|arg| match arg {
        Arg::Entity(entity) => Some(entity.level_unit()),
        _ => None,
    });
    let of_query = folded.map_or(Unit::Ratio, |(unit, _)| unit);
    let rule = match definition.unit {
        UnitRule::Figure => call.figure().map_or(UnitRule::Query, |figure| figure.unit),
        rule => rule,
    };
    Ok(match rule {
        UnitRule::Fixed(unit) => unit,
        UnitRule::Subject => subject.unwrap_or(Unit::Points),
        UnitRule::Query | UnitRule::Figure => of_query,
        UnitRule::Difference => of_query.sum(of_query, true).unwrap_or(of_query),
        UnitRule::Run => match folded.and_then(|(_, grain)| grain) {
            Some(Grain::Day) => Unit::Days,
            Some(Grain::Month) => Unit::Months,
            Some(Grain::Year) => Unit::Years,
            _ => Unit::Count,
        },
    })
}

/// That a program gave every required argument, and each of its kind.
fn check_arguments(call: &Call) -> Result<(), Diagnostic> {
    let definition = &call.metric.definition;
    for (slot, param) in definition.params.iter().enumerate() {
        let fits = match call.args.get(slot).and_then(Option::as_ref) {
            None => param.optional,
            Some(Arg::Query(expr)) if let ParamKind::Number(unit) = param.kind => {
                matches!(**expr, Expr::Number(quantity, _) if quantity.unit == unit)
            }
            Some(arg) => matches!(
                (param.kind, arg),
                (ParamKind::Entity | ParamKind::Companies | ParamKind::Members, Arg::Entity(_))
                    | (ParamKind::Period, Arg::Period(_))
                    | (
                        ParamKind::Bound | ParamKind::Member,
                        Arg::Bound(_) | Arg::Period(Period::Each(_)),
                    )
                    | (ParamKind::Basis, Arg::Basis(_))
                    | (ParamKind::Choice(_) | ParamKind::Figure(_), Arg::Choice(_))
                    | (ParamKind::Length, Arg::Length(_))
                    | (
                        ParamKind::Query | ParamKind::Statistic | ParamKind::Condition,
                        Arg::Query(_)
                    )
            ),
        };
        if !fits {
            let (name, param) = (definition.name, param.name);
            let message = format!("`{name}` got no `{param}` of the right kind");
            let example = format!("for example {}", definition.example);
            return Err(Diagnostic::new(Code::Argument, message).hint(example));
        }
    }
    Ok(())
}

/// The unit of what a call folds and the grain of its family: that of the folded query or, if it
/// speaks of the time after each period, that of its `when`. A statistic has no family.
fn check_family(call: &Call) -> Result<Option<(Unit, Option<Grain>)>, Diagnostic> {
    let definition = &call.metric.definition;
    let refuse = |message: String| {
        let example = format!("for example {}", definition.example);
        Err(Diagnostic::new(Code::Family, message).hint(example))
    };
    let mut folded: Option<(Unit, Option<Grain>, &Expr)> = None;
    let mut grain = None;
    for (param, arg) in definition.params.iter().zip(&call.args) {
        match arg {
            Some(Arg::Query(_)) if matches!(param.kind, ParamKind::Number(_)) => {}
            Some(Arg::Query(inner)) if param.kind == ParamKind::Statistic => {
                let mut nested = false;
                inner.visit(&mut |call| nested |= has_statistic(call));
                if nested {
                    let name = definition.name;
                    return refuse(format!("`{name}` cannot be taken of `{inner}`"));
                }
                check_closed(inner)?;
                return check_folded(param, inner).map(|unit| Some((unit, None)));
            }
            Some(Arg::Query(inner)) => {
                let unit = check_folded(param, inner)?;
                let open = inner.open();
                if open.is_closed() {
                    let name = definition.name;
                    return refuse(format!("`{name}` needs a family of periods in `{inner}`"));
                }
                if open.mixed || clash(grain, open.grain) {
                    return refuse(format!("`{inner}` mixes two families of periods"));
                }
                if param.name == WHEN.name && open.forward {
                    return refuse(format!("the condition `{inner}` looks ahead"));
                }
                if param.name == THEN.name && !open.forward {
                    return refuse(format!("`{inner}` speaks of no time after an event"));
                }
                grain = grain.or(open.grain);
                if param.name != WHEN.name {
                    folded = folded.or(Some((unit, open.grain, inner)));
                }
            }
            Some(arg @ (Arg::Bound(_) | Arg::Period(_))) if param.kind == ParamKind::Member => {
                let own = match arg {
                    Arg::Bound(member) => Some(member.grain),
                    Arg::Period(Period::Each(grain)) => Some(*grain),
                    _ => None,
                };
                if clash(grain, own) {
                    let each = grain.map_or("period", Grain::name);
                    return refuse(format!("{arg} is not a {each} of the family"));
                }
            }
            _ => {}
        }
    }
    let Some((unit, _, query)) = folded else { return Ok(None) };
    match grain {
        Some(grain) => Ok(Some((unit, Some(grain)))),
        None => refuse(format!(
            "`{query}` speaks of the time after each period, and no `when` says after which"
        )),
    }
}

/// Whether a call takes a statistic, which may not be nested: each level draws a thousand times.
fn has_statistic(call: &Call) -> bool {
    call.metric.definition.params.iter().any(|param| param.kind == ParamKind::Statistic)
}

fn clash(a: Option<Grain>, b: Option<Grain>) -> bool {
    matches!((a, b), (Some(a), Some(b)) if a != b)
}

fn check_folded(param: &Param, inner: &Expr) -> Result<Unit, Diagnostic> {
    let unit = check(inner)?;
    let name = param.name;
    match (param.kind, unit) {
        (ParamKind::Condition, Unit::Truth) => Ok(unit),
        (ParamKind::Condition, _) => Err(Diagnostic::new(
            Code::Unit,
            format!("`{name}` asks yes or no, and `{inner}` is a number"),
        )
        .hint(format!("compare it with something: {inner} > 0"))),
        (_, Unit::Truth) => Err(Diagnostic::new(
            Code::Unit,
            format!("`{name}` is a number, and `{inner}` asks yes or no"),
        )
        .hint(format!("ask how often it holds: share({inner})"))),
        _ => Ok(unit),
    }
}
