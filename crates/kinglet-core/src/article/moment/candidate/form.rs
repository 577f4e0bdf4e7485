//! Metrics, expressions and periods by their kind.

use super::super::super::choice::{id, named};
use super::super::super::period::Expr;
use super::super::super::token::any_of;
use super::super::super::words::list;
use super::super::is_valuation;
use crate::time::{Length, LengthUnit, Period};

/// Words that join or part clauses and phrases.
pub(super) fn is_joint(word: &str) -> bool {
    any_of(
        word,
        list!(
            "and|but|while|whereas|which|than|versus|against|with|after|from|to\
            |since|when|before|,|;|(|)|:|as|that|for|up|down|has|have|had|is|was\
            |who|where|although|though|compared|in|on|of|by|at|–|—|following\
            |over|then|now|its"
        ),
    )
}

/// Metrics that are dated alike.
pub(super) fn class(metric: &str) -> u32 {
    id(match metric {
        "return" | "annualized_return" => "return",
        "level" | "moving_average" => "level",
        "rate_change" | "cut_probability" => "decision",
        "inflation" | "unemployment" | "pmi" | "gdp_growth" => "release",
        "record_count" | "fund_flow" | "earnings_growth" => "flow",
        m if m.starts_with("event") => "event",
        m if is_valuation(m) => "valuation",
        m => m,
    })
}

/// What kind of expression it is.
pub(super) fn kind(expr: Expr) -> u32 {
    let unit = |l: Length| {
        l.unit as u32 + if l.unit == LengthUnit::Months && l.count == 12 { 9 } else { 0 }
    };
    let (name, size) = match expr {
        Expr::Span(p) => (named!("span"), p.grain as u32),
        Expr::ToDate(grain) => (named!("to date"), grain as u32),
        Expr::Trailing(l) => (named!("trailing"), unit(l)),
        Expr::Until(..) => (named!("until"), 0),
        Expr::Ahead(l) => (named!("ahead"), unit(l)),
        Expr::Length(l) => (named!("length"), unit(l)),
        Expr::Since(p) => (named!("since"), p.grain as u32),
        Expr::Range(a, b) => (named!("range"), a.grain as u32 * 8 + b.grain as u32),
        Expr::Vague => (named!("vague"), 0),
        Expr::Ago(l) => (named!("ago"), unit(l)),
        Expr::SinceThen => (named!("since then"), 0),
        Expr::Same(grain) => (named!("same"), grain.map_or(99, |g| g as u32)),
    };
    name ^ size
}

/// How many forms there are.
pub(in super::super) const FORMS: usize = 72;

/// Which form a period has: less than [`FORMS`].
pub(in super::super) fn row(period: Period) -> u8 {
    match period {
        Period::Calendar(p) => p.grain as u8,
        Period::At(p) => 6 + p.grain as u8,
        Period::ToDate(grain, _) => 12 + grain as u8,
        Period::Trailing(l, _) => 18 + l.unit as u8,
        Period::Between(a, b) => 22 + a.grain as u8 * 6 + b.grain as u8,
        Period::Forward(l) => 58 + l.unit as u8,
        Period::Each(grain) | Period::AtEach(grain) => 62 + grain as u8,
        Period::Rolling(l, _) => 68 + l.unit as u8,
    }
}

/// What form a period has.
pub(in super::super) fn form(period: Period) -> u32 {
    let (name, size) = match period {
        Period::Calendar(p) => (named!("calendar"), p.grain as u32),
        Period::At(p) => (named!("at"), p.grain as u32),
        Period::ToDate(grain, _) => (named!("to date"), grain as u32),
        Period::Trailing(l, _) => (named!("trailing"), l.unit as u32),
        Period::Between(a, b) => (named!("between"), a.grain as u32 * 8 + b.grain as u32),
        Period::Forward(l) => (named!("forward"), l.unit as u32),
        Period::Each(grain) | Period::AtEach(grain) => (named!("each"), grain as u32),
        Period::Rolling(l, _) => (named!("rolling"), l.unit as u32),
    };
    name ^ size
}
