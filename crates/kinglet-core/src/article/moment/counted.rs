//! Over what time cases are counted: what the words of a count say themselves, `in 35 of the last
//! 52 weeks`, `45% of the time this year`, and the count before that they go on from, `three of
//! those 27 years`.

use super::super::number::{Measure, Quantity};
use super::super::period::{Expr, Time, last_session, length_of, unit_at};
use super::super::token::any_of;
use super::super::words::list;
use super::{Moments, is_event};
use crate::time::{CalendarPeriod, Grain, LengthUnit, Period};

/// How far behind a count the time may stand that it is counted over.
const REACH: usize = 10;

impl Moments<'_> {
    /// The period that a count, a hit rate or a streak says itself, if it does.
    pub(super) fn counted_over(&self, q: &Quantity, metric: &str) -> Option<Period> {
        if !any_of(metric, list!("event_count|event_successes|event_hit_rate")) {
            return self.week_of_streak(q, metric);
        }
        if self.scene.times.iter().any(|t| matches!(t.expr, Expr::Ahead(_))) {
            return None;
        }
        let period = |time: &Time| self.counted_in(q, time);
        self.last_of(q)
            .or_else(|| self.goes_on_counting(q, metric))
            .or_else(|| self.time_behind(q).and_then(period))
            .or_else(|| self.opening(q).and_then(period))
    }

    /// The week that a streak has come to where the article reports on a whole one: `up for the
    /// third week in a row`.
    fn week_of_streak(&self, q: &Quantity, metric: &str) -> Option<Period> {
        let scene = self.scene;
        let weeks = (q.end..q.end + 3).any(|i| any_of(scene.key(i), list!("week|weekly")));
        let streak = metric == "streak" && q.measure == Measure::Ordinal && weeks;
        let dated = scene.times.iter().any(|t| t.first >= q.end && t.first <= q.end + REACH);
        let session = self.anchor.session.filter(|_| streak && !dated)?;
        let week = CalendarPeriod::containing(Grain::Week, session);
        (last_session(week) == session).then_some(Period::Calendar(week))
    }

    /// The last so many days, weeks or months of which a count tells: `in 35 of the last 52 weeks`.
    fn last_of(&self, q: &Quantity) -> Option<Period> {
        let scene = self.scene;
        let last = |i: usize| any_of(scene.key(i), list!("last|past"));
        let of_last = |o: &Quantity| last(o.first.wrapping_sub(1)) && scene.before(o, 3) == "of";
        let all = if of_last(q) {
            q
        } else {
            let next = scene.quantities.iter().find(|o| o.first >= q.end)?;
            Some(next).filter(|next| next.first == q.end + 3 && of_last(next))?
        };
        let unit = match all.measure {
            Measure::Duration(unit) => unit,
            _ => unit_at(scene.tokens, all.end)?.1,
        };
        let length = length_of(all.value, unit).filter(|_| unit != LengthUnit::Years)?;
        Some(Period::Trailing(length, self.anchor.session?))
    }

    /// What a time stands for over which cases are counted.
    fn counted_in(&self, q: &Quantity, time: &Time) -> Option<Period> {
        match (time.expr, self.anchor.session) {
            (Expr::Since(_), _) => self.stretch(time.expr),
            (Expr::Span(p), _) => Some(Period::Calendar(p)),
            (Expr::ToDate(grain), Some(session)) => Some(Period::ToDate(grain, session)),
            _ => None,
        }
        .or_else(|| self.change(q, "return", time.expr, Some(*time)).first().copied())
    }

    /// Whether cases may be counted over a time. A month may be one of every year.
    fn is_counted_over(&self, q: &Quantity, time: &Time) -> bool {
        let preposition = time.first.checked_sub(1).map_or("", |i| self.scene.key(i));
        let long = match time.expr {
            Expr::Span(p) => p.grain == Grain::Year && any_of(preposition, list!("in|during|for")),
            Expr::Range(from, to) => (to.last_day() - from.first_day()).get_days() > 360,
            Expr::ToDate(_) | Expr::Trailing(_) | Expr::Since(_) => true,
            _ => false,
        };
        let role = time.reference || time.adjective || time.as_of;
        long && !role && self.scene.sees(q, time.first)
    }

    /// The time that follows a count in its clause: `11 out of 12 months in 1974`, `57 such moves
    /// this year`.
    fn time_behind(&self, q: &Quantity) -> Option<&Time> {
        let scene = self.scene;
        let within = |t: &&Time| t.first <= q.first && q.end <= t.end;
        let behind = |t: &&Time| {
            let near = t.first >= q.end && t.first - q.end <= REACH;
            // only what it is a part of may stand between: "11 out of 12 months"
            let free = scene.quantities.iter().filter(|o| o.first >= q.end && o.end <= t.first);
            let part = |o: &Quantity| {
                (q.end..o.first).any(|i| any_of(scene.key(i), list!("of|in")))
                    && o.first - q.end <= 5
            };
            near && free.clone().count() <= 1
                && free.clone().all(part)
                && !(q.end..t.first).any(|i| {
                    any_of(
                        scene.key(i),
                        list!(",|;|and|but|with|after|since|that|which|when|where"),
                    )
                })
        };
        let mut times = scene.times.iter().filter(|t| self.is_counted_over(q, t));
        times.find(|t| within(t) || behind(t))
    }

    /// The time that a sentence opens with where it counts: `In the last nine months there have
    /// been seven`.
    fn opening(&self, q: &Quantity) -> Option<&Time> {
        let scene = self.scene;
        let start = scene.range.start;
        let time = scene.times.iter().find(|t| t.first <= start + 3 && t.end <= q.first)?;
        let only = scene.times.iter().all(|t| t.first <= time.first || t.first >= q.first);
        let plain = scene.boundary(time.end, q.first) <= 3;
        let worded = any_of(scene.key(start), list!("in|over|during|since|through|for|and"));
        (only && plain && worded && self.is_counted_over(q, time)).then_some(time)
    }

    /// The period of the count before if a figure goes on from that: `three of those 27 years`,
    /// `in 12 of 16 years, or 75%`.
    fn goes_on_counting(&self, q: &Quantity, metric: &str) -> Option<Period> {
        let scene = self.scene;
        let counts = |metric: &str| is_event(metric) && metric != "event_mean_return";
        let former = self.remembered.former.filter(|(metric, _)| counts(metric));
        let beside = scene.figure_before(q).is_some_and(|o| {
            let light = list!(",|or|(|of|out|for|the|those|time|times|in|all");
            let share = metric == "event_hit_rate" || matches!(o.measure, Measure::Plain);
            share && q.first - o.end <= 5 && (o.end..q.first).all(|i| any_of(scene.key(i), light))
        });
        if let Some((_, period)) = former.filter(|_| beside && metric == "event_hit_rate") {
            return Some(period);
        }
        let anaphors = list!("of those|of these|of them|of which");
        let again = scene.tokens.any_phrase(q.end, anaphors).is_some()
            || any_of(scene.before(q, 1), list!("those|these"));
        let spoken = self.remembered.spoken.iter().flatten();
        let last = || spoken.clone().find(|(m, _, age)| counts(m) && *age <= 2).map(|s| s.1);
        again.then(|| former.map(|(_, period)| period).or_else(last)).flatten()
    }
}
