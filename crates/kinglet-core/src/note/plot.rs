//! What a chart shows, as data: series with the queries that give them; labels are figures.

use super::{Figure, Prose};
use crate::time::Date;

/// A chart.
#[derive(Clone, Debug)]
pub struct Chart {
    /// Stable, for links and file names: `relative-strength`.
    pub id: String,
    /// What it shows, in one line.
    pub title: String,
    /// Unit and period, and how to read it.
    pub caption: String,
    /// What one would say of it to somebody who cannot see it.
    pub alternative: Prose,
    /// The queries of its series, with the family of periods that they range over.
    pub queries: Vec<String>,
    /// What is drawn.
    pub plot: Plot,
}

/// What is drawn.
#[derive(Clone, Debug)]
pub enum Plot {
    /// Values over time.
    Lines(Lines),
    /// One bar for each period.
    Columns(Bars),
    /// One bar for each event, named at its left.
    Rows(Bars),
}

/// Lines over time.
#[derive(Clone, Debug)]
pub struct Lines {
    /// The lines.
    pub lines: Vec<Line>,
    /// Stretches that are shaded.
    pub shades: Vec<Shade>,
    /// Points that are named.
    pub marks: Vec<Mark>,
}

/// A line.
#[derive(Clone, Debug)]
pub struct Line {
    /// Its name.
    pub label: String,
    /// The points, oldest first.
    pub points: Vec<(Date, f64)>,
}

/// A stretch of time behind the lines.
#[derive(Clone, Debug)]
pub struct Shade {
    /// Its first day.
    pub from: Date,
    /// Its last day.
    pub to: Date,
    /// What it is.
    pub role: Role,
}

/// What a stretch of time is.
#[derive(Clone, Debug)]
pub enum Role {
    /// A recession: part of the background.
    Ground,
    /// What a text speaks of, with its name.
    Stated(String),
    /// What it should speak of, with its name.
    Right(String),
}

/// A point with a label.
#[derive(Clone, Debug)]
pub struct Mark {
    /// Where.
    pub date: Date,
    /// How high.
    pub value: f64,
    /// What stands beside it.
    pub label: Prose,
}

/// Bars from zero.
#[derive(Clone, Debug)]
pub struct Bars {
    /// What a bar above zero means.
    pub above: String,
    /// What a bar below zero means.
    pub below: String,
    /// The bars, in order.
    pub bars: Vec<Bar>,
    /// A level to compare with.
    pub reference: Option<Bar>,
}

/// A bar.
#[derive(Clone, Debug)]
pub struct Bar {
    /// The period or event: `2024`, `Nov 2020`.
    pub label: String,
    /// How long, in the unit of the axis.
    pub value: f64,
    /// What is printed at its end.
    pub figure: Option<Figure>,
}

impl Chart {
    /// Every figure in it: of the labels and of the alternative text.
    pub fn figures(&self) -> Vec<&Figure> {
        let mut all = self.labels();
        all.extend(self.alternative.figures());
        all
    }

    /// The figures that are drawn.
    pub fn labels(&self) -> Vec<&Figure> {
        let mut all: Vec<&Figure> = Vec::new();
        match &self.plot {
            Plot::Lines(lines) => all.extend(lines.marks.iter().flat_map(|m| m.label.figures())),
            Plot::Columns(bars) | Plot::Rows(bars) => {
                all.extend(bars.bars.iter().filter_map(|b| b.figure.as_ref()));
                all.extend(bars.reference.iter().filter_map(|b| b.figure.as_ref()));
            }
        }
        all
    }
}
