//! Names beside dots, each in a place that is free.

use plotters::style::text_anchor::{HPos, VPos};

use super::canvas::{Canvas, Frame, Ink};

/// Height of a line of names.
const LINE: i32 = 13;
/// Width of a letter, about.
const LETTER: i32 = 7;
/// Between a dot and its name.
const GAP: i32 = 8;

/// What stands on the paper already.
pub(super) struct Names {
    taken: Vec<Frame>,
}

impl Names {
    /// Dots that no name may cover.
    pub(super) fn around(dots: impl Iterator<Item = (i32, i32)>) -> Names {
        let dot = |(x, y)| Frame { left: x - 5, top: y - 5, right: x + 5, bottom: y + 5 };
        Names { taken: dots.map(dot).collect() }
    }

    /// Draws a name right or left of its dot, as near to its height as there is room; to the right
    /// where there is none.
    pub(super) fn draw(
        &mut self,
        (canvas, frame): (&Canvas, Frame),
        (label, (x, y)): (&str, (i32, i32)),
        ink: Ink,
    ) {
        let width = LETTER * label.chars().count() as i32;
        let heights = [0, -LINE, LINE, -2 * LINE, 2 * LINE, -3 * LINE, 3 * LINE];
        let sides = [(x + GAP, HPos::Left), (x - GAP, HPos::Right)];
        let place = |up: i32, (at, side): (i32, HPos)| {
            let left = if matches!(side, HPos::Left) { at } else { at - width };
            let (top, bottom) = (y + up - LINE / 2, y + up + LINE / 2);
            ((at, side, y + up), Frame { left, top, right: left + width, bottom })
        };
        let places = heights.iter().flat_map(|up| sides.map(|side| place(*up, side)));
        let inside = |at: &Frame| {
            at.left >= frame.left
                && at.right <= canvas.width
                && at.top >= frame.top
                && at.bottom <= frame.bottom
        };
        let free = |at: &Frame| self.taken.iter().all(|other| !overlap(at, other));
        let mut places = places.filter(|(_, at)| inside(at));
        let ((at, side, height), room) =
            places.find(|(_, at)| free(at)).unwrap_or_else(|| place(0, (x + GAP, HPos::Left)));
        self.taken.push(room);
        canvas.label(label, (at, height), ink, (side, VPos::Center));
    }
}

fn overlap(one: &Frame, other: &Frame) -> bool {
    one.left < other.right
        && other.left < one.right
        && one.top < other.bottom
        && other.top < one.bottom
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::chart::Fit;
    use crate::chart::canvas::Shape;

    #[test]
    fn no_name_stands_on_another_or_on_a_dot() {
        let canvas = Canvas::new((400, 300), Fit::Wide);
        let frame = Frame { left: 40, top: 10, right: 390, bottom: 280 };
        let dots = [(100, 100), (104, 103), (110, 98), (380, 100), (381, 101)];
        let mut names = Names::around(dots.into_iter());
        for dot in dots {
            names.draw((&canvas, frame), ("energy", dot), Ink::First);
        }
        for (at, one) in names.taken.iter().enumerate().skip(dots.len()) {
            for other in names.taken.iter().take(at) {
                assert!(!overlap(one, other), "{one:?} {other:?}");
            }
        }
        let left_of = |shape: &Shape| {
            matches!(shape, Shape::Label { anchor, at, .. }
            if matches!(anchor.0, HPos::Right) && at.0 > 300)
        };
        assert_eq!(canvas.into_shapes().iter().filter(|shape| left_of(shape)).count(), 2);
    }
}
