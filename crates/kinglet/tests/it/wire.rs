//! The JSON of an answer: fields, units, numbers.

use kinglet::wire::{AnswerRecord, answer_table};
use serde_json::{Value, json};

use crate::answer;

fn record(query: &str) -> Value {
    serde_json::to_value(AnswerRecord::from(&answer(query))).expect("a record is JSON")
}

#[test]
fn a_defined_answer() {
    let got = record("return( RUT ,2025-08)");
    let keys: Vec<&String> = got.as_object().expect("an object").keys().collect();
    let want = [
        "query",
        "value",
        "unit",
        "display",
        "period",
        "rows",
        "data",
        "definition",
        "evidence",
        "notices",
        "schema",
    ];
    assert_eq!(keys, want);
    assert_eq!(got["query"], "return(RUT, 2025-08)");
    // 2366.42 / 2211.65 - 1, by bc to 12 significant digits.
    assert_eq!(got["value"], json!(6.997_942_712_45));
    assert_eq!(got["unit"], "percent");
    assert_eq!(got["display"], "7.00%");
    assert_eq!(got["period"], json!({"base": "2025-07-31", "end": "2025-08-29"}));
    let row = &got["rows"][0];
    assert_eq!((&row["series"], &row["date"]), (&json!("RUT"), &json!("2025-07-31")));
    assert_eq!((&row["value"], &row["unit"]), (&json!(2211.65), &json!("index_points")));
    assert!(row["source"].as_str().is_some_and(|s| !s.is_empty()));
    assert_eq!(got["definition"], json!({"name": "return", "revision": 1}));
    assert_eq!(got["evidence"].as_str().map(str::len), Some(16));
    assert!(got["data"]["version"].as_str().is_some_and(|v| v.starts_with("facts-")));
}

#[test]
fn an_undefined_answer() {
    let got = record("return(XYZ, 2025-08)");
    assert_eq!(got["value"], Value::Null);
    assert_eq!(got["undefined"]["code"], "no_series");
    assert!(got["undefined"]["reason"].as_str().is_some_and(|r| r.contains("XYZ")));
    assert_eq!(got["unit"], "percent");
    assert_eq!(got["period"], Value::Null);
    assert_eq!(got["rows"], json!([]));
}

#[test]
fn units_are_those_of_annotations() {
    for (query, unit) in [
        ("return(RUT, 2025-08)", "percent"),
        ("return(SPX, 2025-08) - return(RUT, 2025-08)", "percentage_points"),
        ("level(RUT, @2025-08-29)", "index_points"),
        ("level(IWM, @2025-08-29)", "usd"),
        ("level(SPX, @2025-08-29) / level(RUT, @2025-08-29)", "ratio"),
        ("count(return(RUT, month) >= 10%)", "count"),
        ("return(RUT, 2025-08) > 5%", "truth"),
        ("1 + 2", "ratio"),
    ] {
        assert_eq!(record(query)["unit"], unit, "{query}");
    }
}

#[test]
fn numbers_have_twelve_digits_at_most() {
    assert_eq!(record("7% + 0pp")["value"].to_string(), "7");
    assert_eq!(record("0.1 + 0.2")["value"].to_string(), "0.3");
    assert_eq!(record("count(return(RUT, month) >= 10%, until: 2025-12)")["value"], 17);
}

#[test]
fn bare_arithmetic_has_no_definition() {
    assert_eq!(record("1 + 2")["definition"], Value::Null);
    assert_eq!(record("1 + 2")["rows"], json!([]));
}

#[test]
fn tables_have_a_row_for_each_answer() {
    let table = answer_table(&[answer("return(RUT, 2025-08)"), answer("return(XYZ, 2025-08)")]);
    let csv = table.csv();
    let lines: Vec<&str> = csv.lines().collect();
    assert_eq!(lines.len(), 3);
    assert!(lines[0].starts_with("query,value,unit,display,base,end,undefined"));
    assert!(
        lines[1].starts_with("\"return(RUT, 2025-08)\",6.99794271245,percent,7.00%,2025-07-31")
    );
    assert!(lines[2].starts_with("\"return(XYZ, 2025-08)\",,percent,undefined,,,no_series:"));
}
