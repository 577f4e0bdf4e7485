//! `audit --diff` and `audit --fix`: corrections to read, and corrected copies.

use std::io::Write;
use std::path::{Path, PathBuf};

use clap::Args;
use kinglet::audit::{self, Comparison, Corrected};
use kinglet::document::{self, Document};
use kinglet::render::plain::visible;
use kinglet::{Code, Diagnostic, Engine, wire};
use serde_json::json;

use super::Format;
use crate::arguments::name_of;
use crate::terminal::{FAINT, STRONG, styled};

#[derive(Args, Debug)]
#[command(next_help_heading = "Corrections")]
pub(super) struct CorrectionArguments {
    /// Print the corrections of what is wrong as a unified diff, instead of the audit
    #[arg(long, conflicts_with_all = ["fix", "jsonl"])]
    pub(super) diff: bool,
    /// Write a corrected copy beside each article, as `article.corrected.txt`, with footnotes
    #[arg(long, conflicts_with = "jsonl")]
    pub(super) fix: bool,
    /// Overwrite corrected copies that are there
    #[arg(long, requires = "fix")]
    force: bool,
}

/// An article with its path and its corrected copy, if anything could be corrected.
struct Correction<'a> {
    path: &'a Path,
    format: document::Format,
    text: &'a str,
    wrong: usize,
    copy: PathBuf,
    corrected: Option<Corrected>,
}

impl CorrectionArguments {
    /// Whether corrections are asked for instead of an audit.
    pub(super) fn asked(&self) -> bool {
        self.diff || self.fix
    }
}

pub(super) fn run(
    arguments: &super::AuditVerb,
    (all, documents): (Comparison, &[&Document]),
    engine: &Engine,
) -> Result<String, Vec<Diagnostic>> {
    let articles = all.articles.iter().zip(documents);
    let corrections: Vec<Correction<'_>> = articles
        .map(|(audit, document)| {
            let path = Path::new(&audit.article.path);
            let source = document.source().filter(|_| has_footnotes(document.format));
            let text = source.unwrap_or(&document.content.text);
            let audit = if source.is_some() { audit.in_source(document) } else { audit.clone() };
            Correction {
                path,
                format: document.format,
                text,
                wrong: audit.summary.wrong,
                copy: copy_of(path),
                corrected: audit::corrected(&audit, text, engine.view()),
            }
        })
        .collect();
    if arguments.correction.diff {
        return Ok(corrections.iter().map(diff).collect());
    }
    let written = corrections.iter().map(|c| write(c, arguments.correction.force));
    let failed: Vec<Diagnostic> = written.filter_map(Result::err).collect();
    if !failed.is_empty() {
        return Err(failed);
    }
    Ok(match arguments.format {
        Format::Json => wire::json(&corrections.iter().map(record).collect::<Vec<_>>()),
        _ => corrections.iter().map(line).collect(),
    })
}

/// Whether a copy of the file can end with footnotes: it is its own text.
fn has_footnotes(format: document::Format) -> bool {
    matches!(format, document::Format::Text | document::Format::Markdown)
}

/// `article.txt` becomes `article.corrected.txt`, in the same folder.
fn copy_of(path: &Path) -> PathBuf {
    let stem = path.file_stem().unwrap_or_default().to_string_lossy();
    let extension = path.extension().map_or("txt".into(), |e| e.to_string_lossy());
    path.with_file_name(format!("{stem}.corrected.{extension}"))
}

/// A diff whose lines do nothing to a terminal.
fn diff(correction: &Correction<'_>) -> String {
    let Some(corrected) = &correction.corrected else { return String::new() };
    let names = (correction.path.display().to_string(), correction.copy.display().to_string());
    let diff = corrected.diff(correction.text, (&names.0, &names.1));
    let harmless = |line: &str| match line.chars().any(|c| c.is_control() && c != '\t' && c != '\r')
    {
        true => visible(line),
        false => line.to_owned(),
    };
    diff.split('\n').map(harmless).collect::<Vec<_>>().join("\n")
}

/// Writes a copy: whole or not at all, and over nothing unless told so.
fn write(correction: &Correction<'_>, force: bool) -> Result<(), Diagnostic> {
    let Some(corrected) = &correction.corrected else { return Ok(()) };
    let path = &correction.copy;
    if correction.path == Path::new(&name_of(Path::new("-"))) {
        return Err(Diagnostic::new(Code::Usage, "`--fix` needs a file, not standard input")
            .hint("`--diff` prints the corrections"));
    }
    if !has_footnotes(correction.format) {
        let message = format!("{} is not plain text or Markdown", correction.path.display());
        return Err(Diagnostic::new(Code::Usage, message)
            .note("a corrected copy ends with footnotes, which other files have no place for")
            .hint("`--diff` prints the corrections"));
    }
    let folder = path.parent().filter(|p| !p.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let written = tempfile::NamedTempFile::new_in(folder).and_then(|mut file| {
        file.write_all(corrected.text.as_bytes())?;
        match force {
            true => file.persist(path).map_err(|e| e.error),
            false => file.persist_noclobber(path).map_err(|e| e.error),
        }
    });
    let unwritable = |error: std::io::Error| {
        let message = format!("cannot write {}: {error}", path.display());
        let diagnostic = Diagnostic::new(Code::Write, message);
        match error.kind() {
            std::io::ErrorKind::AlreadyExists => diagnostic.hint("`--force` overwrites it"),
            _ => diagnostic,
        }
    };
    written.map(drop).map_err(unwritable)
}

fn record(correction: &Correction<'_>) -> serde_json::Value {
    let corrected = correction.corrected.as_ref();
    json!({
        "path": correction.path.display().to_string(),
        "copy": corrected.map(|_| correction.copy.display().to_string()),
        "corrections": corrected.map_or(&[][..], |c| &c.corrections),
        "left": corrected.map_or(correction.wrong, |c| c.left),
    })
}

fn line(correction: &Correction<'_>) -> String {
    let Correction { path, wrong, copy, corrected, .. } = correction;
    let name = visible(&path.display().to_string());
    let Some(corrected) = corrected else {
        let why = if *wrong == 0 { "nothing is wrong" } else { "nothing could be corrected" };
        return format!("{name}: {why}\n");
    };
    let mended = wrong - corrected.left;
    let copy = styled(STRONG, visible(&copy.display().to_string()));
    let left = match corrected.left {
        0 => String::new(),
        left => styled(FAINT, format!(", {left} left as written")),
    };
    format!("{copy}: {mended} of {wrong} wrong claims corrected{left}\n")
}
