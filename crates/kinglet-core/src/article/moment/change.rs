//! Periods of changes: returns, growth, flows.

use jiff::civil::{Date, Weekday};

use super::super::date::DateReader;
use super::super::number::Quantity;
use super::super::period::{Anchor, Expr, PeriodReader, Time, lag, last_session};
use super::super::token::any_of;
use super::{Moments, is_horizon};
use crate::time::{CalendarPeriod, Grain, Length, LengthUnit, Period};

impl Moments<'_> {
    /// Whether the sentence goes on with what followed a case: `After the latest of them, in 1997,
    /// …`.
    pub(super) fn recalls(&self, metric: &str) -> bool {
        let scene = self.scene;
        let opens = matches!(scene.key(scene.range.start), "after" | "following");
        let own = scene.times.iter().any(|t| {
            is_horizon(t.expr) || matches!(t.expr, Expr::Span(p) if p.grain < Grain::Year)
        });
        metric == "return" && opens && !own && self.remembered.horizon.is_some()
    }

    /// What a change without a time of its own takes over. `After the latest of them, …` goes as
    /// far as the horizon that was named.
    pub(super) fn remembered_change(&self, metric: &str) -> Option<Expr> {
        let priced = matches!(metric, "return" | "point_change" | "return_spread" | "yield");
        let long = |e: &Expr| match e {
            Expr::Span(p) => priced || p.grain >= Grain::Quarter,
            _ => priced,
        };
        self.remembered.heading.or(self.remembered.sentence).filter(|e| !is_horizon(*e) && long(e))
    }

    pub(super) fn default_change(&self, metric: &str) -> Vec<Period> {
        let day = |d: Date| Period::Calendar(CalendarPeriod::day(d));
        let list = |p: Option<Period>| p.into_iter().collect();
        match metric {
            "return" | "point_change" | "return_spread" | "yield" => match self.remembered.title {
                Some(Expr::Span(p)) if p.grain > Grain::Day && self.is_past(p) => {
                    vec![Period::Calendar(p)]
                }
                _ => list(self.anchor.session.map(day)),
            },
            "gdp_growth" => list(
                self.anchor.published.map(|d| Period::Calendar(CalendarPeriod::year(d.year()))),
            ),
            "fund_flow" | "record_count" => {
                list(self.anchor.published.map(|d| Period::ToDate(Grain::Year, d)))
            }
            _ => Vec::new(),
        }
    }

    /// The `as of` of the sentence that ends a period to date.
    pub(super) fn as_of(&self, q: &Quantity) -> Option<Date> {
        let scene = self.scene;
        scene
            .times
            .iter()
            .filter(|t| !t.reference && (t.first < q.end || scene.between(q.end, t.first) == 0))
            .filter(|t| t.as_of || !self.goes_on(t, q))
            .filter_map(|t| match t.expr {
                Expr::Span(p) if t.as_of || p.grain == Grain::Day => {
                    Some((t.first.abs_diff(q.first), last_session(p)))
                }
                _ => None,
            })
            .filter(|(_, day)| self.anchor.published.is_none_or(|p| *day <= p))
            .min_by_key(|(gap, _)| *gap)
            .map(|(_, day)| day)
    }

    /// Whether what is said of a figure holds now, after what a time before it dates: `rose 1% on
    /// Tuesday and has gained 5% this month`.
    fn goes_on(&self, time: &Time, q: &Quantity) -> bool {
        let crossed = time.end <= q.first && self.scene.between(0, time.first) > 0;
        let now = |i: usize| any_of(self.scene.key(i), "has|have|is|are|now|remains|remain");
        crossed && (time.end..q.first).any(now)
    }

    /// A change over an expression, best reading first.
    pub(super) fn change(
        &self,
        q: &Quantity,
        metric: &str,
        expr: Expr,
        time: Option<Time>,
    ) -> Vec<Period> {
        let Anchor { published, session } = self.anchor;
        let list = |p: Option<Period>| p.into_iter().collect();
        match expr {
            Expr::Span(start) if time.is_some_and(|t| self.starts(&t)) => {
                let end = session.filter(|d| start.first_day() <= *d).map(CalendarPeriod::day);
                list(end.map(|end| Period::Between(start, end)))
            }
            Expr::Span(p) if time.is_some_and(|t| self.is_through(&t, p)) => {
                let year = CalendarPeriod::year(p.first_day().year());
                self.change(q, metric, Expr::Range(year, p), time)
            }
            Expr::Span(p) => self.calendar_change(q, metric, p),
            Expr::ToDate(grain) => self.to_date(q, grain, time),
            Expr::Trailing(length) => self.trailing(q, length),
            Expr::Until(length, day) => vec![Period::Trailing(length, day)],
            Expr::Ahead(length) | Expr::Length(length) => self.after_event(length, time),
            Expr::Since(start) => {
                let end = if start.grain == Grain::Year { published } else { session };
                let end = end.filter(|d| start.first_day() <= *d);
                list(end.map(|d| Period::Between(start, CalendarPeriod::day(d))))
            }
            Expr::Range(from, to) if contains(from, to) && is_price(metric) => {
                let day = last_session(to);
                let whole = is_complete(from, day).then_some(Period::Calendar(from));
                whole.into_iter().chain([Period::ToDate(from.grain, day)]).collect()
            }
            Expr::Range(from, to) => vec![Period::Between(from, to)],
            Expr::Vague => Vec::new(),
            Expr::Ago(length) => {
                let trailing = session.map(|d| Period::Trailing(length, d));
                let beside = time
                    .filter(|t| self.tells_of_former(t))
                    .and_then(|t| self.reader().earlier(t.first, length).map(Period::Calendar));
                beside.into_iter().chain(trailing).collect()
            }
            Expr::SinceThen => list(self.since_then()),
            Expr::Same(grain) => self.same(q, metric, grain, time),
        }
    }

    /// A year, quarter, month or week so far; where it is complete, the whole of it.
    fn to_date(&self, q: &Quantity, grain: Grain, time: Option<Time>) -> Vec<Period> {
        let session = self.anchor.session;
        let heading = self.heading_day().filter(|_| grain > Grain::Week);
        let as_of = self.as_of(q);
        if let Some(p) = self.reported(grain, time).filter(|_| as_of.is_none()) {
            let to_date = session.map(|day| Period::ToDate(grain, day));
            return std::iter::once(Period::Calendar(p)).chain(to_date).collect();
        }
        let Some(day) = as_of.or(heading).or(session) else { return Vec::new() };
        let whole = CalendarPeriod::containing(grain, day);
        let complete = is_complete(whole, day).then_some(Period::Calendar(whole));
        complete.into_iter().chain([Period::ToDate(grain, day)]).collect()
    }

    /// The last so much time; a week up to the last session of one is that week.
    fn trailing(&self, q: &Quantity, length: Length) -> Vec<Period> {
        let Anchor { published, session } = self.anchor;
        let quoted = matches!(length.unit, LengthUnit::Sessions | LengthUnit::Weeks);
        let late = |(p, s): &(Date, Date)| quoted || (*p - *s).get_days() > 6;
        let last = published.zip(session).filter(late).map(|(_, s)| s).or(published);
        let Some(day) = self.as_of(q).or(last) else { return Vec::new() };
        let week = CalendarPeriod::containing(Grain::Week, day);
        let short = length == Length { count: 1, unit: LengthUnit::Weeks };
        let whole = (short && last_session(week) == day).then_some(Period::Calendar(week));
        whole.into_iter().chain([Period::Trailing(length, day)]).collect()
    }

    /// From what was spoken of to the last session.
    fn since_then(&self) -> Option<Period> {
        let from = CalendarPeriod::day(last_session(self.remembered.past?));
        let to = self.anchor.session?;
        (from.last_day() < to).then(|| Period::Between(from, CalendarPeriod::day(to)))
    }

    /// The time that was spoken of, or the period of a grain around it.
    fn same(
        &self,
        q: &Quantity,
        metric: &str,
        grain: Option<Grain>,
        time: Option<Time>,
    ) -> Vec<Period> {
        let memory = &self.remembered;
        match memory.figure.or(memory.sentence) {
            Some(Expr::Same(_)) | None => Vec::new(),
            Some(Expr::Span(p))
                if grain == Some(Grain::Day)
                    && (p.grain > Grain::Day || memory.figure.is_none()) =>
            {
                match memory.past.filter(|d| d.grain == Grain::Day) {
                    Some(day) => vec![Period::Calendar(day)],
                    None => self.change(q, metric, Expr::Span(p), time),
                }
            }
            Some(Expr::Span(p)) if grain.is_some_and(|g| g > p.grain) => {
                let whole = CalendarPeriod::containing(grain.unwrap_or(p.grain), p.last_day());
                self.calendar_change(q, metric, whole)
            }
            Some(expr) => self.change(q, metric, expr, time),
        }
    }

    /// Reads the times of the paragraph once more.
    fn reader(&self) -> PeriodReader<'_> {
        let Anchor { published, session } = self.anchor;
        let dates = DateReader { tokens: self.scene.tokens, published, ahead: false };
        PeriodReader::new(dates, session)
    }

    /// Whether `a week earlier` tells when something else happened, not since when something did.
    fn tells_of_former(&self, time: &Time) -> bool {
        let before = |n: usize| time.first.checked_sub(n).map_or("", |i| self.scene.key(i));
        let past = any_of(self.scene.key(time.end - 1), "earlier|before|prior|ago");
        past && (before(1).is_empty() || any_of(before(1), ",|;|—|(|and|but|after"))
    }

    /// Whether a change ran up to the end of a period of its year: `has lost 9.2% through June`.
    fn is_through(&self, time: &Time, p: CalendarPeriod) -> bool {
        let before = time.first.checked_sub(1).map_or("", |i| self.scene.key(i));
        let dated = p.grain > Grain::Day || !self.scene.key(time.first).ends_with("day");
        let opened = self
            .scene
            .times
            .iter()
            .any(|t| matches!(t.expr, Expr::ToDate(_) | Expr::Since(_) | Expr::Trailing(_)));
        before == "through" && dated && p.grain <= Grain::Quarter && !opened
    }

    /// The period of a grain that has just ended, where `for the quarter` is said of it: the
    /// article or paragraph speaks of it or of a part of it.
    fn reported(&self, grain: Grain, time: Option<Time>) -> Option<CalendarPeriod> {
        let time = time.filter(|_| grain > Grain::Week)?;
        let now = |i: usize| any_of(self.scene.key(i), "this|far|date|ytd|mtd|qtd|current");
        let running = (time.first..time.end).any(now);
        let Anchor { published, session } = self.anchor;
        let last = CalendarPeriod::containing(grain, session?).plus(-1);
        let recent = (published? - last.last_day()).get_days() <= lag(grain);
        let memory = &self.remembered;
        let spoken = [memory.figure, memory.sentence, memory.heading, memory.title];
        let inside = |p: CalendarPeriod| {
            p.grain > Grain::Day
                && last.first_day() <= p.first_day()
                && p.last_day() <= last.last_day()
        };
        let first = spoken.into_iter().flatten().next()?;
        let named = matches!(first, Expr::Span(p) | Expr::Range(_, p) if inside(p));
        (recent && !running && named).then_some(last)
    }

    /// The last weekday of a heading's day, week or month that is over.
    pub(super) fn heading_day(&self) -> Option<Date> {
        let Some(Expr::Span(p)) = self.remembered.heading else { return None };
        let last = p.last_day();
        let weekend = (i64::from(last.weekday().to_monday_one_offset()) - 5).max(0);
        let day = last.checked_sub(jiff::Span::new().days(weekend)).ok()?;
        (p.grain <= Grain::Month && self.is_past(p)).then_some(day)
    }

    /// A calendar period; for prices one that is not over is a period to date.
    pub(super) fn calendar_change(
        &self,
        q: &Quantity,
        metric: &str,
        p: CalendarPeriod,
    ) -> Vec<Period> {
        let whole = vec![Period::Calendar(p)];
        let priced = any_of(
            metric,
            "return|point_change|return_spread|annualized_return|\
                         drawdown|record_count|fund_flow",
        );
        let Some(session) = self.anchor.session.filter(|_| priced && p.grain != Grain::Day) else {
            return whole;
        };
        let running =
            p.first_day() <= session && session < p.last_day() && !is_complete(p, session);
        if !running {
            return whole;
        }
        let day = self.as_of(q).filter(|d| (p.first_day()..=p.last_day()).contains(d));
        vec![Period::ToDate(p.grain, day.unwrap_or(session)), Period::Calendar(p)]
    }

    /// So long after an event: from the month or day that was spoken of, if that was long enough
    /// ago.
    pub(super) fn after_event(&self, length: Length, time: Option<Time>) -> Vec<Period> {
        let forward = Period::Forward(length);
        let before = time.and_then(|t| {
            self.scene.times.iter().rev().filter(|o| o.end <= t.first).find_map(|o| match o.expr {
                Expr::Span(p) if p.grain <= Grain::Month => Some(p),
                _ => None,
            })
        });
        let between = before.or(self.remembered.past).and_then(|past| after(past, length));
        let over = |p: &Period| {
            self.anchor.published.zip(p.last_day()).is_some_and(|(day, last)| last <= day)
        };
        match between.filter(over) {
            Some(between) => vec![between, forward],
            None => vec![forward],
        }
    }
}

/// From a month or day, so long on.
pub(in crate::article) fn after(past: CalendarPeriod, length: Length) -> Option<Period> {
    let count = i32::from(length.count);
    let last = match (past.grain, length.unit) {
        (Grain::Month, LengthUnit::Months) => past.plus(count),
        (Grain::Month, LengthUnit::Years) => past.plus(12 * count),
        (Grain::Day, unit) => {
            let span = match unit {
                LengthUnit::Weeks => jiff::Span::new().weeks(count),
                LengthUnit::Months => jiff::Span::new().months(count),
                LengthUnit::Years => jiff::Span::new().years(count),
                LengthUnit::Sessions => return None,
            };
            CalendarPeriod::day(past.first_day().checked_add(span).ok()?)
        }
        _ => return None,
    };
    let first = if past.grain == Grain::Month { past.plus(1) } else { past };
    Some(Period::Between(first, last))
}

/// Whether a stretch runs from the start of a year, quarter or month to some time in it.
fn contains(whole: CalendarPeriod, part: CalendarPeriod) -> bool {
    whole.grain > part.grain
        && whole.grain != Grain::Half
        && CalendarPeriod::containing(whole.grain, part.last_day()) == whole
}

/// Whether a metric is a change of a price.
fn is_price(metric: &str) -> bool {
    any_of(metric, "return|point_change|return_spread|drawdown")
}

/// Whether a period is over with this session: a week on its Friday, a month or year on the last
/// weekday.
fn is_complete(period: CalendarPeriod, session: Date) -> bool {
    let last = period.last_day();
    let rest = (last - session).get_days();
    rest <= match last.weekday() {
        Weekday::Sunday => 2,
        Weekday::Saturday => 1,
        _ => 0,
    }
}
