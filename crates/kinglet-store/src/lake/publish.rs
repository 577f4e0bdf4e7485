//! Writing: data files in Parquet, then one commit for each table, then the manifest.
//!
//! A commit's table holds the rows of the base version and those of this import, whatever stands
//! above the base in the log: rows of an import that was killed, or of one that runs at the same
//! time, are removed from the table by the same commit that adds the new ones. No commit is retried
//! on top of another, so a table version never holds rows that its writer did not see. The versions
//! that manifests name stay as they are: the log keeps everything.

use std::collections::BTreeMap;
use std::sync::Arc;
use std::time::{SystemTime, UNIX_EPOCH};

use datafusion::arrow::array::{Date32Array, RecordBatch, StringArray};
use datafusion::arrow::compute::{max, min};
use datafusion::arrow::datatypes::DataType;
use datafusion::object_store::{ObjectStoreExt as _, path::Path};
use datafusion::parquet::arrow::ArrowWriter;
use datafusion::parquet::arrow::arrow_writer::ArrowWriterOptions;
use datafusion::parquet::basic::{Compression, Encoding, ZstdLevel};
use datafusion::parquet::errors::ParquetError;
use datafusion::parquet::file::properties::{EnabledStatistics, WriterProperties};
use datafusion::parquet::schema::types::ColumnPath;
use deltalake::kernel::engine::arrow_conversion::TryIntoKernel as _;
use deltalake::kernel::transaction::{CommitBuilder, CommitProperties};
use deltalake::kernel::{Action, Add, StructType};
use deltalake::logstore::LogStoreRef;
use deltalake::operations::create::CreateBuilder;
use deltalake::protocol::{DeltaOperation, SaveMode};
use deltalake::{DeltaTable, DeltaTableError};
use kinglet_core::diagnostic::{Code, Diagnostic};
use sha2::{Digest as _, Sha256};

use super::cells;
use super::fault;
use super::location::Location;
use super::manifest::{DataFile, hex};
use super::table::Table;

/// Rows of a data file, as long as one file is not longer.
pub(crate) const FILE_ROWS: usize = 1 << 20;
const GROUP_ROWS: usize = 1 << 17;
const PAGE_ROWS: usize = 1 << 13;

/// Makes the columns of one data file.
pub(crate) type Columns = Box<dyn FnOnce() -> RecordBatch + Send>;

/// A data file that lies in the folder of its table, in no commit yet.
#[derive(Clone, Debug)]
pub(crate) struct Written {
    pub(crate) file: DataFile,
    statistics: String,
}

/// Writes data files, each in a thread of its own.
pub(crate) async fn write(
    location: &Location,
    table: Table,
    version: u64,
    parts: Vec<Columns>,
) -> Result<Vec<Written>, Diagnostic> {
    let part = format!("table {}", table.name());
    let store = location.table(table)?.object_store(None);
    let encode = |(number, columns): (usize, Columns)| {
        let task = tokio::task::spawn_blocking(move || encoded(table, &columns()));
        let (store, part) = (Arc::clone(&store), part.clone());
        tokio::spawn(async move {
            let broken = |error: String| {
                Diagnostic::new(Code::Internal, "the columns of an import cannot be encoded")
                    .note(error)
            };
            let encoded = task.await.map_err(|e| broken(e.to_string()))?;
            let (bytes, rows, statistics) = encoded.map_err(|e| broken(e.to_string()))?;
            let sha256 = hex(&Sha256::digest(&bytes));
            let name = format!("{version:020}-{number:04}-{}.parquet", &sha256[..16]);
            let file = DataFile {
                table: table.name().to_owned(),
                path: name.clone(),
                rows,
                bytes: bytes.len() as u64,
                sha256,
            };
            let put = store.put(&Path::from(name), bytes.into()).await;
            put.map_err(|error| fault::unwritable(&part, &error))?;
            Ok::<_, Diagnostic>(Written { file, statistics })
        })
    };
    let tasks: Vec<_> = parts.into_iter().enumerate().map(encode).collect();
    let mut written = Vec::new();
    for task in tasks {
        let done = task.await.map_err(|error| {
            Diagnostic::new(Code::Internal, "a writer of the lake broke off")
                .note(error.to_string())
        })?;
        written.push(done?);
    }
    Ok(written)
}

/// A data file, its rows and its statistics. The same columns give the same bytes.
fn encoded(table: Table, batch: &RecordBatch) -> Result<(Vec<u8>, u64, String), ParquetError> {
    let mut settings = WriterProperties::builder()
        .set_created_by("kinglet".to_owned())
        .set_compression(Compression::ZSTD(ZstdLevel::try_new(1)?))
        .set_statistics_enabled(EnabledStatistics::Page)
        .set_max_row_group_row_count(Some(GROUP_ROWS))
        .set_data_page_row_count_limit(PAGE_ROWS)
        .set_write_batch_size(PAGE_ROWS);
    for field in table.schema().fields() {
        let column = ColumnPath::from(field.name().as_str());
        settings = match field.data_type() {
            DataType::Float64 => settings.set_column_dictionary_enabled(column, false),
            DataType::Timestamp(..) | DataType::Date32 => settings
                .set_column_dictionary_enabled(column.clone(), false)
                .set_column_encoding(column, Encoding::DELTA_BINARY_PACKED),
            _ => settings,
        };
    }
    let options =
        ArrowWriterOptions::new().with_properties(settings.build()).with_skip_arrow_metadata(true);
    let mut writer = ArrowWriter::try_new_with_options(Vec::new(), batch.schema(), options)?;
    writer.write(batch)?;
    Ok((writer.into_inner()?, batch.num_rows() as u64, statistics(table, batch)))
}

/// What a reader needs to leave the file out: the range of ids, by which rows are sorted, and of
/// dates.
fn statistics(table: Table, batch: &RecordBatch) -> String {
    let mut least = serde_json::Map::new();
    let mut most = serde_json::Map::new();
    let ids = batch.column_by_name(table.id()).and_then(|c| c.as_any().downcast_ref());
    if let Some(ids) = ids.filter(|ids: &&StringArray| ids.iter().len() > 0) {
        least.insert(table.id().to_owned(), ids.value(0).into());
        most.insert(table.id().to_owned(), ids.value(batch.num_rows() - 1).into());
    }
    let dates = batch.column_by_name("date").and_then(|c| c.as_any().downcast_ref());
    if let Some(dates) = dates as Option<&Date32Array> {
        for (range, date) in [(&mut least, min(dates)), (&mut most, max(dates))] {
            if let Some(date) = date.and_then(cells::date) {
                range.insert("date".to_owned(), date.to_string().into());
            }
        }
    }
    let nulls: serde_json::Map<_, _> = least.keys().map(|k| (k.clone(), 0.into())).collect();
    serde_json::json!({
        "numRecords": batch.num_rows(),
        "minValues": least,
        "maxValues": most,
        "nullCount": nulls,
    })
    .to_string()
}

/// Commits data files on top of a base version of a table (none: of an empty table); gives the
/// version of the Delta table that holds exactly these rows.
pub(crate) async fn commit(
    location: &Location,
    table: Table,
    base: Option<u64>,
    written: &[Written],
) -> Result<u64, Diagnostic> {
    let part = format!("table {}", table.name());
    let log = location.table(table)?;
    let unwritable = |error: DeltaTableError| {
        if fault::is_conflict(&error) {
            Diagnostic::new(Code::Conflict, "another import is writing to the lake")
                .note(format!("it was faster with table {}", table.name()))
                .hint("wait until it is done, then import again")
        } else {
            fault::unwritable(&part, &error)
        }
    };
    let head = newest(&log, table).await.map_err(unwritable)?;
    let mut wanted = match base {
        Some(version) => {
            let mut at = DeltaTable::new(Arc::clone(&log));
            at.load_version(version).await.map_err(|e| fault::unreadable(&part, &e))?;
            files(&at).map_err(|e| fault::unreadable(&part, &e))?
        }
        None => BTreeMap::new(),
    };
    wanted.extend(written.iter().map(|w| (w.file.path.clone(), added(w))));
    let present = head.snapshot().map_err(|e| fault::unreadable(&part, &e))?;
    let mut actions = Vec::new();
    for file in present.log_data() {
        if wanted.remove(file.path().as_ref()).is_none() {
            actions.push(Action::Remove(file.remove_action(true)));
        }
    }
    actions.extend(wanted.into_values().map(Action::Add));
    if actions.is_empty() {
        return Ok(present.version());
    }
    let properties =
        CommitProperties::default().with_max_retries(0).with_cleanup_expired_logs(Some(false));
    let operation =
        DeltaOperation::Write { mode: SaveMode::Append, partition_by: None, predicate: None };
    let commit = CommitBuilder::from(properties).with_actions(actions);
    let done = commit.build(Some(present), log, operation).await.map_err(unwritable)?;
    Ok(done.version())
}

/// The newest state of a table's log; creates the table where there is none.
async fn newest(log: &LogStoreRef, table: Table) -> Result<DeltaTable, DeltaTableError> {
    if !log.is_delta_table_location().await? {
        let schema: StructType = table.schema().as_ref().try_into_kernel()?;
        let forever = "interval 36500 days".to_owned();
        let created = CreateBuilder::new()
            .with_log_store(Arc::clone(log))
            .with_table_name(table.name())
            .with_columns(schema.fields().cloned())
            .with_configuration([
                ("delta.enableExpiredLogCleanup", Some("false".to_owned())),
                ("delta.logRetentionDuration", Some(forever.clone())),
                ("delta.deletedFileRetentionDuration", Some(forever)),
            ])
            .with_commit_properties(CommitProperties::default().with_max_retries(0))
            .await;
        // Where another import created it in the meantime, that one serves as well.
        if created.is_err() && !log.is_delta_table_location().await? {
            return created;
        }
    }
    let mut head = DeltaTable::new(Arc::clone(log));
    head.load().await?;
    Ok(head)
}

/// The files of a loaded table, by path.
fn files(table: &DeltaTable) -> Result<BTreeMap<String, Add>, DeltaTableError> {
    let files = table.snapshot()?.log_data().into_iter().map(|file| {
        let add = Add {
            path: file.path().into_owned(),
            size: file.size(),
            modification_time: file.modification_time(),
            data_change: true,
            stats: file.stats(),
            ..Add::default()
        };
        (add.path.clone(), add)
    });
    Ok(files.collect())
}

fn added(written: &Written) -> Add {
    let now = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
    Add {
        path: written.file.path.clone(),
        size: i64::try_from(written.file.bytes).unwrap_or(i64::MAX),
        modification_time: i64::try_from(now.as_millis()).unwrap_or(i64::MAX),
        data_change: true,
        stats: Some(written.statistics.clone()),
        ..Add::default()
    }
}
