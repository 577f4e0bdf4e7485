//! Over which period, or as of which day, a quantity is said to hold: the time expression that
//! belongs to it, in the sentence, the heading or the sentences before, made a period of the
//! vocabulary.

mod beaten;
mod binding;
mod candidate;
mod change;
mod counted;
mod event;
mod ledger;
mod level;
mod outlook;
mod season;
mod state;
mod tally;

use std::sync::LazyLock;

use super::words::list;
use jiff::civil::Date;

use super::block::BlockKind;
use super::choice::{Noted, Sum, rank};
use super::claim::Claim;
use super::metric::Reading;
use super::number::{Measure, Quantity};
use super::period::{Anchor, Expr, Time, last_session};
use super::scene::Scene;
use super::token::any_of;
use crate::time::{
    Calendar, CalendarPeriod, Grain, Interval, Length, LengthUnit, Period, session_up_to,
};

use candidate::{Candidates, Meant};
pub(super) use change::{after, to_month_end};
pub(super) use ledger::Ledger;
pub(super) use outlook::Outlook;
pub(super) use season::Season;

/// Times known from before the sentence.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(super) struct Remembered {
    /// From the heading of the list.
    pub(super) heading: Option<Expr>,
    /// From the sentence before, in the same paragraph.
    pub(super) sentence: Option<Expr>,
    /// From the figure before, in the same sentence.
    pub(super) figure: Option<Expr>,
    /// The measure and period of the figure before, in the same sentence.
    pub(super) former: Option<(&'static str, Period)>,
    /// Whether the figure before is said of something else.
    pub(super) other_entity: bool,
    /// The last `as of` day of the paragraph.
    pub(super) as_of: Option<CalendarPeriod>,
    /// The last horizon of an event in the paragraph.
    pub(super) horizon: Option<Length>,
    /// The stretch of time that a study in the paragraph looks at.
    pub(super) stretch: Option<Expr>,
    /// The one that the article last looked at.
    pub(super) study: Option<Expr>,
    /// The years of the sample that the paragraph counts.
    pub(super) sample: Option<Period>,
    /// The part of the year that the paragraph looks at.
    pub(super) season: Option<Season>,
    /// The part of the year that the article last looked at.
    pub(super) seasonal: Option<Season>,
    /// The years of the sample that the article last counted.
    pub(super) sampled: Option<Period>,
    /// How long the streak was that the paragraph told of last.
    pub(super) streak: Option<Length>,
    /// Whether the paragraph counts cases.
    pub(super) cases: bool,
    /// What the block at hand is.
    pub(super) block: Option<BlockKind>,
    /// The last month or day of the past that was named.
    pub(super) past: Option<CalendarPeriod>,
    /// The last day of the past that was named in the paragraph.
    pub(super) day: Option<CalendarPeriod>,
    /// The last month, quarter and year that were named and are over.
    pub(super) reports: [Option<CalendarPeriod>; 3],
    /// The period of the title.
    pub(super) title: Option<Expr>,
    /// The times that were named last in the paragraph, with how many sentences ago, newest first.
    pub(super) trail: [Option<(Expr, u8)>; 6],
    /// The last figures of the paragraph before this one, newest first.
    pub(super) spoken: [Option<(&'static str, Period, u8)>; 4],
}

impl Remembered {
    /// Keeps a period that is over and was named.
    pub(super) fn name(&mut self, p: CalendarPeriod) {
        match p.grain {
            Grain::Month => self.reports[0] = Some(p),
            Grain::Quarter => self.reports[1] = Some(p),
            Grain::Year => self.reports[2] = Some(p),
            _ => {}
        }
    }

    /// Lets sentences go by.
    pub(super) fn grow_older(&mut self, sentences: u8) {
        let trail = self.trail.iter_mut().flatten().map(|(_, age)| age);
        let spoken = self.spoken.iter_mut().flatten().map(|(.., age)| age);
        trail.chain(spoken).for_each(|age| *age = age.saturating_add(sentences));
    }

    /// The period that the whole article is about, if its head says so.
    pub(super) fn report_on(&mut self, period: Option<CalendarPeriod>) {
        self.title = period.map(Expr::Span);
        period.into_iter().for_each(|p| self.name(p));
    }
}

/// Binds quantities of one sentence to periods.
pub(super) struct Moments<'a> {
    pub(super) scene: &'a Scene<'a>,
    pub(super) anchor: Anchor,
    pub(super) remembered: Remembered,
    pub(super) outlook: &'a Outlook,
}

/// The years from which a study looks back, up to the day of publication.
pub(super) fn since(study: Option<Expr>, anchor: Anchor) -> Option<Period> {
    let Some(Expr::Since(p)) = study else { return None };
    let from = CalendarPeriod::containing(Grain::Year, p.first_day());
    anchor.published.map(|day| Period::Between(from, CalendarPeriod::day(day)))
}

/// Whether a metric is a state rather than a change.
pub(super) fn is_state(metric: &str) -> bool {
    any_of(
        metric,
        list!(
            "level|distance_from_high|pe_trailing|pe_forward|pe_average|\
        pe_range|pe_discount|ratio_to|fair_value_discount|\
        dividend_yield|price_to_book|debt|debt_share|margin|\
        unprofitable_share|policy_rate|unemployment|pmi|yield|beta|\
        correlation|sharpe|var|cvar|percentile|z_score|aum|\
        market_cap|weight|constituents|share|moving_average|rank|\
        streak|volatility|inflation|other"
        ),
    )
}

/// Whether a state is reported by the market day by day, so that it is one of the last session.
fn is_quoted(metric: &str) -> bool {
    any_of(metric, list!("level|distance_from_high|yield|rank|streak|moving_average"))
}

/// Whether a state is that of a close, so that of a month it is the last one.
fn is_close(metric: &str) -> bool {
    any_of(metric, list!("level|yield|moving_average|distance_from_high|aum"))
}

/// Whether a state is published for a month.
fn is_released(metric: &str) -> bool {
    any_of(metric, list!("inflation|unemployment"))
}

/// Whether a state belongs to "now" even where the year or month of publication is named.
fn is_valuation(metric: &str) -> bool {
    metric.starts_with("pe_")
        || any_of(
            metric,
            list!(
                "ratio_to|fair_value_discount|price_to_book|dividend_yield|\
               debt|debt_share|unprofitable_share|market_cap|aum|\
               constituents|margin"
            ),
        )
}

/// Whether a state is worked out from closes, so that its window ends with the last session.
fn is_measured(metric: &str) -> bool {
    any_of(metric, list!("volatility|sharpe|beta|correlation|var|cvar"))
}

fn is_event(metric: &str) -> bool {
    metric.starts_with("event_")
}

fn is_horizon(expr: Expr) -> bool {
    matches!(expr, Expr::Ahead(_) | Expr::Length(_))
}

/// How likely the period is at least that a count says itself.
const SAID_ITSELF: f64 = 0.5;

/// How likely a period must be to be compared with likelier ones.
const COMPARED: f64 = 0.01;

/// Names of the same stretch of sessions are one choice (`2018-03` and `mtd@2018-03-29`), under the
/// name that the rules give, or else the likeliest.
fn pooled(
    ranked: impl ExactSizeIterator<Item = (Option<Period>, f64)>,
    ruled: &[Period],
    state: bool,
    anchor: Anchor,
) -> Vec<(Option<Period>, f64)> {
    let sessions = |period: Period| match period {
        // a state on a day and of a day is one
        Period::Calendar(p) if state && p.grain == Grain::Day => Period::At(p),
        period => so_far(period, anchor),
    };
    let mut out: Vec<(Option<Period>, f64)> = Vec::with_capacity(ranked.len());
    let mut stretches = Vec::with_capacity(ranked.len());
    let count = ranked.len();
    for (period, share) in ranked {
        let compared = period.filter(|_| share > COMPARED);
        let stretch = compared.and_then(|period| stretch(sessions(period)));
        match stretches.iter().position(|s| stretch.is_some() && *s == stretch) {
            Some(at) => {
                out[at].1 += share;
                let known = out[at].0.is_some_and(|p| ruled.contains(&p));
                if !known && period.is_some_and(|p| ruled.contains(&p)) {
                    out[at].0 = period;
                }
            }
            None => {
                out.push((period, share));
                stretches.push(stretch);
            }
        }
    }
    if out.len() < count {
        out.sort_by(|a, b| b.1.total_cmp(&a.1));
    }
    out
}

/// A period that is not over is told of as far as it has come: `2025` in September is the year to
/// date.
pub(super) fn so_far(period: Period, anchor: Anchor) -> Period {
    match (period, anchor.published, anchor.session) {
        (Period::Calendar(p), Some(published), Some(session))
            if p.first_day() <= session && published < last_session(p) && p.grain > Grain::Day =>
        {
            Period::ToDate(p.grain, session)
        }
        _ => period,
    }
}

/// The sessions of a period, by which readings are told apart; none for open ones.
pub fn stretch(period: Period) -> Option<Interval> {
    static SESSIONS: LazyLock<Calendar> =
        LazyLock::new(|| Calendar::nyse(Date::constant(2100, 1, 1), &[]));
    period.resolve(&SESSIONS).ok()
}

impl Moments<'_> {
    /// The period of a figure and other readings of it.
    pub(super) fn of(&self, q: &Quantity, reading: &Reading) -> (Option<Period>, Vec<Period>) {
        let readings = self.readings(q, reading);
        let mut unique: Vec<Period> = Vec::new();
        for period in readings {
            if !unique.contains(&period) {
                unique.push(period);
            }
        }
        let best = if unique.is_empty() { None } else { Some(unique.remove(0)) };
        (best, unique)
    }

    /// Chooses among all periods that a figure may be of, those of the rules among them.
    pub(super) fn choose(
        &self,
        q: &Quantity,
        reading: &Reading,
        ruled: &[Period],
        ledger: &Ledger,
    ) -> Vec<(Option<Period>, f64)> {
        let choices = self.scene.choices;
        let ranked = if choices.lessons.is_some() {
            let candidates = Candidates::<Noted>::of(self, q, reading, ruled, ledger);
            let span = self.scene.tokens.span(q.first, q.end);
            let printed = |m: &Meant| m.period.map_or("?".to_owned(), |p| p.to_string());
            choices.note("period", span, &candidates, printed);
            rank(&candidates)
        } else {
            rank(&Candidates::<Sum>::of(self, q, reading, ruled, ledger))
        };
        let state = is_state(reading.metric);
        let studied = |period| self.studied_years(reading, period);
        let ranked = ranked.into_iter().map(|(m, share)| (m.period.map(studied), share));
        let mut ranked = pooled(ranked, ruled, state, self.anchor);
        ranked.iter_mut().for_each(|(period, _)| *period = period.map(|p| self.whole(p)));
        if let Some(said) = self.counted_over(q, reading.metric) {
            let said = self.whole(studied(said));
            let known = ranked.iter().position(|(period, _)| *period == Some(said));
            let share = known.map_or(0.0, |at| ranked.remove(at).1);
            ranked.insert(0, (Some(said), share.max(SAID_ITSELF)));
        }
        ranked
    }

    /// A period to date under the name of the whole where that was over at publication, and of a
    /// weekend under that of its last session. A half has no name of its own to date.
    pub(super) fn whole(&self, period: Period) -> Period {
        let Period::ToDate(grain, day) = period else { return period };
        let of = |grain| CalendarPeriod::containing(grain, day);
        let (whole, day) = (of(grain), session_up_to(day));
        let over = self
            .anchor
            .published
            .is_some_and(|today| last_session(whole) < today || whole.last_day() <= today);
        let opens = of(Grain::Quarter).first_day() == whole.first_day();
        match grain {
            _ if over && stretch(Period::Calendar(whole)) == stretch(period) => {
                Period::Calendar(whole)
            }
            Grain::Half if opens => Period::ToDate(Grain::Quarter, day),
            Grain::Half if of(Grain::Year).first_day() == whole.first_day() => {
                Period::ToDate(Grain::Year, day)
            }
            Grain::Half => {
                let before = CalendarPeriod::day(last_session(whole.plus(-1)));
                Period::Between(before, CalendarPeriod::day(day))
            }
            _ => Period::ToDate(grain, day),
        }
    }

    /// Whether a time expression stands close enough to a figure to be its own.
    pub(super) fn has_own(&self, q: &Quantity, metric: &str) -> bool {
        self.time(q, metric).is_some_and(|(cost, _)| cost <= 6)
    }

    /// Whether any time expression is that of a figure.
    pub(super) fn has_time(&self, q: &Quantity, metric: &str) -> bool {
        self.time(q, metric).is_some()
    }

    /// The day as of which what has no date of its own is said.
    fn day(&self, metric: &str) -> Option<Date> {
        let quoted = is_quoted(metric) || !is_state(metric);
        if quoted { self.anchor.session } else { self.anchor.published }
    }

    fn readings(&self, q: &Quantity, reading: &Reading) -> Vec<Period> {
        let metric = reading.metric;
        let found = self.time(q, metric).filter(|_| !self.recalls(metric));
        let found = found.filter(|(_, time)| !self.shares_former(q, metric, time));
        self.dated_by(q, reading, found)
    }

    /// The periods of a figure if a time is its own, best first.
    fn dated_by(
        &self,
        q: &Quantity,
        reading: &Reading,
        found: Option<(usize, Time)>,
    ) -> Vec<Period> {
        let (metric, time) = (reading.metric, found.map(|(_, time)| time));
        if let Some(periods) = self.of_its_own(q, reading, found) {
            return periods;
        }
        let metric = if self.is_tally(q, metric) { "return" } else { metric };
        if self.is_state_of(q, metric) {
            return self.state(q, metric, time);
        }
        match (time, self.former_change(metric)) {
            (Some(time), _) => self.change(q, metric, time.expr, Some(time)),
            (None, Some(period @ Period::Trailing(length, day))) => {
                let by_month = to_month_end(length, day, self.anchor.published);
                [period].into_iter().chain(by_month).collect()
            }
            (None, Some(period)) => vec![period],
            (None, None) if self.rebound().is_some() => self.rebound().into_iter().collect(),
            (None, None) => match self.remembered_change(metric) {
                Some(expr) => self.change(q, metric, expr, time),
                None => self.default_change(metric),
            },
        }
    }

    /// The periods of a figure whose measure has rules of its own.
    fn of_its_own(
        &self,
        q: &Quantity,
        reading: &Reading,
        found: Option<(usize, Time)>,
    ) -> Option<Vec<Period>> {
        let (metric, time) = (reading.metric, found.map(|(_, time)| time));
        Some(match metric {
            "return" if self.recalls(metric) => self
                .remembered
                .horizon
                .map_or_else(Vec::new, |length| self.after_event(length, None)),
            "rate_change" | "cut_probability" => self.decision(q, found, metric),
            "pe_average" | "pe_range" => self.window(q, time),
            "streak" => self.streak(q, reading, time),
            "rank" => self.rank(q, reading),
            "other" if reading.entity == Some("FED") && self.is_vote(q) => self.vote(time),
            "record_count" if self.counts_year(q) => self.records(q, time),
            "return" | "point_change" | "return_spread" if let Some(p) = self.beaten(q) => vec![p],
            _ if self.is_tally(q, metric) => return None,
            _ if is_event(metric) => self.event(q, reading, found),
            _ => return None,
        })
    }

    /// Whether a figure is a state rather than a change.
    fn is_state_of(&self, q: &Quantity, metric: &str) -> bool {
        is_state(metric) && (metric != "yield" || !self.is_move(q))
    }

    /// Whether a figure of a yield or spread is its change, rather than what it stood at.
    fn is_move(&self, q: &Quantity) -> bool {
        let stood = any_of(self.scene.before(q, 1), list!("at|is|was|to|are|were"))
            || self.scene.before(q, 1) == "of"
                && any_of(self.scene.before(q, 2), list!("spread|gap"));
        let by = self.scene.before(q, 1) == "by";
        !stood && (by || matches!(q.measure, Measure::BasisPoints | Measure::PercentagePoints))
    }

    /// Whether a time stands before another change of the same clause, whose own time is a
    /// different one: `fell on Tuesday, rose 2% on Thursday, while the Dow lost 1%`.
    fn shares_former(&self, q: &Quantity, metric: &str, time: &Time) -> bool {
        let Some(before) = self.scene.quantities.iter().rev().find(|o| {
            o.end <= q.first && !matches!(o.measure, Measure::Duration(_) | Measure::Ordinal)
        }) else {
            return false;
        };
        let own = time.first >= before.end + 3
            || time.first >= q.first
            || q.first <= time.end + 1
            || (before.end..time.first)
                .any(|i| any_of(self.scene.key(i), list!("and|but|while|whereas")))
            || !self.scene.sees(before, time.first);
        !own && !is_state(metric)
            && self.former_change(metric).is_some()
            && self.scene.boundary(before.end, q.first) <= 5
            && !(before.end..q.first).any(|i| any_of(self.scene.key(i), list!(";|:|—")))
    }

    /// The period of the change that was spoken of before in the sentence, which a change without
    /// a time of its own shares.
    fn former_change(&self, metric: &str) -> Option<Period> {
        let (former, period) = self.remembered.former?;
        let change =
            |m: &str| any_of(m, list!("return|point_change|return_spread|annualized_return"));
        let comparable = former == metric || change(former) && change(metric);
        (comparable && !matches!(period, Period::At(_))).then_some(period)
    }

    fn is_past(&self, p: CalendarPeriod) -> bool {
        self.anchor.published.is_none_or(|d| p.last_day() <= d)
    }

    fn is_now(&self, p: CalendarPeriod) -> bool {
        self.anchor.published.is_some_and(|d| p.first_day() <= d && d <= p.last_day())
    }
}

/// How long a streak is, if that is what a claim tells.
pub(super) fn streak_of(claim: &Claim) -> Option<Length> {
    let unit = match claim.unit {
        "days" => LengthUnit::Sessions,
        "months" => LengthUnit::Months,
        _ => return None,
    };
    let count = (2.0..100.0).contains(&claim.value).then_some(claim.value as u16)?;
    (claim.metric == "streak").then_some(Length { count, unit })
}

/// The expression of a period, for what follows it in the paragraph.
pub(super) fn expr_of(period: Period) -> Option<Expr> {
    match period {
        Period::Calendar(p) | Period::At(p) => Some(Expr::Span(p)),
        Period::ToDate(grain, _) => Some(Expr::ToDate(grain)),
        Period::Between(a, b) if b.grain != Grain::Day || a.grain == Grain::Day => {
            Some(Expr::Range(a, b))
        }
        _ => None,
    }
}
