//! Days by their running number.

use jiff::SignedDuration;
use jiff::civil::Date;

/// The day of the number 0.
const EPOCH: Date = Date::constant(1970, 1, 1);

/// How many seconds a day has.
const SECONDS: i64 = 24 * 60 * 60;

/// How many days a date lies behind 1970-01-01.
pub(crate) fn number(date: Date) -> i32 {
    of_month(date.year().into(), date.month().into()) + i32::from(date.day()) - 1
}

/// The number of the first day of a month. It is worked out from the length of the years before,
/// which begin in March here so that a leap day ends its year: of a span of time one would have it
/// in ten times the time, and an article asks for it thousands of times.
pub(super) fn of_month(year: i32, month: i32) -> i32 {
    /// The number of 0000-03-01.
    const FIRST_MARCH: i32 = -719_468;
    let (year, month) = if month > 2 { (year, month - 3) } else { (year - 1, month + 9) };
    let leap_days = year.div_euclid(4) - year.div_euclid(100) + year.div_euclid(400);
    // March and the four months behind it have 153 days, as have the five behind these
    FIRST_MARCH + 365 * year + leap_days + (153 * month + 2) / 5
}

/// The day of a number; the first or last day that there is for numbers beyond them.
pub(super) fn of(number: i64) -> Date {
    let days = number.clamp(-5_000_000, 5_000_000);
    EPOCH.saturating_add(SignedDuration::from_secs(days * SECONDS))
}

#[cfg(test)]
mod tests {
    use jiff::ToSpan;

    use super::*;

    const FIRST: i32 = -4_371_587;
    const LAST: i32 = 2_932_896;

    #[test]
    fn numbers_are_those_of_the_calendar() {
        let epoch = Date::constant(1970, 1, 1);
        for n in (FIRST..=LAST).step_by(89).chain([FIRST, -1, 0, 59, 60, LAST]) {
            let date = epoch + n.days();
            assert_eq!((number(date), of(n.into())), (n, date), "{date}");
        }
        assert_eq!((of(i64::MIN), of(i64::MAX)), (Date::MIN, Date::MAX));
        assert_eq!((of(i64::from(FIRST) - 1), of(i64::from(LAST) + 1)), (Date::MIN, Date::MAX));
    }
}
