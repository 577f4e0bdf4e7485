//! A fan: what outcomes had come to on the way, of each event, of all events, of any period.

use kinglet_core::note::Fan;
use plotters::style::text_anchor::{HPos, VPos};

use super::axis::{apart, axis_upward};
use super::canvas::{Canvas, Frame, Ink, Scale};

/// Draws the band, every path, both means and their names.
pub(super) fn draw(canvas: &Canvas, fan: &Fan) {
    let ends = fan.band.iter().flat_map(|(low, high)| [*low, *high]);
    let paths = fan.paths.iter().flat_map(|p| p.values.iter().copied());
    let all = ends.chain(fan.events.iter().copied()).chain(fan.any.iter().copied()).chain(paths);
    let (low, high) = all.fold((0.0_f64, 0.0_f64), |(l, h), v| (l.min(v), h.max(v)));
    let room = (high - low).max(1e-9) * 0.08;
    let frame = Frame { left: 46, top: 14, right: canvas.width - 74, bottom: canvas.height - 26 };
    let last = fan.labels.len().saturating_sub(1).max(1) as f64;
    let x = Scale { low: 0.0, high: last, from: frame.left, to: frame.right };
    let y = Scale { low: low - room, high: high + room, from: frame.bottom, to: frame.top };
    let at = |step: usize, value: f64| (x.at(step as f64), y.at(value));
    let upper = fan.band.iter().enumerate().map(|(step, (_, high))| at(step, *high));
    let lower = fan.band.iter().enumerate().rev().map(|(step, (low, _))| at(step, *low));
    canvas.area(upper.chain(lower).collect(), Ink::Stated, 1.0);
    axis_upward(canvas, frame, y, 6.0);
    let every = fan.labels.len().div_ceil(if canvas.fit.is_roomy() { 9 } else { 5 }).max(1);
    for (step, label) in fan.labels.iter().enumerate() {
        let place = (x.at(step as f64), frame.bottom + 7);
        if (fan.labels.len() - 1 - step).is_multiple_of(every) {
            canvas.label(label, place, Ink::Quiet, (HPos::Center, VPos::Top));
        }
    }
    let line = |values: &[f64]| values.iter().enumerate().map(|(i, v)| at(i, *v)).collect();
    for path in &fan.paths {
        canvas.faint(line(&path.values), Ink::First);
    }
    canvas.line(line(&fan.any), Ink::Second, 3);
    canvas.line(line(&fan.events), Ink::First, 3);
    let end = |values: &[f64]| values.last().map_or(0, |value| y.at(*value));
    let names =
        [(end(&fan.events), "events", Ink::First), (end(&fan.any), "any period", Ink::Second)];
    for (at, name, ink) in apart(names.to_vec()) {
        canvas.label(name, (frame.right + 5, at), ink, (HPos::Left, VPos::Center));
    }
    for path in &fan.paths {
        let Some((step, value)) = path.values.iter().copied().enumerate().next_back() else {
            continue;
        };
        let (h, v) = at(step, value);
        let place = Frame { left: h - 5, top: v - 4, right: h + 5, bottom: v + 4 };
        let after = fan.labels.get(step).map_or("", String::as_str);
        canvas.hover(place, format!("{}: {value:.1} ({after})", path.label));
    }
}
