//! Lines over time, with shaded stretches and named points.

use kinglet_core::note::{Lines, Mark, Role, Shade};
use kinglet_core::time::Date;
use plotters::style::text_anchor::{HPos, VPos};

use super::Fit;
use super::axis::{moments, values, year};
use super::canvas::{Canvas, Fault, Frame, Ink, Scale};

/// Height of a line of names above the plot.
const NAME: i32 = 17;

/// A plot: its frame and its scales.
#[derive(Clone, Copy)]
struct Plane {
    frame: Frame,
    x: Scale,
    y: Scale,
}

/// Draws the lines.
pub(super) fn draw(canvas: &Canvas<'_>, lines: &Lines) -> Result<(), Fault> {
    let points = || lines.lines.iter().flat_map(|l| &l.points);
    let dates = || points().map(|(date, _)| *date);
    let (Some(first), Some(last)) = (dates().min(), dates().max()) else {
        return canvas.finish();
    };
    let (low, high) = points().fold((f64::MAX, f64::MIN), |(l, h), (_, v)| (l.min(*v), h.max(*v)));
    let room = ((high - low) * 0.08).max(high.abs() * 1e-6).max(1e-9);
    let named = lines.shades.iter().any(|s| !matches!(s.role, Role::Ground));
    let top = if named { 4 + 2 * NAME } else { 22 };
    let frame = Frame { left: 46, top, right: canvas.width - 44, bottom: canvas.height - 26 };
    let last_year = year(last).max(year(first) + 1e-6);
    let x = Scale { low: year(first), high: last_year, from: frame.left, to: frame.right };
    let y = Scale { low: low - room, high: high + room, from: frame.bottom, to: frame.top };
    let plane = Plane { frame, x, y };
    for shade in &lines.shades {
        plane.shade(canvas, shade)?;
    }
    plane.axes(canvas, first, last)?;
    for (line, ink) in lines.lines.iter().zip([Ink::First, Ink::Second].into_iter().cycle()) {
        let path = line.points.iter().map(|(d, v)| (x.at(year(*d)), y.at(*v))).collect();
        canvas.line(path, ink, 2)?;
    }
    if lines.lines.len() > 1 {
        plane.names(canvas, lines)?;
    }
    for mark in &lines.marks {
        plane.mark(canvas, mark)?;
    }
    canvas.finish()
}

impl Plane {
    /// A stretch behind the lines; one that a text speaks of has its name above, on a bracket.
    fn shade(&self, canvas: &Canvas<'_>, shade: &Shade) -> Result<(), Fault> {
        let (from, to) = (year(shade.from).max(self.x.low), year(shade.to).min(self.x.high));
        if from > to {
            return Ok(());
        }
        let (left, right) = (self.x.at(from), self.x.at(to).max(self.x.at(from) + 2));
        let stretch = Frame { left, right, ..self.frame };
        let (ink, name, line) = match &shade.role {
            Role::Ground => return canvas.block(stretch, Ink::Shade),
            Role::Stated(name) => (Ink::Stated, name, 1),
            Role::Right(name) => (Ink::Right, name, 0),
        };
        canvas.block(stretch, ink)?;
        let bottom = 2 + NAME * (line + 1);
        for edge in [left, right] {
            canvas.line(vec![(edge, bottom), (edge, self.frame.bottom)], Ink::Quiet, 1)?;
        }
        canvas.line(vec![(left, bottom), (right, bottom)], Ink::Quiet, 1)?;
        let half = 3.4 * name.chars().count() as f64;
        let middle = f64::from(i32::midpoint(left, right));
        let middle = middle.min(f64::from(canvas.width) - half - 2.0).max(half + 2.0) as i32;
        canvas.label(name, (middle, bottom - 2), Ink::Text, (HPos::Center, VPos::Bottom))
    }

    fn axes(&self, canvas: &Canvas<'_>, first: Date, last: Date) -> Result<(), Fault> {
        let Frame { left, right, bottom, top } = self.frame;
        for (tick, label) in values(self.y, f64::from((bottom - top) / 34).max(2.0)) {
            let at = self.y.at(tick);
            canvas.line(vec![(left, at), (right, at)], Ink::Grid, 1)?;
            canvas.label(&label, (left - 6, at), Ink::Quiet, (HPos::Right, VPos::Center))?;
        }
        for (date, label) in moments(first, last, canvas.fit) {
            let at = self.x.at(year(date));
            canvas.line(vec![(at, bottom), (at, bottom + 4)], Ink::Quiet, 1)?;
            canvas.label(&label, (at, bottom + 7), Ink::Quiet, (HPos::Center, VPos::Top))?;
        }
        canvas.line(vec![(left, bottom), (right, bottom)], Ink::Quiet, 1)
    }

    /// The names of several lines, each at its end.
    fn names(&self, canvas: &Canvas<'_>, lines: &Lines) -> Result<(), Fault> {
        let mut ends: Vec<(i32, &str, Ink)> = Vec::new();
        for (line, ink) in lines.lines.iter().zip([Ink::First, Ink::Second].into_iter().cycle()) {
            let Some((_, value)) = line.points.last() else { continue };
            ends.push((self.y.at(*value), &line.label, ink));
        }
        ends.sort_by_key(|(at, ..)| *at);
        let mut free = i32::MIN;
        for (at, name, ink) in ends {
            let at = at.max(free);
            free = at + 14;
            let place = (self.frame.right + 5, at);
            canvas.label(name, place, ink, (HPos::Left, VPos::Center))?;
        }
        Ok(())
    }

    /// A dot and its label: above a high point, below a low one, to the right of the last.
    fn mark(&self, canvas: &Canvas<'_>, mark: &Mark) -> Result<(), Fault> {
        let at = (self.x.at(year(mark.date)), self.y.at(mark.value));
        let dot = Frame { left: at.0 - 3, top: at.1 - 3, right: at.0 + 3, bottom: at.1 + 3 };
        canvas.block(dot, Ink::First)?;
        let text = mark.label.text();
        let frame = self.frame;
        if text.is_empty() {
            return Ok(());
        }
        if at.0 >= frame.right - 4 && canvas.fit != Fit::Panel {
            return canvas.label(&text, (at.0 + 7, at.1), Ink::Text, (HPos::Left, VPos::Center));
        }
        let upper = at.1 < i32::midpoint(frame.top, frame.bottom);
        let (place, anchor) = if upper { (at.1 - 6, VPos::Bottom) } else { (at.1 + 7, VPos::Top) };
        let side = if at.0 < frame.left + 40 { HPos::Left } else { HPos::Center };
        canvas.label(&text, (at.0, place), Ink::Text, (side, anchor))
    }
}
