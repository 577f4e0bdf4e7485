//! Days of publication as metadata print them.

use jiff::civil::DateTime;
use jiff::fmt::rfc2822;
use jiff::tz::TimeZone;
use jiff::{Timestamp, Zoned};
use kinglet_core::time::Date;

/// The day in New York of an instant, or the day as printed: `2025-08-29T20:15:00Z`, `2025-08-29`,
/// `20250829`, `Fri, 29 Aug 2025 16:00:00 -0400`. Midnight stands for a day without a time.
pub(super) fn published(text: &str) -> Option<Date> {
    let text = text.trim();
    let printed = text.get(..10).or(text.get(..8)).and_then(|day| day.parse::<Date>().ok());
    if text.get(10..).is_some_and(|time| time.trim_start_matches(['T', ' ']).starts_with("00:00")) {
        return printed.and_then(plausible);
    }
    let new_york = |instant: Timestamp| {
        TimeZone::get("America/New_York").ok().map(|zone| instant.to_zoned(zone).date())
    };
    let instant = text
        .parse::<Timestamp>()
        .ok()
        .or_else(|| rfc2822::parse(text).ok().map(|z: Zoned| z.timestamp()));
    instant
        .and_then(new_york)
        .or_else(|| text.parse::<DateTime>().ok().map(DateTime::date))
        .or_else(|| text.parse::<Date>().ok())
        .or(printed)
        .and_then(plausible)
}

/// A day on which there was something to report.
fn plausible(date: Date) -> Option<Date> {
    (1900..2100).contains(&date.year()).then_some(date)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_in_new_york() {
        let day = |text: &str| published(text).map(|d| d.to_string());
        let want = Some("2025-08-29".to_owned());
        // 00:30 UTC is the evening before in New York
        assert_eq!(day("2025-08-30T00:30:00Z"), want);
        assert_eq!(day("2025-08-30T00:30:00+0000"), want);
        assert_eq!(day("2025-08-29T00:00:00Z"), want);
        assert_eq!(day("2025-08-29T23:30:00-04:00"), want);
        assert_eq!(day("2025-08-29 16:00:00"), want);
        assert_eq!(day(" 2025-08-29 "), want);
        assert_eq!(day("20250829"), want);
        assert_eq!(day("Fri, 29 Aug 2025 16:00:00 -0400"), want);
        assert_eq!(day("yesterday"), None);
        assert_eq!(day("0001-01-01T12:00:00Z"), None);
        assert_eq!(day("ééééééééé"), None);
    }
}
