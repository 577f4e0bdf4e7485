//! A note as a letter (RFC 5322): plain text, and the same as simple HTML that any reader shows. It
//! has no addressee yet, and its date is the day that it is as of.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use kinglet_core::note::{Block, NO_DATA, Note, Piece, Prose, Table};
use sha2::{Digest, Sha256};

use super::plain::{columns, visible, width, wrap};
use crate::html::escape;

/// Columns of the plain text.
const WIDTH: usize = 72;

/// The letter, with the line ends that letters have.
pub fn mail(note: &Note) -> String {
    let (text, html) = (plain(note), page(note));
    let digest = Sha256::digest(format!("{text}{html}").as_bytes());
    let name: String = digest.iter().take(12).map(|byte| format!("{byte:02x}")).collect();
    let part = |kind: &str, body: &str| {
        format!(
            "--{name}\r\nContent-Type: text/{kind}; charset=utf-8\r\n\
             Content-Transfer-Encoding: base64\r\n\r\n{}\r\n",
            lines(&STANDARD.encode(body))
        )
    };
    format!(
        "From: kinglet <kinglet@localhost>\r\nTo: undisclosed-recipients:;\r\nSubject: {}\r\n\
         Date: {}\r\nMessage-ID: <{name}@localhost>\r\nX-Unsent: 1\r\nMIME-Version: 1.0\r\n\
         Content-Type: multipart/alternative; boundary=\"{name}\"\r\n\r\n{}{}--{name}--\r\n",
        encoded(&note.headline.text()),
        note.data.as_of.strftime("%a, %d %b %Y 00:00:00 +0000"),
        part("plain", &text.replace('\n', "\r\n")),
        part("html", &html),
    )
}

/// Base64 in lines of 76 letters.
fn lines(letters: &str) -> String {
    let rows = letters.as_bytes().chunks(76).map(String::from_utf8_lossy);
    rows.collect::<Vec<_>>().join("\r\n")
}

/// A subject as encoded words (RFC 2047), each short enough for its line.
fn encoded(text: &str) -> String {
    let mut words = vec![String::new()];
    for c in visible(text).chars() {
        match words.last_mut() {
            Some(word) if word.len() + c.len_utf8() <= 39 => word.push(c),
            _ => words.push(c.to_string()),
        }
    }
    let word = |word: &String| format!("=?utf-8?B?{}?=", STANDARD.encode(word));
    words.iter().map(word).collect::<Vec<_>>().join("\r\n ")
}

/// The note without marks and charts, for readers that show nothing else.
fn plain(note: &Note) -> String {
    let mut paragraphs = vec![upper(&note.headline), text(&note.standfirst)];
    for section in &note.sections {
        let heading = visible(&section.heading);
        paragraphs.push(format!("{heading}\n{}", "-".repeat(width(&heading))));
        for block in &section.blocks {
            match block {
                Block::Paragraph(prose) => paragraphs.push(text(prose)),
                Block::Bullets(bullets) => paragraphs.extend(bullets.iter().map(|b| {
                    let words = format!("{}: {}", b.lead, b.prose.text());
                    format!("* {}", wrap(&visible(&words), WIDTH - 2).join("\n  "))
                })),
                Block::Table(table) => {
                    paragraphs.push(wrap(&visible(&table.caption), WIDTH).join("\n"));
                    paragraphs.push(columns(table, WIDTH).join("\n"));
                }
                Block::Chart(_) => {}
            }
        }
    }
    paragraphs.push("--".to_owned());
    paragraphs.extend(note.statements.iter().map(|s| text(&s.prose)));
    paragraphs.retain(|p| !p.is_empty());
    paragraphs.join("\n\n") + "\n"
}

fn text(prose: &Prose) -> String {
    wrap(&visible(&prose.text()), WIDTH).join("\n")
}

fn upper(prose: &Prose) -> String {
    wrap(&visible(&prose.text()).to_uppercase(), WIDTH).join("\n")
}

/// The note as simple HTML, without what stands around it.
pub(super) fn body(note: &Note) -> String {
    let mut out = format!("<p><i>{}</i></p>\n", markup(&note.standfirst));
    for section in &note.sections {
        out += &format!("<h2>{}</h2>\n", escape(&section.heading));
        for block in &section.blocks {
            out += &match block {
                Block::Paragraph(prose) => format!("<p>{}</p>\n", markup(prose)),
                Block::Bullets(bullets) => {
                    let items = bullets.iter().map(|b| {
                        format!("<li><b>{}.</b> {}</li>\n", escape(&b.lead), markup(&b.prose))
                    });
                    format!("<ul>\n{}</ul>\n", items.collect::<String>())
                }
                Block::Table(table) => cells(table),
                Block::Chart(_) => String::new(),
            };
        }
    }
    let stated = note.statements.iter().map(|s| {
        format!("<p><small><b>{}.</b> {}</small></p>\n", escape(&s.lead), markup(&s.prose))
    });
    out + &stated.collect::<String>()
}

fn page(note: &Note) -> String {
    let title = escape(&note.headline.text());
    format!(
        "<!doctype html>\n<html lang=\"en\"><head><meta charset=\"utf-8\"><title>{title}</title>\
         </head>\n<body style=\"max-width: 40em; font-family: Georgia, serif\">\n<h1>{title}</h1>\n\
         {}</body></html>\n",
        body(note)
    )
}

fn markup(prose: &Prose) -> String {
    let piece = |piece: &Piece| match piece {
        Piece::Text(text) => escape(text),
        Piece::Figure(figure) => escape(&figure.printed.replace('-', "\u{2212}")),
        Piece::Missing { .. } => NO_DATA.to_owned(),
    };
    prose.0.iter().map(piece).collect()
}

fn cells(table: &Table) -> String {
    let heads = table.columns.iter().map(|c| format!("<th scope=\"col\">{}</th>", escape(c)));
    let row = |row: &Vec<Prose>| {
        let cells = row.iter().map(|c| format!("<td>{}</td>", markup(c)));
        format!("<tr>{}</tr>\n", cells.collect::<String>())
    };
    format!(
        "<table cellpadding=\"4\">\n<caption>{}</caption>\n<tr>{}</tr>\n{}</table>\n",
        escape(&table.caption),
        heads.collect::<String>(),
        table.rows.iter().map(row).collect::<String>()
    )
}
