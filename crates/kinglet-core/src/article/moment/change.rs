//! Periods of changes: returns, growth, flows.

use jiff::civil::{Date, Weekday};

use super::super::number::Quantity;
use super::super::period::{Anchor, Expr, Time};
use super::super::token::any_of;
use super::state::last_weekday;
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
            .filter_map(|t| match t.expr {
                Expr::Span(p) if t.as_of && p.grain <= Grain::Month || p.grain == Grain::Day => {
                    Some((t.first.abs_diff(q.first), p.last_day()))
                }
                _ => None,
            })
            .filter(|(_, day)| {
                let session = last_weekday(CalendarPeriod::day(*day));
                self.anchor.published.is_none_or(|p| session <= p)
            })
            .min_by_key(|(gap, _)| *gap)
            .map(|(_, day)| day)
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
            Expr::Span(p) => self.calendar_change(q, metric, p),
            Expr::ToDate(grain) => {
                let heading = self.heading_day().filter(|_| grain > Grain::Week);
                let Some(day) = self.as_of(q).or(heading).or(session) else { return Vec::new() };
                let whole = CalendarPeriod::containing(grain, day);
                let to_date = Period::ToDate(grain, day);
                if is_complete(whole, day) {
                    vec![Period::Calendar(whole), to_date]
                } else {
                    vec![to_date]
                }
            }
            Expr::Trailing(length) => {
                let quoted = matches!(length.unit, LengthUnit::Sessions | LengthUnit::Weeks);
                let day = self.as_of(q).or(if quoted { session } else { published });
                day.map_or_else(Vec::new, |d| trailing(length, d, published))
            }
            Expr::Until(length, day) => trailing(length, day, Some(day)),
            Expr::Ahead(length) | Expr::Length(length) => self.after_event(length, time),
            Expr::Since(start) => {
                let end = if start.grain == Grain::Year { published } else { session };
                let end = end.filter(|d| start.first_day() <= *d);
                list(end.map(|d| Period::Between(start, CalendarPeriod::day(d))))
            }
            Expr::Range(from, to) => vec![Period::Between(from, to)],
            Expr::Vague => Vec::new(),
            Expr::Ago(length) => list(session.map(|d| Period::Trailing(length, d))),
            Expr::SinceThen => {
                let start = self.remembered.past.map(|p| CalendarPeriod::day(last_weekday(p)));
                let between = |(from, to): (CalendarPeriod, Date)| {
                    (from.last_day() < to).then(|| Period::Between(from, CalendarPeriod::day(to)))
                };
                list(start.zip(session).and_then(between))
            }
            Expr::Same(grain) => match self.remembered.figure.or(self.remembered.sentence) {
                Some(Expr::Same(_)) | None => Vec::new(),
                Some(Expr::Span(p))
                    if grain == Some(Grain::Day)
                        && (p.grain > Grain::Day || self.remembered.figure.is_none()) =>
                {
                    match self.remembered.past.filter(|d| d.grain == Grain::Day) {
                        Some(day) => vec![Period::Calendar(day)],
                        None => self.change(q, metric, Expr::Span(p), time),
                    }
                }
                Some(Expr::Span(p)) if grain.is_some_and(|g| g > p.grain) => {
                    let whole = CalendarPeriod::containing(grain.unwrap_or(p.grain), p.last_day());
                    self.calendar_change(q, metric, whole)
                }
                Some(expr) => self.change(q, metric, expr, time),
            },
        }
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

/// So much time up to a day. Where that is the last session of a month the base may be the month's
/// end, too; and what is said within a month is often measured to the end of the one before.
pub(in crate::article) fn trailing(
    length: Length,
    day: Date,
    published: Option<Date>,
) -> Vec<Period> {
    let mut all = vec![Period::Trailing(length, day)];
    if !matches!(length.unit, LengthUnit::Months | LengthUnit::Years) {
        return all;
    }
    let month = CalendarPeriod::containing(Grain::Month, day);
    if last_weekday(month) <= day {
        all.push(Period::Trailing(length, month.last_day()));
    } else if published == Some(day) {
        all.push(Period::Trailing(length, month.plus(-1).last_day()));
    }
    all
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
