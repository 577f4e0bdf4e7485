//! Sessions of the New York Stock Exchange.

use jiff::ToSpan;
use jiff::civil::{Date, DateTime};

use super::{Length, LengthUnit, nyse};
use crate::answer::Undefined;

/// Years of a date that a query or an article may speak of; what lies outside is refused on
/// reading.
pub const YEAR_MIN: i16 = 1800;
/// See [`YEAR_MIN`].
pub const YEAR_MAX: i16 = 2200;

/// The sessions of an exchange, in order.
#[derive(Clone, Debug)]
pub struct Calendar {
    sessions: Vec<Date>,
}

impl Calendar {
    /// A calendar of given sessions.
    ///
    /// # Panics
    /// If the sessions are not strictly increasing.
    pub fn new(sessions: Vec<Date>) -> Self {
        assert!(sessions.is_sorted_by(|a, b| a < b), "sessions must be strictly increasing");
        Calendar { sessions }
    }

    /// The sessions of the New York Stock Exchange: those given before 1953, the rules and tables
    /// of the exchange from 1953 to two years after `through`.
    ///
    /// ```
    /// use kinglet_core::time::{Calendar, Date};
    /// let calendar = Calendar::nyse("2025-12-31".parse().unwrap(), &[]);
    /// let day = |text: &str| text.parse::<Date>().unwrap();
    /// assert_eq!(calendar.on_or_before(day("2025-07-06")), Ok(day("2025-07-03")));
    /// assert_eq!(calendar.close(day("2025-07-03")).to_string(), "2025-07-03T13:00:00");
    /// assert_eq!(calendar.sessions().last(), Some(&day("2027-12-31")));
    /// ```
    ///
    /// # Panics
    /// If the given sessions before 1953 are not strictly increasing.
    pub fn nyse(through: Date, sessions_before_1953: &[Date]) -> Self {
        let end = through.saturating_add(2.years()).min(Date::constant(YEAR_MAX, 12, 31));
        let earlier = sessions_before_1953.iter().copied().filter(|d| d.year() < nyse::FIRST_YEAR);
        let ruled = (nyse::FIRST_YEAR..=end.year()).flat_map(nyse::sessions_of);
        Calendar::new(earlier.chain(ruled.take_while(|&d| d <= end)).collect())
    }

    /// Every session, oldest first.
    pub fn sessions(&self) -> &[Date] {
        &self.sessions
    }

    /// Whether the exchange was open.
    pub fn is_session(&self, date: Date) -> bool {
        self.sessions.binary_search(&date).is_ok()
    }

    /// The last session on or before a date.
    pub fn on_or_before(&self, date: Date) -> Result<Date, Undefined> {
        match self.sessions.partition_point(|&s| s <= date) {
            0 => Err(self.outside(date)),
            n if n == self.sessions.len() && self.sessions[n - 1] + 7.days() < date => {
                Err(self.outside(date))
            }
            n => Ok(self.sessions[n - 1]),
        }
    }

    /// The first session on or after a date.
    pub fn on_or_after(&self, date: Date) -> Result<Date, Undefined> {
        let n = self.sessions.partition_point(|&s| s < date);
        self.sessions.get(n).copied().ok_or_else(|| self.outside(date))
    }

    /// The session `n` sessions after (before, if negative) the last one on or before a date.
    pub fn offset(&self, date: Date, n: i64) -> Result<Date, Undefined> {
        let at = self.sessions.partition_point(|&s| s <= date) as i64 - 1 + n;
        let found = usize::try_from(at).ok().and_then(|i| self.sessions.get(i));
        found.copied().ok_or_else(|| self.outside(date))
    }

    /// How many sessions lie after `from` and on or before `to`.
    pub fn count(&self, from: Date, to: Date) -> usize {
        let rank = |date| self.sessions.partition_point(|&s| s <= date);
        rank(to).saturating_sub(rank(from))
    }

    /// The sessions from one to another, both included.
    pub fn between(&self, from: Date, to: Date) -> &[Date] {
        let first = self.sessions.partition_point(|&s| s < from);
        let end = self.sessions.partition_point(|&s| s <= to);
        &self.sessions[first..end.max(first)]
    }

    /// The last close on or before the same day `length` earlier; of a day that the earlier month
    /// lacks, its last day.
    pub fn back(&self, day: Date, length: Length) -> Result<Date, Undefined> {
        self.on_or_before(self.same_day(day, length)?)
    }

    /// The same day `length` earlier, session or not; for trading days the session so many before.
    pub fn same_day(&self, day: Date, length: Length) -> Result<Date, Undefined> {
        match length.span() {
            None => self.offset(day, -i64::from(length.count)),
            Some(span) => day.checked_sub(span).map_err(|_| self.outside(day)),
        }
    }

    /// The last close on or before the day that lies `length` after `day`; a month-end session goes
    /// to a month-end.
    pub fn forward(&self, day: Date, length: Length) -> Result<Date, Undefined> {
        let Some(span) = length.span() else {
            return self.offset(day, i64::from(length.count));
        };
        let target = day.checked_add(span).map_err(|_| self.outside(day))?;
        let whole_months = matches!(length.unit, LengthUnit::Months | LengthUnit::Years);
        if whole_months && self.is_month_end(day) {
            return self.on_or_before(target.last_of_month());
        }
        self.on_or_before(target)
    }

    /// The last close on or before the day that lies `length` before `day`; a month-end session
    /// goes to a month-end.
    pub fn backward(&self, day: Date, length: Length) -> Result<Date, Undefined> {
        let before = self.same_day(day, length)?;
        let whole_months = matches!(length.unit, LengthUnit::Months | LengthUnit::Years);
        let goes_to_end = whole_months && self.is_month_end(day);
        self.on_or_before(if goes_to_end { before.last_of_month() } else { before })
    }

    /// Whether a session is the last of its month.
    pub fn is_month_end(&self, session: Date) -> bool {
        self.on_or_before(session.last_of_month()).is_ok_and(|last| last == session)
    }

    /// When the official close of a session is public: at the end of trading, which is 16:00 since
    /// 1974-10-01 and 13:00 on half days.
    pub fn close(&self, session: Date) -> DateTime {
        session.to_datetime(nyse::close(session))
    }

    fn outside(&self, date: Date) -> Undefined {
        let reach = match (self.sessions.first(), self.sessions.last()) {
            (Some(first), Some(last)) => format!("sessions are known from {first} to {last}"),
            _ => "no sessions are known".to_owned(),
        };
        Undefined::new("outside_calendar", format!("{date} lies outside the calendar: {reach}"))
    }
}
