//! `recheck` after a vendor restated a close: two versions of a lake made from the embedded facts.

use std::fs;
use std::path::Path;

use tempfile::TempDir;

use crate::{kinglet, kinglet_with, root};

/// The closes of one index at month-ends, as a price file; one of them may be another.
fn prices(folder: &Path, code: &str, restated: Option<(&str, &str)>) -> String {
    let facts = root().join("crates/kinglet-store/facts/index_month_end.csv");
    let facts = fs::read_to_string(facts).expect("the facts");
    let mut table = "date,close\n".to_owned();
    for line in facts.lines() {
        let cells: Vec<&str> = line.split(',').collect();
        let [day, id, close] = cells[..] else { continue };
        if id == code {
            let restated = restated.filter(|(known, _)| *known == day);
            table += &format!("{day},{}\n", restated.map_or(close, |(_, close)| close));
        }
    }
    let file = folder.join(format!("{code}.csv"));
    fs::write(&file, table).expect("written");
    file.display().to_string()
}

fn import(folder: &TempDir, code: &str, restated: Option<(&str, &str)>) -> String {
    let lake = folder.path().join("lake").display().to_string();
    let file = prices(folder.path(), code, restated);
    let run = kinglet(&["data", "import", &file, "--lake", &lake]);
    assert_eq!(run.status, 0, "{}", run.stderr);
    lake
}

/// 2366.42 became 2370.42 for August 29, 2025: August gained 7.18% instead of 7.00%.
#[test]
fn a_restated_close_brings_a_correction() {
    let folder = tempfile::tempdir().expect("a folder");
    let lake = import(&folder, "RUT", None);
    let out = folder.path().join("note").display().to_string();
    let state = ["--lake", &lake, "--as-of", "2025-08-31"];
    let case = kinglet(&[&["case", "--out", &out], &state[..]].concat());
    assert_eq!(case.status, 0, "{}", case.stderr);

    let same = kinglet(&["recheck", &out, "--lake", &lake]);
    assert_eq!((same.status, same.stderr.as_str()), (0, ""), "{}", same.stdout);
    assert!(same.stdout.contains("every query gives what it gave"), "{}", same.stdout);

    import(&folder, "RUT", Some(("2025-08-29", "2370.42")));
    let changed = kinglet(&["recheck", &out, "--lake", &lake]);
    assert_eq!(changed.status, 1, "{}", changed.stdout);
    for part in [
        "To be corrected",
        "return(RUT, 2025-08)",
        "7.00%",
        "7.18%",
        "RUT on 2025-08-29 is 2,370.42, and was 2,366.42",
    ] {
        assert!(changed.stdout.contains(part), "{part}: {}", changed.stdout);
    }
    assert!(changed.stdout.lines().all(|line| line.chars().count() <= 80), "{}", changed.stdout);
    let before = kinglet(&["recheck", &out, "--lake", &lake, "--version", "1"]);
    assert_eq!(before.status, 0, "the version that it was written from");

    let correction = kinglet(&["recheck", &out, "--lake", &lake, "--format", "markdown"]);
    assert!(correction.stdout.starts_with("# Correction\n"), "{}", correction.stdout);
    let file = format!("{out}/case.json");
    let note = fs::read(&file).expect("the note");
    let piped = kinglet_with(&["recheck", "-", "--lake", &lake, "--format", "json"], &note);
    let json: serde_json::Value = serde_json::from_str(&piped.stdout).expect("JSON");
    assert_eq!((piped.status, &json["schema"]), (1, &"kinglet.recheck/1".into()));
    assert!(json["changed"].as_array().expect("changes").len() >= 4);
}

#[test]
fn a_lake_without_the_index_says_why() {
    let folder = tempfile::tempdir().expect("a folder");
    let out = folder.path().join("note").display().to_string();
    assert_eq!(kinglet(&["case", "--out", &out, "--as-of", "2020-03-23"]).status, 0);
    let note = fs::read_to_string(format!("{out}/case.json")).expect("the note");
    let unknown = note.replace("return(RUT", "return(NOSUCH");
    let run = kinglet_with(&["recheck", "-"], unknown.as_bytes());
    assert_eq!(run.status, 1, "{}", run.stderr);
    assert!(run.stdout.contains("no value") && run.stdout.contains("NOSUCH"), "{}", run.stdout);
}
