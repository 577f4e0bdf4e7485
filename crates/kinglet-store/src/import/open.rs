//! Compressed files: what they hold, under the name it has without the compression.

use std::fs::File;
use std::io::{BufRead, BufReader, Cursor, Read, Seek};
use std::path::{Path, PathBuf};

use kinglet_core::diagnostic::{Code, Diagnostic};

/// An archive must not fill the memory: four gigabytes unpacked are the most.
const UNPACKED_MAX: u64 = 4 << 30;

/// What a file holds.
enum Opened {
    /// One file, unpacked as it is read.
    Stream(PathBuf, Box<dyn BufRead>),
    /// The files of an archive.
    Files(Vec<(PathBuf, Vec<u8>)>),
}

/// The one file in a file: itself, or what `gz`, `zst` or `zip` hold.
pub(super) fn single(path: &Path) -> Result<(PathBuf, Box<dyn BufRead>), Diagnostic> {
    let file = File::open(path).map_err(|e| super::unreadable(path, &e))?;
    match opened(path, BufReader::new(file))? {
        Opened::Stream(name, content) => Ok((name, content)),
        Opened::Files(mut files) => match (files.len(), files.pop()) {
            (1, Some((name, content))) => Ok((name, Box::new(Cursor::new(content)))),
            _ => {
                let name = path.display().to_string();
                let message = format!("{name} does not hold one table");
                Err(Diagnostic::new(Code::Layout, message).subject(name))
            }
        },
    }
}

/// The files in bytes that stand under this name.
pub(super) fn contents(path: &Path, bytes: Vec<u8>) -> Result<Vec<(PathBuf, Vec<u8>)>, Diagnostic> {
    if !is_packed(path) {
        return Ok(vec![(path.to_owned(), bytes)]);
    }
    match opened(path, Cursor::new(bytes))? {
        Opened::Files(files) => Ok(files),
        Opened::Stream(name, mut content) => {
            let mut unpacked = Vec::new();
            content.read_to_end(&mut unpacked).map_err(|e| damaged(path, &e))?;
            Ok(vec![(name, unpacked)])
        }
    }
}

fn ending(path: &Path) -> String {
    path.extension().unwrap_or_default().to_string_lossy().to_lowercase()
}

fn is_packed(path: &Path) -> bool {
    matches!(ending(path).as_str(), "gz" | "zst" | "zip")
}

fn opened(path: &Path, content: impl BufRead + Seek + 'static) -> Result<Opened, Diagnostic> {
    let inner = path.with_extension("");
    match ending(path).as_str() {
        "gz" => Ok(one(inner, flate2::bufread::MultiGzDecoder::new(content))),
        "zst" => {
            let reader = zstd::Decoder::with_buffer(content).map_err(|e| damaged(path, &e))?;
            Ok(one(inner, reader))
        }
        "zip" => {
            let mut archive = zip::ZipArchive::new(content).map_err(|e| damaged(path, &e))?;
            let mut files = Vec::new();
            for at in 0..archive.len() {
                let entry = archive.by_index(at).map_err(|e| damaged(path, &e))?;
                if entry.is_file() {
                    let name = entry.name().map_err(|e| damaged(path, &e))?;
                    let name = PathBuf::from(name.into_owned());
                    if super::is_data(&name).is_ok() {
                        let mut unpacked = Vec::new();
                        let mut entry = Bounded { inner: entry, left: UNPACKED_MAX };
                        entry.read_to_end(&mut unpacked).map_err(|e| damaged(path, &e))?;
                        files.push((name, unpacked));
                    }
                }
            }
            Ok(Opened::Files(files))
        }
        _ => Ok(Opened::Stream(path.to_owned(), Box::new(content))),
    }
}

fn one(name: PathBuf, reader: impl Read + 'static) -> Opened {
    let bounded = Bounded { inner: reader, left: UNPACKED_MAX };
    Opened::Stream(name, Box::new(BufReader::new(bounded)))
}

/// What is wrong with a file that cannot be unpacked.
pub(super) fn damaged(path: &Path, error: &dyn std::fmt::Display) -> Diagnostic {
    let name = path.display().to_string();
    Diagnostic::new(Code::File, format!("{name} is damaged: {error}"))
        .subject(name)
        .hint("fetch the file again")
}

/// A reader that fails where there is more than it may give.
struct Bounded<R> {
    inner: R,
    left: u64,
}

impl<R: Read> Read for Bounded<R> {
    fn read(&mut self, buffer: &mut [u8]) -> std::io::Result<usize> {
        let read = self.inner.read(buffer)?;
        let left = self.left.checked_sub(read as u64);
        self.left = left.ok_or_else(|| std::io::Error::other("it unpacks to more than 4 GiB"))?;
        Ok(read)
    }
}
