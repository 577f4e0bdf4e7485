//! The case for one side of a pair: composed, reviewed, edited, and written as files.

mod authored;
mod desk;
mod files;
mod house;
mod persona;
mod policies;
mod proof;
pub mod recheck;
pub mod rewrite;

pub use authored::SIZE_MAX;
pub use desk::{Desk, proofread};
pub use files::{File, save, usual};
pub use house::House;
pub use kinglet_core::note::Request;
pub use persona::Persona;

use std::path::PathBuf;

use kinglet_core::diagnostic::Diagnostic;
use kinglet_core::lens::Pair;
use kinglet_core::note::{Material, Note, compose, review};
use kinglet_core::query::Evaluator;
use kinglet_core::view::View;

use crate::lens;
use crate::study;

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

/// Composes the note of a view on a pair and has it reviewed.
///
/// # Errors
/// `Usage` where the pair is one thing twice; `Undefined` where the view lacks the closes of either
/// side; `Review` where a figure does not hold.
pub fn note(view: &View, request: &Request) -> Result<Note, Diagnostic> {
    let evaluator = Evaluator::new(view);
    let lenses = lens::shipped();
    // Policies are written for the pair of the rules.
    let Pair { subject, against, .. } = &lenses.rules().pair;
    let is_theirs =
        (request.subject.code(), request.against.code()) == (subject.as_str(), against.as_str());
    let studies = if is_theirs { study::shipped().studies } else { Vec::new() };
    let policies = match is_theirs {
        true => policies::run(view, &lenses.read(&evaluator)),
        false => policies::Policies::default(),
    };
    let material = Material {
        lenses: &lenses,
        studies: &studies,
        policies: &policies.results,
        missing: &policies.missing,
    };
    let note = compose(&evaluator, request, &material)?;
    check(&note, view)?;
    Ok(note)
}

/// Finds every figure of a note again.
///
/// # Errors
/// `Review` where a figure does not hold.
pub fn check(note: &Note, view: &View) -> Result<(), Diagnostic> {
    let policies = policies::Again::on(view);
    review(note, &Evaluator::new(view), &|name, place| policies.value(name, place))
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
