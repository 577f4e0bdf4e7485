//! Charts from what the core says is drawn: lines and surfaces over time, bars, cells, fans,
//! trails. Each is drawn on the same paper for a page, a phone, print or a terminal.

mod axis;
mod bars;
mod canvas;
mod fan;
mod frontier;
mod histogram;
mod letters;
mod lines;
mod months;
mod names;
mod rotation;
mod vector;
mod weights;

use kinglet_core::note::{Chart, Plot};

pub use letters::{Run, Tone};

use canvas::Canvas;
use vector::{Words, svg};

/// What a drawing must fit.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fit {
    /// A page or a screen.
    Wide,
    /// A phone.
    Narrow,
    /// The panel of a claim.
    Panel,
    /// Paper: as wide as a page, and nobody points at it.
    Print,
    /// Eighty letters of a terminal.
    Letters,
}

impl Fit {
    /// Whether there is room for many labels.
    fn is_roomy(self) -> bool {
        matches!(self, Fit::Wide | Fit::Print | Fit::Letters)
    }
}

/// A chart as an element of a page.
pub fn draw(chart: &Chart, fit: Fit) -> String {
    let alternative = chart.alternative.text();
    picture(&chart.plot, (&chart.title, &alternative), fit)
}

/// A drawing with its name and what one would say of it to somebody who cannot see it.
pub(crate) fn picture(plot: &Plot, (title, description): (&str, &str), fit: Fit) -> String {
    let size = size(plot, fit);
    let canvas = Canvas::new(size, fit);
    sketch(&canvas, plot);
    svg(&canvas.into_shapes(), size, fit, Words { title, description })
}

/// A chart as lines of at most eighty letters.
pub fn letters(chart: &Chart) -> Vec<Run> {
    let size = size(&chart.plot, Fit::Letters);
    let canvas = Canvas::new(size, Fit::Letters);
    sketch(&canvas, &chart.plot);
    letters::letters(&canvas.into_shapes(), size)
}

fn sketch(canvas: &Canvas, plot: &Plot) {
    match plot {
        Plot::Lines(lines) => lines::lines(canvas, lines),
        Plot::Areas(lines) => lines::areas(canvas, lines),
        Plot::Columns(bars) => bars::columns(canvas, bars),
        Plot::Rows(bars) => bars::rows(canvas, bars),
        Plot::Months(months) => months::draw(canvas, months),
        Plot::Fan(fan) => fan::draw(canvas, fan),
        Plot::Histogram(bins) => histogram::draw(canvas, bins),
        Plot::Rotation(rotation) => rotation::draw(canvas, rotation),
        Plot::Frontier(frontier) => frontier::draw(canvas, frontier),
        Plot::Weights(weights) => weights::draw(canvas, weights),
    }
}

/// Width and height in pixels.
fn size(plot: &Plot, fit: Fit) -> (u32, u32) {
    let (width, height) = match fit {
        Fit::Wide | Fit::Print => (700, 330),
        Fit::Narrow => (360, 280),
        Fit::Panel => (400, 210),
        Fit::Letters => (640, 320),
    };
    let height = match plot {
        Plot::Rows(bars) => bars::height(bars, fit),
        Plot::Weights(weights) => weights::height(weights, fit),
        Plot::Months(months) => months::height(months, fit),
        Plot::Rotation(_) if fit.is_roomy() => 460,
        Plot::Rotation(_) => 340,
        _ => height,
    };
    (width, height)
}
