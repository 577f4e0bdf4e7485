//! Where a span stands in a text, as people, editors and programs count.

use serde::Serialize;

use super::SpanRecord;

/// A span of a text as line and column, in characters and in bytes.
///
/// Lines end with a line feed, before which a carriage return is no column. Lines and columns count
/// from one, offsets from zero; ends are exclusive. A byte order mark is counted in bytes alone.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct Place {
    /// The page, where there are pages; lines and characters are counted on it.
    pub page: Option<usize>,
    /// Line of the first character.
    pub line: usize,
    /// Column of the first character.
    #[serde(skip)]
    pub column: usize,
    /// Line of the end.
    #[serde(skip)]
    pub line_end: usize,
    /// Column of the end.
    #[serde(skip)]
    pub column_end: usize,
    /// Characters before the first one.
    #[serde(skip)]
    pub chars: usize,
    /// How many characters.
    #[serde(skip)]
    pub chars_length: usize,
}

impl Place {
    /// The place of a span; one that does not fit the text stands where the text ends.
    pub fn of(text: &str, span: SpanRecord) -> Place {
        let before = upto(text, span.start);
        let through = upto(text, span.end.max(span.start));
        let (line, column) = position(before);
        let (line_end, column_end) = position(through);
        let chars = count(before);
        Place {
            page: None,
            line,
            column,
            line_end,
            column_end,
            chars,
            chars_length: count(through) - chars,
        }
    }
}

fn upto(text: &str, byte: usize) -> &str {
    &text[..text.floor_char_boundary(byte)]
}

fn count(text: &str) -> usize {
    text.strip_prefix('\u{feff}').unwrap_or(text).chars().count()
}

fn position(before: &str) -> (usize, usize) {
    let start = before.rfind('\n').map_or(0, |at| at + 1);
    let lines = before.bytes().filter(|b| *b == b'\n').count();
    (lines + 1, count(&before[start..]) + 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn place(text: &str, token: &str) -> Place {
        let start = text.find(token).expect("there");
        Place::of(text, SpanRecord { start, end: start + token.len() })
    }

    /// Counted by hand.
    #[test]
    fn wide_characters_and_carriage_returns() {
        let text = "naïve株\r\n“up” 7.0%\r\n";
        let want = Place {
            page: None,
            line: 2,
            column: 6,
            line_end: 2,
            column_end: 10,
            chars: 13,
            chars_length: 4,
        };
        assert_eq!(place(text, "7.0%"), want);
    }

    #[test]
    fn a_byte_order_mark_is_no_column() {
        let want = Place {
            page: None,
            line: 1,
            column: 1,
            line_end: 1,
            column_end: 5,
            chars: 0,
            chars_length: 4,
        };
        assert_eq!(place("\u{feff}7.0% up", "7.0%"), want);
    }

    #[test]
    fn spans_across_lines_and_beyond_the_text() {
        let got = place("a\nb 25\nbasis c", "25\nbasis");
        assert_eq!((got.line, got.column, got.line_end, got.column_end), (2, 3, 3, 6));
        let beyond = Place::of("ab", SpanRecord { start: 7, end: 9 });
        assert_eq!((beyond.chars, beyond.chars_length), (2, 0));
    }
}
