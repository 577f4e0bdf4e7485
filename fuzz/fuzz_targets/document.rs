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

const NAMES: [&str; 7] = ["a.txt", "a.md", "a.html", "a.docx", "whole.docx", "a.pdf", "whole.pdf"];

/// A sound archive with these bytes as its document: mutations would only damage a packed one.
fn packed(document: &[u8]) -> Vec<u8> {
    let mut archive = ZipWriter::new(Cursor::new(Vec::new()));
    archive.start_file("word/document.xml", SimpleFileOptions::default()).expect("a name");
    archive.write_all(document).expect("memory");
    archive.finish().expect("memory").into_inner()
}

/// A sound PDF of one page with these bytes as what is drawn on it.
fn drawn(content: &[u8]) -> Vec<u8> {
    let stream = format!("<</Length {}>>stream\n", content.len());
    let objects: [&[&[u8]]; 5] = [
        &[b"<</Type/Catalog/Pages 2 0 R>>"],
        &[b"<</Type/Pages/Kids[3 0 R]/Count 1>>"],
        &[b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 612 792]/Contents 4 0 R/Resources<</Font\
            <</F1 5 0 R>>>>>>"],
        &[stream.as_bytes(), content, b"\nendstream"],
        &[b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>"],
    ];
    let mut file = b"%PDF-1.4\n".to_vec();
    let mut places = String::new();
    for (at, object) in objects.iter().enumerate() {
        places += &format!("{:010} 00000 n \n", file.len());
        file.extend(format!("{} 0 obj\n", at + 1).bytes());
        object.iter().for_each(|part| file.extend(*part));
        file.extend(b"\nendobj\n");
    }
    let table = file.len();
    let count = objects.len() + 1;
    let end = format!(
        "xref\n0 {count}\n0000000000 65535 f \n{places}trailer\n<</Size {count}/Root 1 0 R>>\n\
         startxref\n{table}\n%%EOF\n"
    );
    file.extend(end.bytes());
    file
}

fuzz_target!(|input: (u8, &[u8])| {
    let name = NAMES[usize::from(input.0) % NAMES.len()];
    let bytes = match name {
        "whole.docx" => packed(input.1),
        "whole.pdf" => drawn(input.1),
        _ => input.1.to_vec(),
    };
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
