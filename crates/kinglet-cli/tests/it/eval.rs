//! `eval`.

use std::fs;

use crate::{json, kinglet, kinglet_with};

#[test]
fn text_says_value_period_rows_and_data() {
    let run = kinglet(&["eval", "return(RUT, 2025-08)"]);
    assert_eq!((run.status, run.stderr.as_str()), (0, ""));
    for part in ["return(RUT, 2025-08) = 7.00%", "2025-07-31", "2211.65", "2025-08-29", "2366.42"] {
        assert!(run.stdout.contains(part), "{part}: {}", run.stdout);
    }
    assert!(run.stdout.contains("data end 20"), "{}", run.stdout);
    assert!(run.stdout.lines().all(|l| l.chars().count() <= 80), "{}", run.stdout);
}

#[test]
fn undefined_answers_are_printed_and_exit_3() {
    let run = kinglet(&["eval", "return(XYZ, 2025-08)", "return(RUT, 2025-08)"]);
    assert_eq!(run.status, 3);
    assert!(run.stdout.contains("= undefined") && run.stdout.contains("no_series"));
    assert!(run.stdout.contains("7.00%"), "the others are answered: {}", run.stdout);
}

#[test]
fn json_is_an_array_in_the_order_of_the_queries() {
    let queries = ["return(RUT, 2025-09)", "level(SPX, @2025-08-29)", "return(RUT, 2025-08)"];
    let mut arguments = vec!["eval", "--format", "json"];
    arguments.extend(queries);
    let answers = json(&arguments);
    let got: Vec<_> = answers.as_array().expect("an array").iter().map(|a| &a["query"]).collect();
    assert_eq!(got, queries);
}

#[test]
fn text_and_json_agree() {
    let query = "return(SPX, 2025-08) - return(RUT, 2025-08)";
    let answer = &json(&["eval", query, "--format", "json"])[0];
    let text = kinglet(&["eval", query]).stdout;
    let display = answer["display"].as_str().expect("text");
    assert!(text.starts_with(&format!("{query} = {display}\n")), "{text}");
    for row in answer["rows"].as_array().expect("rows") {
        assert!(text.contains(row["date"].as_str().expect("a date")), "{text}");
        assert!(text.contains(&row["value"].to_string()), "{text}");
    }
    let csv = kinglet(&["eval", query, "--format", "csv"]).stdout;
    assert!(csv.contains(&answer["value"].to_string()), "{csv}");
    let markdown = kinglet(&["eval", query, "--format", "markdown"]).stdout;
    assert!(markdown.contains(display) && markdown.contains("data end"), "{markdown}");
}

#[test]
fn queries_from_a_file_and_standard_input() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("queries.txt");
    let text = "# months\nreturn(RUT, 2025-08)  # August\n\nreturn(RUT, 2025-09)\n";
    fs::write(&path, text).expect("written");
    let file = path.to_str().expect("UTF-8");
    let want = kinglet(&["eval", "return(RUT, 2025-08)", "return(RUT, 2025-09)"]).stdout;
    assert_eq!(kinglet(&["eval", "--file", file]).stdout, want);
    assert_eq!(kinglet_with(&["eval", "-"], text.as_bytes()).stdout, want);
    assert_eq!(kinglet_with(&["eval"], text.as_bytes()).stdout, want);
    assert_eq!(
        kinglet_with(&["eval", "return(RUT, 2025-08)", "-"], b"return(RUT, 2025-09)").stdout,
        want
    );
}

#[test]
fn every_bad_query_of_a_batch_is_reported() {
    let run = kinglet_with(&["eval", "-"], b"retrun(RUT, 2025)\nlevel(RUT, @2025-08-29)\nlevel(");
    assert_eq!((run.status, run.stdout.as_str()), (2, ""));
    assert_eq!(run.stderr.matches("error[").count(), 2, "{}", run.stderr);
    assert!(run.stderr.contains("line 1 of standard input"), "{}", run.stderr);
    assert!(run.stderr.contains("line 3 of standard input"), "{}", run.stderr);
}

#[test]
fn an_earlier_cutoff_hides_what_was_not_known() {
    let run = kinglet(&["eval", "return(RUT, 2025-09)", "--as-of", "2025-09-18"]);
    assert_eq!(run.status, 3);
    assert!(run.stdout.contains("data end 2025-09-18"), "{}", run.stdout);
    let earlier = kinglet(&["eval", "return(RUT, 2025-08)", "--as-of", "2025-08-29"]);
    assert!(earlier.stdout.starts_with("return(RUT, 2025-08) = 7.00%"), "{}", earlier.stdout);
}

#[test]
fn no_day_after_the_data_is_called_their_end() {
    let answer =
        &json(&["eval", "level(RUT, @2025-09-18)", "--as-of", "9999-12-31", "--format", "json"])[0];
    let end = answer["data"]["as_of"].as_str().expect("a date");
    assert!(end < "2030", "{end}");
    assert_eq!(answer["value"], 2467.7);
}

#[test]
fn dates_at_the_edge_of_the_calendar_are_answers_or_messages() {
    for query in [
        "return(RUT, 9999)",
        "return(RUT, 9998)",
        "return(RUT, 0001)",
        "return(RUT, 9998-W53)",
        "return(RUT, 5000y@2025-01-01)",
        "return(RUT, ytd@9999-12-31)",
        "count(return(RUT, day) > 0, since: 0001, until: 9998)",
    ] {
        for as_of in ["0001-01-01", "1953-01-02", "9999-12-31"] {
            let run = kinglet(&["eval", query, "--as-of", as_of]);
            assert!([2, 3].contains(&run.status), "{query}: {}{}", run.stdout, run.stderr);
        }
    }
}

#[test]
fn ten_thousand_queries_in_one_call() {
    let mut text = String::new();
    for i in 0..10_000 {
        let (year, month) = (1990 + i % 35, 1 + i % 12);
        text += &format!("return(RUT, {year}-{month:02})\n");
    }
    let run = kinglet_with(&["eval", "--format", "csv"], text.as_bytes());
    assert_eq!(run.stdout.lines().count(), 10_001);
}
