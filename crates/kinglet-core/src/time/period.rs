//! The algebra of periods: what `2025-08`, `ytd@2025-06-12`, `10y@2025-08-28` or
//! `2025-06-12..2025-09-18` mean in sessions.
//!
//! The base-close rule: a return over a period runs from the last close before it to the last close
//! in it; `A..B` between two days runs from A's close to B's.

use std::fmt;
use std::str::FromStr;

use jiff::civil::{Date, ISOWeekDate, Weekday};
use jiff::{Span, ToSpan};

use super::Calendar;
use super::calendar::{YEAR_MAX, YEAR_MIN};
use super::days;
use crate::answer::Undefined;
use crate::diagnostic::{Code, Diagnostic};

/// The size of a calendar period.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Grain {
    /// A session.
    Day,
    /// An ISO week, Monday to Sunday.
    Week,
    /// A calendar month.
    Month,
    /// Three months.
    Quarter,
    /// Six months.
    Half,
    /// A calendar year.
    Year,
}

impl Grain {
    /// Every grain, smallest first.
    pub const ALL: [Grain; 6] =
        [Grain::Day, Grain::Week, Grain::Month, Grain::Quarter, Grain::Half, Grain::Year];

    /// The word for it in queries: `month`.
    pub fn name(self) -> &'static str {
        match self {
            Grain::Day => "day",
            Grain::Week => "week",
            Grain::Month => "month",
            Grain::Quarter => "quarter",
            Grain::Half => "half",
            Grain::Year => "year",
        }
    }

    /// The grain of a word.
    pub fn from_name(name: &str) -> Option<Grain> {
        Grain::ALL.into_iter().find(|g| g.name() == name)
    }
}

/// One calendar period: a grain and its running number, so that neighbours are one apart.
///
/// Days count from 1970-01-01, weeks from its Monday; months are `12 * year + month - 1` and so on.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct CalendarPeriod {
    /// Its size.
    pub grain: Grain,
    ordinal: i32,
}

/// The first day of the month of a running number, as [`days::of`] beyond the calendar.
fn first_of_month(number: i64) -> Date {
    let (year, month) = (number.div_euclid(12), number.rem_euclid(12) + 1);
    let month = i8::try_from(month).expect("1 to 12");
    let date = i16::try_from(year).ok().and_then(|year| Date::new(year, month, 1).ok());
    date.unwrap_or(if year < 0 { Date::MIN } else { Date::MAX })
}

impl CalendarPeriod {
    /// The period of this grain in which a date lies.
    pub fn containing(grain: Grain, date: Date) -> Self {
        let (year, month) = (i32::from(date.year()), i32::from(date.month()) - 1);
        let ordinal = match grain {
            Grain::Day => days::number(date),
            Grain::Week => (days::number(date) + 3).div_euclid(7),
            Grain::Month => year * 12 + month,
            Grain::Quarter => year * 4 + month / 3,
            Grain::Half => year * 2 + month / 6,
            Grain::Year => year,
        };
        CalendarPeriod { grain, ordinal }
    }

    /// The month of a year.
    pub fn month(year: i16, month: i8) -> Self {
        CalendarPeriod { grain: Grain::Month, ordinal: i32::from(year) * 12 + i32::from(month) - 1 }
    }

    /// A whole year.
    pub fn year(year: i16) -> Self {
        CalendarPeriod { grain: Grain::Year, ordinal: i32::from(year) }
    }

    /// A single day.
    pub fn day(date: Date) -> Self {
        Self::containing(Grain::Day, date)
    }

    /// `n` periods later (earlier if negative).
    #[must_use]
    pub fn plus(self, n: i32) -> Self {
        CalendarPeriod { grain: self.grain, ordinal: self.ordinal.saturating_add(n) }
    }

    /// How many periods lie between this one and a later one of the same grain.
    pub fn until(self, later: CalendarPeriod) -> i32 {
        debug_assert_eq!(self.grain, later.grain);
        later.ordinal.saturating_sub(self.ordinal)
    }

    /// The first calendar day.
    pub fn first_day(self) -> Date {
        self.begin(i64::from(self.ordinal))
    }

    /// The last calendar day.
    pub fn last_day(self) -> Date {
        let last = |months: i64| {
            first_of_month((i64::from(self.ordinal) + 1) * months - 1).last_of_month()
        };
        match self.grain {
            Grain::Day => self.first_day(),
            Grain::Week => days::of(i64::from(self.ordinal) * 7 + 3),
            Grain::Month => last(1),
            Grain::Quarter => last(3),
            Grain::Half => last(6),
            Grain::Year => last(12),
        }
    }

    /// The number of the last calendar day.
    fn last_number(self) -> i32 {
        let before = |month: i32| days::number(first_of_month(month.into())) - 1;
        match self.grain {
            Grain::Day => self.ordinal,
            Grain::Week => self.ordinal * 7 + 3,
            Grain::Month => before(self.ordinal + 1),
            Grain::Quarter => before((self.ordinal + 1) * 3),
            Grain::Half => before((self.ordinal + 1) * 6),
            Grain::Year => before((self.ordinal + 1) * 12),
        }
    }

    /// The first day of the period of this grain with a running number.
    fn begin(self, ordinal: i64) -> Date {
        match self.grain {
            Grain::Day => days::of(ordinal),
            Grain::Week => days::of(ordinal * 7 - 3),
            Grain::Month => first_of_month(ordinal),
            Grain::Quarter => first_of_month(ordinal * 3),
            Grain::Half => first_of_month(ordinal * 6),
            Grain::Year => first_of_month(ordinal * 12),
        }
    }
}

impl fmt::Display for CalendarPeriod {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let first = self.first_day();
        let year = first.year();
        match self.grain {
            Grain::Day => write!(f, "{first}"),
            Grain::Week => {
                let week = first.iso_week_date();
                write!(f, "{:04}-W{:02}", week.year(), week.week())
            }
            Grain::Month => write!(f, "{year:04}-{:02}", first.month()),
            Grain::Quarter => write!(f, "{year:04}-Q{}", first.month() / 3 + 1),
            Grain::Half => write!(f, "{year:04}-H{}", first.month() / 6 + 1),
            Grain::Year => write!(f, "{year:04}"),
        }
    }
}

impl FromStr for CalendarPeriod {
    type Err = Diagnostic;

    fn from_str(text: &str) -> Result<Self, Diagnostic> {
        calendar_period(text).ok_or_else(|| {
            let year = text.get(..4).and_then(digits::<i16>);
            if year.is_some_and(|year| !(YEAR_MIN..=YEAR_MAX).contains(&year)) {
                return Diagnostic::new(Code::Period, format!("`{text}` is out of reach"))
                    .hint(format!("years go from {YEAR_MIN} to {YEAR_MAX}"));
            }
            Diagnostic::new(
                Code::Period,
                format!("`{text}` is not a day, week, month, quarter, half or year"),
            )
            .hint("write 2025-08-28, 2025-W35, 2025-08, 2025-Q3, 2025-H2 or 2025")
        })
    }
}

fn calendar_period(text: &str) -> Option<CalendarPeriod> {
    if !text.is_ascii() {
        return None;
    }
    let (year, rest) = text.split_at_checked(4)?;
    let year: i16 = digits(year).filter(|year| (YEAR_MIN..=YEAR_MAX).contains(year))?;
    let Some(rest) = rest.strip_prefix('-') else {
        return rest.is_empty().then(|| CalendarPeriod::year(year));
    };
    let first_of = |month: i8| Date::new(year, month, 1).ok();
    match rest.as_bytes() {
        [b'Q', q @ b'1'..=b'4'] => {
            let month = 3 * (q - b'1') as i8 + 1;
            Some(CalendarPeriod::containing(Grain::Quarter, first_of(month)?))
        }
        [b'H', h @ b'1'..=b'2'] => {
            let month = 6 * (h - b'1') as i8 + 1;
            Some(CalendarPeriod::containing(Grain::Half, first_of(month)?))
        }
        [b'W', _, _] => {
            let week = ISOWeekDate::new(year, digits(&rest[1..])?, Weekday::Monday).ok()?;
            Some(CalendarPeriod::containing(Grain::Week, week.date()))
        }
        [_, _] => Some(CalendarPeriod::containing(Grain::Month, first_of(digits(rest)?)?)),
        [_, _, b'-', _, _] => {
            let date = Date::new(year, digits(&rest[..2])?, digits(&rest[3..])?).ok()?;
            Some(CalendarPeriod::day(date))
        }
        _ => None,
    }
}

/// A number of plain digits, so that `+1` or ` 1` is refused.
fn digits<T: FromStr>(text: &str) -> Option<T> {
    (!text.is_empty() && text.bytes().all(|b| b.is_ascii_digit())).then(|| text.parse().ok())?
}

/// The unit of a trailing, rolling or forward period.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum LengthUnit {
    /// Sessions, written `d`.
    Sessions,
    /// Weeks of seven calendar days, written `w`.
    Weeks,
    /// Calendar months, written `m`.
    Months,
    /// Calendar years, written `y`.
    Years,
}

/// A length of time: `10y`, `6m`, `4w`, `5d`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Length {
    /// How many.
    pub count: u16,
    /// Of what.
    pub unit: LengthUnit,
}

impl Length {
    /// `count` years.
    pub fn years(count: u16) -> Self {
        Length { count, unit: LengthUnit::Years }
    }

    /// `count` months.
    pub fn months(count: u16) -> Self {
        Length { count, unit: LengthUnit::Months }
    }

    /// The length in calendar time; none for sessions, which the calendar counts.
    pub fn span(self) -> Option<Span> {
        let count = i32::from(self.count);
        match self.unit {
            LengthUnit::Sessions => None,
            LengthUnit::Weeks => Some(count.weeks()),
            LengthUnit::Months => Some(count.months()),
            LengthUnit::Years => Some(count.years()),
        }
    }

    /// The length in years, for annualising: sessions are 252 to the year, weeks 7 / 365.25.
    pub fn in_years(self) -> f64 {
        let count = f64::from(self.count);
        match self.unit {
            LengthUnit::Sessions => count / 252.0,
            LengthUnit::Weeks => count * 7.0 / 365.25,
            LengthUnit::Months => count / 12.0,
            LengthUnit::Years => count,
        }
    }
}

impl fmt::Display for Length {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let unit = match self.unit {
            LengthUnit::Sessions => 'd',
            LengthUnit::Weeks => 'w',
            LengthUnit::Months => 'm',
            LengthUnit::Years => 'y',
        };
        write!(f, "{}{unit}", self.count)
    }
}

impl FromStr for Length {
    type Err = Diagnostic;

    fn from_str(text: &str) -> Result<Self, Diagnostic> {
        let parse = || {
            let (count, unit) = text.split_at_checked(text.len().checked_sub(1)?)?;
            let unit = match unit {
                "d" => LengthUnit::Sessions,
                "w" => LengthUnit::Weeks,
                "m" => LengthUnit::Months,
                "y" => LengthUnit::Years,
                _ => return None,
            };
            let count = digits(count).filter(|&n| n > 0 && n <= 5_000)?;
            Some(Length { count, unit })
        };
        parse().ok_or_else(|| {
            Diagnostic::new(Code::Period, format!("`{text}` is not a length of time"))
                .hint("write 10y, 6m, 4w or 5d (d counts trading days)")
        })
    }
}

/// A period of a query or a claim, as written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Period {
    /// `2025-09-18`, `2025-W38`, `2025-08`, `2025-Q2`, `2025-H1`, `2025`
    Calendar(CalendarPeriod),
    /// `ytd@2025-06-12`, `qtd@…`, `mtd@…`, `wtd@…`: the calendar period until the day.
    ToDate(Grain, Date),
    /// `10y@2025-08-28`: from the last close on or before the same day so much earlier.
    Trailing(Length, Date),
    /// `A..B`: from A's close if A is a day, else from the last close before A; to B's last close.
    Between(CalendarPeriod, CalendarPeriod),
    /// `@2025-09-18`, `@2025-09`: a state as of that day, or at the end of that month.
    At(CalendarPeriod),
    /// `+6m`: so long after each event or period of a family.
    Forward(Length),
    /// `36m@month`: so long to the end of each month, a family of overlapping periods.
    Rolling(Length, Grain),
    /// `month`: each month in turn, a family of periods.
    Each(Grain),
    /// `@month`: a state at the end of each month in turn.
    AtEach(Grain),
}

/// A period in sessions: the close it starts from, if it is a change, and the close it ends with.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Interval {
    /// The session whose close is the base; none for a state (`@…`).
    pub base: Option<Date>,
    /// The session whose close is the end.
    pub end: Date,
}

impl Interval {
    /// From one close to another.
    pub fn between(base: Date, end: Date) -> Self {
        Interval { base: Some(base), end }
    }

    /// One close.
    pub fn at(end: Date) -> Self {
        Interval { base: None, end }
    }
}

impl Period {
    /// Whether it stands for one stretch of time by itself, without a family around it.
    pub fn is_fixed(self) -> bool {
        !matches!(
            self,
            Period::Forward(_) | Period::Rolling(..) | Period::Each(_) | Period::AtEach(_)
        )
    }

    /// Whether it can be spoken of: it does not end before it starts, and lies in the years that
    /// are within reach.
    pub fn is_sayable(self) -> bool {
        let reached = |day: Date| (YEAR_MIN..=YEAR_MAX).contains(&day.year());
        let whole = |p: CalendarPeriod| reached(p.first_day()) && reached(p.last_day());
        match self {
            Period::Calendar(p) | Period::At(p) => whole(p),
            Period::Between(from, to) => {
                whole(from) && whole(to) && from.first_day() <= to.last_day()
            }
            Period::ToDate(_, day) | Period::Trailing(_, day) => reached(day),
            Period::Forward(_) | Period::Rolling(..) | Period::Each(_) | Period::AtEach(_) => true,
        }
    }

    /// The last calendar day it speaks of; none for open periods.
    pub fn last_day(self) -> Option<Date> {
        match self {
            Period::Calendar(p) | Period::At(p) | Period::Between(_, p) => Some(p.last_day()),
            Period::ToDate(_, day) | Period::Trailing(_, day) => Some(day),
            Period::Forward(_) | Period::Rolling(..) | Period::Each(_) | Period::AtEach(_) => None,
        }
    }

    /// The number of the last calendar day it speaks of, which is told quicker than the day.
    pub(crate) fn last_number(self) -> Option<i32> {
        match self {
            Period::Calendar(p) | Period::At(p) | Period::Between(_, p) => Some(p.last_number()),
            Period::ToDate(_, day) | Period::Trailing(_, day) => Some(days::number(day)),
            Period::Forward(_) | Period::Rolling(..) | Period::Each(_) | Period::AtEach(_) => None,
        }
    }

    /// A number by which it is told from all others quicker than by itself; never 0.
    pub(crate) fn key(self) -> u64 {
        let of =
            |p: CalendarPeriod| u64::from(p.ordinal as u32) << 3 & 0x3fff_ffff | p.grain as u64;
        let day = |day: Date| u64::from(days::number(day) as u32) & 0x3fff_ffff;
        let length = |l: Length| u64::from(l.count) << 2 | l.unit as u64;
        let (kind, a, b) = match self {
            Period::Calendar(p) => (1, of(p), 0),
            Period::ToDate(grain, date) => (2, grain as u64, day(date)),
            Period::Trailing(l, date) => (3, length(l), day(date)),
            Period::Between(from, to) => (4, of(from), of(to)),
            Period::At(p) => (5, of(p), 0),
            Period::Forward(l) => (6, length(l), 0),
            Period::Rolling(l, grain) => (7, length(l), grain as u64),
            Period::Each(grain) => (8, grain as u64, 0),
            Period::AtEach(grain) => (9, grain as u64, 0),
        };
        kind << 60 | a << 30 | b
    }

    /// The first and last calendar day whose events fall into it. `A..B` between two days begins
    /// after A, and `5d@…` after the session five before.
    ///
    /// # Errors
    /// `Undefined` where the calendar does not reach or the period is open (`month`, `+6m`).
    pub fn days(self, calendar: &Calendar) -> Result<(Date, Date), Undefined> {
        let after = |date: Date| date.tomorrow().unwrap_or(date);
        match self {
            Period::Calendar(p) => Ok((p.first_day(), p.last_day())),
            Period::At(p) => Ok((p.last_day(), p.last_day())),
            Period::ToDate(grain, day) => {
                Ok((CalendarPeriod::containing(grain, day).first_day(), day))
            }
            Period::Trailing(length, day) => Ok((after(calendar.same_day(day, length)?), day)),
            Period::Between(from, to) => {
                let first = from.first_day();
                let first = if from.grain == Grain::Day { after(first) } else { first };
                Ok((first, to.last_day()))
            }
            Period::Forward(_) | Period::Rolling(..) | Period::Each(_) | Period::AtEach(_) => {
                Err(self.is_open())
            }
        }
    }

    /// The session whose close it ends with: the last one in it, or for `@…` the last one on or
    /// before its last day. A single day must be a session.
    ///
    /// # Errors
    /// `Undefined` where the calendar does not reach, there is no session in it, or it is open.
    pub fn end(self, calendar: &Calendar) -> Result<Date, Undefined> {
        let within = |first: Date, last: Date| {
            let end = calendar.on_or_before(last)?;
            if end < first {
                return Err(Undefined::new("no_session", format!("there is no session in {self}")));
            }
            Ok(end)
        };
        match self {
            Period::Calendar(p) => within(p.first_day(), p.last_day()),
            Period::ToDate(grain, day) => {
                within(CalendarPeriod::containing(grain, day).first_day(), day)
            }
            Period::Trailing(_, day) => calendar.on_or_before(day),
            Period::At(p) | Period::Between(_, p) => calendar.on_or_before(p.last_day()),
            Period::Forward(_) | Period::Rolling(..) | Period::Each(_) | Period::AtEach(_) => {
                Err(self.is_open())
            }
        }
    }

    /// The sessions at which it starts and ends.
    ///
    /// # Errors
    /// As [`Period::end`], and where the start is not before the end.
    pub fn resolve(self, calendar: &Calendar) -> Result<Interval, Undefined> {
        let end = self.end(calendar)?;
        let before =
            |date: Date| calendar.on_or_before(date.yesterday().unwrap_or(Date::MIN)).map(Some);
        let base = match self {
            Period::Calendar(p) => before(p.first_day())?,
            Period::ToDate(grain, day) => {
                before(CalendarPeriod::containing(grain, day).first_day())?
            }
            Period::Trailing(length, day) => Some(calendar.back(day, length)?),
            Period::Between(from, _) => match from.grain {
                Grain::Day => Some(calendar.on_or_before(from.first_day())?),
                _ => before(from.first_day())?,
            },
            Period::At(_)
            | Period::Forward(_)
            | Period::Rolling(..)
            | Period::Each(_)
            | Period::AtEach(_) => None,
        };
        match base {
            Some(base) if base >= end => {
                let reason = format!("{self} starts at the close of {base} and ends at {end}");
                Err(Undefined::new("period_empty", reason))
            }
            _ => Ok(Interval { base, end }),
        }
    }

    fn is_open(self) -> Undefined {
        let reason = format!("`{self}` needs a family of periods around it");
        Undefined::new("period_open", reason)
    }
}

impl fmt::Display for Period {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Period::Calendar(p) => p.fmt(f),
            Period::ToDate(grain, day) => {
                write!(f, "{}td@{day}", grain.name().get(..1).unwrap_or_default())
            }
            Period::Trailing(length, day) => write!(f, "{length}@{day}"),
            Period::Between(from, to) => write!(f, "{from}..{to}"),
            Period::At(p) => write!(f, "@{p}"),
            Period::Forward(length) => write!(f, "+{length}"),
            Period::Rolling(length, grain) => write!(f, "{length}@{}", grain.name()),
            Period::Each(grain) => f.write_str(grain.name()),
            Period::AtEach(grain) => write!(f, "@{}", grain.name()),
        }
    }
}

impl FromStr for Period {
    type Err = Diagnostic;

    fn from_str(text: &str) -> Result<Self, Diagnostic> {
        if let Some(grain) = Grain::from_name(text) {
            return Ok(Period::Each(grain));
        }
        if let Some(length) = text.strip_prefix('+') {
            return Ok(Period::Forward(length.parse()?));
        }
        if let Some(at) = text.strip_prefix('@') {
            return match Grain::from_name(at) {
                Some(grain) => Ok(Period::AtEach(grain)),
                None => Ok(Period::At(at.parse()?)),
            };
        }
        if let Some((from, to)) = text.split_once("..") {
            let (from, to): (CalendarPeriod, CalendarPeriod) = (from.parse()?, to.parse()?);
            if from.first_day() > to.last_day() {
                return Err(Diagnostic::new(
                    Code::Period,
                    format!("`{text}` ends before it starts"),
                ));
            }
            return Ok(Period::Between(from, to));
        }
        if let Some((what, day)) = text.split_once('@') {
            if let Some(grain) = Grain::from_name(day) {
                return Ok(Period::Rolling(what.parse()?, grain));
            }
            let date: CalendarPeriod = day.parse()?;
            if date.grain != Grain::Day {
                return Err(Diagnostic::new(Code::Period, format!("`{day}` is not a day"))
                    .hint("write year, month and day: ytd@2025-06-12"));
            }
            let day = date.first_day();
            let grain = match what {
                "wtd" => Grain::Week,
                "mtd" => Grain::Month,
                "qtd" => Grain::Quarter,
                "htd" => Grain::Half,
                "ytd" => Grain::Year,
                _ => return Ok(Period::Trailing(what.parse()?, day)),
            };
            return Ok(Period::ToDate(grain, day));
        }
        Ok(Period::Calendar(text.parse()?))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn written_and_read_alike() {
        for text in [
            "2025-09-18",
            "2025-W38",
            "2024-W01",
            "2025-08",
            "2025-Q2",
            "2025-H1",
            "2025",
            "ytd@2025-06-12",
            "wtd@2025-06-12",
            "10y@2025-08-28",
            "5d@2025-08-28",
            "2025-06-12..2025-09-18",
            "1980..2025-12-10",
            "@2025-09-18",
            "@2025-09",
            "+6m",
            "month",
            "36m@month",
            "@month",
        ] {
            assert_eq!(text.parse::<Period>().expect(text).to_string(), text);
        }
        for text in [
            "",
            "2025-13",
            "2025-02-30",
            "ytd@2025-06",
            "10x@2025-01-01",
            "ytd@month",
            "+0m",
            "25",
            "2025..2024",
            "9999",
            "0000-12-31",
        ] {
            assert!(text.parse::<Period>().is_err(), "{text}");
        }
    }

    #[test]
    fn weeks_begin_on_monday() {
        let week: CalendarPeriod = "2025-W38".parse().unwrap();
        assert_eq!(week.first_day(), "2025-09-15".parse().unwrap());
        assert_eq!(week.last_day(), "2025-09-21".parse().unwrap());
        assert_eq!(CalendarPeriod::containing(Grain::Week, "2025-09-21".parse().unwrap()), week);
    }
}
