//! `case`: what is written beside the page, the Markdown and the JSON.

use clap::Args;
use kinglet::case::File;
use kinglet::{Diagnostic, Note, render};

use super::{print, speech};

#[derive(Args, Debug)]
#[command(next_help_heading = "Also write")]
pub(super) struct FormatArguments {
    /// For print: case.pdf
    #[arg(long)]
    pdf: bool,
    /// All tables as a workbook: case.xlsx
    #[arg(long)]
    xlsx: bool,
    /// To be read aloud, about three minutes, with all numbers in words: case.txt
    #[arg(long)]
    script: bool,
    /// The script spoken by a program of this computer: case.wav
    #[arg(long)]
    audio: bool,
    /// An Atom feed of one entry: case.atom
    #[arg(long)]
    atom: bool,
    /// A letter, as text and as HTML: case.eml
    #[arg(long)]
    mail: bool,
}

impl FormatArguments {
    /// The files that are asked for.
    pub(super) fn files(&self, note: &Note) -> Result<Vec<File>, Diagnostic> {
        let mut files = Vec::new();
        if self.pdf {
            files.push(File::new("case.pdf", print::pdf(note)?));
        }
        if self.xlsx {
            files.push(File::new("case.xlsx", render::workbook(note)?));
        }
        if self.audio {
            files.push(speech::spoken(&render::spoken(note))?);
        }
        if self.script {
            files.push(File::new("case.txt", render::spoken(note)));
        }
        if self.atom {
            files.push(File::new("case.atom", render::atom(note)));
        }
        if self.mail {
            files.push(File::new("case.eml", render::mail(note)));
        }
        Ok(files)
    }
}
