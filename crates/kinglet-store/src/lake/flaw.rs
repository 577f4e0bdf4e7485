//! What in a lake is not as it was written.

use std::cmp::Ordering;

use datafusion::arrow::array::{ArrayRef, Int64Array, RecordBatch};
use datafusion::arrow::error::ArrowError;
use datafusion::arrow::row::{RowConverter, SortField};
use datafusion::object_store::{ObjectStoreExt as _, path::Path};
use kinglet_core::diagnostic::Diagnostic;
use sha2::{Digest as _, Sha256};

use super::cells::column;
use super::fault;
use super::location::Location;
use super::manifest::{DataFile, Manifest, Manifests, hex};
use super::read;
use super::table::Table;
use crate::finding::{Finding, Kind};

/// Damaged files; where there are none, rows in disorder.
pub(crate) async fn flaws(
    location: &Location,
    manifest: &Manifest,
) -> Result<Vec<Finding>, Diagnostic> {
    let mut flaws = damaged(location, manifest).await?;
    if flaws.is_empty() {
        for table in [Table::Series, Table::Bars, Table::Fundamentals] {
            disorder(table, &read::batches(location, manifest, table, None).await?, &mut flaws)?;
        }
    }
    Ok(flaws)
}

/// Every data file up to a version, against the hash that the manifest gives, and every manifest.
async fn damaged(location: &Location, last: &Manifest) -> Result<Vec<Finding>, Diagnostic> {
    let finding =
        |subject: String, fact: String| Finding { kind: Kind::Damaged, subject, date: None, fact };
    let manifests = Manifests::new(location.files()?);
    let mut flaws = Vec::new();
    for version in manifests.versions().await?.into_iter().filter(|&v| v <= last.version) {
        let manifest = match manifests.load(version).await {
            Ok(manifest) => manifest,
            Err(error) => {
                let subject = format!("the manifest of version {version}");
                flaws.push(finding(subject, error.notes.join("; ")));
                continue;
            }
        };
        for file in &manifest.added {
            if let Some(fact) = damage(location, file).await? {
                flaws.push(finding(format!("{}/{}", file.table, file.path), fact));
            }
        }
    }
    Ok(flaws)
}

async fn damage(location: &Location, file: &DataFile) -> Result<Option<String>, Diagnostic> {
    let storage = location.files()?;
    let path = Path::from(format!("{}/{}", file.table, file.path));
    let read = async { storage.get(&path).await?.bytes().await };
    Ok(match read.await {
        Err(error) => Some(error.to_string()),
        Ok(bytes) if bytes.len() as u64 != file.bytes => {
            Some(format!("{} bytes where {} were written", bytes.len(), file.bytes))
        }
        Ok(bytes) if hex(&Sha256::digest(&bytes)) != file.sha256 => {
            Some("other bytes than were written".to_owned())
        }
        Ok(_) => None,
    })
}

/// Rows of one table: those that one version recorded follow the order of the key, and a key stands
/// once among them. Rows are compared with their neighbours, as they lie in the data files.
fn disorder(
    table: Table,
    batches: &[RecordBatch],
    flaws: &mut Vec<Finding>,
) -> Result<(), Diagnostic> {
    let part = format!("table {}", table.name());
    let broken = |error: ArrowError| fault::unreadable(&part, &error);
    let schema = table.schema();
    let fields = table.key().iter().filter_map(|c| schema.field_with_name(c).ok());
    let fields = fields.map(|field| SortField::new(field.data_type().clone())).collect();
    let converter = RowConverter::new(fields).map_err(broken)?;
    let (mut unsorted, mut duplicate) = (0_u64, 0_u64);
    for batch in batches {
        let keys: Vec<ArrayRef> =
            table.key().iter().filter_map(|c| batch.column_by_name(c).cloned()).collect();
        let keys = converter.convert_columns(&keys).map_err(broken)?;
        let recorded: &Int64Array = column(batch, "recorded")?;
        for row in 1..keys.num_rows() {
            if recorded.value(row) == recorded.value(row - 1) {
                match keys.row(row - 1).cmp(&keys.row(row)) {
                    Ordering::Less => {}
                    Ordering::Equal => duplicate += 1,
                    Ordering::Greater => unsorted += 1,
                }
            }
        }
    }
    for (kind, count) in [(Kind::Unsorted, unsorted), (Kind::Duplicate, duplicate)] {
        if count > 0 {
            let fact = format!("{count} rows");
            flaws.push(Finding { kind, subject: part.clone(), date: None, fact });
        }
    }
    Ok(())
}
