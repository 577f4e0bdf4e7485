//! Levels, yields and distances: what has a close every session; a month means its last one.

use super::super::words::list;
use jiff::civil::Date;

use super::super::number::{End, Quantity};
use super::super::period::{Expr, Time, last_session};
use super::super::token::any_of;

use super::{Moments, is_close, is_quoted, is_state};
use crate::time::{CalendarPeriod, Grain, Period};

impl Moments<'_> {
    /// The close that a time means: that before it begins (`began the quarter at 2.32%`), or its
    /// last one.
    pub(super) fn closing(&self, q: &Quantity, metric: &str, time: &Time) -> Vec<Period> {
        let at = |d: Date| Period::At(CalendarPeriod::day(d));
        if is_quoted(metric)
            && let Some(first) = self.start_of(q, time)
        {
            return vec![at(first)];
        }
        if !is_close(metric) {
            return Vec::new();
        }
        match time.expr {
            Expr::Span(p) if p.grain > Grain::Day && self.is_past(p) => {
                if time.as_of || !self.is_peak(q, time) {
                    vec![at(last_session(p)), Period::Calendar(p)]
                } else {
                    Vec::new()
                }
            }
            Expr::ToDate(grain) if self.ends(time) => {
                let over = self.spoken_of(grain, time).filter(|p| self.is_past(*p));
                let end = over.map(last_session).or(self.anchor.session);
                end.map(at).into_iter().collect()
            }
            Expr::Range(_, end) if self.is_past(end) => vec![at(last_session(end))],
            _ => Vec::new(),
        }
    }

    /// The day of a volume of trading.
    pub(super) fn volume(&self, time: Option<Time>) -> Vec<Period> {
        let day = time.and_then(|t| match t.expr {
            Expr::Span(p) if p.grain == Grain::Day => Some(p),
            _ => None,
        });
        let day = day.or(self.anchor.session.map(CalendarPeriod::day));
        day.map(Period::Calendar).into_iter().collect()
    }

    /// Where the figure before leaves a level: the end of a change that led to it, the session
    /// before the one that it rose from.
    pub(super) fn former(&self, q: &Quantity, metric: &str) -> Option<Period> {
        let (former, period) = self.remembered.former?;
        let (at, from) = (self.scene.before(q, 1) == "at", self.scene.before(q, 1) == "from");
        let to = at || any_of(self.scene.before(q, 1), list!("to|between|of"));
        let last = period.last_day().filter(|d| self.anchor.published.is_none_or(|p| *d <= p))?;
        let state = matches!(period, Period::At(_));
        let day = match metric {
            "policy_rate" if former == "cut_probability" && to => {
                return Some(period);
            }
            "policy_rate"
                if !from && matches!(period, Period::Calendar(p) if p.grain == Grain::Month) =>
            {
                return Some(period);
            }
            "policy_rate" if former == "rate_change" => {
                let day = matches!(period, Period::Calendar(p) if p.grain == Grain::Day);
                day.then_some(if from { before(last) } else { last })?
            }
            "policy_rate" if former == metric && state && q.range == Some(End::High) => last,
            _ if !is_close(metric) => return None,
            _ if to && !state && (!is_state(former) || former == metric) => {
                last_session(CalendarPeriod::day(last))
            }
            _ if from && former == metric && state => before(last),
            _ => return None,
        };
        Some(Period::At(CalendarPeriod::day(day)))
    }

    /// Whether a level is said to hold now: `and has since crept back to 3.94%`, `it is now 6% from
    /// its record`.
    pub(super) fn is_current(&self, q: &Quantity, time: Option<&Time>) -> bool {
        let scene = self.scene;
        let from = time.filter(|t| t.end <= q.first).map_or(scene.range.start, |t| t.end);
        let clause = (from..q.first).rev().take_while(|&i| !any_of(scene.key(i), list!(";|(|—|:")));
        let mut words = clause.map(|i| (scene.key(i), scene.key(i + 1)));
        let verbs = list!("sits|stands|trades|yields|remains|hovers|pays");
        let present = |n: usize| any_of(scene.before(q, n), verbs);
        if time.is_none() && (1..=3).any(present) {
            return true;
        }
        let behind = time.is_some_and(|t| t.first >= q.end);
        !behind
            && words.any(|(word, next)| {
                any_of(word, list!("now|currently|today"))
                    || word == "since" && next.ends_with('d')
                    || word == "since" && next.ends_with("ept")
            })
    }

    /// The close with which a time begins, for a level that stood there: `began the quarter at
    /// 2.32%`, `in August went from 2.02%`.
    fn start_of(&self, q: &Quantity, time: &Time) -> Option<Date> {
        let near = |n: usize| any_of(self.scene.before(q, n), list!("from"));
        let own = time.first >= q.end || self.ends(time);
        let from =
            near(1) || near(2) && any_of(self.scene.before(q, 1), list!("about|around|just|a"));
        if !self.begins(time) && (!from || own) {
            return None;
        }
        let before = |p: CalendarPeriod| last_session(p.plus(-1));
        match time.expr {
            Expr::Span(p) => Some(before(p)),
            Expr::ToDate(grain) => self.spoken_of(grain, time).map(before),
            Expr::Range(from, _) | Expr::Since(from) => Some(last_session(from)),
            _ => None,
        }
    }

    /// The week, month, quarter or year that `closed the month` means: that of a time named before
    /// it, else the one that is reported on.
    fn spoken_of(&self, grain: Grain, time: &Time) -> Option<CalendarPeriod> {
        let named = self.scene.times.iter().rev().filter(|t| t.end <= time.first).map(|t| t.expr);
        let memory = &self.remembered;
        let carried = [memory.sentence, memory.heading, memory.title].into_iter().flatten();
        let carried = carried.filter(|e| matches!(e, Expr::Span(p) if p.grain == grain));
        let day = named.chain(carried).find_map(|e| match e {
            Expr::Span(p) if p.grain <= grain && self.is_past(p) => Some(p.last_day()),
            _ => None,
        });
        day.or(self.anchor.session).map(|day| CalendarPeriod::containing(grain, day))
    }

    /// Whether a time says what began at a level: `which began the quarter at 2.32%`.
    pub(super) fn begins(&self, time: &Time) -> bool {
        let verbs =
            list!("began|begin|begun|started|start|entered|opened|starting|beginning|opening");
        let at = |n: usize| time.first.checked_sub(n).map_or("", |i| self.scene.key(i));
        let noun = any_of(at(1), list!("of|the")) && (any_of(at(2), verbs) || any_of(at(3), verbs));
        any_of(self.scene.key(time.first), verbs) || any_of(at(1), verbs) || noun
    }

    /// Whether a time says what closed with a level: `closing November at`, `ended 2024 at`.
    pub(super) fn ends(&self, time: &Time) -> bool {
        let verbs =
            list!("closing|closed|close|closes|ended|ending|end|ends|finished|finishing|finish");
        let at = |n: usize| time.first.checked_sub(n).map_or("", |i| self.scene.key(i));
        any_of(self.scene.key(time.first), verbs)
            || any_of(at(1), verbs)
            || any_of(at(1), list!("the|of|its|at|in")) && any_of(at(2), verbs)
    }

    /// Whether a level is the highest or lowest of a month or year, on a day that is not said:
    /// `peaked near 3.5% in mid-June`, `closed as high as 68.51 in November`.
    fn is_peak(&self, q: &Quantity, time: &Time) -> bool {
        let words = list!(
            "peaked|bottomed|topped|peak|trough|high|highs|low|lows|highest|lowest|record|\
            hit|touched|reached|top|bottom|intraday|crossed|broke|passed|surpassed|spiked"
        );
        !self.ends(time) && (1..=6).any(|n| any_of(self.scene.before(q, n), words))
    }
}

/// The last weekday before a day.
fn before(day: Date) -> Date {
    last_session(CalendarPeriod::day(day).plus(-1))
}
