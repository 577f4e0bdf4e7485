//! Compressed files: what they hold, under the name it has without the compression.

use std::io::{Cursor, Read};
use std::path::{Path, PathBuf};

use kinglet_core::diagnostic::{Code, Diagnostic};

/// An archive must not fill the memory: four gigabytes unpacked are the most.
const UNPACKED_MAX: u64 = 4 << 30;

/// The files in a file: itself, or what `gz`, `zst` or `zip` hold.
pub(super) fn contents(path: &Path, bytes: Vec<u8>) -> Result<Vec<(PathBuf, Vec<u8>)>, Diagnostic> {
    let ending = path.extension().unwrap_or_default().to_string_lossy().to_lowercase();
    let inner = || path.with_extension("");
    let damaged = |e: &dyn std::fmt::Display| {
        let name = path.display().to_string();
        Diagnostic::new(Code::File, format!("{name} is damaged: {e}"))
            .subject(name)
            .hint("fetch the file again")
    };
    match ending.as_str() {
        "gz" => {
            let reader = flate2::read::MultiGzDecoder::new(&bytes[..]);
            Ok(vec![(inner(), unpack(reader).map_err(|e| damaged(&e))?)])
        }
        "zst" => {
            let reader = zstd::Decoder::new(&bytes[..]).map_err(|e| damaged(&e))?;
            Ok(vec![(inner(), unpack(reader).map_err(|e| damaged(&e))?)])
        }
        "zip" => {
            let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).map_err(|e| damaged(&e))?;
            let mut files = Vec::new();
            for at in 0..archive.len() {
                let entry = archive.by_index(at).map_err(|e| damaged(&e))?;
                if entry.is_file() {
                    let name = entry.name().map_err(|e| damaged(&e))?;
                    let name = PathBuf::from(name.into_owned());
                    if super::is_data(&name).is_ok() {
                        files.push((name, unpack(entry).map_err(|e| damaged(&e))?));
                    }
                }
            }
            Ok(files)
        }
        _ => Ok(vec![(path.to_owned(), bytes)]),
    }
}

fn unpack(reader: impl Read) -> std::io::Result<Vec<u8>> {
    let mut content = Vec::new();
    let read = reader.take(UNPACKED_MAX + 1).read_to_end(&mut content)?;
    if read as u64 > UNPACKED_MAX {
        return Err(std::io::Error::other("it unpacks to more than 4 GiB"));
    }
    Ok(content)
}
