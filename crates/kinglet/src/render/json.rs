//! A note as JSON: what it says and the evidence of every figure.

use kinglet_core::note::{
    Bar, Block, Chart, Figure, Line, Note, Piece, Plot, Prose, Reference, Section, Source, Trail,
    Year,
};
use kinglet_core::time::Date;
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
        json!({
            "printed": figure.printed,
            "form": figure.form.to_string(),
            "evidence": self.numbers.of_figure(figure),
        })
    }

    fn evidence(&self, figure: &Figure) -> Value {
        let mut record = json!(AnswerRecord::from(&figure.answer));
        record["number"] = self.numbers.of_figure(figure).into();
        match &figure.source {
            Source::Query(_) => {}
            Source::Policy { name, pointer } => {
                record["policy"] = json!({ "name": name, "pointer": pointer });
            }
            Source::Statement => record["stated"] = json!(true),
        }
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

/// What is drawn, as points under names.
fn series(plot: &Plot) -> Value {
    match plot {
        Plot::Lines(lines) | Plot::Areas(lines) => lines.lines.iter().map(line).collect(),
        Plot::Columns(bars) | Plot::Rows(bars) => json!([{ "points": values(bars.bars.iter()) }]),
        Plot::Months(months) => {
            let row = |year: &Year| {
                let points = values(year.months.iter().flatten());
                json!({ "label": year.year.to_string(), "points": points })
            };
            months.years.iter().map(row).collect()
        }
        Plot::Fan(fan) => fan
            .paths
            .iter()
            .map(|path| json!({ "label": path.label, "points": steps(&fan.labels, &path.values) }))
            .chain([
                json!({ "label": "events", "points": steps(&fan.labels, &fan.events) }),
                json!({ "label": "any period", "points": steps(&fan.labels, &fan.any) }),
            ])
            .collect(),
        Plot::Histogram(bins) => {
            let edges: Vec<String> = bins.edges.iter().map(f64::to_string).collect();
            json!([
                { "label": "events", "points": steps(&edges, &bins.events) },
                { "label": "any period", "points": steps(&edges, &bins.any) },
            ])
        }
        Plot::Rotation(rotation) => {
            let trail = |t: &Trail| json!({ "label": t.label, "points": places(&t.points) });
            rotation.trails.iter().map(trail).collect()
        }
        Plot::Frontier(frontier) => {
            let asset = |(name, x, y): &(String, f64, f64)| {
                let place = places(&[(*x, *y)]);
                json!({ "label": name, "points": place })
            };
            let own = [("frontier", frontier.points.as_slice()), ("chosen", &[frontier.chosen])];
            let own = own.map(|(name, points)| json!({ "label": name, "points": places(points) }));
            own.into_iter().chain(frontier.assets.iter().map(asset)).collect()
        }
        Plot::Weights(weights) => {
            let column = |label: &str, of: fn(&(String, f64, f64)) -> f64| {
                let points: Value =
                    weights.rows.iter().map(|r| json!([r.0, number(of(r))])).collect();
                json!({ "label": label, "points": points })
            };
            json!([column("weight", |r| r.1), column("share of the risk", |r| r.2)])
        }
    }
}

fn line(line: &Line) -> Value {
    let point = |(date, value): &(Date, f64)| json!([date.to_string(), number(*value)]);
    json!({ "label": line.label, "points": line.points.iter().map(point).collect::<Value>() })
}

fn values<'a>(bars: impl Iterator<Item = &'a Bar>) -> Value {
    bars.map(|b| json!([b.label, number(b.value)])).collect()
}

fn steps(labels: &[String], values: &[f64]) -> Value {
    labels.iter().zip(values).map(|(label, value)| json!([label, number(*value)])).collect()
}

fn places(points: &[(f64, f64)]) -> Value {
    points.iter().map(|(x, y)| json!([number(*x), number(*y)])).collect()
}
