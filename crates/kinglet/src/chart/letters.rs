//! A drawing in letters, for terminals: lines and bars in braille, eight dots to a letter, grounds
//! in light blocks, names as they are.

use plotters::style::text_anchor::{HPos, VPos};
use unicode_width::UnicodeWidthChar;

use super::canvas::{Frame, Ink, Shape};

/// Pixels to a letter.
const LETTER: (i32, i32) = (8, 16);
/// Pixels to a dot.
const DOT: i32 = 4;
/// The bits of a braille letter, by column and row.
const BITS: [[u8; 4]; 2] = [[0x01, 0x02, 0x04, 0x40], [0x08, 0x10, 0x20, 0x80]];

/// What a letter belongs to; a terminal may give each a colour.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Tone {
    /// Text.
    Plain,
    /// Headings.
    Strong,
    /// Axes and grounds.
    Quiet,
    /// The first series; gains.
    First,
    /// The second series; losses.
    Second,
}

impl From<Ink> for Tone {
    fn from(ink: Ink) -> Tone {
        match ink {
            Ink::Text => Tone::Plain,
            Ink::First => Tone::First,
            Ink::Second => Tone::Second,
            Ink::Quiet | Ink::Grid | Ink::Shade | Ink::Stated | Ink::Right => Tone::Quiet,
        }
    }
}

/// A line of a drawing: runs of letters of one tone.
pub type Run = Vec<(String, Tone)>;

/// A letter: dots, or what lies over or under them.
#[derive(Clone, Copy)]
struct Cell {
    dots: u8,
    tone: Tone,
    over: Option<char>,
    ground: Option<Tone>,
}

impl Cell {
    const EMPTY: Cell = Cell { dots: 0, tone: Tone::Plain, over: None, ground: None };

    fn letter(self) -> (char, Tone) {
        match (self.over, self.dots, self.ground) {
            (Some(letter), ..) => (letter, self.tone),
            (None, 0, Some(tone)) => ('\u{2591}', tone),
            (None, 0, None) => (' ', Tone::Plain),
            (None, dots, _) => (char::from_u32(0x2800 + u32::from(dots)).unwrap_or(' '), self.tone),
        }
    }
}

/// Letters in rows.
struct Grid {
    width: i32,
    height: i32,
    cells: Vec<Cell>,
}

/// Shapes on paper of a size in pixels as lines of letters.
pub(super) fn letters(shapes: &[Shape], (width, height): (u32, u32)) -> Vec<Run> {
    let (width, height) = (width as i32 / LETTER.0, (height as i32 + LETTER.1 - 1) / LETTER.1);
    let cells = vec![Cell::EMPTY; (width * height).max(0) as usize];
    let mut grid = Grid { width, height, cells };
    for shape in shapes {
        grid.draw(shape);
    }
    grid.cells.chunks(width.max(1) as usize).map(runs).collect()
}

/// A row as runs, without the blanks at its end.
fn runs(row: &[Cell]) -> Run {
    let used = row.iter().rposition(|c| c.letter().0 != ' ').map_or(0, |at| at + 1);
    let mut out: Run = Vec::new();
    for (letter, tone) in row[..used].iter().map(|cell| cell.letter()) {
        match out.last_mut() {
            Some((text, last)) if *last == tone || letter == ' ' => text.push(letter),
            _ => out.push((letter.to_string(), tone)),
        }
    }
    out
}

impl Grid {
    fn cell(&mut self, column: i32, row: i32) -> Option<&mut Cell> {
        let inside = (0..self.width).contains(&column) && (0..self.height).contains(&row);
        if inside { self.cells.get_mut((row * self.width + column) as usize) } else { None }
    }

    fn draw(&mut self, shape: &Shape) {
        match shape {
            // The lines of the grid would be as strong as the data.
            Shape::Line { ink: Ink::Grid, .. } | Shape::Hover { .. } => {}
            Shape::Line { points, ink, .. } => {
                for pair in points.windows(2) {
                    self.stroke(pair[0], pair[1], *ink);
                }
            }
            Shape::Area { corners, ink, .. } => {
                self.ground(*ink, |x, y| is_inside(corners, x, y));
            }
            Shape::Block { frame, ink: ink @ (Ink::Shade | Ink::Stated | Ink::Right), .. } => {
                self.ground(*ink, |x, y| holds(*frame, x, y));
            }
            Shape::Block { strength, .. } if *strength < 1.0 => {}
            Shape::Block { frame, ink, .. } => self.fill(*frame, *ink),
            Shape::Label { text, at, ink, anchor } => self.label(text, *at, *ink, anchor),
        }
    }

    fn dot(&mut self, x: i32, y: i32, ink: Ink) {
        let bit = BITS[x.rem_euclid(2) as usize][y.rem_euclid(4) as usize];
        if let Some(cell) = self.cell(x.div_euclid(2), y.div_euclid(4)) {
            cell.dots |= bit;
            cell.tone = ink.into();
        }
    }

    /// A straight line of dots.
    fn stroke(&mut self, from: (i32, i32), to: (i32, i32), ink: Ink) {
        let (from, to) = ((from.0 / DOT, from.1 / DOT), (to.0 / DOT, to.1 / DOT));
        let steps = (to.0 - from.0).abs().max((to.1 - from.1).abs());
        for step in 0..=steps {
            let between = |a: i32, b: i32| {
                a + (f64::from((b - a) * step) / f64::from(steps.max(1))).round() as i32
            };
            self.dot(between(from.0, to.0), between(from.1, to.1), ink);
        }
    }

    fn fill(&mut self, frame: Frame, ink: Ink) {
        for y in frame.top / DOT..=((frame.bottom - 1).max(frame.top) / DOT) {
            for x in frame.left / DOT..=((frame.right - 1).max(frame.left) / DOT) {
                self.dot(x, y, ink);
            }
        }
    }

    /// A ground in every letter whose middle is in it.
    fn ground(&mut self, ink: Ink, holds: impl Fn(i32, i32) -> bool) {
        for row in 0..self.height {
            for column in 0..self.width {
                let (x, y) = (column * LETTER.0 + LETTER.0 / 2, row * LETTER.1 + LETTER.1 / 2);
                if holds(x, y)
                    && let Some(cell) = self.cell(column, row)
                {
                    cell.ground = Some(ink.into());
                }
            }
        }
    }

    fn label(&mut self, text: &str, at: (i32, i32), ink: Ink, anchor: &(HPos, VPos)) {
        let letters: Vec<char> = text.chars().filter(|c| c.width() == Some(1)).collect();
        let length = letters.len() as i32;
        let left = match anchor.0 {
            HPos::Left => (at.0 + LETTER.0 / 2) / LETTER.0,
            HPos::Center => at.0 / LETTER.0 - length / 2,
            HPos::Right => (at.0 + LETTER.0 / 2) / LETTER.0 - length,
        };
        let middle = match anchor.1 {
            VPos::Top => at.1 + LETTER.1 / 2,
            VPos::Center => at.1,
            VPos::Bottom => at.1 - LETTER.1 / 2,
        };
        let left = left.min(self.width - length).max(0);
        for (column, letter) in (left..).zip(letters) {
            if let Some(cell) = self.cell(column, middle.div_euclid(LETTER.1)) {
                cell.over = Some(letter);
                cell.tone = ink.into();
            }
        }
    }
}

fn holds(frame: Frame, x: i32, y: i32) -> bool {
    (frame.left..=frame.right).contains(&x) && (frame.top..=frame.bottom).contains(&y)
}

/// Whether a point lies in a surface: a ray to the right meets its edge an odd number of times.
fn is_inside(corners: &[(i32, i32)], x: i32, y: i32) -> bool {
    let next = corners.iter().cycle().skip(1);
    let crossed = corners.iter().zip(next).filter(|((ax, ay), (bx, by))| {
        (*ay > y) != (*by > y) && {
            let share = f64::from(y - ay) / f64::from(by - ay);
            f64::from(x) < f64::from(*ax) + share * f64::from(bx - ax)
        }
    });
    crossed.count() % 2 == 1
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text(shapes: &[Shape], size: (u32, u32)) -> Vec<String> {
        let rows = letters(shapes, size);
        rows.iter().map(|row| row.iter().map(|(text, _)| text.as_str()).collect()).collect()
    }

    fn line(points: Vec<(i32, i32)>) -> Shape {
        Shape::Line { points, ink: Ink::First, width: 2, strength: 1.0 }
    }

    #[test]
    fn lines_are_dots() {
        // A level line through the uppermost dots of two letters: dots 1 and 4 of each.
        assert_eq!(text(&[line(vec![(0, 0), (15, 0)])], (24, 16)), ["\u{2809}\u{2809}"]);
        // A line down the left edge: dots 1, 2, 3 and 7.
        assert_eq!(text(&[line(vec![(0, 0), (0, 31)])], (8, 32)), ["\u{2847}", "\u{2847}"]);
    }

    #[test]
    fn names_lie_over_lines_and_grounds_under() {
        let anchor = (HPos::Left, VPos::Center);
        let name = Shape::Label { text: "ab".into(), at: (8, 8), ink: Ink::Text, anchor };
        let frame = Frame { left: 0, top: 0, right: 40, bottom: 16 };
        let ground = Shape::Block { frame, ink: Ink::Shade, strength: 1.0 };
        let drawn = text(&[name, ground, line(vec![(24, 0), (31, 0)])], (40, 16));
        assert_eq!(drawn, ["\u{2591}ab\u{2809}\u{2591}"]);
    }

    #[test]
    fn surfaces_are_grounds() {
        let corners = vec![(0, 0), (16, 0), (16, 16), (0, 16)];
        let area = Shape::Area { corners, ink: Ink::First, strength: 0.2 };
        assert_eq!(text(&[area], (32, 32)), ["\u{2591}\u{2591}", ""]);
    }

    #[test]
    fn what_leaves_the_paper_is_cut() {
        let drawn = text(&[line(vec![(-40, 8), (80, 8)])], (16, 16));
        assert_eq!(drawn[0].chars().count(), 2);
    }
}
