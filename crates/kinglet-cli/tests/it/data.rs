//! `data` and `sql`, on the embedded facts.

use crate::{json, kinglet};

#[test]
fn lists_every_series_that_can_be_asked_for() {
    let listing = json(&["data", "list", "--format", "json"]);
    let series = listing["series"].as_array().expect("an array");
    let russell = series.iter().find(|s| s["id"] == "RUT").expect("the Russell 2000");
    assert_eq!(russell["first"], "1987-09-30");
    assert_eq!(russell["unit"], "index_points");
    let text = kinglet(&["data", "list"]).stdout;
    for entry in series {
        let id = entry["id"].as_str().expect("an id");
        assert!(text.contains(&format!("\n{id} ")), "{id}: {text}");
    }
    let csv = kinglet(&["data", "list", "--format", "csv"]).stdout;
    assert_eq!(csv.lines().count(), series.len() + 1);
}

#[test]
fn shows_one_series() {
    let shown = json(&["data", "show", "RUT", "--format", "json"]);
    assert_eq!(shown["id"], "RUT");
    assert!(!shown["latest"].as_array().expect("an array").is_empty());
    let typo = kinglet(&["data", "show", "RUTT"]);
    assert_eq!(typo.status, 2);
    assert!(typo.stderr.contains("did you mean RUT"), "{}", typo.stderr);
}

#[test]
fn the_facts_are_undamaged() {
    let run = kinglet(&["data", "check", "--format", "csv"]);
    assert_eq!(run.status, 0);
    assert!(run.stdout.starts_with("kind,subject,date,fact\n"), "{}", run.stdout);
    assert!(!run.stdout.contains("damaged") && !run.stdout.contains("unsorted"));
}

#[test]
fn a_lake_must_be_named_for_its_log() {
    let run = kinglet(&["data", "log"]);
    assert_eq!(run.status, 2);
    assert!(run.stderr.contains("KINGLET_LAKE"), "{}", run.stderr);
}

#[test]
fn sql_and_eval_agree() {
    let query = "SELECT value FROM series WHERE id = 'RUT' AND date = '2025-08-29'";
    let rows = json(&["sql", query, "--format", "json"]);
    let answer = &json(&["eval", "level(RUT, @2025-08-29)", "--format", "json"])[0];
    let values: Vec<_> = rows.as_array().expect("rows").iter().map(|r| &r["value"]).collect();
    assert!(!values.is_empty() && values.iter().all(|v| *v == &answer["value"]), "{rows}");
}
