//! Tables on a terminal and for programs.

use clap::ValueEnum;
use comfy_table::presets::UTF8_HORIZONTAL_ONLY;
use comfy_table::{CellAlignment, ContentArrangement};
use kinglet::wire::{self, Table};

/// How to write a table.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum Format {
    /// Columns for people.
    Table,
    /// An array of objects.
    Json,
    /// Comma-separated, with a header.
    Csv,
    /// A Markdown table.
    Markdown,
}

/// The text of a table.
pub(crate) fn render(table: &Table, format: Format) -> String {
    match format {
        Format::Table => columns(table),
        Format::Json => wire::json(&table.json()),
        Format::Csv => table.csv(),
        Format::Markdown => table.markdown(),
    }
}

fn columns(table: &Table) -> String {
    let mut drawn = comfy_table::Table::new();
    drawn.load_preset(UTF8_HORIZONTAL_ONLY);
    drawn.set_content_arrangement(ContentArrangement::Disabled);
    drawn.set_header(table.columns());
    for row in table.rows() {
        drawn.add_row(row.iter().map(Table::cell));
    }
    for (i, column) in drawn.column_iter_mut().enumerate() {
        if table.is_numeric(i) {
            column.set_cell_alignment(CellAlignment::Right);
        }
    }
    let lines = drawn.lines().map(|line| format!("{}\n", line.trim_end()));
    lines.collect()
}
