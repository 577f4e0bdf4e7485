//! Numerals in words, as one reads them aloud.

const ONES: [&str; 20] = [
    "zero",
    "one",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "eleven",
    "twelve",
    "thirteen",
    "fourteen",
    "fifteen",
    "sixteen",
    "seventeen",
    "eighteen",
    "nineteen",
];
const TENS: [&str; 10] =
    ["", "", "twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"];
const SCALES: [(u64, &str); 4] = [
    (1_000_000_000_000, "trillion"),
    (1_000_000_000, "billion"),
    (1_000_000, "million"),
    (1_000, "thousand"),
];

/// `2366`: `two thousand three hundred sixty-six`.
pub(crate) fn cardinal(number: u64) -> String {
    if let Some((scale, name)) = SCALES.iter().find(|(scale, _)| number >= *scale) {
        return joined(&format!("{} {name}", cardinal(number / scale)), number % scale);
    }
    match number {
        0..20 => ONES[number as usize].to_owned(),
        20..100 => {
            let tens = TENS[(number / 10) as usize];
            match number % 10 {
                0 => tens.to_owned(),
                ones => format!("{tens}-{}", ONES[ones as usize]),
            }
        }
        _ => joined(&format!("{} hundred", ONES[(number / 100) as usize]), number % 100),
    }
}

fn joined(head: &str, rest: u64) -> String {
    if rest == 0 { head.to_owned() } else { format!("{head} {}", cardinal(rest)) }
}

/// `21`: `twenty-first`.
pub(crate) fn ordinal(number: u64) -> String {
    let words = cardinal(number);
    let at = words.rfind([' ', '-']).map_or(0, |at| at + 1);
    let (head, last) = words.split_at(at);
    let last = match last {
        "one" => "first".to_owned(),
        "two" => "second".to_owned(),
        "three" => "third".to_owned(),
        "five" => "fifth".to_owned(),
        "eight" => "eighth".to_owned(),
        "nine" => "ninth".to_owned(),
        "twelve" => "twelfth".to_owned(),
        other => match other.strip_suffix('y') {
            Some(stem) => format!("{stem}ieth"),
            None => format!("{other}th"),
        },
    };
    format!("{head}{last}")
}

/// `2025`: `twenty twenty-five`; `2008`: `two thousand eight`; `1900`: `nineteen hundred`.
pub(crate) fn year(number: u64) -> String {
    let (century, rest) = (number / 100, number % 100);
    match (century, rest) {
        (_, 0) if century % 10 == 0 => cardinal(number),
        (_, 0) => format!("{} hundred", cardinal(century)),
        (20, 1..10) => cardinal(number),
        (_, 1..10) => format!("{} oh {}", cardinal(century), cardinal(rest)),
        _ => format!("{} {}", cardinal(century), cardinal(rest)),
    }
}

/// `2,366.42`: `two thousand three hundred sixty-six point four two`; none where it is no number.
pub(crate) fn decimal(digits: &str) -> Option<String> {
    let plain = digits.replace(',', "");
    let (whole, fraction) = plain.split_once('.').unwrap_or((&plain, ""));
    let mut words = cardinal(whole.parse().ok()?);
    if !fraction.is_empty() {
        words += " point";
        for digit in fraction.chars() {
            words += &format!(" {}", ONES[digit.to_digit(10)? as usize]);
        }
    }
    Some(words)
}

#[cfg(test)]
mod tests {
    use super::{cardinal, decimal, ordinal, year};

    #[test]
    fn cardinals() {
        let cases = [
            (0, "zero"),
            (13, "thirteen"),
            (40, "forty"),
            (85, "eighty-five"),
            (100, "one hundred"),
            (365, "three hundred sixty-five"),
            (1_988, "one thousand nine hundred eighty-eight"),
            (20_000, "twenty thousand"),
            (1_000_001, "one million one"),
            (7_300_000_000, "seven billion three hundred million"),
        ];
        for (number, words) in cases {
            assert_eq!(cardinal(number), words);
        }
    }

    #[test]
    fn ordinals() {
        let cases = [
            (1, "first"),
            (3, "third"),
            (8, "eighth"),
            (12, "twelfth"),
            (20, "twentieth"),
            (21, "twenty-first"),
            (31, "thirty-first"),
            (100, "one hundredth"),
            (101, "one hundred first"),
        ];
        for (number, words) in cases {
            assert_eq!(ordinal(number), words);
        }
    }

    #[test]
    fn years() {
        let cases = [
            (1900, "nineteen hundred"),
            (1907, "nineteen oh seven"),
            (1987, "nineteen eighty-seven"),
            (2000, "two thousand"),
            (2008, "two thousand eight"),
            (2010, "twenty ten"),
            (2025, "twenty twenty-five"),
        ];
        for (number, words) in cases {
            assert_eq!(year(number), words);
        }
    }

    #[test]
    fn decimals() {
        assert_eq!(decimal("7.0").as_deref(), Some("seven point zero"));
        assert_eq!(decimal("0.391").as_deref(), Some("zero point three nine one"));
        let level = "two thousand three hundred sixty-six point four two";
        assert_eq!(decimal("2,366.42").as_deref(), Some(level));
        assert_eq!(decimal("99999999999999999999999"), None);
    }
}
