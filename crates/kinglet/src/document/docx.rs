//! Word files: paragraphs, headings, lists and tables of `word/document.xml`. What was deleted,
//! moved away or is a mark of a note is left out. Offsets are of the text taken out.

mod body;
mod xml;

use std::io::{Cursor, Read};

use kinglet_core::article::Places;
use kinglet_core::time::Date;
use zip::ZipArchive;

use self::body::{Body, Styles};
use self::xml::Piece;
use super::{Dated, Found, Origin, TEXT_BYTES_MAX, date};

/// Reads a Word file, or says why it cannot.
pub(super) fn read(bytes: &[u8]) -> Result<Found, String> {
    let mut archive = ZipArchive::new(Cursor::new(bytes))
        .map_err(|error| format!("is a damaged archive: {error}"))?;
    let Some(document) = part(&mut archive, "word/document.xml")? else {
        return Err("is an archive, but no Word file".to_owned());
    };
    let damaged = |why: String| format!("is damaged: {why}");
    let mut styles = Styles::default();
    if let Some(xml) = part(&mut archive, "word/styles.xml")? {
        xml::visit(&xml, |piece| styles.take(&piece)).map_err(damaged)?;
    }
    let mut body = Body::new(styles);
    xml::visit(&document, |piece| body.take(&piece)).map_err(damaged)?;
    let created = part(&mut archive, "docProps/core.xml")?.and_then(|xml| created(&xml));
    let dated = created.map(|date| Dated { date, origin: Origin::Properties });
    let mut content = body.finish();
    content.places = Places::default();
    Ok(Found { content, dated, ..Found::default() })
}

/// A part of the archive, if it is there.
fn part(archive: &mut ZipArchive<Cursor<&[u8]>>, name: &str) -> Result<Option<String>, String> {
    let Ok(entry) = archive.by_name(name) else { return Ok(None) };
    let mut content = Vec::new();
    match entry.take(TEXT_BYTES_MAX as u64 + 1).read_to_end(&mut content) {
        Err(error) => Err(format!("is a damaged archive: {name}: {error}")),
        Ok(_) if content.len() > TEXT_BYTES_MAX => {
            Err(format!("unpacks to more than {} MiB", TEXT_BYTES_MAX >> 20))
        }
        Ok(_) => Ok(Some(String::from_utf8_lossy(&content).into_owned())),
    }
}

/// The day of `dcterms:created`.
fn created(xml: &str) -> Option<Date> {
    let (mut inside, mut text) = (false, String::new());
    let read = xml::visit(xml, |piece| match piece {
        Piece::Opens { name, .. } => inside = name == "created",
        Piece::Closes(_) => inside = false,
        Piece::Says(said) if inside => text.push_str(said),
        Piece::Says(_) => {}
    });
    read.ok().and_then(|()| date::published(&text))
}
