//! An efficient frontier: return against volatility, with the assets and the chosen portfolio.

use kinglet_core::note::Frontier;
use plotters::style::text_anchor::{HPos, VPos};

use super::axis::{axis_upward, range, values};
use super::canvas::{Canvas, Frame, Ink, Scale};

/// So many assets have room for their names.
const NAMES_MAX: usize = 24;
/// How wide a name is, about.
const NAME: i32 = 40;

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
    let mut taken: Vec<(i32, i32)> = vec![(x.at(frontier.chosen.0), y.at(frontier.chosen.1))];
    for (name, h, v) in &frontier.assets {
        canvas.dot((x.at(*h), y.at(*v)), 2, Ink::Second);
        let (h, v) = (x.at(*h), y.at(*v));
        // Beside its dot, else below or above it: where a name would begin, and its middle.
        let places = [
            ((h + 5, v), (h + 5, v), (HPos::Left, VPos::Center)),
            ((h - 5 - NAME, v), (h - 5, v), (HPos::Right, VPos::Center)),
            ((h - NAME / 2, v + 12), (h, v + 6), (HPos::Center, VPos::Top)),
            ((h - NAME / 2, v - 12), (h, v - 6), (HPos::Center, VPos::Bottom)),
        ];
        let is_free = |(left, middle): (i32, i32)| {
            let apart = |(a, b): &(i32, i32)| (a - left).abs() > NAME || (b - middle).abs() > 12;
            left > frame.left && left + NAME < canvas.width && taken.iter().all(apart)
        };
        // A name that would stand on another one everywhere is left out.
        let place = places.into_iter().find(|(edge, ..)| is_free(*edge));
        if let Some((edge, at, anchor)) = place.filter(|_| frontier.assets.len() <= NAMES_MAX) {
            canvas.label(name, at, Ink::Second, anchor);
            taken.push(edge);
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
