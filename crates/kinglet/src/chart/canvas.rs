//! The paper under a chart: what is drawn, in the house's few marks, and scales. With what it is
//! drawn comes later: vectors for pages, letters for terminals.

use std::cell::RefCell;

use plotters::style::RGBColor;
use plotters::style::text_anchor::{HPos, VPos};

use super::Fit;

/// A colour that the page gives: the drawing holds a stand-in, which `themed` replaces.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Ink {
    /// Text.
    Text,
    /// Axes and quiet labels.
    Quiet,
    /// Lines of the grid.
    Grid,
    /// Shaded stretches.
    Shade,
    /// The stretch that a text speaks of.
    Stated,
    /// The stretch that is right.
    Right,
    /// The first series; gains; small caps.
    First,
    /// The second series; losses; large caps.
    Second,
}

impl Ink {
    pub(super) const ALL: [Ink; 8] = [
        Ink::Text,
        Ink::Quiet,
        Ink::Grid,
        Ink::Shade,
        Ink::Stated,
        Ink::Right,
        Ink::First,
        Ink::Second,
    ];

    /// The stand-in: a colour that no drawing would choose.
    pub(super) fn stand_in(self) -> RGBColor {
        RGBColor(1, 2, self as u8 + 3)
    }

    pub(super) fn variable(self) -> &'static str {
        match self {
            Ink::Text => "--ink",
            Ink::Quiet => "--quiet",
            Ink::Grid => "--grid",
            Ink::Shade => "--shade",
            Ink::Stated => "--stated",
            Ink::Right => "--right",
            Ink::First => "--first",
            Ink::Second => "--second",
        }
    }
}

/// A rectangle in pixels: left, top, right, bottom.
#[derive(Clone, Copy, Debug)]
pub(super) struct Frame {
    pub(super) left: i32,
    pub(super) top: i32,
    pub(super) right: i32,
    pub(super) bottom: i32,
}

/// A mark on the paper; strength is between 0, nothing, and 1.
#[derive(Clone)]
pub(super) enum Shape {
    /// A line through points.
    Line { points: Vec<(i32, i32)>, ink: Ink, width: u32, strength: f64 },
    /// A filled surface with these corners.
    Area { corners: Vec<(i32, i32)>, ink: Ink, strength: f64 },
    /// A filled rectangle.
    Block { frame: Frame, ink: Ink, strength: f64 },
    /// Text at a point.
    Label { text: String, at: (i32, i32), ink: Ink, anchor: (HPos, VPos) },
    /// What is said of a place to a reader who points at it.
    Hover { frame: Frame, text: String },
}

/// Paper of a size.
pub(super) struct Canvas {
    shapes: RefCell<Vec<Shape>>,
    /// Width in pixels.
    pub(super) width: i32,
    /// Height in pixels.
    pub(super) height: i32,
    /// The column it must fit.
    pub(super) fit: Fit,
}

impl Canvas {
    /// Empty paper.
    pub(super) fn new((width, height): (u32, u32), fit: Fit) -> Self {
        Canvas { shapes: RefCell::default(), width: width as i32, height: height as i32, fit }
    }

    /// All that was drawn, in this order.
    pub(super) fn into_shapes(self) -> Vec<Shape> {
        self.shapes.into_inner()
    }

    fn push(&self, shape: Shape) {
        self.shapes.borrow_mut().push(shape);
    }

    /// Text at a point; a leading hyphen is a minus.
    pub(super) fn label(&self, text: &str, at: (i32, i32), ink: Ink, anchor: (HPos, VPos)) {
        let text = match text.strip_prefix('-') {
            Some(size) => format!("\u{2212}{size}"),
            None => text.to_owned(),
        };
        self.push(Shape::Label { text, at, ink, anchor });
    }

    /// A line through points.
    pub(super) fn line(&self, points: Vec<(i32, i32)>, ink: Ink, width: u32) {
        self.push(Shape::Line { points, ink, width, strength: 1.0 });
    }

    /// A line of many, behind those that matter.
    pub(super) fn faint(&self, points: Vec<(i32, i32)>, ink: Ink) {
        self.push(Shape::Line { points, ink, width: 1, strength: 0.4 });
    }

    /// A filled surface with these corners.
    pub(super) fn area(&self, corners: Vec<(i32, i32)>, ink: Ink, strength: f64) {
        self.push(Shape::Area { corners, ink, strength });
    }

    /// A filled rectangle.
    pub(super) fn block(&self, frame: Frame, ink: Ink) {
        self.tint(frame, ink, 1.0);
    }

    /// A rectangle of which the ground shows through.
    pub(super) fn tint(&self, frame: Frame, ink: Ink, strength: f64) {
        self.push(Shape::Block { frame, ink, strength });
    }

    /// A dot.
    pub(super) fn dot(&self, (x, y): (i32, i32), half: i32, ink: Ink) {
        let frame = Frame { left: x - half, top: y - half, right: x + half, bottom: y + half };
        self.block(frame, ink);
    }

    /// What is said of a place to a reader who points at it.
    pub(super) fn hover(&self, frame: Frame, text: String) {
        self.push(Shape::Hover { frame, text });
    }
}

/// A linear scale from values to pixels.
#[derive(Clone, Copy, Debug)]
pub(super) struct Scale {
    pub(super) low: f64,
    pub(super) high: f64,
    pub(super) from: i32,
    pub(super) to: i32,
}

impl Scale {
    /// The pixel of a value.
    pub(super) fn at(self, value: f64) -> i32 {
        let share = (value - self.low) / (self.high - self.low);
        self.from + (share * f64::from(self.to - self.from)).round() as i32
    }

    /// Round values within the scale, about `count` of them.
    pub(super) fn ticks(self, count: f64) -> Vec<f64> {
        let raw = (self.high - self.low) / count;
        let power = 10_f64.powf(raw.log10().floor());
        let step = [1.0, 2.0, 5.0, 10.0].map(|m| m * power);
        let step = step.into_iter().find(|s| *s >= raw * 0.999).unwrap_or(power * 10.0);
        let first = (self.low / step).ceil() as i64;
        let last = (self.high / step).floor() as i64;
        (first..=last).map(|n| n as f64 * step).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::Scale;

    #[test]
    fn round_ticks() {
        let ticks = |low, high| Scale { low, high, from: 0, to: 100 }.ticks(5.0);
        assert_eq!(ticks(0.0, 50.0), [0.0, 10.0, 20.0, 30.0, 40.0, 50.0]);
        assert_eq!(ticks(-31.0, 22.0), [-20.0, 0.0, 20.0]);
        assert_eq!(ticks(1987.7, 2026.6), [1990.0, 2000.0, 2010.0, 2020.0]);
    }

    #[test]
    fn a_value_has_its_pixel() {
        let scale = Scale { low: -10.0, high: 10.0, from: 300, to: 100 };
        assert_eq!([-10.0, 0.0, 5.0, 10.0].map(|v| scale.at(v)), [300, 200, 150, 100]);
    }
}
