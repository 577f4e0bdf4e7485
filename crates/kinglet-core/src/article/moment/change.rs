//! Periods of changes: returns, growth, flows.

use super::super::words::list;
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
        let now = |i: usize| any_of(self.scene.key(i), list!("has|have|is|are|now|remains|remain"));
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
        let session = self.anchor.session;
        let list = |p: Option<Period>| p.into_iter().collect();
        let case = self.case(metric, expr);
        if !case.is_empty() {
            return case;
        }
        match expr {
            Expr::Span(start) if time.is_some_and(|t| self.starts(&t)) => {
                let end = self.until(time).or(session).filter(|d| start.first_day() <= *d);
                let end = end.map(CalendarPeriod::day);
                list(end.map(|end| Period::Between(start, end)))
            }
            Expr::Span(p) if time.is_some_and(|t| self.is_through(&t, p)) => {
                let year = CalendarPeriod::year(p.first_day().year());
                self.change(q, metric, Expr::Range(year, p), time)
            }
            Expr::Span(p) => self.calendar_change(q, metric, p),
            Expr::ToDate(grain) => self.to_date(q, grain, time),
            Expr::Trailing(length) => self.trailing(q, length),
            Expr::Until(length, day) => up_to(length, day),
            Expr::Length(length) if self.is_back(metric, time) => {
                list(session.map(|d| Period::Trailing(length, d)))
            }
            Expr::Ahead(length) | Expr::Length(length) => self.after_event(length, time),
            Expr::Since(start)
                if start.grain == Grain::Month
                    && session.is_some_and(|d| start == CalendarPeriod::month(d.year(), 1)) =>
            {
                self.change(q, metric, Expr::ToDate(Grain::Year), time)
            }
            Expr::Since(start) => list(self.ever_since(start)),
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
            Expr::SinceThen => list(self.since_then(time)),
            Expr::Same(None) if let Some(period) = self.told_before() => vec![period],
            Expr::Same(grain) => match self.antecedent(grain, time) {
                Some(Expr::Same(_)) | None => {
                    let day = session.filter(|_| grain == Some(Grain::Day));
                    list(day.map(|d| Period::Calendar(CalendarPeriod::day(d))))
                }
                Some(Expr::Span(p)) if grain.is_some_and(|g| g > p.grain) => {
                    let whole = CalendarPeriod::containing(grain.unwrap_or(p.grain), p.last_day());
                    self.calendar_change(q, metric, whole)
                }
                Some(expr) => self.change(q, metric, expr, time),
            },
        }
    }

    /// From a time on: from a year up to the day of publication, else up to the session.
    fn ever_since(&self, start: CalendarPeriod) -> Option<Period> {
        let Anchor { published, session } = self.anchor;
        let end = if start.grain == Grain::Year { published } else { session };
        let end = end.filter(|day| start.first_day() <= *day)?;
        Some(Period::Between(start, CalendarPeriod::day(end)))
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
        let by_month = to_month_end(length, day, published);
        whole.into_iter().chain([Period::Trailing(length, day)]).chain(by_month).collect()
    }

    /// Whether a bare length lies behind: `over five years the index is ahead by 115%`.
    pub(super) fn is_back(&self, metric: &str, time: Option<Time>) -> bool {
        let over = time.is_some_and(|t| self.scene.key(t.first.wrapping_sub(1)) == "over");
        let memory = &self.remembered;
        over && matches!(metric, "return" | "return_spread")
            && !memory.cases
            && memory.horizon.is_none()
    }

    /// From the day or month that was named last: `it has climbed 8% since`.
    fn since_then(&self, time: Option<Time>) -> Option<Period> {
        let before = |t: &&Time| time.is_some_and(|time| t.end <= time.first);
        let named = self.scene.times.iter().rev().filter(before).find_map(|t| match t.expr {
            Expr::Span(p) if p.grain < Grain::Year && !t.reference => Some(p),
            _ => None,
        });
        let sentence = match self.remembered.sentence {
            Some(Expr::Span(p)) if p.grain < Grain::Year && self.is_past(p) => Some(p),
            _ => None,
        };
        let named = named.or(self.remembered.past).or(sentence);
        let from = CalendarPeriod::day(last_session(named?));
        let to = self.anchor.session.filter(|to| from.last_day() < *to)?;
        Some(Period::Between(from, CalendarPeriod::day(to)))
    }

    /// The period of which the figure before was, if no time was named since: `in that time` behind
    /// a streak is as long as that.
    fn told_before(&self) -> Option<Period> {
        let memory = &self.remembered;
        let newer = |age: u8| memory.trail[0].is_none_or(|(_, last)| age <= last);
        let spoken = memory.spoken.iter().flatten().filter(|(.., age)| newer(*age));
        let spoken = spoken.map(|(metric, period, _)| (*metric, *period));
        memory.former.into_iter().chain(spoken).find_map(|said| match said {
            ("streak", _) => {
                memory.streak.zip(self.anchor.session).map(|(l, day)| Period::Trailing(l, day))
            }
            (_, Period::At(_) | Period::Forward(_)) => None,
            (_, period) => Some(period),
        })
    }

    /// What `that day` or `the same period` stands for: the day last named, or the time of the
    /// figure or sentence before.
    fn antecedent(&self, grain: Option<Grain>, time: Option<Time>) -> Option<Expr> {
        let memory = &self.remembered;
        let of_day = |e: &Expr| matches!(e, Expr::Span(p) if p.grain == Grain::Day);
        let before = |t: &&Time| time.is_some_and(|time| t.end <= time.first);
        let named = self.scene.times.iter().rev().filter(before).map(|t| t.expr).find(of_day);
        let spoken = memory.figure.or(memory.sentence);
        if grain != Some(Grain::Day) {
            return spoken;
        }
        let past = memory.day.map(Expr::Span);
        named.or(memory.figure.filter(of_day)).or(past).or(spoken)
    }

    /// From the end of the stretch with which the sentence opens: `After sliding 18% between July
    /// 31 and October 27, the index has recovered 10%`.
    pub(super) fn rebound(&self) -> Option<Period> {
        let scene = self.scene;
        let opener = any_of(scene.key(scene.range.start), list!("after|having|following|since"));
        let from = scene.times.iter().find_map(|t| match t.expr {
            Expr::Range(_, to) if to.grain == Grain::Day => Some(to),
            _ => None,
        });
        let closed = scene.times.iter().find_map(|t| match t.expr {
            Expr::Span(p) if self.ends(t) && self.is_past(p) => Some(last_session(p)),
            _ => None,
        });
        let to = closed.or(self.anchor.session).map(CalendarPeriod::day)?;
        from.filter(|from| opener && *from < to).map(|from| Period::Between(from, to))
    }

    /// The period of a grain that has just ended, where `for the quarter` is said of it: the
    /// paragraph speaks of it or of a part of it, or the article has named it.
    fn reported(&self, grain: Grain, time: Option<Time>) -> Option<CalendarPeriod> {
        let time = time.filter(|_| grain > Grain::Week)?;
        let now = |i: usize| any_of(self.scene.key(i), list!("this|far|date|ytd|mtd|qtd|current"));
        let running = (time.first.saturating_sub(2)..time.end).any(now);
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
        let first = spoken.into_iter().flatten().next();
        let spoken = matches!(first, Some(Expr::Span(p) | Expr::Range(_, p)) if inside(p));
        let named = spoken || memory.reports.contains(&Some(last));
        (recent && !running && named).then_some(last)
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
        let past = |i: usize| any_of(self.scene.key(i), list!("earlier|before|prior|ago"));
        // A time that was named before has no words of its own.
        (time.first..time.end).next_back().is_some_and(past)
            && (before(1).is_empty() || any_of(before(1), list!(",|;|—|(|and|but|after")))
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

    /// The day behind a point of reference to which a change runs: `from its March 15 peak of
    /// 2,360.17 to September 30`.
    fn until(&self, from: Option<Time>) -> Option<Date> {
        let from = from?;
        self.scene.times.iter().find_map(|t| match t.expr {
            Expr::Span(p) if t.first > from.end => {
                let to = any_of(self.scene.key(t.first - 1), list!("to|through|until|till"));
                (to && self.is_past(p)).then(|| last_session(p))
            }
            _ => None,
        })
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
            list!(
                "return|point_change|return_spread|annualized_return|\
                         drawdown|record_count|fund_flow"
            ),
        );
        let Some(session) = self.anchor.session.filter(|_| priced && p.grain != Grain::Day) else {
            return whole;
        };
        let running =
            p.first_day() <= session && session < p.last_day() && !is_complete(p, session);
        if !running {
            return whole;
        }
        match self.as_of(q).filter(|d| (p.first_day()..=p.last_day()).contains(d)) {
            Some(day) => vec![Period::ToDate(p.grain, day)],
            None => vec![Period::ToDate(p.grain, session), Period::Calendar(p)],
        }
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
        let next = time.is_some_and(|t| {
            (t.first..t.end).any(|i| any_of(self.scene.key(i), list!("next|coming")))
        });
        match between.filter(over).filter(|_| !next) {
            Some(between) => vec![between, forward],
            None => vec![forward],
        }
    }
}

/// So much time up to a day, or to the end of its month.
fn up_to(length: Length, day: Date) -> Vec<Period> {
    let by_month = to_month_end(length, day, None);
    [Period::Trailing(length, day)].into_iter().chain(by_month).collect()
}

/// So much time up to the end of a month: of the one whose last session the day is, and for what is
/// said on the day of publication that of the one before, as far as figures often reach.
pub(in crate::article) fn to_month_end(
    length: Length,
    day: Date,
    published: Option<Date>,
) -> Option<Period> {
    let month = CalendarPeriod::containing(Grain::Month, day);
    let ends = last_session(month) <= day;
    let last = if ends { month } else { month.plus(-1) }.last_day();
    let months = matches!(length.unit, LengthUnit::Months | LengthUnit::Years);
    let said = ends || published == Some(day);
    (months && said && last != day).then_some(Period::Trailing(length, last))
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
    any_of(metric, list!("return|point_change|return_spread|drawdown"))
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
