//! A note as lines of a terminal: text at eighty columns, charts in letters.

use kinglet_core::note::{Block, Note, Prose};

use super::plain::{columns, visible, wrap};
use crate::chart::{Run, Tone, letters};

/// Columns of a line.
const WIDTH: usize = 80;

/// The note in lines, each a row of runs.
pub fn lines(note: &Note) -> Vec<Run> {
    let mut out = Vec::new();
    out.extend(paragraph(&note.headline.text(), Tone::Strong));
    out.push(Run::new());
    out.extend(paragraph(&note.standfirst.text(), Tone::Quiet));
    for section in &note.sections {
        out.push(Run::new());
        out.extend(paragraph(&section.heading, Tone::Strong));
        for block in &section.blocks {
            out.push(Run::new());
            out.extend(block_lines(note, block));
        }
    }
    for statement in &note.statements {
        out.push(Run::new());
        let text = format!("{}. {}", statement.lead, statement.prose.text());
        out.extend(paragraph(&text, Tone::Quiet));
    }
    out
}

fn block_lines(note: &Note, block: &Block) -> Vec<Run> {
    match block {
        Block::Paragraph(prose) => paragraph(&minus(prose), Tone::Plain),
        Block::Bullets(bullets) => bullets
            .iter()
            .flat_map(|b| {
                let text = format!("{}. {}", b.lead, minus(&b.prose));
                let rows = wrap(&visible(&text), WIDTH - 2).into_iter().enumerate();
                rows.map(|(at, row)| line(&format!("{}{row}", if at == 0 { "• " } else { "  " })))
            })
            .collect(),
        Block::Table(table) => {
            let mut out = paragraph(&table.caption, Tone::Quiet);
            out.extend(columns(table, WIDTH).iter().map(|row| line(row)));
            out
        }
        Block::Chart(id) => note.chart(id).map_or_else(Vec::new, |chart| {
            let mut out = paragraph(&chart.title, Tone::Strong);
            out.extend(letters(chart));
            out.extend(paragraph(&chart.caption, Tone::Quiet));
            out
        }),
    }
}

fn minus(prose: &Prose) -> String {
    prose.text().replace(" -", " \u{2212}")
}

fn line(text: &str) -> Run {
    vec![(text.to_owned(), Tone::Plain)]
}

fn paragraph(text: &str, tone: Tone) -> Vec<Run> {
    wrap(&visible(text), WIDTH).into_iter().map(|row| vec![(row, tone)]).collect()
}
