//! The readers of files: no bytes make them panic, and the places of a text lie in the
//! file, in order.
#![no_main]

use kinglet::document;
use kinglet_core::article;
use kinglet_core::diagnostic::Span;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|input: (u8, &[u8])| {
    let name = ["a.txt", "a.md", "a.html", "a.docx"][usize::from(input.0 % 4)];
    let Ok(read) = document::read(name, input.1.to_vec()) else { return };
    let text = &read.content.text;
    let mut last = Span::new(0, 0);
    for (at, c) in text.char_indices().filter(|_| read.format.has_places()) {
        let file = read.content.places.file(Span::new(at, at + c.len_utf8()));
        assert!(file.start >= last.start && file.end <= read.bytes.len(), "{file:?}");
        last = file;
    }
    for claim in article::read_document(&read.content, None).claims {
        let printed = text.get(claim.span.start..claim.span.end);
        assert_eq!(printed, Some(claim.printed.text.as_str()));
    }
});
