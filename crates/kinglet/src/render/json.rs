//! A note as JSON: what it says and the evidence of every figure.

use kinglet_core::note::{Block, Chart, Figure, Note, Piece, Plot, Prose, Reference, Section};
use serde_json::{Value, json};

use super::footnote::Numbers;
use crate::wire::{AnswerRecord, number};

/// `kinglet.note/1`
pub fn json(note: &Note) -> Value {
    let numbers = Numbers::of(note);
    let writer = Writer { numbers: &numbers };
    json!({
        "schema": "kinglet.note/1",
        "data": { "version": note.data.version, "as_of": note.data.as_of.to_string() },
        "headline": writer.prose(&note.headline),
        "standfirst": writer.prose(&note.standfirst),
        "sections": note.sections.iter().map(|s| writer.section(s)).collect::<Vec<_>>(),
        "charts": note.charts.iter().map(|c| writer.chart(c)).collect::<Vec<_>>(),
        "references": note.references.iter().map(reference).collect::<Vec<_>>(),
        "statements": note
            .statements
            .iter()
            .map(|s| json!({ "lead": s.lead, "text": writer.prose(&s.prose) }))
            .collect::<Vec<_>>(),
        "evidence": note.evidence().into_iter().map(|f| writer.evidence(f)).collect::<Vec<_>>(),
    })
}

struct Writer<'a> {
    numbers: &'a Numbers<'a>,
}

impl Writer<'_> {
    fn section(&self, section: &Section) -> Value {
        let blocks: Vec<Value> = section.blocks.iter().map(|b| self.block(b)).collect();
        json!({ "id": section.id, "heading": section.heading, "blocks": blocks })
    }

    fn block(&self, block: &Block) -> Value {
        match block {
            Block::Paragraph(prose) => json!({ "paragraph": self.prose(prose) }),
            Block::Bullets(bullets) => {
                let item = |lead: &str, prose| json!({ "lead": lead, "text": self.prose(prose) });
                let items: Vec<Value> = bullets.iter().map(|b| item(&b.lead, &b.prose)).collect();
                json!({ "bullets": items })
            }
            Block::Table(table) => {
                let row =
                    |cells: &Vec<Prose>| cells.iter().map(|c| self.prose(c)).collect::<Value>();
                json!({ "table": {
                    "caption": table.caption,
                    "columns": table.columns,
                    "rows": table.rows.iter().map(row).collect::<Vec<_>>(),
                }})
            }
            Block::Chart(id) => json!({ "chart": id }),
        }
    }

    /// Pieces in order: text, or what is printed with the number of its evidence.
    fn prose(&self, prose: &Prose) -> Value {
        let piece = |piece: &Piece| match piece {
            Piece::Text(text) => json!(text),
            Piece::Figure(figure) => self.figure(figure),
            Piece::Missing { query, reason } => json!({ "missing": query, "reason": reason }),
        };
        prose.0.iter().map(piece).collect()
    }

    fn figure(&self, figure: &Figure) -> Value {
        json!({ "printed": figure.printed, "evidence": self.numbers.of_figure(figure) })
    }

    fn evidence(&self, figure: &Figure) -> Value {
        let mut record = json!(AnswerRecord::from(&figure.answer));
        record["number"] = self.numbers.of_figure(figure).into();
        record
    }

    fn chart(&self, chart: &Chart) -> Value {
        json!({
            "id": chart.id,
            "title": chart.title,
            "caption": chart.caption,
            "alternative": self.prose(&chart.alternative),
            "labels": chart.labels().into_iter().map(|f| self.figure(f)).collect::<Vec<_>>(),
            "queries": chart.queries,
            "series": series(&chart.plot),
        })
    }
}

fn reference(reference: &Reference) -> Value {
    json!({ "name": reference.name, "text": reference.text })
}

fn series(plot: &Plot) -> Value {
    let bars = |bars: &kinglet_core::note::Bars| {
        bars.bars.iter().map(|b| json!([b.label, number(b.value)])).collect::<Value>()
    };
    match plot {
        Plot::Lines(lines) => lines
            .lines
            .iter()
            .map(|line| {
                let points: Value =
                    line.points.iter().map(|(d, v)| json!([d.to_string(), number(*v)])).collect();
                json!({ "label": line.label, "points": points })
            })
            .collect(),
        Plot::Columns(columns) | Plot::Rows(columns) => json!([{ "points": bars(columns) }]),
    }
}
