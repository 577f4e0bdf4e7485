//! Places: where the bytes of a text that was taken out of a file stand in that file.

use crate::diagnostic::Span;

/// From the bytes of a text to those of the file that it was taken from. Monotone: what comes later
/// in the text does not come earlier in the file.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Places {
    /// In order and without gaps; none where the text is the file.
    pieces: Vec<Piece>,
    /// Where the file that the pieces speak of is itself the decoded form of another.
    below: Option<Box<Places>>,
}

/// A stretch of the text and what it stands for in the file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Piece {
    /// Its first byte in the text.
    text: usize,
    /// Its bytes in the file; none for what the text adds.
    file: Span,
    /// Whether it stands in the file byte for byte; else it is there as a whole: `&amp;` for `&`.
    verbatim: bool,
}

impl Places {
    /// The bytes of the file that a stretch of the text was read from, marks between them included.
    ///
    /// A stretch that the text adds is empty in the file.
    pub fn file(&self, span: Span) -> Span {
        let here = self.own(span);
        self.below.as_ref().map_or(here, |below| below.file(here))
    }

    /// The places of a text in a file of which this is the decoded form.
    #[must_use]
    pub fn on(self, below: Places) -> Places {
        let below = (!below.pieces.is_empty()).then(|| Box::new(below));
        Places { below, ..self }
    }

    fn own(&self, span: Span) -> Span {
        let Some(first) = self.at(span.start) else { return span };
        let start = match first.verbatim {
            true => (first.file.start + (span.start - first.text)).min(first.file.end),
            false => first.file.start,
        };
        let last = self.at(span.end.saturating_sub(1)).filter(|_| span.end > span.start);
        let end = last.map_or(start, |last| match last.verbatim {
            true => (last.file.start + (span.end - last.text)).min(last.file.end),
            false => last.file.end,
        });
        Span::new(start, end.max(start))
    }

    /// The piece that a byte of the text lies in, or the last one.
    fn at(&self, byte: usize) -> Option<&Piece> {
        let after = self.pieces.partition_point(|p| p.text <= byte);
        self.pieces.get(after.saturating_sub(1))
    }
}

/// A text in the making, with its places. Unless it is exact, white space is folded: a run of it is
/// one space, and none stands at the ends.
#[derive(Clone, Debug, Default)]
pub struct Words {
    text: String,
    pieces: Vec<Piece>,
    /// White space that is a space if something follows.
    pending: Option<Span>,
    exact: bool,
}

impl Words {
    /// A text that keeps its white space.
    pub fn exact() -> Words {
        Words { exact: true, ..Words::default() }
    }

    /// Adds what stands in the file at byte `at`, byte for byte.
    pub fn verbatim(&mut self, text: &str, at: usize) {
        if self.exact {
            return self.push(text, Span::new(at, at + text.len()), true);
        }
        let mut from = 0;
        while from < text.len() {
            let rest = &text[from..];
            let words = rest.find(|c: char| c.is_ascii_whitespace()).unwrap_or(rest.len());
            if words > 0 {
                self.push(&rest[..words], Span::new(at + from, at + from + words), true);
                from += words;
                continue;
            }
            let blank =
                rest.len() - rest.trim_start_matches(|c: char| c.is_ascii_whitespace()).len();
            self.space(Span::new(at + from, at + from + blank));
            from += blank;
        }
    }

    /// Adds what the file says otherwise: `&` for its `&amp;`.
    pub fn decoded(&mut self, text: &str, file: Span) {
        if !self.exact && !text.is_empty() && text.bytes().all(|b| b.is_ascii_whitespace()) {
            self.space(file);
        } else {
            self.push(text, file, false);
        }
    }

    /// Adds white space.
    pub fn space(&mut self, file: Span) {
        self.pending = self.pending.or(Some(file)).filter(|_| !self.text.is_empty());
    }

    /// Adds a text that does not stand in the file.
    pub fn made(&mut self, text: &str) {
        let end = self.pieces.last().map_or(0, |p| p.file.end);
        self.push(text, Span::new(end, end), false);
    }

    /// Adds words read elsewhere, behind these in the file.
    pub fn append(&mut self, other: &Words) {
        for (i, piece) in other.pieces.iter().enumerate() {
            let end = other.pieces.get(i + 1).map_or(other.text.len(), |next| next.text);
            self.push(&other.text[piece.text..end], piece.file, piece.verbatim);
        }
    }

    /// The text so far.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// Its places.
    pub fn places(self) -> (String, Places) {
        (self.text, Places { pieces: self.pieces, below: None })
    }

    /// The same words as a text that does not stand in the file.
    #[must_use]
    pub fn repeated(&self) -> Words {
        let end = self.pieces.last().map_or(0, |p| p.file.end);
        let file = Span::new(end, end);
        let pieces = vec![Piece { text: 0, file, verbatim: false }];
        Words { text: self.text.clone(), pieces, ..Words::default() }
    }

    /// The same words with a slash for each bar, which would end a cell.
    pub(super) fn without_bars(&self) -> Words {
        Words { text: self.text.replace('|', "/"), ..self.clone() }
    }

    fn push(&mut self, text: &str, file: Span, verbatim: bool) {
        if text.is_empty() {
            return;
        }
        if let Some(space) = self.pending.take() {
            self.piece(" ", space, false);
        }
        self.piece(text, file, verbatim);
    }

    fn piece(&mut self, text: &str, file: Span, verbatim: bool) {
        let at = self.text.len();
        self.text.push_str(text);
        // what was added before may stand later in the file than what a reader adds now
        let floor = self.pieces.last().map_or(0, |p| p.file.end);
        let kept = verbatim && file.start >= floor;
        let file = Span::new(file.start.max(floor), file.end.max(floor));
        match self.pieces.last_mut() {
            Some(last) if last.verbatim && kept && last.file.end == file.start => {
                last.file.end = file.end;
            }
            _ => self.pieces.push(Piece { text: at, file, verbatim: kept }),
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn entities_and_folded_space() {
        // "S&amp;P  500\n" at byte 10 of a file
        let mut words = Words::default();
        words.verbatim(" S", 9);
        words.decoded("&", Span::new(11, 16));
        words.verbatim("P  500\n", 16);
        let (text, places) = words.places();
        assert_eq!(text, "S&P 500");
        assert_eq!(places.file(Span::new(0, 3)), Span::new(10, 17));
        assert_eq!(places.file(Span::new(4, 7)), Span::new(19, 22));
        assert_eq!(places.file(Span::new(1, 2)), Span::new(11, 16));
        assert_eq!(places.file(Span::new(3, 4)), Span::new(17, 19));
    }

    #[test]
    fn layers() {
        let mut lower = Words::default();
        lower.decoded("é", Span::new(0, 1));
        lower.verbatim("5%", 1);
        let mut upper = Words::default();
        upper.verbatim("5%", 2);
        let (_, places) = upper.places();
        assert_eq!(places.on(lower.places().1).file(Span::new(0, 2)), Span::new(1, 3));
        assert_eq!(Places::default().file(Span::new(3, 5)), Span::new(3, 5));
    }

    /// A part of a file: words, an entity, or a text of the reader's own.
    fn part() -> impl Strategy<Value = (u8, String)> {
        (0..3u8, "[a-z0-9é%. \n]{0,6}")
    }

    proptest! {
        /// Words stand in the file as in the text; starts and ends never run backwards.
        #[test]
        fn exact_and_monotone(parts in prop::collection::vec(part(), 0..12)) {
            let (mut file, mut words) = (String::new(), Words::default());
            for (kind, text) in &parts {
                let at = file.len();
                match kind {
                    0 => {
                        file.push_str(text);
                        words.verbatim(text, at);
                    }
                    1 => {
                        file.push_str("&amp;");
                        words.decoded("&", Span::new(at, at + 5));
                    }
                    _ => words.made("+"),
                }
            }
            let (text, places) = words.places();
            let mut last = Span::new(0, 0);
            for (at, c) in text.char_indices() {
                let here = places.file(Span::new(at, at + c.len_utf8()));
                prop_assert!(here.start >= last.start && here.end >= last.end);
                last = here;
                let source = &file[here.start..here.end];
                match c {
                    '&' => prop_assert_eq!(source, "&amp;"),
                    '+' => prop_assert_eq!(source, ""),
                    ' ' => prop_assert!(source.bytes().all(|b| b.is_ascii_whitespace())),
                    c => prop_assert_eq!(source, c.to_string()),
                }
            }
        }
    }
}
