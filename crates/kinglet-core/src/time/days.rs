//! Days by their running number.

use jiff::SignedDuration;
use jiff::civil::Date;

/// The day of the number 0.
const EPOCH: Date = Date::constant(1970, 1, 1);

/// How many seconds a day has. A duration is had quicker than a span of days, and every date of an
/// article is numbered many times.
const SECONDS: i64 = 24 * 60 * 60;

/// How many days a date lies behind 1970-01-01.
pub(crate) fn number(date: Date) -> i32 {
    (date.duration_since(EPOCH).as_secs() / SECONDS) as i32
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
