//! What folds say of outcomes that are not over, of gaps and of data that begin too late.

use std::sync::Arc;

use kinglet_core::columns::{Frequency, Observation, Series};
use kinglet_core::identity::Basis;
use kinglet_core::quantity::Unit;
use kinglet_core::time::{Calendar, Cutoff, Date};
use kinglet_core::view::{View, example_change};

use crate::asked::{answer, notices, undefined};

fn date(text: &str) -> Date {
    text.parse().expect(text)
}

/// Closes of the Russell 2000 on sessions of the exchange, through a day.
fn view(through: &str, closes: &[(&str, f64)]) -> View {
    let through = date(through);
    let calendar = Arc::new(Calendar::nyse(through, &[]));
    let rows = closes.iter().map(|&(day, value)| {
        let date = date(day);
        Observation { date, value, known_at: calendar.close(date) }
    });
    let series = Series::new("RUT", Unit::Points, Frequency::Session, "made up", rows.collect());
    View::new("made up", Arc::clone(&calendar), Cutoff::end_of(through)).with_series(
        "RUT",
        Basis::Price,
        &series,
    )
}

/// Month-ends of 2024-01 to 2025-08: up by a tenth in March 2024, November 2024 and July 2025.
fn months() -> View {
    const CLOSES: [(&str, f64); 20] = [
        ("2024-01-31", 100.0),
        ("2024-02-29", 100.0),
        ("2024-03-28", 110.0),
        ("2024-04-30", 110.0),
        ("2024-05-31", 105.0),
        ("2024-06-28", 110.0),
        ("2024-07-31", 115.0),
        ("2024-08-30", 120.0),
        ("2024-09-30", 132.0),
        ("2024-10-31", 130.0),
        ("2024-11-29", 143.0),
        ("2024-12-31", 140.0),
        ("2025-01-31", 140.0),
        ("2025-02-28", 135.0),
        ("2025-03-31", 130.0),
        ("2025-04-30", 125.0),
        ("2025-05-30", 128.0),
        ("2025-06-30", 130.0),
        ("2025-07-31", 143.0),
        ("2025-08-29", 145.0),
    ];
    view("2025-08-29", &CLOSES)
}

/// Six months after March 2024 110 had become 132 (+20%), after September 132 130 (-1.5%), after
/// November 143 128 (-10.5%); after July 2025 they are not over.
#[test]
fn outcomes_that_are_not_over_are_left_out() {
    let view = months();
    let query = "share(return(RUT, +6m) > 0, when: return(RUT, month) >= 10%)";
    let share = answer(&view, query);
    assert_eq!(share.display(), "33.33%");
    assert_eq!(
        notices(&share),
        [
            "`return(RUT, +6m) > 0` is not over for 1 of 4 periods, which are left out: 2025-07",
            "1 of 3"
        ]
    );
    let rows = &share.result.as_ref().expect("a value").rows;
    let named: Vec<(&str, String, String)> =
        rows.iter().map(|r| (&*r.series, r.date.to_string(), format!("{:.4}", r.value))).collect();
    let row = |day: &str, value: &str| ("return(RUT, +6m)", day.to_owned(), value.to_owned());
    assert_eq!(
        named,
        [row("2024-03-28", "0.2000"), row("2024-09-30", "-0.0152"), row("2024-11-29", "-0.1049")]
    );
    undefined(&view, &format!("{}, since: 2025)", &query[..query.len() - 1]), "no_event");
    undefined(&view, "average(return(RUT, +6m), when: return(RUT, month) >= 50%)", "no_event");
    let none = answer(&view, "count(return(RUT, +6m) > 0, when: return(RUT, month) >= 50%)");
    assert_eq!(none.display(), "0");
}

#[test]
fn data_that_begin_too_late() {
    let view = months();
    let clipped = answer(&view, "count(return(RUT, month) > 0, since: 2024)");
    assert_eq!(clipped.display(), "10");
    assert!(notices(&clipped)[0].contains("begin on 2024-02-01, after 2024"), "{clipped:?}");
    undefined(&view, "count(return(RUT, month) > 0, since: 2022)", "outside_coverage");
    undefined(&view, "count(return(RUT, month) > 0, until: 2025-09)", "outside_coverage");
    undefined(&view, "rank(return(RUT, month), of: 2023-12)", "outside_coverage");
    undefined(&view, "streak(return(RUT, month) > -90%, ending: 2025-08)", "outside_coverage");
    undefined(&view, "count(return(SPX, month) > 0)", "no_series");
    undefined(&view, "count(return(RUT, day) > 0)", "outside_coverage");
}

/// A hole ends the stretch; what lies before it is not counted unless `until` asks for it.
#[test]
fn gaps_are_not_jumped() {
    let view = months();
    let series = view.series("RUT", Basis::Price).expect("a series");
    let rows = series.observations().iter().filter(|o| o.date != date("2024-12-31"));
    let holed = Series::new("RUT", Unit::Points, Frequency::Session, "x", rows.copied().collect());
    let view = view.with_series("RUT", Basis::Price, &holed);
    assert_eq!(answer(&view, "count(return(RUT, month) > -90%)").display(), "7");
    let early = answer(&view, "count(return(RUT, month) > -90%, until: 2024-11)");
    assert_eq!(early.display(), "10");
    undefined(&view, "count(return(RUT, month) > 0, until: 2024-12)", "outside_coverage");
}

/// Closes of every second session cannot tell a record, but one that is higher tells that there is
/// none.
#[test]
fn records_need_every_close() {
    let closes = [("2025-08-25", 100.0), ("2025-08-27", 90.0), ("2025-08-29", 95.0)];
    let view = view("2025-08-29", &closes);
    assert_eq!(answer(&view, "record(RUT, 2025-08-29)").display(), "no");
    undefined(&view, "record(RUT, 2025-08-29, since: 2025-08-27)", "incomplete");
    undefined(&view, "distance_from_high(RUT, @2025-08-29)", "incomplete");
    undefined(&view, "record(RUT, 2025-08-25)", "no_observation");
    undefined(&view, "extremum(RUT, 2025-08-25..2025-08-29)", "no_observation");
    undefined(&view, "extremum(RUT, 2025-08-26..2025-08-29)", "incomplete");
    undefined(&view, "drawdown(RUT, 2025-08-25..2025-08-29)", "incomplete");
    undefined(&view, "volatility(RUT, 2025-08-25..2025-08-29)", "incomplete");
    undefined(&view, "record(RUT, 2025-08-29, since: 2020)", "outside_coverage");
}

/// Values for days on which the exchange was closed are passed over.
#[test]
fn values_for_other_days_are_passed_over() {
    let closes = [
        ("2025-08-28", 100.0),
        ("2025-08-29", 90.0),
        ("2025-09-01", 500.0),
        ("2025-09-02", 99.0),
        ("2025-09-03", 101.0),
    ];
    let view = view("2025-09-03", &closes);
    assert_eq!(answer(&view, "record(RUT, 2025-09-03)").display(), "yes");
    assert_eq!(answer(&view, "extremum(RUT, 2025-08-28..2025-09-03)").display(), "101.00");
    assert_eq!(answer(&view, "drawdown(RUT, 2025-08-28..2025-09-03)").display(), "-10.00%");
}

/// The Fed announced on a Sunday: 2020-03-15.
#[test]
fn events_fall_on_any_day() {
    let closes =
        [("2020-03-12", 100.0), ("2020-03-13", 101.0), ("2020-03-16", 90.0), ("2020-03-17", 91.0)];
    let view = view("2020-03-17", &closes).with_events(vec![
        example_change("2018-12-19", 2.5),
        example_change("2019-07-31", 2.25),
        example_change("2020-03-03", 1.25),
        example_change("2020-03-15", 0.25),
    ]);
    for (query, want) in [
        ("rate_change(FED, 2020-03-15)", "-100 basis points"),
        ("rate_change(FED, 2020-03-13)", "0 basis points"),
        ("rate_change(FED, 2020-03-13..2020-03-16)", "-100 basis points"),
        ("rate_change(FED, mtd@2020-03-16)", "-200 basis points"),
        ("policy_rate(FED, @2020-03-14)", "1.25%"),
        ("policy_rate(FED, @2020-03-15)", "0.25%"),
        ("count(rate_change(FED, day) < 0bp, since: 2020-03)", "2"),
        (
            "average(return(RUT, +1d), when: rate_change(FED, day) < 0bp, since: 2020-03-10)",
            "-10.89%",
        ),
    ] {
        assert_eq!(answer(&view, query).display(), want, "{query}");
    }
    undefined(&view, "first_cut(FED, 2018-12-19)", "outside_coverage");
    undefined(&view, "policy_rate(FED, @2018-12-18)", "outside_coverage");
    undefined(&view, "rate_change(FED, 2018)", "outside_coverage");
    undefined(&view, "policy_rate(ECB, @2020-03-15)", "no_series");
}
