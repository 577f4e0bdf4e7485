//! Dates, sessions and periods. Dates are those of New York; there is no clock here.

pub mod calendar;
mod days;
mod nyse;
pub mod period;

pub use calendar::Calendar;
pub(crate) use days::number as day_number;
pub use jiff::civil::{Date, DateTime};
pub(crate) use nyse::{good_friday, is_session, session_up_to};
pub use period::{CalendarPeriod, Grain, Interval, Length, LengthUnit, Period};

/// What may be used for an answer: values valid through a date that were public by an instant.
///
/// Instants are civil times of New York, as sessions and releases are announced.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Cutoff {
    /// The last valid date.
    pub through: Date,
    /// The last instant at which a value may have become public.
    pub known_by: DateTime,
}

impl Cutoff {
    /// Everything public by the end of a day.
    pub fn end_of(date: Date) -> Self {
        Cutoff { through: date, known_by: date.at(23, 59, 59, 999_999_999) }
    }
}
