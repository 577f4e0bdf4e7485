//! A fan: what outcomes had come to on the way, of events beside any period.

use plotters::style::text_anchor::{HPos, VPos};

use super::Fit;
use super::axis::values;
use super::canvas::{Canvas, Fault, Frame, Ink, Scale};

/// The way of outcomes, step by step; the first is the start.
#[derive(Clone, Debug, Default)]
pub(crate) struct Fan {
    /// What stands below the steps.
    pub(crate) labels: Vec<String>,
    /// The middle half of the outcomes of events.
    pub(crate) band: Vec<(f64, f64)>,
    /// Their mean.
    pub(crate) events: Vec<f64>,
    /// The mean of any period.
    pub(crate) any: Vec<f64>,
}

/// Draws the band, both means and their names.
pub(super) fn draw(canvas: &Canvas<'_>, fan: &Fan) -> Result<(), Fault> {
    let ends = fan.band.iter().flat_map(|(low, high)| [*low, *high]);
    let all = ends.chain(fan.events.iter().copied()).chain(fan.any.iter().copied());
    let (low, high) = all.fold((0.0_f64, 0.0_f64), |(l, h), v| (l.min(v), h.max(v)));
    let room = (high - low).max(1e-9) * 0.08;
    let frame = Frame { left: 46, top: 14, right: canvas.width - 74, bottom: canvas.height - 26 };
    let last = fan.labels.len().saturating_sub(1).max(1) as f64;
    let x = Scale { low: 0.0, high: last, from: frame.left, to: frame.right };
    let y = Scale { low: low - room, high: high + room, from: frame.bottom, to: frame.top };
    let at = |step: usize, value: f64| (x.at(step as f64), y.at(value));
    let upper = fan.band.iter().enumerate().map(|(step, (_, high))| at(step, *high));
    let lower = fan.band.iter().enumerate().rev().map(|(step, (low, _))| at(step, *low));
    canvas.area(upper.chain(lower).collect(), Ink::Stated)?;
    for (tick, label) in values(y, 6.0) {
        let level = y.at(tick);
        let ink = if tick == 0.0 { Ink::Quiet } else { Ink::Grid };
        canvas.line(vec![(frame.left, level), (frame.right, level)], ink, 1)?;
        canvas.label(&label, (frame.left - 6, level), Ink::Quiet, (HPos::Right, VPos::Center))?;
    }
    let every = fan.labels.len().div_ceil(if canvas.fit == Fit::Wide { 9 } else { 5 }).max(1);
    for (step, label) in fan.labels.iter().enumerate() {
        let place = (x.at(step as f64), frame.bottom + 7);
        if (fan.labels.len() - 1 - step).is_multiple_of(every) {
            canvas.label(label, place, Ink::Quiet, (HPos::Center, VPos::Top))?;
        }
    }
    let path = |values: &[f64]| values.iter().enumerate().map(|(i, v)| at(i, *v)).collect();
    canvas.line(path(&fan.any), Ink::Second, 2)?;
    canvas.line(path(&fan.events), Ink::First, 2)?;
    let end = |values: &[f64]| values.last().map_or(0, |value| y.at(*value));
    let (events, any) = (end(&fan.events), end(&fan.any));
    // Names that would stand on one another are moved apart.
    let apart = (14 - (events - any).abs()).max(0) / 2 + 1;
    let shift = if events <= any { -apart } else { apart };
    let right = frame.right + 5;
    canvas.label("events", (right, events + shift), Ink::First, (HPos::Left, VPos::Center))?;
    canvas.label("any period", (right, any - shift), Ink::Second, (HPos::Left, VPos::Center))?;
    canvas.finish()
}
