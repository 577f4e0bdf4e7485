//! Two samples in the same bins, as shares of each.

use kinglet_core::note::Histogram;
use plotters::style::text_anchor::{HPos, VPos};

use super::axis::axis_upward;
use super::canvas::{Canvas, Frame, Ink, Scale};

/// Draws any period as ground and the events before it.
pub(super) fn draw(canvas: &Canvas, bins: &Histogram) {
    let frame = Frame { left: 40, top: 26, right: canvas.width - 10, bottom: canvas.height - 26 };
    let high = bins.events.iter().chain(&bins.any).copied().fold(1.0, f64::max);
    let y = Scale { low: 0.0, high: high * 1.08, from: frame.bottom, to: frame.top };
    let count = bins.any.len().max(1) as f64;
    let x = Scale { low: 0.0, high: count, from: frame.left, to: frame.right };
    axis_upward(canvas, frame, y, 5.0);
    for (i, (any, events)) in bins.any.iter().zip(&bins.events).enumerate() {
        let (left, right) = (x.at(i as f64) + 1, x.at(i as f64 + 1.0) - 1);
        let third = (right - left) / 4;
        let bar =
            |left, right, share: f64| Frame { left, right, top: y.at(share), bottom: frame.bottom };
        canvas.block(bar(left, right, *any), Ink::Right);
        canvas.block(bar(left + third, right - third, *events), Ink::First);
    }
    let every = bins.edges.len().div_ceil(if canvas.fit.is_roomy() { 12 } else { 6 }).max(1);
    let step = bins.edges.windows(2).map(|pair| pair[1] - pair[0]).next().unwrap_or(1.0);
    let decimals = if step < 1.0 { 1 } else { 0 };
    let zero = bins.edges.iter().position(|edge| *edge == 0.0).unwrap_or(0);
    for (i, edge) in bins.edges.iter().enumerate() {
        let at = x.at(i as f64);
        if i.abs_diff(zero).is_multiple_of(every) {
            let label = format!("{edge:.decimals$}");
            let place = (at, frame.bottom + 7);
            canvas.label(&label, place, Ink::Quiet, (HPos::Center, VPos::Top));
        }
        if *edge == 0.0 {
            canvas.line(vec![(at, frame.top), (at, frame.bottom)], Ink::Text, 1);
        }
    }
    canvas.line(vec![(frame.left, frame.bottom), (frame.right, frame.bottom)], Ink::Quiet, 1);
    for (i, (name, ink)) in [("events", Ink::First), ("any period", Ink::Right)].iter().enumerate()
    {
        let left = frame.left + 4 + 80 * i as i32;
        canvas.block(Frame { left, right: left + 10, top: 5, bottom: 15 }, *ink);
        canvas.label(name, (left + 15, 4), Ink::Quiet, (HPos::Left, VPos::Top));
    }
}
