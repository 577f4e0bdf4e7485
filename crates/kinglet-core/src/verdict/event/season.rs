//! Seasons of the year that a text speaks of: a month, some months in a row, a quarter.

use super::super::cue;
use super::is_over;
use crate::metrics::statistics::month_of_year::MONTHS;
use crate::time::{CalendarPeriod, Date, Length};

/// The same months of each year.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(in super::super) struct Season {
    /// The first month: 0 for January.
    first: usize,
    /// How many.
    months: usize,
}

/// The ends of months that the half-years of the old rhyme run between.
const SUMMER: Season = Season { first: 4, months: 6 };
const WINTER: Season = Season { first: 10, months: 6 };

impl Season {
    /// The condition that picks the month before it.
    pub(super) fn condition(self) -> String {
        format!("month_of_year(month, is: {})", MONTHS[(self.first + 11) % 12])
    }

    /// How long it is.
    pub(in super::super) fn length(self) -> Length {
        Length::months(u16::try_from(self.months).unwrap_or(u16::MAX))
    }

    /// The last year whose season is over on a day; of one that runs over New Year that in which it
    /// begins.
    pub(in super::super) fn last_over(self, day: Date) -> i16 {
        let end = i32::try_from(self.first + self.months).unwrap_or_default() - 1;
        let of = |year: i16| CalendarPeriod::month(year, 1).plus(end);
        let year = day.year();
        [year, year - 1].into_iter().find(|year| is_over(of(*year), day)).unwrap_or(year - 2)
    }

    /// The bounds of the family for the seasons of some years; the second ones count a season that
    /// runs over New Year by the year in which it ends.
    pub(in super::super) fn bounds(self, years: (i16, Option<i16>)) -> Vec<String> {
        let month = (self.first + 11) % 12 + 1;
        let early = i16::from(self.first == 0);
        let crossing = self.first + self.months > 12;
        let of = |shift: i16| bounds(years, |year| format!("{}-{month:02}", year - shift));
        if crossing { vec![of(early), of(early + 1)] } else { vec![of(early)] }
    }

    /// The season that a text speaks of nearest to a byte, before it rather than behind it.
    pub(in super::super) fn nearest(text: &str, at: usize) -> Option<Season> {
        let found = all(text);
        let before = found.iter().filter(|(place, _)| *place <= at).max_by_key(|(place, _)| *place);
        let behind = || found.iter().min_by_key(|(place, _)| *place);
        before.or_else(behind).map(|(_, season)| *season)
    }

    /// How many different seasons a text speaks of.
    pub(in super::super) fn all_different(text: &str) -> usize {
        let mut different: Vec<Season> = Vec::new();
        for (_, season) in all(text) {
            if !different.contains(&season) {
                different.push(season);
            }
        }
        different.len()
    }

    /// The last season that a text speaks of.
    pub(in super::super) fn last(text: &str) -> Option<Season> {
        all(text).into_iter().max_by_key(|(at, _)| *at).map(|(_, season)| season)
    }
}

fn bounds((since, until): (i16, Option<i16>), spelled: impl Fn(i16) -> String) -> String {
    let until = until.map_or_else(String::new, |year| format!(", until: {}", spelled(year)));
    format!(", since: {}{until}", spelled(since))
}

/// The seasons of a text, with the place of their last word; of months, which have capitals.
fn all(spelled: &str) -> Vec<(usize, Season)> {
    let text = &spelled.to_ascii_lowercase();
    let capital = |at: usize| spelled.as_bytes().get(at).is_some_and(u8::is_ascii_uppercase);
    let words: Vec<(usize, &str)> = cue::text::words(text).collect();
    let key = |i: usize| words.get(i).map_or("", |(_, word)| *word);
    let rhyme = text.contains("sell in may") || text.contains("end of october");
    let mut found = Vec::new();
    for (i, &(at, word)) in words.iter().enumerate() {
        let season = match word {
            "summer" | "summers" if rhyme => Some(SUMMER),
            "winter" | "winters" if rhyme => Some(WINTER),
            "quarter" => quarter(i.checked_sub(1).map_or("", key)),
            _ if !capital(at) => None,
            _ => month(word).filter(|_| !is_dated(&key, i)).map(|m| span(&key, i, m)),
        };
        found.extend(season.map(|season| (at, season)));
    }
    found
}

/// The season that ends with the month at a word: `september and october together`, `from the end
/// of April to the end of October`, or the month alone.
fn span<'a>(key: &impl Fn(usize) -> &'a str, i: usize, last: usize) -> Season {
    let back = |n: usize| i.checked_sub(n).map_or("", |at| key(at));
    let run = |first: usize, months: usize| Season { first: first % 12, months };
    // "end of april and the end of october": six months, the first of them May
    let ends = (4..=8).find_map(|n| {
        let from = month(back(n))?;
        let both = (1..n).any(|m| back(m) == "end") && back(n + 1) == "of" && back(n + 2) == "end";
        both.then(|| run(from + 1, (last + 12 - from) % 12))
    });
    let joined = || {
        let from = month(back(2))?;
        let count = (last + 12 - from) % 12 + 1;
        match back(1) {
            "through" | "to" => Some(run(from, count)),
            "and" if matches!(key(i + 1), "together" | "combined") => Some(run(from, count)),
            _ => None,
        }
    };
    ends.or_else(joined).unwrap_or(Season { first: last, months: 1 })
}

/// Whether the month at a word is one of a year: `September 2001`, `last December`.
fn is_dated<'a>(key: &impl Fn(usize) -> &'a str, i: usize) -> bool {
    let year = |word: &str| word.len() == 4 && word.bytes().all(|b| b.is_ascii_digit());
    let day = |word: &str| word.len() <= 2 && word.bytes().all(|b| b.is_ascii_digit());
    let next = key(i + 1);
    let before = i.checked_sub(1).map_or("", key);
    year(next)
        || !next.is_empty() && day(next)
        || next == "of" && (year(key(i + 2)) || key(i + 2) == "that")
        || matches!(before, "last" | "this" | "since" | "until")
}

fn month(word: &str) -> Option<usize> {
    let plain = |word: &str| MONTHS.iter().position(|month| *month == word);
    let ies = || word.strip_suffix("ies").and_then(|stem| plain(&format!("{stem}y")));
    plain(word).or_else(|| word.strip_suffix('s').and_then(plain)).or_else(ies)
}

fn quarter(ordinal: &str) -> Option<Season> {
    let of = ["first", "second", "third", "fourth"].iter().position(|word| *word == ordinal)?;
    Some(Season { first: 3 * of, months: 3 })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn seasons_of_a_text() {
        let check = |text: &str, first: usize, months: usize| {
            let want = Some(Season { first, months });
            assert_eq!(Season::nearest(text, text.len()), want, "{text}");
        };
        check("Septembers have been poor", 8, 1);
        check("The Januaries of the index", 0, 1);
        check("September and October together have brought little", 8, 2);
        check("Between the end of April and the end of October it gained", 4, 6);
        check("from the end of October to the end of April", 10, 6);
        check("From November through April it did better", 10, 6);
        check("The fourth quarter has been positive", 9, 3);
        assert_eq!(Season::nearest("It fell in September 2001 and last December", 9), None);
        assert_eq!(Season::nearest("The summers were hot", 9), None);
        assert_eq!(Season::nearest("It may fall", 9), None);
    }

    #[test]
    fn seasons_that_are_over() {
        let over = |first: usize, months: usize, day: &str| {
            Season { first, months }.last_over(day.parse().expect("a date"))
        };
        assert_eq!(over(9, 1, "2020-09-30"), 2019);
        // the 31st of October 2020 was a Saturday
        assert_eq!(over(9, 1, "2020-10-30"), 2020);
        assert_eq!(over(10, 6, "2025-12-10"), 2024);
        assert_eq!(over(10, 6, "2025-03-10"), 2023);
    }

    #[test]
    fn seasons_as_queries() {
        let winter = Season { first: 10, months: 6 };
        assert_eq!(winter.condition(), "month_of_year(month, is: october)");
        assert_eq!(winter.length().to_string(), "6m");
        assert_eq!(
            winter.bounds((1950, Some(2016))),
            [", since: 1950-10, until: 2016-10", ", since: 1949-10, until: 2015-10"]
        );
        let start = Season { first: 0, months: 2 };
        assert_eq!(start.condition(), "month_of_year(month, is: december)");
        assert_eq!(start.bounds((1988, None)), [", since: 1987-12"]);
        let may = Season { first: 4, months: 1 };
        assert_eq!(may.condition(), "month_of_year(month, is: april)");
        assert_eq!(may.bounds((1988, Some(2016))), [", since: 1988-04, until: 2016-04"]);
    }
}
