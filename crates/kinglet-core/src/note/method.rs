//! Method and definitions: what the figures mean, and what the note does not know.

use std::collections::BTreeMap;

use super::draft::{Draft, LARGE, SMALL};
use super::{Block, Bullet, Figure, Section};
use crate::identity::Basis;

/// How the note was made.
const METHOD: &[&str] = &[
    "Every number in this note is the answer to a query on dated data; the notes at the end give \
     the query, the value before rounding, the rows it rests on and the version of the data. Each \
     was asked again before publication.",
    "A return over a calendar period runs from the last close before the period to the last close \
     in it. Returns are those of price indexes: dividends are left out, which understates both \
     indexes, and the larger payer of the two more. Figures are rounded after they are computed, \
     so a printed gap may differ in its last digit from the difference of two printed returns. \
     Figures on prices and jobs are as last revised, not as first published.",
    "Past outcomes are listed by name because they are few. Months that lie close together share \
     part of what followed them, so they are not independent cases.",
];

/// The section, after the others: it explains the definitions that they use.
pub(super) fn section(draft: &Draft<'_>, figures: &[&Figure]) -> Section {
    let mut blocks: Vec<Block> = METHOD.iter().map(|&p| Block::Paragraph(p.into())).collect();
    blocks.push(Block::Bullets(definitions(figures)));
    blocks.push(Block::Paragraph(unknown(draft).into()));
    Section { id: "method".to_owned(), heading: "Method and definitions".to_owned(), blocks }
}

/// One line for each definition in the queries of the note.
fn definitions(figures: &[&Figure]) -> Vec<Bullet> {
    let mut named: BTreeMap<&str, &str> = BTreeMap::new();
    for figure in figures {
        let Some(query) = figure.query() else { continue };
        query.expr().visit(&mut |call| {
            let definition = &call.metric.definition;
            named.insert(definition.name, definition.title());
        });
    }
    let meaning = |title: &str| title.split_once(": ").map_or(title, |(_, text)| text).to_owned();
    named
        .into_iter()
        .map(|(name, title)| Bullet { lead: name.to_owned(), prose: meaning(title).into() })
        .collect()
}

/// What a reader might look for and the data do not hold.
fn unknown(draft: &Draft<'_>) -> String {
    let mut text =
        "Not in the data, and so not in the note: price-earnings ratios of either index, \
                    whose published values differ with the treatment of companies that lose money"
            .to_owned();
    let view = draft.evaluator().view();
    let total = |index| view.series(index, Basis::Total).is_ok();
    if !total(SMALL) || !total(LARGE) {
        text += "; total-return levels of the indexes, with dividends";
    }
    text + "; fund flows; forecasts."
}
