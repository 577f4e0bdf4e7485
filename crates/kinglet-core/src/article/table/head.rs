//! What the heads of rows and columns say, and the caption above them.

use super::super::words::list;
use std::ops::Range;

use super::super::entity::Class;
use super::super::extract::basis;
use super::super::lexicon::Signal;
use super::super::number::{Measure, number_word};
use super::super::period::{Anchor, Expr};
use super::super::scene::{Passage, Scene};
use super::super::token::any_of;
use crate::identity::Basis;
use crate::time::{CalendarPeriod, Date, Grain, Length, LengthUnit};

/// What a head says.
#[derive(Clone, Default)]
pub(super) struct Head {
    pub(super) entities: Vec<&'static str>,
    pub(super) time: Option<Expr>,
    /// The length that names a Treasury security and nothing else: `10 Yr`. Beside another name it
    /// is a time.
    pub(super) tenor: Option<Length>,
    /// The day on which a length of time ends: `One year to July 31, 2025`.
    pub(super) until: Option<Date>,
    pub(super) metric: Option<&'static str>,
    pub(super) measure: Option<Measure>,
    /// What bare figures are multiplied by: `$ millions`.
    pub(super) scale: Option<f64>,
    pub(super) basis: Option<Basis>,
    pub(super) annualized: bool,
    /// Whether it is a former state of the row above: `December projection`.
    pub(super) former: bool,
}

impl Head {
    /// What the tokens of a cell say.
    pub(super) fn read(passage: &Passage, cell: Range<usize>, anchor: Anchor) -> Head {
        let scene = passage.scene(cell, anchor);
        let entities = scene
            .mentions
            .iter()
            .filter(|m| !matches!(m.class, Class::Pronoun | Class::Loose))
            .map(|m| m.code)
            .collect();
        let until = scene.times.iter().find_map(|t| match t.expr {
            Expr::Span(p) if p.grain == Grain::Day => Some(p.last_day()),
            Expr::Until(_, day) => Some(day),
            _ => None,
        });
        let annualized = scene
            .cues
            .iter()
            .any(|c| matches!(c.signal, Signal::Annualized | Signal::AnnualReturn))
            || scene.has_phrase(scene.range.clone(), list!("average annual|annual average"));
        Head {
            tenor: tenor(&scene),
            entities,
            time: time(&scene),
            until,
            metric: metric(&scene),
            measure: measure(&scene),
            scale: scale(&scene),
            basis: basis(&scene),
            annualized,
            former: scene
                .has_phrase(scene.range.clone(), list!("projection|previous|prior|forecast")),
        }
    }

    /// What a caption or the corner says of the whole table: not of what, nor over which time; and
    /// returns are what a table shows anyway.
    pub(super) fn of_all(self) -> Head {
        let metric = self.metric.filter(|m| !matches!(*m, "return" | "level"));
        Head { entities: Vec::new(), time: None, former: false, metric, ..self }
    }

    /// The same beside a head that names something: `10 Yr` beside `Russell 2000` is a time.
    pub(super) fn beside(mut self, other: &Head) -> Head {
        if let Some(length) = self.tenor.filter(|_| !other.entities.is_empty()) {
            self.entities.clear();
            self.time = self.time.or(Some(Expr::Length(length)));
        }
        self
    }

    /// The same under another head: what it leaves open, that one says.
    pub(super) fn under(self, upper: &Head) -> Head {
        let open = self.entities.is_empty();
        let bare = self.metric.is_some_and(|m| m == "level" || m.starts_with("pe_"));
        Head {
            entities: if open { upper.entities.clone() } else { self.entities },
            tenor: self.tenor,
            time: within(self.time, upper.time),
            until: self.until.or(upper.until),
            metric: self.metric.or(upper.metric),
            measure: self.measure.or(upper.measure.filter(|_| !bare)),
            scale: self.scale.or(upper.scale),
            basis: self.basis.or(upper.basis),
            annualized: self.annualized || upper.annualized,
            former: self.former || upper.former,
        }
    }
}

/// `Q1` under `2024`: the quarter of that year.
fn within(own: Option<Expr>, upper: Option<Expr>) -> Option<Expr> {
    let (Some(Expr::Span(part)), Some(Expr::Span(year))) = (own, upper) else {
        return own.or(upper);
    };
    if year.grain != Grain::Year || part.grain >= Grain::Year || part.grain < Grain::Month {
        return own;
    }
    let first = part.first_day();
    let moved = Date::new(year.first_day().year(), first.month(), 1).ok()?;
    Some(Expr::Span(CalendarPeriod::containing(part.grain, moved)))
}

/// The length in a cell that holds no more than one: `10 Yr`, `2-year`.
fn tenor(scene: &Scene) -> Option<Length> {
    let [mention] = scene.mentions.as_slice() else { return None };
    let years = mention.code.strip_prefix("UST:")?.strip_suffix('y')?.parse().ok()?;
    let alone = (mention.first, mention.end) == (scene.range.start, scene.range.end);
    alone.then_some(Length { count: years, unit: LengthUnit::Years })
}

fn time(scene: &Scene) -> Option<Expr> {
    let named = scene.times.first().map(|t| t.expr);
    named.or_else(|| abbreviated(scene)).or_else(|| grain_of(scene))
}

/// `3M`, `1Y`, `12 mo`: lengths as the heads of columns abbreviate them.
fn abbreviated(scene: &Scene) -> Option<Expr> {
    scene.range.clone().find_map(|i| {
        let count =
            scene.tokens.number(i).map(|n| n.value).or_else(|| number_word(scene.key(i)))?;
        let unit = match scene.key(i + 1) {
            "d" => LengthUnit::Sessions,
            "w" | "wk" | "wks" => LengthUnit::Weeks,
            "m" | "mo" | "mos" | "mth" | "mths" | "mon" => LengthUnit::Months,
            "y" | "yr" | "yrs" => LengthUnit::Years,
            _ => return None,
        };
        let whole = (1.0..=100.0).contains(&count) && count.fract() == 0.0;
        whole.then_some(Expr::Length(Length { count: count as u16, unit }))
    })
}

/// `Week`, `1-Day %`, `Month`: a column of changes over that much time.
fn grain_of(scene: &Scene) -> Option<Expr> {
    scene.range.clone().find_map(|i| match scene.key(i) {
        "day" | "daily" => Some(Expr::ToDate(Grain::Day)),
        "week" | "weekly" => Some(Expr::ToDate(Grain::Week)),
        "month" | "monthly" => Some(Expr::ToDate(Grain::Month)),
        "quarter" | "quarterly" => Some(Expr::ToDate(Grain::Quarter)),
        "year" | "yearly" => Some(Expr::ToDate(Grain::Year)),
        _ => None,
    })
}

fn measure(scene: &Scene) -> Option<Measure> {
    scene.range.clone().find_map(|i| match scene.key(i) {
        "%" | "percent" | "pct" => Some(Measure::Percent),
        "percentage" if scene.key(i + 1).starts_with("point") => Some(Measure::PercentagePoints),
        "pp" | "ppts" | "ppt" => Some(Measure::PercentagePoints),
        "bps" | "bp" => Some(Measure::BasisPoints),
        "basis" if scene.key(i + 1).starts_with("point") => Some(Measure::BasisPoints),
        "points" | "pts" => Some(Measure::Points),
        "$" | "usd" | "dollars" => Some(Measure::Usd),
        _ => None,
    })
}

/// `$ millions`, `in billions`, `US$ bn`.
fn scale(scene: &Scene) -> Option<f64> {
    scene.range.clone().find_map(|i| match scene.key(i) {
        "trillions" | "trillion" | "tn" => Some(1e12),
        "billions" | "billion" | "bn" | "bil" => Some(1e9),
        "millions" | "million" | "mn" | "mil" | "mm" => Some(1e6),
        "thousands" => Some(1e3),
        _ => None,
    })
}

fn metric(scene: &Scene) -> Option<&'static str> {
    let named = scene.cues.iter().find_map(|c| match c.signal {
        Signal::Metric("pe") => Some("pe_trailing"),
        Signal::Metric(metric) if metric != "record_count" && metric != "weight" => Some(metric),
        Signal::Beat | Signal::Lag => Some("return_spread"),
        _ => None,
    });
    let word = |list: &str| scene.range.clone().any(|i| any_of(scene.key(i), list));
    let apart = word("gap|difference|outperformance|underperformance|excess");
    let level = word("close|closing|level|last|price|value|friday's");
    let change =
        scene.cues.iter().any(|c| matches!(c.signal, Signal::Change | Signal::Up | Signal::Down));
    named
        .or(apart.then_some("return_spread"))
        .or(change.then_some("return"))
        .or(level.then_some("level"))
}
