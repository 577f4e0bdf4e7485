//! Typst source and drawings in, PDF out. A document sees the files that it is given and the fonts
//! that are compiled in, nothing else: no network, no folder, no package, no clock. So the same
//! input gives the same bytes.

mod world;

use typst::diag::SourceDiagnostic;
use typst::foundations::{Datetime, Smart};
use typst_layout::PagedDocument;
use typst_pdf::{PdfOptions, Timestamp};

use world::Closed;

/// What is printed.
#[derive(Clone, Copy, Debug)]
pub struct Document<'a> {
    /// The Typst source.
    pub source: &'a str,
    /// The drawings that it names, with their names: `relative-strength.svg`.
    pub drawings: &'a [(String, String)],
    /// The day that the document is of: year, month, day. It stands in the file for its creation.
    pub day: (i32, u8, u8),
}

/// The document as PDF.
///
/// # Errors
/// What Typst says of the first thing that it cannot set.
pub fn pdf(document: &Document<'_>) -> Result<Vec<u8>, String> {
    let world = Closed::new(document)?;
    let paged: PagedDocument = typst::compile(&world).output.map_err(|e| said(&e))?;
    let (year, month, day) = document.day;
    let day = Datetime::from_ymd(year, month, day).ok_or("the day is not in the calendar")?;
    let options = PdfOptions {
        creator: Smart::Custom(Some("kinglet".to_owned())),
        timestamp: Some(Timestamp::new_utc(day)),
        ..PdfOptions::default()
    };
    typst_pdf::pdf(&paged, &options).map_err(|e| said(&e))
}

fn said(errors: &[SourceDiagnostic]) -> String {
    errors.first().map_or_else(|| "it gives no reason".to_owned(), |e| e.message.to_string())
}
