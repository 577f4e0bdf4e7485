//! A drawing as SVG: its size follows the column, its colours follow the theme, and it has a name
//! and a description. What is said of a place needs no script.

use std::error::Error;
use std::fmt::Write as _;

use plotters::prelude::{DrawingBackend as _, SVGBackend};
use plotters::style::text_anchor::Pos;
use plotters::style::{Color as _, RGBColor, ShapeStyle, TextStyle};

use super::Fit;
use super::canvas::{Frame, Ink, Shape};
use crate::html::{COLOURS, escape};

/// The name of a drawing, and what one would say of it to somebody who cannot see it.
#[derive(Clone, Copy, Debug)]
pub(super) struct Words<'a> {
    pub(super) title: &'a str,
    pub(super) description: &'a str,
}

/// Shapes as an element of a page; for paper with the colours of the light theme in it.
pub(super) fn svg(shapes: &[Shape], size: (u32, u32), fit: Fit, words: Words<'_>) -> String {
    let mut text = String::new();
    {
        let mut backend = SVGBackend::with_string(&mut text, size);
        // Writing to a string does not fail.
        let _ = paint(shapes, &mut backend);
    }
    let body = text.find('>').map_or("", |end| &text[end + 1..]);
    let mut body = body.replace(" font-family=\"sans-serif\"", "").replace(" opacity=\"1\"", "");
    for ink in Ink::ALL {
        let RGBColor(r, g, b) = ink.stand_in();
        let colour = match fit {
            Fit::Print => light(ink.variable()).to_owned(),
            _ => format!("var({})", ink.variable()),
        };
        body = body.replace(&format!("#{r:02X}{g:02X}{b:02X}"), &colour);
    }
    let body = body.trim_end().trim_end_matches("</svg>");
    let (title, description) = (escape(words.title), escape(words.description));
    let (width, height) = size;
    let font = if fit == Fit::Print { " font-family=\"Libertinus Serif\"" } else { "" };
    format!(
        "<svg viewBox=\"0 0 {width} {height}\" xmlns=\"http://www.w3.org/2000/svg\" role=\"img\"\
         {font} aria-label=\"{title}\">\n<title>{title}</title>\n<desc>{description}</desc>{body}\
         {}</svg>\n",
        hovers(shapes, fit)
    )
}

/// A colour of the light theme.
fn light(variable: &str) -> &'static str {
    let at = COLOURS.find(&format!("{variable}: #")).map_or(0, |at| at + variable.len() + 2);
    COLOURS.get(at..at + 7).unwrap_or("#000000")
}

fn paint(shapes: &[Shape], backend: &mut SVGBackend<'_>) -> Result<(), Box<dyn Error>> {
    let filled = |ink: Ink, strength| ShapeStyle::from(ink.stand_in().mix(strength)).filled();
    for shape in shapes {
        match shape {
            Shape::Line { points, ink, width, strength } => {
                let style = ShapeStyle::from(ink.stand_in().mix(*strength)).stroke_width(*width);
                backend.draw_path(points.iter().copied(), &style)?;
            }
            Shape::Area { corners, ink, strength } => {
                backend.fill_polygon(corners.iter().copied(), &filled(*ink, *strength))?;
            }
            Shape::Block { frame: Frame { left, top, right, bottom }, ink, strength } => {
                let style = filled(*ink, *strength);
                backend.draw_rect((*left, *top), (*right, *bottom), &style, true)?;
            }
            Shape::Label { text, at, ink, anchor } => {
                let colour = ink.stand_in();
                let style = TextStyle::from(("sans-serif", 13)).color(&colour);
                backend.draw_text(text, &style.pos(Pos::new(anchor.0, anchor.1)), *at)?;
            }
            Shape::Hover { .. } => {}
        }
    }
    Ok(backend.present()?)
}

/// Places that answer to a pointer; phones and paper have none.
fn hovers(shapes: &[Shape], fit: Fit) -> String {
    if fit != Fit::Wide {
        return String::new();
    }
    let mut places = String::new();
    for shape in shapes {
        let Shape::Hover { frame: Frame { left, top, right, bottom }, text } = shape else {
            continue;
        };
        let _ = writeln!(
            places,
            "<rect x=\"{left}\" y=\"{top}\" width=\"{}\" height=\"{}\"><title>{}</title></rect>",
            right - left,
            bottom - top,
            escape(text)
        );
    }
    match places.is_empty() {
        true => places,
        false => format!("<g class=\"hover\" fill-opacity=\"0\">\n{places}</g>\n"),
    }
}
