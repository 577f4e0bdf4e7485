//! Values over time: lines or surfaces, with a band of what is usual, shaded stretches, named
//! points.

use kinglet_core::note::{Band, Line, Lines, Mark, Role, Shade};
use kinglet_core::time::Date;
use plotters::style::text_anchor::{HPos, VPos};

use super::Fit;
use super::axis::{apart, axis_upward, moments, range, year};
use super::canvas::{Canvas, Frame, Ink, Scale};

/// Height of a line of names above the plot.
const NAME: i32 = 17;
/// Width of a letter of a label, about.
const LETTER: i32 = 7;
/// The inks of the lines, in turn.
const INKS: [Ink; 2] = [Ink::First, Ink::Second];

/// A plot: its frame and its scales.
#[derive(Clone, Copy)]
struct Plane<'a> {
    canvas: &'a Canvas,
    frame: Frame,
    x: Scale,
    y: Scale,
}

/// Draws lines.
pub(super) fn lines(canvas: &Canvas, lines: &Lines) {
    let points = lines.lines.iter().flat_map(|l| &l.points).map(|(_, v)| *v);
    let band = lines.band.iter().flat_map(|b| &b.points).flat_map(|(_, low, high)| [*low, *high]);
    if let Some(plane) = Plane::new(canvas, lines, range(points.chain(band))) {
        plane.draw(lines);
    }
}

/// Draws lines with the surface to zero.
pub(super) fn areas(canvas: &Canvas, lines: &Lines) {
    let points = lines.lines.iter().flat_map(|l| &l.points).map(|(_, v)| *v);
    let (low, high) = points.fold((0.0_f64, 0.0_f64), |(l, h), v| (l.min(v), h.max(v)));
    let room = (high - low).max(1e-9) * 0.1;
    let ends =
        (if low < 0.0 { low - room } else { 0.0 }, if high > 0.0 { high + room } else { 0.0 });
    let Some(plane) = Plane::new(canvas, lines, ends) else { return };
    for (line, ink) in lines.lines.iter().zip(INKS.into_iter().cycle()) {
        let mut corners = plane.path(line);
        let ends = [corners.last(), corners.first()].map(|c| c.map(|(x, _)| (*x, plane.y.at(0.0))));
        corners.extend(ends.into_iter().flatten());
        canvas.area(corners, ink, 0.22);
    }
    plane.draw(lines);
}

impl<'a> Plane<'a> {
    fn new(canvas: &'a Canvas, lines: &Lines, (low, high): (f64, f64)) -> Option<Self> {
        let dates = || lines.lines.iter().flat_map(|l| &l.points).map(|(date, _)| *date);
        let (first, last) = (dates().min()?, dates().max()?);
        let named = lines.shades.iter().any(|s| !matches!(s.role, Role::Ground));
        let top = if named { 4 + 2 * NAME } else { 22 };
        let names = match lines.lines.as_slice() {
            [] | [_] => 0,
            many => many.iter().map(|l| l.label.chars().count()).max().unwrap_or(0),
        };
        let right = match canvas.fit {
            Fit::Panel => 44,
            _ => (8 * names as i32 + 8).clamp(44, canvas.width / 4),
        };
        let right = canvas.width - right;
        let frame = Frame { left: 46, top, right, bottom: canvas.height - 26 };
        let last_year = year(last).max(year(first) + 1e-6);
        let x = Scale { low: year(first), high: last_year, from: frame.left, to: frame.right };
        let y = Scale { low, high, from: frame.bottom, to: frame.top };
        for shade in &lines.shades {
            Plane { canvas, frame, x, y }.shade(shade);
        }
        let plane = Plane { canvas, frame, x, y };
        plane.axes(first, last);
        Some(plane)
    }

    fn draw(&self, lines: &Lines) {
        if let Some(band) = &lines.band {
            self.band(band);
        }
        for (line, ink) in lines.lines.iter().zip(INKS.into_iter().cycle()) {
            self.canvas.line(self.path(line), ink, 2);
        }
        if lines.lines.len() > 1 {
            self.names(lines);
        }
        for mark in &lines.marks {
            self.mark(mark);
        }
        self.hovers(lines);
    }

    fn at(&self, date: Date, value: f64) -> (i32, i32) {
        (self.x.at(year(date).clamp(self.x.low, self.x.high)), self.y.at(value))
    }

    fn path(&self, line: &Line) -> Vec<(i32, i32)> {
        line.points.iter().map(|(date, value)| self.at(*date, *value)).collect()
    }

    /// What is usual, with its name at the lower left.
    fn band(&self, band: &Band) {
        let upper = band.points.iter().map(|(date, _, high)| self.at(*date, *high));
        let lower = band.points.iter().rev().map(|(date, low, _)| self.at(*date, *low));
        self.canvas.area(upper.chain(lower).collect(), Ink::Right, 0.7);
        if let Some((date, low, _)) = band.points.first() {
            let (x, y) = self.at(*date, *low);
            let place = (x + 4, y + 3);
            self.canvas.label(&band.label, place, Ink::Quiet, (HPos::Left, VPos::Top));
        }
    }

    /// A stretch behind the lines; one that a text speaks of has its name above, on a bracket.
    fn shade(&self, shade: &Shade) {
        let canvas = self.canvas;
        let (from, to) = (year(shade.from).max(self.x.low), year(shade.to).min(self.x.high));
        if from > to {
            return;
        }
        let (left, right) = (self.x.at(from), self.x.at(to).max(self.x.at(from) + 2));
        let stretch = Frame { left, right, ..self.frame };
        let (ink, name, line) = match &shade.role {
            Role::Ground => return canvas.block(stretch, Ink::Shade),
            Role::Stated(name) => (Ink::Stated, name, 1),
            Role::Right(name) => (Ink::Right, name, 0),
        };
        canvas.block(stretch, ink);
        let bottom = 2 + NAME * (line + 1);
        for edge in [left, right] {
            canvas.line(vec![(edge, bottom), (edge, self.frame.bottom)], Ink::Quiet, 1);
        }
        canvas.line(vec![(left, bottom), (right, bottom)], Ink::Quiet, 1);
        let half = 3.4 * name.chars().count() as f64;
        let middle = f64::from(i32::midpoint(left, right));
        let middle = middle.min(f64::from(canvas.width) - half - 2.0).max(half + 2.0) as i32;
        canvas.label(name, (middle, bottom - 2), Ink::Text, (HPos::Center, VPos::Bottom));
    }

    fn axes(&self, first: Date, last: Date) {
        let Frame { left, right, bottom, top } = self.frame;
        axis_upward(self.canvas, self.frame, self.y, f64::from((bottom - top) / 34).max(2.0));
        for (date, label) in moments(first, last, self.canvas.fit) {
            let at = self.x.at(year(date));
            self.canvas.line(vec![(at, bottom), (at, bottom + 4)], Ink::Quiet, 1);
            self.canvas.label(&label, (at, bottom + 7), Ink::Quiet, (HPos::Center, VPos::Top));
        }
        self.canvas.line(vec![(left, bottom), (right, bottom)], Ink::Quiet, 1);
    }

    /// The names of several lines, each at its end.
    fn names(&self, lines: &Lines) {
        let named = lines.lines.iter().zip(INKS.into_iter().cycle());
        let ends = named.filter_map(|(line, ink)| {
            let (_, value) = line.points.last()?;
            Some((self.y.at(*value), line.label.as_str(), ink))
        });
        for (at, name, ink) in apart(ends.collect()) {
            let place = (self.frame.right + 5, at);
            self.canvas.label(name, place, ink, (HPos::Left, VPos::Center));
        }
    }

    /// A dot and its label: above a high point, below a low one, to the right of the last.
    fn mark(&self, mark: &Mark) {
        let (canvas, frame) = (self.canvas, self.frame);
        let at = self.at(mark.date, mark.value);
        canvas.dot(at, 3, Ink::First);
        let text = mark.label.text();
        if text.is_empty() {
            return;
        }
        if at.0 >= frame.right - 4 && canvas.fit != Fit::Panel {
            let width = LETTER * text.chars().count() as i32;
            if at.0 + 7 + width <= canvas.width {
                return canvas.label(
                    &text,
                    (at.0 + 7, at.1),
                    Ink::Text,
                    (HPos::Left, VPos::Center),
                );
            }
            let (end, above) = (canvas.width - 2, at.1 - 6);
            return canvas.label(&text, (end, above), Ink::Text, (HPos::Right, VPos::Bottom));
        }
        let upper = at.1 < i32::midpoint(frame.top, frame.bottom);
        let (place, anchor) = if upper { (at.1 - 6, VPos::Bottom) } else { (at.1 + 7, VPos::Top) };
        let side = if at.0 < frame.left + 40 { HPos::Left } else { HPos::Center };
        canvas.label(&text, (at.0, place), Ink::Text, (side, anchor));
    }

    /// A stripe for each point, as far as they can be told apart.
    fn hovers(&self, lines: &Lines) {
        let Some(line) = lines.lines.first() else { return };
        let span = self.y.high - self.y.low;
        let decimals = if span > 50.0 {
            1
        } else if span > 2.0 {
            2
        } else {
            3
        };
        let every = line.points.len().div_ceil(240).max(1);
        let kept: Vec<&(Date, f64)> = line.points.iter().rev().step_by(every).collect();
        let mut right = self.frame.right + 3;
        for (i, (date, value)) in kept.iter().enumerate() {
            let at = self.at(*date, *value).0;
            let next = kept.get(i + 1).map_or(self.frame.left, |(d, v)| self.at(*d, *v).0);
            let left = i32::midpoint(at, next);
            let others = lines.lines[1..].iter().filter_map(|other| {
                let found = other.points.iter().find(|(day, _)| day == date)?;
                Some(format!("; {} {:.decimals$}", other.label, found.1))
            });
            let text = format!("{date}: {} {value:.decimals$}", line.label);
            let text = others.fold(text, |text, other| text + &other);
            self.canvas.hover(Frame { left, right, ..self.frame }, text);
            right = left;
        }
    }
}
