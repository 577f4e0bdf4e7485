//! Articles as foreign text: blocks, sentences, typed tokens, claims. Byte offsets are kept from
//! the first byte read.

pub mod assistance;
pub mod block;
pub mod claim;

mod anaphor;
mod aside;
mod choice;
mod count;
mod date;
mod document;
mod entity;
mod extract;
mod gap;
mod hint;
mod lexicon;
mod marks;
mod mask;
mod metric;
mod modality;
mod moment;
mod named;
mod number;
mod parameter;
mod period;
mod place;
mod reader;
mod respectively;
mod scene;
mod sentence;
mod subject;
mod table;
mod token;
mod words;

pub use block::{Block, BlockKind};
pub use choice::{Lesson, Table, Weights};
pub use claim::{Claim, Comparator, Modality, Printed};
pub use document::{Document, Draft};
pub use gap::{Gap, GapKind};
pub use marks::{Marks, Named, marks};
pub use moment::stretch;
pub use named::definitions;
pub(crate) use number::number_word;
pub use place::{Places, Words};

use crate::time::Date;

/// An article as read.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct Article {
    /// The day of publication: as given, else as the text itself says.
    pub published: Option<Date>,
    /// The last session that it reports on, as far as the text shows.
    pub session: Option<Date>,
    /// Its blocks in order, furniture of the page included.
    pub blocks: Vec<Block>,
    /// Its claims in the order of their spans.
    pub claims: Vec<Claim>,
    /// Where it leaves out figures or words.
    pub gaps: Vec<Gap>,
    /// What it is read from, for those who read it again.
    parts: reader::Parts,
}

/// Reads an article: what it claims, and where.
///
/// Any text is read; what is no prose yields no claims. Without a publication date, given or
/// printed, relative periods ("this week") stay open.
///
/// # Example
/// ```
/// use kinglet_core::article;
///
/// let text = "The Russell 2000 rose 2.5% on Thursday.";
/// let read = article::read(text, Some("2025-09-19".parse().unwrap()));
/// let claim = &read.claims[0];
/// assert_eq!((claim.entity.as_str(), claim.metric, claim.value), ("RUT", "return", 2.5));
/// assert_eq!(claim.period_text(), "2025-09-18");
/// ```
pub fn read(text: &str, published: Option<Date>) -> Article {
    reader::read(text, block::blocks(text), published)
}

/// Reads an article by weights of one's own and notes every choice among readings, for fitting.
pub fn lessons(text: &str, published: Option<Date>, weights: &Weights) -> (Article, Vec<Lesson>) {
    let lessons = std::cell::RefCell::new(Vec::new());
    let choices = choice::Choices { weights, lessons: Some(&lessons) };
    let read = reader::read_choosing(text, block::blocks(text), published, choices);
    (read, lessons.into_inner())
}

/// The claims of an article that is read again, once it is known on which session it reports.
pub fn read_again(text: &str, read: &Article, session: Date) -> Vec<Claim> {
    reader::read_again(text, read, session)
}

/// Reads an article that was taken out of a file. Its spans are of the text of the document;
/// [`Places::file`] leads to the file. What stands nowhere in the file claims nothing.
pub fn read_document(document: &Document, published: Option<Date>) -> Article {
    let mut read = reader::read(&document.text, document.blocks.clone(), published);
    read.claims.retain(|claim| {
        let file = document.places.file(claim.span);
        file.start < file.end
    });
    read
}
