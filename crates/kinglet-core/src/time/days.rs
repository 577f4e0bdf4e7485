//! Days by their running number: arithmetic with numbers is far quicker than with dates, and an
//! article is read by hundreds of thousands of days.

use jiff::civil::Date;

/// The number of 1970-01-01 if days are counted from 0000-03-01.
const EPOCH: i32 = 719_468;
/// The days of four hundred years.
const ERA: i32 = 146_097;
/// The numbers of the first and the last day that there is.
const FIRST: i32 = -4_371_587;
const LAST: i32 = 2_932_896;

/// How many days a date lies behind 1970-01-01 (Hinnant 2013, "chrono-Compatible Low-Level Date
/// Algorithms"): a year begins with March, so that a leap day is its last.
pub(crate) fn number(date: Date) -> i32 {
    number_of(date.year().into(), date.month().into(), date.day().into())
}

/// The same for a day of a month of a year.
pub(super) fn number_of(year: i32, month: i32, day: i32) -> i32 {
    let year = year - i32::from(month <= 2);
    let (era, year) = (year.div_euclid(400), year.rem_euclid(400));
    let month = if month > 2 { month - 3 } else { month + 9 };
    let of_year = (153 * month + 2) / 5 + day - 1;
    era * ERA + year * 365 + year / 4 - year / 100 + of_year - EPOCH
}

/// The day of a number; the first or last day that there is for numbers beyond them.
pub(super) fn of(number: i64) -> Date {
    let number = match i32::try_from(number) {
        Ok(number @ FIRST..=LAST) => number + EPOCH,
        _ => return if number < 0 { Date::MIN } else { Date::MAX },
    };
    let (era, of_era) = (number.div_euclid(ERA), number.rem_euclid(ERA));
    let year = (of_era - of_era / 1_460 + of_era / 36_524 - of_era / 146_096) / 365;
    let of_year = of_era - (365 * year + year / 4 - year / 100);
    let month = (5 * of_year + 2) / 153;
    let day = of_year - (153 * month + 2) / 5 + 1;
    let month = if month < 10 { month + 3 } else { month - 9 };
    let year = year + era * 400 + i32::from(month <= 2);
    Date::constant(year as i16, month as i8, day as i8)
}

#[cfg(test)]
mod tests {
    use jiff::ToSpan;

    use super::*;

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
