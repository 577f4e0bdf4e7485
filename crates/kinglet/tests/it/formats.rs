//! The files of a note: each whole, each the same again, none with foreign text that acts.

use std::io::Read as _;
use std::path::Path;

use base64::Engine as _;
use kinglet::case::{Desk, File, Request, note, save, usual};
use kinglet::render;
use kinglet_core::diagnostic::Code;
use kinglet_core::note::{Block, Bullet, Note, Prose};
use kinglet_store::facts;

fn sample() -> Note {
    let note = note(&facts::view(None), &Request::default()).expect("the facts give a note");
    Desk::default().edited(note)
}

/// A note whose words try to become markup, code or headers.
fn hostile() -> Note {
    const EVIL: &str =
        "</p><script>x()</script> #panic(\"x\") ]]> \r\nBcc: a@b \u{202e}\u{1b}[31m \\";
    let mut note = sample();
    note.headline.push(EVIL);
    note.standfirst.push(EVIL);
    note.sections[0].heading = EVIL.to_owned();
    let bullet = Bullet { lead: EVIL.to_owned(), prose: Prose::from(EVIL) };
    note.sections[0].blocks.push(Block::Bullets(vec![bullet]));
    note
}

fn names(folder: &Path) -> Vec<String> {
    let entries = std::fs::read_dir(folder).expect("a folder");
    let name = |e: std::io::Result<std::fs::DirEntry>| e.expect("an entry").file_name();
    let mut names: Vec<String> = entries.map(|e| name(e).to_string_lossy().into_owned()).collect();
    names.sort();
    names
}

#[test]
fn files_are_whole_or_absent() {
    let note = sample();
    let folder = tempfile::tempdir().expect("a folder");
    let out = folder.path().join("kinglet-case");
    let files = usual(&note);
    assert_eq!(save(&files, &out).expect("written").len(), files.len());
    let mut wanted: Vec<String> = files.iter().map(|f| f.name.clone()).collect();
    wanted.sort();
    assert_eq!(names(&out), wanted);
    for name in ["case.html", "case.md", "case.json"] {
        assert!(wanted.iter().any(|n| n == name), "{name}");
    }

    let blocked = folder.path().join("a-file");
    std::fs::write(&blocked, "").expect("written");
    assert_eq!(save(&files, &blocked).expect_err("not a folder").code, Code::Write);
}

/// Where one of the files cannot be put, none is, and what was there stays as it was.
#[test]
fn all_or_none() {
    let folder = tempfile::tempdir().expect("a folder");
    let out = folder.path();
    std::fs::write(out.join("a.txt"), "before").expect("written");
    std::fs::create_dir(out.join("b.txt")).expect("a folder in the way");
    let files = [File::new("a.txt", "after"), File::new("b.txt", "after")];
    assert_eq!(save(&files, out).expect_err("in the way").code, Code::Write);
    assert_eq!(names(out), ["a.txt", "b.txt"]);
    assert_eq!(std::fs::read(out.join("a.txt")).expect("readable"), b"before");

    let new = out.join("new");
    let long = [File::new("x".repeat(300), "")];
    assert_eq!(save(&long, &new).expect_err("a name too long").code, Code::Write);
    assert!(!new.exists(), "the folder that was made is gone again");
}

#[test]
fn every_format_is_the_same_again() {
    let (first, second) = (sample(), sample());
    assert_eq!(usual(&first), usual(&second));
    assert_eq!(render::workbook(&first).unwrap(), render::workbook(&second).unwrap());
    assert_eq!(render::atom(&first), render::atom(&second));
    assert_eq!(render::mail(&first), render::mail(&second));
    assert_eq!(render::spoken(&first), render::spoken(&second));
    assert_eq!(render::typst(&first), render::typst(&second));
    assert_eq!(render::lines(&first), render::lines(&second));
}

/// Three minutes at most, and nothing that a voice would spell.
#[test]
fn the_script_is_all_words() {
    let script = render::spoken(&sample());
    let words = script.split_whitespace().count();
    assert!((250..=470).contains(&words), "{words} words");
    let odd = script.find(|c: char| c.is_ascii_digit() || "%&+#$\u{2212}".contains(c));
    assert_eq!(odd.map(|at| &script[at..]), None);
    let said = [
        "the Russell two thousand",
        "the S and P five hundred",
        "July thirty-first, twenty twenty-six",
        "three point one percent",
        "not investment advice",
    ];
    let script = script.replace('\n', " ");
    for said in said {
        assert!(script.contains(said), "{said} is not in {script}");
    }
}

/// The elements that RFC 4287 demands: 4.1.1 of a feed, 4.1.2 of an entry, dates of RFC 3339.
/// Both sides of the case are told with what speaks for them, in about three minutes.
#[test]
fn the_script_tells_both_sides() {
    let note = sample();
    let script = render::spoken(&note).replace('\n', " ");
    for id in ["case-for", "case-against"] {
        let section = note.sections.iter().find(|s| s.id == id).expect("a case");
        let Some(Block::Bullets(bullets)) = section.blocks.get(1) else { panic!("no list") };
        let words = bullets[0].prose.text();
        let last = words.rsplit_once("The years").map_or(words.as_str(), |(_, last)| last);
        let last: String = last.split_whitespace().take(5).collect::<Vec<_>>().join(" ");
        assert!(script.contains(&last), "{id}: {last}");
    }
    let words = script.split_whitespace().count();
    assert!((300..=500).contains(&words), "{words} words");
}

#[test]
fn the_feed_is_one() {
    for note in [sample(), hostile()] {
        let feed = render::atom(&note);
        let mut reader = quick_xml::Reader::from_str(&feed);
        let (mut path, mut seen) = (Vec::new(), Vec::new());
        loop {
            match reader.read_event().expect("XML") {
                quick_xml::events::Event::Start(tag) => {
                    path.push(String::from_utf8_lossy(tag.name().as_ref()).into_owned());
                    seen.push(path.join("/"));
                }
                quick_xml::events::Event::End(_) => {
                    path.pop();
                }
                quick_xml::events::Event::Eof => break,
                _ => {}
            }
        }
        for element in ["title", "id", "updated", "author/name"] {
            let of = format!("feed/{element}");
            assert_eq!(seen.iter().filter(|s| **s == of).count(), 1, "{of}");
        }
        for element in ["title", "id", "updated", "summary", "content"] {
            let of = format!("feed/entry/{element}");
            assert_eq!(seen.iter().filter(|s| **s == of).count(), 1, "{of}");
        }
        assert_eq!(feed.matches("<updated>2026-07-31T00:00:00Z</updated>").count(), 2);
        assert_eq!(feed.matches("<id>urn:uuid:").count(), 2);
        assert!(!feed.contains("<script"), "{feed}");
    }
}

/// Headers of RFC 5322, lines of at most 998 letters with both line ends, two whole parts.
#[test]
fn the_letter_is_one() {
    for note in [sample(), hostile()] {
        let letter = render::mail(&note);
        assert!(letter.split("\r\n").all(|line| line.len() <= 78 && !line.contains(['\r', '\n'])));
        let (head, body) = letter.split_once("\r\n\r\n").expect("a head");
        for name in ["From", "To", "Subject", "Date", "Message-ID", "MIME-Version"] {
            let count = head.lines().filter(|l| l.starts_with(&format!("{name}: "))).count();
            assert_eq!(count, 1, "{name}");
        }
        assert!(!head.lines().any(|line| line.starts_with("Bcc")), "{head}");
        assert!(head.contains("Date: Fri, 31 Jul 2026 00:00:00 +0000"), "{head}");
        let boundary = head.split("boundary=\"").nth(1).and_then(|b| b.split('"').next());
        let parts: Vec<&str> =
            body.split(&format!("--{}", boundary.expect("a boundary"))).collect();
        let texts: Vec<String> = parts[1..3]
            .iter()
            .map(|part| {
                let letters = part.split_once("\r\n\r\n").expect("a head").1.replace("\r\n", "");
                let bytes = base64::engine::general_purpose::STANDARD.decode(letters);
                String::from_utf8(bytes.expect("base64")).expect("UTF-8")
            })
            .collect();
        assert!(texts[0].contains("RUSSELL 2000 LEADS THE S&P 500 BY 8.7"), "{}", texts[0]);
        assert!(texts[1].starts_with("<!doctype html>") && !texts[1].contains("<script"));
        assert!(texts[1].contains("\u{2212}3.1%"), "{}", texts[1]);
    }
}

/// The part of a zip archive.
fn part(bytes: &[u8], name: &str) -> String {
    let mut archive = zip::ZipArchive::new(std::io::Cursor::new(bytes)).expect("an archive");
    let mut text = String::new();
    archive.by_name(name).expect(name).read_to_string(&mut text).expect("UTF-8");
    text
}

/// One sheet for each table and one with the evidence; a percent is a number.
#[test]
fn the_workbook_holds_numbers() {
    let note = sample();
    let book = render::workbook(&note).expect("a workbook");
    let sheets = part(&book, "xl/workbook.xml").matches("<sheet ").count();
    assert_eq!(sheets, note.tables().count() + 1);
    let returns = part(&book, "xl/worksheets/sheet2.xml");
    // (2,931.34 / 3,024.37 - 1), as the independent script has it.
    assert!(returns.contains("<v>-0.03076012524922"), "{returns}");
    assert!(part(&book, "xl/styles.xml").contains("0.0%"));
    assert!(part(&book, "docProps/core.xml").contains("2026-07-31T00:00:00Z"));
}

/// Every text of the source stands in a literal, in which only a quote or a backslash could do
/// harm.
#[test]
fn no_text_runs_in_print() {
    let source = render::typst(&hostile());
    let (mut code, mut literal, mut escaped) = (String::new(), false, false);
    for c in source.chars() {
        match c {
            _ if escaped => escaped = false,
            '\\' if literal => escaped = true,
            '"' => literal = !literal,
            c if !literal => code.push(c),
            _ => {}
        }
    }
    assert!(!literal, "a literal is left open");
    for evil in ["panic", "script", "Bcc"] {
        assert!(!code.contains(evil), "{evil} stands outside of texts");
    }
    assert!(!source.contains('\u{202e}') && !source.contains('\u{1b}'));
}

/// Every figure of a paragraph has its query at the foot of a page, every other one in the list.
#[test]
fn print_has_all_evidence() {
    let note = sample();
    let source = render::typst(&note);
    for (number, figure) in (1..).zip(note.evidence()) {
        assert!(source.contains(&format!("<evidence-{number}>]")), "{}", figure.answer.query);
    }
    let paragraphs = note.sections.iter().flat_map(|s| &s.blocks).filter_map(|b| match b {
        Block::Paragraph(prose) => Some(prose),
        _ => None,
    });
    let mut asked = std::collections::BTreeSet::new();
    for figure in paragraphs.flat_map(Prose::figures) {
        let query = format!(", \"{}\")", figure.answer.query);
        assert_eq!(source.matches(&query).count(), 1, "{}", figure.answer.query);
        asked.insert(&figure.answer.query);
    }
    assert!(asked.len() > 20, "{}", asked.len());
}

/// Every figure of the page is a link to a card with the query, what it rests on and the revision
/// of the definition; the card leads back to each place.
#[test]
fn every_figure_leads_to_its_card() {
    let note = sample();
    let page = render::html(&note);
    for (number, figure) in (1..).zip(note.evidence()) {
        let card = page.split(&format!("<li id=\"n{number}\"")).nth(1).expect("a card");
        let card = card.split("</li>").next().expect("its end");
        let query = figure.answer.query.replace('&', "&amp;").replace('>', "&gt;");
        let query = query.replace('<', "&lt;").replace('"', "&quot;");
        assert!(card.contains(&format!("<code>{query}</code>")), "{query}: {card}");
        assert!(card.contains(&format!("evidence {}", figure.answer.evidence)), "{card}");
        if let Some((name, revision)) = figure.answer.definition {
            assert!(card.contains(&format!("{name}, revision {revision}")), "{card}");
        }
        let places = card.matches("<a href=\"#").count();
        let links = page.matches(&format!("href=\"#n{number}\"")).count();
        assert!(places >= links.max(1), "{number}: {places} ways back, {links} there");
    }
    let headings: Vec<&str> = page.split("<h").skip(1).map(|rest| &rest[..1]).collect();
    let levels = headings.iter().filter(|l| l.chars().all(|c| c.is_ascii_digit()));
    assert!(levels.clone().next() == Some(&"1") && levels.skip(1).all(|level| *level == "2"));
}

/// A terminal has eighty columns, and nothing in the words may move its cursor.
#[test]
fn lines_fit_a_terminal() {
    for note in [sample(), hostile()] {
        let rows: Vec<String> = render::lines(&note)
            .into_iter()
            .map(|row| row.into_iter().map(|(text, _)| text).collect())
            .collect();
        let wide = rows.iter().find(|row| render::plain::width(row) > 80);
        assert_eq!(wide, None);
        assert!(rows.iter().all(|row| !row.contains(|c: char| c.is_control() || c == '\u{202e}')));
        assert!(rows.iter().any(|row| row.contains('\u{28ff}')), "bars are drawn");
        assert!(rows.iter().any(|row| row.contains("high 0.64")), "marks are named");
    }
}
