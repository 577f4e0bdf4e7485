//! The part of a line around a claim that fits into the width.

use crate::audit::SpanRecord;
use crate::render::plain::{head, tail, visible, width};

/// A line with a token in it.
pub(super) struct Excerpt {
    pub(super) text: String,
    /// Columns before the token.
    pub(super) before: usize,
    /// Columns of the token.
    pub(super) width: usize,
}

const GAP: &str = "… ";

impl Excerpt {
    /// The line of a span, cut to columns so that the token stays in sight.
    pub(super) fn of(article: &str, span: SpanRecord, columns: usize) -> Excerpt {
        let (Some(before), Some(token), Some(after)) =
            (article.get(..span.start), article.get(span.start..span.end), article.get(span.end..))
        else {
            return Excerpt { text: String::new(), before: 0, width: 0 };
        };
        let before = before.rsplit('\n').next().unwrap_or_default();
        let after = after.split('\n').next().unwrap_or_default();
        let before = visible(before.strip_prefix('\u{feff}').unwrap_or(before));
        let after = visible(after.trim_end());
        let token = visible(&token.split_whitespace().collect::<Vec<_>>().join(" "));
        let token = head(&token, columns);
        let room = columns - width(token);
        let left = (room / 2).max(room.saturating_sub(width(&after)));
        let before = ending(&before, left);
        let after = beginning(&after, room.saturating_sub(width(&before)));
        Excerpt {
            before: width(&before),
            width: width(token).max(1),
            text: format!("{before}{token}{after}"),
        }
    }
}

/// The last words of a text that fit.
fn ending(text: &str, columns: usize) -> String {
    if width(text) <= columns {
        return text.to_owned();
    }
    let cut = tail(text, columns.saturating_sub(width(GAP)));
    let cut = cut.split_once(' ').map_or(cut, |(_, words)| words);
    format!("{GAP}{cut}")
}

/// The first words of a text that fit.
fn beginning(text: &str, columns: usize) -> String {
    if width(text) <= columns {
        return text.to_owned();
    }
    let cut = head(text, columns.saturating_sub(width(GAP)));
    let cut = cut.rsplit_once(' ').map_or(cut, |(words, _)| words);
    format!("{cut} …")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn excerpt(article: &str, token: &str, columns: usize) -> (String, usize, usize) {
        let start = article.find(token).expect("there");
        let span = SpanRecord { start, end: start + token.len() };
        let Excerpt { text, before, width } = Excerpt::of(article, span, columns);
        (text, before, width)
    }

    #[test]
    fn cut_at_words_around_the_token() {
        let text = "one two three four five 7.0% six seven eight nine ten";
        let (line, before, _) = excerpt(text, "7.0%", 30);
        assert_eq!(line, "… four five 7.0% six seven …");
        assert_eq!(&line[line.char_indices().nth(before).expect("in it").0..][..4], "7.0%");
        assert_eq!(excerpt("rose 7.0%", "7.0%", 30), ("rose 7.0%".to_owned(), 5, 4));
    }

    /// A wide character takes two columns, a tab four, an escape sequence is shown.
    #[test]
    fn columns_are_those_of_the_terminal() {
        assert_eq!(excerpt("株\t7.0%\r\nx", "7.0%", 40), ("株    7.0%".to_owned(), 6, 4));
        assert_eq!(excerpt("a\n\u{1b}[2J7%", "7%", 40), ("␛[2J7%".to_owned(), 4, 2));
        assert_eq!(excerpt("25\nbasis points", "25\nbasis", 40).0, "25 basis points");
    }

    #[test]
    fn never_wider_than_told() {
        let text = format!("{} 7.0% {}", "wörd ".repeat(50), "株式市場".repeat(50));
        for columns in 10..90 {
            let (line, before, token) = excerpt(&text, "7.0%", columns);
            assert!(width(&line) <= columns, "{columns}: {line}");
            assert!(before + token <= columns, "{columns}: {line}");
        }
    }
}
