//! Stretches that are told by when they began: `since 1980`, `going back to 1979`, `since its low
//! of a year ago (March 11, 2003)`.

use super::super::token::any_of;
use super::super::words::list;
use super::edge::last_session;
use super::{Expr, PeriodReader};
use crate::time::{CalendarPeriod, Grain};

impl PeriodReader<'_> {
    /// `since 1980`, `since the start of the year`, `counting from 1979`, `since it began in 1984`.
    pub(super) fn since(&self, i: usize) -> Option<(usize, Expr)> {
        let t = self.tokens();
        let openers = list!(
            "since|dating back to|going back to|goes back to|back to|counting from|\
            starting in|beginning in|starting from"
        );
        let at = t.any_phrase(i, openers)?;
        let whole = list!(
            "the start of the year|the beginning of the year|the year began|the new year|\
            the start of this year|the beginning of this year|the end of last year|last year end|\
            the turn of the year|the close of last year|year end|the year 's start|new year 's day|\
            new year|new year 's|new year 's eve|the first of the year|the start of january|\
            the first day of the year|the end of december|jan . 1|january 1"
        );
        if let Some(end) = t.any_phrase(at, whole) {
            return Some((end, Expr::ToDate(Grain::Year)));
        }
        let starts =
            list!("the start of the|the beginning of the|the start of this|the opening of the|the");
        if let Some(end) = t.any_phrase(at, starts)
            && let Some(grain) = Grain::from_name(t.key(end)).filter(|g| *g > Grain::Day)
            && (end > at + 1 || any_of(t.key(end + 1), list!("began|started|opened")))
        {
            let end = end + if end > at + 1 { 1 } else { 2 };
            return Some((end, Expr::ToDate(grain)));
        }
        if let Some((end, Expr::Span(p))) = self.ending_of(at) {
            return Some((end, Expr::Since(CalendarPeriod::day(last_session(p)))));
        }
        if let Some((end, day)) = self.dates.election(at) {
            return Some((end, Expr::Since(day)));
        }
        if t.key(i) == "since"
            && let Some(found) = self.since_bracket(at)
        {
            return Some(found);
        }
        let words = if t.key(i) == "since" { 6 } else { 2 };
        for start in at..(at + words).min(t.len()) {
            if let Some((end, Expr::Span(part))) = self.fuzzy(start) {
                return Some((end, Expr::Since(part)));
            }
            if let Some((end, period)) = self.dates.read(start) {
                let ends = start >= 2 && t.key(start - 1) == "of" && t.key(start - 2) == "end";
                return Some((end, self.since_start(period, ends)));
            }
            if let Some((end, Some(day))) = self.dates.weekday(start) {
                return Some((end, Expr::Since(CalendarPeriod::day(day))));
            }
            let goes_on = t.is_word(start) && !matches!(t.key(start), "and" | "while" | "but");
            if !goes_on && t.number(start).is_none() {
                break;
            }
        }
        None
    }

    /// `since its low of about a year ago (March 11, 2003)`: the day in brackets says when.
    fn since_bracket(&self, at: usize) -> Option<(usize, Expr)> {
        const WORDS: usize = 9;
        let t = self.tokens();
        let open = (at..at + WORDS)
            .take_while(|&i| i == at || !t.is(i - 1, ','))
            .find(|&i| t.is(i, '('))?;
        let (end, day) = self.dates.read(open + 1).filter(|(_, p)| p.grain == Grain::Day)?;
        (t.is(end, ')')).then_some((end + 1, Expr::Since(day)))
    }

    /// Since a period, or since its end.
    fn since_start(&self, period: CalendarPeriod, ends: bool) -> Expr {
        let year = self.session().map(|d| CalendarPeriod::year(d.year()));
        let january = period.grain == Grain::Month
            && year.is_some_and(|y| y.first_day() == period.first_day());
        let whole = if ends { year == Some(period.plus(1)) } else { january };
        match ends {
            _ if whole => Expr::ToDate(Grain::Year),
            true => Expr::Since(CalendarPeriod::day(last_session(period))),
            false => Expr::Since(period),
        }
    }
}
