//! Where the cells of a table are: between bars, or between wide gaps of aligned columns.

use std::ops::Range;

use super::super::block::Block;
use super::super::block::rows;
use super::super::number::{Measure, Quantity};
use super::super::period::Anchor;
use super::super::scene::{Passage, Scene};
use super::super::token::{Joint, Tokens, any_of};
use super::super::words::list;
use super::head::{self, Head, abbreviated};

/// The most rows that heads are taken from.
const HEADS_MAX: usize = 3;

/// A row of cells.
pub(super) struct Row<'a> {
    pub(super) passage: &'a Passage,
    pub(super) cells: Vec<Range<usize>>,
}

/// A table: the rows of its heads and those of its figures.
pub(super) struct Layout<'a> {
    pub(super) heads: Vec<Row<'a>>,
    pub(super) body: Vec<Row<'a>>,
}

impl<'a> Layout<'a> {
    /// The layout of rows that begin with the head of a table; none if there is nothing under it.
    pub(super) fn of(rows: &'a [(Block, Passage)], anchor: Anchor, text: &str) -> Option<Self> {
        let cut = rows.iter().map(|row| Row::cut(row, text));
        let mut heads: Vec<Row<'a>> = cut.filter(|row| !row.is_rule()).collect();
        heads.first()?;
        let figures = heads.iter().position(|row| row.has_figures(anchor));
        let count = figures.map_or(1, |at| {
            let labels = heads[1..at].iter().take_while(|row| row.filled() > 1).count();
            (1 + labels).min(HEADS_MAX)
        });
        let body = heads.split_off(count);
        if body.is_empty() {
            return None;
        }
        let mut layout = Layout { heads, body };
        layout.align(anchor);
        (layout.columns() >= 2).then_some(layout)
    }

    /// Whether a column holds the best or worst of its cases: `maximum (%)`.
    pub(super) fn names_extreme(&self, at: usize) -> bool {
        let extreme = list!("maximum|minimum|max|min|best|worst|highest|lowest|high|low");
        let cells = self.heads.iter().filter_map(|row| Some((row.passage, row.cells.get(at)?)));
        cells
            .into_iter()
            .any(|(passage, cell)| cell.clone().any(|i| any_of(passage.tokens.key(i), extreme)))
    }

    /// Whether all figures have decimals, as changes in percent have.
    pub(super) fn is_fine(&self, anchor: Anchor) -> bool {
        let mut cells = self.body.iter().flat_map(|row| {
            let cells = row.cells.iter().skip(1);
            cells.map(|cell| row.passage.scene(cell.clone(), anchor))
        });
        let fine = |q: &Quantity| q.decimals > 0 && q.measure == Measure::Plain && !q.grouped;
        cells.all(|scene| scene.quantities.iter().all(fine))
    }

    fn columns(&self) -> usize {
        self.heads.iter().chain(&self.body).map(|row| row.cells.len()).max().unwrap_or(0)
    }

    /// Aligned columns show no empty corner: a head with a cell less than the rows stands over
    /// their figures, and so does one with bars that begins with a period. With bars a corner may
    /// stand at the wrong end: `| 2026 | 2027 | |`.
    fn align(&mut self, anchor: Anchor) {
        let widest = self.body.iter().map(|row| row.cells.len()).max().unwrap_or(0);
        let described = self.body.iter().filter(|row| row.ends_in_words()).count();
        let described = described > 1 && described * 2 > self.body.len();
        for head in self.heads.iter_mut().filter(|row| row.cells.len() == 1 && row.is_aligned()) {
            match described {
                true => head.part_described(widest - 1, anchor),
                false => head.part_columns(widest - 1, anchor),
            }
        }
        // "1st Qtr: 2.5% / 3.1% / 4.0%"
        let glued = self.body.iter().all(Row::is_glued);
        for row in &mut self.body {
            if row.is_aligned() && (glued || row.cells.len() + 1 == widest) {
                row.part_label(anchor);
            }
        }
        let widest = widest + usize::from(glued);
        for head in &mut self.heads {
            let period = |cell: &Range<usize>| {
                let scene = head.passage.scene(cell.clone(), anchor);
                !scene.times.is_empty() || abbreviated(&scene).is_some()
            };
            let bare = head.is_aligned() || head.cells.first().is_some_and(period);
            if bare && head.cells.len() + 1 == widest {
                head.cells.insert(0, 0..0);
            }
            let corner = head.cells.last().is_some_and(Range::is_empty);
            if corner && head.cells.first().is_some_and(period) {
                head.cells.rotate_right(1);
            }
        }
    }
}

impl<'a> Row<'a> {
    pub(super) fn cut((block, passage): &'a (Block, Passage), text: &str) -> Row<'a> {
        let line = text.get(block.span.start..block.span.end);
        Row { passage, cells: cells(&passage.tokens, line) }
    }

    /// Whether heads may stand in it: not one cell between bars, and no figures.
    pub(super) fn may_be_head(&self, anchor: Anchor) -> bool {
        (self.cells.len() >= 2 || self.is_aligned()) && !self.has_figures(anchor)
    }

    /// `|---|:---:|`, `-----  -----`: a line between head and body.
    pub(super) fn is_rule(&self) -> bool {
        let tokens = &self.passage.tokens;
        !(0..tokens.len()).any(|i| tokens.is_word(i) || tokens.number(i).is_some())
    }

    /// Whether its cells stand between gaps, not bars.
    fn is_aligned(&self) -> bool {
        !(0..self.passage.tokens.len()).any(|i| self.passage.tokens.is(i, '|'))
    }

    /// Whether a colon parts its label from the figure behind it.
    fn is_glued(&self) -> bool {
        let tokens = &self.passage.tokens;
        let figure =
            |i: usize| tokens.number(i).is_some() || matches!(tokens.key(i), "(" | "-" | "+");
        let label = self.cells.first().cloned().unwrap_or_default();
        label.clone().any(|i| i + 1 < label.end && tokens.is(i, ':') && figure(i + 1))
    }

    /// Parts a long label from the figure behind it where one blank alone is between them.
    fn part_label(&mut self, anchor: Anchor) {
        let Some(label) = self.cells.first().cloned() else { return };
        let scene = self.passage.scene(label.clone(), anchor);
        let tokens = &self.passage.tokens;
        let Some(q) = scene.quantities.last().filter(|q| q.end + 1 >= label.end) else { return };
        let bracket = tokens.is(q.first.wrapping_sub(1), '(');
        let sign = usize::from(
            q.sign.is_some() && matches!(tokens.key(q.first.wrapping_sub(1)), "-" | "+"),
        );
        let first = q.first - sign - usize::from(bracket);
        let end = q.end + usize::from(bracket && tokens.is(q.end, ')'));
        if end == label.end && q.decimals > 0 && first > label.start {
            self.cells[0] = label.start..first;
            self.cells.insert(1, first..label.end);
        }
    }

    /// Whether words stand behind its figures.
    fn ends_in_words(&self) -> bool {
        let last = self.cells.last().filter(|_| self.cells.len() > 2).cloned().unwrap_or_default();
        let tokens = &self.passage.tokens;
        last.clone().any(|i| tokens.is_word(i)) && !last.clone().any(|i| tokens.number(i).is_some())
    }

    /// The same over rows that end in words: the fewest words that leave columns are their head.
    fn part_described(&mut self, count: usize, anchor: Anchor) {
        let Some(all) = self.cells.first().cloned() else { return };
        for end in (all.start + 1..all.end).rev() {
            let cells = std::iter::once(all.start..end).collect();
            let mut head = Row { passage: self.passage, cells };
            head.part_columns(count - 1, anchor);
            if head.cells.len() == count && head.filled() >= count - 1 {
                head.cells.push(end..all.end);
                self.cells = head.cells;
                return;
            }
        }
    }

    /// Parts a head whose columns one blank alone parts: from the end as many as there are, as far
    /// as each names a time or what is measured; what is left is the corner.
    fn part_columns(&mut self, count: usize, anchor: Anchor) {
        const COLUMN_MAX: usize = 5;
        let Some(all) = self.cells.first().cloned() else { return };
        let tokens = &self.passage.tokens;
        let corner = all.clone().find(|&i| tokens.is(i, ':')).map_or(all.start, |colon| colon + 1);
        // "to October 31, 2008, in the order October, year to date, 1 year"
        let found: Vec<usize> = (corner..all.end).filter(|&i| tokens.is(i, ',')).collect();
        let extra = (found.len() + 1).checked_sub(count).filter(|_| count > 1);
        if let Some(extra) = extra {
            let corner = extra.checked_sub(1).map_or(corner, |at| found[at] + 1);
            let commas = || found[extra..].iter().copied();
            let starts = [corner].into_iter().chain(commas().map(|i| i + 1));
            let columns = starts.zip(commas().chain([all.end])).map(|(start, end)| start..end);
            self.cells = std::iter::once(all.start..corner).chain(columns).collect();
            return;
        }
        let mut cells = Vec::new();
        let mut end = all.end;
        while cells.len() < count {
            let starts = end.saturating_sub(COLUMN_MAX).max(all.start)..end;
            let names = |first: &usize| {
                // what is left of it is another column's
                let part = Passage::new(tokens.part(*first..end));
                head::is_column(&part.scene(0..part.tokens.len(), anchor))
            };
            let Some(first) = starts.into_iter().find(names) else { break };
            cells.push(first..end);
            end = first;
        }
        // "Since" of "Since inception" may stand a line above it, before the first column
        let broken = cells.first().is_some_and(|cell| tokens.key(cell.start) == "inception");
        if let Some(first) = cells.last_mut().filter(|cell| broken && cell.len() > 1)
            && tokens.key(first.start) == "since"
        {
            first.start += 1;
        }
        if cells.len() >= 2 || cells.len() == count {
            cells.resize(count, end..end);
            cells.push(all.start..end);
            cells.reverse();
            self.cells = cells;
        }
    }

    /// Whether each of its figures has a sign of percent, which other rows may leave out.
    pub(super) fn is_percent(&self) -> bool {
        let tokens = &self.passage.tokens;
        let figures = |cell: &Range<usize>| cell.clone().any(|i| tokens.number(i).is_some());
        let percent = |cell: &Range<usize>| cell.clone().any(|i| tokens.is(i, '%'));
        let mut cells = self.cells.iter().skip(1).filter(|cell| figures(cell)).peekable();
        cells.peek().is_some() && cells.all(percent)
    }

    /// Whether commas part heads behind a colon: `Markets: latest, change week`.
    pub(super) fn lists_heads(&self) -> bool {
        let tokens = &self.passage.tokens;
        let colon = (0..tokens.len()).find(|&i| tokens.is(i, ':'));
        colon.is_some_and(|colon| (colon..tokens.len()).any(|i| tokens.is(i, ',')))
    }

    /// Whether its label names what it is about.
    pub(super) fn names(&self, anchor: Anchor) -> bool {
        let label = self.cells.first().cloned().unwrap_or_default();
        !Head::read(self.passage, label, anchor).entities.is_empty()
    }

    /// How many cells hold something.
    pub(super) fn filled(&self) -> usize {
        self.cells.iter().filter(|cell| !cell.is_empty()).count()
    }

    fn has_figures(&self, anchor: Anchor) -> bool {
        self.cells.iter().skip(1).any(|cell| {
            let scene = self.passage.scene(cell.clone(), anchor);
            let figure = |q: &Quantity| {
                matches!(q.measure, Measure::Percent | Measure::Usd | Measure::Multiple)
                    || q.measure == Measure::Plain && (q.decimals > 0 || q.grouped)
                    || is_level(&scene, q)
                    || q.sign.is_some()
            };
            let horizon = scene.range.len() <= 5 && abbreviated(&scene).is_some();
            scene.quantities.iter().any(figure) && !names(&scene) && !horizon
        })
    }
}

/// Whether a number without a fraction is alone in its cell and no year: `3119`.
fn is_level(scene: &Scene, q: &Quantity) -> bool {
    let alone = scene.range.len() == 1 && q.measure == Measure::Plain;
    alone && q.value >= 100.0 && !(1900.0..2100.0).contains(&q.value)
}

/// Whether a cell with a figure is the name of a column all the same: `Gain of 5% or more`.
fn names(scene: &Scene) -> bool {
    scene.range.clone().filter(|&i| scene.tokens.is_word(i)).count() >= 3
}

/// The ranges of tokens between bars or dashes; without them, between tabs and wide gaps.
fn cells(tokens: &Tokens, line: Option<&str>) -> Vec<Range<usize>> {
    let mut bars: Vec<usize> = (0..tokens.len()).filter(|&i| tokens.is(i, '|')).collect();
    if let Some(bar) = line.and_then(rows::bar).filter(|_| bars.is_empty()) {
        bars = (0..tokens.len()).filter(|&i| tokens.is(i, bar)).collect();
    }
    if bars.is_empty() {
        return aligned(tokens, line.unwrap_or_default());
    }
    let mut out = Vec::new();
    let mut start = 0;
    for bar in bars.into_iter().chain([tokens.len()]) {
        if bar > start || start > 0 && bar < tokens.len() {
            out.push(start..bar);
        }
        start = bar + 1;
    }
    out
}

/// The ranges of tokens between gaps of two blanks or more, or lines, or where one cell was cut
/// from the next; each tab ends a cell. Without gaps the figures at the end of the line, which one
/// blank alone parts.
fn aligned(tokens: &Tokens, line: &str) -> Vec<Range<usize>> {
    let base = tokens.get(0).map_or(0, |t| t.span.start);
    let mut out = Vec::new();
    let mut start = 0;
    for i in 1..tokens.len() {
        let (Some(before), Some(token)) = (tokens.get(i - 1), tokens.get(i)) else { break };
        let gap = line.get(before.span.end - base..token.span.start - base).unwrap_or_default();
        let tabs = gap.matches('\t').count();
        let cut = gap.is_empty() && token.joint == Joint::Space;
        if tabs == 0 && !cut && !gap.contains("  ") && !gap.contains('\n') {
            continue;
        }
        out.push(start..i);
        out.extend((1..tabs).map(|_| i..i));
        start = i;
    }
    out.push(start..tokens.len());
    let flat = rows::cells(line);
    if out.len() == 1 && flat.len() >= 2 {
        let at =
            |byte: usize| (0..tokens.len()).find(|i| tokens.span(*i, i + 1).start >= base + byte);
        let starts: Vec<usize> = [0].into_iter().chain(flat).filter_map(at).collect();
        let ends = starts[1..].iter().copied().chain([tokens.len()]);
        return starts.iter().zip(ends).map(|(start, end)| *start..end).collect();
    }
    out
}
