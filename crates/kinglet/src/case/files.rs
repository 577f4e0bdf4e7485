//! The files of a note: made whole in memory, then put into a folder all or none.

use std::io;
use std::path::{Path, PathBuf};

use kinglet_core::diagnostic::{Code, Diagnostic};
use kinglet_core::note::Note;

use crate::chart::{Fit, draw};
use crate::render;
use crate::wire;

/// A file that is to be written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct File {
    /// Its name: `case.html`.
    pub name: String,
    /// What stands in it.
    pub bytes: Vec<u8>,
}

impl File {
    /// A file of this content.
    pub fn new(name: impl Into<String>, content: impl Into<Vec<u8>>) -> File {
        File { name: name.into(), bytes: content.into() }
    }
}

/// What is written of every note: the page, Markdown with its charts, JSON.
pub fn usual(note: &Note) -> Vec<File> {
    let mut files = vec![
        File::new("case.html", render::html(note)),
        File::new("case.md", render::markdown(note)),
        File::new("case.json", wire::json(&render::json(note))),
    ];
    files.extend(note.charts.iter().map(|chart| {
        File::new(format!("{}.svg", chart.id), render::standalone(&draw(chart, Fit::Wide)))
    }));
    files
}

/// Puts files into a folder, which is made if it does not exist: each under another name first, and
/// only when all are whole are they renamed, so that a reader never sees half of one and a full
/// disk leaves what was there.
///
/// # Errors
/// `Write` where the folder or a file cannot be written; nothing is left of it then.
pub fn save(files: &[File], out: &Path) -> Result<Vec<PathBuf>, Diagnostic> {
    let made = !out.exists();
    std::fs::create_dir_all(out).map_err(|e| unwritable(out, &e))?;
    let written = put(files, out);
    if written.is_err() {
        for file in files {
            let _ = std::fs::remove_file(partial(out, file));
        }
        if made {
            let _ = std::fs::remove_dir(out);
        }
    }
    written
}

fn put(files: &[File], out: &Path) -> Result<Vec<PathBuf>, Diagnostic> {
    for file in files {
        let path = out.join(&file.name);
        if path.is_dir() {
            return Err(unwritable(&path, &io::ErrorKind::IsADirectory.into()));
        }
        std::fs::write(partial(out, file), &file.bytes).map_err(|e| unwritable(&path, &e))?;
    }
    let replace = |file: &File| {
        let path = out.join(&file.name);
        std::fs::rename(partial(out, file), &path).map_err(|e| unwritable(&path, &e))?;
        Ok(path)
    };
    files.iter().map(replace).collect()
}

/// Under what name a file is written.
fn partial(out: &Path, file: &File) -> PathBuf {
    out.join(format!("{}.partial", file.name))
}

fn unwritable(path: &Path, error: &io::Error) -> Diagnostic {
    Diagnostic::new(Code::Write, format!("cannot write {}: {error}", path.display()))
        .subject(path.display().to_string())
        .hint("name another folder with --out, or make room and give permission")
}
