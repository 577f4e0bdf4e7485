//! Documents: the same article in every format, spans in files, dates, and what is damaged.

use std::io::Write;

use kinglet::audit::{self, Audit};
use kinglet::document::{self, Document};
use kinglet::{Code, Engine, Source};
use proptest::prelude::*;

/// Levels: Russell 2000 2211.65, 2366.42, 2436.48 at the ends of July, August and September 2025;
/// S&P 500 6204.95, 6339.39, 6460.26 at the ends of June, July and August.
const TITLE: &str = "Small caps lead the market";
const HEADING: &str = "What the summer brought";
const PROSE: &str = "The Russell 2000 rose 7.0% in September 2025, against 1.9% for the S&P 500 in \
                     August 2025.";
const BULLET: &str = "The S&P 500 gained 2.2% in July 2025.";
const TABLE: [[&str; 3]; 3] = [
    ["Index", "July 2025", "August 2025"],
    ["Russell 2000", "1.7%", "7.0%"],
    ["S&P 500", "2.2%", "1.9%"],
];

fn read(name: &str, bytes: &[u8]) -> Document {
    document::read(name, bytes.to_vec()).expect("a document")
}

fn audited(document: &Document) -> Audit {
    let engine = Engine::open(&Source::Facts, None).expect("the facts are compiled in");
    let day = "2025-12-10".parse().expect("a date");
    audit::understand("test", document, Some(day)).expect("an article").judged(engine.view())
}

/// All that a claim says, but for its place.
fn claims(document: &Document) -> Vec<String> {
    let line = |c: &audit::ClaimRecord| {
        let tag = c.tag.as_deref().unwrap_or("");
        format!("{} {} {} {} {} {tag}", c.text, c.entity, c.metric, c.period, c.verdict)
    };
    audited(document).claims.iter().map(line).collect()
}

fn plain() -> String {
    let table = TABLE.map(|row| format!("| {} |\n", row.join(" | "))).concat();
    format!("{TITLE}\n\n{HEADING}\n\n{PROSE}\n\n- {BULLET}\n\n{table}")
}

fn markdown() -> String {
    let table = TABLE.map(|row| format!("| {} |\n", row.join(" | ")));
    let [head, rows @ ..] = &table;
    let table = format!("{head}|---|---|---|\n{}", rows.concat());
    format!(
        "{TITLE}\n=====\n\n## {HEADING}\n\n{}\n\n* {BULLET}\n\n{table}",
        PROSE.replace("in Sept", "in\nSept")
    )
}

fn html() -> String {
    let escape = |text: &str| text.replace('&', "&amp;").replace('%', "&#37;");
    let row = |row: [&str; 3]| format!("<tr><td>{}", row.map(escape).join("<td>"));
    format!(
        "<!doctype html><nav>The Dow rose 5%.</nav><article><h1>{TITLE}</h1><h2>{HEADING}</h2>\
         <script>'The Dow rose 5%.'</script><p>{}</p><ul><li>{}</ul><table>{}</table></article>\
         <footer>The Dow rose 5%.</footer>",
        escape(PROSE).replace("7.0", "<b>7.0</b>").replace("2000 ", "2000&nbsp;"),
        escape(BULLET),
        TABLE.map(row).concat()
    )
}

fn docx(core: &str) -> Vec<u8> {
    let escape = |text: &str| text.replace('&', "&amp;");
    let paragraph = |style: &str, text: &str| {
        let (first, rest) = text.split_at(text.len() / 2);
        let [first, rest] = [first, rest].map(escape);
        format!(
            "<w:p><w:pPr>{style}</w:pPr><w:r><w:t xml:space=\"preserve\">{first}</w:t></w:r>\
             <w:del><w:r><w:delText>The Dow rose 5%.</w:delText></w:r></w:del>\
             <w:r><w:t xml:space=\"preserve\">{rest}</w:t></w:r></w:p>"
        )
    };
    let row = |row: [&str; 3]| {
        let cells = row.map(|text| format!("<w:tc>{}</w:tc>", paragraph("", text)));
        format!("<w:tr>{}</w:tr>", cells.concat())
    };
    let body = [
        paragraph("<w:pStyle w:val=\"Title\"/>", TITLE),
        paragraph("<w:pStyle w:val=\"berschrift1\"/>", HEADING),
        paragraph("", PROSE),
        paragraph("<w:numPr><w:ilvl w:val=\"0\"/></w:numPr>", BULLET),
        format!("<w:tbl>{}</w:tbl>", TABLE.map(row).concat()),
    ];
    let space = "xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\"";
    let document = format!("<w:document {space}><w:body>{}</w:body></w:document>", body.concat());
    let styles = format!(
        "<w:styles {space}><w:style w:styleId=\"berschrift1\"><w:name w:val=\"heading 1\"/>\
         </w:style></w:styles>"
    );
    archive(&[
        ("word/document.xml", &document),
        ("word/styles.xml", &styles),
        ("docProps/core.xml", core),
    ])
}

fn archive(parts: &[(&str, &str)]) -> Vec<u8> {
    let mut zip = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    for (name, text) in parts {
        zip.start_file(*name, zip::write::SimpleFileOptions::default()).expect("in memory");
        zip.write_all(text.as_bytes()).expect("in memory");
    }
    zip.finish().expect("in memory").into_inner()
}

#[test]
fn the_same_article_in_every_format() {
    let want = [
        "7.0% RUT return 2025-09 misdated 2025-08",
        "1.9% SPX return 2025-08 supported ",
        "2.2% SPX return 2025-07 supported ",
        "1.7% RUT return 2025-07 supported ",
        "7.0% RUT return 2025-08 supported ",
        "2.2% SPX return 2025-07 supported ",
        "1.9% SPX return 2025-08 supported ",
    ];
    assert_eq!(claims(&read("a.txt", plain().as_bytes())), want);
    assert_eq!(claims(&read("a.md", markdown().as_bytes())), want);
    assert_eq!(claims(&read("-", html().as_bytes())), want);
    assert_eq!(claims(&read("-", &docx(""))), want);
}

/// The bytes of the file at each span are the printed figure, without tags, references decoded.
#[test]
fn spans_lead_to_the_file() {
    for (name, file) in [("a.txt", plain()), ("a.md", markdown()), ("a.html", html())] {
        let document = read(name, file.as_bytes());
        let located = audited(&document).located(&document);
        assert_eq!(located.claims.len(), 7);
        for claim in located.claims {
            let source = &file[claim.span.start..claim.span.end];
            let shown = source.replace("&#37;", "%").replace("<b>", "").replace("</b>", "");
            assert_eq!(shown, claim.text, "{name}");
        }
    }
    let document = read("a", &docx(""));
    let audit = audited(&document);
    let record = audit.article.document.clone().expect("a document");
    assert_eq!((record.format, record.offsets), ("docx", "text"));
    for claim in audit.located(&document).claims {
        assert_eq!(document.content.text[claim.span.start..claim.span.end], claim.text);
    }
}

/// Who says when an article was published; what is asked for wins.
#[test]
fn days_of_publication() {
    let engine = Engine::open(&Source::Facts, None).expect("the facts are compiled in");
    let day = |file: &[u8], asked: Option<&str>| {
        let asked = asked.map(|day| day.parse().expect("a date"));
        let document = read("-", file);
        let audit = audit::understand("a", &document, asked)?.judged(engine.view());
        let origin = audit.article.document.map_or("", |d| d.published_from);
        Ok::<_, kinglet::Diagnostic>(format!("{} {origin}", audit.article.published))
    };
    let page = |head: &str| format!("<html><head>{head}</head><p>The index rose 7%.</p>");
    let meta = page("<meta property='article:published_time' content='2025-08-30T01:00:00Z'>");
    let linked = page(
        "<script type='application/ld+json'>{\"@graph\": [{\"@type\": \"Person\"}, \
         {\"datePublished\": \"2025-08-28\"}]}</script>",
    );
    let time = page("<time datetime='2025-08-27'>Wednesday</time>");
    let printed = page("").replace("<p>", "<p>Tuesday, Aug 26, 2025</p><p>");
    let core = "<c xmlns:dcterms='x'><dcterms:created>2025-08-25T10:00:00Z</dcterms:created></c>";
    assert_eq!(day(meta.as_bytes(), None).as_deref(), Ok("2025-08-29 metadata"));
    assert_eq!(day(meta.as_bytes(), Some("2025-09-01")).as_deref(), Ok("2025-09-01 request"));
    assert_eq!(day(linked.as_bytes(), None).as_deref(), Ok("2025-08-28 metadata"));
    assert_eq!(day(time.as_bytes(), None).as_deref(), Ok("2025-08-27 metadata"));
    assert_eq!(day(printed.as_bytes(), None).as_deref(), Ok("2025-08-26 text"));
    assert_eq!(day(&docx(core), None).as_deref(), Ok("2025-08-25 properties"));
    assert_eq!(day(page("").as_bytes(), None).map_err(|d| d.code), Err(Code::Usage));
}

/// Files that are none, or not what they seem: one message each, and a stable code.
#[test]
fn damaged_files() {
    let refused = |name: &str, bytes: &[u8]| {
        let diagnostic = document::read(name, bytes.to_vec()).expect_err("refused");
        (diagnostic.code, diagnostic.message)
    };
    let damaged = |bytes: &[u8]| refused("a.docx", bytes);
    let whole = docx("");
    let (code, message) = damaged(&whole[..whole.len() / 2]);
    assert_eq!(code, Code::Document);
    assert!(message.starts_with("a.docx is a damaged archive: "), "{message}");
    let other = archive(&[("xl/workbook.xml", "<a/>")]);
    assert_eq!(damaged(&other).1, "a.docx is an archive, but no Word file");
    let (code, message) = damaged(&archive(&[("word/document.xml", "<w:p><w:r>")]));
    assert_eq!(code, Code::Document);
    assert!(message.starts_with("a.docx is damaged: "), "{message}");
    let bomb = " ".repeat(document::TEXT_BYTES_MAX + 1);
    let bomb = archive(&[("word/document.xml", &bomb)]);
    assert!(bomb.len() < 100_000);
    assert_eq!(damaged(&bomb).1, "a.docx unpacks to more than 32 MiB");
    assert_eq!(refused("a.html", b"<nav>The Dow rose 5%.</nav>").0, Code::Article);
    assert_eq!(refused("a.txt", b" \n").1, "a.txt is empty");
    assert_eq!(refused("a.txt", b"a\0b").1, "a.txt is not text");
}

/// Depth costs nothing: neither the stack nor more than a pass.
#[test]
fn deep_nesting() {
    let deep = "<div><table><tr><td><ul><li>".repeat(20_000);
    let page = format!("{deep}<p>The S&amp;P 500 rose 1.9% in August 2025.");
    let document = read("a.html", page.as_bytes());
    assert_eq!(document.content.text, "The S&P 500 rose 1.9% in August 2025.");
    assert_eq!(claims(&document).len(), 1);
    let deep = "<w:p><w:tbl><w:tr><w:tc>".repeat(5_000);
    let ends = "</w:tc></w:tr></w:tbl></w:p>".repeat(5_000);
    let xml = format!("<d xmlns:w='x'>{deep}<w:p><w:t>Up 7%.</w:t></w:p>{ends}</d>");
    assert_eq!(read("a", &archive(&[("word/document.xml", &xml)])).content.text, "Up 7%.");
}

/// A byte that is no UTF-8 moves no offset.
#[test]
fn other_encodings() {
    let file = b"\x93Small caps\x94 lead \x96 the Russell\xa02000 rose 7.0% in August 2025.";
    let document = read("a.txt", file);
    assert_eq!(document.notices, ["4 bytes are no UTF-8 and read as of Windows-1252"]);
    let located = audited(&document).located(&document);
    let spans: Vec<&[u8]> =
        located.claims.iter().map(|c| &file[c.span.start..c.span.end]).collect();
    assert_eq!(spans, [b"7.0%"]);
}

proptest! {
    /// No page breaks the reader, and its words stand in the file in their order.
    #[test]
    fn any_page(
        page in "(<(p|td|table|tr|h1|li|nav|/nav|/table|article|/article|b|br|div|sup|head)\
                 ( a=\"&amp;|class=nav)?>|7\\.1%|&amp;|&#8217;|&nbsp|\r\n| |é|x){0,40}"
    ) {
        let Ok(document) = document::read("a.html", page.clone().into_bytes()) else {
            return Ok(());
        };
        let text = &document.content.text;
        for (at, figure) in text.match_indices("7.1%") {
            let file = document.content.places.file(kinglet::Span::new(at, at + figure.len()));
            prop_assert!(file.start == file.end || &page[file.start..file.end] == figure);
        }
        let mut last = 0;
        for (at, c) in text.char_indices() {
            let file = document.content.places.file(kinglet::Span::new(at, at + c.len_utf8()));
            prop_assert!(file.start >= last && file.end <= page.len());
            last = file.start;
        }
    }
}
