//! The house that publishes, and other small files that a user wrote.

use std::path::{Path, PathBuf};

use clap::Args;
use kinglet::case::{House, SIZE_MAX};
use kinglet::{Code, Diagnostic};

use crate::arguments::{name_of, text_of};

#[derive(Args, Debug)]
pub(crate) struct TemplateArguments {
    /// The house that publishes, a file in TOML: name, signature, statements, headings
    #[arg(long, value_name = "FILE")]
    template: Option<PathBuf>,
}

impl TemplateArguments {
    /// The house that is meant.
    pub(crate) fn house(&self) -> Result<House, Diagnostic> {
        match &self.template {
            Some(path) => House::read(&small(path)?, &name_of(path)),
            None => Ok(House::default()),
        }
    }
}

/// The text of a file, unless it is too large to be what is meant.
pub(super) fn small(path: &Path) -> Result<String, Diagnostic> {
    let size = std::fs::metadata(path).map_or(0, |metadata| metadata.len());
    if size > SIZE_MAX as u64 {
        let message = format!("{} is larger than {} kB", name_of(path), SIZE_MAX >> 10);
        return Err(Diagnostic::new(Code::House, message));
    }
    text_of(path, Code::House)
}
