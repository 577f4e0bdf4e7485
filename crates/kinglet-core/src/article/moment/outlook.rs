//! What an article looks at if it names no time: the days around its publication, and the periods
//! that they end or lie in.

use jiff::civil::{Date, Weekday};

use super::super::choice::named;
use super::super::period::Anchor;
use super::candidate::form;
use crate::time::{CalendarPeriod, Grain, Period};

/// The days and periods that figures without a time may be of; the same throughout an article.
#[derive(Debug)]
pub(in crate::article) struct Outlook {
    anchor: Anchor,
    /// The days up to which what is said may reach, with what they are.
    pub(super) days: Vec<(Date, u32)>,
    /// What may be meant, each once, with what it is and where it lies.
    pub(super) periods: Vec<(Period, u32, Place)>,
    /// A week and a hundred days before the session.
    lately: Option<(Date, Date)>,
}

/// What a period is like, whatever it is.
#[derive(Clone, Copy, Debug)]
pub(super) struct Place {
    pub(super) form: u32,
    pub(super) last: Option<Date>,
    /// Where it ends, seen from the day of publication.
    pub(super) end: u32,
}

impl Outlook {
    pub(in crate::article) fn new(anchor: Anchor) -> Outlook {
        let before = |day: Date, n: i32| day.saturating_sub(jiff::Span::new().days(n));
        let lately = anchor.session.map(|day| (before(day, 7), before(day, 99)));
        let mut out = Outlook { anchor, days: days(anchor), periods: Vec::new(), lately };
        let periods: Vec<_> = out.days.iter().flat_map(|&(day, n)| around(day, n)).collect();
        for (period, name) in periods {
            if !out.periods.iter().any(|(known, ..)| *known == period) {
                out.periods.push((period, name, out.place(period)));
            }
        }
        out
    }

    /// What a period is like, seen from the day of publication.
    pub(super) fn place(&self, period: Period) -> Place {
        let last = period.last_day();
        Place { form: form(period), last, end: last.map_or(0, |last| self.end(last)) }
    }

    fn end(&self, last: Date) -> u32 {
        let Anchor { session, published } = self.anchor;
        if let Some((_, name)) =
            self.days.iter().skip(1).find(|(day, _)| *day == last && published != Some(last))
        {
            return 10 + (name & 7);
        }
        let since = |from: Option<Date>| from.is_some_and(|from| last >= from);
        match (session == Some(last), published == Some(last)) {
            (true, true) => 1,
            (true, false) => 2,
            (false, true) => 3,
            _ if since(published) => 4,
            _ if since(session) => 7,
            _ if since(self.lately.map(|(week, _)| week)) => 5,
            _ if since(self.lately.map(|(_, season)| season)) => 6,
            _ => 7,
        }
    }
}

/// The session that is reported on, the day of publication, the weekday and the Friday before it:
/// each once.
fn days(anchor: Anchor) -> Vec<(Date, u32)> {
    let Anchor { session, published } = anchor;
    let eve = published.and_then(|day| weekday_from(day, -1));
    let friday = published.and_then(|day| day.nth_weekday(-1, Weekday::Friday).ok());
    let mut out: Vec<(Date, u32)> = Vec::new();
    for (day, name) in [session, published, eve, friday].into_iter().zip(0..) {
        if let Some(day) = day
            && !out.iter().any(|(known, _)| *known == day)
        {
            out.push((day, name));
        }
    }
    out
}

/// The periods that a day ends or lies in, and those beside them.
fn around(day: Date, n: u32) -> Vec<(Period, u32)> {
    let p = CalendarPeriod::day(day);
    let mut out = vec![(Period::At(p), named!("at")), (Period::Calendar(p), named!("day"))];
    for grain in [Grain::Week, Grain::Month, Grain::Quarter, Grain::Year] {
        let p = CalendarPeriod::containing(grain, day);
        out.push((Period::ToDate(grain, day), named!("to date")));
        out.push((Period::Calendar(p), named!("this")));
        out.push((Period::At(p), named!("at this")));
        for step in [-1, -2, 1] {
            let name = named!("beside") ^ (step + 8) as u32;
            out.push((Period::Calendar(p.plus(step)), name));
        }
        out.push((Period::At(p.plus(-1)), named!("at last")));
    }
    out.iter_mut().for_each(|(_, name)| *name ^= n);
    out
}

/// The next weekday after a day, or the last one before it.
pub(super) fn weekday_from(day: Date, step: i64) -> Option<Date> {
    let mut day = day;
    loop {
        day = if step < 0 { day.yesterday().ok()? } else { day.tomorrow().ok()? };
        if day.weekday().to_monday_one_offset() <= 5 {
            return Some(day);
        }
    }
}
