//! `case`: in whose manner a note is told, which house publishes it, who helps with the words.

use std::path::{Path, PathBuf};

use clap::Args;
use kinglet::case::{Desk, House, Persona, SIZE_MAX, proofread, rewrite};
use kinglet::{Code, Diagnostic, Engine, Note};

use crate::Settings;
use crate::arguments::{name_of, text_of};
use crate::assistance::AssistanceArguments;

#[derive(Args, Debug)]
pub(super) struct DeskArguments {
    /// In whose manner to tell it: editor, strategist, adviser, or a file in TOML
    #[arg(long, value_name = "NAME|FILE")]
    persona: Option<PathBuf>,
    /// The house that publishes it, a file in TOML: name, signature, statements,
    /// headings
    #[arg(long, value_name = "FILE")]
    template: Option<PathBuf>,
    #[command(flatten)]
    assistance: AssistanceArguments,
}

impl DeskArguments {
    /// The desk that is meant; read before anything is computed.
    pub(super) fn desk(&self) -> Result<Desk, Diagnostic> {
        let persona = self.persona.as_deref().map(persona).transpose()?;
        let house = match &self.template {
            Some(path) => House::read(&small(path)?, &name_of(path))?,
            None => House::default(),
        };
        Ok(Desk { persona, house })
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

/// The text of a file, unless it is too large to be what is meant.
fn small(path: &Path) -> Result<String, Diagnostic> {
    let size = std::fs::metadata(path).map_or(0, |metadata| metadata.len());
    if size > SIZE_MAX as u64 {
        let message = format!("{} is larger than {} kB", name_of(path), SIZE_MAX >> 10);
        return Err(Diagnostic::new(Code::House, message));
    }
    text_of(path, Code::House)
}
