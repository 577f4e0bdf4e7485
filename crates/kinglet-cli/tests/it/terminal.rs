//! Help, colour, pipes and foreign bytes.

use std::io::{BufRead, BufReader};
use std::process::Stdio;

use crate::{command, kinglet, kinglet_with};

#[test]
fn without_arguments_it_helps() {
    let run = kinglet(&[]);
    assert_eq!((run.status, run.stderr.as_str()), (0, ""));
    assert!(run.stdout.contains("Usage: kinglet") && run.stdout.contains("Examples:"));
    assert_eq!(
        kinglet(&["--version"]).stdout,
        concat!("kinglet ", env!("CARGO_PKG_VERSION"), "\n")
    );
}

#[test]
fn data_alone_helps_too() {
    let run = kinglet(&["data"]);
    assert_eq!((run.status, run.stderr.as_str()), (0, ""));
    for action in ["import", "list", "show", "check", "log"] {
        assert!(run.stdout.contains(&format!("\n  {action} ")), "{action}: {}", run.stdout);
        let help = kinglet(&["data", action, "--help"]).stdout;
        assert!(help.contains("Examples:"), "{action}: {help}");
        assert!(help.lines().all(|l| l.chars().count() <= 80), "{action}: {help}");
    }
}

#[test]
fn every_verb_has_help_with_examples() {
    let help = kinglet(&["--help"]).stdout;
    let verbs = help.lines().skip_while(|l| *l != "Commands:").skip(1);
    let verbs = verbs.take_while(|l| !l.is_empty()).filter(|l| !l.starts_with("    "));
    let verbs: Vec<&str> = verbs.filter_map(|l| l.split_whitespace().next()).collect();
    assert!(verbs.len() >= 3, "{help}");
    for verb in verbs.into_iter().filter(|verb| *verb != "help") {
        let help = kinglet(&[verb, "--help"]);
        assert_eq!(help.status, 0, "{verb}");
        assert!(help.stdout.contains("Examples:"), "{verb}: {}", help.stdout);
        assert!(help.stdout.lines().all(|l| l.chars().count() <= 80), "{verb}: {}", help.stdout);
    }
}

#[test]
fn colour_only_where_asked() {
    let plain = kinglet(&["eval", "return(RUT, 2025-08)"]).stdout;
    assert!(!plain.contains('\u{1b}'));
    let colour = kinglet(&["eval", "return(RUT, 2025-08)", "--color", "always"]).stdout;
    assert!(colour.contains('\u{1b}'));
    assert_eq!(anstream::adapter::strip_str(&colour).to_string(), plain);
    let error = kinglet(&["eval", "(", "--color", "always"]).stderr;
    assert!(error.contains('\u{1b}'));
}

#[test]
fn errors_for_programs_are_json() {
    for arguments in [
        &["eval", "retrun(RUT, 2025)", "--format", "json"][..],
        &["eval", "--fromat", "x", "--format=json"],
        &["eval", "--format", "json", "--file", "no-such-file"],
    ] {
        let run = kinglet(arguments);
        let error: serde_json::Value = serde_json::from_str(&run.stderr).expect(&run.stderr);
        let fields = error["error"].as_object().expect("an object").keys();
        assert_eq!(
            fields.collect::<Vec<_>>(),
            ["code", "message", "subject", "span", "notes", "hints"]
        );
        assert_ne!(run.status, 0);
    }
}

#[test]
fn a_reader_that_goes_away_ends_it_quietly() {
    let mut command = command(&["eval", "-"]);
    command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
    let mut child = command.spawn().expect("kinglet runs");
    let queries = "return(RUT, 2025-08)\n".repeat(20_000);
    let mut input = child.stdin.take().expect("piped");
    std::io::Write::write_all(&mut input, queries.as_bytes()).expect("input is read");
    drop(input);
    let mut first = String::new();
    let mut reader = BufReader::new(child.stdout.take().expect("piped"));
    reader.read_line(&mut first).expect("a line");
    drop(reader);
    let output = child.wait_with_output().expect("kinglet ends");
    assert_eq!(first, "return(RUT, 2025-08) = 7.00%\n");
    assert_eq!(String::from_utf8_lossy(&output.stderr), "");
    assert_eq!(output.status.code(), Some(0));
}

#[test]
fn foreign_bytes_get_a_message() {
    let run = kinglet_with(&["eval", "-"], b"return(RUT, 2025-08)\n\xff\xfe\n");
    assert_eq!(run.status, 5);
    assert!(run.stderr.contains("standard input is not UTF-8 text: line 2"), "{}", run.stderr);
}

#[cfg(unix)]
#[test]
fn foreign_bytes_in_an_argument_get_a_message() {
    use std::os::unix::ffi::OsStrExt;
    let argument = std::ffi::OsStr::from_bytes(b"return(\xff)");
    let output = command(&["eval"]).arg(argument).output().expect("kinglet runs");
    assert_eq!(output.status.code(), Some(2));
    assert!(String::from_utf8_lossy(&output.stderr).starts_with("error[K0107]: invalid UTF-8"));
}

#[test]
fn verbose_tells_what_was_opened() {
    let run = kinglet(&["eval", "level(RUT, @2025-08-29)", "-v"]);
    assert!(run.stderr.contains("data opened"), "{}", run.stderr);
    assert!(!run.stderr.contains('\u{1b}'), "no colour but on a terminal: {}", run.stderr);
    assert_eq!(kinglet(&["eval", "level(RUT, @2025-08-29)"]).stderr, "");
}

#[test]
fn completions_name_the_verbs() {
    for shell in ["bash", "zsh", "fish"] {
        let run = kinglet(&["completions", shell]);
        assert_eq!(run.status, 0);
        assert!(run.stdout.contains("explain"), "{shell}");
    }
}
