//! Audits of documents: what was read of the file is said, and spans lead back to its bytes.

use kinglet_core::article;
use kinglet_core::diagnostic::{Diagnostic, Span};
use kinglet_core::query::Reach;
use kinglet_core::time::Date;
use kinglet_core::verdict::{self, Context};
use kinglet_core::view::View;
use serde::Serialize;
use sha2::{Digest, Sha256};

use super::{Article, Audit, Place, SpanRecord, audit, undated};
use crate::document::{Document, Origin};

/// How an article was read from its file.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct DocumentRecord {
    /// What the file is: `text`, `markdown`, `html`, `docx`, `pdf`.
    pub format: &'static str,
    /// What spans count: bytes of the `file`, or of the `text` that was taken out of it.
    pub offsets: &'static str,
    /// Where the day of publication stands: `request`, `text`, `metadata`, `properties`.
    pub published_from: &'static str,
    /// What else a reader must know.
    pub notices: Vec<String>,
}

/// A document whose claims are understood and not yet judged.
#[derive(Debug)]
pub struct Understood<'a> {
    path: &'a str,
    document: &'a Document,
    read: article::Article,
    published: Date,
    origin: Origin,
}

/// Reads the claims of a document. Its day of publication is the one asked for, else that of its
/// metadata, else the one that its words print, else that of its properties.
///
/// # Errors
/// `Usage` where the day of publication is not known.
pub fn understand<'a>(
    path: &'a str,
    document: &'a Document,
    published: Option<Date>,
) -> Result<Understood<'a>, Diagnostic> {
    let (content, dated) = (&document.content, document.dated);
    let stated = dated.filter(|d| d.origin == Origin::Metadata).map(|d| d.date);
    let mut read = article::read_document(content, published.or(stated));
    let mut origin = match (published, stated) {
        (Some(_), _) => Origin::Request,
        (None, Some(_)) => Origin::Metadata,
        (None, None) => Origin::Text,
    };
    if let (None, Some(dated)) = (read.published, dated) {
        read = article::read_document(content, Some(dated.date));
        origin = dated.origin;
    }
    let published = read.published.ok_or_else(|| undated(path))?;
    Ok(Understood { path, document, read, published, origin })
}

impl Understood<'_> {
    /// How far its claims look: what must be loaded to judge them.
    pub fn reach(&self) -> Reach {
        let context =
            Context { text: &self.document.content.text, published: self.published, read: None };
        verdict::reach(&self.read.claims, context)
    }

    /// Judges the claims. Spans are of the text of the document; [`Audit::located`] leads them to
    /// the file.
    pub fn judged(&self, view: &View) -> Audit {
        let Understood { path, document, read, published, origin } = self;
        let text = &document.content.text;
        let article = Article { path, text, published: *published };
        let mut audit = audit(article, read, view).with_gaps(&read.gaps, text);
        let digest = Sha256::digest(&document.bytes);
        audit.article.sha256 = digest.iter().map(|byte| format!("{byte:02x}")).collect();
        audit.article.document = Some(DocumentRecord {
            format: document.format.name(),
            offsets: if document.format.has_places() { "file" } else { "text" },
            published_from: origin.name(),
            notices: document.notices.clone(),
        });
        for claim in &mut audit.claims {
            claim.place = place(document, claim.span);
        }
        audit
    }
}

impl Audit {
    /// The same audit with spans that count bytes of the file, where its format has them.
    #[must_use]
    pub fn located(&self, document: &Document) -> Audit {
        let mut audit = self.clone();
        if !document.format.has_places() {
            return audit;
        }
        let claims = audit.claims.iter_mut().map(|claim| &mut claim.span);
        for span in claims.chain(audit.gaps.iter_mut().map(|gap| &mut gap.span)) {
            *span = in_file(document, *span);
        }
        audit
    }

    /// The same audit with spans of [`Document::source`], if there is one. What stands in the
    /// file otherwise than printed, with a tag in it, is not to be replaced: it has no suggestion.
    #[must_use]
    pub fn in_source(&self, document: &Document) -> Audit {
        let Some(source) = document.source() else { return self.clone() };
        let mut audit = self.located(document);
        for claim in &mut audit.claims {
            let written = source.get(claim.span.start..claim.span.end);
            claim.suggestion = claim.suggestion.take().filter(|_| written == Some(&claim.text));
        }
        audit
    }
}

fn in_file(document: &Document, span: SpanRecord) -> SpanRecord {
    let file = document.content.places.file(Span::new(span.start, span.end));
    SpanRecord { start: file.start, end: file.end }
}

/// Line and column in the file, or on a page of it; none where the file has neither.
pub(super) fn place(document: &Document, span: SpanRecord) -> Option<Place> {
    if let Some(printed) = &document.printed {
        return Some(on_page(printed, in_file(document, span)));
    }
    document.format.has_places().then(|| in_bytes(document, in_file(document, span)))
}

/// Pages end with form feeds; lines are counted on each.
fn on_page(printed: &str, span: SpanRecord) -> Place {
    let before = printed.get(..span.start).unwrap_or(printed);
    let start = before.rfind('\u{c}').map_or(0, |at| at + 1);
    let page = printed.get(start..).unwrap_or_default();
    let span = SpanRecord { start: span.start - start, end: span.end.saturating_sub(start) };
    Place { page: Some(before.matches('\u{c}').count() + 1), ..Place::of(page, span) }
}

fn in_bytes(document: &Document, span: SpanRecord) -> Place {
    let end = span.end.min(document.bytes.len());
    let start = span.start.min(end);
    let mut text = String::from_utf8_lossy(&document.bytes[..start]).into_owned();
    let before = text.len();
    text.push_str(&String::from_utf8_lossy(&document.bytes[start..end]));
    Place::of(&text, SpanRecord { start: before, end: text.len() })
}
