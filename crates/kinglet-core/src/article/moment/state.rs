//! Days of states: levels, ratios, rates, streaks, ranks, decisions.

use super::super::words::{List, list};
use jiff::civil::Date;

use super::super::metric::Reading;
use super::super::number::{Measure, Quantity};
use super::super::period::{self, Anchor, Expr, Time, last_session};
use super::super::token::any_of;
use super::{Moments, is_horizon, is_measured, is_quoted, is_released, is_valuation};
use crate::time::{CalendarPeriod, Grain, Length, LengthUnit, Period};

/// Words with which a streak is over.
const BROKEN: &List = list!(
    "snapping|snapped|snap|snaps|breaking|broke|breaks|ending|ended|ends|halting|\
    halted|interrupting|interrupted"
);

/// Words behind which a decision of the Fed is still to come.
const AHEAD: &List = list!(
    "expect|expects|expected|will|would|could|may|might|priced|pricing|price|odds|\
    chance|chances|probability|likely|futures|traders|if|whether|should|likelihood|discount"
);

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
        let odds = metric == "cut_probability";
        // "as of Friday futures priced in 86%" is no day on which the Fed meets
        let quoted = |p: &CalendarPeriod| odds && p.grain == Grain::Day && self.is_past(*p);
        let own = own.map(|p| if odds { self.upcoming(p) } else { p }).filter(|p| !quoted(p));
        let priced = match self.remembered.former {
            Some(("cut_probability", Period::Calendar(p))) => Some(p),
            _ => None,
        };
        let carried = priced.filter(|_| metric == "rate_change" && !made).or(carried);
        let period = own.or(carried).or(self.anchor.session.map(month));
        period.map(Period::Calendar).into_iter().collect()
    }

    /// Whether a time says when the Fed meets: `at its December 14 meeting`, `a September cut`.
    pub(super) fn is_meeting(&self, time: &Time) -> bool {
        let noun = list!("meeting|gathering|cut|hike|move|decision|increase|reduction|fomc|easing");
        any_of(self.scene.key(time.end), noun)
    }

    /// The next month of that name, the next such day of a month: odds are of what is to come.
    fn upcoming(&self, p: CalendarPeriod) -> CalendarPeriod {
        let Some(published) = self.anchor.published.filter(|d| p.last_day() < *d) else {
            return p;
        };
        let age = (published - p.last_day()).get_days();
        let months = match p.grain {
            Grain::Month if (60..=330).contains(&age) => 12,
            Grain::Day if (7..=31).contains(&age) => 1,
            _ => return p,
        };
        let day = p.first_day().checked_add(jiff::Span::new().months(months));
        day.map_or(p, |day| CalendarPeriod::containing(p.grain, day))
    }

    /// Whether the end of a time is meant: `by the end of December`.
    fn closes(&self, time: &Time) -> bool {
        time.first
            .checked_sub(3)
            .is_some_and(|i| self.scene.has_phrase(i..i + 1, list!("the end of")))
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
        let noun = (q.first..q.end + 4).find_map(|i| Grain::from_name(self.scene.key(i)));
        let weekly = q.measure == Measure::Duration(LengthUnit::Weeks);
        if let Some(session) = self.anchor.session.filter(|_| weekly || noun == Some(Grain::Week))
            && !matches!(time.map(|t| t.expr), Some(Expr::Span(_) | Expr::Range(..)))
        {
            let week = CalendarPeriod::containing(Grain::Week, session);
            let to_date = Period::ToDate(Grain::Week, session);
            let day = Period::At(CalendarPeriod::day(session));
            return if last_session(week) == session {
                vec![Period::Calendar(week), to_date, day]
            } else {
                vec![day, to_date]
            };
        }
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
        if metric == "level" && time.is_none() && self.is_record(q) {
            return Vec::new();
        }
        if metric == "other" && self.scene.has_phrase(q.end..q.end + 3, list!("shares|contracts")) {
            return self.volume(time);
        }
        if is_quoted(metric) && self.is_current(q, time.as_ref()) {
            // a letter on a quarter that is over speaks of the day it is written
            let Anchor { published, session } = self.anchor;
            let late = |(p, s): &(Date, Date)| (*p - *s).get_days() > 6;
            let now = published.zip(session).filter(late).map(|(p, _)| p);
            return now.or(self.day(metric)).map(at).into_iter().collect();
        }
        let Some(time) = time.filter(|_| metric != "constituents") else {
            let released = self.outlook(metric).or(self.released(metric));
            let day = || self.state_day(metric, None).map(at);
            return released.or(self.former(q, metric)).or_else(day).into_iter().collect();
        };
        let closing = self.closing(q, metric, &time);
        if !closing.is_empty() {
            return closing;
        }
        self.dated(metric, &time)
    }

    /// A state as of a time that the sentence names.
    fn dated(&self, metric: &str, time: &Time) -> Vec<Period> {
        let at = |d: Date| Period::At(CalendarPeriod::day(d));
        let published = self.anchor.published;
        let day = || self.state_day(metric, None).map(at);
        match time.expr {
            Expr::Span(p) | Expr::Since(p) if p.grain == Grain::Day => {
                vec![Period::At(p), Period::Calendar(p)]
            }
            Expr::Span(p) if is_valuation(metric) && self.is_now(p) => day().into_iter().collect(),
            Expr::Span(p)
                if time.as_of
                    && self.is_past(p)
                    && !any_of(metric, list!("policy_rate|inflation|unemployment|pmi")) =>
            {
                vec![at(last_session(p)), Period::Calendar(p)]
            }
            Expr::Span(p)
                if (any_of(metric, list!("weight|share|unprofitable_share"))
                    || is_valuation(metric))
                    && !self.is_past(p)
                    && published.is_some_and(|d| d < p.first_day()) =>
            {
                day().into_iter().collect()
            }
            Expr::ToDate(Grain::Year) if metric == "policy_rate" => {
                let year = published.map(|d| CalendarPeriod::year(d.year()));
                year.map(Period::Calendar).into_iter().collect()
            }
            Expr::Span(p) if is_released(metric) && p.grain == Grain::Month && self.is_past(p) => {
                vec![Period::At(p), Period::Calendar(p)]
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
                .or(day().and_then(Period::last_day))
                .map(|day| Period::Trailing(length, day))
                .into_iter()
                .collect(),
            Expr::Ago(length) => self.before(metric, length).into_iter().collect(),
            Expr::Same(_) => match self.remembered.sentence.or(self.remembered.title) {
                Some(Expr::Span(p)) if self.is_past(p) && is_quoted(metric) => {
                    vec![at(last_session(p))]
                }
                _ => day().into_iter().collect(),
            },
            Expr::ToDate(grain) if metric == "share" || metric == "other" => {
                let week = self.anchor.session.map(|d| CalendarPeriod::containing(grain, d));
                week.map(Period::Calendar).into_iter().collect()
            }
            _ => day().into_iter().collect(),
        }
    }

    /// A state so long before: monthly figures before the month that was spoken of.
    fn before(&self, metric: &str, length: Length) -> Option<Period> {
        let months = match length.unit {
            LengthUnit::Months => i32::from(length.count),
            LengthUnit::Years => 12 * i32::from(length.count),
            _ => 0,
        };
        if any_of(metric, list!("inflation|unemployment|pmi|gdp_growth")) {
            let Some(Expr::Span(p)) = self.remembered.figure else { return None };
            let earlier = p.plus(-months);
            let month = p.grain == Grain::Month && months > 0;
            let then =
                if is_released(metric) { Period::At(earlier) } else { Period::Calendar(earlier) };
            return month.then_some(then);
        }
        let day = match self.remembered.figure {
            Some(Expr::Span(p)) if p.grain == Grain::Day => p.first_day(),
            _ => self.state_day(metric, None)?,
        };
        let month = CalendarPeriod::containing(Grain::Month, day);
        if months > 0 && day == last_session(month) {
            return Some(Period::At(CalendarPeriod::day(last_session(month.plus(-months)))));
        }
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
        let noun = list!("high|highs|record|peak|low|lows|trough|bottom|top|close");
        (1..=5).any(|n| any_of(self.scene.before(q, n), noun))
    }

    /// How a level is told to be a high or low: whether the noun is right before it, whose it is,
    /// and whether it was made then.
    pub(super) fn extremity(&self, q: &Quantity) -> u32 {
        let key = |n: usize| self.scene.before(q, n);
        let nouns = list!("high|record|peak|low|trough|bottom|nadir");
        let of = key(1) == "of" && any_of(key(2), nouns);
        let behind = (1..=4).any(|n| any_of(self.scene.key(q.end + n - 1), nouns));
        let near = (2..=6).any(|n| any_of(key(n), nouns));
        if !of && !behind && !near {
            return 0;
        }
        let own = (3..=8).any(|n| any_of(key(n), list!("its|the|'s|their")));
        let made = list!("closed|close|closing|ended|finished|hit|reached|set|touched|posted|at");
        let made = (3..=9).any(|n| any_of(key(n), made));
        let kind = if of { 1 } else { 2 + u32::from(near) };
        kind + 4 * u32::from(own) + 8 * u32::from(made)
    }

    /// Whether a level is that of a record whose day is not said: `below its all-time high of
    /// 2,442.74`.
    fn is_record(&self, q: &Quantity) -> bool {
        let key = |n: usize| self.scene.before(q, n);
        let of = key(1) == "of" || matches!(key(1), "(" | ",");
        let noun = any_of(key(2), list!("high|highs|record|peak|low|lows|trough|bottom"));
        let known = (3..=7).any(|n| any_of(key(n), list!("its|the|'s")));
        let made = (3..=9).any(|n| {
            any_of(
                key(n),
                list!("closed|close|closing|ended|finished|hit|reached|set|touched|posted|at"),
            )
        });
        of && noun && known && !made
    }

    /// Whether policy makers or markets see a rate in years to come: `the median dot`.
    pub(super) fn projects(&self) -> bool {
        let said = |words: &List| self.scene.has_phrase(self.scene.range.clone(), words);
        let seen = list!("expect|expects|expected|see|sees|saw|envision|forecast|foresee");
        said(list!("median|dot|dots|projection|projections|project|projected|pencilled|penciled"))
            || said(list!("officials|policymakers|policymaker")) && said(seen)
    }

    /// The month of the release that is spoken of: `Headline came in at 3.0% in June. Core is
    /// stickier at 4.8%`.
    fn released(&self, metric: &str) -> Option<Period> {
        let spoken = self.remembered.figure.or(self.remembered.sentence);
        let Some(Expr::Span(p)) = spoken.filter(|_| metric == "inflation") else { return None };
        let age = (self.anchor.published? - p.last_day()).get_days();
        (p.grain == Grain::Month && (0..=75).contains(&age)).then_some(Period::At(p))
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
