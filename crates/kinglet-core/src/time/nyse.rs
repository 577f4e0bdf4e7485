//! Sessions and closing times of the New York Stock Exchange since 1953, by rule and by table.
//!
//! Sources: NYSE, "Special Closings" and "Holidays and early closings" as listed by the Python
//! packages `pandas_market_calendars` 5.5.0 and `exchange_calendars` 4.13.2 (which agree on every
//! session), and the press. Where they differ: both exchanges of the day closed at 13:00 on
//! 1999-12-31, as the NYSE board had resolved (press release of 1999-06-04); the day ended at 15:30
//! until 1974-09-30 and at 16:00 from 1974-10-01 (NYSE, "Timeline: trading hours").

use std::iter::successors;
use std::sync::LazyLock;

use jiff::ToSpan;
use jiff::civil::{Date, Time, Weekday};

use super::days;

/// The first year for which the sessions follow from the rules here; Saturday trading had ended in
/// September 1952.
pub(super) const FIRST_YEAR: i16 = 1953;

const fn day(year: i16, month: i8, day: i8) -> Date {
    Date::constant(year, month, day)
}

/// Days on which the exchange stayed closed outside its rules, in order.
const CLOSED: &[Date] = &[
    day(1953, 2, 12),  // Lincoln's Birthday, for the last time
    day(1953, 10, 12), // Columbus Day, for the last time
    day(1953, 11, 11), // Veterans Day, for the last time
    day(1954, 12, 24), // Christmas on a Saturday
    day(1956, 12, 24), // Christmas Eve
    day(1958, 12, 26), // the day after Christmas
    day(1961, 5, 29),  // the day before Decoration Day
    day(1963, 11, 25), // funeral of President Kennedy
    day(1968, 2, 12),  // Lincoln's Birthday
    day(1968, 4, 9),   // mourning for Martin Luther King
    day(1968, 7, 5),   // the day after Independence Day
    day(1968, 11, 11), // Veterans Day
    day(1969, 2, 10),  // heavy snow
    day(1969, 3, 31),  // funeral of President Eisenhower
    day(1969, 7, 21),  // first landing on the Moon
    day(1972, 12, 28), // funeral of President Truman
    day(1973, 1, 25),  // funeral of President Johnson
    day(1977, 7, 14),  // blackout of New York
    day(1985, 9, 27),  // hurricane Gloria
    day(1994, 4, 27),  // funeral of President Nixon
    day(2001, 9, 11),  // attack on the World Trade Center
    day(2001, 9, 12),
    day(2001, 9, 13),
    day(2001, 9, 14),
    day(2004, 6, 11),  // mourning for President Reagan
    day(2007, 1, 2),   // mourning for President Ford
    day(2012, 10, 29), // hurricane Sandy
    day(2012, 10, 30),
    day(2018, 12, 5), // mourning for President George H. W. Bush
    day(2025, 1, 9),  // mourning for President Carter
];

/// The first and the last Wednesday on which the paperwork crisis kept the exchange closed.
const PAPERWORK: (Date, Date) = (day(1968, 6, 12), day(1968, 12, 18));

/// The Wednesdays between them on which it was open, since their week had a holiday.
const OPEN_WEDNESDAYS: &[Date] =
    &[day(1968, 7, 3), day(1968, 9, 4), day(1968, 11, 6), day(1968, 11, 13), day(1968, 11, 27)];

/// Sessions or, first and last, runs of sessions that ended early outside the rules.
const SHORT: &[(Date, Date, Time)] = &[
    (day(1963, 11, 22), day(1963, 11, 22), at(14, 7)), // President Kennedy shot
    (day(1964, 10, 23), day(1964, 10, 23), at(14, 0)), // funeral of President Hoover
    (day(1966, 1, 6), day(1966, 1, 14), at(14, 0)),    // transit strike
    (day(1967, 2, 7), day(1967, 2, 7), at(14, 0)),     // snow
    (day(1967, 8, 9), day(1967, 8, 18), at(14, 0)),    // paperwork
    (day(1968, 1, 22), day(1968, 3, 1), at(14, 0)),    // paperwork
    (day(1969, 1, 2), day(1969, 7, 3), at(14, 0)),     // paperwork
    (day(1969, 7, 7), day(1969, 9, 26), at(14, 30)),   // paperwork
    (day(1969, 9, 29), day(1970, 5, 1), at(15, 0)),    // paperwork
    (day(1974, 12, 24), day(1974, 12, 24), at(14, 0)),
    (day(1975, 2, 12), day(1975, 2, 12), at(14, 30)), // snow
    (day(1975, 12, 24), day(1975, 12, 24), at(14, 0)),
    (day(1976, 8, 9), day(1976, 8, 9), at(15, 0)), // hurricane Belle
    (day(1978, 2, 6), day(1978, 2, 6), at(14, 0)), // snow
    (day(1981, 3, 30), day(1981, 3, 30), at(15, 17)), // President Reagan shot
    (day(1981, 9, 9), day(1981, 9, 9), at(15, 28)), // power failure
    (day(1987, 10, 23), day(1987, 10, 30), at(14, 0)), // after the crash
    (day(1987, 11, 2), day(1987, 11, 4), at(14, 30)),
    (day(1987, 11, 5), day(1987, 11, 6), at(15, 0)),
    (day(1987, 11, 9), day(1987, 11, 11), at(15, 30)),
    (day(1990, 12, 24), day(1990, 12, 24), at(14, 0)),
    (day(1991, 12, 24), day(1991, 12, 24), at(14, 0)),
    (day(1992, 11, 27), day(1992, 11, 27), at(14, 0)),
    (day(1992, 12, 24), day(1992, 12, 24), at(14, 0)),
    (day(1994, 2, 11), day(1994, 2, 11), at(14, 30)), // snow
    (day(1996, 1, 8), day(1996, 1, 8), at(14, 0)),    // snow
    (day(1997, 10, 27), day(1997, 10, 27), at(15, 30)), // circuit breaker
    (day(1997, 12, 26), day(1997, 12, 26), at(13, 0)),
    (day(1999, 12, 31), day(1999, 12, 31), at(13, 0)),
    (day(2003, 12, 26), day(2003, 12, 26), at(13, 0)),
    (day(2005, 6, 1), day(2005, 6, 1), at(15, 56)), // systems
];

const fn at(hour: i8, minute: i8) -> Time {
    Time::constant(hour, minute, 0, 0)
}

/// Every session of a year from 1953.
pub(super) fn sessions_of(year: i16) -> impl Iterator<Item = Date> {
    let holidays = holidays(year);
    let days = successors(Some(Date::constant(year, 1, 1)), |day| day.tomorrow().ok());
    days.take_while(move |day| day.year() == year).filter(move |day| {
        let weekday = day.weekday();
        let weekend = matches!(weekday, Weekday::Saturday | Weekday::Sunday);
        !weekend && !holidays.contains(&Some(*day)) && !is_closed(*day, weekday)
    })
}

/// Whether there is a session on a day, by the rules here.
pub(crate) fn is_session(day: Date) -> bool {
    is_session_numbered(days::number(day))
}

/// The last session up to a day, at most nine days before it; else the day itself.
pub(crate) fn session_up_to(day: Date) -> Date {
    let number = days::number(day);
    match (0..10).find(|n| is_session_numbered(number - n)) {
        None | Some(0) => day,
        Some(n) => days::of((number - n).into()),
    }
}

/// Whether there is one on the day of a number, which is asked with every day of an article.
fn is_session_numbered(number: i32) -> bool {
    const LAST_YEAR: i16 = 2100;
    /// The number of the first day that is known, and whether there is a session on each from it
    /// on.
    static KNOWN: LazyLock<(i32, Vec<bool>)> = LazyLock::new(|| {
        let first = days::number(day(FIRST_YEAR, 1, 1));
        let mut known = vec![false; (days::number(day(LAST_YEAR + 1, 1, 1)) - first) as usize];
        for session in (FIRST_YEAR..=LAST_YEAR).flat_map(sessions_of) {
            known[(days::number(session) - first) as usize] = true;
        }
        (first, known)
    });
    let (first, known) = &*KNOWN;
    if let Some(known) = usize::try_from(number - first).ok().and_then(|at| known.get(at)) {
        return *known;
    }
    let day = days::of(number.into());
    let weekday = day.weekday();
    let weekend = matches!(weekday, Weekday::Saturday | Weekday::Sunday);
    let off = || holidays(day.year()).contains(&Some(day)) || is_closed(day, weekday);
    !weekend && (day.year() < FIRST_YEAR || !off())
}

/// Whether the exchange stayed closed outside its rules.
fn is_closed(day: Date, weekday: Weekday) -> bool {
    let paperwork = weekday == Weekday::Wednesday
        && (PAPERWORK.0..=PAPERWORK.1).contains(&day)
        && !OPEN_WEDNESDAYS.contains(&day);
    paperwork || CLOSED.binary_search(&day).is_ok()
}

/// The days off by rule.
fn holidays(year: i16) -> [Option<Date>; 11] {
    use Weekday::{Monday, Thursday, Tuesday};
    let on = |month, day| Date::constant(year, month, day);
    let nth = |month, n, weekday| {
        on(month, 1).nth_weekday_of_month(n, weekday).expect("every month has four of each weekday")
    };
    let from = |first, date| (year >= first).then_some(date);
    let new_year = match on(1, 1).weekday() {
        Weekday::Saturday => None,
        _ => observed(on(1, 1)),
    };
    let washington = if year <= 1970 { observed(on(2, 22)) } else { Some(nth(2, 3, Monday)) };
    let memorial = match year {
        ..=1969 => observed(on(5, 30)),
        1970 => Some(on(5, 30)),
        _ => Some(nth(5, -1, Monday)),
    };
    let election = match year {
        ..=1968 | 1972 | 1976 | 1980 => Some(nth(11, 1, Monday) + 1.day()),
        _ => None,
    };
    debug_assert!(election.is_none_or(|date| date.weekday() == Tuesday));
    [
        new_year,
        from(1998, nth(1, 3, Monday)),
        washington,
        Some(good_friday(year)),
        memorial,
        observed(on(6, 19)).filter(|_| year >= 2022),
        observed(on(7, 4)),
        Some(nth(9, 1, Monday)),
        election,
        Some(nth(11, 4, Thursday)),
        observed(on(12, 25)),
    ]
}

/// A holiday on a Sunday is kept on Monday; since July 1959 one on a Saturday is kept on Friday.
fn observed(date: Date) -> Option<Date> {
    match date.weekday() {
        Weekday::Sunday => Some(date + 1.day()),
        Weekday::Saturday if date < day(1959, 7, 1) => None,
        Weekday::Saturday => Some(date - 1.day()),
        _ => Some(date),
    }
}

/// Two days before Easter, by the anonymous Gregorian computus (Meeus 1991, Astronomical
/// Algorithms, chapter 8).
pub(crate) fn good_friday(year: i16) -> Date {
    let y = i32::from(year);
    let (a, b, c) = (y % 19, y / 100, y % 100);
    let h = (19 * a + b - b / 4 - (b - (b + 8) / 25 + 1) / 3 + 15) % 30;
    let l = (32 + 2 * (b % 4) + 2 * (c / 4) - h - c % 4) % 7;
    let m = (a + 11 * h + 22 * l) / 451;
    let days = h + l - 7 * m + 114;
    let narrow = |n: i32| i8::try_from(n).expect("a month or a day");
    Date::constant(year, narrow(days / 31), narrow(days % 31 + 1)) - 2.days()
}

/// When a session ends, in New York.
pub(super) fn close(session: Date) -> Time {
    if let Some(&(.., time)) = SHORT.iter().find(|s| (s.0..=s.1).contains(&session)) {
        return time;
    }
    if is_half_day(session) {
        return at(13, 0);
    }
    if session < day(1952, 9, 29) {
        at(15, 0)
    } else if session < day(1974, 10, 1) {
        at(15, 30)
    } else {
        at(16, 0)
    }
}

/// Since 1993: the day after Thanksgiving; Christmas Eve from Monday to Thursday; the day before
/// Independence Day, or, until 2012, the Friday after it if it is a Thursday.
fn is_half_day(session: Date) -> bool {
    use Weekday::{Friday, Monday, Thursday, Tuesday, Wednesday};
    if session.year() < 1993 {
        return false;
    }
    match (session.month(), session.day(), session.weekday()) {
        (11, 23..=29, Friday) => true,
        (12, 24, Monday | Tuesday | Wednesday | Thursday) => true,
        (7, 3, Monday | Tuesday | Thursday) => session.year() >= 1995,
        (7, 3, Wednesday) => session.year() >= 2013,
        (7, 5, Friday) => (1996..2013).contains(&session.year()),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Sessions of each year 1953 to 2028, counted by `pandas_market_calendars` 5.5.0:
    /// `get_calendar('NYSE').schedule('1953-01-01', '2028-12-31')`, grouped by year.
    const COUNTS: [usize; 76] = [
        251, 252, 252, 251, 252, 252, 253, 252, 250, 252, 251, 253, 252, 252, 251, 226, 250, 254,
        253, 251, 252, 253, 253, 253, 252, 252, 253, 253, 253, 253, 253, 253, 252, 253, 253, 253,
        252, 253, 253, 254, 253, 252, 252, 254, 253, 252, 252, 252, 248, 252, 252, 252, 252, 251,
        251, 253, 252, 252, 252, 250, 252, 252, 252, 252, 251, 251, 252, 253, 252, 251, 250, 252,
        250, 251, 251, 251,
    ];

    #[test]
    fn as_many_sessions_as_published() {
        for (year, want) in (1953..).zip(COUNTS) {
            assert_eq!(sessions_of(year).count(), want, "{year}");
        }
    }

    #[test]
    fn closing_times() {
        for (session, want) in [
            ("2025-09-18", "16:00:00"),
            ("2025-07-03", "13:00:00"),
            ("2024-07-03", "13:00:00"),
            ("2002-07-03", "16:00:00"),
            ("2002-07-05", "13:00:00"),
            ("2025-11-28", "13:00:00"),
            ("2025-12-24", "13:00:00"),
            ("2026-07-02", "16:00:00"),
            ("1999-12-31", "13:00:00"),
            ("1987-10-19", "16:00:00"),
            ("1974-09-30", "15:30:00"),
        ] {
            assert_eq!(close(session.parse().unwrap()).to_string(), want, "{session}");
        }
    }
}
