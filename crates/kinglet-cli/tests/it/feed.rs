//! `audit --jsonl`.

use std::io::{BufRead, BufReader, Write};
use std::process::Stdio;

use crate::{command, kinglet, kinglet_with};

/// 7.0% was August 2025 (2366.42 / 2211.65); September was 3.0% (2436.48 / 2366.42).
const WRONG: &str = r#"{"id": "a", "published": "2025-12-10",
    "text": "The Russell 2000 rose 7.0% in September 2025."}"#;
const RIGHT: &str = r#"{"id": "b", "published": "2025-12-10",
    "text": "The Russell 2000 rose 7.0% in August 2025."}"#;

fn feed(lines: &[&str], more: &[&str]) -> crate::Run {
    let arguments = [&["audit", "--jsonl", "-"], more].concat();
    let feed: String = lines.iter().map(|line| line.replace('\n', "") + "\n").collect();
    kinglet_with(&arguments, feed.as_bytes())
}

#[test]
fn one_result_a_line_and_a_summary_beside_it() {
    let run = feed(&[WRONG, RIGHT], &[]);
    assert_eq!(run.status, 0);
    let lines: Vec<serde_json::Value> =
        run.stdout.lines().map(|line| serde_json::from_str(line).expect("JSON")).collect();
    assert_eq!((&lines[0]["id"], &lines[1]["id"]), (&"a".into(), &"b".into()));
    assert_eq!(lines[0]["claims"][0]["verdict"], "misdated");
    assert_eq!(lines[1]["claims"][0]["verdict"], "supported");
    assert!(run.stderr.starts_with("2 articles, 2 claims, 1 of them wrong\n"), "{}", run.stderr);
    assert_eq!(feed(&[WRONG, RIGHT], &["--quiet"]).stderr, "");
}

#[test]
fn the_exit_status_says_what_was_amiss() {
    assert_eq!(feed(&[WRONG], &[]).status, 0);
    assert_eq!(feed(&[WRONG], &["--strict"]).status, 1);
    assert_eq!(feed(&[RIGHT], &["--strict"]).status, 0);
    let skipped = feed(&[WRONG, "nothing", RIGHT], &["--strict", "--format", "json"]);
    assert_eq!((skipped.status, skipped.stdout.lines().count()), (5, 2));
    let messages: Vec<serde_json::Value> =
        skipped.stderr.lines().map(|line| serde_json::from_str(line).expect("JSON")).collect();
    assert_eq!(messages[0]["error"]["code"], "K0203");
    let message = messages[0]["error"]["message"].as_str().expect("a message");
    assert!(message.starts_with("line 2 of standard input"), "{message}");
    assert_eq!(messages[1]["summary"]["skipped"], 1);
    assert_eq!(kinglet(&["audit", "--jsonl", "missing.jsonl"]).status, 5);
    assert_eq!(kinglet(&["audit", "--jsonl", "a.jsonl", "b.txt"]).status, 2);
    assert_eq!(kinglet(&["audit", "--jsonl", "a.jsonl", "--threads", "0"]).status, 2);
    assert_eq!(kinglet(&["audit", "a.txt", "--threads", "2"]).status, 2);
}

#[test]
fn results_stream_and_a_reader_may_go_away() {
    let mut command = command(&["audit", "--jsonl", "-", "--threads", "2"]);
    command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
    let mut child = command.spawn().expect("kinglet runs");
    let mut stdin = child.stdin.take().expect("piped");
    let line = WRONG.replace('\n', "");
    let writer = std::thread::spawn(move || while writeln!(stdin, "{line}").is_ok() {});
    let mut stdout = BufReader::new(child.stdout.take().expect("piped"));
    let mut line = String::new();
    stdout.read_line(&mut line).expect("a line, though the feed has not ended");
    assert!(line.starts_with("{\"id\":\"a\",\"line\":1,"), "{line}");
    drop(stdout);
    let output = child.wait_with_output().expect("kinglet ends");
    assert_eq!(String::from_utf8_lossy(&output.stderr), "");
    assert!(output.status.success());
    writer.join().expect("the pipe was closed");
}
