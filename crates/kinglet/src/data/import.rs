//! Files into a lake, as one version or not at all.

use std::path::PathBuf;

use kinglet_core::diagnostic::Diagnostic;
use kinglet_store::import;
use kinglet_store::lake::Lake;
use kinglet_store::rows::BadRow;
use serde::Serialize;

pub use kinglet_store::lake::BadRows;
pub use kinglet_store::progress::Progress;

/// `kinglet.import/1`
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct ImportRecord {
    /// Where the lake is.
    pub lake: String,
    /// Its version after the import.
    pub version: u64,
    /// Whether the import published that version; otherwise all was known before.
    pub changed: bool,
    /// New rows by table.
    pub rows: Vec<TableRows>,
    /// Files that were read.
    pub files: Vec<FileRecord>,
    /// Files left out, since the lake has them already.
    pub known: Vec<String>,
    /// Files of folders that are no data, with the reason.
    pub passed: Vec<PassedRecord>,
    /// Rows left out.
    pub bad: Vec<BadRecord>,
    /// Name and number of this format.
    pub schema: &'static str,
}

/// How many rows a table gained.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct TableRows {
    /// The table.
    pub table: &'static str,
    /// New rows.
    pub rows: u64,
}

/// A file that was read.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct FileRecord {
    /// Its path, as given.
    pub name: String,
    /// How many rows were read from it.
    pub rows: u64,
    /// Its hash.
    pub sha256: String,
}

/// A file that was passed over.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct PassedRecord {
    /// Its path.
    pub name: String,
    /// Why.
    pub reason: &'static str,
}

/// A row that was left out.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct BadRecord {
    /// The file.
    pub file: String,
    /// Its line, from 1.
    pub line: u64,
    /// Its column, from 1.
    pub column: Option<usize>,
    /// The name of the column.
    pub name: Option<String>,
    /// What is wrong.
    pub reason: String,
}

/// Imports files and folders into the lake at a location, which is made if there is none.
///
/// # Errors
/// A diagnostic where a file cannot be read or recognised, a row cannot be taken and is not to be
/// left out, or the lake cannot be written. Nothing is imported then.
pub fn import(
    paths: &[PathBuf],
    location: &str,
    bad_rows: BadRows,
    progress: &dyn Progress,
) -> Result<ImportRecord, Diagnostic> {
    let found = import::read(paths, progress)?;
    let lake = Lake::create_or_open(location)?;
    let report = lake.import(found.deliveries, bad_rows, progress)?;
    let passed = found.passed.into_iter();
    let files = report.files.into_iter();
    Ok(ImportRecord {
        lake: location.to_owned(),
        version: report.version,
        changed: report.changed,
        rows: report.rows.into_iter().map(|(table, rows)| TableRows { table, rows }).collect(),
        files: files.map(|f| FileRecord { name: f.name, rows: f.rows, sha256: f.sha256 }).collect(),
        known: report.known,
        passed: passed
            .map(|(path, reason)| PassedRecord { name: path.display().to_string(), reason })
            .collect(),
        bad: report.bad.into_iter().map(BadRecord::from).collect(),
        schema: "kinglet.import/1",
    })
}

impl From<BadRow> for BadRecord {
    fn from(row: BadRow) -> Self {
        let (column, name) = row.column.unzip();
        BadRecord {
            file: row.file.display().to_string(),
            line: row.line,
            column,
            name,
            reason: row.reason,
        }
    }
}
