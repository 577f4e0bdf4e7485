//! What the heads of rows and columns say, and the caption above them.

use super::super::words::{List, list};
use std::ops::Range;

use super::super::entity::{Class, Mention};
use super::super::extract::basis;
use super::super::lexicon::Signal;
use super::super::number::{Measure, number_word};
use super::super::period::{Anchor, Expr, Time};
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
    /// The day on which lengths of time begin: `Performance from February 28, 2003`.
    pub(super) from: Option<CalendarPeriod>,
    pub(super) metric: Option<&'static str>,
    /// What it measures in a study of past cases: `Higher`, `Average`.
    pub(super) case: Option<&'static str>,
    /// The number in a cell that holds little more: `Next 6` beside `Next 3 months`.
    pub(super) count: Option<u16>,
    pub(super) measure: Option<Measure>,
    /// What bare figures are multiplied by: `$ millions`.
    pub(super) scale: Option<f64>,
    pub(super) basis: Option<Basis>,
    pub(super) annualized: bool,
    /// Whether it is the day on which what stands beside it ends: `As of 12/31/09`.
    pub(super) as_of: bool,
    /// Whether it is a former state of the row above: `December projection`.
    pub(super) former: bool,
    /// Whether it names something that nobody knows.
    pub(super) unknown: bool,
}

impl Head {
    /// What the tokens of a cell say.
    pub(super) fn read(passage: &Passage, cell: Range<usize>, anchor: Anchor) -> Head {
        let passage = Passage::new(passage.tokens.part(cell));
        let scene = passage.scene(0..passage.tokens.len(), anchor);
        let entities = scene
            .mentions
            .iter()
            .filter(|m| !matches!(m.class, Class::Pronoun | Class::Loose))
            .map(|m| m.code)
            .collect();
        let since = since(&scene);
        let from = scene.times.iter().find_map(|t| match t.expr {
            Expr::Span(p) if p.grain == Grain::Day => {
                let before = scene.key(t.first.wrapping_sub(1));
                any_of(before, list!("from|after|following")).then_some(p)
            }
            _ => None,
        });
        let open = since.is_none() && from.is_none();
        let until = scene.times.iter().filter(|_| open).filter_map(|t| match t.expr {
            Expr::Span(p) if p.grain == Grain::Day => Some(p.last_day()),
            Expr::Until(_, day) => Some(day),
            _ => None,
        });
        let until = until.max();
        let tenor = tenor(&scene);
        // "10-Year Treasury Yield" names no time
        let security = tenor.is_none() && scene.mentions.iter().any(|m| m.code.starts_with("UST:"));
        let lasts = |time: &Expr| !security || !matches!(time, Expr::Length(_) | Expr::Trailing(_));
        let annualized = scene
            .cues
            .iter()
            .any(|c| matches!(c.signal, Signal::Annualized | Signal::AnnualReturn))
            || scene.has_phrase(scene.range.clone(), list!("average annual|annual average|ann"));
        Head {
            tenor,
            entities,
            time: since.or_else(|| before(&scene, anchor)).or_else(|| time(&scene)).filter(lasts),
            until,
            from,
            metric: metric(&scene),
            case: case(&scene),
            count: count(&scene),
            measure: measure(&scene),
            scale: scale(&scene),
            basis: basis(&scene),
            annualized,
            as_of: scene.times.iter().any(|t| t.as_of),
            former: scene
                .has_phrase(scene.range.clone(), list!("projection|previous|prior|forecast")),
            unknown: false,
        }
    }

    /// The same where it is known to name a time alone.
    pub(super) fn of_time(self) -> Head {
        let time = self.time.or(self.tenor.map(Expr::Length));
        Head { entities: Vec::new(), time, metric: None, ..self }
    }

    /// Whether it names what is no security of the Treasury.
    pub(super) fn names_stocks(&self) -> bool {
        self.tenor.is_none() && self.entities.iter().any(|code| !code.starts_with("UST:"))
    }

    /// Whether figures under it run to date or from the beginning, as returns do and yields do not.
    pub(super) fn runs(&self) -> bool {
        match self.time {
            Some(Expr::ToDate(grain)) => grain >= Grain::Month,
            time => time == Some(Expr::Vague),
        }
    }

    /// The same in a study of past cases: a length is a horizon.
    pub(super) fn of_study(mut self) -> Head {
        self.time = match self.time {
            Some(Expr::Length(length) | Expr::Trailing(length)) => Some(Expr::Ahead(length)),
            time => time,
        };
        self.metric = self.case.or(self.metric);
        self
    }

    /// The same right of another head, from which it takes what it leaves out: `Next 6` beside
    /// `Next 3 months`, `% change` beside `Week's change`.
    pub(super) fn right_of(mut self, left: &Head) -> Head {
        let change = self.measure == Some(Measure::Percent) && self.metric == Some("return");
        self.time = match (self.time, left.time, self.count) {
            (None, Some(Expr::Ahead(l)), Some(count)) => Some(Expr::Ahead(Length { count, ..l })),
            (None, Some(Expr::Length(l)), Some(count)) => Some(Expr::Length(Length { count, ..l })),
            (None, time, None) if change && left.metric == self.metric => time,
            (time, ..) => time,
        };
        self
    }

    /// What a caption or the corner says of the whole table: not of what, nor over which time; and
    /// returns are what a table shows anyway, costs what is told beside it.
    pub(super) fn of_all(self) -> Head {
        let metric = self.metric.filter(|m| !matches!(*m, "return" | "level" | "other"));
        Head { entities: Vec::new(), time: None, former: false, case: None, metric, ..self }
    }

    /// The same as the label of a row between others that name what they are about: it names
    /// something, too, if its words say nothing else.
    pub(super) fn among_names(mut self, scene: &Scene) -> Head {
        let words = scene.range.clone().any(|i| scene.tokens.get(i).is_some_and(|t| t.capital));
        let silent = self.entities.is_empty() && self.time.is_none() && self.metric.is_none();
        self.unknown = words && silent && self.case.is_none() && self.count.is_none();
        self
    }

    /// The same beside a head that names something: `10 Yr` beside `Russell 2000` is a time.
    pub(super) fn beside(mut self, other: &Head) -> Head {
        let named = !other.entities.is_empty() || other.unknown;
        if let Some(length) = self.tenor.filter(|_| named) {
            self.entities.clear();
            self.time = self.time.or(Some(Expr::Length(length)));
        }
        self
    }

    /// The same in a table that is about something, if it names nothing itself.
    pub(super) fn about(mut self, all: Option<&'static str>) -> Head {
        if self.entities.is_empty() {
            self.entities.extend(all);
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
            from: self.from.or(upper.from),
            metric: self.metric.or(upper.metric),
            case: self.case.or(upper.case),
            count: self.count,
            measure: self.measure.or(upper.measure.filter(|_| !bare)),
            scale: self.scale.or(upper.scale),
            basis: self.basis.or(upper.basis),
            annualized: self.annualized || upper.annualized,
            as_of: self.as_of,
            former: self.former || upper.former,
            unknown: self.unknown,
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

/// The length in a cell that holds no more than one: `10 Yr.`, `2-year`, `5-yr ann.`.
fn tenor(scene: &Scene) -> Option<Length> {
    let [mention] = scene.mentions.as_slice() else { return None };
    let years = mention.code.strip_prefix("UST:")?.strip_suffix('y')?.parse().ok()?;
    let security = list!("treasury|treasuries|note|bond|yield|yields|tips|rate");
    let alone = mention.first == scene.range.start
        && !scene.range.clone().any(|i| any_of(scene.key(i), security));
    let years = if years == 1 { Length::months(12) } else { Length::years(years) };
    alone.then_some(years)
}

/// How heads say that a time runs from the first day of a fund.
const INCEPTION: &List = list!(
    "since inception|inception|itd|since inc|since incep|since incept|since launch|from start"
);

/// `Since inception (9/30/97)`; without the day it is a vague time.
fn since(scene: &Scene) -> Option<Expr> {
    let since = scene.range.clone().find(|&i| scene.key(i) == "since");
    let inception = scene.has_phrase(scene.range.clone(), INCEPTION);
    let behind = |t: &&Time| since.is_some_and(|since| t.end > since);
    let day = scene.times.iter().filter(behind).find_map(|t| match t.expr {
        Expr::Span(p) | Expr::Since(p) => Some(Expr::Since(p)),
        _ => None,
    });
    // nobody knows when that was
    day.or(inception.then_some(Expr::Vague))
}

/// `Week before`, `previous month`: the one before that of the last session.
fn before(scene: &Scene, anchor: Anchor) -> Option<Expr> {
    let at = scene.range.start;
    let noun = match (scene.key(at), scene.key(at + 1)) {
        (noun, "before" | "earlier") if scene.range.len() == 2 => noun,
        ("previous" | "prior" | "preceding", noun) if scene.range.len() == 2 => noun,
        _ => return None,
    };
    let grain = Grain::from_name(noun).filter(|grain| *grain > Grain::Day)?;
    let now = CalendarPeriod::containing(grain, anchor.session?);
    Some(Expr::Span(now.plus(-1)))
}

/// What a head measures in a study of past cases.
fn case(scene: &Scene) -> Option<&'static str> {
    let word = |list: &List| scene.range.clone().any(|i| any_of(scene.key(i), list));
    let share = word(list!("%|percent|pct|share"))
        || scene.has_phrase(scene.range.clone(), list!("of time"));
    let well = word(list!("higher|up|positive|winners|gains|wins|gainers|successes"));
    let rate = scene.has_phrase(
        scene.range.clone(),
        list!("hit rate|win rate|winning percentage|batting average|success rate|odds of a gain"),
    );
    match () {
        () if rate || well && share => Some("event_hit_rate"),
        () if well => Some("event_successes"),
        () if word(list!(
            "cases|instances|observations|occurrences|signals|events|n|occasions"
        )) =>
        {
            Some("event_count")
        }
        () if word(list!("average|avg|mean|median")) => Some("event_mean_return"),
        () if word(list!("best|worst|maximum|minimum|max|min")) => Some("return"),
        () => None,
    }
}

/// The number in a cell that holds no unit: `Next 6`, `+12`.
fn count(scene: &Scene) -> Option<u16> {
    let (number, words): (Vec<usize>, Vec<usize>) =
        scene.range.clone().partition(|&i| scene.tokens.number(i).is_some());
    let [at] = number.as_slice() else { return None };
    let light = list!("next|after|following|+|past|last|and|then");
    let value = scene.tokens.number(*at)?.small()?;
    let ahead = !words.is_empty() && words.iter().all(|&i| any_of(scene.key(i), light));
    u16::try_from(value).ok().filter(|n| ahead && *n > 0)
}

fn time(scene: &Scene) -> Option<Expr> {
    let named = scene.times.first().map(|t| t.expr);
    named.or_else(|| abbreviated(scene)).or_else(|| grain_of(scene))
}

/// `3M`, `1Y`, `12 mo`, `+6m`: lengths as the heads of columns abbreviate them.
pub(super) fn abbreviated(scene: &Scene) -> Option<Expr> {
    let lengths = scene.range.clone().find_map(|i| {
        let count =
            scene.tokens.number(i).map(|n| n.value).or_else(|| number_word(scene.key(i)))?;
        let unit = match scene.key(i + 1) {
            "d" => LengthUnit::Sessions,
            "w" | "wk" | "wks" => LengthUnit::Weeks,
            "m" | "mo" | "mos" | "mth" | "mths" | "mon" | "month" | "months" => LengthUnit::Months,
            "y" | "yr" | "yrs" | "year" | "years" => LengthUnit::Years,
            _ => return None,
        };
        let whole = (1.0..=100.0).contains(&count) && count.fract() == 0.0;
        let length = Length { count: count as u16, unit };
        let ahead = scene.tokens.is(i.wrapping_sub(1), '+') && i > scene.range.start;
        whole.then_some(if ahead { Expr::Ahead(length) } else { Expr::Length(length) })
    });
    lengths.or_else(|| sessions_on(scene))
}

/// `t+10`: as many sessions after the case.
fn sessions_on(scene: &Scene) -> Option<Expr> {
    let at = scene.range.start;
    let case = scene.range.len() == 3 && scene.key(at) == "t" && scene.tokens.is(at + 1, '+');
    let count = scene.tokens.number(at + 2)?.small().filter(|count| case && *count > 0)?;
    Some(Expr::Ahead(Length { count: u16::try_from(count).ok()?, unit: LengthUnit::Sessions }))
}

/// Whether the words name one column and nothing besides: `3-year`, `YTD return`, `% change`,
/// `Since inception`, `Close`.
pub(super) fn is_column(scene: &Scene) -> bool {
    let change = |i: &usize| {
        any_of(
            scene.key(*i),
            list!(
                "%|(|)|change|chg|return|returns|pct|percent|annualized|annualised|annual|\
         ann|avg|average"
            ),
        )
    };
    let core = scene.range.end - scene.range.clone().rev().take_while(change).count();
    // "2019 Close", "As of November 30th"
    let level = |i: &usize| any_of(scene.key(*i), list!("close|closing|level|price"));
    let levels = (scene.range.start..core).rev().take_while(level).count();
    let core = if core - levels > scene.range.start { core - levels } else { core };
    let as_of = list!("as of");
    let start = scene.tokens.any_phrase(scene.range.start, as_of).filter(|start| *start < core);
    let core = start.unwrap_or(scene.range.start)..core;
    let named = |m: &Mention| m.class == Class::Index && (m.first..m.end) == core;
    if scene.mentions.iter().any(named) {
        return true;
    }
    if core.is_empty() {
        return scene.range.len() == 2 || !scene.tokens.is(scene.range.start, '%');
    }
    if core.len() == 1
        && any_of(
            scene.key(core.start),
            list!("net|point|points|%|close|closing|level|last|price|value|yield|date"),
        )
    {
        return true;
    }
    let whole = |t: &Time| t.first <= core.start && t.end >= core.end;
    let mark = |i: usize| !scene.tokens.is_word(i) && scene.tokens.number(i).is_none();
    let since = scene
        .tokens
        .any_phrase(core.start, INCEPTION)
        .is_some_and(|end| end <= core.end && (end..core.end).all(mark));
    let words = core.len() - usize::from(mark(core.end - 1));
    let short = words <= 2 && abbreviated(scene).is_some();
    let grain = core.len() == 1 && grain_of(scene).is_some();
    let named = scene.mentions.iter().any(|m| (m.first, m.end) == (core.start, core.end));
    let to_date = core.len() == 2
        && scene.has_phrase(core.clone(), list!("ytd"))
        && core.clone().any(|i| scene.tokens.number(i).is_some_and(|n| n.year().is_some()));
    let horizon = core == scene.range && sessions_on(scene).is_some();
    since || short || horizon || grain || named || to_date || scene.times.iter().any(whole)
}

/// `Week`, `1-Day %`, `Month`: a column of changes over that much time.
fn grain_of(scene: &Scene) -> Option<Expr> {
    scene.range.clone().find_map(|i| match scene.key(i) {
        "day" | "daily" => Some(Expr::ToDate(Grain::Day)),
        "week" | "weekly" | "wk" => Some(Expr::ToDate(Grain::Week)),
        "month" | "monthly" => Some(Expr::ToDate(Grain::Month)),
        "quarter" | "quarterly" | "qtr" => Some(Expr::ToDate(Grain::Quarter)),
        "year" | "yearly" => Some(Expr::ToDate(Grain::Year)),
        _ => None,
    })
}

fn measure(scene: &Scene) -> Option<Measure> {
    scene.range.clone().find_map(|i| match scene.key(i) {
        "%" | "percent" | "pct" => Some(Measure::Percent),
        "percentage" if scene.key(i + 1).starts_with("point") => Some(Measure::PercentagePoints),
        "pp" | "ppts" | "ppt" => Some(Measure::PercentagePoints),
        "bps" | "bp" | "bp's" => Some(Measure::BasisPoints),
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
    // what a fund costs is no return
    let cost = list!("expense ratio|expense ratios|expenses|management fee|sales charge");
    if scene.has_phrase(scene.range.clone(), cost) {
        return Some("other");
    }
    if scene.range.len() == 1 && scene.key(scene.range.start) == "pe" {
        return Some("pe_trailing");
    }
    // bonds of high yield
    let high = |i: usize| scene.key(i.wrapping_sub(1)) == "high";
    let named = scene.cues.iter().find_map(|c| match c.signal {
        Signal::Metric("yield") if high(c.first) => None,
        Signal::Metric("pe") => Some("pe_trailing"),
        Signal::Metric(metric) if metric != "record_count" && metric != "weight" => Some(metric),
        // "Trailing returns"
        Signal::Lag if scene.key(c.first) == "trailing" => None,
        Signal::Beat | Signal::Lag => Some("return_spread"),
        _ => None,
    });
    let word = |list: &List| scene.range.clone().any(|i| any_of(scene.key(i), list));
    let apart = word(list!("gap|difference|outperformance|underperformance|excess"));
    // the value of `Russell 2000 Value` is no price
    let named_so = |i: usize| scene.mentions.iter().any(|m| (m.first..m.end).contains(&i));
    let level = scene.range.clone().any(|i| {
        any_of(scene.key(i), list!("close|closing|level|last|price|value|friday's")) && !named_so(i)
    });
    let change =
        scene.cues.iter().any(|c| matches!(c.signal, Signal::Change | Signal::Up | Signal::Down));
    named
        .or(apart.then_some("return_spread"))
        .or(change.then_some("return"))
        .or(level.then_some("level"))
}
