//! Reading: the rows that one version of the lake holds.

use std::sync::Arc;

use datafusion::arrow::array::RecordBatch;
use datafusion::error::DataFusionError;
use datafusion::prelude::{Expr, SessionConfig, SessionContext, col, lit};
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
    let among = ids.map(|ids| among(which.id(), ids.iter().map(String::as_str)));
    matching(location, manifest, which, among).await
}

/// The rows of a table whose column holds one of some words.
pub(crate) fn among<'a>(column: &str, words: impl Iterator<Item = &'a str>) -> Expr {
    col(column).in_list(words.map(lit).collect(), false)
}

/// The recorded rows of a table that meet a condition.
pub(crate) async fn matching(
    location: &Location,
    manifest: &Manifest,
    which: Table,
    condition: Option<Expr>,
) -> Result<Vec<RecordBatch>, Diagnostic> {
    let whole = condition.is_none();
    let Some(delta) = table(location, manifest, which).await? else { return Ok(Vec::new()) };
    let part = format!("table {}", which.name());
    let found = collected(&delta, condition).await.map_err(|e| fault::unreadable(&part, &e))?;
    let schema = which.schema();
    let found: Result<Vec<_>, _> = found.iter().map(|b| cells::conformed(b, &schema)).collect();
    let found = found?;
    let rows: usize = found.iter().map(RecordBatch::num_rows).sum();
    match manifest.table(which) {
        Some(state) if whole && state.rows != rows as u64 => {
            let fact = format!("{rows} rows where the manifest says {}", state.rows);
            Err(fault::damaged(&part, fact))
        }
        _ => Ok(found),
    }
}

async fn collected(
    delta: &DeltaTable,
    condition: Option<Expr>,
) -> Result<Vec<RecordBatch>, DataFusionError> {
    let session = session();
    let provider = delta.table_provider().with_session(Arc::new(session.state())).await?;
    let mut frame = session.read_table(provider)?;
    if let Some(condition) = condition {
        frame = frame.filter(condition)?;
    }
    frame.collect().await
}
