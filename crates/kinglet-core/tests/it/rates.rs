//! Rates and the economy on small views: what is not known is undefined, with a reason, and what
//! became known later is not used.

use kinglet_core::columns::{Frequency, Observation, Series};
use kinglet_core::identity::Basis::Price;
use kinglet_core::quantity::Unit;
use kinglet_core::time::{CalendarPeriod, Date, Grain};
use kinglet_core::view::{Event, View, example, example_change, example_series};

use super::asked::{answer, notices, undefined};

fn shown(view: &View, query: &str) -> String {
    answer(view, query).display()
}

fn date(text: &str) -> Date {
    text.parse().expect("a date")
}

/// Sessions of 2024 and 2025, and two cycles of the Federal Reserve.
fn bank() -> View {
    example(&[("2024-12-31", 1.0), ("2025-01-02", 1.0), ("2025-12-31", 1.0)]).with_events(vec![
        example_change("2022-12-14", 4.5),
        example_change("2023-07-26", 5.5),
        example_change("2024-09-18", 5.0),
        example_change("2024-12-18", 4.5),
        example_change("2025-09-17", 4.25),
    ])
}

#[test]
fn a_cycle_is_what_its_rule_says() {
    let bank = bank();
    assert_eq!(shown(&bank, "cycle_change(FED, @2025-12-31)"), "-125 basis points");
    // Nine months without a change begin a new one, if the rule says six; ten do not.
    assert_eq!(shown(&bank, "cycle_change(FED, @2025-12-31, pause: 6)"), "-25 basis points");
    assert_eq!(shown(&bank, "cycle_change(FED, @2025-12-31, pause: 9)"), "-125 basis points");
    assert_eq!(shown(&bank, "first_cut(FED, 2025-09, pause: 6)"), "yes");
    assert_eq!(shown(&bank, "first_cut(FED, 2025-09)"), "no");
    assert_eq!(shown(&bank, "first_hike(FED, 2025-09, pause: 6)"), "no");
    // The rows name the moves.
    let rows = answer(&bank, "cycle_change(FED, @2025-12-31)").result.expect("a value").rows;
    let days: Vec<String> = rows.iter().map(|row| row.date.to_string()).collect();
    assert_eq!(days, ["2024-09-18", "2024-12-18", "2025-09-17"]);
}

#[test]
fn cycles_that_began_before_the_data_are_undefined() {
    let bank = bank();
    undefined(&bank, "cycle_change(FED, @2023-12-29)", "outside_coverage");
    undefined(&bank, "first_hike(FED, 2023-07)", "outside_coverage");
    undefined(&bank, "rate_pause(FED, @2023-01-31)", "outside_coverage");
    undefined(&bank, "rate_pause(ECB, @2025-01-31)", "no_series");
    undefined(&bank, "cycle_change(FED, @2025-12-31, pause: 1.5)", "not_whole");
    assert_eq!(shown(&bank, "rate_pause(FED, @2025-09-17)"), "0 days");
}

#[test]
fn projections_by_meeting() {
    let dots = |day: &str, of: &[(&str, f64)]| Event {
        kind: "median_dots".into(),
        values: of.iter().map(|(year, rate)| ((*year).to_owned(), *rate)).collect(),
        ..example_change(day, 0.0)
    };
    let changes = ["2024-12-18", "2025-09-17"].map(|day| example_change(day, 4.25));
    let events = changes.into_iter().chain([
        dots("2024-12-18", &[("2025", 0.03875)]),
        dots("2025-09-17", &[("2025", 0.03625), ("2026", 0.03375)]),
    ]);
    let view = bank().with_events(events.collect());
    let of = |meeting| shown(&view, &format!("rate_projection(FED, 2025, meeting: {meeting})"));
    assert_eq!(of("2025-06"), "3.88%");
    assert_eq!(of("2025-09-17"), "3.62%");
    assert_eq!(of("2025"), "3.62%");
    undefined(&view, "rate_projection(FED, 2025, meeting: 2024-11)", "no_projections");
    undefined(&view, "rate_projection(FED, 2026, meeting: 2025-06)", "no_observation");
    undefined(&view, "rate_projection(FED, 2025-09)", "period_kind");
    // The target is 4.00% to 4.25% at the end of 2025.
    assert_eq!(
        shown(&view, "projection_error(FED, 2025, meeting: 2024-12)"),
        "0.25 percentage points"
    );
    assert_eq!(shown(&view, "average(projection_error(FED, year))"), "0.25 percentage points");
    undefined(&view, "projection_error(FED, 2026)", "outside_coverage");
}

#[test]
fn the_four_regimes_exclude_each_other() {
    let yields = |id: &str, values: [f64; 2]| {
        example_series(id, &[("2025-07-31", values[0]), ("2025-08-29", values[1])])
    };
    for (short, long, want) in [
        ([0.040, 0.036], [0.044, 0.042], "bull_steepener"),
        ([0.040, 0.041], [0.044, 0.047], "bear_steepener"),
        ([0.040, 0.039], [0.044, 0.041], "bull_flattener"),
        ([0.040, 0.043], [0.044, 0.045], "bear_flattener"),
        ([0.040, 0.041], [0.044, 0.045], "none"),
    ] {
        let view = example(&[("2025-07-31", 1.0), ("2025-08-29", 1.0), ("2025-09-30", 1.0)])
            .with_series("DGS2", Price, &yields("DGS2", short))
            .with_series("DGS10", Price, &yields("DGS10", long));
        for regime in ["bull_steepener", "bear_steepener", "bull_flattener", "bear_flattener"] {
            let query = format!("curve_regime(CURVE:2s10s, 2025-08, regime: {regime})");
            assert_eq!(shown(&view, &query) == "yes", regime == want, "{query}, {want}");
        }
        undefined(
            &view,
            "curve_regime(CURVE:2s10s, 2025-09, regime: bull_steepener)",
            "no_observation",
        );
        undefined(
            &view,
            "curve_regime(CURVE:2s10s, @2025-08, regime: bull_steepener)",
            "period_kind",
        );
        undefined(&view, "curve_regime(UST:10y, 2025-08, regime: bull_steepener)", "no_series");
        undefined(&view, "real_yield(UST:10y, @2025-08-29)", "no_series");
        undefined(&view, "real_yield(UST:10y, @2025-08-29, by: tips)", "no_series");
    }
}

/// Figures of months, public in the middle of the next month.
fn months(id: &str, values: &[(&str, f64)]) -> Series {
    let rows = values.iter().map(|&(month, value)| {
        let month = date(month);
        let release = CalendarPeriod::day(month.last_of_month()).plus(15).first_day();
        let known_at = release.at(8, 30, 0, 0);
        Observation { date: month, value, known_at }
    });
    Series::new(id, Unit::Points, Frequency::Period(Grain::Month), "made up", rows.collect())
}

#[test]
fn figures_are_used_when_they_are_known_and_missing_ones_are_named() {
    let output = [
        ("2024-09-01", 100.0),
        ("2024-10-01", 100.0),
        ("2024-11-01", 100.0),
        ("2025-09-01", 101.0),
        ("2025-11-01", 103.0),
    ];
    let view = bank().with_series("INDPRO", Price, &months("INDPRO", &output));
    assert_eq!(shown(&view, "indicator_growth(INDPRO, 2025-11)"), "3.00%");
    undefined(&view, "indicator_growth(INDPRO, 2025-10)", "no_observation");
    undefined(&view, "indicator_growth(GDP, 2025-10)", "no_series");
    undefined(&view, "indicator_growth(RUT, 2025-10)", "no_series");
    undefined(&view, "indicator_growth(INDPRO, 2025-11, months: 0.5)", "not_whole");
    // November became public in the middle of December.
    assert_eq!(shown(&view, "indicator_growth(INDPRO, @2025-12-14)"), "1.00%");
    let known = answer(&view, "indicator_growth(INDPRO, @2025-12-31)");
    assert_eq!(known.display(), "3.00%");
    assert_eq!(notices(&known), ["no figure of INDPRO was published for 2025-10"]);
}

#[test]
fn spreads_are_recent_or_undefined() {
    let days = example_series("BAMLH0A0HYM2", &[("2025-12-22", 0.03), ("2025-12-24", 0.031)]);
    let view = bank().with_series("BAMLH0A0HYM2", Price, &days);
    assert_eq!(
        shown(&view, "credit_spread(US, @2025-12-31, grade: high_yield)"),
        "3.10 percentage points"
    );
    undefined(&view, "credit_spread(US, @2025-12-21, grade: high_yield)", "no_observation");
    undefined(&view, "credit_spread(US, @2025-01-02, grade: high_yield)", "no_observation");
    undefined(&view, "credit_spread(US, @2025-12-31)", "no_series");
    undefined(&view, "credit_spread(DE, @2025-12-31, grade: high_yield)", "no_series");
}

#[test]
fn recessions_are_known_when_they_are_announced() {
    let turn = |kind: &str, month: &str, announced: &str| Event {
        entity: "US".into(),
        kind: kind.into(),
        date: date(month),
        ..example_change(announced, 0.0)
    };
    let view = bank().with_events(vec![
        turn("recession_peak", "2007-12-01", "2008-12-01"),
        turn("recession_trough", "2009-06-01", "2010-09-20"),
        turn("recession_peak", "2020-02-01", "2020-06-08"),
        turn("recession_trough", "2020-04-01", "2021-07-19"),
    ]);
    assert_eq!(shown(&view, "recession(US, 2009-06)"), "yes");
    assert_eq!(shown(&view, "recession(US, 2009-07)"), "no");
    assert_eq!(shown(&view, "recession(US, 2010-06, dated: then)"), "yes");
    assert_eq!(shown(&view, "recession(US, 2020-05, dated: then)"), "no");
    assert_eq!(shown(&view, "recession(US, 2020-06, dated: then)"), "yes");
    undefined(&view, "recession(US, 2007-12)", "outside_coverage");
    undefined(&view, "recession(US, 2008-11, dated: then)", "outside_coverage");
    undefined(&view, "recession(DE, 2009-06)", "no_series");
    undefined(&bank(), "recession(US, 2009-06)", "no_series");
}

#[test]
fn sensitivities_need_a_factor_that_moves() {
    let days = ["2024-12-31", "2025-01-02", "2025-12-31"];
    let series =
        |id: &str, values: [f64; 3]| example_series(id, &[0, 1, 2].map(|i| (days[i], values[i])));
    let view = example(&[(days[0], 100.0), (days[1], 97.0), (days[2], 98.94)])
        .with_series("DGS10", Price, &series("DGS10", [0.04, 0.05, 0.045]))
        .with_series("FLAT", Price, &series("FLAT", [5.0, 5.0, 5.0]));
    // Minus 3% on a rise of one point, plus 2% on a fall of half a point.
    assert_eq!(shown(&view, "sensitivity(RUT, UST:10y, 2d@2025-12-31, grain: day)"), "-3.33");
    undefined(&view, "sensitivity(RUT, FLAT, 2d@2025-12-31, grain: day)", "zero_variance");
    undefined(&view, "sensitivity(RUT, DXY, 2d@2025-12-31, grain: day)", "no_series");
    undefined(&view, "sensitivity(RUT, UST:10y, 1d@2025-12-31, grain: day)", "too_short");
}

#[test]
fn implied_paths_need_a_treasury_of_their_length() {
    let days = ["2024-09-30", "2024-12-31", "2025-01-31", "2025-03-31"];
    let view = example(&days.map(|day| (day, 1.0)))
        .with_events(vec![
            example_change("2024-09-18", 5.0),
            example_change("2024-11-15", 4.75),
            example_change("2025-02-14", 4.5),
        ])
        .with_series("DGS3MO", Price, &example_series("DGS3MO", &[("2024-09-30", 0.0475)]));
    // October 1 to November 14 at 4.875% and to the end of the year at 4.625%: 45 and 47 days.
    let error = answer(&view, "implied_path_error(FED, 2024-Q4)").number().expect("a value");
    assert!((error - ((45.0 * 4.875 + 47.0 * 4.625) / 92.0 - 4.75)).abs() < 1e-12, "{error}");
    undefined(&view, "implied_path_error(FED, 2025-Q1)", "no_observation");
    undefined(&view, "implied_path_error(FED, 2025-01)", "period_kind");
    undefined(&view, "implied_path_error(FED, 2024-09-30..2025-03-31)", "no_series");
    undefined(&view, "implied_path_error(ECB, 2024-Q4)", "no_series");
    undefined(&bank(), "implied_path_error(FED, 2025)", "no_series");
}
