//! An efficient frontier: return against volatility, with the assets and the chosen portfolio.

use kinglet_core::note::Frontier;
use plotters::style::text_anchor::{HPos, VPos};

use super::axis::{axis_upward, range, values};
use super::canvas::{Canvas, Frame, Ink, Scale};
use super::names::Names;

/// So many assets have room for their names.
const NAMES_MAX: usize = 24;

/// Draws the line, the assets beside it, the chosen point on it.
pub(super) fn draw(canvas: &Canvas, frontier: &Frontier) {
    let own = frontier.points.iter().copied().chain([frontier.chosen]);
    let all = || own.clone().chain(frontier.assets.iter().map(|(_, x, y)| (*x, *y)));
    let (left, right) = range(all().map(|(x, _)| x));
    let (low, high) = range(all().map(|(_, y)| y));
    let frame = Frame { left: 46, top: 20, right: canvas.width - 46, bottom: canvas.height - 42 };
    let x = Scale { low: left.max(0.0), high: right, from: frame.left, to: frame.right };
    let y = Scale { low, high, from: frame.bottom, to: frame.top };
    axis_upward(canvas, frame, y, 6.0);
    for (tick, label) in values(x, 6.0) {
        let place = (x.at(tick), frame.bottom + 7);
        canvas.label(&label, place, Ink::Quiet, (HPos::Center, VPos::Top));
    }
    canvas.line(vec![(frame.left, frame.bottom), (frame.right, frame.bottom)], Ink::Quiet, 1);
    let foot = (i32::midpoint(frame.left, frame.right), canvas.height - 2);
    canvas.label("volatility, % a year", foot, Ink::Quiet, (HPos::Center, VPos::Bottom));
    canvas.label("return, % a year", (4, 2), Ink::Quiet, (HPos::Left, VPos::Top));
    let path = frontier.points.iter().map(|(h, v)| (x.at(*h), y.at(*v))).collect();
    canvas.line(path, Ink::First, 2);
    let own = [(x.at(frontier.chosen.0), y.at(frontier.chosen.1))];
    let assets = || frontier.assets.iter().map(|(name, h, v)| (name, (x.at(*h), y.at(*v))));
    let mut names = Names::around(assets().map(|(_, at)| at).chain(own));
    for (name, at) in assets() {
        canvas.dot(at, 2, Ink::Second);
        if frontier.assets.len() <= NAMES_MAX {
            names.draw((canvas, frame), (name, at), Ink::Second);
        }
    }
    let at = (x.at(frontier.chosen.0), y.at(frontier.chosen.1));
    canvas.dot(at, 4, Ink::First);
    // Above the line on its left, where there is room.
    let (place, anchor) = match at.0 > frame.left + 100 {
        true => ((at.0 - 7, at.1 - 3), (HPos::Right, VPos::Bottom)),
        false => ((at.0 + 9, at.1 + 3), (HPos::Left, VPos::Top)),
    };
    canvas.label("these weights", place, Ink::First, anchor);
}
