//! Importing: what is news of the files given, published as one version of the lake or not at all.

use std::collections::BTreeMap;

use datafusion::arrow::array::RecordBatch;
use jiff::Timestamp;
use kinglet_core::diagnostic::{Code, Diagnostic};

use super::block::Vintaged;
use super::location::Location;
use super::manifest::{FORMAT, ImportedFile, Manifest, Manifests, TableState};
use super::publish::{self, Columns, FILE_ROWS, Written};
use super::record::{self, Record};
use super::table::Table;
use super::{bars, read, series};
use crate::assemble;
use crate::progress::Progress;
use crate::rows::{BadRow, Batch};

/// A file as it was read.
#[derive(Clone, Debug)]
pub struct Delivery {
    /// The file.
    pub file: ImportedFile,
    /// What it holds.
    pub batch: Batch,
}

/// What to do with rows that cannot be taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub enum BadRows {
    /// The import fails as a whole.
    #[default]
    Refuse,
    /// They are left out and listed.
    LeaveOut,
}

/// What an import did.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ImportReport {
    /// The version of the lake after it.
    pub version: u64,
    /// Whether it published that version; otherwise all was known before.
    pub changed: bool,
    /// New rows by table.
    pub rows: BTreeMap<&'static str, u64>,
    /// The files that were read.
    pub files: Vec<ImportedFile>,
    /// Files left out, since the lake has them already.
    pub known: Vec<String>,
    /// Rows left out.
    pub bad: Vec<BadRow>,
}

/// The program that writes, for manifests.
pub(crate) const PROGRAM: &str = concat!("kinglet ", env!("CARGO_PKG_VERSION"));

/// The hashes of files whose content the lake has as of their last import by this program.
pub(crate) fn known_files(manifests: &[Manifest]) -> BTreeMap<String, String> {
    let mut last: BTreeMap<&str, &str> = BTreeMap::new();
    for manifest in manifests.iter().filter(|m| m.program == PROGRAM) {
        last.extend(manifest.files.iter().map(|f| (f.name.as_str(), f.sha256.as_str())));
    }
    last.into_iter().map(|(name, hash)| (hash.to_owned(), name.to_owned())).collect()
}

/// Imports files into the lake.
pub(crate) async fn import(
    location: &Location,
    deliveries: Vec<Delivery>,
    bad_rows: BadRows,
    progress: &dyn Progress,
) -> Result<ImportReport, Diagnostic> {
    let manifests = Manifests::new(location.files()?);
    let all = history(&manifests).await?;
    let Some(base) = all.last() else { return Err(super::no_lake(&location.name)) };
    let known = known_files(&all);
    let (old, new): (Vec<Delivery>, Vec<Delivery>) =
        deliveries.into_iter().partition(|d| known.contains_key(&d.file.sha256));
    let mut report = ImportReport {
        version: base.version,
        changed: false,
        rows: BTreeMap::new(),
        files: new.iter().map(|d| d.file.clone()).collect(),
        known: old.into_iter().map(|d| d.file.name).collect(),
        bad: new.iter().flat_map(|d| d.batch.bad.iter().cloned()).collect(),
    };
    if bad_rows == BadRows::Refuse && !report.bad.is_empty() {
        return Err(refused(&report.bad));
    }
    let mut merged = Batch::default();
    for delivery in new {
        let batch = delivery.batch;
        merged.series.extend(batch.series);
        merged.bars.extend(batch.bars);
        merged.holdings.extend(batch.holdings);
        merged.fundamentals.extend(batch.fundamentals);
        merged.events.extend(batch.events);
        merged.statements.extend(batch.statements);
    }
    finite(&merged)?;
    let prices_through =
        assemble::prices_end(std::slice::from_ref(&merged)).max(base.prices_through);
    let written = write_news(location, base, merged, progress).await?;
    if written.is_empty() {
        return Ok(report);
    }
    for (table, files) in &written {
        report.rows.insert(table.name(), files.iter().map(|w| w.file.rows).sum());
    }
    let added: Vec<_> = written.values().flatten().map(|w| w.file.clone()).collect();
    let next = Manifest {
        version: base.version + 1,
        former: base.content.clone(),
        content: Manifest::content_of(&base.content, &added),
        prices_through,
        tables: commit(location, base, &written, progress).await?,
        added,
        files: report.files.clone(),
        bad_rows: report.bad.len() as u64,
        ..first()
    };
    manifests.publish(&next).await?;
    report.version = next.version;
    report.changed = true;
    Ok(report)
}

/// All manifests, oldest first. An older one that is damaged is left out: it only tells which files
/// are known.
async fn history(manifests: &Manifests) -> Result<Vec<Manifest>, Diagnostic> {
    let versions = manifests.versions().await?;
    let mut all = Vec::new();
    for &version in &versions {
        match manifests.load(version).await {
            Ok(manifest) => all.push(manifest),
            Err(error) if Some(&version) == versions.last() => return Err(error),
            Err(_) => {}
        }
    }
    Ok(all)
}

/// Commits what was written, table by table; gives the tables of the next version.
async fn commit(
    location: &Location,
    base: &Manifest,
    written: &BTreeMap<Table, Vec<Written>>,
    progress: &dyn Progress,
) -> Result<BTreeMap<String, TableState>, Diagnostic> {
    let total = written.len() as u64;
    let mut tables = base.tables.clone();
    for (done, (&table, files)) in written.iter().enumerate() {
        progress.step("tables committed", done as u64, total);
        let former = base.table(table);
        let delta = publish::commit(location, table, former.map(|s| s.delta), files).await?;
        let (rows, imports) = former.map_or((0, 0), |s| (s.rows, s.imports));
        let rows = rows + files.iter().map(|w| w.file.rows).sum::<u64>();
        let state = TableState { delta, rows, imports: imports + 1 };
        tables.insert(table.name().to_owned(), state);
    }
    progress.step("tables committed", total, total);
    Ok(tables)
}

/// The manifest of an empty lake.
pub(crate) fn first() -> Manifest {
    Manifest {
        format: FORMAT,
        version: 0,
        time: Timestamp::now().to_string(),
        program: PROGRAM.to_owned(),
        former: String::new(),
        content: Manifest::content_of("", &[]),
        prices_through: None,
        tables: BTreeMap::new(),
        added: Vec::new(),
        files: Vec::new(),
        bad_rows: 0,
    }
}

/// A table holds numbers only: what a reader gave instead is a bad row that it overlooked.
fn finite(batch: &Batch) -> Result<(), Diagnostic> {
    let rows = batch.series.iter().flat_map(|b| b.rows.iter().map(move |r| (b, r)));
    let mut odd = rows.filter(|(_, row)| !row.value.is_finite());
    match odd.next() {
        None => Ok(()),
        Some((block, row)) => {
            let message = format!("{} of {} is no finite number", block.id, row.date);
            Err(Diagnostic::new(Code::Row, message)
                .subject(block.source.clone())
                .note("nothing was imported")
                .hint("mend the value, or leave the file out"))
        }
    }
}

fn refused(bad: &[BadRow]) -> Diagnostic {
    let count = bad.len();
    let rows = if count == 1 { "1 row" } else { &format!("{count} rows") };
    let mut refused = Diagnostic::new(Code::Row, format!("{rows} of the import cannot be taken"));
    for row in bad.iter().take(10) {
        let column = row.column.as_ref();
        let column = column.map_or_else(String::new, |(n, name)| format!(", column {n} ({name})"));
        let place = format!("{}, line {}{column}", row.file.display(), row.line);
        refused = refused.note(format!("{place}: {}", row.reason));
    }
    if count > 10 {
        refused = refused.note(format!("and {} more", count - 10));
    }
    refused.note("nothing was imported").hint("mend the rows, or leave them out with `--skip-bad`")
}

/// Compares with what the base version holds and writes the data files of what is new.
async fn write_news(
    location: &Location,
    base: &Manifest,
    mut new: Batch,
    progress: &dyn Progress,
) -> Result<BTreeMap<Table, Vec<Written>>, Diagnostic> {
    let version = base.version + 1;
    let recorded = i64::try_from(version).unwrap_or(i64::MAX);
    let mut written = BTreeMap::new();
    for (done, table) in Table::ALL.into_iter().enumerate() {
        progress.step("tables written", done as u64, Table::ALL.len() as u64);
        let Some(ids) = ids(table, &new) else { continue };
        let few = (ids.len() <= IDS_PUSHED_DOWN).then_some(ids);
        let old = read::batches(location, base, table, few.as_deref()).await?;
        let parts = match table {
            Table::Series => {
                let new = std::mem::take(&mut new.series);
                let news = series::news(&series::blocks(&old)?, new, recorded);
                parts(news, |b| b.rows.len(), move |part| series::batch(part, recorded))
            }
            Table::Bars => {
                let new = std::mem::take(&mut new.bars);
                let news = bars::news(&bars::blocks(&old)?, new, recorded);
                parts(news, |b| b.rows.len(), move |part| bars::batch(part, recorded))
            }
            Table::Holdings => part(&old, std::mem::take(&mut new.holdings), recorded)?,
            Table::Fundamentals => part(&old, std::mem::take(&mut new.fundamentals), recorded)?,
            Table::Events => part(&old, std::mem::take(&mut new.events), recorded)?,
            Table::Statements => part(&old, std::mem::take(&mut new.statements), recorded)?,
        };
        if !parts.is_empty() {
            written.insert(table, publish::write(location, table, version, parts).await?);
        }
    }
    Ok(written)
}

/// Beyond so many ids the whole table is read.
const IDS_PUSHED_DOWN: usize = 200;

/// The ids in what is given for a table; none where nothing is given.
fn ids(table: Table, new: &Batch) -> Option<Vec<String>> {
    let mut ids: Vec<&str> = match table {
        Table::Series => new.series.iter().map(|b| b.id.as_str()).collect(),
        Table::Bars => new.bars.iter().map(|b| b.symbol.as_str()).collect(),
        Table::Holdings => new.holdings.iter().map(|r| r.fund.as_str()).collect(),
        Table::Fundamentals => new.fundamentals.iter().map(|r| r.symbol.as_str()).collect(),
        Table::Events => new.events.iter().map(|r| r.event.entity.as_str()).collect(),
        Table::Statements => new.statements.iter().map(|r| r.publisher.as_str()).collect(),
    };
    ids.sort_unstable();
    ids.dedup();
    (!ids.is_empty()).then(|| ids.into_iter().map(str::to_owned).collect())
}

/// Blocks cut into data files of about equal length.
fn parts<B: Send + 'static>(
    blocks: Vec<Vintaged<B>>,
    rows: impl Fn(&B) -> usize,
    batch: impl Fn(&[Vintaged<B>]) -> RecordBatch + Clone + Send + 'static,
) -> Vec<Columns> {
    let mut parts: Vec<Columns> = Vec::new();
    let mut part = Vec::new();
    let mut length = 0;
    let mut rest = blocks.into_iter().peekable();
    while let Some(block) = rest.next() {
        length += rows(&block.block);
        part.push(block);
        if length >= FILE_ROWS || rest.peek().is_none() {
            let (part, batch) = (std::mem::take(&mut part), batch.clone());
            parts.push(Box::new(move || batch(&part)));
            length = 0;
        }
    }
    parts
}

/// What is new of a table of groups, as one data file.
fn part<R: Record + Send + 'static>(
    old: &[RecordBatch],
    new: Vec<R>,
    recorded: i64,
) -> Result<Vec<Columns>, Diagnostic> {
    let news = record::news(&record::current(old)?, new);
    if news.is_empty() {
        return Ok(Vec::new());
    }
    Ok(vec![Box::new(move || record::batch(&news, recorded))])
}
