//! One row for each date and one column for each series: files of FRED, closes or adjusted closes
//! of many tickers, volumes.

use kinglet_core::columns::Frequency;
use kinglet_core::time::{Date, Grain};

use super::Layout;
use crate::declared::declaration;
use crate::import::column::Column;
use crate::import::sheet::{Lines, Sheet};
use crate::import::symbol;
use crate::rows::{Bar, BarBlock, Batch};

pub(super) const LAYOUT: Layout = Layout {
    name: "date and a column for each series (wide), as FRED has it",
    recognise: |s| {
        s.date_column() == Some(0) && s.header.len() >= 2 && s.header[1..].iter().all(|h| is_id(h))
    },
    read,
};

/// More columns than this are shares of companies: they belong to the bars, which a view leaves
/// out.
const SERIES_MAX: usize = 200;

fn is_id(name: &str) -> bool {
    let allowed = |c: char| c.is_ascii_alphanumeric() || "_.^-:/= ".contains(c);
    (1..=40).contains(&name.len())
        && name.chars().all(allowed)
        && name.contains(|c: char| c.is_ascii_alphabetic())
}

fn read(sheet: &Sheet<'_>, batch: &mut Batch) {
    let stem = sheet.stem();
    // The numbers do not tell whether they are adjusted; the name of the file does.
    let adjusted = ["adj", "total", "panel"].iter().any(|word| stem.contains(word));
    if stem.contains("volume") {
        bars(sheet, batch, |date, volume| Bar { volume: Some(volume), ..empty(date) });
    } else if sheet.header.len() > SERIES_MAX && adjusted {
        bars(sheet, batch, |date, close| Bar { adjusted_close: Some(close), ..empty(date) });
    } else if sheet.header.len() > SERIES_MAX {
        bars(sheet, batch, |date, close| Bar { close: Some(close), ..empty(date) });
    } else {
        series(sheet, batch, adjusted);
    }
}

fn series(sheet: &Sheet<'_>, batch: &mut Batch, adjusted: bool) {
    let source = sheet.source();
    let mut columns: Vec<Column> = sheet.header[1..]
        .iter()
        .map(|id| {
            let column = Column::named(&symbol::code(id), &source);
            if adjusted { column.total_return() } else { column }
        })
        .collect();
    let mut lines = Lines::default();
    sheet.each(&mut batch.bad, |row| {
        let date = row.date(0)?;
        lines.first(row, "", date)?;
        for (at, column) in columns.iter_mut().enumerate() {
            if let Some(value) = row.number(at + 1) {
                column.push(date, value);
            }
        }
        Some(())
    });
    let official = ["observation_date", "DATE"].contains(&sheet.header[0].as_str());
    batch.series.extend(sheet.header[1..].iter().zip(columns).map(|(id, column)| {
        let bare = official && declaration(&symbol::code(id)).is_none();
        if bare { column.undeclared() } else { column }.into_block()
    }));
}

fn empty(date: Date) -> Bar {
    Bar { date, open: None, high: None, low: None, close: None, adjusted_close: None, volume: None }
}

fn bars(sheet: &Sheet<'_>, batch: &mut Batch, bar: fn(Date, f64) -> Bar) {
    let monthly = sheet.stem().contains("month");
    let frequency = if monthly { Frequency::Period(Grain::Month) } else { Frequency::Session };
    let block = |symbol: &String| BarBlock {
        symbol: symbol::code(symbol),
        frequency,
        source: sheet.source(),
        rows: Vec::new(),
    };
    let mut blocks: Vec<BarBlock> = sheet.header[1..].iter().map(block).collect();
    let mut lines = Lines::default();
    sheet.each(&mut batch.bad, |row| {
        let date = row.date(0)?;
        lines.first(row, "", date)?;
        for (at, block) in blocks.iter_mut().enumerate() {
            if let Some(value) = row.number(at + 1) {
                block.rows.push(bar(date, value));
            }
        }
        Some(())
    });
    batch.bars.extend(blocks);
}
