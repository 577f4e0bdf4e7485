//! The calendar of the exchange against the sessions of real data, and the algebra of periods.

use std::sync::LazyLock;

use kinglet_core::time::{Calendar, CalendarPeriod, Date, Grain, Length, Period};
use proptest::prelude::*;
use proptest::sample::select;

use super::shared::closes;

/// Every session since 1953 of two indexes is one of the calendar and the other way round.
#[test]
#[cfg_attr(not(shared), ignore = "needs ../shared")]
fn sessions_are_those_of_the_data() {
    for file in ["index/spx_daily.csv", "index/rut_daily.csv"] {
        let dates: Vec<Date> = closes(file).into_iter().map(|(date, _)| date).collect();
        let dates: Vec<Date> = dates.into_iter().filter(|d| d.year() >= 1953).collect();
        let (first, last) = (dates[0], dates[dates.len() - 1]);
        let calendar = Calendar::nyse(last, &[]);
        let ours: Vec<Date> =
            calendar.sessions().iter().copied().filter(|d| (first..=last).contains(d)).collect();
        let extra: Vec<&Date> = ours.iter().filter(|d| !dates.contains(d)).collect();
        let missing: Vec<&Date> = dates.iter().filter(|d| !ours.contains(d)).collect();
        assert!(extra.is_empty() && missing.is_empty(), "{file}: {extra:?} {missing:?}");
    }
}

/// Any text of digits, letters and signs that periods are made of; most are no period.
fn scrap() -> impl Strategy<Value = String> {
    let year = prop_oneof![Just("0001"), Just("1800"), Just("2025"), Just("2200"), Just("9999")];
    let rest = prop_oneof![Just(String::new()), "-[0-9]{2}(-[0-9]{2})?", "-[QHW][0-9]{1,2}",];
    let period = (year, rest).prop_map(|(year, rest)| format!("{year}{rest}"));
    let before = prop_oneof![
        Just(""),
        Just("@"),
        Just("ytd@"),
        Just("wtd@"),
        Just("5000y@"),
        Just("5000d@")
    ];
    let after = prop_oneof![Just(String::new()), period.clone().prop_map(|p| format!("..{p}"))];
    prop_oneof![
        (before, period, after).prop_map(|(a, b, c)| format!("{a}{b}{c}")),
        "[-+@.0-9a-zQHW]{0,14}",
        "\\PC{0,12}",
    ]
}

fn grain() -> impl Strategy<Value = Grain> {
    select(&Grain::ALL)
}

proptest! {
    /// Whatever can be read is written alike and can be resolved, or says why not.
    #[test]
    fn nothing_that_can_be_read_panics(text in scrap()) {
        let calendar = calendar();
        if let Ok(period) = text.parse::<Period>() {
            prop_assert_eq!(period.to_string().parse::<Period>(), Ok(period));
            if let Ok(interval) = period.resolve(calendar) {
                prop_assert!(interval.base.is_none_or(|base| base < interval.end));
            }
            if let Ok((first, last)) = period.days(calendar) {
                prop_assert!(first <= last || matches!(period, Period::Between(..)), "{}", text);
            }
            let _ = period.end(calendar);
        }
        let _ = text.parse::<Length>();
    }

    /// Periods that a program makes print and count without a panic however far away they lie.
    #[test]
    fn nothing_that_can_be_built_panics(grain in grain(), n: i32, m: i32) {
        let period = CalendarPeriod::containing(grain, Date::constant(2025, 8, 29));
        let far = period.plus(n).plus(m);
        prop_assert!(far.first_day() <= far.last_day());
        let _ = (far.to_string(), far.until(period), Period::At(far).resolve(calendar()));
    }

    /// Neighbours touch: no day between them, and one's end is the other's base.
    #[test]
    fn neighbours_share_a_close(grain in grain(), n in 0_i32..25_000) {
        let calendar = calendar();
        let first = CalendarPeriod::containing(grain, Date::constant(1954, 1, 4));
        let length = (first.last_day() - first.first_day()).get_days() + 1;
        let (this, next) = (first.plus(n / length), first.plus(n / length + 1));
        prop_assert_eq!(this.last_day().tomorrow().expect("a day"), next.first_day());
        prop_assert_eq!(this.until(next), 1);
        prop_assert_eq!(CalendarPeriod::containing(grain, next.first_day()), next);
        prop_assert_eq!(CalendarPeriod::containing(grain, this.last_day()), this);
        let of = |period| Period::Calendar(period).resolve(calendar);
        if let (Ok(this), Ok(next)) = (of(this), of(next)) {
            prop_assert_eq!(Some(this.end), next.base);
        }
        let both = Period::Between(this, next).resolve(calendar);
        if let (Ok(this), Ok(both)) = (of(this), both)
            && grain != Grain::Day
        {
            prop_assert_eq!(this.base, both.base);
        }
    }

    /// The part to date and the whole agree at the end of a period.
    #[test]
    fn to_date_becomes_the_whole(n in 0_i32..800) {
        let calendar = calendar();
        let month = CalendarPeriod::month(1955, 1).plus(n);
        let to_date = Period::ToDate(Grain::Month, month.last_day());
        prop_assert_eq!(to_date.resolve(calendar), Period::Calendar(month).resolve(calendar));
    }
}

/// Real cases, each settled by a wall calendar.
#[test]
fn sessions_of_periods() {
    let calendar = calendar();
    for (period, base, end) in [
        ("2025-08", "2025-07-31", "2025-08-29"),
        ("2025-W36", "2025-08-29", "2025-09-05"),
        ("2025-09-02", "2025-08-29", "2025-09-02"),
        ("2025-Q2", "2025-03-31", "2025-06-30"),
        ("2025-H1", "2024-12-31", "2025-06-30"),
        ("ytd@2025-06-12", "2024-12-31", "2025-06-12"),
        ("mtd@2025-06-14", "2025-05-30", "2025-06-13"),
        ("qtd@2025-05-01", "2025-03-31", "2025-05-01"),
        ("wtd@2025-09-03", "2025-08-29", "2025-09-03"),
        ("10y@2025-08-27", "2015-08-27", "2025-08-27"),
        ("10y@2025-08-31", "2015-08-31", "2025-08-29"),
        ("1y@2024-02-29", "2023-02-28", "2024-02-29"),
        ("6m@2025-08-31", "2025-02-28", "2025-08-29"),
        ("5d@2025-09-03", "2025-08-26", "2025-09-03"),
        ("4w@2025-09-03", "2025-08-06", "2025-09-03"),
        ("2025-06-12..2025-09-18", "2025-06-12", "2025-09-18"),
        ("2025-06-14..2025-09-18", "2025-06-13", "2025-09-18"),
        ("2021..2024", "2020-12-31", "2024-12-31"),
        ("1980..2025-12-10", "1979-12-31", "2025-12-10"),
    ] {
        let interval = period.parse::<Period>().expect(period).resolve(calendar).expect(period);
        let shown = (interval.base.expect(period).to_string(), interval.end.to_string());
        assert_eq!(shown, (base.to_owned(), end.to_owned()), "{period}");
    }
    for period in ["2025-09-01", "2025-12-25", "2025-08-29..2025-08-29", "1800", "2200", "month"] {
        assert!(period.parse::<Period>().expect(period).resolve(calendar).is_err(), "{period}");
    }
}

/// From a month-end to a month-end, otherwise to the last close on or before the same day.
#[test]
fn horizons() {
    let calendar = calendar();
    let day = |text: &str| text.parse::<Date>().expect(text);
    for (from, length, to) in [
        ("2025-02-28", "6m", "2025-08-29"),
        ("2020-02-28", "6m", "2020-08-31"),
        ("2020-02-27", "6m", "2020-08-27"),
        ("2024-09-18", "12m", "2025-09-18"),
        ("2007-09-18", "1y", "2008-09-18"),
        ("2001-01-03", "1y", "2002-01-03"),
        ("2024-11-29", "6m", "2025-05-30"),
        ("2025-08-29", "1w", "2025-09-05"),
        ("2025-08-29", "1d", "2025-09-02"),
    ] {
        let length = length.parse().expect(length);
        assert_eq!(calendar.forward(day(from), length), Ok(day(to)), "{from} + {length}");
    }
}

fn calendar() -> &'static Calendar {
    static CALENDAR: LazyLock<Calendar> =
        LazyLock::new(|| Calendar::nyse(Date::constant(2025, 12, 31), &[]));
    &CALENDAR
}
