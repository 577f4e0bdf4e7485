//! The paper under a chart: colours, text, axes; and what turns the drawing into part of a page.

use plotters::coord::Shift;
use plotters::element::{PathElement, Polygon};
use plotters::prelude::{DrawingArea, IntoDrawingArea, Rectangle, SVGBackend, Text};
use plotters::style::text_anchor::{HPos, Pos, VPos};
use plotters::style::{Color as _, RGBColor, ShapeStyle, TextStyle};

use super::Fit;
use crate::html::escape;

/// What fails while drawing.
pub(super) type Fault = Box<dyn std::error::Error>;

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
    const ALL: [Ink; 8] = [
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
    fn stand_in(self) -> RGBColor {
        RGBColor(1, 2, self as u8 + 3)
    }

    fn variable(self) -> &'static str {
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

/// A drawing area with the house's few marks.
pub(super) struct Canvas<'a> {
    area: DrawingArea<SVGBackend<'a>, Shift>,
    /// Width in pixels.
    pub(super) width: i32,
    /// Height in pixels.
    pub(super) height: i32,
    /// The column it must fit.
    pub(super) fit: Fit,
}

impl<'a> Canvas<'a> {
    /// An empty canvas.
    pub(super) fn new(text: &'a mut String, width: u32, height: u32, fit: Fit) -> Self {
        let area = SVGBackend::with_string(text, (width, height)).into_drawing_area();
        Canvas { area, width: width as i32, height: height as i32, fit }
    }

    /// Ends the drawing.
    pub(super) fn finish(&self) -> Result<(), Fault> {
        Ok(self.area.present()?)
    }

    /// Text at a point; a leading hyphen is a minus.
    pub(super) fn label(
        &self,
        text: &str,
        at: (i32, i32),
        ink: Ink,
        anchor: (HPos, VPos),
    ) -> Result<(), Fault> {
        let colour = ink.stand_in();
        let style =
            TextStyle::from(("sans-serif", 13)).color(&colour).pos(Pos::new(anchor.0, anchor.1));
        let text = match text.strip_prefix('-') {
            Some(size) => format!("\u{2212}{size}"),
            None => text.to_owned(),
        };
        Ok(self.area.draw(&Text::new(text, at, style))?)
    }

    /// A line through points.
    pub(super) fn line(&self, points: Vec<(i32, i32)>, ink: Ink, width: u32) -> Result<(), Fault> {
        let style = ShapeStyle::from(&ink.stand_in()).stroke_width(width);
        Ok(self.area.draw(&PathElement::new(points, style))?)
    }

    /// A filled surface with these corners.
    pub(super) fn area(&self, corners: Vec<(i32, i32)>, ink: Ink) -> Result<(), Fault> {
        Ok(self.area.draw(&Polygon::new(corners, ink.stand_in().filled()))?)
    }

    /// A filled rectangle.
    pub(super) fn block(&self, frame: Frame, ink: Ink) -> Result<(), Fault> {
        let corners = [(frame.left, frame.top), (frame.right, frame.bottom)];
        Ok(self.area.draw(&Rectangle::new(corners, ink.stand_in().filled()))?)
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

/// Makes a drawing fit the page: its size follows the column, its colours follow the theme, and it
/// has a name and a description.
pub(super) fn themed(
    svg: &str,
    (title, description): (&str, &str),
    (width, height): (u32, u32),
) -> String {
    let body = svg.find('>').map_or("", |end| &svg[end + 1..]);
    let mut body = body.replace(" font-family=\"sans-serif\"", "").replace(" opacity=\"1\"", "");
    for ink in Ink::ALL {
        let RGBColor(r, g, b) = ink.stand_in();
        let stand_in = format!("#{r:02X}{g:02X}{b:02X}");
        body = body.replace(&stand_in, &format!("var({})", ink.variable()));
    }
    let (title, description) = (escape(title), escape(description));
    format!(
        "<svg viewBox=\"0 0 {width} {height}\" xmlns=\"http://www.w3.org/2000/svg\" role=\"img\" \
         aria-label=\"{title}\">\n<title>{title}</title>\n<desc>{description}</desc>{body}"
    )
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
