//! Lengths of time with a named end, and parts of a year told by their length: `the ten years to
//! June 28`, `the five months through September`, `the first nine months of 2024`.

use super::super::number::{self, Measure};
use super::super::token::any_of;
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
        let (end, length) = self.counted(at).or_else(|| {
            let (end, unit) = unit_at(t, at).filter(|_| at > i)?;
            Some((end, length_of(1.0, unit)?))
        })?;
        let linked = any_of(t.key(end), list!("to|through|ended|ending|until")) || t.is(end, '–');
        let skip = usize::from(matches!(t.key(end + 1), "on" | "in"));
        let (end, period) = self.dates.read(end + 1 + skip).filter(|_| linked)?;
        if period.grain > Grain::Year || length.unit == LengthUnit::Sessions {
            return None;
        }
        let day = period.last_day();
        if length.unit == LengthUnit::Weeks && length.count == 1 {
            return Some((end, Expr::Span(CalendarPeriod::containing(Grain::Week, day))));
        }
        Some((end, months_up_to(length, day).unwrap_or(Expr::Until(length, day))))
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
            _ => {
                let q = number::quantity(t, at + 1).filter(|q| (1.0..12.0).contains(&q.value))?;
                let month = matches!(q.measure, Measure::Duration(LengthUnit::Months));
                (q.end, if month { q.value as i32 } else { return None })
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
