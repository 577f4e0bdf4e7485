//! The lines of a feed, in batches.

use std::io::{self, BufRead};
use std::sync::{Mutex, PoisonError};

/// The longest line that is read: articles have some thousand characters.
pub(super) const LINE_MAX: usize = 1 << 20;
/// A batch is closed with so many lines or bytes.
const BATCH_LINES: usize = 64;
const BATCH_BYTES: usize = 1 << 18;

/// Some lines in a row.
pub(super) struct Batch {
    /// Its place among the batches.
    pub(super) number: u64,
    first: u64,
    bytes: Vec<u8>,
    /// Where each line ends; none that is too long was kept.
    ends: Vec<Option<usize>>,
}

/// A line of a feed.
pub(super) struct Line<'a> {
    /// Its number, from one.
    pub(super) number: u64,
    /// Its bytes; none if there are too many.
    pub(super) bytes: Option<&'a [u8]>,
}

impl Batch {
    /// Its lines in order.
    pub(super) fn lines(&self) -> impl Iterator<Item = Line<'_>> {
        let mut start = 0;
        (self.first..).zip(&self.ends).map(move |(number, end)| {
            let bytes = end.map(|end| &self.bytes[std::mem::replace(&mut start, end)..end]);
            Line { number, bytes }
        })
    }
}

/// What hands out batches.
pub(super) struct Intake<R> {
    source: R,
    batches: u64,
    lines: u64,
    ended: bool,
    error: Option<io::Error>,
}

impl<R: BufRead> Intake<R> {
    pub(super) fn new(source: R) -> Self {
        Intake { source, batches: 0, lines: 0, ended: false, error: None }
    }

    /// The next batch, if the feed has not ended.
    pub(super) fn next(shared: &Mutex<Self>) -> Option<Batch> {
        shared.lock().unwrap_or_else(PoisonError::into_inner).batch()
    }

    /// Why the feed broke off, and after which line.
    pub(super) fn into_error(self) -> Option<(u64, io::Error)> {
        self.error.map(|error| (self.lines, error))
    }

    fn batch(&mut self) -> Option<Batch> {
        let (number, first) = (self.batches, self.lines + 1);
        let mut batch = Batch { number, first, bytes: Vec::new(), ends: Vec::new() };
        while !self.ended && batch.ends.len() < BATCH_LINES && batch.bytes.len() < BATCH_BYTES {
            match self.line(&mut batch.bytes) {
                Ok(Some(end)) => {
                    batch.ends.push(end);
                    self.lines += 1;
                }
                Ok(None) => self.ended = true,
                Err(error) => {
                    self.ended = true;
                    self.error = Some(error);
                }
            }
        }
        self.batches += 1;
        (!batch.ends.is_empty()).then_some(batch)
    }

    /// Appends a line without its break; where it ends, if it is not too long.
    fn line(&mut self, bytes: &mut Vec<u8>) -> io::Result<Option<Option<usize>>> {
        let start = bytes.len();
        let mut length = 0_usize;
        loop {
            let found = match self.source.fill_buf() {
                Err(error) if error.kind() == io::ErrorKind::Interrupted => continue,
                found => found?,
            };
            if found.is_empty() && length == 0 {
                return Ok(None);
            }
            let at = found.iter().position(|&b| b == b'\n');
            let piece = &found[..at.unwrap_or(found.len())];
            let ended = at.is_some() || found.is_empty();
            length = length.saturating_add(piece.len() + usize::from(at.is_some()));
            if bytes.len() - start <= LINE_MAX {
                bytes.extend_from_slice(piece);
            }
            let used = piece.len() + usize::from(at.is_some());
            self.source.consume(used);
            if ended {
                break;
            }
        }
        if bytes.len() - start > LINE_MAX {
            bytes.truncate(start);
            return Ok(Some(None));
        }
        Ok(Some(Some(bytes.len())))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Lines as they come out, whatever the buffer; `None` for one that is too long.
    fn lines(text: &[u8], capacity: usize) -> Vec<Option<Vec<u8>>> {
        let intake = Mutex::new(Intake::new(io::BufReader::with_capacity(capacity, text)));
        let mut out = Vec::new();
        while let Some(batch) = Intake::next(&intake) {
            for line in batch.lines() {
                out.push(line.bytes.map(<[u8]>::to_vec));
                assert_eq!(line.number, out.len() as u64);
            }
        }
        out
    }

    #[test]
    fn every_line_once_whatever_the_buffer() {
        let some = |text: &str| Some(text.as_bytes().to_vec());
        for capacity in [1, 2, 3, 100] {
            assert_eq!(lines(b"a\n\nbc\nd", capacity), ["a", "", "bc", "d"].map(some));
            assert_eq!(lines(b"a\n", capacity), ["a"].map(some));
            assert_eq!(lines(b"", capacity), []);
        }
        let many = "x\n".repeat(3 * BATCH_LINES + 1);
        assert_eq!(lines(many.as_bytes(), 7).len(), 3 * BATCH_LINES + 1);
    }

    #[test]
    fn a_line_that_is_too_long_is_passed_over() {
        let long = format!("a\n{}\nb\n{}", "x".repeat(LINE_MAX + 1), "y".repeat(LINE_MAX));
        let got = lines(long.as_bytes(), 1 << 16);
        let lengths: Vec<_> = got.iter().map(|line| line.as_ref().map(Vec::len)).collect();
        assert_eq!(lengths, [Some(1), None, Some(1), Some(LINE_MAX)]);
    }
}
