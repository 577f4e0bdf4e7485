//! The layouts, most special first. A layout is a name, a test of the header and a reader.

mod company;
mod factor;
mod fed;
mod holdings;
mod price;
mod published;
mod shiller;
mod tidy;
mod wide;

use std::path::Path;

use kinglet_core::diagnostic::{Code, Diagnostic};

use super::sheet::Sheet;
use crate::rows::Batch;

/// A way in which files are laid out.
pub struct Layout {
    /// For messages and help.
    pub name: &'static str,
    recognise: fn(&Sheet<'_>) -> bool,
    read: fn(&Sheet<'_>, &mut Batch),
}

/// Every layout, in the order in which they are tried.
pub static LAYOUTS: &[Layout] = &[
    holdings::LAYOUT,
    fed::CHANGES,
    fed::DAILY,
    fed::MEETINGS,
    fed::DOTS,
    fed::MEDIANS,
    fed::TEXTS,
    fed::ODDS,
    shiller::LAYOUT,
    factor::DELIMITED,
    factor::ALIGNED,
    published::STATEMENTS,
    published::RECESSIONS,
    price::MULTIPLE,
    company::CAPITALISATIONS,
    company::ATTRIBUTES,
    price::DISTRIBUTIONS,
    price::BARS,
    tidy::LAYOUT,
    wide::LAYOUT,
];

/// Lines that may stand above a header.
const PREAMBLE_MAX: usize = 40;

/// Adds what a text holds to the batch.
pub(crate) fn read(file: &Path, text: &[u8], batch: &mut Batch) -> Result<(), Diagnostic> {
    let mut start = 0;
    for _ in 0..PREAMBLE_MAX {
        let (preamble, rest) = text.split_at(start);
        let rest = if start == 0 { rest } else { until_blank_line(rest) };
        let sheet = Sheet::new(file, preamble, rest);
        if let Some(layout) = LAYOUTS.iter().find(|l| (l.recognise)(&sheet)) {
            (layout.read)(&sheet, batch);
            return Ok(());
        }
        match text[start..].iter().position(|b| *b == b'\n') {
            Some(line) => start += line + 1,
            None => break,
        }
    }
    Err(unknown(file, text))
}

/// A table below a preamble ends with a blank line; what follows it is another table, or notes.
fn until_blank_line(text: &[u8]) -> &[u8] {
    let mut at = 0;
    for line in text.split_inclusive(|b| *b == b'\n') {
        if at > 0 && !line.iter().any(u8::is_ascii_graphic) {
            return &text[..at];
        }
        at += line.len();
    }
    text
}

fn unknown(file: &Path, text: &[u8]) -> Diagnostic {
    let name = file.display().to_string();
    let first = text.split(|b| *b == b'\n').next().unwrap_or_default();
    let first: String = String::from_utf8_lossy(first).chars().take(120).collect();
    let known: Vec<&str> = LAYOUTS.iter().map(|l| l.name).collect();
    Diagnostic::new(Code::Layout, format!("the layout of {name} is not known"))
        .subject(name)
        .note(format!("its first line is `{}`", first.trim()))
        .note(format!("known layouts: {}", known.join("; ")))
        .hint("a table with the columns date, id and value is always understood")
}
