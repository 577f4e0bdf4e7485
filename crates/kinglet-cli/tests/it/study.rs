//! `study`.

use crate::{json, kinglet, kinglet_with, root};

const MONTHS: &str = "return(RUT, month) >= 10%";
const AFTER: &str = "return(RUT, +6m)";

/// 17 months of ten percent and more until 2025, 14 of them followed by a gain in six months; one
/// more later, whose outcome is not over and which is told all the same.
#[test]
fn months_of_ten_percent() {
    let run = kinglet(&["study", "--name", "ten-percent-months"]);
    assert_eq!(run.status, 0, "{}", run.stderr);
    assert!(run.stdout.lines().all(|line| line.chars().count() <= 80), "{}", run.stdout);
    let sentence =
        "14 of 17 since 1987 (82%; any six months: 67%); the difference could be chance.";
    assert!(run.stdout.contains(sentence), "{}", run.stdout);
    assert!(run.stdout.contains("  2026-04     2026-04-30"), "{}", run.stdout);
    assert!(run.stdout.contains("  not over  not over\n"), "{}", run.stdout);
    let record = json(&["study", "--when", MONTHS, "--then", AFTER, "--format", "json"]);
    assert_eq!(record["schema"], "kinglet.study/1");
    assert_eq!(record["sentence"], sentence);
    assert_eq!(record["events"].as_array().map(Vec::len), Some(18));
    let outcome = &record["outcomes"][0];
    assert_eq!((&outcome["events"]["n"], &outcome["events"]["hits"]), (&17.into(), &14.into()));
    assert_eq!(outcome["censored"], 1);
    assert_eq!(record["events"][17]["outcomes"][0]["undefined"]["code"], "not_over");
    // The study as a query gives the same.
    let query = outcome["query"].as_str().expect("a query");
    let answer = json(&["eval", query, "--format", "json"]);
    assert_eq!(answer[0]["value"], outcome["events"]["hit_rate"], "{query}");
    let until = ["study", "--when", MONTHS, "--then", AFTER, "--until", "2025-12"];
    let run = kinglet(&[&until[..], &["--format", "csv"]].concat());
    assert_eq!(run.stdout.lines().count(), 18, "{}", run.stdout);
    assert!(!run.stdout.contains("not_over"), "{}", run.stdout);
}

/// The same seed draws the same; another one other placebos, and no other figure changes.
#[test]
fn the_seed_decides() {
    let drawn = |seed: &str| {
        let arguments = ["study", "--when", MONTHS, "--then", AFTER, "--resamples", "300"];
        json(&[&arguments[..], &["--seed", seed, "--format", "json"]].concat())
    };
    let (first, second) = (drawn("1"), drawn("2"));
    assert_eq!(first, drawn("1"));
    let chance = |record: &serde_json::Value| record["outcomes"][0]["inference"]["mean"].clone();
    assert_ne!(chance(&first), chance(&second));
    assert_eq!(first["outcomes"][0]["events"], second["outcomes"][0]["events"]);
}

#[test]
fn every_study_that_ships_has_an_answer() {
    let list = json(&["study", "--list", "--format", "json"]);
    let names = list.as_array().expect("a list").iter();
    let names: Vec<&str> = names.map(|study| study["name"].as_str().expect("a name")).collect();
    assert!(names.len() >= 8);
    let shown = kinglet(&["study", "--list"]).stdout;
    assert!(shown.lines().all(|line| line.chars().count() <= 80), "{shown}");
    for name in names {
        let run = kinglet(&["study", "--name", name, "--resamples", "100"]);
        assert_eq!(run.status, 0, "{name}: {}", run.stderr);
        assert!(run.stdout.lines().all(|line| line.chars().count() <= 80), "{}", run.stdout);
        assert!(run.stdout.contains("\n  said     in an article: "), "{}", run.stdout);
    }
}

#[test]
fn days_from_a_file() {
    let days = "date,name\n2025-04-09,tariffs paused\n2025-09-17,first cut\n";
    let arguments = ["study", "--events", "-", "--then", "return(RUT, +20d)"];
    let run = kinglet_with(&arguments, days.as_bytes());
    assert_eq!(run.status, 0, "{}", run.stderr);
    assert!(run.stdout.contains("too few to tell from chance"), "{}", run.stdout);
    assert!(run.stdout.contains("tariffs paused"), "{}", run.stdout);
    let run = kinglet_with(&arguments, b"day\n2025-04-09\n");
    assert_eq!(run.status, 5);
    assert!(run.stderr.contains("has no column `date`"), "{}", run.stderr);
    let run = kinglet_with(&arguments, b"date\nyesterday\n");
    assert_eq!(run.status, 5);
    assert!(run.stderr.contains("line 2"), "{}", run.stderr);
}

#[test]
fn what_cannot_be_asked() {
    let refused = |arguments: &[&str]| {
        let run = kinglet(&[&["study"], arguments].concat());
        (run.status, run.stderr)
    };
    let check = |arguments: &[&str], status: i32, want: &str| {
        let (got, stderr) = refused(arguments);
        assert_eq!(got, status, "{arguments:?}: {stderr}");
        assert!(stderr.replace("\n          ", " ").contains(want), "{arguments:?}: {stderr}");
    };
    let then = ["--then", AFTER];
    let with = |when: &'static str| [&["--when", when], &then[..]].concat();
    check(&[], 2, "--when");
    check(&with("return(RUT, +1m) > 0"), 2, "looks ahead");
    check(&with("return(RUT, month)"), 2, "asks yes or no");
    check(&with("return(RUT, 2025) > 0"), 2, "needs a family");
    check(&["--when", MONTHS, "--then", "return(RUT, month)"], 2, "no time after an event");
    check(&["--name", "ten-percent-month"], 2, "did you mean `ten-percent-months`?");
    check(&["--name", "ten-percent-months", "--split", "recesion"], 2, "or one of recession");
    // Who dates recessions did so later, and a rank among all months knows them all.
    check(&with("recession(US, month)"), 3, "looks ahead");
    check(&with("percentile(return(RUT, month), of: month) >= 90%"), 3, "looks ahead");
}

/// The page needs nothing from elsewhere and draws both charts for both widths.
#[test]
fn the_page_stands_alone() {
    let run = kinglet(&["study", "--name", "ten-percent-months", "--format", "html"]);
    assert_eq!(run.status, 0, "{}", run.stderr);
    let page = run.stdout;
    assert!(page.starts_with("<!doctype html>"), "{page}");
    assert_eq!(page.matches("<svg ").count(), 4);
    assert_eq!(
        page.matches("http").count(),
        page.matches("http://www.w3.org/2000/svg").count() + 1
    );
    for event in ["1991-02", "2026-04"] {
        assert!(page.contains(&format!("<th scope=\"row\">{event}</th>")), "{event}");
    }
    assert!(page.contains("title=\"6m after 2026-04-30 is after the data end"), "{page}");
}

/// Small companies after months of ten percent and more, by the market: the months of the event
/// and those after it are not in the estimate.
#[test]
fn beyond_what_was_to_be_expected() {
    let arguments = ["study", "--name", "ten-percent-months", "--model", "market"];
    let run = kinglet(&arguments);
    assert_eq!(run.status, 2);
    assert!(run.stderr.contains("--benchmark SPX"), "{}", run.stderr);
    let run = kinglet(&[&arguments[..], &["--benchmark", "SPX"]].concat());
    assert_eq!(run.status, 0, "{}", run.stderr);
    assert!(run.stdout.lines().all(|line| line.chars().count() <= 80), "{}", run.stdout);
    let about = "expected by regression on return(SPX, +6m), from 60 periods";
    assert!(run.stdout.replace("\n  ", " ").contains(about), "{}", run.stdout);
    for test in ["Patell", "BMP, adjusted", "rank", "generalised sign"] {
        assert!(run.stdout.contains(&format!("\n  {test} ")), "{test}: {}", run.stdout);
    }
}

/// Every study that ships has its page, with what was said and what the record says.
#[test]
fn every_study_that_ships_has_a_page() {
    let list = json(&["study", "--list", "--format", "json"]);
    let read = |name: &str| {
        let path = root().join(format!("docs/studies/{name}.md"));
        std::fs::read_to_string(&path).unwrap_or_else(|e| panic!("{}: {e}", path.display()))
    };
    let index = read("index");
    for study in list.as_array().expect("a list") {
        let text = |field: &str| study[field].as_str().expect("text").to_owned();
        let page = read(&text("name"));
        assert!(page.starts_with(&format!("# {}\n", text("title"))), "{page}");
        assert!(page.contains(&format!("An article said: {}.", text("said"))), "{page}");
        assert!(page.contains(&format!("$ kinglet study --name {}\n", text("name"))), "{page}");
        let row = format!("| [{}]({}.md) | {} |", text("title"), text("name"), text("said"));
        assert!(index.contains(&row), "{row}");
    }
}

/// A condition that never holds gives an empty study that says so.
#[test]
fn nothing_happened() {
    let run = kinglet(&["study", "--when", "return(RUT, month) >= 90%", "--then", AFTER]);
    assert_eq!(run.status, 0, "{}", run.stderr);
    assert!(run.stdout.starts_with("No event since 1987, in 466 periods."), "{}", run.stdout);
}
