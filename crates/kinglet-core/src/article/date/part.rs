//! Quarters, halves and fiscal years, with or without their year; and the year alone where the
//! month or quarter was named before: `that of 2010`.

use super::super::token::{Joint, Numeral, any_of};
use super::super::words::list;
use super::{DateReader, Found, century};
use crate::time::{CalendarPeriod, Date, Grain};

/// A part of any year.
#[derive(Clone, Copy)]
struct Part {
    grain: Grain,
    /// From 1.
    number: i8,
}

impl Part {
    fn of(self, year: i16) -> Option<CalendarPeriod> {
        let months = self.months();
        let month = months * (self.number - 1) + 1;
        let first = Date::new(year, month, 1).ok()?;
        Some(CalendarPeriod::containing(self.grain, first))
    }

    fn months(self) -> i8 {
        match self.grain {
            Grain::Half => 6,
            Grain::Quarter => 3,
            _ => 1,
        }
    }

    fn exists(self) -> bool {
        (1..=12 / self.months()).contains(&self.number)
    }
}

impl DateReader<'_> {
    /// `Q3 2025`, `3Q25`, `1H22`, `third quarter of 2025`, `the first half`, `the second` where a
    /// quarter or half was spoken of.
    pub(super) fn part(&self, i: usize) -> Option<Found> {
        let (at, part) = self.part_named(i).or_else(|| self.part_elliptic(i))?;
        let (end, year) = self.year_or_recent(i, at, part)?;
        part.of(year).map(|p| (end, p))
    }

    /// `2023 fourth quarter`, `2024 Q3`, `2022 first half`, else the year alone.
    pub(super) fn year_first(&self, i: usize) -> Option<Found> {
        let (end, year) = self.year(i)?;
        match self.part_named(end).filter(|_| self.tokens.number(end).is_none()) {
            Some((after, part)) => part.of(year).map(|p| (after, p)),
            None => Some((end, CalendarPeriod::year(year))),
        }
    }

    /// The token after `Q3`, `3Q`, `1H`, `third quarter`, `opening half`, and which part it is.
    fn part_named(&self, i: usize) -> Option<(usize, Part)> {
        let t = self.tokens;
        let grain = |letter: u8| match letter {
            b'q' => Some(Grain::Quarter),
            b'h' => Some(Grain::Half),
            _ => None,
        };
        let key = t.key(i).as_bytes();
        let found = match (key, t.number(i).and_then(Numeral::small)) {
            ([letter, digit @ b'1'..=b'4'], _) => {
                let part = Part { grain: grain(*letter)?, number: (digit - b'0') as i8 };
                Some((i + 1, part))
            }
            (_, Some(number)) if any_of(t.key(i + 1), list!("st|nd|rd|th")) => {
                let grain = part_grain(t.key(i + 2))?;
                Some((i + 3, Part { grain, number }))
            }
            (_, Some(number)) => {
                let letter = *t.key(i + 1).as_bytes().first()?;
                let glued = t.joint(i + 1) == Joint::Glued && t.key(i + 1).len() == 1;
                Some((i + 2, Part { grain: grain(letter).filter(|_| glued)?, number }))
            }
            _ => {
                let noun = t.key(i + 1);
                let grain = part_grain(noun)?;
                // "for the second quarter running" is a streak
                let row = list!("running|straight|in a row|in succession|consecutively|on end");
                if t.any_phrase(i + 2, row).is_some() {
                    return None;
                }
                let last = if grain == Grain::Half { 2 } else { 4 };
                let number = match t.key(i) {
                    "opening" => 1,
                    "final" | "closing" => last,
                    "winter" if grain == Grain::Quarter => 1,
                    "spring" if grain == Grain::Quarter => 2,
                    "summer" if grain == Grain::Quarter => 3,
                    "autumn" | "fall" | "holiday" if grain == Grain::Quarter => 4,
                    word => ordinal(word)?,
                };
                Some((i + 2, Part { grain, number }))
            }
        };
        found.filter(|(_, part)| part.exists())
    }

    /// `3Q25`, `1H2022`, `Q32018`: the digits of the year are glued to the letter or number.
    pub(super) fn part_glued(&self, i: usize) -> Option<Found> {
        let t = self.tokens;
        if let [b'q', digit @ b'1'..=b'4', year @ ..] = t.key(i).as_bytes()
            && year.len() == 4
        {
            let part = Part { grain: Grain::Quarter, number: (digit - b'0') as i8 };
            let year: i16 = t.key(i)[2..].parse().ok()?;
            return part.of(year).filter(|_| (1900..2100).contains(&year)).map(|p| (i + 1, p));
        }
        let number = t.number(i)?.small()?;
        let key = t.key(i + 1);
        let grain = match key.as_bytes().first()? {
            b'q' => Grain::Quarter,
            b'h' => Grain::Half,
            _ => return None,
        };
        let digits = key.get(1..).filter(|d| matches!(d.len(), 2 | 4))?;
        let year: i16 = digits.parse().ok()?;
        let year = if year < 100 { century(i8::try_from(year).ok()?) } else { year };
        let part = Part { grain, number };
        let glued = t.joint(i + 1) == Joint::Glued && part.exists();
        if glued { part.of(year).map(|p| (i + 2, p)) } else { None }
    }

    /// `the second` behind `the first quarter`.
    fn part_elliptic(&self, i: usize) -> Option<(usize, Part)> {
        let t = self.tokens;
        let number = ordinal(t.key(i))?;
        let opened = t.key(i.wrapping_sub(1)) == "the"
            && any_of(t.key(i.wrapping_sub(2)), list!("in|during|for|over|from|and|to|of"));
        let ends = !t.is_word(i + 1) && t.number(i + 1).is_none()
            || any_of(t.key(i + 1), list!("and|but|after|while|as|when|was|with"));
        if !opened || !ends {
            return None;
        }
        let former = (i.saturating_sub(40)..i).rev().find_map(|at| self.part_named(at))?;
        let part = Part { number, ..former.1 };
        part.exists().then_some((i + 1, part))
    }

    /// `fiscal 2024`, `fiscal year 2024`, `FY24`.
    pub(super) fn fiscal(&self, i: usize) -> Option<Found> {
        let t = self.tokens;
        if t.key(i) == "fiscal" {
            let at = i + 1 + usize::from(t.key(i + 1) == "year");
            return self.year(at).map(|(end, year)| (end, CalendarPeriod::year(year)));
        }
        let digits = t.key(i).strip_prefix("fy").or_else(|| t.key(i).strip_prefix("ye"))?;
        let year: i16 = digits.parse().ok()?;
        let year = if digits.len() == 2 { 2000 + year } else { year };
        (1990..2100).contains(&year).then(|| (i + 1, CalendarPeriod::year(year)))
    }

    /// The year behind a quarter or half (`of 2025`, `of the year`), else that of which the
    /// sentence speaks, else the last one in which that part had begun.
    fn year_or_recent(&self, i: usize, at: usize, part: Part) -> Option<(usize, i16)> {
        let t = self.tokens;
        let of = if t.key(at) == "of" { at + 1 } else { at };
        if let Some(found) = self.following_year(of) {
            return Some(found);
        }
        let published = self.published?;
        if let Some(end) = t.any_phrase(at, list!("of last year|last year|of the previous year")) {
            return Some((end, published.year() - 1));
        }
        if let Some(end) = t.any_phrase(at, list!("of next year|next year")) {
            return Some((end, published.year() + 1));
        }
        if let Some(end) = t.any_phrase(at, list!("of that year|that year|of the same year")) {
            return self.year_before(at).map(|year| (end, year));
        }
        if let Some(end) = t.any_phrase(at, list!("of this year|this year|of the year")) {
            return Some((end, published.year()));
        }
        let begun = (part.number - 1) * part.months() < published.month();
        let over = part.number * part.months() < published.month();
        if !over && let Some(year) = self.year_of_sentence(i) {
            return Some((at, year));
        }
        Some((at, published.year() - i16::from(!begun && !self.ahead)))
    }

    /// The year that was last named before `i`.
    pub(super) fn year_before(&self, i: usize) -> Option<i16> {
        (i.saturating_sub(60)..i).rev().find_map(|at| self.year(at)).map(|(_, year)| year)
    }

    /// The year that the sentence names before `i`.
    fn year_of_sentence(&self, i: usize) -> Option<i16> {
        let t = self.tokens;
        let from = (i.saturating_sub(30)..i).rev().find(|&at| t.is(at, '.')).unwrap_or(0);
        (from.max(i.saturating_sub(30))..i).rev().find_map(|at| self.year(at)).map(|(_, y)| y)
    }

    /// `that of 2010`, `2001's`, `last year's`, `the best September … was 2010`: the month, quarter
    /// or half that was spoken of, in that year.
    pub(in crate::article) fn elliptic(&self, i: usize) -> Option<Found> {
        let t = self.tokens;
        let stops = |at: usize| {
            !t.is_word(at) && t.number(at).is_none()
                || any_of(t.key(at), list!("was|came|brought|is|saw|gave|had|ended|turned|at|with"))
        };
        let owned = |at: usize| t.key(at) == "'s" && stops(at + 1);
        if matches!(t.key(i), "that" | "one") && any_of(t.key(i + 1), list!("of|in|from")) {
            let (end, year) = self.year(i + 2)?;
            return self.part_before(i, 45)?.of(year).map(|p| (end, p));
        }
        if let Some(end) = t.any_phrase(i, list!("last year|this year")).filter(|&end| owned(end)) {
            let year = self.published?.year() - i16::from(t.key(i) == "last");
            return self.part_before(i, 45)?.of(year).map(|p| (end + 1, p));
        }
        let (end, year) = self.year(i)?;
        if owned(end) {
            return self.part_before(i, 45)?.of(year).map(|p| (end + 1, p));
        }
        self.part_of_extreme(i)?.of(year).map(|p| (end, p))
    }

    /// The month behind `the best September` if the year at `i` says which one that was.
    fn part_of_extreme(&self, i: usize) -> Option<Part> {
        let t = self.tokens;
        let light = list!("was|were|came|in|of|all|them|is|been|has|the|:|,|one|for|that|far|by|a");
        let extreme = list!("best|worst|strongest|weakest|biggest|largest|runner|second");
        let back = (1..=6).find(|&n| any_of(t.key(i.wrapping_sub(n)), extreme))?;
        let between = i - back + 1..i;
        let month = |at: usize| self.month(at).is_some();
        let plain = between.clone().all(|at| any_of(t.key(at), light) || month(at));
        let near = if between.clone().any(month) { 8 } else { 16 };
        self.part_before(i, near).filter(|part| plain && part.grain == Grain::Month)
    }

    /// The last month, quarter or half before `i` that has no year of its own.
    fn part_before(&self, i: usize, reach: usize) -> Option<Part> {
        let t = self.tokens;
        (i.saturating_sub(reach)..i).rev().find_map(|at| {
            let dated = t.number(at + 1).is_some();
            let month = self.month(at).filter(|_| !dated);
            let month = month.map(|(_, number)| Part { grain: Grain::Month, number });
            month.or_else(|| {
                self.part_named(at).filter(|_| t.number(at).is_none()).map(|(_, part)| part)
            })
        })
    }
}

/// `quarter`, `qtr`, `half`.
fn part_grain(noun: &str) -> Option<Grain> {
    match noun {
        "qtr" => Some(Grain::Quarter),
        noun => Grain::from_name(noun).filter(|g| matches!(g, Grain::Quarter | Grain::Half)),
    }
}

fn ordinal(word: &str) -> Option<i8> {
    ["first", "second", "third", "fourth"].iter().position(|w| *w == word).map(|i| i as i8 + 1)
}
