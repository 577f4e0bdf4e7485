//! Charts as SVG: lines over time, columns by period, rows by event. Each is drawn to fit a column;
//! colours are CSS variables, so that light and dark are one drawing.

mod axis;
mod bars;
mod canvas;
mod fan;
mod frontier;
mod histogram;
mod lines;
mod weights;

use kinglet_core::diagnostic::{Code, Diagnostic};
use kinglet_core::note::{Chart, Plot};

pub(crate) use fan::Fan;
pub(crate) use frontier::Frontier;
pub(crate) use histogram::Histogram;
pub(crate) use weights::Weights;

use canvas::Canvas;

/// The column that a drawing must fit.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fit {
    /// A page or a screen.
    Wide,
    /// A phone.
    Narrow,
    /// The panel of a claim.
    Panel,
}

/// Draws a chart.
///
/// # Errors
/// `Internal` if the drawing library refuses; it has no reason to.
pub fn draw(chart: &Chart, fit: Fit) -> Result<String, Diagnostic> {
    let mut text = String::new();
    let (width, height) = size(chart, fit);
    let drawn = {
        let canvas = Canvas::new(&mut text, width, height, fit);
        match &chart.plot {
            Plot::Lines(lines) => lines::draw(&canvas, lines),
            Plot::Columns(bars) => bars::columns(&canvas, bars),
            Plot::Rows(bars) => bars::rows(&canvas, bars),
        }
    };
    drawn.map_err(|e| Diagnostic::new(Code::Internal, format!("cannot draw {}: {e}", chart.id)))?;
    let alternative = chart.alternative.text();
    Ok(canvas::themed(&text, (&chart.title, &alternative), (width, height)))
}

/// A drawing of a study or an allocation.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Picture<'a> {
    /// The way to the outcomes.
    Fan(&'a Fan),
    /// How they were spread.
    Histogram(&'a Histogram),
    /// Which returns can be had at which risk.
    Frontier(&'a Frontier),
    /// Weights beside shares of the risk.
    Weights(&'a Weights),
}

/// Draws a picture; its name and what one would say of it to somebody who cannot see it.
///
/// # Errors
/// As [`draw`].
pub(crate) fn picture(
    picture: &Picture<'_>,
    (title, alternative): (&str, &str),
    fit: Fit,
) -> Result<String, Diagnostic> {
    let mut text = String::new();
    let (width, height) = if fit == Fit::Wide { (700, 330) } else { (360, 280) };
    let height = match picture {
        Picture::Weights(weights) => weights.height(),
        _ => height,
    };
    let drawn = {
        let canvas = Canvas::new(&mut text, width, height, fit);
        match picture {
            Picture::Fan(fan) => fan::draw(&canvas, fan),
            Picture::Histogram(bins) => histogram::draw(&canvas, bins),
            Picture::Frontier(frontier) => frontier::draw(&canvas, frontier),
            Picture::Weights(weights) => weights::draw(&canvas, weights),
        }
    };
    drawn.map_err(|e| Diagnostic::new(Code::Internal, format!("cannot draw {title}: {e}")))?;
    Ok(canvas::themed(&text, (title, alternative), (width, height)))
}

fn size(chart: &Chart, fit: Fit) -> (u32, u32) {
    let width = match fit {
        Fit::Wide => 700,
        Fit::Narrow => 360,
        Fit::Panel => 400,
    };
    let height = match (&chart.plot, fit) {
        (Plot::Rows(bars), _) => {
            bars::ROW * u32::try_from(bars.bars.len()).unwrap_or(20) + bars::ROWS_MARGIN
        }
        (_, Fit::Wide) => 330,
        (_, Fit::Narrow) => 280,
        (_, Fit::Panel) => 210,
    };
    (width, height)
}
