//! Weights beside shares of the risk: two lying bars for each asset.

use kinglet_core::note::Weights;
use plotters::style::text_anchor::{HPos, VPos};

use super::Fit;
use super::canvas::{Canvas, Frame, Ink, Scale};

/// Height of an asset with its gap, tops of its two bars, height of a bar.
fn measures(fit: Fit) -> (i32, [i32; 2], i32) {
    if fit == Fit::Letters { (48, [6, 22], 8) } else { (30, [2, 14], 11) }
}

/// What stands above the rows and below.
const MARGIN: i32 = 36;

/// The height of the drawing.
pub(super) fn height(weights: &Weights, fit: Fit) -> u32 {
    let rows = i32::try_from(weights.rows.len()).unwrap_or(40);
    u32::try_from(measures(fit).0 * rows + MARGIN).unwrap_or_default()
}

/// Draws the bars.
pub(super) fn draw(canvas: &Canvas, weights: &Weights) {
    let letters = weights.rows.iter().map(|(name, ..)| name.chars().count()).max().unwrap_or(0);
    let left = (12 + 8 * letters.min(20)) as i32;
    let frame = Frame { left, top: 28, right: canvas.width - 60, bottom: canvas.height - 8 };
    let values = weights.rows.iter().flat_map(|(_, weight, risk)| [*weight, *risk]);
    let (low, high) = values.fold((0.0_f64, 1e-9_f64), |(l, h), v| (l.min(v), h.max(v)));
    let x = Scale { low, high, from: frame.left, to: frame.right };
    canvas.label("weight", (frame.left, 6), Ink::First, (HPos::Left, VPos::Top));
    canvas.label("of the risk", (frame.left + 60, 6), Ink::Second, (HPos::Left, VPos::Top));
    let (zero, (row, [first, second], thick)) = (x.at(0.0), measures(canvas.fit));
    for (at, (name, weight, risk)) in weights.rows.iter().enumerate() {
        let top = frame.top + row * at as i32;
        canvas.label(name, (4, top + row / 2 - 1), Ink::Text, (HPos::Left, VPos::Center));
        for (value, top, ink) in
            [(*weight, top + first, Ink::First), (*risk, top + second, Ink::Second)]
        {
            let end = x.at(value);
            let (left, right) = (zero.min(end), zero.max(end));
            canvas.block(Frame { left, right, top, bottom: top + thick }, ink);
            let place = (right + 4, top + 6);
            canvas.label(&format!("{value:.1}%"), place, ink, (HPos::Left, VPos::Center));
        }
    }
    canvas.line(vec![(zero, frame.top), (zero, frame.bottom)], Ink::Quiet, 1);
}
