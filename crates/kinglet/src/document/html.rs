//! Pages: the main text and its tables. Navigation, scripts, asides and footers are left out.
//!
//! The tokenizer is html5gum, which follows the standard and says where each token stands. The tree
//! is not built: what a reader needs is which elements are open, so any page is read in one pass
//! and depth costs nothing.

mod meta;
mod page;
mod reference;

use std::convert::Infallible;

use html5gum::emitters::callback::{CallbackEmitter, CallbackEvent};
use html5gum::{Span, Tokenizer};

use self::page::Page;
use super::{Found, charset};

/// The attributes that are looked at.
#[derive(Debug, Default)]
struct Tag {
    name: String,
    attributes: Vec<(String, String)>,
}

impl Tag {
    fn get(&self, name: &str) -> Option<&str> {
        self.attributes.iter().find(|(key, _)| key == name).map(|(_, value)| value.as_str())
    }

    fn number(&self, name: &str) -> usize {
        self.get(name).and_then(|n| n.trim().parse().ok()).unwrap_or(1)
    }
}

/// Reads a page. Any text is one.
pub(super) fn read(bytes: &[u8]) -> Found {
    let decoded = charset::decode(bytes);
    let text = decoded.text.as_str();
    let mut page = Page::default();
    let mut open = Tag::default();
    let mut emitter = CallbackEmitter::new(|event: CallbackEvent<'_>, span: Span<usize>| {
        match event {
            CallbackEvent::OpenStartTag { name } => {
                open = Tag { name: lossy(name), attributes: Vec::new() };
            }
            CallbackEvent::AttributeName { name } => {
                open.attributes.push((lossy(name), String::new()));
            }
            CallbackEvent::AttributeValue { value } => {
                if let Some((_, last)) = open.attributes.last_mut() {
                    *last = lossy(value);
                }
            }
            CallbackEvent::CloseStartTag { .. } => page.opens(&open),
            CallbackEvent::EndTag { name } => page.closes(&lossy(name)),
            CallbackEvent::String { value } => {
                page.says(
                    text,
                    &lossy(value),
                    kinglet_core::diagnostic::Span::new(
                        span.start.min(text.len()),
                        span.end.clamp(span.start.min(text.len()), text.len()),
                    ),
                );
            }
            CallbackEvent::Comment { .. }
            | CallbackEvent::Doctype { .. }
            | CallbackEvent::Error(_) => {}
        }
        None::<Infallible>
    });
    emitter.naively_switch_states(true);
    let Ok(()) = Tokenizer::new_with_emitter(text, emitter).finish();
    let (mut content, dated) = page.finish();
    content.places = content.places.on(decoded.places);
    Found { content, dated, notices: decoded.notices, printed: None }
}

fn lossy(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).into_owned()
}
