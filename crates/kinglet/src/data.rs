//! The state of the data: what there is, how far it reaches, what looks odd, which versions there
//! were, and SQL over all of it.

mod import;

use kinglet_core::columns::Frequency;
use kinglet_core::diagnostic::Diagnostic;
use kinglet_core::identity::Basis;
use kinglet_core::quantity::Unit;
use kinglet_store::data::{Coverage, Shown, SourceCoverage};
use kinglet_store::finding::Kind;
use kinglet_store::lake::{Lake, Manifest};
use serde_json::Value;

pub use import::{
    BadRecord, BadRows, FileRecord, ImportRecord, PassedRecord, Progress, TableRows, import,
};

use crate::source::Source;
use crate::wire::{Table, number};

/// What the data hold.
#[derive(Clone, Debug, PartialEq)]
pub struct Listing {
    /// Names the content.
    pub version: String,
    /// One row for each series and basis.
    pub series: Table,
    /// One row for each other table.
    pub tables: Table,
}

/// Lists every series with its coverage, and the tables beside them.
///
/// # Errors
/// A diagnostic where the source cannot be read; so of all functions here.
pub fn list(source: &Source) -> Result<Listing, Diagnostic> {
    let data = source.data()?;
    let mut tables = Table::new(&["table", "ids", "rows", "first", "last"]);
    for table in data.table_coverage()? {
        tables.push(vec![
            table.table.name().into(),
            table.ids.into(),
            table.rows.into(),
            table.first.into(),
            table.last.into(),
        ]);
    }
    Ok(Listing { version: data.version(), series: coverage(&data.coverage()?), tables })
}

/// All about one id.
#[derive(Clone, Debug, PartialEq)]
pub struct Description {
    /// Names the content.
    pub version: String,
    /// As a reader sees it, by basis.
    pub series: Table,
    /// What it is made of.
    pub sources: Table,
    /// Its last observations, newest last.
    pub latest: Table,
    /// Versions of the lake that recorded rows of it.
    pub recorded: Table,
}

/// Describes one id: coverage, sources, last values, versions.
///
/// # Errors
/// `UnknownName` where there is no such id.
pub fn show(source: &Source, id: &str) -> Result<Description, Diagnostic> {
    let data = source.data()?;
    let Shown { series, latest, sources, recorded } = data.show(id)?;
    let unit = series.first().map_or(Unit::Ratio, |s| s.unit);
    let mut observations = Table::new(&["date", "value", "known_at"]);
    for row in latest {
        let value = number(row.value * unit.spelling().per_unit());
        observations.push(vec![row.date.to_string().into(), value, known(row.known_at)]);
    }
    let mut versions = Table::new(&["version", "rows"]);
    for (version, rows) in recorded {
        versions.push(vec![version.into(), rows.into()]);
    }
    Ok(Description {
        version: data.version(),
        series: coverage(&series),
        sources: source_table(&sources),
        latest: observations,
        recorded: versions,
    })
}

/// What looks odd in the data.
#[derive(Clone, Debug, PartialEq)]
pub struct Findings {
    /// Names the content.
    pub version: String,
    /// One row for each finding, damage first.
    pub table: Table,
    /// How many files of the lake are damaged.
    pub damaged: usize,
}

/// Looks for damage, disorder, duplicates, spikes, stale runs and gaps.
///
/// # Errors
/// See [`list`].
pub fn check(source: &Source) -> Result<Findings, Diagnostic> {
    let data = source.data()?;
    let findings = data.check()?;
    let mut table = Table::new(&["kind", "subject", "date", "fact"]);
    for finding in &findings {
        table.push(vec![
            finding.kind.name().into(),
            finding.subject.clone().into(),
            finding.date.map_or(Value::Null, |date| date.to_string().into()),
            finding.fact.clone().into(),
        ]);
    }
    let damaged = findings.iter().filter(|f| f.kind == Kind::Damaged).count();
    Ok(Findings { version: data.version(), table, damaged })
}

/// The versions of a lake, oldest first.
///
/// # Errors
/// See [`list`].
pub fn log(location: &str) -> Result<Table, Diagnostic> {
    let columns = ["version", "time", "files", "rows", "prices_through", "bad_rows", "content"];
    let mut table = Table::new(&columns);
    for manifest in Lake::open(location)?.log()? {
        table.push(log_row(&manifest));
    }
    Ok(table)
}

/// The files that a lake was made of, oldest first: the sources of its rows are their names.
///
/// # Errors
/// See [`list`].
pub fn files(location: &str) -> Result<Table, Diagnostic> {
    let mut table = Table::new(&["version", "name", "rows", "bytes", "sha256"]);
    for manifest in Lake::open(location)?.log()? {
        for file in &manifest.files {
            table.push(vec![
                manifest.version.into(),
                file.name.clone().into(),
                file.rows.into(),
                file.bytes.into(),
                file.sha256.clone().into(),
            ]);
        }
    }
    Ok(table)
}

fn log_row(manifest: &Manifest) -> Vec<Value> {
    vec![
        manifest.version.into(),
        seconds(&manifest.time).into(),
        manifest.files.len().into(),
        manifest.added.iter().map(|file| file.rows).sum::<u64>().into(),
        manifest.prices_through.map_or(Value::Null, |date| date.to_string().into()),
        manifest.bad_rows.into(),
        manifest.name().into(),
    ]
}

/// An instant in UTC without the parts of its second.
fn seconds(time: &str) -> String {
    let whole = time.split('.').next().unwrap_or(time);
    format!("{}Z", whole.trim_end_matches('Z'))
}

/// The answer to an SQL query that only reads.
///
/// # Errors
/// `Sql` where the query is refused.
pub fn sql(source: &Source, query: &str) -> Result<Table, Diagnostic> {
    let sheet = source.data()?.sql(query)?;
    let columns: Vec<&str> = sheet.columns.iter().map(String::as_str).collect();
    let mut table = Table::new(&columns);
    for row in sheet.rows {
        table.push(row);
    }
    Ok(table)
}

fn coverage(series: &[Coverage]) -> Table {
    let mut table = Table::new(&[
        "id",
        "basis",
        "unit",
        "frequency",
        "first",
        "last",
        "rows",
        "missing",
        "days_behind",
        "source",
    ]);
    for series in series {
        table.push(vec![
            series.id.clone().into(),
            series.basis.name().into(),
            series.unit.spelling().name().into(),
            frequency(series.frequency).into(),
            series.first.to_string().into(),
            series.last.to_string().into(),
            series.rows.into(),
            series.missing.into(),
            series.days_behind.into(),
            series.source.clone().into(),
        ]);
    }
    table
}

fn source_table(sources: &[SourceCoverage]) -> Table {
    let columns = ["source", "basis", "unit", "first", "last", "rows", "known_at", "vintage"];
    let mut table = Table::new(&columns);
    for source in sources {
        table.push(vec![
            source.source.clone().into(),
            Basis::name(source.basis).into(),
            source.spelling.name().into(),
            source.first.to_string().into(),
            source.last.to_string().into(),
            source.rows.into(),
            (if source.assumed { "assumed" } else { "given" }).into(),
            source.vintage.into(),
        ]);
    }
    table
}

fn frequency(frequency: Frequency) -> &'static str {
    match frequency {
        Frequency::Session => "session",
        Frequency::Period(grain) => grain.name(),
    }
}

/// An instant to the minute, in New York.
fn known(at: kinglet_core::time::DateTime) -> Value {
    at.strftime("%Y-%m-%d %H:%M").to_string().into()
}
