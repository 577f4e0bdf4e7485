//! Documents: articles as plain text, Markdown, HTML, Word or PDF, read into the blocks that the
//! auditor reads, with the place of every byte in the file.
//!
//! The format is told from the content first and from the name second. Files come from strangers:
//! a file has [`FILE_BYTES_MAX`] bytes at most, each of its parts unpacks to [`TEXT_BYTES_MAX`] at
//! most, and what is damaged is one diagnostic.

mod charset;
mod date;
mod docx;
mod format;
mod grid;
mod html;
mod markdown;
mod pdf;
mod table;

pub use format::Format;

use kinglet_core::article;
use kinglet_core::diagnostic::{Code, Diagnostic};
use kinglet_core::time::Date;

/// The largest file that is read.
pub const FILE_BYTES_MAX: usize = 64 << 20;

/// The most that a part of a file may unpack to.
pub const TEXT_BYTES_MAX: usize = 32 << 20;

/// An article as read from a file.
#[derive(Clone, Debug)]
pub struct Document {
    /// What the file is.
    pub format: Format,
    /// Its words, as blocks with places.
    pub content: article::Document,
    /// When it says that it was published, outside its words.
    pub dated: Option<Dated>,
    /// What a reader of the audit must know: bytes that are no UTF-8.
    pub notices: Vec<String>,
    /// The lines of a PDF as printed, each page ended by a form feed: what places are of.
    pub printed: Option<String>,
    /// The file as it is.
    pub bytes: Vec<u8>,
}

/// A day of publication and who says so.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Dated {
    /// The day, in New York.
    pub date: Date,
    /// Where it stands.
    pub origin: Origin,
}

/// Where a day of publication stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Origin {
    /// In the request: `--published`.
    Request,
    /// In the words of the article.
    Text,
    /// In the metadata of a page or the front matter of a Markdown file.
    Metadata,
    /// In the properties of a Word file or a PDF, which say when the file was made.
    Properties,
}

impl Origin {
    /// The name in JSON.
    pub fn name(self) -> &'static str {
        match self {
            Origin::Request => "request",
            Origin::Text => "text",
            Origin::Metadata => "metadata",
            Origin::Properties => "properties",
        }
    }
}

impl Document {
    /// The file as text, where spans can be led to it and it is UTF-8.
    pub fn source(&self) -> Option<&str> {
        std::str::from_utf8(&self.bytes).ok().filter(|_| self.format.has_places())
    }
}

/// What a reader of one format finds.
#[derive(Debug, Default)]
struct Found {
    content: article::Document,
    dated: Option<Dated>,
    notices: Vec<String>,
    printed: Option<String>,
}

/// Reads a document; `name` is what the file is called, for its extension and in messages.
///
/// # Errors
/// `Article` where nothing is in it, `Document` where it is too large, damaged or of a format that
/// is not read.
pub fn read(name: &str, bytes: Vec<u8>) -> Result<Document, Diagnostic> {
    if bytes.len() > FILE_BYTES_MAX {
        let most = FILE_BYTES_MAX >> 20;
        return Err(refused(name, &format!("is larger than {most} MiB")));
    }
    let format = Format::of(name, &bytes).map_err(|why| refused(name, &why))?;
    let found = match format {
        Format::Text => Ok(text(&bytes)),
        Format::Markdown => Ok(markdown::read(&bytes)),
        Format::Html => Ok(html::read(&bytes)),
        Format::Docx => docx::read(&bytes),
        Format::Pdf => pdf::read(&bytes),
    };
    let found = found.map_err(|why| refused(name, &why))?;
    if found.content.text.trim().is_empty() {
        let message = match bytes.iter().all(u8::is_ascii_whitespace) {
            true => format!("{name} is empty"),
            false => format!("{name} holds no text"),
        };
        return Err(Diagnostic::new(Code::Article, message));
    }
    let Found { content, dated, notices, printed } = found;
    Ok(Document { format, content, dated, notices, printed, bytes })
}

fn text(bytes: &[u8]) -> Found {
    let decoded = charset::decode(bytes);
    let mut content = article::Document::plain(decoded.text);
    content.places = decoded.places;
    Found { content, notices: decoded.notices, ..Found::default() }
}

/// Whether raised text is the mark of a note: it is no part of the figure before it.
fn is_note_mark(text: &str) -> bool {
    text.trim().chars().all(|c| c.is_ascii_digit() || "[](),*†‡§ ".contains(c))
}

fn refused(name: &str, why: &str) -> Diagnostic {
    Diagnostic::new(Code::Document, format!("{name} {why}"))
        .note("plain text, Markdown, HTML, Word (docx) and PDF are read")
}
