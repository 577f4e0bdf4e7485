//! Lines of a page: glyphs on one baseline, parted where the gap is wide.

use super::super::is_note_mark;
use super::glyph::{Glyph, Glyphs};

/// A gap of this share of the size parts words.
const SPACE: f64 = 0.16;

/// A gap of this many sizes parts columns of a table or a page.
const GAP: f64 = 1.0;

/// How many rows below a raised glyph its own may be: columns need not be in step.
const ROWS_BESIDE_MAX: usize = 3;

/// A page with its lines from top to bottom.
#[derive(Debug)]
pub(super) struct Page {
    pub(super) lines: Vec<Line>,
    pub(super) height: f64,
}

/// A line.
#[derive(Clone, Debug)]
pub(super) struct Line {
    /// Its parts from left to right; at least one.
    pub(super) segments: Vec<Segment>,
    pub(super) baseline: f64,
    /// The size of most of it.
    pub(super) size: f64,
}

/// Words without a wide gap between them.
#[derive(Clone, Debug)]
pub(super) struct Segment {
    pub(super) text: String,
    pub(super) left: f64,
    pub(super) right: f64,
}

impl Segment {
    pub(super) fn middle(&self) -> f64 {
        f64::midpoint(self.left, self.right)
    }
}

impl Line {
    /// A line of some parts; none without parts.
    pub(super) fn of(segments: Vec<Segment>, baseline: f64, size: f64) -> Option<Line> {
        (!segments.is_empty()).then_some(Line { segments, baseline, size })
    }

    pub(super) fn left(&self) -> f64 {
        self.segments.iter().map(|s| s.left).fold(f64::INFINITY, f64::min)
    }

    pub(super) fn right(&self) -> f64 {
        self.segments.iter().map(|s| s.right).fold(f64::NEG_INFINITY, f64::max)
    }

    /// Its words.
    pub(super) fn text(&self) -> String {
        self.segments.iter().map(|s| s.text.as_str()).collect::<Vec<_>>().join(" ")
    }
}

impl Page {
    pub(super) fn of(shown: &Glyphs) -> Page {
        let mut glyphs: Vec<&Glyph> = shown.glyphs.iter().collect();
        glyphs.sort_by(|a, b| a.baseline.total_cmp(&b.baseline));
        let mut rows: Vec<Row<'_>> = Vec::new();
        for glyph in glyphs {
            match rows.last_mut().filter(|row| row.holds(glyph)) {
                Some(row) => row.glyphs.push(glyph),
                None => rows.push(Row { baseline: glyph.baseline, glyphs: vec![glyph] }),
            }
        }
        lower_raised(&mut rows);
        Page { lines: rows.iter_mut().filter_map(Row::line).collect(), height: shown.height }
    }
}

/// Glyphs on one baseline.
struct Row<'g> {
    baseline: f64,
    glyphs: Vec<&'g Glyph>,
}

impl<'g> Row<'g> {
    fn holds(&self, glyph: &Glyph) -> bool {
        glyph.baseline - self.baseline <= 0.3 * self.size().min(glyph.size)
    }

    /// The size of most of its glyphs.
    fn size(&self) -> f64 {
        let mut sizes: Vec<f64> = self.glyphs.iter().map(|g| g.size).collect();
        sizes.sort_by(f64::total_cmp);
        sizes.get(sizes.len() / 2).copied().unwrap_or(0.0)
    }

    /// Whether other glyphs stand raised behind one of its own.
    fn has_raised(&self, raised: &Row<'_>) -> bool {
        let size = self.size();
        let start = raised.glyphs.iter().map(|g| g.left).fold(f64::INFINITY, f64::min);
        raised.size() <= 0.85 * size
            && self.baseline - raised.baseline <= 0.6 * size
            && self.glyphs.iter().any(|g| (g.right - start).abs() < 0.5 * size)
    }

    /// Its glyphs where nothing stands between them.
    fn runs(mut self) -> Vec<Vec<&'g Glyph>> {
        self.glyphs.sort_by(|a, b| a.left.total_cmp(&b.left));
        let mut runs: Vec<Vec<&Glyph>> = Vec::new();
        for glyph in self.glyphs {
            match runs.last_mut() {
                Some(run) if run.last().is_some_and(|g| glyph.left - g.right < 0.5 * g.size) => {
                    run.push(glyph);
                }
                _ => runs.push(vec![glyph]),
            }
        }
        runs
    }

    fn line(&mut self) -> Option<Line> {
        self.glyphs.sort_by(|a, b| a.left.total_cmp(&b.left));
        let size = self.size();
        let mut segments: Vec<Segment> = Vec::new();
        let mut blank = false;
        let mut last: Option<&Glyph> = None;
        for &glyph in &self.glyphs {
            if glyph.text.trim().is_empty() {
                blank = true;
                continue;
            }
            // bold type and shadows are made by printing twice
            let twice = |l: &Glyph| l.text == glyph.text && glyph.left - l.left < 0.2 * size;
            if last.is_some_and(twice) {
                continue;
            }
            match segments.last_mut() {
                Some(open) if glyph.left - open.right < GAP * size => {
                    if blank || glyph.left - open.right > SPACE * size {
                        open.text.push(' ');
                    }
                    open.text.push_str(&glyph.text);
                    open.right = open.right.max(glyph.right);
                }
                _ => {
                    let (text, left, right) = (glyph.text.clone(), glyph.left, glyph.right);
                    segments.push(Segment { text, left, right });
                }
            }
            blank = false;
            last = Some(glyph);
        }
        Line::of(segments, self.baseline, size)
    }
}

/// Moves small raised glyphs into the line that they stand at: the `th` of 15th. Marks of notes are
/// left out.
fn lower_raised(rows: &mut Vec<Row<'_>>) {
    let mut at = 0;
    while at < rows.len() {
        let beside = rows.get(at).and_then(|raised| {
            let below = rows.iter().enumerate().skip(at + 1).take(ROWS_BESIDE_MAX);
            below.filter(|(_, row)| row.has_raised(raised)).map(|(below, _)| below).next()
        });
        let Some(below) = beside else {
            at += 1;
            continue;
        };
        let raised = rows.remove(at);
        let Some(row) = rows.get_mut(below - 1) else { continue };
        for run in raised.runs() {
            let said: String = run.iter().map(|g| g.text.as_str()).collect();
            if !is_note_mark(&said) {
                row.glyphs.extend(run);
            }
        }
    }
}
