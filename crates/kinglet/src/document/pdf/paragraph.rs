//! Paragraphs, items and tables out of lines.

use kinglet_core::article::{BlockKind, Document, Draft, Words};
use kinglet_core::diagnostic::Span;

use super::column::regions;
use super::hyphen::Vocabulary;
use super::line::{Line, Page, Segment};

/// Sizes that differ by less are one.
const SAME: f64 = 0.08;

/// Type larger than the body by this factor makes a heading.
const HEADING: f64 = 1.15;

/// Marks of items; the last ones are those of symbol fonts.
const BULLETS: &[char] =
    &['•', '▪', '●', '◦', '■', '‣', '·', '\u{f0b7}', '\u{f0a7}', '*', '–', '-'];

/// The document, and its lines as printed: each page ends with a form feed.
pub(super) fn document(pages: &[Page]) -> (Document, String) {
    let mut vocabulary = Vocabulary::default();
    pages.iter().flat_map(|page| &page.lines).for_each(|line| vocabulary.add(&line.text()));
    let mut setter = Setter {
        draft: Draft::default(),
        printed: String::new(),
        open: None,
        type_area: TypeArea::of(pages),
        vocabulary,
    };
    for page in pages {
        for region in regions(page.lines.clone()) {
            setter.region(&region);
        }
        setter.printed.push('\u{c}');
    }
    setter.close();
    (setter.draft.finish(), setter.printed)
}

/// The usual measures of a document.
struct TypeArea {
    /// The size of its body.
    size: f64,
    /// From line to line, in sizes.
    leading: f64,
}

impl TypeArea {
    fn of(pages: &[Page]) -> TypeArea {
        let lines = pages.iter().flat_map(|page| &page.lines);
        let mut sizes: Vec<f64> = lines
            .flat_map(|line| line.text().chars().map(|_| line.size).collect::<Vec<_>>())
            .collect();
        sizes.sort_by(f64::total_cmp);
        let size = sizes.get(sizes.len() / 2).copied().unwrap_or(10.0);
        let mut steps: Vec<f64> = Vec::new();
        for page in pages {
            for pair in page.lines.windows(2) {
                let [above, below] = pair else { continue };
                let step = (below.baseline - above.baseline) / size;
                if same(above.size, size) && same(below.size, size) && step > 0.8 {
                    steps.push(step);
                }
            }
        }
        steps.sort_by(f64::total_cmp);
        // paragraphs of one line each have wider steps than their own lines would
        let leading = steps.get(steps.len() / 3).copied().unwrap_or(1.3);
        TypeArea { size, leading: leading.min(2.6) }
    }
}

fn same(a: f64, b: f64) -> bool {
    (a - b).abs() <= SAME * a.max(b)
}

/// A block whose lines are being gathered.
struct Open {
    kind: BlockKind,
    /// Lines with their places among those printed.
    lines: Vec<(String, usize)>,
    size: f64,
    baseline: f64,
    left: f64,
    /// Where its last line ends, and where its column does.
    right: f64,
    edge: f64,
}

struct Setter {
    draft: Draft,
    printed: String,
    open: Option<Open>,
    type_area: TypeArea,
    vocabulary: Vocabulary,
}

impl Setter {
    /// A column from top to bottom.
    fn region(&mut self, lines: &[Line]) {
        let left = lines.iter().map(Line::left).fold(f64::INFINITY, f64::min);
        let edge = lines.iter().map(Line::right).fold(f64::NEG_INFINITY, f64::max);
        let mut first = true;
        let mut rest = lines;
        while let [line, tail @ ..] = rest {
            let rows = table(rest);
            if rows > 1 {
                let (table, tail) = rest.split_at(rows);
                self.table(table);
                rest = tail;
            } else {
                self.line(line, (left, edge), first);
                rest = tail;
            }
            first = false;
        }
    }

    fn line(&mut self, line: &Line, (margin, edge): (f64, f64), first: bool) {
        let at = self.printed.len();
        let text = line.text();
        self.printed.push_str(&text);
        self.printed.push('\n');
        let bullet = bulleted(&text);
        let goes_on = match &self.open {
            None => false,
            Some(_) if bullet.is_some() => false,
            Some(open) if first => self.goes_on_elsewhere(open, line, &text),
            Some(open) => self.goes_on(open, line, (&text, margin)),
        };
        if !goes_on {
            self.close();
            let large = line.size > HEADING * self.type_area.size;
            let kind = match bullet {
                Some(_) => BlockKind::Item,
                None if large => BlockKind::Heading,
                None => BlockKind::Paragraph,
            };
            self.open = Some(Open {
                kind,
                lines: Vec::new(),
                size: line.size,
                baseline: line.baseline,
                left: line.left(),
                right: line.right(),
                edge,
            });
        }
        if let Some(open) = &mut self.open {
            let mark = bullet.unwrap_or(0);
            open.lines.push((text.get(mark..).unwrap_or_default().to_owned(), at + mark));
            (open.baseline, open.left) = (line.baseline, line.left());
            (open.right, open.edge) = (line.right(), edge);
        }
    }

    /// Whether a line below the last one is of its block.
    fn goes_on(&self, open: &Open, line: &Line, (text, margin): (&str, f64)) -> bool {
        let step = (line.baseline - open.baseline) / line.size.max(1.0);
        let wide = self.type_area.leading.max(1.0) * 1.3;
        if !same(open.size, line.size) || step > wide {
            return false;
        }
        if line.size > HEADING * self.type_area.size {
            return true;
        }
        let indented = |left: f64| left > margin + 0.8 * line.size;
        let begins =
            open.kind == BlockKind::Paragraph && indented(line.left()) && !indented(open.left);
        // a line that ends although the next word would have had room ends its paragraph
        let word = text.split_whitespace().next().map_or(0, |word| word.chars().count());
        let room = open.edge - open.right - 0.5 * line.size;
        let deliberate = room > (word + 1) as f64 * 0.55 * line.size;
        let upper = !text.starts_with(|c: char| c.is_lowercase() || c == '(');
        !(begins || deliberate && upper)
    }

    /// Whether the first line of another column or page is of the block that is open.
    fn goes_on_elsewhere(&self, open: &Open, line: &Line, text: &str) -> bool {
        let last = open.lines.last().map_or("", |(text, _)| text.as_str());
        let ended = last.ends_with(['.', '!', '?', ':', '”', '"']);
        let room = open.edge - open.right;
        let prose = same(open.size, self.type_area.size) && same(line.size, open.size);
        let lower = text.starts_with(|c: char| c.is_lowercase() || c.is_ascii_digit() || c == '(');
        prose && !ended && (lower || room < 0.15 * (open.edge - open.left).max(0.0))
    }

    /// Ends the open block.
    fn close(&mut self) {
        let Some(open) = self.open.take() else { return };
        let mut words = Words::default();
        for (at, (text, place)) in open.lines.iter().enumerate() {
            let next = open.lines.get(at + 1).map(|(next, _)| next.as_str());
            let cut = next.and_then(|next| self.vocabulary.parted(text, next));
            words.verbatim(cut.and_then(|cut| text.get(..cut)).unwrap_or(text), *place);
            let hyphened = next.is_some_and(|next| Vocabulary::goes_on(text, next));
            if cut.is_none() && !hyphened {
                let end = place + text.len();
                words.space(Span::new(end, end + 1));
            }
        }
        self.draft.block(open.kind, &words);
    }

    /// Lines that are rows of a table.
    fn table(&mut self, lines: &[Line]) {
        self.close();
        let columns = columns(lines);
        for line in lines {
            let mut cells = vec![Words::default(); columns.len()];
            for (number, segment) in line.segments.iter().enumerate() {
                if number > 0 {
                    self.printed.push(' ');
                }
                let at = self.printed.len();
                self.printed.push_str(&segment.text);
                let column = nearest(&columns, segment);
                if let Some(cell) = cells.get_mut(column) {
                    cell.space(Span::new(at, at));
                    cell.verbatim(&segment.text, at);
                }
            }
            self.printed.push('\n');
            self.draft.row(&cells);
        }
    }
}

/// How many lines from the first are rows of one table: parted by wide gaps, most with a figure
/// at the end.
fn table(lines: &[Line]) -> usize {
    let parted = |line: &&Line| line.segments.len() > 1 && bulleted(&line.text()).is_none();
    let rows = lines.iter().take_while(parted).count();
    let Some(rows_of) = lines.get(..rows).filter(|_| rows > 1) else { return 0 };
    // gaps in justified prose do not stand below each other
    if columns(rows_of).len() < 2 {
        return 0;
    }
    let figure = |line: &&Line| {
        let last = line.segments.last().map_or("", |s| s.text.as_str());
        last.ends_with(|c: char| c.is_ascii_digit() || "%)*x—-".contains(c))
    };
    let figures = rows_of.iter().filter(figure).count();
    if figures * 2 >= rows - 1 { rows } else { 0 }
}

/// Where the columns of a table stand: what its rows cover, the heads left out, which may be wider.
fn columns(lines: &[Line]) -> Vec<(f64, f64)> {
    let body = if lines.len() > 2 { lines.get(1..).unwrap_or_default() } else { lines };
    let mut spans: Vec<(f64, f64)> =
        body.iter().flat_map(|line| &line.segments).map(|s| (s.left, s.right)).collect();
    spans.sort_by(|a, b| a.0.total_cmp(&b.0));
    let mut columns: Vec<(f64, f64)> = Vec::new();
    for (left, right) in spans {
        match columns.last_mut().filter(|column| left < column.1) {
            Some(column) => column.1 = column.1.max(right),
            None => columns.push((left, right)),
        }
    }
    columns
}

/// The column that a segment stands in or next to.
fn nearest(columns: &[(f64, f64)], segment: &Segment) -> usize {
    let apart = |&(left, right): &(f64, f64)| (left - segment.right).max(segment.left - right);
    let ranked = columns.iter().enumerate().min_by(|a, b| apart(a.1).total_cmp(&apart(b.1)));
    ranked.map_or(0, |(at, _)| at)
}

/// The bytes of the mark of an item, with the blank behind it.
fn bulleted(text: &str) -> Option<usize> {
    let rest = text.strip_prefix(BULLETS)?;
    let body = rest.trim_start();
    let marked = rest.len() > body.len() || !text.starts_with(['*', '–', '-', '·']);
    (marked && !body.is_empty()).then_some(text.len() - body.len())
}
