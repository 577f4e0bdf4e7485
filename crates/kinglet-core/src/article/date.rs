//! Dates as articles print them: days, months, quarters, halves and years, with or without a year.
//! What lacks a year is looked for backwards from the publication date.

mod holiday;
mod part;

use jiff::ToSpan;
use jiff::civil::{Date, Weekday};

use super::hint::Hint;
use super::token::{Joint, Kind, Numeral, Tokens, any_of};
use super::words::{List, list};
use crate::time::{CalendarPeriod, Grain};

/// The number of a month by its name.
pub(super) fn month_number(name: &str) -> Option<i8> {
    Some(match name {
        "january" | "jan" => 1,
        "february" | "feb" => 2,
        "march" | "mar" => 3,
        "april" | "apr" => 4,
        "may" => 5,
        "june" | "jun" => 6,
        "july" | "jul" => 7,
        "august" | "aug" => 8,
        "september" | "sep" | "sept" => 9,
        "october" | "oct" => 10,
        "november" | "nov" => 11,
        "december" | "dec" => 12,
        _ => return None,
    })
}

fn weekday_named(name: &str) -> Option<Weekday> {
    Some(match name {
        "monday" | "mon" => Weekday::Monday,
        "tuesday" | "tue" | "tues" => Weekday::Tuesday,
        "wednesday" | "wed" => Weekday::Wednesday,
        "thursday" | "thu" | "thur" | "thurs" => Weekday::Thursday,
        "friday" | "fri" => Weekday::Friday,
        "saturday" | "sat" => Weekday::Saturday,
        "sunday" | "sun" => Weekday::Sunday,
        _ => return None,
    })
}

/// Words that open a date, beside the names of months and days.
pub(super) const OPENERS: &List = list!(
    "this|last|that|one|fiscal|opening|final|closing|winter|spring|summer|autumn|fall|\
    holiday|first|second|third|fourth"
);

/// A printed date: the token after it, and the period it names.
pub(super) type Found = (usize, CalendarPeriod);

/// Reads dates; what lacks a year is taken relative to `published`.
#[derive(Clone, Copy, Debug)]
pub(super) struct DateReader<'a> {
    pub(super) tokens: &'a Tokens,
    pub(super) published: Option<Date>,
    /// Whether what lacks a year may lie ahead.
    pub(super) ahead: bool,
}

impl DateReader<'_> {
    /// A day, month, quarter, half or year that is printed at `i`.
    pub(super) fn read(&self, i: usize) -> Option<Found> {
        if !self.may_open(i) {
            return None;
        }
        self.numeric(i)
            .or_else(|| self.last_month(i))
            .or_else(|| self.fiscal(i))
            .or_else(|| self.day_of_month(i))
            .or_else(|| self.day_first(i))
            .or_else(|| self.month_first(i))
            .or_else(|| self.holiday(i))
            .or_else(|| self.part_glued(i))
            .or_else(|| self.part(i))
            .or_else(|| self.elliptic(i))
            .or_else(|| self.year_first(i))
            .or_else(|| self.short_year(i))
    }

    /// Whether a date may begin at `i`: at a numeral, a capital letter, an apostrophe, a word that
    /// opens one, or what looks like `q3` or `fy24`.
    pub(super) fn may_open(&self, i: usize) -> bool {
        let Some(token) = self.tokens.get(i) else { return false };
        let sign = matches!(token.kind, Kind::Number(_) | Kind::Symbol('\''));
        sign || token.capital || self.tokens.may(i, Hint::OpensDate)
    }

    /// `2025-09-18`, `9/21/2022`, `9/21/22`, `as of 9/21`.
    fn numeric(&self, i: usize) -> Option<Found> {
        let t = self.tokens;
        let first = t.number(i)?;
        if let Some(year) = first.year() {
            let hyphens = t.joint(i + 1) == Joint::Hyphen && t.joint(i + 2) == Joint::Hyphen;
            let (month, day) = (t.number(i + 1)?.small()?, t.number(i + 2)?.small()?);
            return day_of(year, month, day).filter(|_| hyphens).map(|d| (i + 3, d));
        }
        let glued = t.is(i + 1, '/') && t.joint(i + 1) == Joint::Glued;
        let year = t.number(i + 2).and_then(Numeral::year);
        if let Some((year, month)) = year.filter(|_| glued).zip(first.small()) {
            return (1..=12).contains(&month).then(|| (i + 3, CalendarPeriod::month(year, month)));
        }
        if !glued || !t.is(i + 3, '/') {
            let ends = list!("ended|ending|through");
            let as_of = t.key(i.wrapping_sub(1)) == "of" && t.key(i.wrapping_sub(2)) == "as";
            let opened = as_of || any_of(t.key(i.wrapping_sub(1)), ends);
            let (month, day) = (first.small()?, t.number(i + 2)?.small()?);
            let fits = glued && opened && (1..=12).contains(&month) && (1..=31).contains(&day);
            return if fits { self.day(month, day, None).map(|day| (i + 3, day)) } else { None };
        }
        let last = t.number(i + 4)?;
        let year = last.year().or_else(|| last.small().map(century))?;
        let (first, second) = (first.small()?, t.number(i + 2)?.small()?);
        let day = day_of(year, first, second).or_else(|| day_of(year, second, first))?;
        Some((i + 5, day))
    }

    /// `'08` behind a preposition.
    fn short_year(&self, i: usize) -> Option<Found> {
        let t = self.tokens;
        let opened =
            any_of(t.key(i.wrapping_sub(1)), list!("in|of|since|from|to|and|during|through"));
        let year = self.apostrophe_year(i).filter(|_| opened)?;
        Some((i + 2, CalendarPeriod::year(year)))
    }

    /// The year of `'18`.
    fn apostrophe_year(&self, i: usize) -> Option<i16> {
        let t = self.tokens;
        let glued = t.is(i, '\'') && t.joint(i + 1) == Joint::Glued;
        let alone = t.joint(i + 2) != Joint::Glued || !t.is_word(i + 2);
        let numeral = t.number(i + 1).filter(|n| glued && alone && n.whole == 2)?;
        numeral.small().map(century)
    }

    /// `18 September 2025`, `the 18th of September`.
    fn day_first(&self, i: usize) -> Option<Found> {
        let t = self.tokens;
        let day = t.number(i)?.small().filter(|d| (1..=31).contains(d))?;
        let mut at = i + 1;
        if matches!(t.key(at), "st" | "nd" | "rd" | "th") && t.joint(at) == Joint::Glued {
            at += 1;
        }
        at += usize::from(t.key(at) == "of");
        let (at, month) = self.month(at)?;
        let (end, year) = self.following_year(at).or_else(|| self.said_year(at)).unzip();
        let day = self.day(month, day, year)?;
        Some((end.unwrap_or(at), day))
    }

    /// `September`, `Sept. 18`, `September 18, 2025`, `August of 2000`.
    fn month_first(&self, i: usize) -> Option<Found> {
        let t = self.tokens;
        let (after, month) = self.month(i)?;
        if let Some(found) = self.hyphened(after, month) {
            return Some((after + 1, found));
        }
        if let Some(day) = t.number(after).and_then(Numeral::small).filter(|d| (1..=31).contains(d))
        {
            let mut at = after + 1;
            if matches!(t.key(at), "st" | "nd" | "rd" | "th") && t.joint(at) == Joint::Glued {
                at += 1;
            }
            let unit = t.is(at, '%') || (t.is_word(at) && t.joint(at) == Joint::Glued);
            let year = self.following_year(at).or_else(|| self.said_year(at));
            if !unit && let Some(day) = self.day(month, day, year.map(|y| y.1)) {
                return Some((year.map_or(at, |y| y.0), day));
            }
        }
        let at = if t.key(after) == "of" { after + 1 } else { after };
        if let Some((end, year)) = self.following_year(at) {
            return Some((end, CalendarPeriod::month(year, month)));
        }
        let published = self.published?;
        let this = CalendarPeriod::month(published.year(), month);
        let by = any_of(t.key(i.wrapping_sub(1)), list!("by|until|before"))
            || t.any_phrase(i.wrapping_sub(4), list!("by the end of")).is_some();
        let distance = (month - published.month()).rem_euclid(12);
        let ahead = self.ahead && distance <= 5 || by && distance <= 10;
        let found = match month <= published.month() {
            true if by && self.ahead && (1..=8).contains(&distance) => this.plus(12),
            false if !ahead => this.plus(-12),
            _ => this,
        };
        if t.key(after) == "quarter" {
            return Some((after + 1, CalendarPeriod::containing(Grain::Quarter, found.last_day())));
        }
        Some((after, found))
    }

    /// `Aug-04`, the head of a column: the month of a year that has begun, not a day.
    fn hyphened(&self, at: usize, month: i8) -> Option<CalendarPeriod> {
        let year = self.tokens.number(at).filter(|n| n.whole == 2).and_then(Numeral::small)?;
        let found = CalendarPeriod::month(century(year), month);
        let bare = self.tokens.joint(at) == Joint::Hyphen && !self.tokens.is(at + 1, '%');
        let begun = self.published.is_some_and(|day| found.first_day() <= day);
        (bare && begun).then_some(found)
    }

    /// `last August`, `this past November`, `August of last year`.
    fn last_month(&self, i: usize) -> Option<Found> {
        let t = self.tokens;
        let published = self.published?;
        let year = published.year();
        if let Some((at, month)) = self.month(i) {
            let (phrase, back) = (list!("of last year|last year|of the previous year"), 1);
            if let Some(end) = t.any_phrase(at, phrase) {
                return Some((end, CalendarPeriod::month(year - back, month)));
            }
            let end = t.any_phrase(at, list!("of this year|this year"))?;
            return Some((end, CalendarPeriod::month(year, month)));
        }
        let at = t.any_phrase(i, list!("this past|last|this"))?;
        let (end, month) = self.month(at)?;
        if t.number(end).is_some() || t.is(end, ',') && t.number(end + 1).is_some() {
            return None;
        }
        let begun = month <= published.month() - i8::from(t.key(i) == "last");
        let ahead = t.key(i) == "this" && at == i + 1;
        let year = if begun || ahead { year } else { year - 1 };
        Some((end, CalendarPeriod::month(year, month)))
    }

    /// The number of a month at `i`, and the token after its name.
    fn month(&self, i: usize) -> Option<(usize, i8)> {
        self.tokens.get(i).filter(|t| t.capital)?;
        let month = month_number(self.tokens.key(i))?;
        let dotted = self.tokens.is(i + 1, '.') && self.tokens.number(i + 2).is_some();
        Some((i + 1 + usize::from(dotted), month))
    }

    /// `, 2025`, ` 2025`, `'25` behind a month or day.
    fn following_year(&self, i: usize) -> Option<(usize, i16)> {
        let at = if self.tokens.is(i, ',') { i + 1 } else { i };
        self.year(at).or_else(|| Some((i + 2, self.apostrophe_year(i)?)))
    }

    /// `of last year`, `this year`, `of that year` behind a day.
    fn said_year(&self, i: usize) -> Option<(usize, i16)> {
        let t = self.tokens;
        let now = self.published?.year();
        let last = list!("of last year|last year|of the previous year|of the year before");
        if let Some(end) = t.any_phrase(i, last) {
            return Some((end, now - 1));
        }
        if let Some(end) = t.any_phrase(i, list!("of this year|this year")) {
            return Some((end, now));
        }
        let end =
            t.any_phrase(i, list!("of that year|that year|of the same year|the same year"))?;
        self.year_before(i).map(|year| (end, year))
    }

    /// A bare year; not what is a count, a level or a share.
    fn year(&self, i: usize) -> Option<(usize, i16)> {
        let t = self.tokens;
        let year = t.number(i)?.year()?;
        let before = i.wrapping_sub(1);
        let amount = t.is(before, '$') || t.is(before, '+');
        let named = any_of(t.key(before), list!("russell|r2k|index|msci|stoxx"));
        let signed = t.is(before, '-') && t.joint(i) == Joint::Glued;
        let unit = t.is(i + 1, '%')
            || (t.is_word(i + 1) && t.joint(i + 1) == Joint::Glued)
            || any_of(
                t.key(i + 1),
                list!(
                    "points|point|percent|basis|bps|stocks|companies|level|mark|issues|shares|\
                    securities|smallest|largest|biggest|components|jobs|names|members"
                ),
            );
        (!amount && !named && !signed && !unit).then_some((i + 1, year))
    }

    /// A day of a month; without a year the last such day up to the publication.
    fn day(&self, month: i8, day: i8, year: Option<i16>) -> Option<CalendarPeriod> {
        if let Some(year) = year {
            return day_of(year, month, day);
        }
        let published = self.published?;
        let this = day_of(published.year(), month, day)?;
        let date = this.first_day();
        let soon = self.ahead && (date - published).get_days() <= 183;
        if date <= published || soon {
            Some(this)
        } else {
            day_of(published.year() - 1, month, day)
        }
    }

    /// A weekday's name: the last such day up to the publication, or the next one if `ahead`.
    pub(super) fn weekday(&self, i: usize) -> Option<(usize, Option<Date>)> {
        let token = self.tokens.get(i).filter(|t| t.capital)?;
        let key = self.tokens.key(i);
        let weekday =
            weekday_named(key).filter(|_| self.tokens.key(i.wrapping_sub(1)) != "black")?;
        let short = !key.ends_with("day");
        if token.span.end - token.span.start <= 5 && short && !self.is_short_weekday(i) {
            return None;
        }
        let ahead = self.ahead || self.is_scheduled(i);
        Some((i + 1, self.published.and_then(|p| weekday_near(p, weekday, ahead))))
    }

    /// Whether what a weekday dates is still to come: `the Fed meets on Tuesday`.
    fn is_scheduled(&self, i: usize) -> bool {
        let verbs = list!(
            "meets|opens|begins|convenes|releases|reports|speaks|testifies|publishes|due|\
            scheduled|slated|meet"
        );
        let on = self.tokens.key(i.wrapping_sub(1)) == "on";
        on && (2..=7).any(|n| any_of(self.tokens.key(i.wrapping_sub(n)), verbs))
    }

    /// `on the 31st`: the last such day, or the next one if `ahead`.
    fn day_of_month(&self, i: usize) -> Option<Found> {
        let t = self.tokens;
        let day = t.number(i).and_then(Numeral::small).filter(|d| (1..=31).contains(d))?;
        let ordinal = any_of(t.key(i + 1), list!("st|nd|rd|th")) && t.joint(i + 1) == Joint::Glued;
        let opened = t.key(i.wrapping_sub(1)) == "the"
            && any_of(
                t.key(i.wrapping_sub(2)),
                list!("on|through|by|until|from|to|was|(|of|since"),
            );
        let noun = list!(
            "percentile|time|anniversary|straight|consecutive|day|record|largest|week|\
            session|month|best|worst|highest|year|quarter|century"
        );
        let published = self.published.filter(|_| ordinal && opened)?;
        let of =
            t.key(i + 2) == "of" && t.any_phrase(i + 3, list!("the month|that month")).is_none();
        if of || any_of(t.key(i + 2), noun) || self.month(i + 2).is_some() {
            return None;
        }
        let month = CalendarPeriod::containing(Grain::Month, published);
        let month = if day > published.day() && !self.ahead { month.plus(-1) } else { month };
        let month = self.month_before(i).filter(|_| !self.ahead).unwrap_or(month);
        let first = month.first_day();
        let of_month = t.any_phrase(i + 2, list!("of the month|of that month"));
        day_of(first.year(), first.month(), day).map(|d| (of_month.unwrap_or(i + 2), d))
    }

    /// The month of which the text speaks: `In September … on the 23rd`, `July opened well … on
    /// the 7th`.
    fn month_before(&self, i: usize) -> Option<CalendarPeriod> {
        const REACH: usize = 45;
        let t = self.tokens;
        let (end, p) = (i.saturating_sub(REACH)..i).rev().find_map(|at| {
            let key = |n: usize| t.key(at.wrapping_sub(n));
            let part = key(1) == "of" && any_of(key(2), list!("days|half|part|weeks"));
            let listed = list!("in|during|for|on|by|until|through|and");
            let opens = at == 0 || t.is(at - 1, '.') || part || any_of(key(1), listed);
            let plain = |end: usize| t.number(end - 1).is_none_or(|n| n.year().is_none());
            self.month_first(at).filter(|(end, p)| opens && plain(*end) && p.grain <= Grain::Month)
        })?;
        (end <= i).then(|| CalendarPeriod::containing(Grain::Month, p.first_day()))
    }

    /// `Friday the 2nd`: the last second of a month that was a Friday.
    pub(super) fn weekday_of_month(&self, i: usize) -> Option<Found> {
        let t = self.tokens;
        let (at, named) = self.weekday(i)?;
        let at = at + usize::from(t.is(at, ','));
        let day = t.number(at + 1).and_then(Numeral::small).filter(|_| t.key(at) == "the")?;
        let ordinal =
            any_of(t.key(at + 2), list!("st|nd|rd|th")) && t.joint(at + 2) == Joint::Glued;
        let published = self.published.filter(|_| ordinal)?;
        let month = CalendarPeriod::containing(Grain::Month, published);
        (0..12)
            .filter_map(|back| {
                let first = month.plus(-back).first_day();
                day_of(first.year(), first.month(), day)
            })
            .map(CalendarPeriod::first_day)
            .find(|d| *d <= published && named.is_some_and(|n| n.weekday() == d.weekday()))
            .map(|d| (at + 3, CalendarPeriod::day(d)))
    }

    /// Whether a short weekday (`Sun`, `Mon.`) stands as one: before a date or a colon, or behind
    /// a preposition.
    fn is_short_weekday(&self, i: usize) -> bool {
        let t = self.tokens;
        let next = if t.is(i + 1, '.') { i + 2 } else { i + 1 };
        let next = if t.is(next, ',') { next + 1 } else { next };
        let dated = self.month(next).is_some() || t.number(next).is_some();
        let weekend = matches!(t.key(i), "sat" | "sun");
        let before = list!("on|since|by|until|through|late|early|from|last|this|next");
        let placed = t.is(i + 1, ':') || any_of(t.key(i.wrapping_sub(1)), before);
        dated || placed && !weekend
    }
}

/// The last day of this name up to a day, or the first one after it.
fn weekday_near(day: Date, weekday: Weekday, ahead: bool) -> Option<Date> {
    let back = day.weekday().since(weekday);
    let found = day.checked_sub(i64::from(back).days()).ok()?;
    if ahead && back > 0 { found.checked_add(7.days()).ok() } else { Some(found) }
}

/// The year of two digits: 1951 to 2050.
fn century(short: i8) -> i16 {
    i16::from(short) + if short > 50 { 1900 } else { 2000 }
}

fn day_of(year: i16, month: i8, day: i8) -> Option<CalendarPeriod> {
    Date::new(year, month, day).ok().map(CalendarPeriod::day)
}
