//! Bytes as text: UTF-8, or UTF-16 with its mark. A byte that is neither is read as of
//! Windows-1252, as browsers do, and that is said; places stay those of the file.

use kinglet_core::article::{Places, Words};
use kinglet_core::diagnostic::Span;

/// A text and where it stands in the file.
pub(super) struct Decoded {
    pub(super) text: String,
    pub(super) places: Places,
    pub(super) notices: Vec<String>,
}

/// The characters of bytes 80 to 9f; five of them are none.
const WINDOWS: &str = "€\u{fffd}‚ƒ„…†‡ˆ‰Š‹Œ\u{fffd}Ž\u{fffd}\u{fffd}‘’“”•–—˜™š›œ\u{fffd}žŸ";

pub(super) fn decode(bytes: &[u8]) -> Decoded {
    match bytes {
        [0xff, 0xfe, rest @ ..] => wide(rest, u16::from_le_bytes),
        [0xfe, 0xff, rest @ ..] => wide(rest, u16::from_be_bytes),
        _ => narrow(bytes),
    }
}

fn narrow(bytes: &[u8]) -> Decoded {
    if let Ok(text) = std::str::from_utf8(bytes) {
        let text = text.to_owned();
        return Decoded { text, places: Places::default(), notices: Vec::new() };
    }
    let (mut words, mut at, mut wrong) = (Words::exact(), 0, 0);
    for chunk in bytes.utf8_chunks() {
        words.verbatim(chunk.valid(), at);
        at += chunk.valid().len();
        for &byte in chunk.invalid() {
            let c = WINDOWS.chars().nth(usize::from(byte).wrapping_sub(0x80));
            let text = c.unwrap_or(char::from(byte)).to_string();
            words.decoded(&text, Span::new(at, at + 1));
            at += 1;
            wrong += 1;
        }
    }
    let (text, places) = words.places();
    let bytes = if wrong == 1 { "byte is" } else { "bytes are" };
    let notice = format!("{wrong} {bytes} no UTF-8 and read as of Windows-1252");
    Decoded { text, places, notices: vec![notice] }
}

fn wide(bytes: &[u8], unit: fn([u8; 2]) -> u16) -> Decoded {
    let units = bytes.as_chunks::<2>().0.iter().map(|pair| unit(*pair));
    let (mut words, mut at, mut wrong) = (Words::exact(), 2, 0);
    for c in char::decode_utf16(units) {
        wrong += usize::from(c.is_err());
        let c = c.unwrap_or(char::REPLACEMENT_CHARACTER);
        let length = 2 * c.len_utf16();
        words.decoded(c.encode_utf8(&mut [0; 4]), Span::new(at, at + length));
        at += length;
    }
    let (text, places) = words.places();
    let mut notices = vec!["the file is UTF-16; offsets are bytes of the file".to_owned()];
    if wrong > 0 {
        notices.push(format!("{wrong} of its characters are none"));
    }
    Decoded { text, places, notices }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(bytes: &[u8], text: &str, find: &str, file: (usize, usize)) {
        let decoded = decode(bytes);
        assert_eq!(decoded.text, text);
        let at = text.find(find).unwrap();
        let span = decoded.places.file(Span::new(at, at + find.len()));
        assert_eq!((span.start, span.end), file);
    }

    #[test]
    fn offsets_are_of_the_file() {
        check("é 7%".as_bytes(), "é 7%", "7%", (3, 5));
        check(b"\x93up\x94 \x96 7\xa0%", "“up” – 7\u{a0}%", "7\u{a0}%", (7, 10));
        check(b"\xff\xfeu\0p\0 \x007\0%\0", "up 7%", "7%", (8, 12));
        check(b"a\xffb 7%", "aÿb 7%", "7%", (4, 6));
        assert_eq!(decode(b"\x81").notices.len(), 1);
    }
}
