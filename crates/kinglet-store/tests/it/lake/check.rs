//! Coverage and checks.

use std::fs;

use kinglet_core::columns::Frequency;
use kinglet_core::diagnostic::Code;
use kinglet_core::identity::Basis;
use kinglet_core::quantity::Spelling;
use kinglet_core::time::Grain;
use kinglet_store::data::Data;
use kinglet_store::finding::{Finding, Kind};
use kinglet_store::lake::{Lake, Table};
use kinglet_store::rows::{Bar, BarBlock, Batch, SeriesBlock};

use super::rows::{closes, day, delivery, everything, file, import};

fn data(batch: Batch) -> (tempfile::TempDir, Data) {
    let folder = tempfile::tempdir().unwrap();
    let lake = Lake::create_or_open(folder.path().to_str().unwrap()).unwrap();
    import(&lake, vec![delivery("file", batch)]);
    (folder, Data::of(lake, None).unwrap())
}

fn series(series: Vec<SeriesBlock>) -> Batch {
    Batch { series, ..Batch::default() }
}

/// Monday to Friday; the Thursday before was a holiday.
const WEEK: [&str; 5] = ["2025-06-23", "2025-06-24", "2025-06-25", "2025-06-26", "2025-06-27"];

fn monthly(id: &str, months: &[&str]) -> SeriesBlock {
    let rows: Vec<_> = months.iter().map(|&m| (m, 4.0)).collect();
    SeriesBlock {
        spelling: Spelling::Percent,
        frequency: Frequency::Period(Grain::Month),
        ..closes(id, "bls.csv", &rows)
    }
}

#[test]
fn coverage_counts_what_is_missing() {
    let rut = closes("XYZ", "x.csv", &[(WEEK[0], 1.0), (WEEK[1], 2.0), (WEEK[4], 3.0)]);
    let jobs = monthly("JOBS", &["2025-01-01", "2025-02-01", "2025-05-01"]);
    let (_folder, data) = data(series(vec![rut, jobs]));
    let all = data.coverage().unwrap();
    let of = |id: &str| all.iter().find(|c| c.id == id).unwrap();
    let xyz = of("XYZ");
    assert_eq!((xyz.rows, xyz.missing), (3, 2));
    assert_eq!((xyz.first, xyz.last), (day(WEEK[0]), day(WEEK[4])));
    assert_eq!((of("JOBS").rows, of("JOBS").missing), (3, 2));
    // The facts reach to 2026-07-31: 399 days.
    assert_eq!(xyz.days_behind, 399);
    assert!(all.iter().any(|c| c.id == "SPX" && c.source.starts_with("facts/")));
    let shown = data.show("XYZ").unwrap();
    assert_eq!((shown.series.len(), shown.latest.len()), (1, 3));
    assert_eq!(shown.recorded, [(1, 3)]);
    assert_eq!((shown.sources[0].source.as_str(), shown.sources[0].rows), ("x.csv", 3));
    let error = data.show("XYY").unwrap_err();
    assert_eq!(error.code, Code::UnknownName);
    assert!(error.hints[0].contains("XYZ"), "{error}");
}

#[test]
fn tables_beside_the_series() {
    let (_folder, data) = data(everything());
    let tables = data.table_coverage().unwrap();
    let rows = |table| tables.iter().find(|t| t.table == table).map(|t| (t.ids, t.rows));
    assert_eq!(rows(Table::Bars), Some((1, 1)));
    assert_eq!(rows(Table::Holdings), Some((1, 2)));
    assert_eq!(rows(Table::Fundamentals), Some((1, 2)));
    let shown = data.show("IWM").unwrap();
    let bases: Vec<Basis> = shown.series.iter().map(|c| c.basis).collect();
    assert_eq!(bases, [Basis::Price, Basis::Total]);
}

fn bars(symbol: &str, closes: &[(&str, f64)]) -> Batch {
    let bar = |&(date, close): &(&str, f64)| Bar {
        date: day(date),
        open: None,
        high: None,
        low: None,
        close: Some(close),
        adjusted_close: None,
        volume: None,
    };
    let block = BarBlock {
        symbol: symbol.to_owned(),
        frequency: Frequency::Session,
        source: "panel.csv".to_owned(),
        rows: closes.iter().map(bar).collect(),
    };
    Batch { bars: vec![block], ..Batch::default() }
}

#[track_caller]
fn check(batch: Batch, subject: &str, want: &[(Kind, &str)]) {
    let (_folder, data) = data(batch);
    let found = data.check().unwrap();
    let found: Vec<&Finding> = found.iter().filter(|f| f.subject == subject).collect();
    let kinds: Vec<_> = found.iter().map(|f| (f.kind, f.fact.as_str())).collect();
    assert_eq!(kinds, want);
}

#[test]
fn what_looks_odd_is_found() {
    let values = |values: [f64; 5]| WEEK.into_iter().zip(values).collect::<Vec<_>>();
    let of = |rows: &[(&str, f64)]| series(vec![closes("XYZ", "x.csv", rows)]);
    check(of(&values([10.0, 10.2, 10.1, 10.3, 10.2])), "XYZ", &[]);
    // Ten times the price for one session; the crash of 1987 does not come back.
    let spike = values([10.0, 10.2, 102.0, 10.3, 10.2]);
    check(of(&spike), "XYZ", &[(Kind::Spike, "10.2 → 102 → 10.3")]);
    check(of(&values([10.0, 10.2, 5.0, 5.1, 5.2])), "XYZ", &[]);
    check(bars("KGEI", &spike), "KGEI", &[(Kind::Spike, "10.2 → 102 → 10.3")]);
    let stale = values([10.0; 5]);
    check(of(&stale), "XYZ", &[(Kind::StaleRun, "10 for 5 sessions")]);
    check(bars("KGEI", &stale), "KGEI", &[]);
    let gap = [(WEEK[0], 10.0), (WEEK[2], 10.1), (WEEK[4], 10.2)];
    let fact = "2 sessions without a value, first 2025-06-24";
    check(of(&gap), "XYZ", &[(Kind::Gap, fact)]);
    let holiday = [("2025-06-18", 10.0), ("2025-06-19", 10.1), ("2025-06-20", 10.2)];
    let fact = "1 day on which the exchange was closed, first 2025-06-19";
    check(of(&holiday), "XYZ", &[(Kind::NoSession, fact)]);
    let hole = series(vec![monthly("UNRATE", &["2025-09-01", "2025-11-01"])]);
    let fact = "1 month without a value, first 2025-10-01";
    check(hole, "UNRATE", &[(Kind::Gap, fact)]);
}

#[test]
fn damaged_files_are_named() {
    let (folder, data) = data(everything());
    let second = closes("GOLD", "gold.csv", &[("2025-09-18", 3644.3)]);
    let (lake, _) = data.lake().unwrap();
    import(lake, vec![file("gold", vec![second])]);
    let table = folder.path().join("series");
    let files = fs::read_dir(&table).unwrap().map(|e| e.unwrap().path());
    let mut files: Vec<_> = files.filter(|p| p.extension().is_some()).collect();
    files.sort();
    let mut bytes = fs::read(&files[0]).unwrap();
    let middle = bytes.len() / 2;
    bytes[middle] ^= 1;
    fs::write(&files[0], bytes).unwrap();
    fs::remove_file(&files[1]).unwrap();
    let place = folder.path().to_str().unwrap();
    let data = Data::of(Lake::open(place).unwrap(), None).unwrap();
    let found = data.check().unwrap();
    assert_eq!(found.len(), 2);
    for (finding, file) in found.iter().zip(&files) {
        assert_eq!(finding.kind, Kind::Damaged);
        let name = file.file_name().unwrap().to_str().unwrap();
        assert_eq!(finding.subject, format!("series/{name}"));
    }
    assert_eq!(found[0].fact, "other bytes than were written");
}
