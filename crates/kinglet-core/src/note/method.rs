//! Method and definitions: what the figures mean, and what the note does not know.

use std::collections::BTreeMap;

use super::draft::Draft;
use super::{Block, Bullet, Section};

/// How the note was made.
const METHOD: &[&str] = &[
    "Every number in this note is the answer to a query on dated data; the notes at the end give the \
     query, the value before rounding, the rows it rests on and the version of the data. Each was \
     asked again before publication.",
    "A return over a calendar period runs from the last close before the period to the last close in \
     it. Returns are those of price indexes: dividends are left out, which understates both indexes, \
     and the larger payer of the two more. Figures are rounded after they are computed, so that a \
     printed gap may differ by a last digit from the difference of two printed returns.",
    "Past outcomes are listed by name because they are few. Months that lie close together share part \
     of what followed them, so they are not independent cases.",
];

/// The section.
pub(super) fn section(draft: &Draft<'_>) -> Section {
    let mut blocks: Vec<Block> = METHOD.iter().map(|&p| Block::Paragraph(p.into())).collect();
    blocks.push(Block::Bullets(definitions()));
    let _ = draft;
    Section { id: "method", heading: "Method and definitions".to_owned(), blocks }
}

/// One line for each definition that the note may use.
fn definitions() -> Vec<Bullet> {
    let named: BTreeMap<&str, &str> = crate::metrics::CATALOG
        .iter()
        .map(|m| (m.definition.name, m.definition.title()))
        .collect();
    named
        .into_iter()
        .map(|(name, title)| Bullet { lead: name.to_owned(), prose: title.into() })
        .collect()
}
