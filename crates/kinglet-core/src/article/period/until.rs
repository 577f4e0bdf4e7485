//! Lengths of time with a named end, and parts of a year told by their length: `the ten years to
//! June 28`, `the five months through September`, `the first nine months of 2024`.

use super::super::number::{self, Measure, Quantity};
use super::super::token::{Joint, any_of};
use super::super::words::list;
use super::window::{length_of, unit_at};
use super::{Expr, PeriodReader};
use crate::time::{CalendarPeriod, Date, Grain, Length, LengthUnit};

impl PeriodReader<'_> {
    /// `the three months to June 30`, `past five years through 2024`, `12 months ended March`.
    pub(super) fn until(&self, i: usize) -> Option<(usize, Expr)> {
        let t = self.tokens();
        let at = i + usize::from(matches!(t.key(i), "the" | "a" | "its"));
        let at = at + usize::from(any_of(t.key(at), list!("past|last|previous|full|trailing")));
        let named = |end: &usize| t.joint(end - 1) != Joint::Hyphen; // "the ten-year ended August"
        let counted = self.counted(at).filter(|(end, _)| named(end));
        let (end, length) = counted.or_else(|| self.unit(at).filter(|_| at > i))?;
        if !any_of(t.key(end), list!("to|through|ended|ending|until")) && !t.is(end, '–') {
            return None;
        }
        let through = t.key(end) == "through" && length == Length::months(12) && at + 1 == end;
        let named = (end + 1..end + 5).take_while(|&n| {
            n == end + 1 || any_of(t.key(n - 1), list!("on|in|the|end|of|late|close|that"))
        });
        let (end, period) = { named }.find_map(|n| self.last_of(n))?;
        let day = period.last_day();
        let this = CalendarPeriod::year(day.year());
        if through && self.session().is_some_and(|d| d.year() == day.year()) {
            return Some((end, Expr::Range(this, period)));
        }
        if length.unit == LengthUnit::Weeks && length.count == 1 {
            return Some((end, Expr::Span(CalendarPeriod::containing(Grain::Week, day))));
        }
        Some((end, months_up_to(length, day).unwrap_or(Expr::Until(length, day))))
    }

    /// A day, month, quarter or year that ends a stretch: `June 30`, `Friday`, `that month`.
    fn last_of(&self, i: usize) -> Option<(usize, CalendarPeriod)> {
        let span = |(end, expr)| match expr {
            Expr::Span(p) => Some((end, p)),
            _ => None,
        };
        let that = || self.that(i.checked_sub(1)?).and_then(span);
        self.dates.read(i).or_else(|| self.weekday(i).and_then(span)).or_else(that)
    }

    /// A unit of time as a length: `month`, `quarter`, `half-year`.
    fn unit(&self, i: usize) -> Option<(usize, Length)> {
        let t = self.tokens();
        match t.key(i) {
            "quarter" => Some((i + 1, Length::months(3))),
            "half" => Some((i + 1 + usize::from(t.key(i + 1) == "year"), Length::months(6))),
            "decade" => Some((i + 1, Length::years(10))),
            _ => {
                let (end, unit) = unit_at(t, i)?;
                Some((end, length_of(1.0, unit)?))
            }
        }
    }

    /// `the next three` behind `the first three months`: those that follow.
    pub(super) fn next_part(&self, i: usize) -> Option<(usize, Expr)> {
        let t = self.tokens();
        let at = i + usize::from(t.key(i) == "the");
        let next = any_of(t.key(at), list!("next|following|subsequent|last|final")) && at > i;
        if !next {
            return None;
        }
        let q = number::quantity(t, at + 1).filter(|q| (1.0..12.0).contains(&q.value))?;
        let plain = q.measure == Measure::Plain && q.in_words && !t.is_word(q.end);
        let months = plain || q.measure == Measure::Duration(LengthUnit::Months);
        let (to, year) = (i.saturating_sub(40)..i).rev().filter(|_| months).find_map(|back| {
            match self.part_of_year(back)?.1 {
                Expr::Span(p) | Expr::Range(_, p) => Some((p.last_day(), p.first_day().year())),
                _ => None,
            }
        })?;
        let count = q.value as i8;
        let month = |n: i8| (1..=12).contains(&n).then(|| CalendarPeriod::month(year, n));
        let last = any_of(t.key(at), list!("last|final"));
        let first = if last { 13 - count } else { to.month() + 1 };
        Some((q.end, months_between(month(first)?, month(first + count - 1)?)))
    }

    /// A number of units: `three months`, `12-month`.
    pub(super) fn counted(&self, i: usize) -> Option<(usize, Length)> {
        let t = self.tokens();
        let q = number::quantity(t, i)?;
        match q.measure {
            Measure::Duration(unit) => {
                let noun = any_of(t.key(q.end), list!("period|stretch|span")) && q.adjective;
                Some((q.end + usize::from(noun), length_of(q.value, unit)?))
            }
            Measure::Plain if q.decimals == 0 => {
                let (end, unit) = unit_at(t, q.end)?;
                Some((end, length_of(q.value, unit)?))
            }
            _ => None,
        }
    }

    /// `the first nine months of 2024`, `the final quarter of last year`, `the opening half`.
    pub(super) fn part_of_year(&self, i: usize) -> Option<(usize, Expr)> {
        let t = self.tokens();
        let at = i + usize::from(t.key(i) == "the");
        let last = any_of(t.key(at), list!("last|final|closing"));
        if !last && !any_of(t.key(at), list!("first|opening")) {
            return None;
        }
        let (after, months) = match t.key(at + 1) {
            "quarter" if t.key(at) != "first" && t.key(at) != "last" => (at + 2, 3),
            "half" if t.key(at) == "opening" || t.key(at) == "closing" => (at + 2, 6),
            unit @ ("month" | "quarter") if self.is_of_year(at + 2) => {
                (at + 2, if unit == "month" { 1 } else { 3 })
            }
            _ => {
                let q = number::quantity(t, at + 1).filter(|q| (1.0..12.0).contains(&q.value))?;
                let month = matches!(q.measure, Measure::Duration(LengthUnit::Months));
                // "in each of the final three quarters" counts them
                let of_each = (1..=2).any(|n| t.key(at.wrapping_sub(n)) == "of");
                let plain = q.measure == Measure::Plain && q.in_words && self.is_of_months(&q);
                match t.key(q.end) {
                    "quarters" if (1.0..4.0).contains(&q.value) && !of_each => {
                        (q.end + 1, 3 * q.value as i32)
                    }
                    _ if month || plain => (q.end, q.value as i32),
                    _ => return None,
                }
            }
        };
        let of = t.key(after) == "of";
        let (end, year) = self.year_named(after + usize::from(of)).unzip();
        if last && year.is_none() && t.key(at + 1) != "half" {
            return None;
        }
        let session = self.session().or(self.dates.published)?;
        let year = year.unwrap_or_else(|| session.year());
        let (from, to) = if last { (13 - months, 12) } else { (1, months) };
        let month = |n: i32| Some(CalendarPeriod::month(year, i8::try_from(n).ok()?));
        Some((end.unwrap_or(after), months_between(month(from)?, month(to)?)))
    }

    /// Whether `of 2010` or `of the year` stands at a token.
    fn is_of_year(&self, at: usize) -> bool {
        self.tokens().key(at) == "of" && self.year_named(at + 1).is_some()
    }

    /// Whether a number without its noun counts months: `in the first three` where months were
    /// spoken of.
    fn is_of_months(&self, q: &Quantity) -> bool {
        let t = self.tokens();
        let ends = !t.is_word(q.end) && t.number(q.end).is_none();
        ends && (q.first.saturating_sub(40)..q.first).any(|i| any_of(t.key(i), list!("months")))
    }

    /// `2024`, `the year`, `last year`.
    fn year_named(&self, i: usize) -> Option<(usize, i16)> {
        let t = self.tokens();
        let now = self.session().or(self.dates.published)?.year();
        if let Some(end) = t.any_phrase(i, list!("last year")) {
            return Some((end, now - 1));
        }
        if let Some(end) = t.any_phrase(i, list!("the year|this year")) {
            return Some((end, now));
        }
        let (end, period) = self.dates.read(i)?;
        (period.grain == Grain::Year).then(|| (end, period.first_day().year()))
    }
}

/// So many months up to the last day of one of them; none for years and for other days.
fn months_up_to(length: Length, day: Date) -> Option<Expr> {
    let month = CalendarPeriod::containing(Grain::Month, day);
    let months = length.unit == LengthUnit::Months && length.count <= 24;
    let whole = CalendarPeriod::year(day.year());
    let closed = (month.last_day() - day).get_days() <= 2;
    if !months || !closed || length.count == 12 && whole.last_day() != month.last_day() {
        return None;
    }
    Some(months_between(month.plus(1 - i32::from(length.count)), month))
}

/// The months from one to another, as the quarter, half or year that they make up.
fn months_between(from: CalendarPeriod, to: CalendarPeriod) -> Expr {
    [Grain::Quarter, Grain::Half, Grain::Year]
        .into_iter()
        .map(|grain| CalendarPeriod::containing(grain, to.last_day()))
        .find(|p| p.first_day() == from.first_day() && p.last_day() == to.last_day())
        .map_or(if from == to { Expr::Span(to) } else { Expr::Range(from, to) }, Expr::Span)
}
