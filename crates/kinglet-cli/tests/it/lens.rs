//! `lens`.

use crate::{json, kinglet, kinglet_with};

#[test]
fn every_lens_fits_a_terminal() {
    let run = kinglet(&["lens"]);
    assert_eq!(run.status, 0, "{}", run.stderr);
    assert!(run.stdout.lines().all(|line| line.chars().count() <= 80), "{}", run.stdout);
    let record = json(&["lens", "--format", "json"]);
    assert_eq!(record["schema"], "kinglet.lens/1");
    for reading in record["readings"].as_array().expect("readings") {
        let name = reading["lens"].as_str().expect("a name");
        assert!(run.stdout.contains(name), "{name}: {}", run.stdout);
        assert_eq!(reading["reading"].is_null(), !reading["undefined"].is_null(), "{reading}");
        let one = kinglet(&["lens", name]);
        assert_eq!(one.status, if reading["reading"].is_null() { 3 } else { 0 }, "{name}");
        let query = reading["value"]["query"].as_str().expect("a query");
        assert!(one.stdout.contains(&format!("\n           {query}\n")), "{}", one.stdout);
    }
}

/// Of ten years of months no rank is told, and the table says so.
#[test]
fn what_has_no_history_says_why() {
    let run = kinglet(&["lens", "--as-of", "1994-06-30"]);
    assert!(run.stdout.lines().all(|line| line.chars().count() <= 80), "{}", run.stdout);
    let (_, reasons) = run.stdout.split_once("No rank, and nothing that followed\n").expect("it");
    assert!(reasons.contains("at least 120 are asked"), "{reasons}");
}

/// No day is too early or too late to be asked: what is known then is what there is.
#[test]
fn days_out_of_reach() {
    for (day, status) in [("1013-07-31", 3), ("9999-12-31", 0)] {
        let run = kinglet(&["lens", "momentum", "--as-of", day]);
        assert_eq!(run.status, status, "{day}: {}{}", run.stdout, run.stderr);
    }
}

/// What the past knew is what the record of that day says.
#[test]
fn months_of_the_past_are_the_days_alone() {
    let history = kinglet(&["lens", "--since", "2024-11-30", "--as-of", "2025-02-28"]);
    assert_eq!(history.status, 0);
    let table =
        json(&["lens", "--since", "2024-11-01", "--as-of", "2025-02-28", "--format", "json"]);
    let rows = table.as_array().expect("rows");
    let days: std::collections::BTreeSet<&str> =
        rows.iter().map(|row| row["day"].as_str().expect("a day")).collect();
    let ends = ["2024-11-30", "2024-12-31", "2025-01-31", "2025-02-28"];
    assert!(days.iter().copied().eq(ends), "{days:?}");
    for day in ["2024-11-30", "2025-01-31"] {
        let alone = json(&["lens", "--as-of", day, "--format", "json"]);
        for reading in alone["readings"].as_array().expect("readings") {
            let row = rows.iter().find(|row| row["day"] == day && row["lens"] == reading["lens"]);
            let row = row.expect("the same lens");
            assert_eq!(row["reading"], reading["reading"], "{row}");
            assert_eq!(row["value"], reading["value"]["value"], "{row}");
            assert_eq!(row["percentile"], reading["percentile"]["value"], "{row}");
            assert_eq!(row["after_average"], reading["after"]["average"]["value"], "{row}");
        }
    }
}

#[test]
fn rules_are_the_users() {
    let shipped = kinglet(&["lens", "--show-rules"]).stdout;
    let strict = shipped.replace("{measure} >= 75bp", "{measure} >= 900bp");
    let strict = strict.replace("{measure} <= -75bp", "{measure} <= -900bp");
    assert_ne!(shipped, strict);
    let run =
        kinglet_with(&["lens", "rates", "--rules", "-", "--format", "csv"], strict.as_bytes());
    assert!(run.stdout.contains(",rates,neutral,"), "{}{}", run.stdout, run.stderr);
    let broken = shipped.replace("asks = ", "ask = ");
    let run = kinglet_with(&["lens", "--rules", "-"], broken.as_bytes());
    assert_eq!(run.status, 5);
    assert!(run.stderr.contains("unknown field `ask`"), "{}", run.stderr);
    let broken = shipped.replace("cape(SPX", "capes(SPX");
    let run = kinglet_with(&["lens", "--rules", "-"], broken.as_bytes());
    assert_eq!(run.status, 2);
    assert!(run.stderr.contains("of the lens `expectations`"), "{}", run.stderr);
    let run = kinglet(&["lens", "moment"]);
    assert_eq!(run.status, 2);
    assert!(run.stderr.contains("did you mean `momentum`?"), "{}", run.stderr);
}
