//! Text to expression, with positions in every message.

use std::str::FromStr;

use super::print::canonical;
use super::units::unit_of;
use super::{Arg, Call, Expr, Op, Query, units};
use crate::definition::{Metric, Param, ParamKind};
use crate::diagnostic::{Code, Diagnostic, Span, nearest};
use crate::identity::{Basis, Entity, KNOWN};
use crate::metrics::{CATALOG, find};
use crate::quantity::{Quantity, Spelling, Unit};
use crate::time::{Grain, Period};

/// Brackets and calls may nest so deep; foreign text must not exhaust the stack.
const DEPTH_MAX: usize = 64;
/// The longest query, in bytes.
const LENGTH_MAX: usize = 10_000;
/// The most operators; a chain of them nests as deep.
const OPERATORS_MAX: usize = 256;

impl FromStr for Query {
    type Err = Diagnostic;

    fn from_str(text: &str) -> Result<Self, Diagnostic> {
        parsed(text, |typed, parser| {
            units::check_closed(&typed.expr).map_err(|d| parser.point(d, typed.start))?;
            Ok(Query { expr: typed.expr, unit: typed.unit })
        })
    }
}

impl FromStr for Expr {
    type Err = Diagnostic;

    /// An expression that may range over a family, as in `return(RUT, month) >= 10%`.
    fn from_str(text: &str) -> Result<Self, Diagnostic> {
        parsed(text, |typed, _| Ok(typed.expr))
    }
}

/// What is made of the expression of a whole text.
fn parsed<T>(
    text: &str,
    make: impl FnOnce(Typed, &Parser<'_>) -> Result<T, Diagnostic>,
) -> Result<T, Diagnostic> {
    if text.len() > LENGTH_MAX {
        let message =
            format!("a query has at most {LENGTH_MAX} bytes, this one has {}", text.len());
        return Err(Diagnostic::new(Code::Syntax, message));
    }
    let mut parser = Parser { text, at: 0, end: text.len(), depth: 0, operators: 0 };
    let made = parser.comparison().and_then(|typed| {
        parser.expect_end()?;
        make(typed, &parser)
    });
    made.map_err(|d| if d.subject.is_none() { d.subject(text) } else { d })
}

/// An expression with its unit and where it begins.
struct Typed {
    expr: Expr,
    unit: Unit,
    start: usize,
}

struct Parser<'a> {
    text: &'a str,
    at: usize,
    end: usize,
    depth: usize,
    operators: usize,
}

impl<'a> Parser<'a> {
    fn rest(&self) -> &'a str {
        &self.text[self.at..self.end]
    }

    fn skip_space(&mut self) {
        if self.rest().as_bytes().first().is_some_and(u8::is_ascii_graphic) {
            return;
        }
        self.at += self.rest().len() - self.rest().trim_start().len();
    }

    fn eat(&mut self, symbol: &str) -> bool {
        self.skip_space();
        let found = self.rest().starts_with(symbol);
        self.at += if found { symbol.len() } else { 0 };
        found
    }

    fn error(
        &self,
        code: Code,
        message: impl Into<String>,
        start: usize,
        end: usize,
    ) -> Diagnostic {
        Diagnostic::new(code, message).subject(self.text).at(Span::new(start, end))
    }

    fn unexpected(&self, wanted: &str) -> Diagnostic {
        let found = self.rest().chars().next();
        let width = found.map_or(0, char::len_utf8);
        let found = found.map_or("the query ends".to_owned(), |c| format!("found `{c}`"));
        self.error(Code::Syntax, format!("expected {wanted}, {found}"), self.at, self.at + width)
    }

    fn expect_end(&mut self) -> Result<(), Diagnostic> {
        self.skip_space();
        if self.rest().is_empty() { Ok(()) } else { Err(self.unexpected("an operator or the end")) }
    }

    fn comparison(&mut self) -> Result<Typed, Diagnostic> {
        let left = self.sum()?;
        let ops =
            [(">=", Op::GreaterEqual), ("<=", Op::LessEqual), (">", Op::Greater), ("<", Op::Less)];
        for (symbol, op) in ops {
            if self.eat(symbol) {
                let right = self.sum()?;
                return self.binary(op, left, right);
            }
        }
        Ok(left)
    }

    fn sum(&mut self) -> Result<Typed, Diagnostic> {
        let mut left = self.product()?;
        loop {
            let op = match () {
                () if self.eat("+") => Op::Add,
                () if self.eat("-") => Op::Subtract,
                () => return Ok(left),
            };
            let right = self.product()?;
            left = self.binary(op, left, right)?;
        }
    }

    fn product(&mut self) -> Result<Typed, Diagnostic> {
        let mut left = self.operand()?;
        loop {
            let op = match () {
                () if self.eat("*") => Op::Multiply,
                () if self.eat("/") => Op::Divide,
                () => return Ok(left),
            };
            let right = self.operand()?;
            left = self.binary(op, left, right)?;
        }
    }

    fn binary(&mut self, op: Op, left: Typed, right: Typed) -> Result<Typed, Diagnostic> {
        let start = left.start;
        self.operators += 1;
        if self.operators > OPERATORS_MAX {
            let message = format!("a query has at most {OPERATORS_MAX} operators");
            return Err(self.error(Code::Syntax, message, start, self.at));
        }
        let unit = unit_of(op, (left.unit, &left.expr), (right.unit, &right.expr));
        let unit = unit.map_err(|d| self.point(d, start))?;
        let expr = Expr::Binary(op, Box::new(left.expr), Box::new(right.expr));
        Ok(Typed { expr, unit, start })
    }

    /// Says where an expression stands whose units do not fit; an inner one knows better.
    fn point(&self, error: Diagnostic, start: usize) -> Diagnostic {
        if error.span.is_some() {
            return error;
        }
        let end = start + self.text[start..self.at].trim_end().len();
        error.subject(self.text).at(Span::new(start, end))
    }

    fn operand(&mut self) -> Result<Typed, Diagnostic> {
        self.skip_space();
        let start = self.at;
        self.depth += 1;
        if self.depth > DEPTH_MAX {
            let message = format!("brackets and calls nest deeper than {DEPTH_MAX}");
            return Err(self.error(Code::Syntax, message, start, start));
        }
        let (expr, unit) = match self.rest().chars().next() {
            Some('(') => {
                self.at += 1;
                let inner = self.comparison()?;
                if !self.eat(")") {
                    return Err(self.unexpected("`)`"));
                }
                (inner.expr, inner.unit)
            }
            Some('-') => {
                self.at += 1;
                let inner = self.operand()?;
                let negative = match inner.expr {
                    Expr::Number(q, s) => Expr::Number(Quantity::new(-q.value, q.unit), s),
                    inner => Expr::Negative(Box::new(inner)),
                };
                let unit = units::check(&negative).map_err(|d| self.point(d, start))?;
                (negative, unit)
            }
            Some(c) if c.is_ascii_digit() || c == '$' || c == '.' => self.number()?,
            Some(c) if c.is_ascii_alphabetic() => {
                let call = Expr::Call(self.call()?);
                let unit = units::check(&call).map_err(|d| self.point(d, start))?;
                (call, unit)
            }
            _ => return Err(self.unexpected("a definition, a number or `(`")),
        };
        self.depth -= 1;
        Ok(Typed { expr, unit, start })
    }

    fn number(&mut self) -> Result<(Expr, Unit), Diagnostic> {
        let start = self.at;
        let dollars = self.eat("$");
        let width = self.rest().bytes().take_while(|b| b.is_ascii_digit() || *b == b'.').count();
        let digits = &self.rest()[..width];
        self.at += width;
        let value: f64 = digits.parse().ok().filter(|v: &f64| v.is_finite()).ok_or_else(|| {
            self.error(Code::Syntax, format!("`{digits}` is not a number"), start, self.at)
        })?;
        let spellings = [
            ("%", Spelling::Percent, Unit::Fraction),
            ("pp", Spelling::PercentagePoints, Unit::FractionDifference),
            ("bp", Spelling::BasisPoints, Unit::FractionDifference),
            ("pt", Spelling::IndexPoints, Unit::Points),
        ];
        let value = canonical(value);
        if dollars {
            let quantity = Quantity::new(value, Unit::Money);
            return Ok((Expr::Number(quantity, Spelling::Usd), Unit::Money));
        }
        let found = spellings.into_iter().find(|(suffix, ..)| self.rest().starts_with(suffix));
        let (spelling, unit) =
            found.map_or((Spelling::Ratio, Unit::Ratio), |(suffix, spelling, unit)| {
                self.at += suffix.len();
                (spelling, unit)
            });
        if self.rest().starts_with(|c: char| c.is_ascii_alphanumeric() || c == '@' || c == '_') {
            return Err(self
                .error(Code::Syntax, "a number is followed by letters", start, self.at + 1)
                .hint("periods stand inside a definition: return(RUT, 2025-08)"));
        }
        let quantity = Quantity::new(value / spelling.per_unit(), unit);
        Ok((Expr::Number(quantity, spelling), unit))
    }

    fn call(&mut self) -> Result<Call, Diagnostic> {
        let start = self.at;
        let width =
            self.rest().bytes().take_while(|b| b.is_ascii_alphanumeric() || *b == b'_').count();
        let name = &self.rest()[..width];
        self.at += width;
        let Some(metric) = find(name) else {
            return Err(self.unknown_name(name, start));
        };
        if !self.eat("(") {
            let example = metric.definition.example;
            return Err(self.unexpected("`(`").hint(format!("for example {example}")));
        }
        let mut call = Call::new(metric);
        let mut position = 0;
        self.skip_space();
        while !self.eat(")") {
            self.argument(&mut call, &mut position)?;
            if !self.eat(",") {
                self.skip_space();
                if !self.rest().starts_with(')') {
                    return Err(self.unexpected("`,` or `)`"));
                }
            }
        }
        self.figure(&mut call)?;
        for (param, arg) in metric.definition.params.iter().zip(&call.args) {
            if arg.is_none() && param.default.is_none() && !param.optional {
                let message = format!("`{name}` needs `{}`: {}", param.name, param.doc);
                return Err(self
                    .error(Code::Argument, message, start, self.at)
                    .hint(format!("for example {}", metric.definition.example)));
            }
        }
        Ok(call)
    }

    /// The figure behind a call: `.hit_rate`.
    fn figure(&mut self, call: &mut Call) -> Result<(), Diagnostic> {
        let name = call.metric.definition.name;
        let of = |(slot, param): (usize, &&Param)| match param.kind {
            ParamKind::Figure(figures) => Some((slot, figures)),
            _ => None,
        };
        let figures = call.metric.definition.params.iter().enumerate().find_map(of);
        if !self.rest().starts_with('.') {
            return Ok(());
        }
        let start = self.at;
        let Some((slot, figures)) = figures else {
            let message = format!("`{name}` has one figure and takes none behind it");
            return Err(self.error(Code::Syntax, message, start, start + 1));
        };
        let letter = |b: &u8| b.is_ascii_lowercase() || *b == b'_';
        let width = self.rest().bytes().skip(1).take_while(letter).count() + 1;
        let asked = &self.rest()[1..width];
        self.at += width;
        match figures.iter().find(|figure| figure.name == asked) {
            Some(figure) => call.args[slot] = Some(Arg::Choice(figure.name)),
            None => {
                let message = format!("`{name}` has no figure `{asked}`");
                let error = self.error(Code::UnknownName, message, start, self.at);
                let known = || figures.iter().map(|figure| figure.name);
                return Err(match nearest(asked, known()) {
                    Some(near) => error.hint(format!("did you mean `{near}`?")),
                    None => {
                        error.hint(format!("it has {}", known().collect::<Vec<_>>().join(", ")))
                    }
                });
            }
        }
        Ok(())
    }

    fn unknown_name(&self, name: &str, start: usize) -> Diagnostic {
        let message = format!("no definition is called `{name}`");
        let error = self.error(Code::UnknownName, message, start, self.at);
        if KNOWN.iter().any(|k| k.code == name) {
            return error.hint(format!(
                "`{name}` is an entity; ask for a measure of it: level({name}, @2025-08-28)"
            ));
        }
        let names = CATALOG.iter().map(|m| m.definition.name);
        match nearest(name, names) {
            Some(near) => error.hint(format!("did you mean `{near}`?")),
            None => error.hint("`kinglet explain` lists the definitions"),
        }
    }

    fn argument(&mut self, call: &mut Call, position: &mut usize) -> Result<(), Diagnostic> {
        self.skip_space();
        let start = self.at;
        let params = call.metric.definition.params;
        let slot = match self.parameter_name() {
            Some(name) => match call.metric.param(name) {
                Some((slot, _)) => slot,
                None => return Err(self.unknown_parameter(call.metric, name, start)),
            },
            None => {
                let slot = *position;
                *position += 1;
                if params.get(slot).is_none_or(|p| p.named) {
                    let message = format!(
                        "`{}` takes {slot} arguments without a name",
                        call.metric.definition.name
                    );
                    return Err(self
                        .error(Code::Argument, message, start, self.at)
                        .hint(format!("for example {}", call.metric.definition.example)));
                }
                slot
            }
        };
        if call.args[slot].is_some() {
            let message = format!("`{}` is given twice", params[slot].name);
            return Err(self.error(Code::Argument, message, start, self.at));
        }
        call.args[slot] = Some(self.value(params[slot])?);
        Ok(())
    }

    /// The name before a colon: `basis: total`. Codes with a colon, `UST:10y`, have capitals.
    fn parameter_name(&mut self) -> Option<&'a str> {
        let rest = self.rest();
        let width = rest.bytes().take_while(|b| b.is_ascii_lowercase() || *b == b'_').count();
        let after = rest[width..].trim_start();
        if width == 0 || !after.starts_with(':') {
            return None;
        }
        self.at = self.end - after.len() + 1;
        Some(&rest[..width])
    }

    fn unknown_parameter(&self, metric: &Metric, name: &str, start: usize) -> Diagnostic {
        let message = format!("`{}` has no parameter `{name}`", metric.definition.name);
        let error = self.error(Code::UnknownName, message, start, start + name.len());
        let known: Vec<&str> = metric.definition.params.iter().map(|p| p.name).collect();
        match nearest(name, known.iter().copied()) {
            Some(near) => error.hint(format!("did you mean `{near}`?")),
            None => error.hint(format!("it has {}", known.join(", "))),
        }
    }

    fn value(&mut self, param: &Param) -> Result<Arg, Diagnostic> {
        if matches!(param.kind, ParamKind::Query | ParamKind::Statistic | ParamKind::Condition) {
            return Ok(Arg::Query(Box::new(self.comparison()?.expr)));
        }
        self.skip_space();
        let start = self.at;
        if let ParamKind::Number(unit) = param.kind {
            let typed = self.operand()?;
            return match typed.expr {
                Expr::Number(quantity, _) if quantity.unit == unit => {
                    Ok(Arg::Query(Box::new(typed.expr)))
                }
                _ => {
                    let name = unit.spelling().name();
                    let message = format!("`{}` is a number in {name}: {}", param.name, param.doc);
                    Err(self.error(Code::Argument, message, start, self.at))
                }
            };
        }
        let ends = |b: u8| matches!(b, b',' | b')' | b'(');
        let width = self.rest().bytes().position(ends).unwrap_or(self.rest().len());
        let text = self.rest()[..width].trim_end();
        self.at += width;
        let end = start + text.len();
        if text.is_empty() {
            return Err(self.error(
                Code::Argument,
                format!("`{}` is empty: {}", param.name, param.doc),
                start,
                end,
            ));
        }
        literal(param, text).map_err(|d| d.subject(self.text).at(Span::new(start, end)))
    }
}

/// Reads an argument that is not a query.
pub(super) fn literal(param: &Param, text: &str) -> Result<Arg, Diagnostic> {
    match param.kind {
        ParamKind::Entity | ParamKind::Companies | ParamKind::Members => entity(text),
        ParamKind::Period => text.parse().map(Arg::Period),
        ParamKind::Bound | ParamKind::Member => match Grain::from_name(text) {
            Some(grain) => Ok(Arg::Period(Period::Each(grain))),
            None => text.parse().map(Arg::Bound),
        },
        ParamKind::Basis => match text {
            "price" => Ok(Arg::Basis(Basis::Price)),
            "total" => Ok(Arg::Basis(Basis::Total)),
            _ => Err(choose(param, text, &["price", "total"])),
        },
        ParamKind::Choice(words) => match words.iter().find(|w| **w == text) {
            Some(word) => Ok(Arg::Choice(word)),
            None => Err(choose(param, text, words)),
        },
        ParamKind::Figure(_) => {
            let message = format!("`{}` is written behind the call: study(…).n", param.name);
            Err(Diagnostic::new(Code::Argument, message))
        }
        ParamKind::Length => text.parse().map(Arg::Length),
        ParamKind::Query | ParamKind::Statistic | ParamKind::Condition | ParamKind::Number(_) => {
            unreachable!("queries are parsed, not read as a literal")
        }
    }
}

fn choose(param: &Param, text: &str, words: &[&str]) -> Diagnostic {
    Diagnostic::new(Code::Argument, format!("`{}` cannot be `{text}`", param.name))
        .hint(format!("choose one of {}", words.join(", ")))
}

pub(super) fn entity(text: &str) -> Result<Arg, Diagnostic> {
    let allowed = |c: char| {
        c.is_ascii_alphanumeric() || matches!(c, ':' | '/' | '_' | '.' | '^' | '-' | ' ' | '&')
    };
    if text.chars().all(allowed)
        && text.starts_with(|c: char| c.is_ascii_alphanumeric() || c == '^')
    {
        return Ok(Arg::Entity(Entity::new(text)));
    }
    Err(Diagnostic::new(Code::Argument, format!("`{text}` is not the code of an entity"))
        .hint("codes look like RUT, IWM or UST:10y"))
}
