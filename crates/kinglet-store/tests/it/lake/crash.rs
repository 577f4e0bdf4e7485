//! Imports that are killed, and imports that run out of disk: the lake stays at its former version,
//! and the next import works.

use std::io::{BufRead, BufReader, Write};
use std::process::{Command, Stdio};

use kinglet_core::diagnostic::Code;
use kinglet_store::lake::{BadRows, Delivery, Lake, Needs};
use kinglet_store::progress::{Progress, Silent};
use kinglet_store::rows::Batch;

use super::rows::{adjusted, closes, delivery, everything, file, holding, import, values};

const FOLDER: &str = "KINGLET_TEST_LAKE";

/// The second import of each test: new rows, corrections and replaced groups in several tables.
fn second() -> Vec<Delivery> {
    let rut = closes("RUT", "rut.csv", &[("2025-09-18", 2467.71), ("2025-09-19", 2448.77)]);
    let iwm = adjusted("IWM", "etf.csv", &[("2025-09-18", 243.0), ("2025-09-19", 241.0)]);
    let mut batch = Batch { series: vec![rut, iwm], ..everything() };
    batch.holdings = vec![holding("BE", Some(0.7))];
    batch.events.truncate(1);
    vec![delivery("second", batch)]
}

/// Says each step and waits for a line before it goes on.
struct Stepwise;

impl Progress for Stepwise {
    fn step(&self, what: &str, done: u64, _: u64) {
        let mut out = std::io::stdout().lock();
        writeln!(out, "STEP {what} {done}").and_then(|()| out.flush()).unwrap();
        std::io::stdin().lock().read_line(&mut String::new()).unwrap();
    }
}

/// What the tests below run in a process of its own.
#[test]
#[ignore = "run by the tests that kill it"]
#[expect(clippy::print_stdout, reason = "the parent reads what it says")]
fn child() {
    let Ok(folder) = std::env::var(FOLDER) else { return };
    let outcome = Lake::open(&folder).and_then(|lake| {
        let deliveries = if std::env::var("LARGE").is_ok() { large() } else { second() };
        lake.import(deliveries, BadRows::Refuse, &Stepwise)
    });
    match outcome {
        Ok(report) => println!("DONE {}", report.version),
        Err(error) => println!("FAILED {} {}", error.code.as_str(), error.hints.join("; ")),
    }
}

fn start(folder: &str) -> Command {
    let mut command = Command::new(std::env::current_exe().unwrap());
    command.args(["lake::crash::child", "--exact", "--ignored", "--nocapture"]);
    command.env(FOLDER, folder).stdin(Stdio::piped()).stdout(Stdio::piped());
    command
}

/// Runs the import up to a step, then kills it; false if it ended before.
fn killed_at(folder: &str, step: usize) -> bool {
    let mut child = start(folder).spawn().unwrap();
    let mut said = BufReader::new(child.stdout.take().unwrap()).lines().map(Result::unwrap);
    let mut stdin = child.stdin.take().unwrap();
    for _ in 0..step {
        if !said.any(|line| line.contains("STEP ")) {
            child.wait().unwrap();
            return false;
        }
        stdin.write_all(b"\n").unwrap();
    }
    let running = said.any(|line| line.contains("STEP "));
    child.kill().unwrap();
    child.wait().unwrap();
    running
}

fn check_first(lake: &Lake) {
    let mut want = everything();
    want.series.sort_by(|a, b| a.id.cmp(&b.id));
    let got = lake.rows(None, &Needs::ALL).unwrap();
    assert_eq!((got.series, got.events), (want.series, want.events));
}

fn check_second(lake: &Lake) {
    let rut = values(lake, None, "RUT");
    let want = [("2025-09-17", 2407.35), ("2025-09-18", 2467.71), ("2025-09-19", 2448.77)];
    assert_eq!(rut, want.map(|(date, value)| (date.to_owned(), value)));
    assert_eq!(values(lake, None, "IWM").len(), 2);
    assert_eq!(values(lake, None, "SPX").len(), 2);
}

#[test]
fn an_import_killed_at_any_step_leaves_the_lake_as_it_was() {
    let mut steps = 0;
    loop {
        let folder = tempfile::tempdir().unwrap();
        let place = folder.path().to_str().unwrap();
        import(&Lake::create_or_open(place).unwrap(), vec![delivery("first", everything())]);
        if !killed_at(place, steps) {
            break;
        }
        let lake = Lake::open(place).unwrap();
        assert_eq!(lake.manifest(None).unwrap().version, 1, "killed at step {steps}");
        check_first(&lake);
        // Another import in between does not see what the killed one left.
        let gold = closes("GOLD", "gold.csv", &[("2025-09-18", 3644.3)]);
        assert_eq!(import(&lake, vec![file("gold", vec![gold])]).version, 2);
        assert_eq!(values(&lake, None, "RUT").len(), 2);
        assert_eq!(import(&lake, second()).version, 3);
        check_second(&lake);
        assert!(!import(&lake, second()).changed);
        steps += 1;
    }
    // Before each of six tables is written, each of two committed, and the manifest is put.
    assert_eq!(steps, 9);
}

#[test]
fn a_first_import_that_was_killed_leaves_an_empty_lake() {
    for step in [5, 7, 9] {
        let folder = tempfile::tempdir().unwrap();
        let place = folder.path().to_str().unwrap();
        drop(Lake::create_or_open(place).unwrap());
        assert!(killed_at(place, step));
        let lake = Lake::open(place).unwrap();
        assert_eq!(lake.rows(None, &Needs::ALL).unwrap(), Batch::default());
        assert_eq!(import(&lake, second()).version, 1);
        assert_eq!(values(&lake, None, "RUT").len(), 2);
    }
}

/// More than the child may write into one file.
fn large() -> Vec<Delivery> {
    let mut noise = closes("NOISE", "noise.csv", &[("1950-01-03", 1.0)]);
    let first = noise.rows[0];
    noise.rows = (0..20_000)
        .map(|n| {
            let date = first.date.checked_add(jiff::Span::new().days(n)).unwrap();
            let value = (f64::from(n) * 0.7).sin();
            kinglet_store::rows::SeriesRow { date, value, known_at: date.at(16, 0, 0, 0) }
        })
        .collect();
    vec![file("large", vec![noise])]
}

/// A limit on the length of files stands for a full disk: both fail in the middle of a write.
#[cfg(unix)]
#[test]
fn a_full_disk_is_said_and_loses_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let place = folder.path().to_str().unwrap();
    import(&Lake::create_or_open(place).unwrap(), vec![delivery("first", everything())]);
    let program = std::env::current_exe().unwrap();
    let script = r#"trap "" XFSZ; ulimit -f 64; exec "$0" "$@""#;
    let child = Command::new("bash")
        .args(["-c", script, program.to_str().unwrap(), "lake::crash::child"])
        .args(["--exact", "--ignored", "--nocapture"])
        .env(FOLDER, place)
        .env("LARGE", "yes")
        .stdin(Stdio::null())
        .output()
        .unwrap();
    let said = String::from_utf8_lossy(&child.stdout);
    assert!(said.contains("FAILED K0505 make room, then import again"), "{said}");
    let lake = Lake::open(place).unwrap();
    check_first(&lake);
    let report = lake.import(large(), BadRows::Refuse, &Silent).unwrap();
    assert_eq!((report.version, report.rows["series"]), (2, 20_000));
    assert_eq!(Code::Write.as_str(), "K0505");
}
