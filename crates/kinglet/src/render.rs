//! A note as documents: a page, Markdown, JSON, a source for print, a script to be read aloud, a
//! feed, a letter, a workbook, lines of a terminal.

mod atom;
mod footnote;
mod html;
mod json;
mod lines;
mod mail;
mod markdown;
pub mod plain;
mod spoken;
mod typst;
mod workbook;

pub use atom::atom;
pub use html::html;
pub use json::json;
pub use lines::lines;
pub use mail::mail;
pub use markdown::markdown;
pub use spoken::spoken;
pub use typst::typst;
pub use workbook::workbook;

/// A drawing as a file of its own, with the page's colours.
pub fn standalone(svg: &str) -> String {
    html::with_colours(svg)
}
