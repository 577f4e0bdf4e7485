//! The six tables and their columns.

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

fn fields(table: Table) -> Vec<Field> {
    let must = |name: &str, data: DataType| Field::new(name, data, false);
    let text = |name: &str| Field::new(name, DataType::Utf8, false);
    let number = |name: &str| Field::new(name, DataType::Float64, true);
    let date = || must("date", DataType::Date32);
    let vintage = || Field::new("vintage", DataType::Int64, true);
    let mut fields = match table {
        Table::Series => vec![
            text("id"),
            text("basis"),
            date(),
            must("value", DataType::Float64),
            text("unit"),
            text("frequency"),
            must("known_at", instant()),
            must("assumed", DataType::Boolean),
            text("source"),
            vintage(),
        ],
        Table::Bars => vec![
            text("symbol"),
            text("frequency"),
            date(),
            number("open"),
            number("high"),
            number("low"),
            number("close"),
            number("adjusted_close"),
            number("volume"),
            must("known_at", instant()),
            text("source"),
            vintage(),
        ],
        Table::Holdings => vec![
            text("fund"),
            date(),
            text("ticker"),
            text("name"),
            text("sector"),
            text("asset_class"),
            number("market_value"),
            number("weight"),
            number("quantity"),
            number("price"),
            text("exchange"),
        ],
        Table::Fundamentals => vec![
            text("symbol"),
            date(),
            text("item"),
            number("value"),
            Field::new("text", DataType::Utf8, true),
            text("source"),
        ],
        Table::Events => vec![
            text("entity"),
            text("kind"),
            date(),
            must("known_at", instant()),
            must("values", named(DataType::Float64)),
            must("dates", named(DataType::Date32)),
            Field::new("text", DataType::Utf8, true),
            text("source"),
        ],
        Table::Statements => vec![
            text("publisher"),
            text("entity"),
            text("metric"),
            text("as_of"),
            text("definition"),
            must("value", DataType::Float64),
            text("unit"),
            text("where_read"),
        ],
    };
    fields.push(must("recorded", DataType::Int64));
    fields
}
