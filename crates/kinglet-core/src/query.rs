//! The query language: text to a typed expression and back, its units, its evaluation.
//!
//! One line, canonical: the same text in the terminal, in JSON, in a footnote and in an audit.

mod bars;
mod column;
mod decline;
mod evaluate;
mod factor;
mod family;
mod parse;
mod print;
mod resample;
mod sample;
mod scope;
mod units;

pub use bars::volumes;
pub use decline::Declines;
pub use evaluate::Evaluator;
pub(crate) use evaluate::evidence_read;
pub use factor::{Explained, FACTORS, Factor, RISKLESS, factors};
pub use family::{Bounds, Family, Member};
pub use resample::History;
pub use sample::{BILLS, Sample, Steps};
pub use scope::{Events, High, Scope};

use std::collections::BTreeSet;
use std::hash::{Hash, Hasher};

use crate::definition::params::{MODEL, RATE};
use crate::definition::{Definition, Figure, Metric, Param, ParamKind};
use crate::identity::{Basis, Entity};
use crate::portfolio::Accounts;
use crate::quantity::{Quantity, Spelling, Unit};
use crate::time::{CalendarPeriod, Grain, Length, Period};

/// A query that was parsed, typed and found closed: it has one value on given data.
///
/// ```
/// use kinglet_core::query::Query;
/// let query: Query = "return( SPX , 2025-08 )-return(RUT,2025-08)".parse().unwrap();
/// assert_eq!(query.to_string(), "return(SPX, 2025-08) - return(RUT, 2025-08)");
/// assert_eq!(query.unit().spelling().name(), "percentage_points");
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Query {
    expr: Expr,
    unit: Unit,
}

impl Query {
    /// A query of an expression built by a program.
    ///
    /// # Errors
    /// A diagnostic where units do not fit or a family is missing or mixed.
    pub fn new(expr: Expr) -> Result<Query, crate::diagnostic::Diagnostic> {
        let unit = units::check_closed(&expr)?;
        Ok(Query { expr, unit })
    }

    /// The expression.
    pub fn expr(&self) -> &Expr {
        &self.expr
    }

    /// The unit of the value.
    pub fn unit(&self) -> Unit {
        self.unit
    }

    /// How the value is written.
    pub fn spelling(&self) -> Spelling {
        self.expr.spelling().unwrap_or(self.unit.spelling())
    }
}

/// An expression over catalogued definitions. Its numbers are finite.
#[derive(Clone, Debug, PartialEq)]
pub enum Expr {
    /// `10%`, `4`, `25bp`
    Number(Quantity, Spelling),
    /// `return(RUT, 2025-08)`
    Call(Call),
    /// `-x`
    Negative(Box<Expr>),
    /// `a - b`, `a >= b`
    Binary(Op, Box<Expr>, Box<Expr>),
}

impl Expr {
    /// How its value is written, if not as its unit usually is.
    fn spelling(&self) -> Option<Spelling> {
        match self {
            Expr::Call(call) => call.metric.definition.spelling,
            Expr::Number(quantity, spelling) => {
                Some(*spelling).filter(|own| *own != quantity.unit.spelling())
            }
            Expr::Negative(inner) => inner.spelling(),
            Expr::Binary(Op::Subtract, left, right) => {
                let (left, right) = (left.spelling(), right.spelling());
                left.filter(|own| Some(*own) == right && *own == Spelling::BasisPoints)
            }
            Expr::Binary(..) => None,
        }
    }
}

/// A definition with its arguments, one slot for each parameter; an empty slot was left out.
#[derive(Clone, Debug)]
pub struct Call {
    /// The definition.
    pub metric: &'static Metric,
    /// The arguments, aligned with the parameters.
    pub args: Vec<Option<Arg>>,
}

impl PartialEq for Call {
    fn eq(&self, other: &Self) -> bool {
        std::ptr::eq(self.metric, other.metric) && self.args == other.args
    }
}

impl Eq for Call {}

impl Hash for Call {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.metric.definition.name.hash(state);
        self.args.hash(state);
    }
}

impl Eq for Expr {}

impl Hash for Expr {
    fn hash<H: Hasher>(&self, state: &mut H) {
        std::mem::discriminant(self).hash(state);
        match self {
            // Adding zero makes the two zeros one, as they are equal.
            Expr::Number(q, spelling) => ((q.value + 0.0).to_bits(), q.unit, spelling).hash(state),
            Expr::Call(call) => call.hash(state),
            Expr::Negative(inner) => inner.hash(state),
            Expr::Binary(op, a, b) => (op, a, b).hash(state),
        }
    }
}

impl Arg {
    /// An entity by its code, if that can be one.
    pub(crate) fn entity(code: &str) -> Option<Arg> {
        parse::entity(code).ok()
    }
}

impl Call {
    /// A call with no argument yet.
    pub fn new(metric: &'static Metric) -> Call {
        Call { metric, args: vec![None; metric.definition.params.len()] }
    }

    /// Fills the slot of a parameter.
    ///
    /// # Panics
    /// If the definition has no such parameter: a defect of the caller.
    #[must_use]
    pub fn with(mut self, name: &str, arg: Arg) -> Call {
        let (slot, _) = self.metric.param(name).expect("a parameter of the definition");
        self.args[slot] = Some(arg);
        self
    }

    /// The figure that is asked, of a definition that has several.
    pub fn figure(&self) -> Option<&'static Figure> {
        let mut slots = self.metric.definition.params.iter().zip(&self.args);
        slots.find_map(|(param, arg)| match (param.kind, arg) {
            (ParamKind::Figure(figures), Some(Arg::Choice(name))) => {
                figures.iter().find(|figure| figure.name == *name)
            }
            _ => None,
        })
    }

    /// The argument of a parameter.
    pub fn arg(&self, param: &Param) -> Option<&Arg> {
        let (slot, _) = self.metric.param(param.name)?;
        self.args[slot].as_ref()
    }
}

/// An argument.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Arg {
    /// `RUT`
    Entity(Entity),
    /// `2025-08`; of a bound or a period of a family, `month` alone
    Period(Period),
    /// `1987`
    Bound(CalendarPeriod),
    /// `total`
    Basis(Basis),
    /// `lower`
    Choice(&'static str),
    /// `6m`
    Length(Length),
    /// `return(RUT, month) > 0`
    Query(Box<Expr>),
}

/// An operator.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Op {
    /// `+`
    Add,
    /// `-`
    Subtract,
    /// `*`
    Multiply,
    /// `/`
    Divide,
    /// `>`
    Greater,
    /// `>=`
    GreaterEqual,
    /// `<`
    Less,
    /// `<=`
    LessEqual,
}

impl Op {
    /// How it is written.
    pub fn symbol(self) -> &'static str {
        match self {
            Op::Add => "+",
            Op::Subtract => "-",
            Op::Multiply => "*",
            Op::Divide => "/",
            Op::Greater => ">",
            Op::GreaterEqual => ">=",
            Op::Less => "<",
            Op::LessEqual => "<=",
        }
    }

    /// Whether it asks yes or no.
    pub fn is_comparison(self) -> bool {
        self.precedence() == 1
    }

    /// Binds tighter where larger.
    fn precedence(self) -> u8 {
        match self {
            Op::Greater | Op::GreaterEqual | Op::Less | Op::LessEqual => 1,
            Op::Add | Op::Subtract => 2,
            Op::Multiply | Op::Divide => 3,
        }
    }
}

/// How far a query looks through what it is about: what must be loaded beside its series.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub enum Reach {
    /// Not at all.
    #[default]
    Series,
    /// At its companies: the holdings of funds and the figures of companies.
    Companies,
    /// At the prices of its companies, too.
    Members,
}

impl Reach {
    /// That of a definition.
    pub fn of(definition: &Definition) -> Reach {
        let kinds = definition.params.iter().map(|param| match param.kind {
            ParamKind::Companies => Reach::Companies,
            ParamKind::Members => Reach::Members,
            _ => Reach::Series,
        });
        kinds.max().unwrap_or_default()
    }
}

/// What must be loaded.
impl Expr {
    /// How far it looks through the entities it speaks of.
    pub fn reach(&self) -> Reach {
        let mut reach = Reach::Series;
        self.visit(&mut |call| reach = reach.max(Reach::of(&call.metric.definition)));
        reach
    }

    /// All entities it speaks of and those of whose series they are made: what must be loaded.
    pub fn entities(&self) -> BTreeSet<Entity> {
        let mut found = BTreeSet::new();
        self.visit(&mut |call| {
            let params = call.metric.definition.params;
            if params.iter().any(|param| std::ptr::eq(*param, &RATE)) {
                found.extend(BILLS.map(Entity::new));
            }
            if params.iter().any(|param| std::ptr::eq(*param, &MODEL)) {
                found.extend(FACTORS.map(Entity::new));
            }
            for (param, arg) in params.iter().zip(&call.args) {
                let Some(Arg::Entity(entity)) = arg else { continue };
                found.extend(entity.constituents());
                let accounts = entity.accounts().into_iter().flat_map(Accounts::ids);
                found.extend(accounts.map(Entity::new));
                if matches!(param.kind, ParamKind::Companies | ParamKind::Members) {
                    found.extend(entity.fund().map(Entity::new));
                }
                found.insert(entity.clone());
            }
        });
        found
    }
}

impl Expr {
    /// Calls `f` on every call in it, outermost first.
    pub fn visit(&self, f: &mut impl FnMut(&Call)) {
        match self {
            Expr::Number(..) => {}
            Expr::Negative(inner) => inner.visit(f),
            Expr::Binary(_, a, b) => {
                a.visit(f);
                b.visit(f);
            }
            Expr::Call(call) => {
                f(call);
                for arg in call.args.iter().flatten() {
                    if let Arg::Query(inner) = arg {
                        inner.visit(f);
                    }
                }
            }
        }
    }

    /// The family that it ranges over: the grain of its `month`, and whether it has a `+6m`.
    /// A call that folds a query closes the family within it.
    pub fn open(&self) -> Open {
        match self {
            Expr::Number(..) => Open::default(),
            Expr::Negative(inner) => inner.open(),
            Expr::Binary(_, a, b) => a.open().join(b.open()),
            Expr::Call(call) => {
                call.args.iter().flatten().fold(Open::default(), |open, arg| match arg {
                    Arg::Period(
                        Period::Each(grain) | Period::AtEach(grain) | Period::Rolling(_, grain),
                    ) => open.join(Open { grain: Some(*grain), ..Open::default() }),
                    Arg::Period(Period::Forward(_)) => {
                        open.join(Open { forward: true, ..Open::default() })
                    }
                    _ => open,
                })
            }
        }
    }
}

/// What an expression leaves open.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Open {
    /// The grain of its family.
    pub grain: Option<Grain>,
    /// Whether it speaks of a time after each period.
    pub forward: bool,
    /// Whether it mixes two grains, which nothing can close.
    pub mixed: bool,
}

impl Open {
    fn join(self, other: Open) -> Open {
        let clash = matches!((self.grain, other.grain), (Some(a), Some(b)) if a != b);
        Open {
            grain: self.grain.or(other.grain),
            forward: self.forward || other.forward,
            mixed: self.mixed || other.mixed || clash,
        }
    }

    /// Whether it has a value by itself.
    pub fn is_closed(self) -> bool {
        self.grain.is_none() && !self.forward
    }
}
