//! `case`: in whose manner a note is told, which house publishes it, who helps with the words.

use std::path::{Path, PathBuf};

use clap::Args;
use kinglet::case::{Desk, Persona, proofread, rewrite};
use kinglet::{Diagnostic, Engine, Note};

use super::template::{TemplateArguments, small};
use crate::Settings;
use crate::arguments::name_of;
use crate::assistance::AssistanceArguments;

#[derive(Args, Debug)]
pub(super) struct DeskArguments {
    /// In whose manner to tell it: editor, strategist, adviser, or a file in TOML
    #[arg(long, value_name = "NAME|FILE")]
    persona: Option<PathBuf>,
    #[command(flatten)]
    template: TemplateArguments,
    #[command(flatten)]
    assistance: AssistanceArguments,
}

impl DeskArguments {
    /// The desk that is meant; read before anything is computed.
    pub(super) fn desk(&self) -> Result<Desk, Diagnostic> {
        let persona = self.persona.as_deref().map(persona).transpose()?;
        Ok(Desk { persona, house: self.template.house()? })
    }

    /// The note as it is to be published.
    pub(super) fn edited(
        &self,
        note: Note,
        (desk, engine): (&Desk, &Engine),
        settings: &Settings<'_>,
    ) -> Result<Note, Diagnostic> {
        let mut note = desk.edited(note);
        if let Some(model) = self.assistance.model() {
            let carrier = self.assistance.carrier(rewrite::is_readable);
            let mut rewriter = desk.rewriter(model, carrier);
            note = rewriter.rewrite(note, engine.view())?;
            if let Some(notice) = rewriter.notice() {
                settings.notice(&notice);
            }
        }
        proofread(&note, engine.view())?;
        Ok(note)
    }
}

/// A name stands alone; what has a folder or an ending is a file.
fn persona(given: &Path) -> Result<Persona, Diagnostic> {
    match given.to_str().filter(|name| !name.contains(['/', '\\', '.'])) {
        Some(name) => Persona::named(name),
        None => Persona::read(&small(given)?, &name_of(given)),
    }
}
