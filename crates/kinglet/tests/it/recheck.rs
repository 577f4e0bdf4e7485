//! A published note asked again: on the same data, on altered ones, and files that are no notes.

use kinglet::case::recheck::{Published, Recheck, notice, recheck};
use kinglet::case::{Desk, House, Request, note};
use kinglet::{Code, Date, Source};
use kinglet_core::note::Form;
use kinglet_store::facts;
use proptest::prelude::*;
use serde_json::{Value, json};

fn published(day: &str) -> Value {
    let view = facts::view(Some(day.parse::<Date>().expect("a date")));
    kinglet::render::json(
        &Desk::default().edited(note(&view, &Request::default()).expect("a note")),
    )
}

fn again(note: &Value) -> Recheck {
    let note = Published::read(note.to_string().as_bytes(), "case.json").expect("a note");
    recheck(&note, &Source::Facts, None).expect("the facts answer")
}

/// The evidence of a query, to be altered.
fn record<'a>(note: &'a mut Value, query: &str) -> &'a mut Value {
    let evidence = note["evidence"].as_array_mut().expect("evidence");
    evidence.iter_mut().find(|record| record["query"] == query).expect("the query is asked")
}

#[test]
fn a_note_holds_on_the_data_that_it_was_written_from() {
    for day in ["1999-06-30", "2008-10-31", "2020-03-23", "2025-08-28", "2026-07-31"] {
        let result = again(&published(day));
        assert_eq!(result.changed, [], "{day}");
        assert!(result.figures > result.queries && result.queries > 50, "{day}");
        assert_eq!(result.written_from.as_of.to_string(), day);
        assert!(notice(&result, &House::default()).starts_with("# No correction\n"));
    }
}

/// Half of the months before August 2025 had their six months behind them only later.
#[test]
fn what_became_known_later_is_no_error() {
    let result = again(&published("2025-08-28"));
    assert!(!result.is_changed() && !result.since.is_empty());
    for change in &result.since {
        assert_eq!(change.why[0].code, "later", "{}", change.query);
        assert_ne!(change.value_was, change.value_now);
    }
    let said = notice(&result, &House::default());
    assert!(said.contains("## Known otherwise since") && said.contains("right on what was public"));
    assert_eq!(again(&published("2026-07-31")).since, [], "there is nothing later");
}

/// 2366.42 / 2211.65 - 1 is 7.00%; had the vendor stated 2411.65 for July, it was -1.88%.
#[test]
fn a_restated_row_is_named_and_the_sentence_corrected() {
    let mut note = published("2025-08-31");
    let altered = record(&mut note, "return(RUT, 2025-08)");
    altered["value"] = json!(-1.875479443534);
    altered["rows"][0]["value"] = json!(2411.65);
    let result = again(&note);
    assert_eq!(result.changed.len(), 1);
    let change = &result.changed[0];
    assert_eq!(change.query, "return(RUT, 2025-08)");
    assert_eq!(change.why[0].code, "restated");
    assert_eq!(change.why[0].text, "RUT on 2025-07-31 is 2,211.65, and was 2,411.65");
    assert_eq!(change.now.as_deref(), Some("7.00%"));
}

/// Somebody changes the text and not the record.
#[test]
fn a_misprint_is_found() {
    let mut note = published("2026-07-31");
    let figure = note["headline"].as_array_mut().expect("pieces").iter_mut();
    let figure = figure.into_iter().find(|piece| piece["printed"].is_string()).expect("a figure");
    figure["printed"] = json!("9.9 percentage points");
    let result = again(&note);
    let change = &result.changed[0];
    assert_eq!((result.changed.len(), change.why[0].code), (1, "printed"));
    let place = &change.places[0];
    assert_eq!(
        place.sentence,
        "Russell 2000 leads the S&P 500 by 9.9 percentage points so far in 2026, and more lenses \
         favour it than not"
    );
    let right = "Russell 2000 leads the S&P 500 by 8.7 percentage points so far in 2026, and more \
                 lenses favour it than not";
    assert_eq!(place.corrected.as_deref(), Some(right));
    let said = notice(&result, &House::default());
    assert!(said.starts_with("# Correction\n") && said.contains(right), "{said}");
    assert_eq!(said.matches("should read").count(), 1);
}

/// `leads by` cannot be said of a lag.
#[test]
fn a_sentence_that_no_longer_fits_is_said_not_to_hold() {
    let mut note = published("2026-07-31");
    let figure = note["headline"].as_array_mut().expect("pieces").iter_mut();
    let figure = figure.into_iter().find(|piece| piece["printed"].is_string()).expect("a figure");
    figure["form"] = json!("digits 1 below");
    let result = again(&note);
    assert_eq!(result.changed[0].places[0].should_be, None);
    let said = notice(&result, &House::default());
    assert!(said.contains("does not hold any more"), "{said}");
}

#[test]
fn reasons_are_told_apart() {
    let query = "return(RUT, 2026-07)";
    let codes = |altered: Value| -> Vec<&'static str> {
        let mut note = published("2026-07-31");
        let record = record(&mut note, query);
        for (field, value) in altered.as_object().expect("fields") {
            record[field] = value.clone();
        }
        again(&note).changed.iter().flat_map(|c| &c.why).map(|why| why.code).collect()
    };
    let older = json!({ "name": "return", "revision": 99 });
    for (altered, why) in [
        (json!({ "value": 1.5 }), "computed"),
        (json!({ "value": null }), "computed"),
        (json!({ "value": 1.5, "definition": older }), "definition"),
        (json!({ "value": 1.5, "rows": [] }), "rows"),
        (json!({ "value": 1.5, "period": null }), "period"),
        (json!({ "unit": "ratio" }), "unit"),
        (json!({ "query": "retrun(RUT, 2026-07)" }), "unreadable"),
    ] {
        assert_eq!(codes(altered), [why]);
    }
    let undefined = codes(json!({ "query": "return(RUT, 1950-07)" }));
    assert_eq!(undefined.first(), Some(&"undefined"));
}

/// The rank of an altered value below what is printed: the text stands, and that is said.
#[test]
fn what_moves_below_the_rounding_stands_in_the_text() {
    let mut note = published("2026-07-31");
    record(&mut note, "return(RUT, 2026-07)")["value"] = json!(-3.0760225249225334);
    let result = again(&note);
    let change = &result.changed[0];
    assert!(result.is_changed() && !change.is_printed());
    assert_eq!((change.was.as_str(), change.now.as_deref()), ("-3.07602%", Some("-3.07601%")));
    let said = notice(&result, &House::default());
    assert!(said.contains("1 further value moved by less than the text prints"), "{said}");
}

#[test]
fn every_form_is_written_so_that_it_can_be_read() {
    for day in ["1999-06-30", "2025-08-28", "2026-07-31"] {
        let view = facts::view(Some(day.parse::<Date>().expect("a date")));
        for figure in note(&view, &Request::default()).expect("a note").figures() {
            assert_eq!(figure.form.to_string().parse::<Form>(), Ok(figure.form));
        }
    }
}

#[test]
fn what_is_no_note_is_refused() {
    let good = published("2026-07-31");
    let with = |key: &str, value: Value| {
        let mut note = good.clone();
        note[key] = value;
        note.to_string().into_bytes()
    };
    let mut twice = good.clone();
    let first = twice["evidence"][0].clone();
    twice["evidence"].as_array_mut().expect("evidence").push(first);
    let many = vec![good["evidence"][0].clone(); 10_001];
    for (bytes, why) in [
        (b"".to_vec(), "EOF"),
        (b"\xff\xfe".to_vec(), "expected value"),
        (b"<!doctype html>".to_vec(), "expected value"),
        (b"{}".to_vec(), "missing field"),
        (format!("{{\"headline\": {}", "[".repeat(100_000)).into_bytes(), "recursion"),
        (with("schema", json!("kinglet.audit/1")), "schema"),
        (with("evidence", json!([])), "not there"),
        (with("evidence", json!(many)), "more than 10000"),
        (twice.to_string().into_bytes(), "twice"),
        (with("headline", json!([{ "printed": 3 }])), "has no evidence"),
        (with("headline", json!([{ "printed": "x", "evidence": -1 }])), "has no evidence"),
        (with("data", json!({ "version": "x", "as_of": "yesterday" })), "year"),
    ] {
        let refused = Published::read(&bytes, "x.json").expect_err(why);
        assert_eq!(refused.code, Code::Note);
        assert!(refused.message.contains(why), "{why}: {}", refused.message);
    }
}

/// A note may say that it was written on any day.
#[test]
fn notes_of_other_centuries() {
    for day in ["1013-07-31", "9999-12-31"] {
        let mut note = published("2026-07-31");
        note["data"]["as_of"] = json!(day);
        assert!(!notice(&again(&note), &House::default()).is_empty(), "{day}");
    }
}

/// Foreign text cannot become markup of the notice.
#[test]
fn the_notice_is_inert() {
    let mut note = published("2026-07-31");
    note["headline"] = json!(["<script>alert(1)</script> [x](javascript:y) `*\u{1b}[2J",
        { "printed": "9.9", "form": "digits 1 below", "evidence": 1 }]);
    let said = notice(&again(&note), &House::default());
    assert!(said.contains("\\<script\\>") && said.contains("\\[x\\]"), "{said}");
    assert!(!said.contains('\u{1b}') && !said.contains(" <script>"));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]

    /// No damage makes the reader panic.
    #[test]
    fn damage_makes_nothing_panic(at in 0.0..1.0_f64, length in 0_usize..40, fill in any::<u8>()) {
        let mut bytes = DAMAGED.clone();
        let start = (at * (bytes.len() - 1) as f64) as usize;
        let end = (start + length).min(bytes.len());
        bytes[start..end].fill(fill);
        if let Ok(note) = Published::read(&bytes, "x.json") {
            prop_assert!(note.headline.len() < bytes.len());
        }
    }
}

static DAMAGED: std::sync::LazyLock<Vec<u8>> =
    std::sync::LazyLock::new(|| published("1995-06-30").to_string().into_bytes());
