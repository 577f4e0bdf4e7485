//! A delimited text with a header, read row by row; what cannot be read is noted with its place.

use std::io::Read;
use std::path::{Path, PathBuf};

use csv::ByteRecord;
use jiff::civil::Date;

use super::cell;
use crate::rows::BadRow;

/// A header and the rows below it.
pub struct Table<R> {
    file: PathBuf,
    header: Vec<String>,
    reader: csv::Reader<R>,
    /// Lines of the file above the header.
    above: u64,
}

/// One row: each getter notes what it cannot read and then gives nothing.
pub struct Row<'t> {
    table: (&'t Path, &'t [String]),
    record: &'t ByteRecord,
    line: u64,
    bad: &'t mut Vec<BadRow>,
}

impl<R: Read> Table<R> {
    /// The table in a text whose first line is the header; `above` counts the lines of the file
    /// that were cut off before it.
    pub fn new(file: &Path, text: R, above: u64) -> Self {
        let mut reader = csv::ReaderBuilder::new().flexible(true).from_reader(text);
        let header = reader.byte_headers().map_or_else(|_| Vec::new(), names);
        Table { file: file.to_owned(), header, reader, above }
    }

    /// The names of its columns.
    pub fn header(&self) -> &[String] {
        &self.header
    }

    /// The column of a name, whatever its case.
    pub fn column(&self, name: &str) -> Option<usize> {
        self.header.iter().position(|h| h.eq_ignore_ascii_case(name))
    }

    /// Gives each row to `take`; rows of another width than the header are bad.
    pub fn each(mut self, bad: &mut Vec<BadRow>, mut take: impl FnMut(&mut Row<'_>)) {
        let mut record = ByteRecord::new();
        let mut last = self.above + 1;
        loop {
            match self.reader.read_byte_record(&mut record) {
                Ok(true) => {}
                Ok(false) => return,
                Err(error) => {
                    // A packed file may break off where it is read.
                    let (line, reason) = match error.kind() {
                        csv::ErrorKind::Io(error) => (last + 1, format!("damaged: {error}")),
                        _ => {
                            let line = error.position().map_or(0, csv::Position::line);
                            (line + self.above, error.to_string())
                        }
                    };
                    bad.push(BadRow { file: self.file.clone(), line, column: None, reason });
                    return;
                }
            }
            let line = record.position().map_or(0, csv::Position::line) + self.above;
            last = line;
            let table = (self.file.as_path(), self.header.as_slice());
            let mut row = Row { table, record: &record, line, bad };
            if record.len() == self.header.len() {
                take(&mut row);
            } else {
                let (got, want) = (record.len(), self.header.len());
                row.reject(None, format!("{got} fields where the header has {want}"));
            }
        }
    }
}

fn names(header: &ByteRecord) -> Vec<String> {
    let name = |field: &[u8]| {
        String::from_utf8_lossy(field).trim_start_matches('\u{feff}').trim().to_owned()
    };
    header.iter().map(name).collect()
}

impl Row<'_> {
    /// The line in the file, from 1.
    pub fn line(&self) -> u64 {
        self.line
    }

    /// How many fields it has.
    pub fn width(&self) -> usize {
        self.record.len()
    }

    /// The text of a column, trimmed; bytes that are no UTF-8 are noted.
    pub fn text(&mut self, column: usize) -> Option<&str> {
        let field = self.record.get(column).unwrap_or_default();
        match std::str::from_utf8(field) {
            Ok(text) => Some(text.trim()),
            Err(_) => {
                self.reject(Some(column), "the text is not UTF-8".to_owned());
                None
            }
        }
    }

    /// The text of a column that must have some.
    pub fn word(&mut self, column: usize) -> Option<&str> {
        if self.record.get(column).is_none_or(|field| field.trim_ascii().is_empty()) {
            self.reject(Some(column), "a value is missing".to_owned());
            return None;
        }
        self.text(column)
    }

    /// The date of a column.
    pub fn date(&mut self, column: usize) -> Option<Date> {
        let found = cell::date(self.text(column)?);
        if found.is_none() {
            self.reject_text(column, "no date");
        }
        found
    }

    /// The number of a column, if there is one.
    pub fn number(&mut self, column: usize) -> Option<f64> {
        // Most cells of wide tables are empty or plain numbers: those are settled first.
        if self.record.get(column).is_none_or(<[u8]>::is_empty) {
            return None;
        }
        let text = self.text(column)?;
        let found = cell::number(text);
        if found.is_none() && !cell::is_absent(text) {
            self.reject_text(column, "no finite number");
        }
        found
    }

    /// The number of a column that must have one.
    pub fn needed(&mut self, column: usize) -> Option<f64> {
        let found = self.number(column);
        if found.is_none() && cell::is_absent(self.text(column)?) {
            self.reject(Some(column), "a value is missing".to_owned());
        }
        found
    }

    /// Notes a fault with the text that stands there.
    pub fn reject_text(&mut self, column: usize, what: &str) {
        let text = String::from_utf8_lossy(self.record.get(column).unwrap_or_default());
        let short: String = text.chars().take(40).collect();
        self.reject(Some(column), format!("`{short}` is {what}"));
    }

    /// Notes a fault of this row.
    pub fn reject(&mut self, column: Option<usize>, reason: String) {
        let (file, header) = self.table;
        let column = column.map(|c| (c + 1, header.get(c).cloned().unwrap_or_default()));
        self.bad.push(BadRow { file: file.to_owned(), line: self.line, column, reason });
    }
}
