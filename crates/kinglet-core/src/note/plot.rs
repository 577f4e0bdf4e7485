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
    /// The surface between zero and values over time, such as drawdowns.
    Areas(Lines),
    /// One bar for each period.
    Columns(Bars),
    /// One bar for each event, named at its left.
    Rows(Bars),
    /// One cell for each month, one row for each year.
    Months(Months),
    /// What outcomes had come to on the way.
    Fan(Fan),
    /// How outcomes were spread.
    Histogram(Histogram),
    /// Where items stand on two scales, and whence they came.
    Rotation(Rotation),
    /// Which returns can be had at which risk.
    Frontier(Frontier),
    /// Weights beside shares of the risk.
    Weights(Weights),
}

/// Lines over time.
#[derive(Clone, Debug, Default)]
pub struct Lines {
    /// The lines.
    pub lines: Vec<Line>,
    /// What is usual, such as the middle half of the past.
    pub band: Option<Band>,
    /// Stretches that are shaded.
    pub shades: Vec<Shade>,
    /// Points that are named.
    pub marks: Vec<Mark>,
}

/// A surface between two values at each time.
#[derive(Clone, Debug)]
pub struct Band {
    /// What it is: `middle half since 1990`.
    pub label: String,
    /// The lower and the upper value, oldest first; two points for a band that does not move.
    pub points: Vec<(Date, f64, f64)>,
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

/// Values by month.
#[derive(Clone, Debug)]
pub struct Months {
    /// What a value above zero means.
    pub above: String,
    /// What a value below zero means.
    pub below: String,
    /// The years, oldest first.
    pub years: Vec<Year>,
}

/// The months of a year.
#[derive(Clone, Debug)]
pub struct Year {
    /// Which.
    pub year: i16,
    /// January to December; none where there is no value.
    pub months: [Option<Bar>; 12],
}

/// The way of outcomes, step by step; the first step is the start.
#[derive(Clone, Debug, Default)]
pub struct Fan {
    /// What stands below the steps.
    pub labels: Vec<String>,
    /// The way from each event; shorter where it is not over.
    pub paths: Vec<Path>,
    /// The middle half of the outcomes of events.
    pub band: Vec<(f64, f64)>,
    /// Their mean.
    pub events: Vec<f64>,
    /// The mean of any period.
    pub any: Vec<f64>,
}

/// The way from an event.
#[derive(Clone, Debug)]
pub struct Path {
    /// The event: `2020-11`.
    pub label: String,
    /// What it had come to at each step.
    pub values: Vec<f64>,
}

/// The bins of a histogram, as shares of two samples in percent.
#[derive(Clone, Debug, Default)]
pub struct Histogram {
    /// Where the bins begin; one more than there are bins, for the end.
    pub edges: Vec<f64>,
    /// The share of the events.
    pub events: Vec<f64>,
    /// The share of any period.
    pub any: Vec<f64>,
}

/// Items on two scales, with the way on which they came.
#[derive(Clone, Debug)]
pub struct Rotation {
    /// What lies on each scale: across, upward.
    pub scales: [String; 2],
    /// Where the four fields meet.
    pub centre: (f64, f64),
    /// The names of the fields, clockwise from the upper right one.
    pub fields: [String; 4],
    /// The items.
    pub trails: Vec<Trail>,
}

/// The way of an item on two scales.
#[derive(Clone, Debug)]
pub struct Trail {
    /// The item.
    pub label: String,
    /// Where it was, oldest first; the last is where it is.
    pub points: Vec<(f64, f64)>,
}

/// An efficient frontier; volatilities and returns in percent.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Frontier {
    /// Its points, from the least risk on.
    pub points: Vec<(f64, f64)>,
    /// The assets with their names.
    pub assets: Vec<(String, f64, f64)>,
    /// The chosen portfolio.
    pub chosen: (f64, f64),
}

/// Assets with weight and share of the risk, in percent.
#[derive(Clone, Debug, Default)]
pub struct Weights {
    /// One for each asset, from the top.
    pub rows: Vec<(String, f64, f64)>,
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
            Plot::Lines(lines) | Plot::Areas(lines) => {
                all.extend(lines.marks.iter().flat_map(|m| m.label.figures()));
            }
            Plot::Columns(bars) | Plot::Rows(bars) => {
                all.extend(bars.bars.iter().filter_map(|b| b.figure.as_ref()));
                all.extend(bars.reference.iter().filter_map(|b| b.figure.as_ref()));
            }
            Plot::Months(months) => {
                let cells = months.years.iter().flat_map(|y| y.months.iter().flatten());
                all.extend(cells.filter_map(|c| c.figure.as_ref()));
            }
            Plot::Fan(_) | Plot::Histogram(_) | Plot::Rotation(_) => {}
            Plot::Frontier(_) | Plot::Weights(_) => {}
        }
        all
    }
}

impl Plot {
    /// The names that are drawn, apart from the labels of axes.
    pub(super) fn names(&self) -> Vec<&str> {
        match self {
            Plot::Lines(lines) | Plot::Areas(lines) => {
                let names = lines.lines.iter().map(|l| l.label.as_str());
                names.chain(lines.band.iter().map(|b| b.label.as_str())).collect()
            }
            Plot::Columns(bars) | Plot::Rows(bars) => {
                let names = bars.bars.iter().map(|b| b.label.as_str());
                names.chain([bars.above.as_str(), &bars.below]).collect()
            }
            Plot::Months(months) => vec![&months.above, &months.below],
            Plot::Rotation(rotation) => {
                let names = rotation.scales.iter().chain(&rotation.fields).map(String::as_str);
                names.chain(rotation.trails.iter().map(|t| t.label.as_str())).collect()
            }
            Plot::Frontier(frontier) => frontier.assets.iter().map(|a| a.0.as_str()).collect(),
            Plot::Weights(weights) => weights.rows.iter().map(|r| r.0.as_str()).collect(),
            Plot::Fan(_) | Plot::Histogram(_) => Vec::new(),
        }
    }
}
