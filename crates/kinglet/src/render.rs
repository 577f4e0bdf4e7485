//! A note as documents: a self-contained page, Markdown, JSON.

mod footnote;
mod html;
mod json;
mod markdown;
pub mod plain;

pub use html::html;
pub use json::json;
pub use markdown::markdown;

/// A drawing as a file of its own, with the page's colours.
pub fn standalone(svg: &str) -> String {
    html::with_colours(svg)
}
