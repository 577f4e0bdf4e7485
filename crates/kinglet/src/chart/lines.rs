//! Lines over time, with shaded stretches and named points.

use kinglet_core::note::{Lines, Mark};
use kinglet_core::time::Date;
use plotters::style::text_anchor::{HPos, VPos};

use super::Fit;
use super::canvas::{Canvas, Fault, Frame, Ink, Scale};

/// Draws the lines.
pub(super) fn draw(canvas: &Canvas<'_>, lines: &Lines) -> Result<(), Fault> {
    let frame = Frame { left: 40, top: 22, right: canvas.width - 44, bottom: canvas.height - 26 };
    let points = || lines.lines.iter().flat_map(|l| &l.points);
    let (first, last) = points().fold((f64::MAX, f64::MIN), |(low, high), (date, _)| {
        (low.min(year(*date)), high.max(year(*date)))
    });
    let (low, high) = points().fold((f64::MAX, f64::MIN), |(l, h), (_, v)| (l.min(*v), h.max(*v)));
    let room = (high - low) * 0.08;
    let x = Scale { low: first, high: last, from: frame.left, to: frame.right };
    let y = Scale { low: low - room, high: high + room, from: frame.bottom, to: frame.top };
    for (from, to) in &lines.shades {
        let (from, to) = (year(*from).max(first), year(*to).min(last));
        if from < to {
            let stretch = Frame { left: x.at(from), right: x.at(to).max(x.at(from) + 2), ..frame };
            canvas.block(stretch, Ink::Shade)?;
        }
    }
    axes(canvas, frame, x, y)?;
    for (line, ink) in lines.lines.iter().zip([Ink::First, Ink::Second].into_iter().cycle()) {
        let path = line.points.iter().map(|(d, v)| (x.at(year(*d)), y.at(*v))).collect();
        canvas.line(path, ink, 2)?;
    }
    for mark in &lines.marks {
        named(canvas, mark, (x, y), frame)?;
    }
    canvas.finish()
}

fn axes(canvas: &Canvas<'_>, frame: Frame, x: Scale, y: Scale) -> Result<(), Fault> {
    for tick in y.ticks(5.0) {
        let at = y.at(tick);
        canvas.line(vec![(frame.left, at), (frame.right, at)], Ink::Grid, 1)?;
        let label = format!("{tick:.1}");
        canvas.label(&label, (frame.left - 6, at), Ink::Quiet, (HPos::Right, VPos::Center))?;
    }
    let count = if canvas.fit == Fit::Wide { 8.0 } else { 4.0 };
    for tick in x.ticks(count).into_iter().filter(|t| t.fract() == 0.0) {
        let at = x.at(tick);
        canvas.line(vec![(at, frame.bottom), (at, frame.bottom + 4)], Ink::Quiet, 1)?;
        let label = format!("{tick:.0}");
        canvas.label(&label, (at, frame.bottom + 7), Ink::Quiet, (HPos::Center, VPos::Top))?;
    }
    canvas.line(vec![(frame.left, frame.bottom), (frame.right, frame.bottom)], Ink::Quiet, 1)
}

/// A dot and its label: above a high point, below a low one, to the right of the last.
fn named(
    canvas: &Canvas<'_>,
    mark: &Mark,
    (x, y): (Scale, Scale),
    frame: Frame,
) -> Result<(), Fault> {
    let at = (x.at(year(mark.date)), y.at(mark.value));
    let dot = Frame { left: at.0 - 3, top: at.1 - 3, right: at.0 + 3, bottom: at.1 + 3 };
    canvas.block(dot, Ink::First)?;
    let text = mark.label.text();
    if at.0 >= frame.right - 4 {
        return canvas.label(&text, (at.0 + 7, at.1), Ink::Text, (HPos::Left, VPos::Center));
    }
    let upper = at.1 < i32::midpoint(frame.top, frame.bottom);
    let (place, anchor) = if upper { (at.1 - 6, VPos::Bottom) } else { (at.1 + 7, VPos::Top) };
    let side = if at.0 < frame.left + 40 { HPos::Left } else { HPos::Center };
    canvas.label(&text, (at.0, place), Ink::Text, (side, anchor))
}

/// A date as a number of years.
fn year(date: Date) -> f64 {
    f64::from(date.year()) + f64::from(date.day_of_year() - 1) / f64::from(date.days_in_year())
}
