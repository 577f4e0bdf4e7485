//! Periods of studies: the horizon after an event, or the stretch of time that was looked at.

use super::super::words::list;
use jiff::civil::Date;

use super::super::metric::Reading;
use super::super::number::{Measure, Quantity};
use super::super::period::{Expr, Time};
use super::{Moments, is_horizon};
use crate::time::{CalendarPeriod, Grain, Period};

impl Moments<'_> {
    /// The horizon of a study, else the stretch of time that it looks at.
    pub(super) fn event(
        &self,
        q: &Quantity,
        reading: &Reading,
        found: Option<(usize, Time)>,
    ) -> Vec<Period> {
        let metric = reading.metric;
        let counts = matches!(metric, "event_count" | "event_successes");
        let time = found.map(|(_, t)| t);
        if let Some(period) = self.recent().filter(|_| counts || metric == "event_hit_rate") {
            return vec![period];
        }
        if counts {
            let of_year = list!("of the year|of this year|so far this year");
            if self.scene.has_phrase(q.end..q.end + 8, of_year) {
                return self.change(q, metric, Expr::ToDate(Grain::Year), None);
            }
            if let Some(expr @ (Expr::ToDate(_) | Expr::Span(_))) = time.map(|t| t.expr)
                && (reading.of_index || reading.entity.is_some())
            {
                return self.change(q, "return", expr, time);
            }
        }
        if counts && reading.entity == Some("FED") {
            return self.decided(q, time);
        }
        let near = found.filter(|(cost, t)| self.is_ahead(t) && (!counts || *cost <= 5));
        let horizon = self
            .scene
            .times
            .iter()
            .filter(|t| self.is_ahead(t) && self.fits(t, q, metric))
            .min_by_key(|t| self.cost(t, q, metric).unwrap_or(usize::MAX));
        let forward = |t: Time| match t.expr {
            Expr::Ahead(l) | Expr::Length(l) => Some(Period::Forward(l)),
            _ => None,
        };
        let opens = |t: &&Time| self.is_ahead(t) && t.first <= self.scene.range.start + 1;
        let opening = self.scene.times.iter().find(opens).copied();
        let own = near.map(|(_, t)| t).or(opening).and_then(forward);
        let any = horizon.copied().and_then(forward);
        let stretch = self.scene.times.iter().find_map(|t| self.stretch(t.expr));
        let paragraph = self.remembered.stretch.and_then(|e| self.stretch(e));
        let study = self.remembered.study.and_then(|e| self.stretch(e));
        let carried = self.remembered.horizon.map(Period::Forward);
        let (sample, counted) = (self.sample(), self.remembered.sample);
        let order = if counts {
            [own, sample, stretch, counted, paragraph, carried, study, any]
        } else {
            [own, any, sample, stretch, counted, carried, paragraph, study]
        };
        order.into_iter().flatten().collect()
    }

    /// Whether a time is a horizon, not how many cases there are: `all 12 months`, `in the eight
    /// years in which it rose`.
    fn is_ahead(&self, time: &Time) -> bool {
        let scene = self.scene;
        let before = scene.key(time.first.wrapping_sub(1));
        let cases = list!("in which|that the|when the|with|in that");
        let counted = scene.tokens.any_phrase(time.end, cases).is_some();
        let bare = matches!(time.expr, Expr::Length(_));
        is_horizon(time.expr) && !(bare && (before == "all" || before == "the" && counted))
    }

    /// Whether what is counted is said to be that of the year: `the 30th record close of the year`.
    pub(super) fn counts_year(&self, q: &Quantity) -> bool {
        self.scene.has_phrase(q.end..q.end + 6, list!("of the year|this year|of this year"))
    }

    /// The records of the year up to the close that is spoken of.
    pub(super) fn records(&self, q: &Quantity, time: Option<Time>) -> Vec<Period> {
        let close = match self.remembered.former {
            Some(("level", Period::At(p))) if p.grain == Grain::Day => Some(p.first_day()),
            _ => None,
        };
        let to_date = || self.change(q, "record_count", Expr::ToDate(Grain::Year), time);
        close.map_or_else(to_date, |day| vec![Period::ToDate(Grain::Year, day)])
    }

    /// When the Fed had cut or raised so often: on the day of the decision that is spoken of, else
    /// in the year so far.
    fn decided(&self, q: &Quantity, time: Option<Time>) -> Vec<Period> {
        let memory = &self.remembered;
        let day = [memory.figure, memory.sentence].into_iter().flatten().find_map(|e| match e {
            Expr::Span(p) if p.grain == Grain::Day && self.is_past(p) => Some(p),
            _ => None,
        });
        match (time.map(|t| t.expr), day.or(memory.day)) {
            (Some(expr @ (Expr::ToDate(_) | Expr::Since(_))), _) => {
                self.change(q, "return", expr, time)
            }
            (Some(Expr::Span(p)), None) => vec![Period::Calendar(p)],
            (Some(Expr::Span(p)), _) if p.grain >= Grain::Year => vec![Period::Calendar(p)],
            (Some(Expr::Range(a, b)), _) => vec![Period::Between(a, b)],
            (_, Some(day)) if q.measure == Measure::Ordinal => vec![Period::Calendar(day)],
            _ => self.change(q, "return", Expr::ToDate(Grain::Year), None),
        }
    }

    /// Whether members of a committee are counted: `one governor dissented`.
    pub(super) fn is_vote(&self, q: &Quantity) -> bool {
        let words = list!("dissented|dissent|dissents|dissenting|voted|dissenters|broke ranks");
        self.scene.has_phrase(q.end..q.end + 8, words)
    }

    /// The day of the decision that a vote was on.
    pub(super) fn vote(&self, time: Option<Time>) -> Vec<Period> {
        let memory = &self.remembered;
        let of_day = |e: Expr| match e {
            Expr::Span(p) if p.grain == Grain::Day && self.is_past(p) => Some(p),
            _ => None,
        };
        let own = time.and_then(|t| of_day(t.expr));
        let spoken = [memory.figure, memory.sentence].into_iter().flatten().find_map(of_day);
        let day = own.or(spoken).or(memory.day);
        let published = self.anchor.published.map(CalendarPeriod::day).map(Period::At);
        day.map(Period::Calendar).or(published).into_iter().collect()
    }

    /// The stretch of time, some years at least, that a study looks at. Where it counts one case a
    /// year, its last year is the last one that is over.
    pub(super) fn stretch(&self, expr: Expr) -> Option<Period> {
        let published = self.anchor.published?;
        let long = |from: CalendarPeriod, to: Date| (to - from.first_day()).get_days() > 5 * 365;
        match expr {
            Expr::Since(start) if long(start, published) => {
                let years = i32::from(published.year()) - i32::from(start.first_day().year());
                let counted = self.scene.quantities.iter().any(|q| {
                    q.measure != Measure::Ordinal
                        && q.value > 1.0
                        && (q.value - f64::from(years)).abs() < 0.5
                });
                if counted && start.grain == Grain::Year {
                    return Some(Period::Between(
                        start,
                        CalendarPeriod::year(published.year() - 1),
                    ));
                }
                (start.first_day() <= published)
                    .then(|| Period::Between(start, CalendarPeriod::day(published)))
            }
            Expr::Range(a, b) if long(a, b.last_day()) => Some(Period::Between(a, b)),
            Expr::Trailing(length) if length.in_years() >= 5.0 => {
                Some(Period::Trailing(length, published))
            }
            _ => None,
        }
    }
}
