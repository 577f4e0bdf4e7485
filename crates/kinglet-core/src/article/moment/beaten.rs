//! When what a record is measured against was: `its best June since 1955, when it rose 8.2%`.

use super::super::date::month_number;
use super::super::number::Quantity;
use super::super::period::{Expr, Time};
use super::super::token::any_of;
use super::super::words::list;
use super::Moments;
use crate::time::{CalendarPeriod, Grain, Period};

/// How far behind `when` a figure is still of that time, and how far before the time its kind is
/// told, in tokens.
const REACH: usize = 12;

impl Moments<'_> {
    /// The period of a figure that tells what the day, week, month or year brought that is
    /// compared with: the grain is that of the record, `best week since January 6, when …`.
    pub(super) fn beaten(&self, q: &Quantity) -> Option<Period> {
        let scene = self.scene;
        let before = |t: &&Time| t.end < q.first && q.first <= t.end + REACH;
        let time = scene.times.iter().rev().find(before)?;
        let when = (time.end..time.end + 3).find(|&i| scene.key(i) == "when")?;
        let inside = when + 1..q.first;
        // "when it had fallen 57%" looks back from there
        let stops = list!("had|since|from|and|;|while|before|after");
        let Expr::Since(p) = time.expr else { return None };
        if when >= q.first || inside.clone().any(|i| any_of(scene.key(i), stops)) {
            return None;
        }
        let behind = scene.times.iter().find(|t| t.first >= q.end);
        let month = behind.filter(|t| t.first <= q.end + 2).and_then(|t| match t.expr {
            Expr::Span(month) if month.grain == Grain::Month => Some(month.first_day().month()),
            _ => None,
        });
        self.of_grain(time, p, month).map(Period::Calendar)
    }

    /// What is compared of a time: the month of its year, the week of its day.
    fn of_grain(
        &self,
        time: &Time,
        p: CalendarPeriod,
        month: Option<i8>,
    ) -> Option<CalendarPeriod> {
        let words = || (1..=REACH).map(|n| self.scene.key(time.first.wrapping_sub(n)));
        let year = p.first_day().year();
        if p.grain == Grain::Year {
            let month = month.or_else(|| words().find_map(month_number));
            let shorter = |word| any_of(word, list!("day|week|month|quarter|half|start|session"));
            return match month {
                Some(month) => Some(CalendarPeriod::month(year, month)),
                None if words().any(shorter) => None,
                None => Some(p),
            };
        }
        let grain = words().find_map(|word| match word {
            "weekly" => Some(Grain::Week),
            "monthly" => Some(Grain::Month),
            "daily" | "session" => Some(Grain::Day),
            word => Grain::from_name(word),
        });
        let long = |grain: &Grain| *grain > p.grain && *grain <= Grain::Quarter;
        Some(CalendarPeriod::containing(grain.filter(long).unwrap_or(p.grain), p.last_day()))
    }
}
