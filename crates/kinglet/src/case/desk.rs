//! The desk: what an editor does with a composed note before it is published.

use kinglet_core::diagnostic::Diagnostic;
use kinglet_core::note::Note;
use kinglet_core::view::View;

use super::house::House;
use super::persona::Persona;
use super::proof::Proof;
use super::rewrite::Rewriter;
use crate::inquiry::Inquiry;

/// In whose manner a note is told, and which house publishes it.
#[derive(Clone, Debug, Default)]
pub struct Desk {
    /// In whose manner; as composed without one.
    pub persona: Option<Persona>,
    /// What stands below.
    pub house: House,
}

impl Desk {
    /// The note as it is told and what the house states.
    pub fn edited(&self, note: Note) -> Note {
        let mut note = match &self.persona {
            Some(persona) => persona.told(note),
            None => note,
        };
        for section in &mut note.sections {
            if let Some(heading) = self.house.headings().get(&section.id) {
                section.heading.clone_from(heading);
            }
        }
        note.statements = self.house.statements(&note);
        note
    }

    /// One who rewords with the help of a model, in the voice of the persona.
    pub fn rewriter<A>(&self, model: &str, ask: A) -> Rewriter<A>
    where
        A: FnMut(&Inquiry) -> Result<String, String>,
    {
        let voice = self.persona.as_ref().map_or("plain and exact", |persona| &persona.voice);
        Rewriter::new(model, voice, ask)
    }
}

/// Reads a note as anybody's article, on the data that it was written from.
///
/// # Errors
/// `Review` with every figure that the auditor finds to be wrong.
pub fn proofread(note: &Note, view: &View) -> Result<(), Diagnostic> {
    Proof::of(note, view)?.passed()
}
