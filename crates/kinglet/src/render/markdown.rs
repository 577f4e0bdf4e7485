//! A note as Markdown, with footnotes.

use std::fmt::Write as _;

use kinglet_core::note::{Block, NO_DATA, Note, Piece, Prose, Table};

use super::footnote::{Numbers, evidence};

/// The whole note; charts are links to files of their id beside it.
pub fn markdown(note: &Note) -> String {
    let numbers = Numbers::of(note);
    let mut out = format!(
        "# {}\n\n*{}*\n",
        prose(&note.headline, &numbers),
        prose(&note.standfirst, &numbers)
    );
    for section in &note.sections {
        let _ = write!(out, "\n## {}\n", section.heading);
        for block in &section.blocks {
            out.push('\n');
            out.push_str(&block_text(note, block, &numbers));
        }
    }
    out.push_str("\n## Notes\n\n");
    let _ = writeln!(out, "Data {}, as of {}.\n", note.data.version, note.data.as_of);
    for (number, figure) in (1..).zip(note.evidence()) {
        let _ = writeln!(out, "[^{number}]: `{}` = {}", figure.answer.query, evidence(figure));
    }
    out.push_str("\n## References\n\n");
    for (number, reference) in (1..).zip(&note.references) {
        let _ = writeln!(out, "{number}. **{}.** {}", reference.name, reference.text);
    }
    out.push_str("\n---\n");
    for statement in &note.statements {
        let _ = write!(out, "\n**{}.** {}\n", statement.lead, prose(&statement.prose, &numbers));
    }
    out
}

fn block_text(note: &Note, block: &Block, numbers: &Numbers<'_>) -> String {
    match block {
        Block::Paragraph(text) => prose(text, numbers) + "\n",
        Block::Bullets(bullets) => bullets
            .iter()
            .map(|b| format!("- **{}:** {}\n", b.lead, prose(&b.prose, numbers)))
            .collect(),
        Block::Table(table) => table_text(table, numbers),
        Block::Chart(id) => note.chart(id).map_or_else(String::new, |chart| {
            let queries: Vec<String> = chart.queries.iter().map(|q| format!("`{q}`")).collect();
            format!(
                "![{}]({id}.svg)\n\n*{}.* {} {}\n",
                chart.alternative.text(),
                chart.title,
                chart.caption,
                queries.join(", ")
            )
        }),
    }
}

fn table_text(table: &Table, numbers: &Numbers<'_>) -> String {
    let line = |cells: Vec<String>| format!("| {} |\n", cells.join(" | "));
    let rule = (0..table.columns.len()).map(|i| if i == 0 { "---" } else { "---:" });
    let mut out = format!("*{}.*\n\n", table.caption);
    out += &line(table.columns.clone());
    out += &line(rule.map(str::to_owned).collect());
    for row in &table.rows {
        out += &line(row.iter().map(|cell| prose(cell, numbers)).collect());
    }
    out
}

fn prose(prose: &Prose, numbers: &Numbers<'_>) -> String {
    let piece = |piece: &Piece| match piece {
        Piece::Text(text) => text.clone(),
        Piece::Figure(figure) => format!("{}[^{}]", figure.printed, numbers.of_figure(figure)),
        Piece::Missing { .. } => NO_DATA.to_owned(),
    };
    prose.0.iter().map(piece).collect()
}
