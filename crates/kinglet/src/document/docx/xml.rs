//! Events of an XML part: local names and the attributes that Word's parts are read by.

use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};

/// What stands next in a part.
pub(super) enum Piece<'a> {
    /// A start tag: its name without prefix, its `val` and its `styleId`.
    Opens { name: &'a str, val: &'a str, style: &'a str },
    /// An end tag.
    Closes(&'a str),
    /// Text, decoded.
    Says(&'a str),
}

/// Calls `take` with each piece, in order.
///
/// # Errors
/// Where the part is no well-formed XML.
pub(super) fn visit(xml: &str, mut take: impl FnMut(Piece<'_>)) -> Result<(), String> {
    let mut reader = Reader::from_str(xml);
    let mut depth = 0_usize;
    loop {
        let event = reader.read_event().map_err(|error| error.to_string())?;
        match event {
            Event::Start(tag) => {
                depth += 1;
                opens(&tag, &mut take);
            }
            Event::Empty(tag) => {
                opens(&tag, &mut take);
                take(Piece::Closes(&lossy(tag.local_name().as_ref())));
            }
            Event::End(tag) => {
                depth = depth.saturating_sub(1);
                take(Piece::Closes(&lossy(tag.local_name().as_ref())));
            }
            Event::Text(text) => take(Piece::Says(&lossy(&text))),
            Event::CData(text) => take(Piece::Says(&lossy(&text))),
            Event::GeneralRef(reference) => {
                let named = match &*lossy(&reference) {
                    "amp" => Some('&'),
                    "lt" => Some('<'),
                    "gt" => Some('>'),
                    "quot" => Some('"'),
                    "apos" => Some('\''),
                    _ => reference.resolve_char_ref().ok().flatten(),
                };
                let c = named.unwrap_or(char::REPLACEMENT_CHARACTER);
                take(Piece::Says(c.encode_utf8(&mut [0; 4])));
            }
            Event::Eof if depth > 0 => return Err("it ends within an element".to_owned()),
            Event::Eof => return Ok(()),
            Event::Comment(_) | Event::Decl(_) | Event::PI(_) | Event::DocType(_) => {}
        }
    }
}

fn opens(tag: &BytesStart<'_>, take: &mut impl FnMut(Piece<'_>)) {
    let (mut val, mut style) = (String::new(), String::new());
    for attribute in tag.attributes().flatten() {
        match attribute.key.local_name().as_ref() {
            b"val" => val = lossy(&attribute.value),
            b"styleId" => style = lossy(&attribute.value),
            _ => {}
        }
    }
    take(Piece::Opens { name: &lossy(tag.local_name().as_ref()), val: &val, style: &style });
}

fn lossy(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).into_owned()
}
