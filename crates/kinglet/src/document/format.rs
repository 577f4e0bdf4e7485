//! What a file is: by its content first, by its name where the content does not tell.

/// A format that is read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    /// Plain text, with the simple marks of Markdown.
    Text,
    /// Markdown.
    Markdown,
    /// A page.
    Html,
    /// Word.
    Docx,
    /// PDF.
    Pdf,
}

impl Format {
    /// The name in JSON.
    pub fn name(self) -> &'static str {
        match self {
            Format::Text => "text",
            Format::Markdown => "markdown",
            Format::Html => "html",
            Format::Docx => "docx",
            Format::Pdf => "pdf",
        }
    }

    /// Whether offsets are bytes of the file; else they are bytes of the text taken out of it.
    pub fn has_places(self) -> bool {
        matches!(self, Format::Text | Format::Markdown | Format::Html)
    }

    /// The format of a file, or why it is none that is read.
    pub(super) fn of(name: &str, bytes: &[u8]) -> Result<Format, String> {
        let head = &bytes[..bytes.len().min(1024)];
        if head.starts_with(b"PK\x03\x04") {
            return Ok(Format::Docx);
        }
        if head.trim_ascii_start().starts_with(b"%PDF-") {
            return Ok(Format::Pdf);
        }
        if let Some((_, what)) = FOREIGN.iter().find(|(mark, _)| head.starts_with(mark)) {
            return Err(format!("is {what}"));
        }
        let wide = head.starts_with(b"\xff\xfe") || head.starts_with(b"\xfe\xff");
        if !wide && head.contains(&0) {
            return Err("is not text".to_owned());
        }
        Ok(match (opens_page(head), extension(name).as_str()) {
            (true, _) | (_, "html" | "htm" | "xhtml") => Format::Html,
            (_, "md" | "markdown" | "mdown") => Format::Markdown,
            _ => Format::Text,
        })
    }
}

/// How files of other formats begin.
const FOREIGN: &[(&[u8], &str)] = &[
    (b"\xd0\xcf\x11\xe0", "of an old Office format; save it as docx"),
    (b"{\\rtf", "rich text (RTF); save it as docx"),
    (b"\x1f\x8b", "compressed; unpack it first"),
    (b"\x28\xb5\x2f\xfd", "compressed; unpack it first"),
    (b"BZh", "compressed; unpack it first"),
    (b"\xff\xd8\xff", "an image"),
    (b"\x89PNG", "an image"),
    (b"GIF8", "an image"),
];

fn extension(name: &str) -> String {
    name.rsplit_once('.').map_or(String::new(), |(_, end)| end.to_ascii_lowercase())
}

/// Whether a file opens as pages do: with a tag that plain text does not begin with.
fn opens_page(head: &[u8]) -> bool {
    let text = String::from_utf8_lossy(head).to_ascii_lowercase();
    let mut rest = text.trim_start_matches('\u{feff}').trim_start();
    while let Some((_, after)) = rest.strip_prefix("<!--").and_then(|r| r.split_once("-->")) {
        rest = after.trim_start();
    }
    let tags = "!doctype html|html|head|body|article|main|section|div|p|h1|h2|table|meta|title";
    let opens = |tag: &str| {
        rest.strip_prefix('<').and_then(|r| r.strip_prefix(tag)).is_some_and(|after| {
            after.starts_with(|c: char| c == '>' || c == '/' || c.is_ascii_whitespace())
        })
    };
    tags.split('|').any(opens) || rest.starts_with("<?xml") && rest.contains("<html")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn content_before_name() {
        let of = |name: &str, bytes: &[u8]| Format::of(name, bytes).map(Format::name);
        assert_eq!(of("a.txt", b"\xef\xbb\xbf\n<!-- x --><!DOCTYPE html><p>"), Ok("html"));
        assert_eq!(of("a.pdf", b"It rose."), Ok("text"));
        assert_eq!(of("a.MD", b"# It rose"), Ok("markdown"));
        assert_eq!(of("a.htm", b"It rose"), Ok("html"));
        assert_eq!(of("-", b"<price> rose"), Ok("text"));
        assert_eq!(of("-", b"\xff\xfeI\0"), Ok("text"));
        assert!(of("a.txt", b"a\0b").is_err());
        assert!(of("a.docx", b"\xd0\xcf\x11\xe0").is_err());
    }
}
