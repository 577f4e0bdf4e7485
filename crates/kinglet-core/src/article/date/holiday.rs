//! Days that have a name: holidays by their rules, and a few that the markets remember.

use jiff::ToSpan;
use jiff::civil::{Date, Weekday};

use super::super::token::any_of;
use super::super::words::{List, list};
use super::{DateReader, Found};
use crate::time::{CalendarPeriod, Grain, good_friday};

/// The date of a named day in a year; none where the year has no such day.
type Rule = fn(i16) -> Option<Date>;

const HOLIDAYS: &[(&List, Rule)] = &[
    (list!("new year 's eve|new years eve"), |y| Date::new(y, 12, 31).ok()),
    (list!("new year 's day"), |y| Date::new(y, 1, 1).ok()),
    (list!("martin luther king day|martin luther king jr . day|mlk day"), |y| nth(y, 1, 3, MONDAY)),
    (list!("valentine 's day"), |y| Date::new(y, 2, 14).ok()),
    (list!("presidents day|presidents ' day|president 's day"), |y| nth(y, 2, 3, MONDAY)),
    (list!("good friday"), |y| Some(good_friday(y))),
    (list!("easter monday"), |y| good_friday(y).checked_add(3.days()).ok()),
    (list!("easter sunday|easter"), |y| good_friday(y).checked_add(2.days()).ok()),
    (list!("memorial day"), |y| nth(y, 5, -1, MONDAY)),
    (list!("juneteenth"), |y| Date::new(y, 6, 19).ok()),
    (list!("independence day|july fourth|fourth of july"), |y| Date::new(y, 7, 4).ok()),
    (list!("labor day|labour day"), |y| nth(y, 9, 1, MONDAY)),
    (list!("columbus day"), |y| nth(y, 10, 2, MONDAY)),
    (list!("halloween"), |y| Date::new(y, 10, 31).ok()),
    (list!("election day"), |y| election(y).filter(|_| y % 2 == 0)),
    (list!("veterans day"), |y| Date::new(y, 11, 11).ok()),
    (list!("black friday"), |y| nth(y, 11, 4, THURSDAY)?.tomorrow().ok()),
    (list!("thanksgiving day|thanksgiving"), |y| nth(y, 11, 4, THURSDAY)),
    (list!("christmas eve"), |y| Date::new(y, 12, 24).ok()),
    (list!("boxing day"), |y| Date::new(y, 12, 26).ok()),
    (list!("christmas day|christmas"), |y| Date::new(y, 12, 25).ok()),
    (list!("black monday"), |y| Date::new(1987, 10, 19).ok().filter(|d| d.year() == y)),
    (list!("brexit vote|brexit referendum"), |y| {
        Date::new(2016, 6, 23).ok().filter(|d| d.year() == y)
    }),
    (list!("liberation day"), |y| Date::new(2025, 4, 2).ok().filter(|d| d.year() == y)),
];

/// The first words of their names.
const OPENERS: &List = list!(
    "new|martin|mlk|valentine|presidents|president|good|easter|memorial|juneteenth|independence|\
    july|fourth|labor|labour|columbus|halloween|election|veterans|black|thanksgiving|christmas|\
    boxing|brexit|liberation"
);

const MONDAY: Weekday = Weekday::Monday;
const THURSDAY: Weekday = Weekday::Thursday;

fn nth(year: i16, month: i8, n: i8, weekday: Weekday) -> Option<Date> {
    Date::new(year, month, 1).ok()?.nth_weekday_of_month(n, weekday).ok()
}

/// The Tuesday after the first Monday of November.
fn election(year: i16) -> Option<Date> {
    nth(year, 11, 1, MONDAY)?.tomorrow().ok()
}

impl DateReader<'_> {
    /// `Labor Day`, `Christmas Eve 2018`, `Thanksgiving week`: the last such day, or the next one
    /// if `ahead`. Where it only tells why or before what something was, it dates nothing.
    pub(super) fn holiday(&self, i: usize) -> Option<Found> {
        let t = self.tokens;
        t.get(i).filter(|token| token.capital)?;
        let (end, rule) = self.holiday_named(i)?;
        let before = |n: usize| t.key(i.wrapping_sub(n));
        let week = matches!(t.key(end), "week");
        let skip = 1 + usize::from(any_of(before(1), list!("the|its|their|a|last|this")));
        let dates =
            any_of(before(skip), list!("on|since|from|through|until|by|to|between|and|at|in|of"));
        let noun = any_of(t.key(end), list!("low|lows|high|highs|close|peak|trough|bottom"));
        if let Some((end, year)) = self.following_year(end).filter(|_| !week) {
            return rule(year).map(|day| (end, CalendarPeriod::day(day)));
        }
        if !(dates || noun || week && i == 0) {
            return None;
        }
        let day = self.nearest(rule)?;
        if week {
            return Some((end + 1, CalendarPeriod::containing(Grain::Week, day)));
        }
        Some((end, CalendarPeriod::day(day)))
    }

    /// `the election` behind `since`: the last one for president, within a year and a half.
    pub(in crate::article) fn election(&self, i: usize) -> Option<Found> {
        let names = list!(
            "the presidential election|the u.s. election|the us election|the election|\
            the november election|the vote"
        );
        let end = self.tokens.any_phrase(i, names)?;
        let rule: Rule = |y| election(y).filter(|_| y % 4 == 0);
        let day = self.nearest(rule)?;
        let age = (self.published? - day).get_days();
        (0..=550).contains(&age).then_some((end, CalendarPeriod::day(day)))
    }

    /// `Thanksgiving` behind `the day after`, whatever stands before it.
    pub(in crate::article) fn named_day(&self, i: usize) -> Option<Found> {
        let (end, rule) = self.holiday_named(i)?;
        if let Some((end, year)) = self.following_year(end) {
            return rule(year).map(|day| (end, CalendarPeriod::day(day)));
        }
        self.nearest(rule).map(|day| (end, CalendarPeriod::day(day)))
    }

    /// The holiday whose name stands at `i`.
    fn holiday_named(&self, i: usize) -> Option<(usize, Rule)> {
        let t = self.tokens;
        let find =
            || HOLIDAYS.iter().find_map(|(names, rule)| Some((t.any_phrase(i, names)?, *rule)));
        let opens = any_of(t.key(i), OPENERS);
        debug_assert!(opens || find().is_none(), "{}", t.key(i));
        if opens { find() } else { None }
    }

    /// The last such day up to the publication, or the first one after it.
    fn nearest(&self, rule: Rule) -> Option<Date> {
        let published = self.published?;
        let year = published.year();
        if self.ahead
            && let Some(next) = (year..year + 4).filter_map(rule).find(|d| *d > published)
            && (next - published).get_days() <= 183
        {
            return Some(next);
        }
        (1950..=year).rev().filter_map(rule).find(|d| *d <= published)
    }
}
