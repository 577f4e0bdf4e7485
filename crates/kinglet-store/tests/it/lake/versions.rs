//! Versions: round trip, news, corrections, revisions, vintages.

use kinglet_core::diagnostic::Code;
use kinglet_core::quantity::Spelling;
use kinglet_store::lake::{BadRows, Lake, Needs};
use kinglet_store::progress::Silent;
use kinglet_store::rows::{BadRow, Batch, SeriesBlock, SeriesRow};

use super::rows::{
    adjusted, close, closes, day, delivery, everything, file, holding, import, statement, values,
};

fn lake(folder: &tempfile::TempDir) -> Lake {
    Lake::create_or_open(folder.path().to_str().unwrap()).unwrap()
}

fn pairs(rows: &[(&str, f64)]) -> Vec<(String, f64)> {
    rows.iter().map(|&(date, value)| (date.to_owned(), value)).collect()
}

#[test]
fn what_is_imported_is_read_again() {
    let folder = tempfile::tempdir().unwrap();
    let lake = lake(&folder);
    assert_eq!(lake.manifest(None).unwrap().version, 0);
    assert_eq!(lake.rows(None, &Needs::ALL).unwrap(), Batch::default());
    let report = import(&lake, vec![delivery("all", everything())]);
    assert_eq!((report.version, report.changed), (1, true));
    let counts: Vec<_> = report.rows.into_iter().collect();
    assert_eq!(
        counts,
        [
            ("bars", 1),
            ("events", 2),
            ("fundamentals", 2),
            ("holdings", 2),
            ("series", 5),
            ("statements", 1)
        ]
    );
    let lake = Lake::open(folder.path().to_str().unwrap()).unwrap();
    let mut want = everything();
    want.series.sort_by(|a, b| a.id.cmp(&b.id));
    let got = lake.rows(None, &Needs::ALL).unwrap();
    assert_eq!(got.series, want.series);
    assert_eq!(got.events, want.events);
    assert_eq!(got.statements, want.statements);
    let manifest = lake.manifest(None).unwrap();
    assert_eq!(manifest.prices_through, Some(day("2025-09-18")));
    assert_eq!(manifest.files.len(), 1);
}

#[test]
fn the_same_file_twice_changes_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let lake = lake(&folder);
    import(&lake, vec![delivery("all", everything())]);
    let same = import(&lake, vec![delivery("all", everything())]);
    assert_eq!((same.version, same.changed), (1, false));
    assert_eq!(same.known, ["all"]);
    // The same rows in a file with another hash are compared row by row.
    let mut again = delivery("all", everything());
    again.file.sha256.replace_range(..4, "ffff");
    let same = import(&lake, vec![again]);
    assert_eq!((same.version, same.changed), (1, false));
    assert!(same.known.is_empty());
    assert_eq!(lake.log().unwrap().len(), 2);
}

#[test]
fn a_longer_download_appends_only_what_is_new() {
    let folder = tempfile::tempdir().unwrap();
    let lake = lake(&folder);
    let short = [("2025-09-17", 2407.35)];
    let long = [("2025-09-16", 2403.03), ("2025-09-17", 2407.35), ("2025-09-18", 2467.70)];
    import(&lake, vec![file("rut.csv", vec![closes("RUT", "rut.csv", &short)])]);
    let report = import(&lake, vec![file("rut.csv", vec![closes("RUT", "rut.csv", &long)])]);
    assert_eq!(report.rows["series"], 2);
    assert_eq!(values(&lake, Some(1), "RUT"), pairs(&short));
    assert_eq!(values(&lake, None, "RUT"), pairs(&long));
    // A shorter download takes nothing away.
    let report = import(&lake, vec![file("rut.csv", vec![closes("RUT", "rut.csv", &short)])]);
    assert!(!report.changed);
    assert_eq!(values(&lake, None, "RUT"), pairs(&long));
}

#[test]
fn a_correction_keeps_when_it_was_known() {
    let folder = tempfile::tempdir().unwrap();
    let lake = lake(&folder);
    import(&lake, vec![file("a", vec![closes("RUT", "rut.csv", &[("2025-09-18", 2467.07)])])]);
    // The correction was downloaded later and assumes a later publication.
    let mut corrected = closes("RUT", "rut.csv", &[("2025-09-18", 2467.70)]);
    corrected.rows[0].known_at = close("2025-09-22");
    let report = import(&lake, vec![file("b", vec![corrected])]);
    assert_eq!(report.rows["series"], 1);
    let at = |version| lake.rows(version, &Needs::ALL).unwrap().series[0].rows.clone();
    let row = |value| SeriesRow { date: day("2025-09-18"), value, known_at: close("2025-09-18") };
    assert_eq!(at(Some(1)), [row(2467.07)]);
    assert_eq!(at(None), [row(2467.70)]);
}

#[test]
fn a_published_revision_is_a_row_of_its_own() {
    let folder = tempfile::tempdir().unwrap();
    let lake = lake(&folder);
    let release = |known: &str, value| SeriesBlock {
        assumed: false,
        rows: vec![SeriesRow { date: day("2025-07-01"), value, known_at: close(known) }],
        ..closes("PAYEMS", "bls.csv", &[])
    };
    import(&lake, vec![file("a", vec![release("2025-08-01", 73_000.0)])]);
    import(&lake, vec![file("b", vec![release("2025-09-05", 79_000.0)])]);
    // The first figure once more is no news.
    let same = import(&lake, vec![file("a2", vec![release("2025-08-01", 73_000.0)])]);
    assert!(!same.changed);
    let rows = lake.rows(None, &Needs::ALL).unwrap();
    let known: Vec<_> = rows.series[0].rows.iter().map(|r| (r.known_at, r.value)).collect();
    assert_eq!(known, [(close("2025-08-01"), 73_000.0), (close("2025-09-05"), 79_000.0)]);
}

#[test]
fn a_vintage_is_replaced_never_spliced() {
    let folder = tempfile::tempdir().unwrap();
    let lake = lake(&folder);
    let first = [("2025-06-02", 200.0), ("2025-06-03", 202.0), ("2025-06-04", 204.0)];
    import(&lake, vec![file("a", vec![adjusted("IWM", "etf.csv", &first)])]);
    // Further days of the same vintage are appended.
    let further = [("2025-06-04", 204.0), ("2025-06-05", 206.0)];
    let report = import(&lake, vec![file("b", vec![adjusted("IWM", "etf.csv", &further)])]);
    assert_eq!(report.rows["series"], 1);
    assert_eq!(values(&lake, None, "IWM").len(), 4);
    // After a dividend all values differ; the new file starts later.
    let second = [("2025-06-03", 201.0), ("2025-06-04", 203.0), ("2025-06-06", 207.0)];
    let report = import(&lake, vec![file("c", vec![adjusted("IWM", "etf.csv", &second)])]);
    assert_eq!(report.rows["series"], 3);
    assert_eq!(values(&lake, None, "IWM"), pairs(&second));
    assert_eq!(values(&lake, Some(1), "IWM"), pairs(&first));
    assert_eq!(values(&lake, Some(2), "IWM").len(), 4);
}

#[test]
fn a_group_is_replaced_as_a_whole() {
    let folder = tempfile::tempdir().unwrap();
    let lake = lake(&folder);
    let batch = |holdings, statements| Batch { holdings, statements, ..Batch::default() };
    let (one, two) = (holding("BE", Some(0.6)), holding("CRDO", Some(0.5)));
    let first = batch(vec![one.clone(), two.clone()], vec![statement(15.4)]);
    import(&lake, vec![delivery("a", first)]);
    let same = batch(vec![two.clone(), one], vec![statement(15.4)]);
    assert!(!import(&lake, vec![delivery("b", same)]).changed);
    let next = batch(vec![two], vec![statement(15.5)]);
    let report = import(&lake, vec![delivery("c", next)]);
    assert_eq!((report.rows["holdings"], report.rows["statements"]), (1, 1));
    assert_eq!(lake.rows(None, &Needs::ALL).unwrap().statements, [statement(15.5)]);
    assert_eq!(lake.rows(Some(1), &Needs::ALL).unwrap().statements, [statement(15.4)]);
}

#[test]
fn bad_rows_stop_an_import_or_are_listed() {
    let folder = tempfile::tempdir().unwrap();
    let lake = lake(&folder);
    let bad = BadRow {
        file: "rut.csv".into(),
        line: 7,
        column: Some((5, "close".to_owned())),
        reason: "`n/a%` is no finite number".to_owned(),
    };
    let given = || {
        let mut given = file("rut.csv", vec![closes("RUT", "rut.csv", &[("2025-09-18", 2467.70)])]);
        given.batch.bad.push(bad.clone());
        vec![given]
    };
    let refused = lake.import(given(), BadRows::Refuse, &Silent).unwrap_err();
    assert_eq!(refused.code, Code::Row);
    let text = refused.to_string();
    assert!(
        text.contains("rut.csv, line 7, column 5 (close): `n/a%` is no finite number"),
        "{text}"
    );
    assert_eq!(lake.log().unwrap().len(), 1);
    let report = lake.import(given(), BadRows::LeaveOut, &Silent).unwrap();
    assert_eq!((report.version, report.bad), (1, vec![bad]));
}

#[test]
fn the_content_hash_names_the_content() {
    let hash = |values: &[f64]| {
        let folder = tempfile::tempdir().unwrap();
        let lake = lake(&folder);
        for (n, &value) in values.iter().enumerate() {
            let rows = closes("RUT", "rut.csv", &[("2025-09-18", value)]);
            import(&lake, vec![file(&n.to_string(), vec![rows])]);
        }
        lake.manifest(None).unwrap().content
    };
    assert_eq!(hash(&[1.0, 2.0]), hash(&[1.0, 2.0]));
    assert_ne!(hash(&[1.0, 2.0]), hash(&[2.0]));
    assert_ne!(hash(&[1.0]), hash(&[2.0]));
}

#[test]
fn a_source_that_changes_its_unit_starts_anew() {
    let folder = tempfile::tempdir().unwrap();
    let lake = lake(&folder);
    let rates = |spelling, rows: &[(&str, f64)]| {
        let block = SeriesBlock { spelling, ..closes("DGS10", "fred.csv", rows) };
        vec![file(&format!("{rows:?}"), vec![block])]
    };
    import(&lake, rates(Spelling::IndexPoints, &[("2025-09-17", 4.06), ("2025-09-18", 4.11)]));
    let percent = &[("2025-09-18", 4.11), ("2025-09-19", 4.14)];
    import(&lake, rates(Spelling::Percent, percent));
    let block = lake.rows(None, &Needs::ALL).unwrap().series.remove(0);
    assert_eq!((block.spelling, block.vintage), (Spelling::Percent, false));
    assert_eq!(values(&lake, None, "DGS10"), pairs(percent));
    // From then on its rows stand alone again.
    let report = import(&lake, rates(Spelling::Percent, &[("2025-09-19", 4.13)]));
    assert_eq!(report.rows["series"], 1);
    let want = [("2025-09-18", 4.11), ("2025-09-19", 4.13)];
    assert_eq!(values(&lake, None, "DGS10"), pairs(&want));
}

#[test]
fn only_numbers_are_stored() {
    let folder = tempfile::tempdir().unwrap();
    let lake = lake(&folder);
    let given = vec![file("a", vec![closes("RUT", "rut.csv", &[("2025-09-18", f64::NAN)])])];
    let error = lake.import(given, BadRows::LeaveOut, &Silent).unwrap_err();
    assert_eq!(error.code, Code::Row);
    assert!(error.message.contains("RUT of 2025-09-18"), "{error}");
    assert_eq!(lake.log().unwrap().len(), 1);
}
