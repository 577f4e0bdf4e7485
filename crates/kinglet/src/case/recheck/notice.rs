//! The correction that a house publishes, as Markdown.

use kinglet_core::note::date_in_words;

use super::{ChangeRecord, PlaceRecord, Recheck};
use crate::case::House;
use crate::render::plain::visible;

/// The notice; where nothing is to be corrected it says so.
pub fn notice(recheck: &Recheck, house: &House) -> String {
    let day = date_in_words(recheck.written_from.as_of);
    let note = format!("the note \u{201c}{}\u{201d}, as of {day}", escaped(&recheck.headline));
    let items = items(&recheck.changed);
    let mut text = match items.is_empty() {
        true => format!("# No correction\n\nEvery figure of {note}, stands as printed.\n"),
        false => format!("# Correction\n\nTo be corrected in {note}:\n\n{}", items.concat()),
    };
    let unseen = recheck.changed.iter().filter(|change| !change.is_printed()).count();
    if unseen > 0 {
        let values = if unseen == 1 { "value" } else { "values" };
        text += &format!("\n{unseen} further {values} moved by less than the text prints.\n");
    }
    if !recheck.since.is_empty() {
        let by = date_in_words(recheck.data.as_of);
        let right =
            format!("The note is right on what was public on {day}. By {by} the record gives");
        text += &format!("\n## Known otherwise since\n\n{right}:\n\n");
        recheck.since.iter().for_each(|change| text += &line(change));
    }
    let asked = format!("{} figures from {} queries", recheck.figures, recheck.queries);
    let (data, signed) = (code(&recheck.data.version), house.signature(recheck.data.as_of));
    text + &format!("\n---\n\nAsked again: {asked}, on data {data}. {}\n", escaped(&signed))
}

/// Each sentence that prints something wrong: how it stood, how it should read, and why.
fn items(changed: &[ChangeRecord]) -> Vec<String> {
    let mut sentences: Vec<(&PlaceRecord, Vec<&ChangeRecord>)> = Vec::new();
    for change in changed.iter().filter(|change| change.is_printed()) {
        for place in change.places.iter().filter(|place| place.differs()) {
            match sentences.iter_mut().find(|(known, _)| known.sentence == place.sentence) {
                Some((_, changes)) if changes.iter().any(|c| c.number == change.number) => {}
                Some((_, changes)) => changes.push(change),
                None => sentences.push((place, vec![change])),
            }
        }
    }
    let item = |(place, changes): &(&PlaceRecord, Vec<&ChangeRecord>)| {
        let stood = escaped(&place.sentence);
        let right = match &place.corrected {
            Some(right) => format!("should read \u{201c}{}\u{201d}", escaped(right)),
            None => "does not hold any more".to_owned(),
        };
        let whys: String = changes.iter().map(|change| format!("  {}", line(change))).collect();
        format!("- \u{201c}{stood}\u{201d} {right}\n{whys}")
    };
    let behind = changed.iter().filter(|change| change.places.is_empty());
    sentences.iter().map(item).chain(behind.map(line)).collect()
}

/// A query with what it gives, and why.
fn line(change: &ChangeRecord) -> String {
    let now = change.now.as_deref().unwrap_or("no value");
    let reasons: Vec<String> =
        change.why.iter().take(REASONS_MAX).map(|reason| escaped(&reason.text)).collect();
    let more = change.why.len().saturating_sub(REASONS_MAX);
    let more = if more > 0 { format!("; and {more} more") } else { String::new() };
    let (query, was, why) = (code(&change.query), escaped(&change.was), reasons.join("; "));
    format!("- {query} is {now}, and was {was}: {why}{more}\n")
}

/// More reasons than that are for the JSON.
const REASONS_MAX: usize = 4;

/// Foreign text that cannot become markup.
fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in visible(text).chars() {
        if matches!(c, '\\' | '`' | '*' | '_' | '[' | ']' | '<' | '>' | '|') {
            out.push('\\');
        }
        out.push(c);
    }
    out
}

/// Foreign text as code.
fn code(text: &str) -> String {
    format!("`{}`", visible(text).replace('`', "'"))
}
