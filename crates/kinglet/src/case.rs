//! The small-cap case: composed, reviewed, and written as a page, as Markdown and as JSON.

mod authored;
mod desk;
mod house;
mod persona;
mod proof;
pub mod recheck;
pub mod rewrite;

pub use authored::SIZE_MAX;
pub use desk::{Desk, proofread};
pub use house::House;
pub use persona::Persona;

use std::path::{Path, PathBuf};

use kinglet_core::diagnostic::{Code, Diagnostic};
use kinglet_core::note::{Note, compose, review};
use kinglet_core::query::Evaluator;
use kinglet_core::view::View;

use crate::chart::{Fit, draw};
use crate::render;
use crate::wire;

/// What was written.
#[derive(Clone, Debug)]
pub struct CaseReport {
    /// The headline.
    pub headline: String,
    /// How many figures the note prints.
    pub figures: usize,
    /// How many queries they rest on.
    pub queries: usize,
    /// The files, in the order of writing.
    pub files: Vec<PathBuf>,
}

/// Composes the note of a view and has every figure of it asked again.
///
/// # Errors
/// `Undefined` where the view lacks the closes of either index; `Review` where a figure does not
/// hold.
pub fn note(view: &View) -> Result<Note, Diagnostic> {
    let evaluator = Evaluator::new(view);
    let note = compose(&evaluator)?;
    review(&note, &Evaluator::new(view), &|name, _| Err(format!("{name} was not run")))?;
    Ok(note)
}

/// Writes `case.html`, `case.md`, `case.json` and the charts into a folder, which is made if it
/// does not exist. Each file is written under another name first and then renamed, so that a
/// reader never sees half of one.
///
/// # Errors
/// `Write` where the folder or a file cannot be written.
pub fn write(note: &Note, out: &Path) -> Result<CaseReport, Diagnostic> {
    let mut documents = vec![
        ("case.html".to_owned(), render::html(note)),
        ("case.md".to_owned(), render::markdown(note)),
        ("case.json".to_owned(), wire::json(&render::json(note))),
    ];
    for chart in &note.charts {
        documents.push((format!("{}.svg", chart.id), render::standalone(&draw(chart, Fit::Wide))));
    }
    std::fs::create_dir_all(out).map_err(|e| unwritable(out, &e))?;
    let mut files = Vec::new();
    for (name, text) in documents {
        let path = out.join(name);
        replace(&path, &text).map_err(|e| unwritable(&path, &e))?;
        files.push(path);
    }
    Ok(CaseReport {
        headline: note.headline.text(),
        figures: note.figures().len(),
        queries: note.evidence().len(),
        files,
    })
}

/// Puts a whole file in the place of a former one.
fn replace(path: &Path, text: &str) -> std::io::Result<()> {
    let mut partial = path.as_os_str().to_owned();
    partial.push(".partial");
    std::fs::write(&partial, text)?;
    std::fs::rename(&partial, path).inspect_err(|_| {
        let _ = std::fs::remove_file(&partial);
    })
}

fn unwritable(path: &Path, error: &std::io::Error) -> Diagnostic {
    Diagnostic::new(Code::Write, format!("cannot write {}: {error}", path.display()))
        .subject(path.display().to_string())
        .hint("name another folder with --out, or make room and give permission")
}
