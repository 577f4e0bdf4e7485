//! Days of states: levels, ratios, rates, streaks, ranks, decisions.

use jiff::civil::Date;

use super::super::metric::Reading;
use super::super::number::{Measure, Quantity};
use super::super::period::{self, Expr, Time, last_session};
use super::super::token::any_of;
use super::{Moments, is_close, is_horizon, is_measured, is_quoted, is_released, is_valuation};
use crate::time::{CalendarPeriod, Grain, Length, LengthUnit, Period};

impl Moments<'_> {
    /// A change of the policy rate belongs to a meeting or its month, an outlook to what it is for.
    pub(super) fn decision(&self, found: Option<(usize, Time)>, metric: &str) -> Vec<Period> {
        let span = |e: Expr| match e {
            Expr::Span(p) | Expr::Range(_, p) => Some(p),
            _ => None,
        };
        let own = found.and_then(|(cost, t)| {
            span(t.expr).filter(|p| cost <= 8 || p.grain > Grain::Day && cost <= 16)
        });
        let carried =
            self.remembered.sentence.and_then(span).filter(|_| metric == "cut_probability");
        let month = |d: Date| CalendarPeriod::containing(Grain::Month, d);
        let period = own.or(carried).or(self.anchor.session.map(month));
        period.map(Period::Calendar).into_iter().collect()
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
    pub(super) fn streak(&self, reading: &Reading, time: Option<Time>) -> Vec<Period> {
        let unit = match reading.unit {
            "years" => Grain::Year,
            "months" => Grain::Month,
            _ => Grain::Day,
        };
        let at =
            |d: Option<Date>| d.map(|d| Period::At(CalendarPeriod::day(d))).into_iter().collect();
        let session = self.anchor.session;
        let expr = time.map(|t| t.expr).or(self.remembered.sentence);
        match expr {
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
            return self.outlook(metric).or(day).into_iter().collect();
        };
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
                vec![at(last_session(p)), Period::Calendar(p)]
            }
            Expr::Span(p) if is_close(metric) && self.is_past(p) && !self.is_touched(q, &time) => {
                vec![at(last_session(p)), Period::Calendar(p)]
            }
            Expr::Span(p) if is_released(metric) && p.grain == Grain::Month && self.is_past(p) => {
                vec![Period::At(p), Period::Calendar(p)]
            }
            Expr::ToDate(grain) if is_quoted(metric) && self.begins(&time) => {
                let now = self.anchor.session.map(|d| CalendarPeriod::containing(grain, d));
                now.map(|p| at(last_session(p.plus(-1)))).into_iter().collect()
            }
            Expr::Span(p) => vec![Period::Calendar(p), at(p.last_day())],
            Expr::Range(a, b) => vec![Period::Between(a, b)],
            Expr::Until(length, day) if metric != "inflation" => {
                vec![Period::Trailing(length, day)]
            }
            Expr::Until(_, day) => {
                let month = CalendarPeriod::containing(Grain::Month, day);
                vec![Period::At(month), Period::Calendar(month)]
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
                    vec![at(last_session(p))]
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
            let month = p.grain == Grain::Month && months > 0;
            let then = p.plus(-months);
            let released = if is_released(metric) { Period::At } else { Period::Calendar };
            return month.then(|| released(then));
        }
        let day = self.state_day(metric, None)?;
        let back = match length.unit {
            LengthUnit::Weeks => jiff::Span::new().weeks(i64::from(length.count)),
            LengthUnit::Sessions => return None,
            _ => jiff::Span::new().months(i64::from(months)),
        };
        let then = CalendarPeriod::day(day.checked_sub(back).ok()?);
        Some(Period::At(CalendarPeriod::day(last_session(then))))
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

    /// Whether a time says what began at a level: `which began the quarter at 2.32%`.
    fn begins(&self, time: &Time) -> bool {
        let verbs = "began|begin|begun|started|start|entered|opened|starting|beginning";
        let before = time.first.checked_sub(1).map_or("", |i| self.scene.key(i));
        any_of(self.scene.key(time.first), verbs) || any_of(before, verbs)
    }

    /// Whether a level is one that was only touched in a period, or set as a record at some time
    /// in it: `in November it closed as high as 68.51`, `the 2,442.74 reached in November 2021`.
    fn is_touched(&self, q: &Quantity, time: &Time) -> bool {
        let touched = "high|highs|record|peak|peaked|low|lows|trough|bottomed|hit|reached|touched|\
            set|topped|nearly|above|below";
        let before = |n: usize| time.first.checked_sub(n).map_or("", |i| self.scene.key(i));
        let dated = any_of(before(1), "in|during") && any_of(before(2), touched);
        dated || (1..=4).any(|n| any_of(self.scene.before(q, n), touched))
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
