//! A note as documents: a self-contained page, Markdown, JSON.

mod footnote;
mod html;
mod json;
mod markdown;
pub mod plain;

pub use html::html;
pub use json::json;
pub use markdown::markdown;

/// The lines at the end of a note: whose the indexes are, and that nobody is advised. A house that
/// publishes notes under its own name replaces this text.
pub const HOUSE: &str = include_str!("render/house.txt");

/// A drawing as a file of its own, with the page's colours.
pub fn standalone(svg: &str) -> String {
    html::with_colours(svg)
}
