//! Days of states: levels, ratios, rates, streaks, ranks, decisions.

use jiff::civil::Date;

use super::super::metric::Reading;
use super::super::number::{Measure, Quantity};
use super::super::period::{self, Expr, Time};
use super::{Moments, is_horizon, is_quoted, is_valuation};
use crate::time::{CalendarPeriod, Grain, Period};

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
        self.state(reading.metric, time)
    }

    /// A state as of a day.
    pub(super) fn state(&self, metric: &str, time: Option<Time>) -> Vec<Period> {
        let at = |d: Date| Period::At(CalendarPeriod::day(d));
        let day = self.state_day(metric, None).map(at);
        let Some(time) = time.filter(|_| metric != "constituents") else {
            return self.outlook(metric).or(day).into_iter().collect();
        };
        match time.expr {
            Expr::Span(p) | Expr::Since(p) if p.grain == Grain::Day => {
                vec![Period::At(p), Period::Calendar(p)]
            }
            Expr::Span(p) if is_valuation(metric) && self.is_now(p) => day.into_iter().collect(),
            Expr::Span(p) if time.as_of && self.is_past(p) && metric != "policy_rate" => {
                vec![at(p.last_day()), Period::Calendar(p)]
            }
            Expr::Span(p) => vec![Period::Calendar(p), at(p.last_day())],
            Expr::Range(a, b) => vec![Period::Between(a, b)],
            Expr::ToDate(grain) if metric == "share" || metric == "other" => {
                let week = self.anchor.session.map(|d| CalendarPeriod::containing(grain, d));
                week.map(Period::Calendar).into_iter().collect()
            }
            _ => day.into_iter().collect(),
        }
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
        let remembered =
            self.remembered.as_of.filter(|p| self.is_past(*p)).map(CalendarPeriod::last_day);
        let sentence = day(self.remembered.sentence).filter(|_| is_quoted(metric));
        day(time.map(|t| t.expr))
            .or(day(self.remembered.heading))
            .or(remembered)
            .or(sentence)
            .or(self.day(metric))
    }
}
