//! `case --llm` against an endpoint on loopback that behaves well, badly and not at all.

use std::fs;
use std::path::Path;

use serde_json::json;
use tempfile::TempDir;

use crate::assistance::{Endpoint, KEY, Manner, http, input, says};
use crate::{Run, command};

fn case(folder: &TempDir, more: &[&str]) -> (Run, String) {
    let out = folder.path().join("note");
    let _ = fs::remove_dir_all(&out);
    let name = out.display().to_string();
    let mut command = command(&[&["case", "--as-of", "2025-08-28", "--out", &name], more].concat());
    command.env("NO_PROXY", "127.0.0.1").env("KINGLET_LLM_KEY", KEY);
    let run = command.output().expect("kinglet runs").into();
    (run, read(&out.join("case.md")))
}

fn read(file: &Path) -> String {
    fs::read_to_string(file).expect("a note")
}

/// An endpoint that makes something of each passage.
fn saying(words: impl Fn(&str) -> String + Send + 'static) -> Endpoint {
    let manner: Manner = Box::new(move |request| {
        let input = input(request);
        says(&words(input["passage"].as_str().expect("a passage")))
    });
    Endpoint::new(manner)
}

fn with<'a>(endpoint: &'a Endpoint, more: &[&'a str]) -> Vec<&'a str> {
    [&["--llm", &endpoint.url, "--model", "m", "--llm-timeout", "20"], more].concat()
}

#[test]
fn a_good_endpoint_rewords_and_changes_no_figure() {
    let folder = tempfile::tempdir().expect("a folder");
    let (_, plain) = case(&folder, &[]);
    let endpoint = saying(|passage| {
        let text = passage.replace("rose", "climbed").replace("fell", "slid");
        format!("```json\n{}\n```", json!({ "text": text }))
    });
    let cache = folder.path().join("cache").display().to_string();
    let more = with(&endpoint, &["--llm-cache", &cache, "--persona", "editor"]);
    let (run, told) = case(&folder, &more);
    assert_eq!((run.status, run.stderr.as_str()), (0, ""), "{}", run.stderr);
    assert!(told.contains("climbed") && !plain.contains("climbed"));
    let asked = endpoint.asked();
    assert!(asked > 5);
    for request in endpoint.requests.lock().expect("no panic").iter() {
        assert!(request.contains(&format!("authorization: Bearer {KEY}")), "{request}");
        assert!(request.contains("sober newspaper editor"), "the voice of the persona");
        assert!(!request.contains("7.0%") && !request.contains("2025"), "{request}");
    }
    let (_, again) = case(&folder, &more);
    assert_eq!((told, endpoint.asked()), (again, asked), "answers are kept");
    for file in fs::read_dir(&cache).expect("a folder").flatten() {
        let kept = fs::read_to_string(file.path()).expect("text");
        assert!(!kept.contains(KEY));
        let forged = json!({ "text": kept.replace("climbed", "doubled") }).to_string();
        fs::write(file.path(), forged).expect("written");
    }
    let (run, forged) = case(&folder, &more);
    assert!(run.stderr.contains("could not be used") && !forged.contains("doubled"));
}

#[test]
fn a_lying_endpoint_changes_nothing_but_a_notice() {
    let folder = tempfile::tempdir().expect("a folder");
    let (_, plain) = case(&folder, &[]);
    let lies: [fn(&str) -> String; 10] = [
        |passage| passage.to_owned(),
        |_| "I cannot help with that.".to_owned(),
        |passage| json!({ "text": passage.replace("⟦2⟧", "") + " x" }).to_string(),
        |passage| json!({ "text": format!("{passage} ⟦1⟧") }).to_string(),
        |passage| json!({ "text": format!("{passage} Up 12% since.") }).to_string(),
        |passage| json!({ "text": format!("{passage} That had doubled.") }).to_string(),
        |passage| json!({ "text": format!("{passage} <img src=x onerror=alert(1)>") }).to_string(),
        |passage| json!({ "text": format!("{passage} Buy now.") }).to_string(),
        |passage| json!({ "text": passage, "numbers": [1, 2] }).to_string(),
        |passage| json!({ "passage": passage, "voice": "plain" }).to_string(),
    ];
    for lie in lies {
        let endpoint = saying(lie);
        let (run, told) = case(&folder, &with(&endpoint, &[]));
        assert_eq!((run.status, run.stderr.lines().count()), (0, 1), "{}", run.stderr);
        assert!(run.stderr.contains("could not be used"), "{}", run.stderr);
        assert_eq!(told, plain);
    }
}

#[test]
fn a_failing_endpoint_is_one_notice() {
    let folder = tempfile::tempdir().expect("a folder");
    let (_, plain) = case(&folder, &[]);
    for (manner, notice) in [
        (http("200 OK", &format!("<html>{KEY}</html>")), "is not JSON"),
        (http("500 Internal Server Error", KEY), "with status 500"),
        (http("200 OK", &" ".repeat(3 << 20)), "is larger than"),
        (b"HTTP/1.1 200 OK\r\ncontent-length: 100\r\n\r\n{".to_vec(), "breaks off"),
    ] {
        let endpoint = Endpoint::new(Box::new(move |_| manner.clone()));
        let (run, told) = case(&folder, &with(&endpoint, &[]));
        assert_eq!((run.status, run.stderr.lines().count()), (0, 1), "{}", run.stderr);
        assert!(run.stderr.contains(notice) && !run.stderr.contains(KEY), "{}", run.stderr);
        assert_eq!((told.as_str(), endpoint.asked()), (plain.as_str(), 1));
    }
    let silent = Endpoint::new(Box::new(|_| Vec::new()));
    let slow = ["--llm", &silent.url, "--model", "m", "--llm-timeout", "1"];
    let (run, told) = case(&folder, &slow);
    assert!(run.stderr.contains("does not answer in time"), "{}", run.stderr);
    assert_eq!(told, plain);
}
