//! The readers of files: no bytes make them panic, and the places of a text lie in the
//! file, in order.
#![no_main]

use std::io::{Cursor, Write};

use kinglet::document;
use kinglet_core::article;
use kinglet_core::diagnostic::Span;
use libfuzzer_sys::fuzz_target;
use zip::ZipWriter;
use zip::write::SimpleFileOptions;

const NAMES: [&str; 5] = ["a.txt", "a.md", "a.html", "a.docx", "whole.docx"];

/// A sound archive with these bytes as its document: mutations would only damage a packed one.
fn packed(document: &[u8]) -> Vec<u8> {
    let mut archive = ZipWriter::new(Cursor::new(Vec::new()));
    archive.start_file("word/document.xml", SimpleFileOptions::default()).expect("a name");
    archive.write_all(document).expect("memory");
    archive.finish().expect("memory").into_inner()
}

fuzz_target!(|input: (u8, &[u8])| {
    let name = NAMES[usize::from(input.0) % NAMES.len()];
    let bytes = if name == "whole.docx" { packed(input.1) } else { input.1.to_vec() };
    let Ok(read) = document::read(name, bytes) else { return };
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
