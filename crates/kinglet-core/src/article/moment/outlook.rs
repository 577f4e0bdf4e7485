//! What an article looks at if it names no time: the days around its publication, and the periods
//! that they end or lie in.

use jiff::civil::{Date, Weekday};

use super::super::choice::named;
use super::super::period::Anchor;
use super::super::reader::Frame;
use super::candidate::{form, row};
use crate::time::{CalendarPeriod, Grain, Period, day_number, session_up_to};

/// The days and periods that figures without a time may be of; the same throughout an article.
#[derive(Debug)]
pub(in crate::article) struct Outlook {
    /// Of what lengths of time the article speaks.
    pub(super) frame: u32,
    /// By what its session is known.
    pub(super) grounds: u32,
    /// The days up to which what is said may reach.
    pub(super) days: Vec<Day>,
    /// What periods that may be meant are called.
    pub(super) names: Vec<u32>,
    /// What may be meant, each once, with the place of its name and where it lies.
    pub(super) periods: Vec<(Period, usize, Place)>,
    /// The numbers of the day of publication, of the session, and of the days a week and a hundred
    /// days before that.
    numbers: [Option<i32>; 4],
    /// The first of these and of the days up to which what is said may reach.
    lately: i32,
}

/// A day up to which what is said may reach.
#[derive(Clone, Copy, Debug)]
pub(super) struct Day {
    pub(super) date: Date,
    number: i32,
    /// What it is.
    pub(super) name: u32,
    /// The last session up to it.
    pub(super) session: CalendarPeriod,
    /// The last days of the month and of the year before.
    pub(super) former_ends: (Date, Date),
}

impl Day {
    fn new((date, name): (Date, u32)) -> Day {
        let end_before = |grain| CalendarPeriod::containing(grain, date).plus(-1).last_day();
        let session = CalendarPeriod::day(session_up_to(date));
        let former_ends = (end_before(Grain::Month), end_before(Grain::Year));
        Day { date, number: day_number(date), name, session, former_ends }
    }
}

/// How many places there are where a period may end.
pub(super) const ENDS: usize = 18;

/// What a period is like, whatever it is.
#[derive(Clone, Copy, Debug)]
pub(super) struct Place {
    pub(super) form: u32,
    /// Which form that is: less than [`super::candidate::FORMS`].
    pub(super) row: u8,
    /// What tells it from others.
    pub(super) key: u64,
    /// The [`number`] of its last day.
    pub(super) last: i32,
    /// Where it ends, seen from the day of publication: less than [`ENDS`].
    pub(super) end: u32,
}

impl Outlook {
    pub(in crate::article) fn new(anchor: Anchor, frame: Frame) -> Outlook {
        let [published, session] =
            [anchor.published, anchor.session].map(|day| day.map(day_number));
        let before = |n: i32| session.map(|day| day - n);
        let numbers = [published, session, before(7), before(99)];
        let days: Vec<Day> = days(anchor).into_iter().map(Day::new).collect();
        let lately = numbers.into_iter().flatten().chain(days.iter().map(|day| day.number)).min();
        let lately = lately.unwrap_or(OPEN);
        let around: Vec<_> = days.iter().flat_map(|day| around(day.date, day.name)).collect();
        let (names, periods, grounds) = (Vec::new(), Vec::new(), frame.grounds());
        let frame = frame.id();
        let mut out = Outlook { frame, grounds, days, names, periods, numbers, lately };
        for (period, name) in around {
            if !out.periods.iter().any(|(known, ..)| *known == period) {
                let known = out.names.iter().position(|known| *known == name);
                let at = known.unwrap_or(out.names.len());
                if known.is_none() {
                    out.names.push(name);
                }
                out.periods.push((period, at, out.place(period)));
            }
        }
        out
    }

    /// What a period is like, seen from the day of publication.
    pub(super) fn place(&self, period: Period) -> Place {
        self.place_keyed(period, period.key())
    }

    /// The same of a period whose key is known.
    pub(super) fn place_keyed(&self, period: Period, key: u64) -> Place {
        let last = number(period);
        let end = if last == OPEN { 0 } else { self.end(last) };
        Place { form: form(period), row: row(period), key, last, end }
    }

    /// Where a period ends that is not open.
    fn end(&self, last: i32) -> u32 {
        if last < self.lately {
            return 7;
        }
        let [published, session, week, season] = self.numbers;
        let known = self.days.iter().skip(1).find(|day| day.number == last);
        if let Some(day) = known.filter(|_| published != Some(last)) {
            return 10 + (day.name & 7);
        }
        let since = |from: Option<i32>| from.is_some_and(|from| last >= from);
        match (session == Some(last), published == Some(last)) {
            (true, true) => 1,
            (true, false) => 2,
            (false, true) => 3,
            _ if since(published) => 4,
            _ if since(session) => 7,
            _ if since(week) => 5,
            _ if since(season) => 6,
            _ => 7,
        }
    }
}

/// The number of the last day of an open period.
const OPEN: i32 = i32::MIN;

/// The number of the last day of a period.
pub(super) fn number(period: Period) -> i32 {
    period.last_number().unwrap_or(OPEN)
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

/// The periods that a day ends or lies in, and those beside them. Nobody writes on the day of
/// publication, or on a Friday that was no session, of what has come of a month so far.
fn around(day: Date, n: u32) -> Vec<(Period, u32)> {
    let p = CalendarPeriod::day(day);
    let mut out = vec![(Period::At(p), named!("at")), (Period::Calendar(p), named!("day"))];
    for grain in [Grain::Week, Grain::Month, Grain::Quarter, Grain::Year] {
        let p = CalendarPeriod::containing(grain, day);
        if n.is_multiple_of(2) {
            out.push((Period::ToDate(grain, day), named!("to date")));
        }
        out.push((Period::Calendar(p), named!("this")));
        let steps: &[i32] = match grain {
            Grain::Week => &[-1],
            Grain::Quarter => &[-1, -2],
            Grain::Month => &[-1, -2, 1],
            _ => &[-1, 1],
        };
        for step in steps {
            let name = named!("beside") ^ (step + 8) as u32;
            out.push((Period::Calendar(p.plus(*step)), name));
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
