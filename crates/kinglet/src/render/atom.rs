//! A note as an Atom feed of one entry (RFC 4287). Its ids follow from what it is of, and its time
//! is the day that it is as of, so that the same note is the same entry in every reader.

use kinglet_core::note::Note;
use sha2::{Digest, Sha256};

use super::mail;
use crate::html::escape;

/// The feed; the page and the feed itself are named as files beside it.
pub fn atom(note: &Note) -> String {
    let day = note.data.as_of;
    let subject = note.standfirst.text();
    let entry = urn(&format!("entry {day} {subject} {}", note.data.version));
    let updated = format!("{day}T00:00:00Z");
    let title = escape(&note.headline.text());
    format!(
        "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n\
         <feed xmlns=\"http://www.w3.org/2005/Atom\" xml:lang=\"en\">\n\
         <title>kinglet case</title>\n<id>{}</id>\n<updated>{updated}</updated>\n\
         <author><name>kinglet</name></author>\n<link rel=\"self\" href=\"case.atom\"/>\n\
         <entry>\n<title>{title}</title>\n<id>{entry}</id>\n<updated>{updated}</updated>\n\
         <link rel=\"alternate\" type=\"text/html\" href=\"case.html\"/>\n\
         <summary>{}</summary>\n<content type=\"html\">{}</content>\n</entry>\n</feed>\n",
        urn("feed of kinglet case"),
        escape(&subject),
        escape(&mail::body(note)),
    )
}

/// A name that no other text has, in the form of a UUID of version 8.
fn urn(text: &str) -> String {
    let digest = Sha256::digest(text.as_bytes());
    let mut hex: String = digest.iter().take(16).map(|byte| format!("{byte:02x}")).collect();
    hex.replace_range(12..13, "8");
    hex.replace_range(16..17, "8");
    let parts = [&hex[..8], &hex[8..12], &hex[12..16], &hex[16..20], &hex[20..]];
    format!("urn:uuid:{}", parts.join("-"))
}
