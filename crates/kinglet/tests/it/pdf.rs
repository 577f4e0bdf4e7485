//! PDF: files made here, with a page for each list of lines; fonts are the standard ones.

use std::fmt::Write as _;
use std::io::Write as _;

use kinglet::audit::{self, Audit};
use kinglet::document::{self, Document};
use kinglet::{Code, Engine, Source};
use proptest::prelude::*;

/// Points from the left and the top, size, words.
type Line<'a> = (f64, f64, f64, &'a str);

/// The height of a page in points.
const HEIGHT: f64 = 800.0;

/// A stream that prints lines, whose characters are those of Latin-1.
fn printed(lines: &[Line<'_>]) -> Vec<u8> {
    let mut stream = String::from("BT\n");
    for (left, top, size, words) in lines {
        let words = words.replace('\\', "\\\\").replace('(', "\\(").replace(')', "\\)");
        let up = HEIGHT - top;
        writeln!(stream, "/F {size} Tf 1 0 0 1 {left} {up} Tm ({words}) Tj").expect("in memory");
    }
    let byte = |c: char| u8::try_from(u32::from(c)).expect("of Latin-1");
    stream.chars().chain("ET\n".chars()).map(byte).collect()
}

/// A file with some objects after the catalogue, the list of pages and the font.
struct Writer {
    objects: Vec<Vec<u8>>,
    trailer: &'static str,
}

impl Writer {
    fn new() -> Writer {
        let font = "<</Type/Font/Subtype/Type1/BaseFont/Helvetica/Encoding/WinAnsiEncoding>>";
        let objects = vec![b"<</Type/Catalog/Pages 2 0 R>>".to_vec(), vec![], font.into()];
        Writer { objects, trailer: "" }
    }

    /// Adds a page with a stream and entries of its dictionary.
    fn page(&mut self, stream: &[u8], entries: &str) {
        let length = stream.len();
        let mut object = format!("<<{entries}/Length {length}>>stream\n").into_bytes();
        object.extend_from_slice(stream);
        object.extend_from_slice(b"\nendstream");
        self.objects.push(object);
        let content = self.objects.len();
        let page = format!(
            "<</Type/Page/Parent 2 0 R/MediaBox[0 0 600 {HEIGHT}]/Resources<</Font<</F 3 0 R>>>>\
             /Contents {content} 0 R>>"
        );
        self.objects.push(page.into_bytes());
    }

    fn file(mut self) -> Vec<u8> {
        let pages = (5..=self.objects.len()).step_by(2);
        let kids = pages.clone().map(|at| format!("{at} 0 R ")).collect::<String>();
        let count = pages.count();
        self.objects[1] = format!("<</Type/Pages/Count {count}/Kids[{kids}]>>").into_bytes();
        let mut file = b"%PDF-1.4\n".to_vec();
        let mut table = format!("xref\n0 {}\n0000000000 65535 f \n", self.objects.len() + 1);
        for (number, object) in self.objects.iter().enumerate() {
            writeln!(table, "{:010} 00000 n ", file.len()).expect("in memory");
            file.extend_from_slice(format!("{} 0 obj\n", number + 1).as_bytes());
            file.extend_from_slice(object);
            file.extend_from_slice(b"\nendobj\n");
        }
        let start = file.len();
        let (size, trailer) = (self.objects.len() + 1, self.trailer);
        let end = format!("trailer<</Size {size}/Root 1 0 R{trailer}>>\nstartxref\n{start}\n%%EOF");
        file.extend_from_slice((table + &end).as_bytes());
        file
    }
}

fn pdf(pages: &[&[Line<'_>]]) -> Vec<u8> {
    let mut writer = Writer::new();
    for lines in pages {
        writer.page(&printed(lines), "");
    }
    writer.file()
}

fn read(bytes: &[u8]) -> Document {
    document::read("a.pdf", bytes.to_vec()).expect("a document")
}

fn audited(document: &Document) -> Audit {
    let engine = Engine::open(&Source::Facts, None).expect("the facts are compiled in");
    let day = "2025-12-10".parse().expect("a date");
    audit::understand("a.pdf", document, Some(day)).expect("an article").judged(engine.view())
}

/// Two pages with a running head and numbers. Levels of the Russell 2000 are 2211.65 at the end of
/// July 2025 and 2366.42 at the end of August.
fn report() -> Vec<u8> {
    let first: &[Line<'_>] = &[
        (50.0, 40.0, 8.0, "Example Research | Weekly 31"),
        (50.0, 90.0, 20.0, "Small caps lead"),
        (50.0, 112.0, 20.0, "the market"),
        (50.0, 150.0, 10.0, "The Russell 2000 rose 7.0% in August 2025, which makes a four-"),
        (50.0, 162.0, 10.0, "month streak, and the out-"),
        (50.0, 174.0, 10.0, "performance was clear."),
        (50.0, 200.0, 10.0, "The S&P 500 gained 1.9% in August"),
        (50.0, 780.0, 8.0, "Page 1 of 2"),
    ];
    let second: &[Line<'_>] = &[
        (50.0, 40.0, 8.0, "Example Research | Weekly 31"),
        (50.0, 90.0, 10.0, "2025, and more was to come."),
        // the bullet of Windows-1252
        (50.0, 116.0, 10.0, "\u{95} The S&P 500 gained 2.2% in July 2025."),
        (50.0, 142.0, 10.0, "Index"),
        (200.0, 142.0, 10.0, "July 2025"),
        (300.0, 142.0, 10.0, "August 2025"),
        (50.0, 154.0, 10.0, "Russell 2000"),
        (200.0, 154.0, 10.0, "1.7%"),
        (300.0, 154.0, 10.0, "7.0%"),
        (50.0, 166.0, 10.0, "S&P 500"),
        (300.0, 166.0, 10.0, "1.9%"),
        (50.0, 780.0, 8.0, "Page 2 of 2"),
    ];
    pdf(&[first, second])
}

#[test]
fn paragraphs_lists_and_tables() {
    let document = read(&report());
    assert_eq!(document.format, document::Format::Pdf);
    let want = "Small caps lead the market\n\n\
                The Russell 2000 rose 7.0% in August 2025, which makes a four-month streak, and \
                the outperformance was clear.\n\n\
                The S&P 500 gained 1.9% in August 2025, and more was to come.\n\n\
                The S&P 500 gained 2.2% in July 2025.\n\
                | Index | July 2025 | August 2025 |\n\
                | Russell 2000 | 1.7% | 7.0% |\n\
                | S&P 500 |  | 1.9% |";
    assert_eq!(document.content.text, want);
}

/// Each claim stands where a reader of the paper finds it.
#[test]
fn pages_and_lines() {
    let document = read(&report());
    let audit = audited(&document);
    let record = audit.article.document.clone().expect("a document");
    assert_eq!((record.format, record.offsets), ("pdf", "text"));
    let places: Vec<_> = audit
        .located(&document)
        .claims
        .iter()
        .map(|claim| {
            let place = claim.place.expect("a place");
            assert_eq!(document.content.text[claim.span.start..claim.span.end], claim.text);
            (place.page, place.line, claim.text.clone(), claim.period.clone(), claim.verdict)
        })
        .collect();
    let row = |page, line, text: &str, period: &str, verdict| {
        (Some(page), line, text.to_owned(), period.to_owned(), verdict)
    };
    assert_eq!(places[0], row(1, 3, "7.0%", "2025-08", "supported"));
    assert_eq!((places[1].1, places[1].2.as_str()), (3, "four-month"));
    assert_eq!(places[2], row(1, 6, "1.9%", "2025-08", "supported"));
    assert_eq!(places[3], row(2, 2, "2.2%", "2025-07", "supported"));
    assert_eq!(places[4], row(2, 4, "1.7%", "2025-07", "supported"));
    assert_eq!(places[5], row(2, 4, "7.0%", "2025-08", "supported"));
    assert_eq!(places[6], row(2, 5, "1.9%", "2025-08", "supported"));
    let json = serde_json::to_value(&audit.claims[3]).expect("JSON");
    assert_eq!(json["place"], serde_json::json!({ "page": 2, "line": 2 }));
    let text: String = audit::text(&audit, &document.content.text, &audit::Detail::Every)
        .into_iter()
        .map(|piece| piece.text)
        .collect();
    assert!(text.contains("--> a.pdf, page 2, line 2\n"), "{text}");
}

/// Two columns whose lines are not in step, under a title across both.
#[test]
fn columns_are_read_one_after_the_other() {
    let left = [
        "The first column says that",
        "the Russell 2000 rose 7.0%",
        "in August 2025, and it has",
        "four lines and one more,",
        "which goes on in the",
    ];
    let right = [
        "second column, where more",
        "is said of the S&P 500 and",
        "of its gain of 1.9% in the",
        "same month of August 2025,",
        "until it ends.",
    ];
    let mut lines: Vec<Line<'_>> =
        vec![(50.0, 80.0, 18.0, "A title that stands across both of the columns of the page")];
    for (at, words) in left.iter().enumerate() {
        lines.push((50.0, 120.0 + 12.0 * at as f64, 10.0, *words));
    }
    for (at, words) in right.iter().enumerate() {
        lines.push((210.0, 125.0 + 12.0 * at as f64, 10.0, *words));
    }
    let want = format!("{}\n\n{} {}", lines[0].3, left.join(" "), right.join(" "));
    assert_eq!(read(&pdf(&[&lines])).content.text, want);
}

/// Raised figures are marks of notes, raised letters are not; what is printed twice is bold.
#[test]
fn raised_and_repeated_glyphs() {
    let lines: &[Line<'_>] = &[
        (50.0, 100.0, 10.0, "It rose 7.0%"),
        (103.5, 96.0, 6.0, "12"),
        (115.0, 100.0, 10.0, "on the 15"),
        (156.8, 96.5, 6.0, "th"),
        (50.3, 100.0, 10.0, "It rose 7.0%"),
    ];
    assert_eq!(read(&pdf(&[lines])).content.text, "It rose 7.0% on the 15th");
}

#[test]
fn what_cannot_be_read() {
    let refused = |bytes: &[u8]| {
        let diagnostic = document::read("a.pdf", bytes.to_vec()).expect_err("refused");
        assert_eq!(diagnostic.code, Code::Document);
        diagnostic.message
    };
    assert_eq!(refused(b"%PDF-1.7\nnothing"), "a.pdf is a damaged PDF");
    let mut scan = Writer::new();
    scan.page(b"100 0 0 100 0 0 cm BI /W 1 /H 1 /CS /G /BPC 8 ID x EI", "");
    let scan = scan.file();
    let want =
        "a.pdf is a PDF that holds only pictures, as scans do; recognise its text first (OCR)";
    assert_eq!(refused(&scan), want);
    let blank = "a.pdf is a PDF that holds no text; recognise its text first (OCR)";
    assert_eq!(refused(&pdf(&[&[]])), blank);
    let mut locked = Writer::new();
    locked.page(&printed(&[(50.0, 100.0, 10.0, "It rose 7.0%")]), "");
    locked.trailer = "/Encrypt<</Filter/Standard/V 1/R 2/P -4\
        /O(01234567890123456789012345678901)/U(01234567890123456789012345678901)>>\
        /ID[(0123456789012345)(0123456789012345)]";
    assert_eq!(refused(&locked.file()), "a.pdf is a PDF with a password; save it without");
    let mut packed = flate2::write::ZlibEncoder::new(Vec::new(), flate2::Compression::fast());
    let blanks = [b' '; 1 << 16];
    for _ in 0..=(256 << 4) {
        packed.write_all(&blanks).expect("in memory");
    }
    let mut bomb = Writer::new();
    bomb.page(&packed.finish().expect("in memory"), "/Filter/FlateDecode");
    assert_eq!(refused(&bomb.file()), "a.pdf unpacks to more than 256 MiB");
}

/// Deep structures cost no stack.
#[test]
fn deep_nesting() {
    let mut deep = Writer::new();
    let mut stream = format!("{}{}", "[".repeat(50_000), "q ".repeat(50_000)).into_bytes();
    stream.extend(printed(&[(50.0, 100.0, 10.0, "It rose.")]));
    deep.page(&stream, "");
    let _ = document::read("a.pdf", deep.file());
    let form = format!("<</A {}0{}>>", "[".repeat(100_000), "]".repeat(100_000));
    let mut deep = Writer::new();
    deep.page(b"", &form);
    let _ = document::read("a.pdf", deep.file());
}

proptest! {
    /// A damaged file is read or refused.
    #[test]
    fn any_damage(
        damage in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..20),
        cut in any::<prop::sample::Index>(),
    ) {
        let mut file = report();
        for (at, byte) in &damage {
            let at = at.index(file.len());
            file[at] = *byte;
        }
        let _ = document::read("a.pdf", file.clone());
        file.truncate(cut.index(file.len()));
        let _ = document::read("a.pdf", file);
    }
}
