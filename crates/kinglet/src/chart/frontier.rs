//! An efficient frontier: return against volatility, with the assets and the chosen portfolio.

use plotters::style::text_anchor::{HPos, VPos};

use super::axis::values;
use super::canvas::{Canvas, Fault, Frame, Ink, Scale};

/// A frontier; volatilities and returns in percent.
#[derive(Clone, Debug, Default)]
pub(crate) struct Frontier {
    /// Its points, from the least risk on.
    pub(crate) points: Vec<(f64, f64)>,
    /// The assets with their names.
    pub(crate) assets: Vec<(String, f64, f64)>,
    /// The chosen portfolio.
    pub(crate) chosen: (f64, f64),
}

/// So many assets have room for their names.
const NAMES_MAX: usize = 24;

/// Draws the line, the assets beside it, the chosen point on it.
pub(super) fn draw(canvas: &Canvas<'_>, frontier: &Frontier) -> Result<(), Fault> {
    let own = frontier.points.iter().copied().chain([frontier.chosen]);
    let all = || own.clone().chain(frontier.assets.iter().map(|(_, x, y)| (*x, *y)));
    let (left, right) = range(all().map(|(x, _)| x));
    let (low, high) = range(all().map(|(_, y)| y));
    let frame = Frame { left: 46, top: 20, right: canvas.width - 46, bottom: canvas.height - 42 };
    let x = Scale { low: left.max(0.0), high: right, from: frame.left, to: frame.right };
    let y = Scale { low, high, from: frame.bottom, to: frame.top };
    for (tick, label) in values(y, 6.0) {
        let at = y.at(tick);
        canvas.line(vec![(frame.left, at), (frame.right, at)], Ink::Grid, 1)?;
        canvas.label(&label, (frame.left - 6, at), Ink::Quiet, (HPos::Right, VPos::Center))?;
    }
    for (tick, label) in values(x, 6.0) {
        let place = (x.at(tick), frame.bottom + 7);
        canvas.label(&label, place, Ink::Quiet, (HPos::Center, VPos::Top))?;
    }
    canvas.line(vec![(frame.left, frame.bottom), (frame.right, frame.bottom)], Ink::Quiet, 1)?;
    let foot = (i32::midpoint(frame.left, frame.right), canvas.height - 2);
    canvas.label("volatility, % a year", foot, Ink::Quiet, (HPos::Center, VPos::Bottom))?;
    canvas.label("return, % a year", (4, 2), Ink::Quiet, (HPos::Left, VPos::Top))?;
    let dot = |(at_x, at_y): (f64, f64), half: i32, ink: Ink| {
        let (h, v) = (x.at(at_x), y.at(at_y));
        let body = Frame { left: h - half, top: v - half, right: h + half, bottom: v + half };
        canvas.block(body, ink)
    };
    let path = frontier.points.iter().map(|(h, v)| (x.at(*h), y.at(*v))).collect();
    canvas.line(path, Ink::First, 2)?;
    let mut taken: Vec<(i32, i32)> = vec![(x.at(frontier.chosen.0), y.at(frontier.chosen.1))];
    for (name, h, v) in &frontier.assets {
        dot((*h, *v), 2, Ink::Second)?;
        let at = (x.at(*h) + 5, y.at(*v));
        // A name that would stand on another one is left out.
        let is_free = taken.iter().all(|(a, b)| (a - at.0).abs() > 44 || (b - at.1).abs() > 12);
        if is_free && frontier.assets.len() <= NAMES_MAX {
            canvas.label(name, at, Ink::Second, (HPos::Left, VPos::Center))?;
            taken.push(at);
        }
    }
    dot(frontier.chosen, 4, Ink::First)?;
    let at = (x.at(frontier.chosen.0), y.at(frontier.chosen.1));
    // Above the line on its left, where there is room.
    let (place, anchor) = match at.0 > frame.left + 100 {
        true => ((at.0 - 7, at.1 - 3), (HPos::Right, VPos::Bottom)),
        false => ((at.0 + 9, at.1 + 3), (HPos::Left, VPos::Top)),
    };
    canvas.label("these weights", place, Ink::First, anchor)?;
    canvas.finish()
}

fn range(values: impl Iterator<Item = f64>) -> (f64, f64) {
    let (low, high) = values.fold((f64::MAX, f64::MIN), |(l, h), v| (l.min(v), h.max(v)));
    let room = ((high - low) * 0.08).max(high.abs() * 1e-6).max(1e-9);
    (low - room, high + room)
}
