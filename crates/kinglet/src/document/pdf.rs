//! PDF: the words of the pages as paragraphs, lists and tables. Running heads, page numbers and
//! marks of notes are left out, lines are joined again, columns are read one after the other.
//!
//! hayro interprets the pages and says where each glyph stands; all else is geometry. Offsets are
//! of the text taken out; [`Found::printed`] holds the lines as printed.

mod column;
mod glyph;
mod hyphen;
mod line;
mod margin;
mod paragraph;

use std::io::Read;

use flate2::read::ZlibDecoder;
use hayro_interpret::{Context, InterpreterCache, InterpreterSettings, interpret_page};
use hayro_syntax::page::Page;
use hayro_syntax::{DecryptionError, LoadPdfError, Pdf};
use kinglet_core::time::Date;
use kurbo::{Affine, Rect};

use self::glyph::Glyphs;
use super::{Dated, Found, Origin, date};

/// The most that a stream of the file may unpack to: a scanned page may be large.
const STREAM_BYTES_MAX: u64 = 256 << 20;

/// The most pages that are read.
const PAGES_MAX: usize = 2000;

/// Reads a PDF, or says why it cannot.
pub(super) fn read(bytes: &[u8]) -> Result<Found, String> {
    if unpacks_beyond_measure(bytes) {
        return Err(format!("unpacks to more than {} MiB", STREAM_BYTES_MAX >> 20));
    }
    let pdf = Pdf::new(bytes.to_vec()).map_err(|error| match error {
        LoadPdfError::Decryption(DecryptionError::PasswordProtected) => {
            "is a PDF with a password; save it without".to_owned()
        }
        LoadPdfError::Decryption(_) => "is an encrypted PDF; save it without".to_owned(),
        LoadPdfError::Invalid => "is a damaged PDF".to_owned(),
    })?;
    let count = pdf.pages().len();
    if count == 0 {
        return Err("is a damaged PDF: it has no pages".to_owned());
    }
    if count > PAGES_MAX {
        return Err(format!("has more than {PAGES_MAX} pages"));
    }
    let cache = InterpreterCache::new();
    let pages: Vec<Glyphs> = pdf.pages().iter().map(|page| glyphs(page, &pdf, &cache)).collect();
    let blank = pages.iter().filter(|page| page.is_picture()).count();
    if pages.iter().all(Glyphs::is_empty) {
        let what = if blank > 0 { "only pictures, as scans do" } else { "no text" };
        return Err(format!("is a PDF that holds {what}; recognise its text first (OCR)"));
    }
    let mut notices = Vec::new();
    if blank > 0 {
        notices.push(format!("{blank} of {count} pages are pictures, whose text is not read"));
    }
    let unread: usize = pages.iter().map(|page| page.unread).sum();
    if unread > 0 {
        notices.push(format!("{unread} characters have no meaning in the file and are left out"));
    }
    let mut pages: Vec<line::Page> = pages.iter().map(line::Page::of).collect();
    margin::leave_out(&mut pages);
    let (content, printed) = paragraph::document(&pages);
    let dated = created(&pdf).map(|date| Dated { date, origin: Origin::Properties });
    Ok(Found { content, dated, notices, printed: Some(printed) })
}

/// The glyphs of a page, y downwards.
fn glyphs<'a>(page: &'a Page<'a>, pdf: &'a Pdf, cache: &InterpreterCache<'a>) -> Glyphs {
    let (width, height) = page.render_dimensions();
    let (width, height) = (f64::from(width), f64::from(height));
    let mut glyphs = Glyphs::of(height);
    let transform = Affine::new(page.initial_transform(true).as_coeffs());
    let area = Rect::new(0.0, 0.0, width, height);
    let settings = InterpreterSettings::default();
    let mut context = Context::new(transform, area, cache, pdf.xref(), settings);
    interpret_page(page, &mut context, &mut glyphs);
    glyphs
}

/// The day on which the file was made.
fn created(pdf: &Pdf) -> Option<Date> {
    let at = pdf.metadata().creation_date?;
    date::published(&format!("{:04}-{:02}-{:02}", at.year, at.month, at.day))
}

/// Whether a deflated stream holds more than may be. The streams are found by their keyword, not
/// through the structure of the file, which may lie in one of them.
fn unpacks_beyond_measure(bytes: &[u8]) -> bool {
    const MARK: &[u8] = b"stream";
    let mut from = 0;
    while let Some(at) = bytes.get(from..).and_then(|rest| find(rest, MARK)) {
        from += at + MARK.len();
        let Some(rest) = bytes.get(from..) else { break };
        let data = rest.strip_prefix(b"\r").unwrap_or(rest);
        let Some(data) = data.strip_prefix(b"\n") else { continue };
        let mut sink = std::io::sink();
        let mut unpacked = ZlibDecoder::new(data).take(STREAM_BYTES_MAX + 1);
        // what is no deflated stream ends at once
        if std::io::copy(&mut unpacked, &mut sink).is_ok_and(|length| length > STREAM_BYTES_MAX)
            || unpacked.limit() == 0
        {
            return true;
        }
    }
    false
}

fn find(bytes: &[u8], mark: &[u8]) -> Option<usize> {
    bytes.windows(mark.len()).position(|window| window == mark)
}
