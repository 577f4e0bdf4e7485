//! Counts that claim something.

use super::check;

#[test]
fn decisions_and_cases() {
    check(&[
        ("Only one member of the Committee voted no.", &["one FED other 1 count"]),
        ("The Fed held rates, but two governors broke ranks.", &["two FED other 2 count"]),
        (
            "Fed officials have pencilled in two increases for next year.",
            &["two FED event_count 2 count forecast"],
        ),
        (
            "The Fed, having cut seven times, has no more rate to give.",
            &["seven FED event_count 7 count"],
        ),
        (
            "The Fed raised its target range, the third increase of 2018.",
            &["third FED event_count 3 count"],
        ),
        ("The Fed cut rates three times last year.", &["three FED event_count 3 count"]),
        (
            "Since 1988 the Russell 2000 has risen in 21 of 36 Septembers.",
            &["21 RUT event_successes 21 count", "36 RUT event_count 36 count"],
        ),
        (
            "The S&P 500 moved by 5% or more on 18 days of the year.",
            &["18 days SPX event_count 18 count"],
        ),
        ("It was the Russell 2000's third-worst year.", &["third RUT rank 3 count"]),
    ]);
}

/// So many cases of so many: beside their share, the cases first, and all of them.
#[test]
fn hits_of_cases() {
    check(&[
        (
            "After the spikes, the VIX fell on the next day 75% (15/20) of the time.",
            &[
                "75% VIX event_hit_rate 75%",
                "15 VIX event_successes 15 count",
                "20 VIX event_count 20 count",
            ],
        ),
        (
            "Of the last 30 Novembers, 21 were positive for the S&P 500.",
            &["30 SPX event_count 30 count", "21 SPX event_successes 21 count"],
        ),
        (
            "A year later the Russell 2000 was higher all four times.",
            &["four RUT event_successes 4 count"],
        ),
        (
            "Of the six signals, just two led to gains in the S&P 500 a month later.",
            &["six SPX event_count 6 count", "two SPX event_successes 2 count"],
        ),
        ("Trading resumes on 9/15 after the holiday.", &[]),
    ]);
}

#[test]
fn how_many_and_how_often() {
    check(&[
        (
            "The Russell 2000 rose 4%, double the gain of the S&P 500.",
            &["4% RUT return 4%", "double RUT vs SPX ratio_to 2 times"],
        ),
        ("The Dow is an average of 30 big companies.", &["30 DJI constituents 30 count"]),
        (
            "The Russell 2000, made up of the 2000 smallest companies of a larger index, rose 1%.",
            &["2000 RUT constituents 2000 count", "1% RUT return 1%"],
        ),
        ("Since 1990 the S&P 500 has had 12 losing Octobers.", &["12 SPX event_count 12 count"]),
        (
            "The S&P 500 had gains in 38 years (76% of the time).",
            &["38 years SPX event_successes 38 count", "76% SPX event_hit_rate 76%"],
        ),
        (
            "Small caps trailed for the third quarter running.",
            &["third US_SMALL vs US_LARGE streak 3 count"],
        ),
    ]);
}
