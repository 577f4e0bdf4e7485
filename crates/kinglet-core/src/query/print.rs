//! The canonical text of a query: what it prints parses to the same query.

use std::fmt;

use super::{Arg, Call, Expr, Op, Query};
use crate::definition::ParamKind;
use crate::quantity::{Quantity, Spelling};

impl fmt::Display for Query {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.expr())
    }
}

impl fmt::Display for Expr {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Expr::Number(quantity, spelling) => number(*quantity, *spelling, f),
            Expr::Call(call) => write!(f, "{call}"),
            Expr::Negative(inner) => match **inner {
                Expr::Binary(..) => write!(f, "-({inner})"),
                _ => write!(f, "-{inner}"),
            },
            Expr::Binary(op, a, b) => {
                operand(a, *op, false, f)?;
                write!(f, " {} ", op.symbol())?;
                operand(b, *op, true, f)
            }
        }
    }
}

/// Brackets where the tree would otherwise be read differently: operators bind to the left.
fn operand(expr: &Expr, outer: Op, right: bool, f: &mut fmt::Formatter<'_>) -> fmt::Result {
    let bracket = match expr {
        Expr::Binary(inner, ..) => {
            let (inner, outer) = (inner.precedence(), outer.precedence());
            inner < outer || (inner == outer && (right || outer == 1))
        }
        Expr::Negative(_) => right,
        _ => false,
    };
    if bracket { write!(f, "({expr})") } else { write!(f, "{expr}") }
}

/// A number rounded to 15 digits, so that 0.07 is written 7% and not 7.000000000000001%. Zero has
/// one text: adding zero takes the sign off a negative one.
pub(super) fn canonical(value: f64) -> f64 {
    let rounded = format!("{value:.14e}").parse().ok().filter(|r: &f64| r.is_finite());
    rounded.unwrap_or(value) + 0.0
}

/// Rust prints the shortest decimal that reads back to the same number.
fn number(quantity: Quantity, spelling: Spelling, f: &mut fmt::Formatter<'_>) -> fmt::Result {
    let rounded = canonical(quantity.spelled(spelling));
    match spelling {
        Spelling::Percent => write!(f, "{rounded}%"),
        Spelling::PercentagePoints => write!(f, "{rounded}pp"),
        Spelling::BasisPoints => write!(f, "{rounded}bp"),
        Spelling::Usd if rounded < 0.0 => write!(f, "-${}", -rounded),
        Spelling::Usd => write!(f, "${rounded}"),
        Spelling::IndexPoints => write!(f, "{rounded}pt"),
        _ => write!(f, "{rounded}"),
    }
}

impl fmt::Display for Call {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}(", self.metric.definition.name)?;
        let mut separator = "";
        for (param, arg) in self.metric.definition.params.iter().zip(&self.args) {
            let Some(arg) = arg else { continue };
            if let ParamKind::Figure(_) = param.kind {
                continue;
            }
            let text = arg.to_string();
            if param.default == Some(text.as_str()) {
                continue;
            }
            f.write_str(separator)?;
            if param.named {
                write!(f, "{}: ", param.name)?;
            }
            f.write_str(&text)?;
            separator = ", ";
        }
        f.write_str(")")?;
        self.figure().map_or(Ok(()), |figure| write!(f, ".{}", figure.name))
    }
}

impl fmt::Display for Arg {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Arg::Entity(entity) => entity.fmt(f),
            Arg::Period(period) => period.fmt(f),
            Arg::Bound(bound) => bound.fmt(f),
            Arg::Basis(basis) => f.write_str(basis.name()),
            Arg::Choice(word) => f.write_str(word),
            Arg::Length(length) => length.fmt(f),
            Arg::Query(expr) => expr.fmt(f),
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::query::Query;

    #[test]
    fn numbers_read_back() {
        let printed = |text: &str| text.parse::<Query>().expect("a query").to_string();
        let largest = format!("17976931348623157{}%", "0".repeat(292));
        for text in ["-$2.5", "$0", "-7%", "0.07pp", "25bp", &largest] {
            assert_eq!(printed(text), text);
        }
        assert_eq!(printed("-$2.50"), "-$2.5");
        assert_eq!(printed("-0"), "0");
    }
}
