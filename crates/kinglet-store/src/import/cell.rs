//! What stands in a cell: a number or a date in the spellings of the field.

use jiff::civil::Date;
use kinglet_core::time::calendar::{YEAR_MAX, YEAR_MIN};

/// Words that stand for "no value".
const ABSENT: &[&str] =
    &["", ".", "-", "--", "N/A", "NA", "n/a", "nan", "NaN", "null", "None", "#N/A"];

/// Whether a cell holds no value.
pub fn is_absent(text: &str) -> bool {
    ABSENT.contains(&text)
}

/// A finite number: `2230.16`, `1,234.5`, `(3.2)`, `$12`, `7.1%` (as 7.1).
pub fn number(text: &str) -> Option<f64> {
    let plain = |text: &str| text.parse::<f64>().ok().filter(|v| v.is_finite());
    if text.bytes().all(|b| b.is_ascii_digit() || matches!(b, b'.' | b'-' | b'+' | b'e' | b'E')) {
        return plain(text);
    }
    let negative = text.strip_prefix('(').and_then(|t| t.strip_suffix(')'));
    let bare = negative.unwrap_or(text).trim();
    let (minus, bare) = match bare.strip_prefix('-') {
        Some(rest) => (true, rest),
        None => (false, bare),
    };
    let bare = bare.strip_prefix('$').unwrap_or(bare);
    let bare = bare.strip_suffix('%').unwrap_or(bare).trim();
    let digits = if bare.contains(',') { ungrouped(bare)? } else { bare.to_owned() };
    if !digits.starts_with(|c: char| c.is_ascii_digit() || c == '.') {
        return None;
    }
    let sign = if minus != negative.is_some() { -1.0 } else { 1.0 };
    plain(&digits).map(|v| sign * v)
}

/// Without its thousands separators, each of which must be followed by three digits.
fn ungrouped(text: &str) -> Option<String> {
    let (whole, rest) = text.split_once('.').unwrap_or((text, ""));
    let mut groups = whole.split(',');
    let first = groups.next()?;
    let fits = (1..=3).contains(&first.len()) && groups.all(|g| g.len() == 3);
    (fits && !rest.contains(',')).then(|| text.replace(',', ""))
}

/// A day: `2025-09-18`, `20250918`, `9/18/2025`, `2025-09-18 00:00:00-04:00`, `Sep 18, 2025`; a
/// month, for its first day: `2025-09`, `202509`; never a bare year.
pub fn date(text: &str) -> Option<Date> {
    any_date(text).filter(|date| (YEAR_MIN..=YEAR_MAX).contains(&date.year()))
}

fn any_date(text: &str) -> Option<Date> {
    let bytes = text.as_bytes();
    let part = |from: usize, to: usize| -> Option<i16> {
        let digits = bytes.get(from..to)?;
        digits.iter().all(u8::is_ascii_digit).then(|| {
            digits.iter().fold(0_i16, |n, b| n.wrapping_mul(10).wrapping_add(i16::from(b - b'0')))
        })
    };
    let day = |year: i16, month: i16, day: i16| {
        Date::new(year, i8::try_from(month).ok()?, i8::try_from(day).ok()?).ok()
    };
    match bytes {
        [_, _, _, _, b'-' | b'/', _, _] => day(part(0, 4)?, part(5, 7)?, 1),
        [_, _, _, _, b'-' | b'/', _, _, b'-' | b'/', _, _, rest @ ..] => match rest {
            [] | [b' ' | b'T', ..] => day(part(0, 4)?, part(5, 7)?, part(8, 10)?),
            _ => None,
        },
        [_, _, _, _, _, _] if bytes.iter().all(u8::is_ascii_digit) => {
            day(part(0, 4)?, part(4, 6)?, 1)
        }
        [_, _, _, _, _, _, _, _] if bytes.iter().all(u8::is_ascii_digit) => {
            day(part(0, 4)?, part(4, 6)?, part(6, 8)?)
        }
        _ => american(text),
    }
}

const MONTHS: [&str; 12] =
    ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];

/// `9/18/2025` or `Sep 18, 2025`.
fn american(text: &str) -> Option<Date> {
    let number = |text: &str| text.parse::<i8>().ok();
    if let Some((month, rest)) = text.split_once('/') {
        let (day, year) = rest.split_once('/')?;
        if year.len() != 4 {
            return None;
        }
        return Date::new(year.parse().ok()?, number(month)?, number(day)?).ok();
    }
    let mut words = text.split([' ', ',']).filter(|w| !w.is_empty());
    let (month, day, year) = (words.next()?, words.next()?, words.next()?);
    if words.next().is_some() {
        return None;
    }
    let name = month.get(..3)?.to_ascii_lowercase();
    let month = MONTHS.iter().position(|m| *m == name)? + 1;
    Date::new(year.parse().ok()?, i8::try_from(month).ok()?, number(day)?).ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date as day;

    #[test]
    fn numbers_of_the_field() {
        let check = |text, want| assert_eq!(number(text), want, "{text}");
        check("2230.16", Some(2230.16));
        check("-4.34", Some(-4.34));
        check("1,234,567.5", Some(1_234_567.5));
        check("(3.2)", Some(-3.2));
        check("$12", Some(12.0));
        check("-$12.5", Some(-12.5));
        check("7.1%", Some(7.1));
        check("1e3", Some(1000.0));
        check("1,23", None);
        check("inf", None);
        check("1e999", None);
        check("12abc", None);
        check("--3", None);
    }

    #[test]
    fn dates_of_the_field() {
        let check = |text, want| assert_eq!(date(text), want, "{text}");
        check("2025-09-18", Some(day(2025, 9, 18)));
        check("20250918", Some(day(2025, 9, 18)));
        check("2025/09/18", Some(day(2025, 9, 18)));
        check("9/18/2025", Some(day(2025, 9, 18)));
        check("2025-09-18 00:00:00-04:00", Some(day(2025, 9, 18)));
        check("2025-09-18T16:00:00", Some(day(2025, 9, 18)));
        check("Sep 18, 2025", Some(day(2025, 9, 18)));
        check("202509", Some(day(2025, 9, 1)));
        check("2025-09", Some(day(2025, 9, 1)));
        check("2025-02-30", None);
        check("2025-13", None);
        check("2025", None);
        check("1066-10-14", None);
        check("9/18/25", None);
        check("soon", None);
        check("2025-09-181", None);
    }
}
