//! Kenneth French's library: returns of factors and portfolios in per cent, by month or day. Of a
//! file with several tables the first is taken: the value-weighted returns by month.

use kinglet_core::columns::Frequency;
use kinglet_core::time::Date;

use super::Layout;
use crate::declared::{Declared, Release, declaration};
use crate::import::column::Column;
use crate::import::sheet::{Lines, Sheet};
use crate::rows::Batch;

/// Delimited by commas.
pub(super) const DELIMITED: Layout = Layout {
    name: "Kenneth French: month as 202509, Mkt-RF, SMB … or portfolios",
    recognise: |s| {
        let first = s.column(&["month", "date", ""]) == Some(0);
        let named = s.column(&["mkt_rf", "smb", "lo_30", "lo_10", "lo_prior"]).is_some();
        let nameless = s.header.first().is_some_and(String::is_empty);
        let digits = s.below().len();
        let packed = s.below().bytes().all(|b| b.is_ascii_digit());
        first && (named || nameless && packed && digits == 6)
    },
    read,
};

/// In columns of fixed width, as his text files are.
pub(super) const ALIGNED: Layout = Layout {
    name: "Kenneth French, text",
    recognise: |s| {
        let row = s.below();
        let month = row.split_whitespace().next().unwrap_or_default();
        let packed = matches!(month.len(), 6 | 8) && month.bytes().all(|b| b.is_ascii_digit());
        s.header.len() == 1 && packed && cells(&s.header[0]).count() > 1 && row.contains(' ')
    },
    read: |sheet, batch| {
        let text = String::from_utf8_lossy(sheet.text);
        let mut delimited = String::new();
        let mut headed = false;
        // Blank lines are kept, so that faults name the right line.
        for line in text.lines() {
            if !headed && !line.trim().is_empty() {
                headed = true;
                delimited.push(',');
                delimited += &cells(line).collect::<Vec<_>>().join(",");
            } else {
                delimited += &line.split_whitespace().collect::<Vec<_>>().join(",");
            }
            delimited.push('\n');
        }
        read(&sheet.with_text(delimited.as_bytes()), batch);
    },
};

/// Names of columns, which may hold single blanks: `Lo 30`.
fn cells(line: &str) -> impl Iterator<Item = &str> {
    line.split("  ").map(str::trim).filter(|name| !name.is_empty())
}

/// What stands for "missing".
const MISSING: [f64; 2] = [-99.99, -999.0];

/// Names that mean the same in every file.
const FACTORS: [&str; 9] = ["MKT_RF", "SMB", "HML", "RMW", "CMA", "RF", "MOM", "MARKET", "WML"];

fn read(sheet: &Sheet<'_>, batch: &mut Batch) {
    let names: Vec<String> = sheet.header.iter().skip(1).map(|name| word(name)).collect();
    let prefix = prefix(sheet, &names);
    let by_day = sheet.below().split_whitespace().next().is_some_and(|day| day.len() == 8);
    let source = sheet.source();
    let mut columns: Vec<Column> = Vec::new();
    for name in &names {
        let name = if name == "MKT_RF" { "MARKET_EXCESS" } else { name };
        let id = format!("{prefix}{name}");
        let Some(mut declared) = declaration(&id) else { return };
        if by_day {
            let (frequency, release) = (Frequency::Session, Release::Later(1, 31));
            declared = Declared { frequency, release, ..declared };
        }
        columns.push(Column::declared(&id, declared, &source));
    }
    let mut lines = Lines::default();
    sheet.each(&mut batch.bad, |row| {
        let date: Date = row.date(0)?;
        lines.first(row, "", date)?;
        for (at, column) in columns.iter_mut().enumerate() {
            if let Some(value) = row.number(at + 1).filter(|v| !MISSING.contains(v)) {
                column.push(date, value);
            }
        }
        Some(())
    });
    batch.series.extend(columns.into_iter().map(Column::into_block));
}

/// `Lo 30` as `LO_30`, `<= 0` as `0`.
fn word(name: &str) -> String {
    let words = name.split(|c: char| !c.is_ascii_alphanumeric()).filter(|w| !w.is_empty());
    words.collect::<Vec<_>>().join("_").to_uppercase()
}

/// Portfolios on different characteristics have columns of the same names; the name of the file
/// tells them apart.
fn prefix(sheet: &Sheet<'_>, names: &[String]) -> String {
    let stem = sheet.stem();
    let of = |wanted: &[&str]| wanted.iter().any(|w| stem.contains(w));
    if names.iter().all(|name| FACTORS.contains(&name.as_str())) || of(&["momentum", "12_2"]) {
        return "FF_".to_owned();
    }
    let characteristic = stem.strip_prefix("portfolios_formed_on_").unwrap_or(&stem);
    if of(&["size"]) || characteristic == "me" {
        return "FF_SIZE_".to_owned();
    }
    format!("FF_{}_", word(characteristic))
}
