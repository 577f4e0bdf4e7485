//! English for numbers, dates and changes.

use super::{Figure, Form, Prose, Sense, prose};
use crate::time::{CalendarPeriod, Date, Grain};

const NUMBERS: [&str; 13] = [
    "no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven",
    "twelve",
];

const ORDINALS: [&str; 10] =
    ["first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth"];

/// The months' names.
pub const MONTHS: [&str; 12] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];

/// `four`, `17`.
pub(super) fn cardinal(n: u32) -> String {
    NUMBERS.get(n as usize).map_or_else(|| n.to_string(), |word| (*word).to_owned())
}

/// `best`, `second-best` … `tenth-best`; beyond that a rank is not worth a word.
pub(super) fn rank(n: u32, word: &str) -> Option<String> {
    match n {
        1 => Some(word.to_owned()),
        n => Some(format!("{}-{word}", ORDINALS.get(n.checked_sub(1)? as usize)?)),
    }
}

/// `August 28, 2025`
pub fn date_in_words(date: Date) -> String {
    format!("{} {}, {}", month_name(date), date.day(), date.year())
}

fn month_name(date: Date) -> &'static str {
    usize::try_from(date.month() - 1).map_or("", |month| MONTHS[month])
}

/// `August 2025`, `the second quarter of 2025`, `2025`.
pub(super) fn period_in_words(period: CalendarPeriod) -> String {
    let first = period.first_day();
    let year = first.year();
    let nth = |part: i8| ORDINALS[usize::try_from(part).unwrap_or_default()];
    match period.grain {
        Grain::Day => date_in_words(first),
        Grain::Week => format!("the week of {}", date_in_words(first)),
        Grain::Month => format!("{} {year}", month_name(first)),
        Grain::Quarter => format!("the {} quarter of {year}", nth((first.month() - 1) / 3)),
        Grain::Half => format!("the {} half of {year}", nth((first.month() - 1) / 6)),
        Grain::Year => year.to_string(),
    }
}

/// `Aug 2025`, for the rows of a chart.
pub(super) fn month_short(period: CalendarPeriod) -> String {
    let first = period.first_day();
    format!("{} {}", &month_name(first)[..3], first.year())
}

/// The first letter in upper case.
pub(super) fn capital(text: &str) -> String {
    let mut rest = text.chars();
    rest.next().map_or_else(String::new, |first| first.to_uppercase().chain(rest).collect())
}

/// `thing` or `things`.
pub(super) fn plural(n: f64, singular: &str, plural: &str) -> String {
    (if n == 1.0 { singular } else { plural }).to_owned()
}

/// `1995, 1998 and 2024`
pub(super) fn list(items: &[String]) -> String {
    match items {
        [] => String::new(),
        [one] => one.clone(),
        [most @ .., last] => format!("{} and {last}", most.join(", ")),
    }
}

/// A change that prints as nothing is little changed.
pub(super) const LITTLE: f64 = 0.0005;
/// From here on a change is a large one for an index over a month to a year.
const LARGE: f64 = 0.10;

/// How a price moved, in the past tense: `rose 7.0%`, `fell 4.3%`, `was little changed`.
pub(super) fn moved(figure: &Figure, decimals: usize) -> Prose {
    let form = Form::digits(decimals);
    let change = figure.value();
    let (verb, sense) = match change {
        c if c.abs() < LITTLE => {
            return prose!["was little changed (", figure.written(form), ")"];
        }
        c if c >= LARGE => ("jumped ", Sense::Above),
        c if c > 0.0 => ("rose ", Sense::Above),
        c if c <= -LARGE => ("dropped ", Sense::Below),
        _ => ("fell ", Sense::Below),
    };
    prose![verb, figure.written(form.sense(sense))]
}

impl From<Option<Figure>> for Prose {
    fn from(figure: Option<Figure>) -> Self {
        figure.map_or_else(Prose::default, Prose::from)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn in_words() {
        let period = |text: &str| period_in_words(text.parse().unwrap());
        assert_eq!(period("2025-08"), "August 2025");
        assert_eq!(period("2025-Q4"), "the fourth quarter of 2025");
        assert_eq!(period("2025-H2"), "the second half of 2025");
        assert_eq!(date_in_words("2025-08-01".parse().unwrap()), "August 1, 2025");
        assert_eq!(rank(1, "best").as_deref(), Some("best"));
        assert_eq!(rank(3, "highest").as_deref(), Some("third-highest"));
        assert_eq!(rank(11, "best"), None);
    }
}
