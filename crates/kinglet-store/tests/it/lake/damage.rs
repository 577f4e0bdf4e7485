//! Lakes that are not as they should be: each case has its code and a remedy.

use std::fs;
use std::path::{Path, PathBuf};

use kinglet_core::diagnostic::{Code, Diagnostic};
use kinglet_store::lake::{Lake, Needs};

use super::rows::{closes, delivery, everything, file, import, values};

struct Folder {
    folder: tempfile::TempDir,
}

impl Folder {
    /// A lake with two versions.
    fn with_lake() -> Self {
        let folder = Folder { folder: tempfile::tempdir().unwrap() };
        let lake = Lake::create_or_open(folder.place()).unwrap();
        import(&lake, vec![delivery("first", everything())]);
        let gold = closes("GOLD", "gold.csv", &[("2025-09-18", 3644.3)]);
        import(&lake, vec![file("gold", vec![gold])]);
        folder
    }

    fn place(&self) -> &str {
        self.folder.path().to_str().unwrap()
    }

    fn manifest(&self, version: u64) -> PathBuf {
        self.folder.path().join(format!("_kinglet/manifests/{version:020}.json"))
    }

    fn open(&self) -> Result<Lake, Diagnostic> {
        Lake::open(self.place())
    }
}

#[track_caller]
fn check(error: &Diagnostic, code: Code, words: &str) {
    let text = error.to_string();
    assert_eq!(error.code, code, "{text}");
    assert!(text.contains(words), "{text}");
    assert!(!error.hints.is_empty(), "no remedy: {text}");
}

#[test]
fn no_lake() {
    let folder = tempfile::tempdir().unwrap();
    let place = folder.path().join("none");
    let error = Lake::open(place.to_str().unwrap()).unwrap_err();
    check(&error, Code::NoLake, "there is no lake at");
    assert!(!place.exists(), "a look must not create a folder");
    check(&Lake::open("").unwrap_err(), Code::NoLake, "not a place for a lake");
    check(&Lake::open("gopher://host/x").unwrap_err(), Code::NoLake, "not a place for a lake");
    // A folder with something else in it is left alone.
    fs::write(folder.path().join("thesis.txt"), "precious").unwrap();
    let error = Lake::create_or_open(folder.path().to_str().unwrap()).unwrap_err();
    check(&error, Code::NoLake, "neither a lake nor empty");
    assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1);
    // What a creation that was killed leaves behind is no hindrance.
    let place = folder.path().join("begun");
    fs::create_dir_all(place.join("_kinglet/manifests")).unwrap();
    let place = place.to_str().unwrap();
    check(&Lake::open(place).unwrap_err(), Code::NoLake, "there is no lake at");
    assert_eq!(Lake::create_or_open(place).unwrap().log().unwrap().len(), 1);
}

#[test]
fn no_such_version() {
    let folder = Folder::with_lake();
    let error = folder.open().unwrap().manifest(Some(7)).unwrap_err();
    check(&error, Code::LakeVersion, "its versions run from 0 to 2");
}

#[test]
fn a_newer_format() {
    let folder = Folder::with_lake();
    let newer = r#"{"format": 2, "program": "kinglet 9.0", "tables": "are different"}"#;
    fs::write(folder.manifest(3), newer).unwrap();
    let lake = folder.open().unwrap();
    let error = lake.rows(None, &Needs::ALL).unwrap_err();
    check(&error, Code::LakeFormat, "format 2, written by kinglet 9.0");
    assert_eq!(values(&lake, Some(2), "GOLD").len(), 1);
}

#[test]
fn a_corrupt_manifest() {
    let folder = Folder::with_lake();
    let text = fs::read_to_string(folder.manifest(2)).unwrap();
    let broken = [
        text[..text.len() / 2].to_owned(),
        String::new(),
        text.replace(r#""version": 2"#, r#""version": 1"#),
        text.replace(r#""sha256": ""#, r#""sha256": "0"#),
    ];
    for broken in broken {
        fs::write(folder.manifest(2), broken).unwrap();
        let lake = folder.open().unwrap();
        let error = lake.rows(None, &Needs::ALL).unwrap_err();
        check(&error, Code::LakeDamaged, "the manifest of version 2");
        assert_eq!(values(&lake, Some(1), "RUT").len(), 2);
    }
}

fn data_files(folder: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder).unwrap().map(|e| e.unwrap().path());
    let mut files: Vec<_> =
        entries.filter(|p| p.extension().is_some_and(|e| e == "parquet")).collect();
    files.sort();
    files
}

#[test]
fn a_missing_data_file() {
    let folder = Folder::with_lake();
    let files = data_files(&folder.folder.path().join("series"));
    assert_eq!(files.len(), 2);
    fs::remove_file(&files[1]).unwrap();
    let lake = folder.open().unwrap();
    let error = lake.rows(None, &Needs::ALL).unwrap_err();
    check(&error, Code::LakeDamaged, "table series");
    assert_eq!(values(&lake, Some(1), "RUT").len(), 2);
}

#[test]
fn a_truncated_data_file() {
    let folder = Folder::with_lake();
    let files = data_files(&folder.folder.path().join("series"));
    let bytes = fs::read(&files[0]).unwrap();
    fs::write(&files[0], &bytes[..bytes.len() / 2]).unwrap();
    let error = folder.open().unwrap().rows(None, &Needs::ALL).unwrap_err();
    check(&error, Code::LakeDamaged, "table series");
}

#[test]
fn a_missing_log() {
    let folder = Folder::with_lake();
    fs::remove_dir_all(folder.folder.path().join("events/_delta_log")).unwrap();
    let error = folder.open().unwrap().rows(None, &Needs::ALL).unwrap_err();
    check(&error, Code::LakeDamaged, "table events");
}

#[test]
fn names_of_folders_may_be_anything() {
    let folder = tempfile::tempdir().unwrap();
    for name in ["Märkte & Größen", "100% + #1 ?", "数据 湖", "a b/../c"] {
        let place = folder.path().join(name);
        let place = place.to_str().unwrap();
        let lake = Lake::create_or_open(place).unwrap();
        import(&lake, vec![delivery("first", everything())]);
        let lake = Lake::open(place).unwrap();
        assert_eq!(values(&lake, None, "RUT").len(), 2, "{name}");
    }
    assert!(folder.path().join("c/series").is_dir());
}
