//! Reads the plain CSV files of the real market data beside the repository.

use std::io::Read as _;
use std::sync::Arc;

use flate2::read::MultiGzDecoder;
use kinglet_core::columns::{Frequency, Observation, Series};
use kinglet_core::identity::Basis;
use kinglet_core::quantity::Unit;
use kinglet_core::time::{Calendar, Cutoff, Date};
use kinglet_core::view::{Event, View};

const SHARED: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../../../shared/");

/// The text of a file beside the repository.
#[expect(clippy::disallowed_methods, reason = "the core does no I/O, its tests read data")]
pub(crate) fn read(file: &str) -> String {
    std::fs::read_to_string(format!("{SHARED}{file}")).expect("a file beside the repository")
}

/// The names of the files of a folder beside the repository, in order.
#[expect(clippy::disallowed_methods, reason = "the core does no I/O, its tests read data")]
pub(crate) fn files(folder: &str) -> Vec<String> {
    let entries = std::fs::read_dir(format!("{SHARED}{folder}")).expect("a folder");
    let mut names: Vec<String> = entries
        .map(|e| e.expect("an entry").file_name().into_string().expect("a name in UTF-8"))
        .collect();
    names.sort();
    names
}

/// The text of a packed file beside the repository.
#[expect(clippy::disallowed_methods, reason = "the core does no I/O, its tests read data")]
fn unpacked(file: &str) -> String {
    let packed = std::fs::read(format!("{SHARED}{file}")).expect("a file beside the repository");
    let mut text = String::new();
    MultiGzDecoder::new(&packed[..]).read_to_string(&mut text).expect("a packed text");
    text
}

/// The rows of a file as the texts of two of its columns; rows where either is empty are left out.
pub(crate) fn columns(file: &str, first: &str, second: &str) -> Vec<(String, String)> {
    rows(file, [first, second]).into_iter().map(|[first, second]| (first, second)).collect()
}

/// The rows of a file as the texts of some columns; those where one is empty are left out.
pub(crate) fn rows<const N: usize>(file: &str, wanted: [&str; N]) -> Vec<[String; N]> {
    let path = format!("data/{file}");
    let text = if file.ends_with(".gz") { unpacked(&path) } else { read(&path) };
    let mut lines = text.lines();
    let names: Vec<&str> = lines.next().expect("a header").split(',').collect();
    let places =
        wanted.map(|name| names.iter().position(|n| *n == name).expect("a column of this name"));
    let rows = lines.map(|line| {
        let cells: Vec<&str> = line.split(',').collect();
        places.map(|at| cells[at].to_owned())
    });
    rows.filter(|row| row.iter().all(|cell| !cell.is_empty())).collect()
}

/// The lines of a wide file but the oldest, cell by cell, below its header.
pub(crate) fn newest(file: &str, count: usize) -> Vec<Vec<String>> {
    let text = unpacked(&format!("data/{file}"));
    let lines: Vec<&str> = text.lines().collect();
    let kept = [lines[0]].into_iter().chain(lines[lines.len() - count..].iter().copied());
    kept.map(|line| line.split(',').map(str::to_owned).collect()).collect()
}

/// Date and close of every row.
pub(crate) fn closes(file: &str) -> Vec<(Date, f64)> {
    let rows = columns(file, "date", "close");
    rows.iter().map(|(d, c)| (d.parse().expect("a date"), c.parse().expect("a price"))).collect()
}

/// The indexes and the Fed's target of the real data, known to the end.
pub(crate) fn view() -> View {
    let indexes = ["RUT", "SPX", "IXIC"];
    let closes = indexes.map(|id| (id, closes(&format!("index/{}_daily.csv", id.to_lowercase()))));
    let sessions: Vec<Date> = closes[1].1.iter().map(|(date, _)| *date).collect();
    let end = sessions[sessions.len() - 1];
    let calendar = Arc::new(Calendar::nyse(end, &sessions));
    let mut view = View::new("csv", Arc::clone(&calendar), Cutoff::end_of(end));
    for (id, closes) in closes {
        let observation =
            |(date, value)| Observation { date, value, known_at: calendar.close(date) };
        let rows = closes.into_iter().map(observation).collect();
        let series = Series::new(id, Unit::Points, Frequency::Session, "csv", rows);
        view = view.with_series(id, Basis::Price, &series);
    }
    view.with_events(target_changes())
}

fn target_changes() -> Vec<Event> {
    const FILE: &str = "fed/fed_target_changes.csv";
    let announced = columns(FILE, "announce_date", "new_lower");
    let in_force = columns(FILE, "effective_date", "new_upper");
    let event = |((date, lower), (effective, upper)): (&(String, String), &(String, String))| {
        let date: Date = date.parse().expect("a date");
        let fraction = |text: &str| text.parse::<f64>().expect("a rate") / 100.0;
        Event {
            entity: "FED".to_owned(),
            kind: "policy_rate".to_owned(),
            date,
            known_at: date.at(14, 0, 0, 0),
            values: [("lower", fraction(lower)), ("upper", fraction(upper))]
                .map(|(name, value)| (name.to_owned(), value))
                .into(),
            dates: [("effective".to_owned(), effective.parse().expect("a date"))].into(),
            source: "csv".into(),
        }
    };
    announced.iter().zip(&in_force).map(event).collect()
}
