//! Columns of a page: which lines are read before which.

use super::line::{Line, Segment};

/// How deep columns may stand in columns.
const DEPTH_MAX: usize = 3;

/// Fewer lines side by side are no columns.
const LINES_MIN: usize = 4;

/// White space of so many sizes across a page ends its columns.
const APART: f64 = 3.0;

/// Columns of prose have at least so many characters in a line; a table's have fewer.
const CHARS_MIN: usize = 18;

/// The parts of a page in the order in which they are read, each with lines from top to bottom.
pub(super) fn regions(lines: Vec<Line>) -> Vec<Vec<Line>> {
    let mut out = Vec::new();
    split(lines, DEPTH_MAX, &mut out);
    out.retain(|region| !region.is_empty());
    out
}

fn split(lines: Vec<Line>, depth: usize, out: &mut Vec<Vec<Line>>) {
    let Some(gutter) = gutter(&lines).filter(|_| depth > 0) else {
        out.push(lines);
        return;
    };
    let mut lines = lines.into_iter();
    out.push(lines.by_ref().take(gutter.start).collect());
    let beside: Vec<Line> = lines.by_ref().take(gutter.end - gutter.start).collect();
    let side = |keep: &dyn Fn(&Segment) -> bool| -> Vec<Line> {
        let part = |line: &Line| {
            let segments = line.segments.iter().filter(|s| keep(s)).cloned().collect();
            Line::of(segments, line.baseline, line.size)
        };
        beside.iter().filter_map(part).collect()
    };
    split(side(&|s| s.middle() < gutter.x), depth - 1, out);
    split(side(&|s| s.middle() >= gutter.x), depth - 1, out);
    split(lines.collect(), depth - 1, out);
}

/// White space between two columns, and the lines beside it.
#[derive(Clone, Copy)]
struct Gutter {
    x: f64,
    /// The first line beside it.
    start: usize,
    /// One past the last.
    end: usize,
    /// How many lines stand on the side that has fewer.
    lines: usize,
}

/// The gutter that parts most lines, if what it parts is prose.
fn gutter(lines: &[Line]) -> Option<Gutter> {
    let starts = lines.iter().flat_map(|line| line.segments.iter().map(|s| (s, line.size)));
    let mut places: Vec<f64> = starts.map(|(s, size)| (s.left - 0.4 * size).round()).collect();
    places.sort_by(f64::total_cmp);
    places.dedup();
    let found = places.into_iter().flat_map(|x| runs(lines, x));
    found.max_by_key(|gutter| gutter.lines)
}

/// The runs of lines that do not cross a place and are prose on both sides of it.
fn runs(lines: &[Line], x: f64) -> Vec<Gutter> {
    let crosses = |line: &Line| line.segments.iter().any(|s| s.left < x && s.right > x);
    let mut found = Vec::new();
    let mut start = 0;
    for end in 0..=lines.len() {
        let crossed = lines.get(end).is_none_or(crosses);
        if crossed || is_apart(lines, end) {
            found.extend(beside(lines, x, start, end));
            start = if crossed { end + 1 } else { end };
        }
    }
    found
}

/// Whether a line stands far below the one before it.
fn is_apart(lines: &[Line], at: usize) -> bool {
    let pair = at.checked_sub(1).and_then(|above| Some((lines.get(above)?, lines.get(at)?)));
    pair.is_some_and(|(above, line)| line.baseline - above.baseline > APART * above.size)
}

/// The part of a run from where lines stand on both sides.
fn beside(lines: &[Line], x: f64, start: usize, end: usize) -> Option<Gutter> {
    let run = lines.get(start..end)?;
    let left = |line: &&Line| line.segments.iter().any(|s| s.middle() < x);
    let right = |line: &&Line| line.segments.iter().any(|s| s.middle() >= x);
    let (first_left, first_right) = (run.iter().find(left)?, run.iter().find(right)?);
    let top = first_left.baseline.max(first_right.baseline) - 1.4 * first_right.size;
    let above = run.iter().take_while(|line| line.baseline < top).count();
    let run = run.get(above..)?;
    let sides = [chars(run, &|s| s.middle() < x), chars(run, &|s| s.middle() >= x)];
    let [left, right] = sides.map(|mut lengths| {
        lengths.sort_unstable();
        let middle = lengths.get(lengths.len() / 2).copied().unwrap_or(0);
        if middle >= CHARS_MIN { lengths.len() } else { 0 }
    });
    let lines = left.min(right);
    (lines >= LINES_MIN).then_some(Gutter { x, start: start + above, end, lines })
}

/// How many characters each line has on one side.
fn chars(lines: &[Line], keep: &dyn Fn(&Segment) -> bool) -> Vec<usize> {
    let length = |line: &Line| -> usize {
        line.segments.iter().filter(|s| keep(s)).map(|s| s.text.chars().count()).sum()
    };
    lines.iter().map(length).filter(|&length| length > 0).collect()
}
