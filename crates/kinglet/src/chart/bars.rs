//! Bars from zero: upright by period, lying by event.

use kinglet_core::note::Bars;
use plotters::style::text_anchor::{HPos, VPos};

use super::Fit;
use super::axis::axis_upward;
use super::canvas::{Canvas, Frame, Ink, Scale};

/// Height of a row with its gap.
fn row(fit: Fit) -> i32 {
    if fit == Fit::Letters { 16 } else { 22 }
}

/// Width of a letter.
const LETTER: usize = 8;
/// What stands above and below the rows.
const ROWS_MARGIN: i32 = 44;

/// The height of lying bars.
pub(super) fn height(bars: &Bars, fit: Fit) -> u32 {
    let rows = i32::try_from(bars.bars.len()).unwrap_or(20);
    u32::try_from(row(fit) * rows + ROWS_MARGIN).unwrap_or_default()
}

fn ink(value: f64) -> Ink {
    if value < 0.0 { Ink::Second } else { Ink::First }
}

/// The range of the bars with zero in it and some room for labels.
fn range(bars: &Bars) -> (f64, f64) {
    let values = bars.bars.iter().chain(&bars.reference).map(|b| b.value);
    let (low, high) = values.fold((0.0_f64, 0.0_f64), |(l, h), v| (l.min(v), h.max(v)));
    let room = (high - low).max(1.0) * 0.1;
    (if low < 0.0 { low - room } else { 0.0 }, high + room)
}

/// Upright bars, one for each period.
pub(super) fn columns(canvas: &Canvas, bars: &Bars) {
    let frame = Frame { left: 36, top: 24, right: canvas.width - 8, bottom: canvas.height - 26 };
    let (low, high) = range(bars);
    let y = Scale { low, high, from: frame.bottom, to: frame.top };
    axis_upward(canvas, frame, y, 6.0);
    let count = bars.bars.len() as f64;
    let x = Scale { low: 0.0, high: count, from: frame.left, to: frame.right };
    let letters = bars.bars.iter().map(|b| b.label.len() + 1).sum::<usize>();
    let all = letters * LETTER <= (frame.right - frame.left).unsigned_abs() as usize;
    let every = if canvas.fit.is_roomy() { 5 } else { 10 };
    for (i, bar) in bars.bars.iter().enumerate() {
        let (left, right) = (x.at(i as f64), x.at(i as f64 + 1.0));
        let gap = ((right - left) / 5).max(1);
        let end = y.at(bar.value);
        let body = Frame {
            left: left + gap,
            right: right - gap,
            top: end.min(y.at(0.0)),
            bottom: end.max(y.at(0.0)),
        };
        canvas.block(body, ink(bar.value));
        let place = Frame { left, right, ..frame };
        canvas.hover(place, format!("{}: {:.1}", bar.label, bar.value));
        let middle = i32::midpoint(left, right);
        if let Some(figure) = &bar.figure {
            let near =
                [i.wrapping_sub(1), i + 1].map(|n| bars.bars.get(n).map_or(0.0, |b| b.value));
            let place = beside(bar.value, near, body);
            let (at, side) = within(canvas, middle);
            canvas.label(&figure.printed, (at, place.0), Ink::Text, (side, place.1));
        }
        let round = bar.label.parse::<u32>().is_ok_and(|year| year.is_multiple_of(every));
        if all || round {
            let at = (middle, frame.bottom + 7);
            canvas.label(&bar.label, at, Ink::Quiet, (HPos::Center, VPos::Top));
        }
    }
    let (above, below) = ((frame.left + 4, frame.top - 18), (frame.right, frame.bottom - 2));
    canvas.label(&bars.above, above, Ink::First, (HPos::Left, VPos::Top));
    canvas.label(&bars.below, below, Ink::Second, (HPos::Right, VPos::Bottom));
}

/// Where the label of an upright bar stands: at its end, or, where a neighbour is longer and would
/// be in the way, on the other side of zero.
fn beside(value: f64, near: [f64; 2], body: Frame) -> (i32, VPos) {
    let crowded = near.iter().any(|n| n / value > 1.0);
    if (value < 0.0) == crowded {
        (body.top - 3, VPos::Bottom)
    } else {
        (body.bottom + 3, VPos::Top)
    }
}

/// A label at `middle`, or flush with the edge where it would leave the drawing.
fn within(canvas: &Canvas, middle: i32) -> (i32, HPos) {
    if middle > canvas.width - 30 {
        (canvas.width - 2, HPos::Right)
    } else {
        (middle, HPos::Center)
    }
}

/// Lying bars, one for each event, with its name at the left and its value at the right.
pub(super) fn rows(canvas: &Canvas, bars: &Bars) {
    let frame = Frame { left: 70, top: 26, right: canvas.width - 56, bottom: canvas.height - 18 };
    let (low, high) = range(bars);
    let x = Scale { low, high, from: frame.left, to: frame.right };
    if let Some(reference) = &bars.reference {
        let at = x.at(reference.value);
        canvas.line(vec![(at, frame.top - 4), (at, frame.bottom)], Ink::Quiet, 1);
        let value = reference.figure.as_ref().map_or("", |f| f.printed.as_str());
        let label = format!("{} {value}", reference.label);
        canvas.label(&label, (at, frame.top - 8), Ink::Quiet, (HPos::Center, VPos::Bottom));
    }
    let (zero, row) = (x.at(0.0), row(canvas.fit));
    for (i, bar) in bars.bars.iter().enumerate() {
        let top = frame.top + row * i as i32;
        let middle = top + row / 2;
        let end = x.at(bar.value);
        let body = Frame {
            left: zero.min(end),
            right: zero.max(end),
            top: top + 3,
            bottom: top + row - 3,
        };
        canvas.block(body, ink(bar.value));
        let place = Frame { left: 0, right: canvas.width, ..body };
        canvas.hover(place, format!("{}: {:.1}", bar.label, bar.value));
        canvas.label(&bar.label, (4, middle), Ink::Text, (HPos::Left, VPos::Center));
        if let Some(figure) = &bar.figure {
            let at = (canvas.width - 2, middle);
            canvas.label(&figure.printed, at, Ink::Text, (HPos::Right, VPos::Center));
        }
    }
    canvas.line(vec![(zero, frame.top), (zero, frame.bottom)], Ink::Quiet, 1);
}
