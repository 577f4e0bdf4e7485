//! The small-cap case: composed, reviewed, edited, and written as files.

mod authored;
mod desk;
mod files;
mod house;
mod persona;
mod proof;
pub mod recheck;
pub mod rewrite;

pub use authored::SIZE_MAX;
pub use desk::{Desk, proofread};
pub use files::{File, save, usual};
pub use house::House;
pub use persona::Persona;

use std::path::PathBuf;

use kinglet_core::diagnostic::Diagnostic;
use kinglet_core::note::{Note, compose, review};
use kinglet_core::query::Evaluator;
use kinglet_core::view::View;

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

impl CaseReport {
    /// What is told of a note once its files are written.
    pub fn new(note: &Note, files: Vec<PathBuf>) -> CaseReport {
        CaseReport {
            headline: note.headline.text(),
            figures: note.figures().len(),
            queries: note.evidence().len(),
            files,
        }
    }
}
