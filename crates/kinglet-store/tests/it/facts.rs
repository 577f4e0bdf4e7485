//! The embedded facts against figures that were published elsewhere.

use kinglet_core::query::{Evaluator, Query};
use kinglet_core::time::Date;
use kinglet_core::view::View;
use kinglet_store::facts;

fn date(text: &str) -> Date {
    text.parse().expect("a date")
}

fn number(view: &View, query: &str) -> Result<f64, &'static str> {
    let query: Query = query.parse().expect("a query");
    let answer = Evaluator::new(view).answer(&query);
    match answer.result {
        Ok(_) => Ok(answer.number().expect("a defined answer has a number")),
        Err(undefined) => Err(undefined.code),
    }
}

/// FTSE Russell, S&P Dow Jones Indices and Nasdaq as reported by the press.
#[test]
fn returns_and_levels_as_published() {
    let view = facts::view(None);
    let check = |query: &str, want: f64| {
        let got = number(&view, query).unwrap_or_else(|code| panic!("{query}: {code}"));
        assert!((got - want).abs() <= 0.005 + 1e-9, "{query}: {got}, not {want}");
    };
    check("return(RUT, 2025-08)", 7.00);
    check("return(RUT, 2025-09)", 2.96);
    check("return(SPX, 2025-08)", 1.91);
    check("return(IXIC, 2025-08)", 1.58);
    check("return(RUT, 2024-11)", 10.84);
    check("level(RUT, 2025-09-18)", 2467.70);
    check("level(RUT, 2024-12-31)", 2230.16);
    check("return(RUT, ytd@2025-09-18)", 10.65);
    check("return(RUT, ytd@2025-06-12)", -4.04);
    check("return(RUT, 2008)", -34.80);
    check("return(SPX, 2008)", -38.49);
}

#[test]
fn the_data_end_with_the_closes() {
    let view = facts::view(None);
    assert_eq!(view.data().as_of, date("2026-07-31"));
    assert_eq!(number(&view, "return(NDX, 2025-08)"), Err("no_series"));
    assert_eq!(number(&view, "return(RUT, 2026-08)"), Err("outside_coverage"));
}

#[test]
fn units_are_those_of_computations() {
    let view = facts::view(None);
    check_last(&view, "GS10", "2025-08-01", 0.0426);
    check_last(&view, "UST:10y", "2025-08-01", 0.0426);
    check_last(&view, "SHILLER_CAPE", "2025-07-01", 37.47);
    check_last(&view, "FF_SMB", "2025-06-01", 0.0083);
}

fn check_last(view: &View, id: &str, day: &str, want: f64) {
    let series = view.series(id, kinglet_core::identity::Basis::Price).expect("a series");
    let row = series.on(date(day)).expect("a row");
    assert!((row.value - want).abs() < 1e-9, "{id}: {}", row.value);
}

#[test]
fn a_cutoff_hides_what_was_not_public() {
    let view = facts::view(Some(date("2025-09-12")));
    let last = |id: &str| {
        let series = view.series(id, kinglet_core::identity::Basis::Price).expect("a series");
        series.coverage().expect("rows").1
    };
    assert_eq!(last("RUT"), date("2025-09-12"));
    // The first Friday of September was the 5th; the consumer prices of August came on the 11th,
    // the declared lag says the 15th.
    assert_eq!(last("UNRATE"), date("2025-08-01"));
    assert_eq!(last("CPIAUCSL"), date("2025-07-01"));
    let cut = view.events("FED", "policy_rate").next_back().expect("a change");
    assert_eq!(cut.date, date("2024-12-18"));
    assert!(view.statements().all(|s| s.as_of.as_str() < "2025-09-13"));
}

/// Federal Reserve, press releases of 2001, 2007 to 2008, 2022 and 2025.
#[test]
fn changes_of_the_policy_rate_as_announced() {
    let view = facts::view(None);
    let changes = |year: i16| -> Vec<f64> {
        let events = view.events("FED", "policy_rate").filter(|e| e.date.year() == year);
        events.map(|e| e.values["change"]).collect()
    };
    assert_eq!(changes(2001).iter().filter(|c| **c < 0.0).count(), 11);
    assert_eq!(changes(2007).len(), 3);
    assert_eq!(changes(2008).len(), 7);
    assert_eq!(changes(2022).iter().filter(|c| **c > 0.0).count(), 7);
    assert_eq!(changes(2025).len(), 3);
    let event = view.events("FED", "policy_rate").find(|e| e.date == date("2025-09-17"));
    let event = event.expect("the cut of September 2025");
    assert_eq!((event.values["lower"], event.values["upper"]), (0.04, 0.0425));
    assert_eq!(event.dates["effective"], date("2025-09-18"));
}

/// The dots of two meetings (palewire/fed-dot-plot-scraper): the facts have their medians rounded
/// to a tenth, 3.6, 3.4 and 3.1, and 5.1.
#[test]
fn projections_are_the_medians_of_dots() {
    let view = facts::view(None);
    for (query, want) in [
        ("rate_projection(FED, 2025, meeting: 2025-09)", 3.625),
        ("rate_projection(FED, 2026, meeting: 2025-09)", 3.375),
        ("rate_projection(FED, 2027, meeting: 2025-09)", 3.125),
        ("rate_projection(FED, 2023, meeting: 2022-12)", 5.125),
    ] {
        let got = number(&view, query).expect(query);
        assert!((got - want).abs() < 1e-12, "{query}: {got}");
    }
    let before = number(&view, "rate_projection(FED, 2026, meeting: 2021)");
    assert_eq!(before, Err("no_projections"));
}

/// National Bureau of Economic Research: peak December 2007, trough June 2009.
#[test]
fn recessions_as_dated() {
    let view = facts::view(None);
    let all: Vec<_> = view.events("US", "recession").collect();
    assert_eq!(all.len(), 13);
    let great = all.iter().find(|e| e.date == date("2007-12-01")).expect("the Great Recession");
    assert_eq!(great.dates["trough"], date("2009-06-01"));
}

/// The embedded tables are those of the compiled facts beside the repository.
#[test]
#[cfg_attr(not(shared), ignore = "needs ../shared")]
fn tables_are_the_compiled_ones() {
    let ours = concat!(env!("CARGO_MANIFEST_DIR"), "/facts");
    let theirs = concat!(env!("CARGO_MANIFEST_DIR"), "/../../../shared/facts");
    for entry in std::fs::read_dir(theirs).expect("a folder") {
        let name = entry.expect("an entry").file_name();
        if name != "README.md" {
            let read = |folder| std::fs::read(std::path::Path::new(folder).join(&name));
            assert_eq!(read(ours).ok(), read(theirs).ok(), "{}", name.display());
        }
    }
}
