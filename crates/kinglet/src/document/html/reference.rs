//! Character references: which bytes of the file stand for which characters.

use html5gum::{Token, Tokenizer};
use kinglet_core::article::Words;
use kinglet_core::diagnostic::Span;

/// Adds a run of text whose source is `raw`, at byte `at`, and whose references are decoded in
/// `value`.
pub(super) fn add(words: &mut Words, raw: &str, at: usize, value: &str) {
    if raw == value {
        return words.verbatim(raw, at);
    }
    let (mut from, mut left) = (0, value);
    while from < raw.len() {
        let rest = &raw[from..];
        let plain = rest.find(['&', '\r', '\0']).unwrap_or(rest.len());
        let Some(after) = left.strip_prefix(&rest[..plain]) else { break };
        words.verbatim(&rest[..plain], at + from);
        (from, left) = (from + plain, after);
        let Some((length, text)) = special(&raw[from..], left) else { break };
        left = &left[text.len()..];
        // soft hyphens are seen by nobody
        if text != "\u{ad}" {
            words.decoded(&text, Span::new(at + from, at + from + length));
        }
        from += length;
    }
    if from < raw.len() || !left.is_empty() {
        words.decoded(left, Span::new(at + from, at + raw.len()));
    }
}

/// The length in the source of a reference, a line break or a null, and what it stands for in the
/// decoded text.
fn special(raw: &str, value: &str) -> Option<(usize, String)> {
    let (length, text) = match raw.bytes().next()? {
        b'\r' => (if raw.starts_with("\r\n") { 2 } else { 1 }, "\n".to_owned()),
        b'\0' => (1, value.chars().next()?.to_string()),
        _ => reference(raw),
    };
    value.starts_with(&text).then_some((length, text))
}

/// A reference at the start of a text; an ampersand that opens none stands for itself.
fn reference(raw: &str) -> (usize, String) {
    let name = |b: &u8| b.is_ascii_alphanumeric() || *b == b'#';
    let mut length = 1 + raw.bytes().skip(1).take(40).take_while(name).count();
    length += usize::from(raw[length..].starts_with(';'));
    let mut text: String = Tokenizer::new(&raw[..length])
        .filter_map(|token| match token {
            Ok(Token::String(text)) => Some(String::from_utf8_lossy(&text).into_owned()),
            _ => None,
        })
        .collect();
    // "&nbsp7" is a reference without its end and a figure
    let pairs = raw[..length].bytes().rev().zip(text.bytes().rev());
    let glued = pairs.take_while(|(a, b)| a == b).count().min(length - 1);
    text.truncate(text.len() - glued);
    (length - glued, text)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_reference_has_its_place() {
        let raw = "S&amp;P\r\n500&#8217;s &nbsp;7&#37; & &notit; &bogus; AT&T&shy;s";
        let value = "S&P\n500’s \u{a0}7% & ¬it; &bogus; AT&T\u{ad}s";
        let mut words = Words::default();
        add(&mut words, raw, 100, value);
        let (text, places) = words.places();
        assert_eq!(text, "S&P 500’s \u{a0}7% & ¬it; &bogus; AT&Ts");
        let source = |part: &str| {
            let at = text.find(part).unwrap();
            let file = places.file(Span::new(at, at + part.len()));
            &raw[file.start - 100..file.end - 100]
        };
        assert_eq!(source("&P"), "&amp;P");
        assert_eq!(source("500’s"), "500&#8217;s");
        assert_eq!(source("7%"), "7&#37;");
        assert_eq!(source("¬it;"), "&notit;");
        assert_eq!(source("&bogus;"), "&bogus;");
        assert_eq!(source("AT&T"), "AT&T");
        assert_eq!(source("AT&Ts"), "AT&T&shy;s");
    }
}
