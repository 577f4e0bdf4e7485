//! The unit of every expression, and that every family of periods is closed by what folds it.

use super::{Arg, Call, Expr, Op};
use crate::definition::{ParamKind, UnitRule};
use crate::diagnostic::{Code, Diagnostic};
use crate::quantity::{Quantity, Unit};
use crate::time::Grain;

/// The unit of a whole query, which must leave nothing open.
pub(super) fn check_closed(expr: &Expr) -> Result<Unit, Diagnostic> {
    let unit = check(expr)?;
    let open = expr.open();
    if open.is_closed() {
        return Ok(unit);
    }
    let what = match open.grain {
        Some(grain) => format!("`{}` stands for each {0} in turn", grain.name()),
        None => "`+…` stands for the time after each period of a family".to_owned(),
    };
    Err(Diagnostic::new(Code::Family, format!("{what}, and nothing folds it into one value"))
        .hint(format!("fold it, for example count({expr}), or name one period")))
}

fn check(expr: &Expr) -> Result<Unit, Diagnostic> {
    match expr {
        Expr::Number(q, _) => Ok(q.unit),
        Expr::Negative(inner) => check(inner),
        Expr::Binary(op, a, b) => binary(*op, a, b),
        Expr::Call(call) => check_call(call),
    }
}

fn binary(op: Op, a: &Expr, b: &Expr) -> Result<Unit, Diagnostic> {
    let (left, right) = (check(a)?, check(b)?);
    unit_of(op, (left, a), (right, b))
}

/// The unit of an operation; a bare zero fits any unit.
fn unit_of(
    op: Op,
    (left, a): (Unit, &Expr),
    (right, b): (Unit, &Expr),
) -> Result<Unit, Diagnostic> {
    let zero = |e: &Expr| matches!(e, Expr::Number(Quantity { value, unit: Unit::Ratio }, _) if *value == 0.0);
    match op {
        Op::Add | Op::Subtract => left.sum(right, op == Op::Subtract),
        Op::Multiply => left.product(right),
        Op::Divide => left.quotient(right),
        Op::Greater | Op::GreaterEqual | Op::Less | Op::LessEqual => {
            if !zero(a) && !zero(b) {
                left.compare(right)?;
            }
            Ok(Unit::Truth)
        }
    }
}

fn check_call(call: &Call) -> Result<Unit, Diagnostic> {
    let definition = &call.metric.definition;
    let mut folded = None;
    let mut grain = None;
    for (param, arg) in definition.params.iter().zip(&call.args) {
        let (ParamKind::Query, Some(Arg::Query(inner))) = (param.kind, arg) else { continue };
        let unit = check(inner)?;
        let open = inner.open();
        if open.mixed {
            return Err(Diagnostic::new(
                Code::Family,
                format!("`{inner}` mixes two families of periods"),
            ));
        }
        if open.is_closed() {
            return Err(Diagnostic::new(
                Code::Family,
                format!("`{}` needs a family of periods in `{inner}`", definition.name),
            )
            .hint(format!("for example {}", definition.example)));
        }
        folded = folded.or(Some(unit));
        grain = grain.or(open.grain);
    }
    let subject = call.args.iter().flatten().find_map(|arg| match arg {
        Arg::Entity(entity) => Some(entity.level_unit()),
        _ => None,
    });
    Ok(match definition.unit {
        UnitRule::Fixed(unit) => unit,
        UnitRule::Subject => subject.unwrap_or(Unit::Points),
        UnitRule::Query => folded.unwrap_or(Unit::Ratio),
        UnitRule::Run => match grain {
            Some(Grain::Day) => Unit::Days,
            Some(Grain::Month) => Unit::Months,
            Some(Grain::Year) => Unit::Years,
            _ => Unit::Count,
        },
    })
}
