//! Reading: the rows that one version of the lake holds.

use std::sync::Arc;

use datafusion::arrow::array::RecordBatch;
use datafusion::error::DataFusionError;
use datafusion::prelude::{SessionConfig, SessionContext, col, lit};
use deltalake::DeltaTable;
use kinglet_core::diagnostic::Diagnostic;

use super::cells;
use super::fault;
use super::location::Location;
use super::manifest::Manifest;
use super::table::Table;

/// A session that reads the tables of lakes.
pub(crate) fn session() -> SessionContext {
    // DataFusion 55 mixes up the columns when it pushes a key of a map below a union
    // (apache/datafusion#25412), so that rule is off.
    let config = SessionConfig::new()
        .with_information_schema(true)
        .set_bool("datafusion.optimizer.enable_leaf_expression_pushdown", false)
        .set_bool("datafusion.execution.parquet.pushdown_filters", true)
        .set_bool("datafusion.execution.parquet.schema_force_view_types", false);
    SessionContext::new_with_config(config)
}

/// A table as a version of the lake sees it; none where it has no rows.
pub(crate) async fn table(
    location: &Location,
    manifest: &Manifest,
    table: Table,
) -> Result<Option<DeltaTable>, Diagnostic> {
    let Some(state) = manifest.table(table) else { return Ok(None) };
    let mut delta = DeltaTable::new(location.table(table)?);
    let loaded = delta.load_version(state.delta).await;
    loaded.map_err(|e| fault::unreadable(&format!("table {}", table.name()), &e))?;
    Ok(Some(delta))
}

/// All recorded rows of a table, or those of some ids.
pub(crate) async fn batches(
    location: &Location,
    manifest: &Manifest,
    which: Table,
    ids: Option<&[String]>,
) -> Result<Vec<RecordBatch>, Diagnostic> {
    let Some(delta) = table(location, manifest, which).await? else { return Ok(Vec::new()) };
    let part = format!("table {}", which.name());
    let found = collected(&delta, which, ids).await.map_err(|e| fault::unreadable(&part, &e))?;
    let schema = which.schema();
    let found: Result<Vec<_>, _> = found.iter().map(|b| cells::conformed(b, &schema)).collect();
    let found = found?;
    let rows: usize = found.iter().map(RecordBatch::num_rows).sum();
    match manifest.table(which) {
        Some(state) if ids.is_none() && state.rows != rows as u64 => {
            let fact = format!("{rows} rows where the manifest says {}", state.rows);
            Err(fault::damaged(&part, fact))
        }
        _ => Ok(found),
    }
}

async fn collected(
    delta: &DeltaTable,
    which: Table,
    ids: Option<&[String]>,
) -> Result<Vec<RecordBatch>, DataFusionError> {
    let session = session();
    let provider = delta.table_provider().with_session(Arc::new(session.state())).await?;
    let mut frame = session.read_table(provider)?;
    if let Some(ids) = ids {
        let ids = ids.iter().map(lit).collect();
        frame = frame.filter(col(which.id()).in_list(ids, false))?;
    }
    frame.collect().await
}
