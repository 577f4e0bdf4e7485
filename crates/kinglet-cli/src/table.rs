//! Tables on a terminal and for programs.

use clap::ValueEnum;
use comfy_table::presets::NOTHING;
use comfy_table::{CellAlignment, ContentArrangement, LineStyle};
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

/// Names, a rule, rows; two blanks between columns.
fn columns(table: &Table) -> String {
    let mut drawn = comfy_table::Table::new();
    drawn.load_style(NOTHING.header_separator(LineStyle::none().fill('─')));
    drawn.set_content_arrangement(ContentArrangement::Disabled);
    drawn.set_header(table.columns());
    for row in table.rows() {
        drawn.add_row(row.iter().map(Table::cell));
    }
    let last = table.columns().len().saturating_sub(1);
    for (i, column) in drawn.column_iter_mut().enumerate() {
        column.set_padding((0, if i == last { 0 } else { 2 }));
        if table.is_numeric(i) {
            column.set_cell_alignment(CellAlignment::Right);
        }
    }
    drawn.lines().map(|line| format!("{}\n", line.trim_end())).collect()
}
