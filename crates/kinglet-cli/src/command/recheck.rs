//! `recheck`: a published note asked again.

use std::path::{Path, PathBuf};

use clap::{Args, ValueEnum};
use kinglet::case::recheck::{ChangeRecord, NOTE_MAX, Published, Recheck, notice, recheck};
use kinglet::render::plain::{visible, wrap};
use kinglet::{Code, Diagnostic, Exit, wire};

use super::case::template::TemplateArguments;
use crate::arguments::{StateArguments, bytes_of, name_of};
use crate::terminal::{BAD, CARE, FAINT, GOOD, STRONG, WIDTH, styled};
use crate::text::{data_line, labelled};
use crate::{Done, Outcome, Settings};

/// Ask every query of a published note again, and write the correction
#[derive(Args, Debug)]
#[command(after_help = "Examples:
  kinglet recheck kinglet-case/case.json
  kinglet recheck note --lake ~/lake
  kinglet recheck note --format markdown > correction.md

Each query is asked twice: on what was public on the day of the note, as these
data have it, and on all that is public by now. What differs in the first is to
be corrected; what differs in the second alone is known otherwise since. Exit
status 1 if something is to be corrected.")]
pub(crate) struct RecheckVerb {
    /// The note: case.json, or the folder with it; `-` reads standard input
    #[arg(value_name = "NOTE")]
    note: PathBuf,
    /// How to write what changed
    #[arg(long, value_name = "FORMAT", default_value = "text")]
    format: Format,
    #[command(flatten)]
    template: TemplateArguments,
    #[command(flatten)]
    state: StateArguments,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
enum Format {
    Text,
    Json,
    /// A correction to be published
    Markdown,
}

pub(crate) fn run(arguments: &RecheckVerb, settings: &Settings<'_>) -> Outcome {
    let ask = || {
        let house = arguments.template.house()?;
        let note = opened(&arguments.note)?;
        let source = arguments.state.source(settings.lake)?;
        let result = recheck(&note, &source, arguments.state.as_of())?;
        Ok((result, house))
    };
    let (result, house) = ask().map_err(|diagnostic| vec![diagnostic])?;
    let exit = if result.is_changed() { Exit::WrongClaims } else { Exit::Done };
    let output = match arguments.format {
        Format::Text => text(&result),
        Format::Json => wire::json(&result),
        Format::Markdown => notice(&result, &house),
    };
    Ok(Done { output, exit })
}

/// The note of a file, or of the folder that it was written into.
fn opened(path: &Path) -> Result<Published, Diagnostic> {
    let path = if path.is_dir() { path.join("case.json") } else { path.to_owned() };
    let size = std::fs::metadata(&path).map_or(0, |metadata| metadata.len());
    if size > NOTE_MAX as u64 {
        let message = format!("{} is larger than {} MB", name_of(&path), NOTE_MAX >> 20);
        return Err(Diagnostic::new(Code::Note, message));
    }
    Published::read(&bytes_of(&path)?, &name_of(&path))
}

fn text(result: &Recheck) -> String {
    let headline = wrap(&visible(&result.headline), WIDTH).join("\n");
    let mut text = format!("{}\n\n", styled(STRONG, headline));
    let note = &result.written_from;
    text += &labelled("note", &format!("as of {}, on {}", note.as_of, visible(&note.version)));
    let figures = format!("{} from {} queries", result.figures, result.queries);
    text += &labelled("figures", &figures);
    text += &labelled("found", &found(result));
    let (printed, unseen): (Vec<_>, Vec<_>) = result.changed.iter().partition(|c| c.is_printed());
    if !printed.is_empty() {
        text += &format!("\n{}\n", styled(BAD, "To be corrected"));
        printed.into_iter().for_each(|change| text += &block(change));
    }
    if !unseen.is_empty() {
        text += &format!("\n{}\n", styled(CARE, "Moved by less than the text prints"));
        unseen.into_iter().for_each(|change| text += &block(change));
    }
    if !result.since.is_empty() {
        text += &format!("\n{}\n", styled(CARE, "Known otherwise since; the note was right"));
        let shown = result.since.iter().take(SINCE_MAX);
        shown.for_each(|change| text += &block(change));
        let more = result.since.len().saturating_sub(SINCE_MAX);
        if more > 0 {
            text += &labelled("…", &format!("{more} more; --format json has them all"));
        }
    }
    if !result.is_changed() && result.since.is_empty() {
        text += &format!("\n{}\n", styled(GOOD, "Nothing changed"));
    }
    text + &format!("\n{}\n", styled(FAINT, data_line(&result.data)))
}

fn found(result: &Recheck) -> String {
    match result.changed.len() {
        0 => "every query gives what it gave, on what was public then".to_owned(),
        1 => "one query gives something else on what was public then".to_owned(),
        n => format!("{n} queries give something else on what was public then"),
    }
}

/// What is known otherwise by now is listed so far.
const SINCE_MAX: usize = 8;

fn block(change: &ChangeRecord) -> String {
    let query = wrap(&visible(&change.query), WIDTH).join("\n");
    let now = change.now.as_deref().unwrap_or("no value");
    let mut text = format!("{query}\n");
    text += &labelled("was", &visible(&change.was));
    text += &labelled("is", now);
    for reason in change.why.iter().take(REASONS_MAX) {
        text += &labelled("why", &visible(&reason.text));
    }
    let differing = change.places.iter().filter(|p| p.should_be.as_ref() != Some(&p.printed));
    for place in differing.take(PLACES_MAX) {
        text += &labelled("printed", &visible(&place.sentence));
        text += &match &place.corrected {
            Some(right) => labelled("read", &visible(right)),
            None => labelled("read", "the sentence does not hold any more"),
        };
    }
    text
}

/// Reasons of one change that are shown.
const REASONS_MAX: usize = 4;
/// Places of one change that are shown.
const PLACES_MAX: usize = 3;
