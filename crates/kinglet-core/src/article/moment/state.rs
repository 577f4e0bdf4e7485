//! Days of states: levels, ratios, rates, streaks, ranks, decisions.

use jiff::civil::Date;

use super::super::metric::Reading;
use super::super::number::{End, Measure, Quantity};
use super::super::period::{self, Expr, Time};
use super::super::token::any_of;
use super::{Moments, is_closing, is_horizon, is_measured, is_quoted, is_state, is_valuation};
use crate::time::{CalendarPeriod, Grain, Length, LengthUnit, Period};

/// Words with which a streak is over.
const BROKEN: &str = "snapping|snapped|snap|snaps|breaking|broke|breaks|ending|ended|ends|halting|\
    halted|interrupting|interrupted";

/// Words behind which a decision of the Fed is still to come.
const AHEAD: &str = "expect|expects|expected|will|would|could|may|might|priced|pricing|price|odds|\
    chance|chances|probability|likely|futures|traders|if|whether|should|likelihood|discount";

impl Moments<'_> {
    /// A change of the policy rate belongs to a meeting or its month, an outlook to what it is for.
    pub(super) fn decision(
        &self,
        q: &Quantity,
        found: Option<(usize, Time)>,
        metric: &str,
    ) -> Vec<Period> {
        let span = |e: Expr| match e {
            Expr::Span(p) | Expr::Range(_, p) => Some(p),
            _ => None,
        };
        let own = found.and_then(|(cost, t)| {
            let near = |p: &CalendarPeriod| cost <= 8 || p.grain > Grain::Day && cost <= 16;
            // "cuts by the end of December" are those of the year
            let whole = |p: CalendarPeriod| {
                let december = p == CalendarPeriod::month(p.last_day().year(), 12);
                let year = december && self.closes(&t) && !self.is_past(p);
                if year { CalendarPeriod::year(p.last_day().year()) } else { p }
            };
            span(t.expr).filter(|p| near(p) || self.is_meeting(&t)).map(whole)
        });
        let made = metric == "rate_change"
            && !self.scene.has_phrase(self.scene.range.start..q.first, AHEAD);
        let day = |p: &CalendarPeriod| p.grain == Grain::Day && self.is_past(*p);
        let memory = &self.remembered;
        let decided = [memory.figure, memory.sentence].map(|e| e.and_then(span).filter(day));
        let decided = decided.into_iter().flatten().next().filter(|_| made);
        let carried = self.remembered.sentence.and_then(span);
        let carried = decided.or(carried.filter(|_| metric == "cut_probability"));
        let month = |d: Date| CalendarPeriod::containing(Grain::Month, d);
        let period = own.or(carried).or(self.anchor.session.map(month));
        period.map(Period::Calendar).into_iter().collect()
    }

    /// Whether a time says when the Fed meets: `at its December 14 meeting`, `a September cut`.
    pub(super) fn is_meeting(&self, time: &Time) -> bool {
        let noun = "meeting|gathering|cut|hike|move|decision|increase|reduction|fomc|easing";
        any_of(self.scene.key(time.end), noun)
    }

    /// Whether the end of a time is meant: `by the end of December`.
    fn closes(&self, time: &Time) -> bool {
        time.first.checked_sub(3).is_some_and(|i| self.scene.has_phrase(i..i + 1, "the end of"))
    }

    /// The window of a past average or range: `its 5-year average range of …`.
    pub(super) fn window(&self, q: &Quantity, time: Option<Time>) -> Vec<Period> {
        let day = self.state_day("pe_average", time.filter(|t| !is_horizon(t.expr)));
        let length = self.scene.times.iter().rev().filter(|t| t.first < q.end + 8).find_map(|t| {
            match t.expr {
                Expr::Length(l) | Expr::Trailing(l) => Some(l),
                _ => None,
            }
        });
        day.zip(length).map(|(day, length)| Period::Trailing(length, day)).into_iter().collect()
    }

    /// The last unit of a streak, or the day on which it was counted.
    pub(super) fn streak(
        &self,
        q: &Quantity,
        reading: &Reading,
        time: Option<Time>,
    ) -> Vec<Period> {
        let unit = match reading.unit {
            "years" => Grain::Year,
            "months" => Grain::Month,
            _ => Grain::Day,
        };
        let at =
            |d: Option<Date>| d.map(|d| Period::At(CalendarPeriod::day(d))).into_iter().collect();
        let session = self.anchor.session;
        let expr = time.map(|t| t.expr).or(self.remembered.sentence);
        let ended = self.scene.has_phrase(q.first.saturating_sub(4)..q.first, BROKEN);
        match expr {
            Some(Expr::Span(p)) if ended && p.grain == unit && unit > Grain::Day => {
                vec![Period::Calendar(p.plus(-1))]
            }
            Some(Expr::Range(a, b)) => vec![Period::Between(a, b)],
            Some(Expr::Span(p)) if p.grain == Grain::Day => {
                vec![Period::At(p), Period::Calendar(p)]
            }
            Some(Expr::Since(p)) if p.grain == Grain::Year => at(session),
            Some(Expr::Span(p) | Expr::Since(p)) if p.grain >= unit => {
                let running = session.is_some_and(|d| p.first_day() <= d && d <= p.last_day());
                if running && p.grain > unit { at(session) } else { vec![Period::Calendar(p)] }
            }
            Some(Expr::Span(_) | Expr::Since(_)) => at(self.anchor.published),
            _ => at(session),
        }
    }

    /// `first time in 30 years` looks back; `17-month high of 1,705.21` is dated like the level.
    pub(super) fn rank(&self, q: &Quantity, reading: &Reading) -> Vec<Period> {
        let noun = (2..=6).find_map(|n| Grain::from_name(self.scene.before(q, n)));
        if let Some((_, Period::Calendar(p))) = self.remembered.former.filter(|_| !q.adjective)
            && noun == Some(p.grain)
        {
            return vec![Period::At(p), Period::Calendar(p)];
        }
        if let Measure::Duration(unit) = q.measure
            && !q.adjective
            && let (Some(length), Some(day)) =
                (period::length_of(q.value, unit), self.anchor.published)
        {
            return vec![Period::Trailing(length, day)];
        }
        let level = self
            .scene
            .quantities
            .iter()
            .find(|o| o.first >= q.end && o.first - q.end <= 5 && o.measure == Measure::Plain);
        let time = self.time(level.unwrap_or(q), "level").map(|(_, t)| t);
        self.state(q, reading.metric, time)
    }

    /// A state as of a day.
    pub(super) fn state(&self, q: &Quantity, metric: &str, time: Option<Time>) -> Vec<Period> {
        let at = |d: Date| Period::At(CalendarPeriod::day(d));
        let day = self.state_day(metric, None).map(at);
        if metric == "level" && time.is_none() && self.is_record(q) {
            return Vec::new();
        }
        let Some(time) = time.filter(|_| metric != "constituents") else {
            return self.outlook(metric).or(self.former(q, metric)).or(day).into_iter().collect();
        };
        if is_quoted(metric)
            && let Some(first) = self.start_of(q, &time)
        {
            return vec![at(first)];
        }
        match time.expr {
            Expr::Span(p) | Expr::Since(p) if p.grain == Grain::Day => {
                vec![Period::At(p), Period::Calendar(p)]
            }
            Expr::Span(p) if is_valuation(metric) && self.is_now(p) => day.into_iter().collect(),
            Expr::Span(p)
                if time.as_of
                    && self.is_past(p)
                    && !any_of(metric, "policy_rate|inflation|unemployment|pmi") =>
            {
                let closing = is_closing(metric);
                let end = if closing { last_weekday(p) } else { p.last_day() };
                vec![at(end), Period::Calendar(p)]
            }
            Expr::Span(p) if is_closing(metric) && self.is_past(p) && !self.is_peak(q, &time) => {
                vec![at(last_weekday(p)), Period::Calendar(p)]
            }
            Expr::ToDate(grain) if is_closing(metric) && self.ends(&time) => {
                let over = self.spoken_of(grain, &time).filter(|p| self.is_past(*p));
                let end = over.map(last_weekday).or(self.anchor.session);
                end.map(at).into_iter().collect()
            }
            Expr::Span(p) if metric == "weight" && !self.is_past(p) => day.into_iter().collect(),
            Expr::Span(p) if metric == "unemployment" && p.grain == Grain::Month => {
                vec![Period::At(p), Period::Calendar(p)]
            }
            Expr::Span(p) => vec![Period::Calendar(p), at(p.last_day())],
            Expr::Range(_, b) if is_closing(metric) && self.is_past(b) => vec![at(last_weekday(b))],
            Expr::Range(a, b) => vec![Period::Between(a, b)],
            Expr::Until(length, day) if metric != "inflation" => {
                vec![Period::Trailing(length, day)]
            }
            Expr::Until(_, day) => {
                vec![Period::Calendar(CalendarPeriod::containing(Grain::Month, day))]
            }
            Expr::Trailing(length) if metric != "inflation" => self
                .anchor
                .session
                .filter(|_| is_measured(metric))
                .or(day.and_then(Period::last_day))
                .map(|day| Period::Trailing(length, day))
                .into_iter()
                .collect(),
            Expr::Ago(length) => self.before(metric, length).into_iter().collect(),
            Expr::Same(_) => match self.remembered.sentence.or(self.remembered.title) {
                Some(Expr::Span(p)) if self.is_past(p) && is_quoted(metric) => {
                    vec![at(last_weekday(p))]
                }
                _ => day.into_iter().collect(),
            },
            Expr::ToDate(grain) if metric == "share" || metric == "other" => {
                let week = self.anchor.session.map(|d| CalendarPeriod::containing(grain, d));
                week.map(Period::Calendar).into_iter().collect()
            }
            _ => day.into_iter().collect(),
        }
    }

    /// A state so long before: monthly figures before the month that was spoken of.
    fn before(&self, metric: &str, length: Length) -> Option<Period> {
        let months = match length.unit {
            LengthUnit::Months => i32::from(length.count),
            LengthUnit::Years => 12 * i32::from(length.count),
            _ => 0,
        };
        if any_of(metric, "inflation|unemployment|pmi|gdp_growth") {
            let Some(Expr::Span(p)) = self.remembered.figure else { return None };
            let earlier = p.plus(-months);
            let month = p.grain == Grain::Month && months > 0;
            let rate = metric == "unemployment";
            let then = if rate { Period::At(earlier) } else { Period::Calendar(earlier) };
            return month.then_some(then);
        }
        let day = match self.remembered.figure {
            Some(Expr::Span(p)) if p.grain == Grain::Day => p.first_day(),
            _ => self.state_day(metric, None)?,
        };
        let month = CalendarPeriod::containing(Grain::Month, day);
        if months > 0 && day == last_weekday(month) {
            return Some(Period::At(CalendarPeriod::day(last_weekday(month.plus(-months)))));
        }
        let back = match length.unit {
            LengthUnit::Weeks => jiff::Span::new().weeks(i64::from(length.count)),
            LengthUnit::Sessions => return None,
            _ => jiff::Span::new().months(i64::from(months)),
        };
        let then = CalendarPeriod::day(day.checked_sub(back).ok()?);
        Some(Period::At(CalendarPeriod::day(last_weekday(then))))
    }

    /// Whether a level is a high or low: `its record close of 2,442.74`.
    pub(super) fn is_extreme(&self, q: &Quantity) -> bool {
        let noun = "high|highs|record|peak|low|lows|trough|bottom|top|close";
        (1..=5).any(|n| any_of(self.scene.before(q, n), noun))
    }

    /// Whether a level is that of a record whose day is not said: `below its all-time high of
    /// 2,442.74`.
    fn is_record(&self, q: &Quantity) -> bool {
        let key = |n: usize| self.scene.before(q, n);
        let of = key(1) == "of" || matches!(key(1), "(" | ",");
        let noun = any_of(key(2), "high|highs|record|peak|low|lows|trough|bottom");
        let known = (3..=7).any(|n| any_of(key(n), "its|the|'s"));
        let made = (3..=9).any(|n| {
            any_of(key(n), "closed|close|closing|ended|finished|hit|reached|set|touched|posted|at")
        });
        of && noun && known && !made
    }

    /// Where the figure before leaves a level: the end of a change that led to it, the session
    /// before the one that it rose from.
    fn former(&self, q: &Quantity, metric: &str) -> Option<Period> {
        let (former, period) = self.remembered.former?;
        let (at, from) = (self.scene.before(q, 1) == "at", self.scene.before(q, 1) == "from");
        let to = at || any_of(self.scene.before(q, 1), "to|between|of");
        let last = period.last_day().filter(|d| self.anchor.published.is_none_or(|p| *d <= p))?;
        let state = matches!(period, Period::At(_));
        let day = match metric {
            "policy_rate" if former == "rate_change" => {
                let day = matches!(period, Period::Calendar(p) if p.grain == Grain::Day);
                day.then_some(if from { before(last) } else { last })?
            }
            "policy_rate" if former == metric && state && q.range == Some(End::High) => last,
            _ if !is_closing(metric) => return None,
            _ if to && !state && (!is_state(former) || former == metric) => {
                last_weekday(CalendarPeriod::day(last))
            }
            _ if from && former == metric && state => before(last),
            _ => return None,
        };
        Some(Period::At(CalendarPeriod::day(day)))
    }

    /// The close with which a time begins, for a level that stood there: `began the quarter at
    /// 2.32%`, `in August went from 2.02%`.
    fn start_of(&self, q: &Quantity, time: &Time) -> Option<Date> {
        let near = |n: usize| any_of(self.scene.before(q, n), "from");
        let own = time.first >= q.end || self.ends(time);
        let from = near(1) || near(2) && any_of(self.scene.before(q, 1), "about|around|just|a");
        if !self.begins(time) && (!from || own) {
            return None;
        }
        let before = |p: CalendarPeriod| last_weekday(p.plus(-1));
        match time.expr {
            Expr::Span(p) => Some(before(p)),
            Expr::ToDate(grain) => self.spoken_of(grain, time).map(before),
            Expr::Range(from, _) | Expr::Since(from) => Some(last_weekday(from)),
            _ => None,
        }
    }

    /// The week, month, quarter or year that `closed the month` means: that of a time named before
    /// it, else the one that is reported on.
    fn spoken_of(&self, grain: Grain, time: &Time) -> Option<CalendarPeriod> {
        let named = self.scene.times.iter().rev().filter(|t| t.end <= time.first).map(|t| t.expr);
        let memory = &self.remembered;
        let carried = [memory.sentence, memory.heading, memory.title].into_iter().flatten();
        let day = named.chain(carried).find_map(|e| match e {
            Expr::Span(p) if p.grain <= grain && self.is_past(p) => Some(p.last_day()),
            _ => None,
        });
        day.or(self.anchor.session).map(|day| CalendarPeriod::containing(grain, day))
    }

    /// Whether a time says what began at a level: `which began the quarter at 2.32%`.
    pub(super) fn begins(&self, time: &Time) -> bool {
        let verbs = "began|begin|begun|started|start|entered|opened|starting|beginning|opening";
        let at = |n: usize| time.first.checked_sub(n).map_or("", |i| self.scene.key(i));
        let noun = any_of(at(1), "of|the") && (any_of(at(2), verbs) || any_of(at(3), verbs));
        any_of(self.scene.key(time.first), verbs) || any_of(at(1), verbs) || noun
    }

    /// Whether a time says what closed with a level: `closing November at`, `ended 2024 at`.
    pub(super) fn ends(&self, time: &Time) -> bool {
        let verbs = "closing|closed|close|closes|ended|ending|end|ends|finished|finishing|finish";
        let at = |n: usize| time.first.checked_sub(n).map_or("", |i| self.scene.key(i));
        any_of(self.scene.key(time.first), verbs)
            || any_of(at(1), verbs)
            || any_of(at(1), "the|of|its|at|in") && any_of(at(2), verbs)
    }

    /// Whether a level is the highest or lowest of a month or year, on a day that is not said:
    /// `peaked near 3.5% in mid-June`, `closed as high as 68.51 in November`.
    fn is_peak(&self, q: &Quantity, time: &Time) -> bool {
        let words = "peaked|bottomed|topped|peak|trough|high|highs|low|lows|highest|lowest|record|\
            hit|touched|reached|top|bottom|intraday|crossed|broke|passed|surpassed|spiked";
        !self.ends(time) && (1..=6).any(|n| any_of(self.scene.before(q, n), words))
    }

    /// The year ahead that the figure before was for: `2026 growth near 2.3%, inflation about
    /// 2.4%`.
    fn outlook(&self, metric: &str) -> Option<Period> {
        let economy = matches!(metric, "inflation" | "unemployment" | "policy_rate" | "other");
        match self.remembered.figure {
            Some(Expr::Span(p)) if economy && p.grain == Grain::Year && !self.is_past(p) => {
                Some(Period::Calendar(p))
            }
            _ => None,
        }
    }

    /// The day of a state that the sentence does not date.
    pub(super) fn state_day(&self, metric: &str, time: Option<Time>) -> Option<Date> {
        let day = |e: Option<Expr>| match e {
            Some(Expr::Span(p)) if p.grain == Grain::Day => Some(p.last_day()),
            _ => None,
        };
        let dated = is_quoted(metric) || is_valuation(metric);
        let as_of = self.remembered.as_of.filter(|p| dated && self.is_past(*p));
        let remembered = as_of.map(CalendarPeriod::last_day);
        let sentence = day(self.remembered.sentence).filter(|_| is_quoted(metric));
        day(time.map(|t| t.expr))
            .or(day(self.remembered.heading))
            .or(remembered)
            .or(sentence)
            .or(self.day(metric))
    }
}

/// The last weekday before a day.
fn before(day: Date) -> Date {
    last_weekday(CalendarPeriod::day(day).plus(-1))
}

/// The last weekday of a period.
pub(in crate::article) fn last_weekday(p: CalendarPeriod) -> Date {
    let last = p.last_day();
    let back = (i64::from(last.weekday().to_monday_one_offset()) - 5).max(0);
    last.checked_sub(jiff::Span::new().days(back)).unwrap_or(last)
}
