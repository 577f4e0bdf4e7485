//! A calendar: a row for each year, a cell for each month, the stronger the colour the larger the
//! value.

use kinglet_core::note::Months;
use plotters::style::text_anchor::{HPos, VPos};

use super::Fit;
use super::canvas::{Canvas, Frame, Ink, Scale};

/// Height of a row.
fn row(fit: Fit) -> i32 {
    if fit == Fit::Letters { 16 } else { 17 }
}

/// What stands above the rows and below.
const MARGIN: i32 = 50;
/// The strongest colour; text must still be read on it.
const STRENGTH_MAX: f64 = 0.55;
const NAMES: [&str; 12] =
    ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

/// The height of the drawing.
pub(super) fn height(months: &Months, fit: Fit) -> u32 {
    let rows = i32::try_from(months.years.len()).unwrap_or(100);
    u32::try_from(row(fit) * rows + MARGIN).unwrap_or_default()
}

/// Draws the cells.
pub(super) fn draw(canvas: &Canvas, months: &Months) {
    let frame = Frame { left: 40, top: 22, right: canvas.width - 4, bottom: canvas.height - 28 };
    let x = Scale { low: 0.0, high: 12.0, from: frame.left, to: frame.right };
    for (month, name) in NAMES.iter().enumerate() {
        let name = if canvas.fit.is_roomy() { name } else { &name[..1] };
        let place = (x.at(month as f64 + 0.5), 3);
        canvas.label(name, place, Ink::Quiet, (HPos::Center, VPos::Top));
    }
    let (full, row) = (usual(months), row(canvas.fit));
    let roomy = canvas.fit.is_roomy() || months.years.len() <= 8;
    for (at, year) in months.years.iter().enumerate() {
        let top = frame.top + row * at as i32;
        if roomy || year.year % 5 == 0 {
            let place = (frame.left - 6, top + row / 2);
            let name = year.year.to_string();
            canvas.label(&name, place, Ink::Quiet, (HPos::Right, VPos::Center));
        }
        for (month, cell) in year.months.iter().enumerate() {
            let Some(cell) = cell else { continue };
            let (left, right) = (x.at(month as f64), x.at(month as f64 + 1.0) - 1);
            let body = Frame { left, right, top, bottom: top + row - 1 };
            canvas.tint(body, ink(cell.value), strength(cell.value, full));
            let place = (i32::midpoint(left, right), top + row / 2);
            let middle = (HPos::Center, VPos::Center);
            if let Some(figure) = &cell.figure {
                canvas.label(&figure.printed, place, Ink::Text, middle);
            } else if canvas.fit == Fit::Letters {
                // Letters have no strength of colour.
                let value = format!("{:.0}", cell.value.round() + 0.0);
                canvas.label(&value, place, ink(cell.value), middle);
            }
            canvas.hover(body, format!("{}: {:.1}", cell.label, cell.value));
        }
    }
    legend(canvas, months, full);
}

fn ink(value: f64) -> Ink {
    if value < 0.0 { Ink::Second } else { Ink::First }
}

/// The value of the strongest colour: a few months of panic must not bleach all others.
fn usual(months: &Months) -> f64 {
    let cells = months.years.iter().flat_map(|y| y.months.iter().flatten());
    let mut sizes: Vec<f64> = cells.map(|c| c.value.abs()).collect();
    sizes.sort_by(f64::total_cmp);
    let at = sizes.len() * 19 / 20;
    sizes.get(at).or(sizes.last()).copied().unwrap_or(1.0).max(1e-9)
}

/// Five steps of colour: more could not be told apart.
fn strength(value: f64, full: f64) -> f64 {
    let step = (value.abs() / full * 5.0).ceil().clamp(1.0, 5.0);
    step / 5.0 * STRENGTH_MAX
}

/// What the colours mean, the strongest at both ends.
fn legend(canvas: &Canvas, months: &Months, full: f64) {
    let (top, middle) = (canvas.height - 18, canvas.width / 2);
    if canvas.fit == Fit::Letters {
        let text = format!("+ {}, \u{2212} {}", months.above, months.below);
        return canvas.label(&text, (middle, top), Ink::Quiet, (HPos::Center, VPos::Top));
    }
    for step in 1..=5 {
        let (level, width) = (f64::from(step) / 5.0, 14);
        for (ink, left) in
            [(Ink::Second, middle - width * step), (Ink::First, middle + width * (step - 1))]
        {
            let body = Frame { left, right: left + width - 1, top, bottom: top + 12 };
            canvas.tint(body, ink, strength(level * full, full));
        }
    }
    let (left, right) = ((middle - 76, top + 6), (middle + 76, top + 6));
    canvas.label(&months.below, left, Ink::Second, (HPos::Right, VPos::Center));
    canvas.label(&months.above, right, Ink::First, (HPos::Left, VPos::Center));
}
