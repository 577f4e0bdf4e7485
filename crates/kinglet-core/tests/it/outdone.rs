//! How long nothing had been beyond a close, on closes of every session of a summer: 2,000 on June
//! 2, 2025, then 1,800, and on September 10 to 12 as a test says.

use kinglet_core::article::read;
use kinglet_core::time::{Calendar, Date};
use kinglet_core::verdict::{Context, judge};
use kinglet_core::view::example;

/// The verdict on the rank that a sentence published on September 12, 2025 tells.
fn rank(text: &str, last: [f64; 3]) -> &'static str {
    let first: Date = "2025-06-02".parse().expect("a date");
    let published: Date = "2025-09-12".parse().expect("a date");
    let calendar = Calendar::nyse(published, &[]);
    let days = calendar.between(first, published).iter();
    let days: Vec<String> = days.map(ToString::to_string).collect();
    let closes: Vec<(&str, f64)> = days
        .iter()
        .enumerate()
        .map(|(at, day)| {
            let late = (at + 3).checked_sub(days.len()).map_or(1800.0, |i| last[i]);
            (day.as_str(), if at == 0 { 2000.0 } else { late })
        })
        .collect();
    let article = read(text, Some(published));
    let context = Context { text, published, read: Some(&article) };
    let review = judge(&article.claims, context, &example(&closes));
    let of_rank = review.judgements.iter().find(|j| review.claims[j.claim].metric == "rank");
    of_rank.map_or("no rank", |judgement| judgement.verdict.name())
}

/// From June 2 to September 10 or 12 it is a little more than three months.
#[test]
fn records_and_levels() {
    let record = "On Friday the Russell 2000 closed at a record, its first record in three months.";
    assert_eq!(rank(record, [1800.0, 1800.0, 2020.0]), "supported");
    // two days after the first one of a new run it is told as well
    assert_eq!(rank(record, [2020.0, 1980.0, 2040.0]), "supported");
    // there was no record
    assert_eq!(rank(record, [1800.0, 1800.0, 1980.0]), "unverifiable");
    let passed = "On Friday the Russell 2000 had its first close above 1,900 in three months.";
    assert_eq!(rank(passed, [1800.0, 1800.0, 1920.0]), "supported");
    assert_ne!(rank(passed, [1800.0, 1800.0, 1880.0]), "supported");
    let highest = "On Friday the Russell 2000 closed at its highest level in three months.";
    assert_eq!(rank(highest, [1800.0, 1800.0, 1980.0]), "supported");
    assert_ne!(rank(highest, [1990.0, 1800.0, 1980.0]), "supported");
}
