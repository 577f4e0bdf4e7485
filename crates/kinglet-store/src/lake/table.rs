//! The six tables: their columns, and which rows of an older record a newer one replaces.

use std::sync::{Arc, LazyLock};

use datafusion::arrow::datatypes::{DataType, Field, Schema, SchemaRef, TimeUnit};

/// A table of the lake.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Table {
    /// Observations of series.
    Series,
    /// Prices by session.
    Bars,
    /// Positions of funds.
    Holdings,
    /// Facts about companies.
    Fundamentals,
    /// Dated happenings.
    Events,
    /// Published figures.
    Statements,
}

impl Table {
    /// Every table, in the order in which an import commits them.
    pub const ALL: [Table; 6] = [
        Table::Series,
        Table::Bars,
        Table::Holdings,
        Table::Fundamentals,
        Table::Events,
        Table::Statements,
    ];

    /// Its name in SQL and its folder.
    pub fn name(self) -> &'static str {
        match self {
            Table::Series => "series",
            Table::Bars => "bars",
            Table::Holdings => "holdings",
            Table::Fundamentals => "fundamentals",
            Table::Events => "events",
            Table::Statements => "statements",
        }
    }

    /// The table of a name.
    pub fn named(name: &str) -> Option<Table> {
        Table::ALL.into_iter().find(|t| t.name() == name)
    }

    /// The column whose values a reader asks for; files are sorted by it first.
    pub(crate) fn id(self) -> &'static str {
        match self {
            Table::Series => "id",
            Table::Bars | Table::Fundamentals => "symbol",
            Table::Holdings => "fund",
            Table::Events => "entity",
            Table::Statements => "publisher",
        }
    }

    /// Rows equal in these columns replace each other: the last recorded hold.
    pub(crate) fn key(self) -> &'static [&'static str] {
        match self {
            Table::Series => &["id", "basis", "source", "date", "known_at"],
            Table::Bars => &["symbol", "frequency", "source", "date"],
            Table::Holdings => &["fund", "date"],
            Table::Fundamentals => &["symbol", "date", "item", "source"],
            Table::Events => &["entity", "kind", "date", "known_at", "source"],
            Table::Statements => &["publisher", "entity", "metric", "as_of", "definition", "unit"],
        }
    }

    /// Rows equal in these columns belong to one vintage: only the last vintage holds.
    pub(crate) fn vintage_key(self) -> Option<&'static [&'static str]> {
        match self {
            Table::Series => Some(&["id", "basis", "source"]),
            Table::Bars => Some(&["symbol", "frequency", "source"]),
            _ => None,
        }
    }

    /// Its columns; the last is `recorded`, the version of the lake that brought the row.
    pub(crate) fn schema(self) -> SchemaRef {
        static SCHEMAS: LazyLock<[SchemaRef; 6]> =
            LazyLock::new(|| Table::ALL.map(|table| Arc::new(Schema::new(fields(table)))));
        Arc::clone(&SCHEMAS[self as usize])
    }
}

/// An instant, in UTC.
pub(crate) fn instant() -> DataType {
    DataType::Timestamp(TimeUnit::Microsecond, Some("UTC".into()))
}

/// A map from names to values, with the field names that Delta Lake uses.
pub(crate) fn named(values: DataType) -> DataType {
    let entry = vec![Field::new("key", DataType::Utf8, false), Field::new("value", values, true)];
    DataType::Map(Arc::new(Field::new("key_value", DataType::Struct(entry.into()), false)), false)
}

/// `must`, `may`: a column that has a value in every row, or not.
fn fields(table: Table) -> Vec<Field> {
    use DataType::{Boolean, Date32, Float64, Int64, Utf8};
    let must = |name: &str, data| Field::new(name, data, false);
    let may = |name: &str, data| Field::new(name, data, true);
    let texts = |names: &[&str]| names.iter().map(|n| must(n, Utf8)).collect::<Vec<_>>();
    let numbers = |names: &[&str]| names.iter().map(|n| may(n, Float64)).collect::<Vec<_>>();
    let date = vec![must("date", Date32)];
    let known = vec![must("known_at", instant())];
    let source = vec![must("source", Utf8)];
    let vintage = vec![may("vintage", Int64)];
    let prices = ["open", "high", "low", "close", "adjusted_close", "volume"];
    let sizes = ["market_value", "weight", "quantity", "price"];
    let value = vec![must("value", Float64)];
    let parts = match table {
        Table::Series => vec![
            texts(&["id", "basis"]),
            date,
            value,
            texts(&["unit", "frequency"]),
            known,
            vec![must("assumed", Boolean)],
            source,
            vec![must("adjusted", Boolean)],
            vintage,
        ],
        Table::Bars => {
            vec![texts(&["symbol", "frequency"]), date, numbers(&prices), known, source, vintage]
        }
        Table::Holdings => vec![
            texts(&["fund"]),
            date,
            texts(&["ticker", "name", "sector", "asset_class"]),
            numbers(&sizes),
            texts(&["exchange"]),
        ],
        Table::Fundamentals => vec![
            texts(&["symbol"]),
            date,
            texts(&["item"]),
            numbers(&["value"]),
            vec![may("text", Utf8)],
            source,
        ],
        Table::Events => vec![
            texts(&["entity", "kind"]),
            date,
            known,
            vec![must("numbers", named(Float64)), must("dates", named(Date32)), may("text", Utf8)],
            source,
        ],
        Table::Statements => vec![
            texts(&["publisher", "entity", "metric", "as_of", "definition"]),
            value,
            texts(&["unit", "where_read"]),
        ],
    };
    let mut fields = parts.concat();
    fields.push(must("recorded", Int64));
    fields
}
