//! A map of rotation: where items stand on two scales, with the way on which they came.

use kinglet_core::note::{Rotation, Trail};
use plotters::style::text_anchor::{HPos, VPos};

use super::Fit;
use super::axis::{range, values};
use super::canvas::{Canvas, Frame, Ink, Scale};
use super::names::Names;

/// Draws the four fields, the trails and their names.
pub(super) fn draw(canvas: &Canvas, rotation: &Rotation) {
    let points = || rotation.trails.iter().flat_map(|t| &t.points);
    let (middle_x, middle_y) = rotation.centre;
    let (left, right) = range(points().map(|(x, _)| *x).chain([middle_x]));
    let (low, high) = range(points().map(|(_, y)| *y).chain([middle_y]));
    let frame = Frame { left: 46, top: 20, right: canvas.width - 12, bottom: canvas.height - 42 };
    let x = Scale { low: left, high: right, from: frame.left, to: frame.right };
    let y = Scale { low, high, from: frame.bottom, to: frame.top };
    let centre = (x.at(middle_x), y.at(middle_y));
    fields(canvas, frame, centre, &rotation.fields);
    for (tick, label) in values(y, 6.0) {
        let place = (frame.left - 6, y.at(tick));
        canvas.label(&label, place, Ink::Quiet, (HPos::Right, VPos::Center));
    }
    for (tick, label) in values(x, if canvas.fit.is_roomy() { 7.0 } else { 4.0 }) {
        let place = (x.at(tick), frame.bottom + 7);
        canvas.label(&label, place, Ink::Quiet, (HPos::Center, VPos::Top));
    }
    let [across, upward] = &rotation.scales;
    let foot = (i32::midpoint(frame.left, frame.right), canvas.height - 2);
    canvas.label(across, foot, Ink::Quiet, (HPos::Center, VPos::Bottom));
    canvas.label(upward, (4, 2), Ink::Quiet, (HPos::Left, VPos::Top));
    let end = |trail: &Trail| trail.points.last().map(|(h, v)| (x.at(*h), y.at(*v)));
    let mut names = Names::around(rotation.trails.iter().filter_map(end));
    for trail in &rotation.trails {
        let path: Vec<(i32, i32)> =
            trail.points.iter().map(|(h, v)| (x.at(*h), y.at(*v))).collect();
        let Some(end) = path.last().copied() else { continue };
        let ink = if end.0 >= centre.0 { Ink::First } else { Ink::Second };
        for dot in &path {
            canvas.dot(*dot, 1, ink);
        }
        canvas.faint(path, ink);
        canvas.dot(end, 4, ink);
        names.draw((canvas, frame), (&trail.label, end), ink);
        hover(canvas, trail, end);
    }
}

/// The cross of the centre, and the names of the fields in their corners.
fn fields(canvas: &Canvas, frame: Frame, centre: (i32, i32), names: &[String; 4]) {
    let Frame { left, top, right, bottom } = frame;
    if canvas.fit != Fit::Letters {
        canvas.block(Frame { left: centre.0, bottom: centre.1, ..frame }, Ink::Shade);
        canvas.block(Frame { right: centre.0, top: centre.1, ..frame }, Ink::Shade);
    }
    canvas.line(vec![(left, centre.1), (right, centre.1)], Ink::Quiet, 1);
    canvas.line(vec![(centre.0, top), (centre.0, bottom)], Ink::Quiet, 1);
    let corners = [
        ((right - 6, top + 5), (HPos::Right, VPos::Top)),
        ((right - 6, bottom - 5), (HPos::Right, VPos::Bottom)),
        ((left + 6, bottom - 5), (HPos::Left, VPos::Bottom)),
        ((left + 6, top + 5), (HPos::Left, VPos::Top)),
    ];
    for (name, (place, anchor)) in names.iter().zip(corners) {
        canvas.label(name, place, Ink::Quiet, anchor);
    }
}

fn hover(canvas: &Canvas, trail: &Trail, (x, y): (i32, i32)) {
    let Some((across, upward)) = trail.points.last() else { return };
    let place = Frame { left: x - 7, top: y - 7, right: x + 7, bottom: y + 7 };
    canvas.hover(place, format!("{}: {across:.2}, {upward:.2}", trail.label));
}
