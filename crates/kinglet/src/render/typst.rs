//! A note as Typst source, for print: title, contents, running heads, tables with rules, the query
//! of each figure at the foot of its page. Texts stand in string literals, in which nothing runs.

use std::collections::BTreeSet;
use std::fmt::Write as _;

use kinglet_core::note::{Block, Chart, Figure, NO_DATA, Note, Piece, Prose, Reference, Table};

use super::footnote::{Numbers, evidence};
use super::plain::acts;

/// How a note is set.
const STYLE: &str = include_str!("typst/note.typ");

/// The whole source; drawings are files of their chart's id beside it.
pub fn typst(note: &Note) -> String {
    let mut sheet = Sheet { numbers: Numbers::of(note), noted: BTreeSet::new() };
    let headline = note.headline.text();
    let mut out = format!(
        "#let headline = {}\n#let day = {}\n{STYLE}",
        literal(&headline),
        literal(&note.data.as_of.to_string())
    );
    let _ = writeln!(out, "#masthead[{}][{}]", words(&headline), words(&note.standfirst.text()));
    for section in &note.sections {
        let _ = write!(out, "\n= {}\n", words(&section.heading));
        for block in &section.blocks {
            out.push('\n');
            out += &sheet.block(note, block);
        }
    }
    out += "\n#statements[\n";
    for statement in &note.statements {
        let prose = sheet.prose(&statement.prose);
        let _ = writeln!(out, "#strong[{}.] {prose}\n", words(&statement.lead));
    }
    out += "]\n";
    out += &sheet.evidence(note);
    out + &references(note)
}

/// The definitions behind the figures.
fn references(note: &Note) -> String {
    let entry = |reference: &Reference| {
        format!("  [#strong[{}.] {}],\n", words(&reference.name), words(&reference.text))
    };
    let entries: String = note.references.iter().map(entry).collect();
    format!("\n= References\n\n#references(\n{entries})\n")
}

/// A text as a literal of the language; a leading hyphen of a number is made a minus before.
fn literal(text: &str) -> String {
    let mut out = String::from("\"");
    for c in text.chars() {
        match c {
            '"' | '\\' => out.extend(['\\', c]),
            c if c.is_control() || acts(c) => {
                let _ = write!(out, "\u{27e8}U+{:04X}\u{27e9}", c as u32);
            }
            c => out.push(c),
        }
    }
    out.push('"');
    out
}

/// A text within a paragraph.
fn words(text: &str) -> String {
    format!("#{};", literal(&text.replace('\'', "\u{2019}")))
}

/// A query or another text in the fixed type, which may break anywhere.
fn code(text: &str) -> String {
    format!("#code({});", literal(text))
}

/// What is printed of a figure.
fn printed(figure: &Figure) -> String {
    match figure.printed.strip_prefix('-') {
        Some(size) => words(&format!("\u{2212}{size}")),
        None => words(&figure.printed),
    }
}

/// A document being written: which queries stand at the foot of a page already.
struct Sheet<'a> {
    numbers: Numbers<'a>,
    noted: BTreeSet<usize>,
}

impl Sheet<'_> {
    fn block(&mut self, note: &Note, block: &Block) -> String {
        match block {
            Block::Paragraph(prose) => self.prose(prose) + "\n",
            Block::Bullets(bullets) => {
                let item =
                    |lead: &str, prose: String| format!("- #strong[{}.] {prose}\n", words(lead));
                bullets.iter().map(|b| item(&b.lead, self.prose(&b.prose))).collect()
            }
            Block::Table(table) => self.table(table),
            Block::Chart(id) => note.chart(id).map_or_else(String::new, chart),
        }
    }

    fn table(&self, table: &Table) -> String {
        let heads: String = table.columns.iter().map(|c| format!("[{}], ", words(c))).collect();
        let row = |row: &Vec<Prose>| {
            let cells: String = row.iter().map(|c| format!("[{}], ", self.cell(c))).collect();
            format!("  {cells}\n")
        };
        let rows: String = table.rows.iter().map(row).collect();
        format!(
            "#sheet([{}], {}, ({heads}),\n{rows})\n",
            words(&table.caption),
            table.columns.len()
        )
    }

    /// A cell links to the evidence; a sign in each would hide the figures.
    fn cell(&self, prose: &Prose) -> String {
        let piece = |piece: &Piece| match piece {
            Piece::Text(text) => words(text),
            Piece::Figure(figure) => {
                let number = self.numbers.of_figure(figure);
                format!("#link(<evidence-{number}>)[{}]", printed(figure))
            }
            Piece::Missing { .. } => format!("#emph[{NO_DATA}]"),
        };
        prose.0.iter().map(piece).collect()
    }

    fn prose(&mut self, prose: &Prose) -> String {
        let piece = |piece: &Piece| match piece {
            Piece::Text(text) => words(text),
            Piece::Figure(figure) => self.figure(figure),
            Piece::Missing { .. } => format!("#emph[{NO_DATA}]"),
        };
        prose.0.iter().map(piece).collect()
    }

    /// A figure with its number; where it stands first, its query is at the foot of the page.
    fn figure(&mut self, figure: &Figure) -> String {
        let number = self.numbers.of_figure(figure);
        match self.noted.insert(number) {
            true => {
                format!("{}#asked({number}, {})", printed(figure), literal(&figure.answer.query))
            }
            false => format!("{}#again({number})", printed(figure)),
        }
    }

    fn evidence(&self, note: &Note) -> String {
        let mut out = format!(
            "\n= Evidence\n\n{}\n\n#evidence(\n",
            words(&format!("Data {}, as of {}.", note.data.version, note.data.as_of))
        );
        for (number, figure) in (1..).zip(note.evidence()) {
            let _ = writeln!(
                out,
                "  ([{number}#metadata({number})<evidence-{number}>], [{} = {}]),",
                code(&figure.answer.query),
                words(&evidence(figure))
            );
        }
        out + ")\n"
    }
}

fn chart(chart: &Chart) -> String {
    let queries: Vec<String> = chart.queries.iter().map(|q| code(q)).collect();
    format!(
        "#drawing({}, {}, [{}], [{} {}])\n",
        literal(&format!("{}.svg", chart.id)),
        literal(&chart.alternative.text()),
        words(&chart.title),
        words(&chart.caption),
        queries.join(", ")
    )
}
