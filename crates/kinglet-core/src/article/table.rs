//! Tables: each figure takes its entity, period and measure from the heads of its row and column.

use std::ops::Range;

use super::block::Block;
use super::claim::{Claim, Comparator, Modality, Printed};
use super::entity::{Class, OTHER};
use super::extract::Context;
use super::lexicon::Signal;
use super::number::{Measure, Quantity};
use super::period::Expr;
use super::scene::{Passage, Scene};
use super::token::{Tokens, any_of};
use crate::diagnostic::Span;
use crate::time::{CalendarPeriod, Date, Grain, Length, Period};

/// What a head of a row or column says.
#[derive(Clone, Default)]
struct Head {
    entities: Vec<&'static str>,
    time: Option<Expr>,
    /// The day on which a length of time ends: `One year to July 31, 2025`.
    until: Option<Date>,
    metric: Option<&'static str>,
    measure: Option<Measure>,
    /// Whether it is a former state of the row above: `December projection`.
    former: bool,
}

/// The claims of a table; none if the rows are no table with a head.
pub(super) fn claims(
    rows: &[(Block, Passage)],
    context: &Context,
    text: &str,
) -> Option<Vec<Claim>> {
    let cells: Vec<Vec<Range<usize>>> = rows.iter().map(|(_, p)| cells(&p.tokens)).collect();
    let body = rows.len().checked_sub(1)?;
    if body == 0 || cells[0].len() < 2 {
        return None;
    }
    let mut columns: Vec<Head> =
        cells[0].iter().map(|c| head(&rows[0].1, c.clone(), context)).collect();
    // "| 2026 | 2027 | |" over rows that begin with a label: the corner stands at the wrong end
    let corner_last =
        cells[0].last().is_some_and(std::ops::Range::is_empty) && columns[0].time.is_some();
    if corner_last {
        columns.rotate_right(1);
    }
    let figures = cells[0].iter().skip(1).any(|c| {
        rows[0]
            .1
            .scene(c.clone(), context.anchor)
            .quantities
            .iter()
            .any(|q| q.measure == Measure::Percent)
    });
    if figures {
        return None;
    }
    let mut out = Vec::new();
    let mut last: Option<&'static str> = None;
    for ((_, passage), cells) in rows.iter().zip(&cells).skip(1) {
        let Some(first) = cells.first() else { continue };
        let mut row = head(passage, first.clone(), context);
        if row.metric.is_none() && row.former {
            row.metric = last;
        }
        last = row.metric;
        for (at, cell) in cells.iter().enumerate().skip(1) {
            let column = columns.get(at).cloned().unwrap_or_default();
            let scene = passage.scene(cell.clone(), context.anchor);
            let [q] = scene.quantities.as_slice() else { continue };
            let table = Table { context, columns: &columns, column: &column, row: &row };
            if let Some(mut claim) = table.claim(&scene, q) {
                claim.printed.text = text[claim.span.start..claim.span.end].to_owned();
                claim.sentence = passage.tokens.span(0, passage.tokens.len());
                out.push(claim);
            }
        }
    }
    Some(out)
}

/// Whether a figure stands in brackets as a loss does in accounts: `(4.1%)`.
fn in_red(scene: &Scene, q: &Quantity, metric: &str) -> bool {
    let alone = scene.range.start + 1 == q.first && q.end + 1 == scene.range.end;
    let bracketed = scene.before(q, 1) == "(" && scene.key(q.end) == ")";
    alone && bracketed && any_of(metric, "return|point_change|return_spread|annualized_return")
}

/// The ranges of tokens between bars.
fn cells(tokens: &Tokens) -> Vec<Range<usize>> {
    let bars: Vec<usize> = (0..tokens.len()).filter(|&i| tokens.is(i, '|')).collect();
    let mut out = Vec::new();
    let mut start = 0;
    for bar in bars.into_iter().chain([tokens.len()]) {
        if bar > start || start > 0 && bar < tokens.len() {
            out.push(start..bar);
        }
        start = bar + 1;
    }
    out
}

fn head(passage: &Passage, cell: Range<usize>, context: &Context) -> Head {
    let scene = passage.scene(cell, context.anchor);
    let entities = scene
        .mentions
        .iter()
        .filter(|m| !matches!(m.class, Class::Pronoun | Class::Loose))
        .map(|m| m.code)
        .collect();
    let time = scene.times.first().map(|t| t.expr).or_else(|| grain_of(&scene));
    let until = scene.times.iter().find_map(|t| match t.expr {
        Expr::Span(p) if p.grain == Grain::Day => Some(p.last_day()),
        _ => None,
    });
    let measure = scene.range.clone().find_map(|i| match scene.key(i) {
        "%" | "percent" => Some(Measure::Percent),
        "percentage" if scene.key(i + 1).starts_with("point") => Some(Measure::PercentagePoints),
        "points" | "pts" => Some(Measure::Points),
        _ => None,
    });
    let former = scene.has_phrase(scene.range.clone(), "projection|previous|prior|forecast");
    Head { entities, time, until, metric: metric(&scene), measure, former }
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

fn metric(scene: &Scene) -> Option<&'static str> {
    let named = scene.cues.iter().find_map(|c| match c.signal {
        Signal::Metric("pe") => Some("pe_trailing"),
        Signal::Metric(metric) if metric != "record_count" && metric != "weight" => Some(metric),
        Signal::Beat | Signal::Lag => Some("return_spread"),
        _ => None,
    });
    let level = scene
        .range
        .clone()
        .any(|i| any_of(scene.key(i), "close|closing|level|last|price|value|friday's"));
    let change =
        scene.cues.iter().any(|c| matches!(c.signal, Signal::Change | Signal::Up | Signal::Down));
    named.or(if change { Some("return") } else { None }).or(if level {
        Some("level")
    } else {
        None
    })
}

/// A cell with its heads.
struct Table<'a> {
    context: &'a Context,
    columns: &'a [Head],
    column: &'a Head,
    row: &'a Head,
}

impl Table<'_> {
    fn claim(&self, scene: &Scene, q: &Quantity) -> Option<Claim> {
        let measure = if q.measure == Measure::Plain {
            self.column.measure.or(self.row.measure).unwrap_or(q.measure)
        } else {
            q.measure
        };
        let metric = self.metric(q, measure)?;
        let (entity, versus) = self.entity(metric);
        let (period, other_periods) = self.period(metric);
        let published = self.context.anchor.published;
        let last = period.filter(|p| matches!(p, Period::Calendar(_))).and_then(Period::last_day);
        let ahead = last.zip(published).is_some_and(|(last, day)| last > day);
        let unit = match (measure, metric) {
            (Measure::PercentagePoints, _) | (Measure::Plain, "return_spread") => {
                "percentage_points"
            }
            (Measure::Percent, _) => "percent",
            (Measure::BasisPoints, _) => "basis_points",
            (Measure::Usd, _) => "usd",
            (_, "level" | "point_change") => "index_points",
            (_, m) if m.starts_with("pe_") => "ratio",
            (Measure::Plain, "return" | "yield") => "percent",
            _ => "count",
        };
        Some(Claim {
            span: scene.tokens.span(q.first, q.end),
            sentence: Span::new(0, 0),
            printed: Printed {
                text: String::new(),
                step: q.step,
                hedge: None,
                in_words: q.in_words,
            },
            entity,
            versus,
            metric,
            period,
            value: q.sign.unwrap_or(if in_red(scene, q, metric) { -1.0 } else { 1.0 }) * q.value,
            unit,
            comparator: Comparator::Equal,
            modality: if ahead { Modality::Forecast } else { Modality::Asserted },
            basis: None,
            other_periods,
        })
    }

    /// `| Russell 2000 | -8.4 | -17.5 |` under periods: changes in percent.
    fn is_change(&self, q: &Quantity) -> bool {
        let priced = |e: &str| !matches!(e, "VIX" | "US" | "FED" | OTHER);
        q.decimals > 0 && self.column.time.is_some() && self.row.entities.iter().any(|e| priced(e))
    }

    fn metric(&self, q: &Quantity, measure: Measure) -> Option<&'static str> {
        let said = self.column.metric.or(self.row.metric);
        let rate = self.row.entities.iter().any(|e| e.starts_with("UST:"));
        match (measure, said) {
            (Measure::Percent, _) if rate => Some("yield"),
            (Measure::Percent, Some("level") | None) => Some("return"),
            (Measure::Percent | Measure::PercentagePoints, Some(metric)) => Some(metric),
            (Measure::PercentagePoints, None) => Some("return_spread"),
            (Measure::BasisPoints, _) => Some("yield"),
            (Measure::Points, _) => Some("point_change"),
            (_, Some("return"))
                if q.sign.is_some() || self.column.measure == Some(Measure::Points) =>
            {
                Some(if self.column.measure == Some(Measure::Percent) {
                    "return"
                } else {
                    "point_change"
                })
            }
            (_, Some("return")) if q.decimals > 0 => Some("point_change"),
            (_, Some(metric)) => Some(metric),
            (Measure::Plain, None) if q.decimals > 0 && q.value >= 100.0 => Some("level"),
            (Measure::Plain, None) if rate && q.decimals > 0 => Some("yield"),
            (Measure::Plain, None) if self.is_change(q) => Some("return"),
            _ => None,
        }
    }

    /// The entities of the column, else of the row; a comparison without names is one of the first
    /// two columns that have one.
    fn entity(&self, metric: &str) -> (String, Option<String>) {
        let named = if self.column.entities.is_empty() {
            &self.row.entities
        } else {
            &self.column.entities
        };
        let mut codes = named.iter().copied();
        let own = codes.next();
        if metric == "return_spread" {
            let mut heads = self.columns.iter().filter_map(|h| h.entities.first().copied());
            let first = own.or_else(|| heads.next());
            let second = codes.next().or_else(|| heads.find(|c| Some(*c) != first));
            return (first.unwrap_or(OTHER).to_owned(), second.map(str::to_owned));
        }
        let carried = self.context.carried;
        let implied = match metric {
            "gdp_growth" | "inflation" | "unemployment" => Some("US"),
            "policy_rate" | "rate_change" | "cut_probability" => Some("FED"),
            "pmi" => Some("ISM"),
            _ => None,
        };
        let code = implied.or(own).or(carried.topic).unwrap_or(OTHER);
        (code.to_owned(), None)
    }

    fn period(&self, metric: &str) -> (Option<Period>, Vec<Period>) {
        let session = self.context.anchor.session;
        let dated = match (self.row.time, self.column.time) {
            (Some(row @ Expr::Span(_)), Some(column)) => self.combined(row, column),
            (row, column) => column.or(row).and_then(|e| self.expr(e)),
        };
        let heading = self.context.remembered.heading.and_then(|e| self.expr(e));
        let day = session.map(|d| Period::Calendar(CalendarPeriod::day(d)));
        let period = dated.or(heading).or(day);
        match period {
            Some(Period::Calendar(p))
                if super::moment::is_state(metric) && p.grain == Grain::Day =>
            {
                (Some(Period::At(p)), vec![Period::Calendar(p)])
            }
            Some(Period::ToDate(_, day)) if super::moment::is_state(metric) => {
                (Some(Period::At(CalendarPeriod::day(day))), Vec::new())
            }
            period => (period, Vec::new()),
        }
    }

    /// A row that is an event and a column that is a horizon: so long after the event.
    fn combined(&self, row: Expr, column: Expr) -> Option<Period> {
        match (row, column) {
            (Expr::Span(day), Expr::Ahead(length) | Expr::Length(length)) => {
                self.after(day, length)
            }
            (_, Expr::Ahead(length) | Expr::Length(length)) => Some(Period::Forward(length)),
            (Expr::Span(_), Expr::ToDate(_)) => self.expr(row),
            _ => self.expr(column),
        }
    }

    /// From the end of a month so long on, if that is over. From a day within a month it may be
    /// counted from that day or from the end of the month: then the horizon alone.
    fn after(&self, from: CalendarPeriod, length: Length) -> Option<Period> {
        let published = self.context.anchor.published;
        let over = |p: &Period| published.zip(p.last_day()).is_some_and(|(d, last)| last <= d);
        let month = CalendarPeriod::containing(Grain::Month, from.last_day());
        let ends = (month.last_day() - from.last_day()).get_days() <= 3;
        super::moment::after(from, length)
            .filter(|_| ends)
            .filter(over)
            .or(Some(Period::Forward(length)))
    }

    fn expr(&self, expr: Expr) -> Option<Period> {
        let session = self.context.anchor.session;
        match expr {
            Expr::Span(p) => Some(Period::Calendar(p)),
            Expr::Range(a, b) => Some(Period::Between(a, b)),
            Expr::ToDate(Grain::Day) => session.map(|d| Period::Calendar(CalendarPeriod::day(d))),
            Expr::ToDate(grain) => session.map(|d| Period::ToDate(grain, d)),
            Expr::Trailing(length) | Expr::Length(length) => self.trailing(length),
            Expr::Ahead(length) => Some(Period::Forward(length)),
            Expr::Since(p) => session.map(|d| Period::Between(p, CalendarPeriod::day(d))),
            Expr::Until(length, day) => Some(Period::Trailing(length, day)),
            Expr::Vague | Expr::Same(_) | Expr::Ago(_) | Expr::SinceThen => None,
        }
    }

    fn trailing(&self, length: Length) -> Option<Period> {
        let until = self.row.until.or(self.column.until).or(self.context.anchor.session);
        until.map(|d| Period::Trailing(length, d))
    }
}
