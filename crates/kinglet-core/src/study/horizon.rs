//! How long after an event an outcome is asked.

use crate::identity::Entity;
use crate::query::{Arg, Call, Expr};
use crate::time::{Grain, Length, LengthUnit, Period};

/// A path has about so many steps.
const STEPS: u16 = 24;

/// The longest time after an event of which an expression speaks.
pub fn horizon(expr: &Expr) -> Option<Length> {
    let mut longest: Option<Length> = None;
    let mut take = |length: Length| {
        if longest.is_none_or(|known| known.in_years() < length.in_years()) {
            longest = Some(length);
        }
    };
    lengths(expr, &mut take);
    longest
}

fn lengths(expr: &Expr, take: &mut impl FnMut(Length)) {
    match expr {
        Expr::Number(..) => {}
        Expr::Negative(inner) => lengths(inner, take),
        Expr::Binary(_, a, b) => {
            lengths(a, take);
            lengths(b, take);
        }
        Expr::Call(call) => call.args.iter().flatten().for_each(|arg| {
            if let Arg::Period(Period::Forward(length)) = arg {
                take(*length);
            }
        }),
    }
}

/// The same question about another time after the event: every `+…` becomes this one. What a call
/// folds within is its own.
pub fn over(expr: &Expr, length: Length) -> Expr {
    with_period(expr, Period::Forward(length))
}

/// The same question about each period of a grain in turn.
pub(super) fn each(expr: &Expr, grain: Grain) -> Expr {
    with_period(expr, Period::Each(grain))
}

/// The same question about another entity, if it speaks of one alone.
pub fn about(expr: &Expr, entity: &Entity) -> Option<Expr> {
    let Expr::Call(call) = expr else { return None };
    let mut replaced = call.clone();
    let mut entities = replaced.args.iter_mut().flatten().filter_map(|arg| match arg {
        Arg::Entity(own) => Some(own),
        _ => None,
    });
    *entities.next()? = entity.clone();
    entities.next().is_none().then_some(())?;
    Some(Expr::Call(replaced))
}

/// With another period in the place of every `+…`.
fn with_period(expr: &Expr, period: Period) -> Expr {
    let inner = |expr: &Expr| Box::new(with_period(expr, period));
    match expr {
        Expr::Number(..) => expr.clone(),
        Expr::Negative(a) => Expr::Negative(inner(a)),
        Expr::Binary(op, a, b) => Expr::Binary(*op, inner(a), inner(b)),
        Expr::Call(call) => {
            let replaced = |arg: &Option<Arg>| match arg {
                Some(Arg::Period(Period::Forward(_))) => Some(Arg::Period(period)),
                other => other.clone(),
            };
            let args = call.args.iter().map(replaced).collect();
            Expr::Call(Call { args, ..Call::new(call.metric) })
        }
    }
}

/// The steps of the way to a horizon, the last of which is the horizon: months, weeks or sessions,
/// not too many.
pub(super) fn steps(horizon: Length) -> Vec<Length> {
    let whole = match horizon.unit {
        LengthUnit::Years => Length::months(horizon.count.saturating_mul(12)),
        _ => horizon,
    };
    let stride = whole.count.div_ceil(STEPS).max(1);
    let count = (1..).map(|n: u16| n.saturating_mul(stride)).take_while(|n| *n < whole.count);
    let steps = count.map(|count| Length { count, unit: whole.unit });
    steps.chain([whole]).collect()
}
