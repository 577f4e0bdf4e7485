//! The replacement for a wrong figure, in the form of the printed one.

use crate::article::Claim;

/// The printed token of a claim with the right number in it.
pub(super) fn replacement(claim: &Claim, actual: f64) -> Option<String> {
    printed_as(&claim.printed.text, claim.value, actual)
}

/// A printed token that says `value`, with the right number in it: `7.1%` becomes `3.0%`, `$19.5B`
/// `$12.5B`. None for numbers in words and where the number would print as it stands.
pub fn printed_as(text: &str, value: f64, actual: f64) -> Option<String> {
    let start = text.find(|c: char| c.is_ascii_digit())?;
    let tail = &text[start..];
    let width =
        tail.find(|c: char| !c.is_ascii_digit() && c != '.' && c != ',').unwrap_or(tail.len());
    let number = tail[..width].trim_end_matches(['.', ',']);
    let printed: f64 = number.replace(',', "").parse().ok()?;
    let decimals = number.split_once('.').map_or(0, |(_, rest)| rest.len());
    if printed == 0.0 || value == 0.0 {
        return None;
    }
    let scale = value.abs() / printed;
    let digits = format!("{:.decimals$}", actual.abs() / scale);
    let digits = if number.contains(',') { grouped(&digits) } else { digits };
    let flipped = actual * value < 0.0;
    let (before, after) = (&text[..start], &tail[number.len()..]);
    let before = match (flipped, before.strip_prefix(['-', '+', '\u{2212}'])) {
        (false, _) => before.to_owned(),
        (true, Some(rest)) if actual >= 0.0 => rest.to_owned(),
        (true, Some(rest)) => format!("-{rest}"),
        (true, None) if actual < 0.0 => format!("-{before}"),
        (true, None) => return None,
    };
    let new = format!("{before}{digits}{after}");
    (new != text).then_some(new)
}

/// Digits in groups of three.
fn grouped(digits: &str) -> String {
    let (whole, rest) = digits.split_once('.').map_or((digits, None), |(w, r)| (w, Some(r)));
    let mut out = String::new();
    for (i, digit) in whole.chars().enumerate() {
        if i > 0 && (whole.len() - i) % 3 == 0 {
            out.push(',');
        }
        out.push(digit);
    }
    match rest {
        Some(rest) => format!("{out}.{rest}"),
        None => out,
    }
}

/// A value in a claim's unit, for a sentence.
pub(super) fn spelled(value: f64, unit: &str) -> String {
    let value = if value == 0.0 { 0.0 } else { value };
    match unit {
        "percent" => format!("{value:.2}%"),
        "percentage_points" => format!("{value:.2} percentage points"),
        "basis_points" => format!("{value:.0} basis points"),
        "index_points" | "ratio" => format!("{value:.2}"),
        "usd" => format!("${value:.2}"),
        "months" | "days" | "years" if value.fract() != 0.0 => format!("{value:.1} {unit}"),
        "months" | "days" | "years" => format!("{value} {unit}"),
        _ => format!("{value}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tokens_keep_their_form() {
        let check = |text, value, actual, want| {
            assert_eq!(printed_as(text, value, actual).as_deref(), want);
        };
        check("7.1%", 7.1, 2.9588, Some("3.0%"));
        check("$19.5B", 19.5e9, 12.46e9, Some("$12.5B"));
        check("-3.4%", -3.4, 2.04, Some("2.0%"));
        check("3.4%", 3.4, -2.04, Some("-2.0%"));
        check("3.4%", -3.4, 2.04, None);
        check("2.0%", 2.0, 2.04, None);
        check("doubled", 2.0, 3.0, None);
    }

    #[test]
    fn groups_of_three() {
        assert_eq!(grouped("2467.70"), "2,467.70");
        assert_eq!(grouped("991"), "991");
        assert_eq!(grouped("1234567"), "1,234,567");
    }
}
