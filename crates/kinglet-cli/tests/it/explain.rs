//! `explain`.

use crate::{json, kinglet};

#[test]
fn the_catalogue_by_lens() {
    let run = kinglet(&["explain"]);
    assert_eq!(run.status, 0);
    assert!(run.stdout.starts_with("returns: "), "{}", run.stdout);
    assert!(run.stdout.lines().all(|l| l.chars().count() <= 80), "{}", run.stdout);
    for entry in json(&["explain", "--format", "json"]).as_array().expect("an array") {
        let name = entry["name"].as_str().expect("a name");
        assert!(run.stdout.contains(&format!("\n  {name} ")), "{name}: {}", run.stdout);
    }
}

#[test]
fn every_definition_explains_itself() {
    for entry in json(&["explain", "--format", "json"]).as_array().expect("an array") {
        let name = entry["name"].as_str().expect("a name");
        let record = json(&["explain", name, "--format", "json"]);
        for field in ["title", "definition", "undefined_when", "references"] {
            let text = record[field].as_str().expect(field);
            assert!(!text.is_empty(), "{name} has no {field}");
        }
        let answer = &record["example"]["answer"];
        // The facts hold neither companies nor bars, and the examples say so.
        let code = &answer["undefined"]["code"];
        let is_lacking = ["no_companies", "no_bars"].iter().any(|c| code == c);
        assert!(!answer["value"].is_null() || is_lacking, "{name}: {answer}");
        let text = kinglet(&["explain", name]).stdout;
        let display = answer["display"].as_str().expect("text");
        assert!(text.contains(&format!(" = {display}")), "{name}: {text}");
        // Queries are not broken: who copies one shall get all of it.
        let is_text = |l: &&str| !l.starts_with("    ") && !l.contains(" = ");
        let wide = text.lines().filter(is_text).find(|l| l.chars().count() > 80);
        assert_eq!(wide, None, "{name}");
    }
}

#[test]
fn the_nearest_name_of_a_typo() {
    let run = kinglet(&["explain", "retrun"]);
    assert_eq!(run.status, 2);
    assert!(run.stderr.contains("did you mean `return`?"), "{}", run.stderr);
}
