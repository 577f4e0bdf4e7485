//! SQL over the tables: those of a version of the lake, with the embedded facts below them.
//!
//! `series` holds the rows that hold; `recorded.series` every row that was ever recorded; and
//! `facts.series` the embedded ones. So for the other tables. Queries read and never write.

use std::collections::BTreeSet;
use std::sync::Arc;

use datafusion::arrow::array::{Array, RecordBatch};
use datafusion::arrow::datatypes::DataType;
use datafusion::arrow::util::display::{ArrayFormatter, FormatOptions};
use datafusion::catalog::{MemorySchemaProvider, TableProvider};
use datafusion::common::TableReference;
use datafusion::config::Dialect;
use datafusion::datasource::MemTable;
use datafusion::error::DataFusionError;
use datafusion::prelude::{SQLOptions, SessionContext};
use kinglet_core::diagnostic::{Code, Diagnostic};
use serde_json::{Number, Value};

use super::block::Vintaged;
use super::fault;
use super::location::Location;
use super::manifest::Manifest;
use super::table::Table;
use super::{function, read, record, series};
use crate::rows::Batch;

/// What a query gives.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Sheet {
    /// The names of its columns.
    pub columns: Vec<String>,
    /// Its rows: numbers, text, truth values; null is no value.
    pub rows: Vec<Vec<Value>>,
}

/// What can be queried.
pub(crate) struct Tables<'a> {
    /// A version of a lake.
    pub(crate) lake: Option<(&'a Location, &'a Manifest)>,
    /// The embedded facts.
    pub(crate) facts: &'a Batch,
}

/// The answer to a query on the embedded facts alone.
pub fn facts(query: &str, facts: &Batch) -> std::result::Result<Sheet, Diagnostic> {
    let runtime = tokio::runtime::Builder::new_current_thread().build();
    let runtime = runtime.map_err(|error| {
        Diagnostic::new(Code::Internal, "a query cannot be run").note(error.to_string())
    })?;
    runtime.block_on(Tables { lake: None, facts }.query(query))
}

type Result<T> = std::result::Result<T, DataFusionError>;

impl Tables<'_> {
    /// The answer to a query.
    pub(crate) async fn query(&self, text: &str) -> std::result::Result<Sheet, Diagnostic> {
        let context = read::session();
        for function in function::all(self.lake.and_then(|(_, m)| m.prices_through)) {
            context.register_udf(function);
        }
        let named = named(&context, text).map_err(|error| refused(text, &error))?;
        for table in named {
            self.register(&context, table).await?;
        }
        let options = SQLOptions::new()
            .with_allow_ddl(false)
            .with_allow_dml(false)
            .with_allow_statements(false);
        let answered = async {
            let frame = context.sql_with_options(text, options).await?;
            let columns = frame.schema().fields().iter().map(|f| f.name().clone()).collect();
            Ok((columns, frame.collect().await?))
        };
        let (columns, batches) = answered.await.map_err(|error| refused(text, &error))?;
        let rows = sheet_rows(&batches).map_err(|error| refused(text, &error))?;
        Ok(Sheet { columns, rows })
    }

    async fn register(
        &self,
        context: &SessionContext,
        table: Table,
    ) -> std::result::Result<(), Diagnostic> {
        let stored = match self.lake {
            Some((location, manifest)) => read::table(location, manifest, table).await?,
            None => None,
        };
        let imports = self.lake.and_then(|(_, m)| m.table(table)).map_or(0, |s| s.imports);
        let part = format!("table {}", table.name());
        let registered = async {
            let recorded: Arc<dyn TableProvider> = match stored {
                Some(delta) => {
                    delta.table_provider().with_session(Arc::new(context.state())).await?
                }
                None => memory(table, None)?,
            };
            let facts = memory(table, facts_of(table, self.facts))?;
            put(context, "recorded", table, recorded)?;
            put(context, "facts", table, facts)?;
            let holds = context.sql(&holding(table, imports)).await?;
            context.register_table(table.name(), holds.into_view())?;
            Ok::<_, DataFusionError>(())
        };
        registered.await.map_err(|error| fault::unreadable(&part, &error))
    }
}

/// The tables that a query names; all of them where it asks for names.
fn named(context: &SessionContext, text: &str) -> Result<BTreeSet<Table>> {
    let state = context.state();
    let statement = state.sql_to_statement(text, &Dialect::Generic)?;
    let named = state.resolve_table_references(&statement)?;
    if named.iter().any(|t| t.schema() == Some("information_schema")) || named.is_empty() {
        return Ok(Table::ALL.into_iter().collect());
    }
    Ok(named.iter().filter_map(|t| Table::named(t.table())).collect())
}

fn put(
    context: &SessionContext,
    schema: &str,
    table: Table,
    provider: Arc<dyn TableProvider>,
) -> Result<()> {
    let catalog = context
        .catalog("datafusion")
        .ok_or_else(|| DataFusionError::Internal("a session without a catalogue".to_owned()))?;
    if catalog.schema(schema).is_none() {
        catalog.register_schema(schema, Arc::new(MemorySchemaProvider::new()))?;
    }
    context.register_table(TableReference::partial(schema, table.name()), provider)?;
    Ok(())
}

fn memory(table: Table, batch: Option<RecordBatch>) -> Result<Arc<dyn TableProvider>> {
    let partitions = vec![batch.into_iter().collect()];
    Ok(Arc::new(MemTable::try_new(table.schema(), partitions)?))
}

/// The embedded rows of a table, recorded in version 0.
fn facts_of(table: Table, facts: &Batch) -> Option<RecordBatch> {
    match table {
        Table::Series => {
            let blocks = facts.series.iter().cloned();
            let blocks: Vec<_> = blocks.map(|block| Vintaged { block, vintage: None }).collect();
            Some(series::batch(&blocks, 0))
        }
        Table::Events => Some(record::batch(&facts.events, 0)),
        Table::Statements => Some(record::batch(&facts.statements, 0)),
        Table::Bars | Table::Holdings | Table::Fundamentals => None,
    }
}

/// The query for the rows that hold: of the lake the last recorded of the last vintage; of the
/// facts those of ids that the lake lacks.
fn holding(table: Table, imports: u64) -> String {
    let name = table.name();
    let mut holds = Vec::new();
    if imports > 1 {
        if let Some(key) = table.vintage_key() {
            let window = format!("max(vintage) OVER (PARTITION BY {})", key.join(", "));
            holds.push(format!("(vintage IS NOT DISTINCT FROM {window})"));
        }
        let key = table.key().join(", ");
        holds.push(format!("(recorded = max(recorded) OVER (PARTITION BY {key}))"));
    }
    let qualify = match holds.as_slice() {
        [] => String::new(),
        holds => format!(" QUALIFY {}", holds.join(" AND ")),
    };
    let lake = format!("SELECT * FROM recorded.{name}{qualify}");
    let lacking = match table {
        Table::Series => "WHERE id NOT IN (SELECT id FROM recorded.series)",
        Table::Events => {
            "WHERE NOT EXISTS (SELECT 1 FROM recorded.events r \
             WHERE r.entity = f.entity AND r.kind = f.kind)"
        }
        Table::Statements => "",
        Table::Bars | Table::Holdings | Table::Fundamentals => return lake,
    };
    format!("{lake} UNION ALL SELECT * FROM facts.{name} f {lacking}")
}

fn refused(text: &str, error: &DataFusionError) -> Diagnostic {
    let mut inner = error;
    while let DataFusionError::Context(_, cause) | DataFusionError::Diagnostic(_, cause) = inner {
        inner = cause;
    }
    if matches!(inner, DataFusionError::ObjectStore(_) | DataFusionError::ParquetError(_)) {
        return fault::unreadable("a table", error);
    }
    let why = inner.strip_backtrace();
    let why = why.lines().next().unwrap_or_default();
    let tables = Table::ALL.map(Table::name).join(", ");
    Diagnostic::new(Code::Sql, "the SQL query cannot be answered")
        .subject(text)
        .note(why)
        .hint(format!("the tables are {tables}; `DESCRIBE series` lists columns"))
}

fn sheet_rows(batches: &[RecordBatch]) -> Result<Vec<Vec<Value>>> {
    let mut rows = Vec::new();
    for batch in batches {
        let columns: Result<Vec<Vec<Value>>> = batch.columns().iter().map(values).collect();
        let columns = columns?;
        for row in 0..batch.num_rows() {
            rows.push(columns.iter().map(|c| c[row].clone()).collect());
        }
    }
    Ok(rows)
}

fn values(column: &Arc<dyn Array>) -> Result<Vec<Value>> {
    let options = FormatOptions::default();
    let format = ArrayFormatter::try_new(column, &options)?;
    let value = |row: usize| {
        if column.is_null(row) {
            return Value::Null;
        }
        let text = format.value(row).to_string();
        let number = |text: &str| text.parse::<Number>().ok().map(Value::Number);
        match column.data_type() {
            DataType::Boolean => Value::Bool(text == "true"),
            DataType::Float64 | DataType::Float32 => {
                number(&text).unwrap_or_else(|| Value::String(text))
            }
            kind if kind.is_integer() => number(&text).unwrap_or_else(|| Value::String(text)),
            _ => Value::String(text),
        }
    };
    Ok((0..column.len()).map(value).collect())
}
