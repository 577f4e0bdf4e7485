//! Tables: each figure takes its entity, period and measure from the heads of its row and column.

mod cell;
mod days;
mod head;
mod layout;
pub(super) mod listed;
mod term;

use super::block::Block;
use super::claim::Claim;
use super::entity::OTHER;
use super::extract::Context;
use super::lexicon::Signal;
use super::moment;
use super::number::Measure;
use super::period::{Anchor, Expr};
use super::scene::Passage;
use super::token::any_of;
use super::words::list;
use crate::time::{CalendarPeriod, Date, Grain, LengthUnit, Period};
use cell::Cell;
use days::Days;
use head::Head;
use layout::{Layout, Row};
use term::Term;

/// The longest text above a table that is its caption, in tokens.
const CAPTION_MAX: usize = 40;

/// How many rows stand before the first that may be the head of a table; all if there is none.
pub(super) fn rows_before(rows: &[(Block, Passage)], anchor: Anchor, text: &str) -> usize {
    let mut before = 0;
    for (at, row) in rows.iter().enumerate() {
        let row = Row::cut(row, text);
        if row.is_rule() {
            continue;
        }
        if row.may_be_head(anchor) {
            return before;
        }
        before = at + 1;
    }
    rows.len()
}

/// Whether a row behind a blank line opens a table of its own.
pub(super) fn opens(row: &(Block, Passage), anchor: Anchor, text: &str) -> bool {
    let cut = Row::cut(row, text);
    row.0.apart && (cut.filled() > 1 || cut.lists_heads()) && cut.may_be_head(anchor)
}

/// The texts next to a table.
#[derive(Clone, Copy, Default)]
pub(super) struct Around<'p> {
    /// What stands before the text above.
    pub(super) before: Option<&'p Passage>,
    pub(super) above: Option<&'p Passage>,
    pub(super) below: Option<&'p Passage>,
}

/// The claims of a table that begins with its head; none if nothing stands under that.
pub(super) fn claims(
    rows: &[(Block, Passage)],
    around: Around<'_>,
    context: &Context,
    text: &str,
) -> Option<Vec<Claim>> {
    let above = around.above;
    let layout = Layout::of(rows, context.anchor, text)?;
    let caption = caption(above, context);
    let mut columns = columns(&layout, &caption, context);
    let all = captioned(&layout, above, context, &columns);
    let study = is_study(&layout, &columns, context);
    if study {
        columns = columns.into_iter().map(Head::of_study).collect();
    }

    let mut out = Vec::new();
    let seasonal = is_seasonal(&layout, &columns, above, context);
    let sample =
        moment::since(context.remembered.stretch.or(context.remembered.study), context.anchor);
    let times = columns.iter().filter(|column| column.time.is_some()).count();
    // a fund stands beside what it is measured against
    let named = if times >= 2 { 1 } else { 2 };
    let naming = layout.body.iter().filter(|row| row.names(context.anchor)).count() >= named;
    let mut reader = Rows { section: Head::default(), above: Vec::new(), last: None, naming };
    let mut labels: Vec<_> = layout.body.iter().map(|row| reader.label(row, context)).collect();
    let stocks = heads(&labels).any(Head::names_stocks);
    if is_performance(&layout, (columns.iter(), stocks), above) {
        perform(&mut columns, &layout, context.anchor);
    } else if is_performance(&layout, (heads(&labels), false), above) {
        labels.iter_mut().flatten().for_each(|(label, _)| label.annualized = true);
    }
    in_order(&mut labels, caption.until);
    let term = if study { None } else { Term::of(&columns, &labels, around, context) };
    let term = term.unwrap_or_default();
    let dated = |label: &&Head| matches!(label.time, Some(Expr::Span(_)));
    let cases = heads(&labels).filter(dated).count() >= 3;
    let cases = Cases { seasonal, single: cases, sample: sample.or_else(|| years(&labels)) };
    for (row, label) in layout.body.iter().zip(labels) {
        let Some((label, from)) = label else { continue };
        let label = if study { label.of_study() } else { label }.about(all);
        let mut days = Days::of(&label);
        for (at, cell) in row.cells.iter().enumerate().skip(from) {
            let column = columns.get(at).unwrap_or(&caption).clone().beside(&label);
            let scene = row.passage.scene(cell.clone(), context.anchor);
            if days.takes(&scene) {
                continue;
            }
            let (label, column) = days.head(&label, column, &scene);
            let (row_head, column) = (&label, &column);
            let (columns, above, term) = (&columns[..], &reader.above[..], &term);
            let cell = Cell { context, columns, column, row: row_head, above, term };
            for mut claim in cell::figures(&scene).filter_map(|q| cell.claim(&scene, &q)) {
                cases.sum_up(&mut claim, &label, layout.names_extreme(at));
                claim.printed.text = text[claim.span.start..claim.span.end].to_owned();
                claim.sentence = row.passage.tokens.span(0, row.passage.tokens.len());
                out.push(claim);
            }
        }
        reader.above.extend(label.entities.first().copied().or(label.unknown.then_some(OTHER)));
    }
    Some(out)
}

/// The labels of rows that hold figures.
fn heads(labels: &[Option<(Head, usize)>]) -> impl Iterator<Item = &Head> {
    labels.iter().flatten().map(|(label, _)| label)
}

/// What in a table may be told of many cases.
struct Cases {
    /// Whether its rows are parts of any year.
    seasonal: bool,
    /// Whether its rows are single cases.
    single: bool,
    /// From when to when they are.
    sample: Option<Period>,
}

impl Cases {
    /// Makes a figure one of all cases if it is: of months of every year, and of `Median` and `%
    /// positive` below single cases.
    fn sum_up(&self, claim: &mut Claim, label: &Head, extreme: bool) {
        let of_all = self.seasonal && is_of_cases(claim.metric);
        let mean = match claim.metric {
            "return" if !extreme => "event_mean_return",
            metric => metric,
        };
        let mean = of_all.then_some(mean);
        let sums_up = label
            .case
            .filter(|case| self.single && case.starts_with("event_") && label.time.is_none());
        if let Some(metric) = sums_up.or(mean) {
            let spread = claim.metric == "return_spread" && metric == "event_mean_return";
            claim.metric = if spread { claim.metric } else { metric };
            claim.period = self.sample;
            claim.other_periods.clear();
        }
    }
}

/// What the text above a table says of all of it, if it is a caption.
fn caption(above: Option<&Passage>, context: &Context) -> Head {
    let said = above.filter(|p| p.tokens.len() <= CAPTION_MAX && !states_a_figure(p));
    let apart = list!("gap|gaps|difference|differences|outperformance|underperformance|excess");
    let read = |p: &Passage| {
        let head = Head::read(p, 0..p.tokens.len(), context.anchor).of_all();
        // "Ahead of the Russell 2000 as of June 30" stands above returns
        let apart = (0..p.tokens.len()).any(|i| any_of(p.tokens.key(i), apart));
        let metric = head.metric.filter(|metric| *metric != "return_spread" || apart);
        Head { metric, ..head }
    };
    said.map_or_else(Head::default, read)
}

/// From the first to the last year that rows are named after.
fn years(labels: &[Option<(Head, usize)>]) -> Option<Period> {
    let year = |label: &Head| match label.time {
        Some(Expr::Span(p)) if p.grain == Grain::Year => Some(p),
        _ => None,
    };
    let years = || heads(labels).filter_map(year);
    let (first, last) = (years().min()?, years().max()?);
    (first < last).then_some(Period::Between(first, last))
}

/// What a table is about whose heads name nothing: what the text above it names first.
fn captioned(
    layout: &Layout<'_>,
    above: Option<&Passage>,
    context: &Context,
    columns: &[Head],
) -> Option<&'static str> {
    let named = layout.body.iter().any(|row| row.names(context.anchor));
    let silent = columns.iter().all(|h| h.entities.is_empty()) && !named;
    let above = above.filter(|p| silent && p.tokens.len() <= CAPTION_MAX)?;
    let all = Head::read(above, 0..above.tokens.len(), context.anchor).entities;
    let group = |code: &&&str| code.starts_with("US_");
    all.iter().find(|code| !group(code)).or(all.first()).copied()
}

/// Whether a text says something by itself: then it is no caption.
fn states_a_figure(passage: &Passage) -> bool {
    let tokens = &passage.tokens;
    let unit = |i: usize| tokens.is(i, '%') || matches!(tokens.key(i), "percent" | "pct");
    (0..tokens.len()).any(|i| tokens.number(i).is_some() && unit(i + 1))
}

/// The heads of the columns: what stands above each, under the caption and the corner.
fn columns(layout: &Layout<'_>, caption: &Head, context: &Context) -> Vec<Head> {
    let mut columns: Vec<Head> = Vec::new();
    for (number, row) in layout.heads.iter().enumerate() {
        let lowest = number + 1 == layout.heads.len();
        let mut left = Head::default();
        for (at, cell) in row.cells.iter().enumerate() {
            // a head over several columns stands at the first of them
            let spread = cell.is_empty() && at > 1 && !lowest;
            let read = || Head::read(row.passage, cell.clone(), context.anchor);
            let own = if spread { left.clone() } else { read() };
            left = own.clone();
            match columns.get_mut(at) {
                Some(upper) => *upper = own.under(upper),
                None => columns.push(own),
            }
        }
    }
    let corner = columns.first().cloned().unwrap_or_default().of_all();
    let all = Head { metric: None, ..corner }.under(caption);
    let naming = columns.iter().filter(|column| !column.entities.is_empty()).count() >= 2;
    let mut out: Vec<Head> = Vec::new();
    for (at, column) in columns.into_iter().enumerate() {
        let lowest = layout.heads.last().map(|row| (row.passage, row.cells.get(at)));
        let column = match lowest {
            Some((passage, Some(cell))) if naming && at > 0 => {
                column.among_names(&passage.scene(cell.clone(), context.anchor))
            }
            _ => column,
        };
        let column = match out.last() {
            Some(left) => column.right_of(left),
            None => column,
        };
        out.push(column.under(&all));
    }
    out
}

/// Whether the heads of columns or rows count cases and measure what followed them: `Cases |
/// Higher | Average`.
fn is_study(layout: &Layout<'_>, columns: &[Head], context: &Context) -> bool {
    let cells =
        layout.body.iter().filter_map(|row| Some((row.passage, row.cells.first()?.clone())));
    let rows = cells.map(|(passage, cell)| Head::read(passage, cell, context.anchor).case);
    let study = |cases: &mut dyn Iterator<Item = Option<&'static str>>| {
        let cases: Vec<&str> = cases.flatten().collect();
        let counts =
            |m: &&&str| matches!(**m, "event_count" | "event_successes" | "event_hit_rate");
        let counted = cases.iter().filter(counts).count();
        counted >= 2 || counted == 1 && cases.contains(&"event_mean_return")
    };
    study(&mut columns.iter().map(|head| head.case)) || study(&mut { rows })
}

/// Quarters or months that run on from row to row are those of the last row's year, and what is to
/// date below them ends with the last one, unless the caption says when.
fn in_order(labels: &mut [Option<(Head, usize)>], said: Option<Date>) {
    let mut next: Option<CalendarPeriod> = None;
    for (label, _) in labels.iter_mut().rev().flatten() {
        let Some(Expr::Span(p)) = label.time.filter(|_| label.until.is_none()) else { continue };
        let year = match p.grain {
            Grain::Month => 12,
            Grain::Quarter => 4,
            _ => continue,
        };
        let own = match next.filter(|next| next.grain == p.grain && *next < p) {
            Some(next) if p.plus(-year) < next => p.plus(-year),
            _ => p,
        };
        label.time = Some(Expr::Span(own));
        next = Some(own);
    }
    let mut last = None;
    for (label, _) in labels.iter_mut().flatten() {
        match label.time {
            Some(Expr::Span(p)) if p.grain < Grain::Year => last = Some(p),
            Some(Expr::ToDate(_)) if label.until.is_none() => {
                label.until = said.or(last.map(CalendarPeriod::last_day));
            }
            _ => {}
        }
    }
}

/// What may be measured of many cases.
fn is_of_cases(metric: &str) -> bool {
    metric == "return" || metric.starts_with("event_")
}

/// Whether the rows are parts of any year: six or more months, or spans of months, without their
/// year, under a text that speaks of averages or columns of them.
fn is_seasonal(
    layout: &Layout<'_>,
    columns: &[Head],
    above: Option<&Passage>,
    context: &Context,
) -> bool {
    const PARTS: usize = 6;
    let part = |row: &&Row<'_>| {
        let label = row.cells.first().cloned().unwrap_or_default();
        let bare = !label.clone().any(|i| row.passage.tokens.number(i).is_some());
        let month = label.len() == 1;
        match Head::read(row.passage, label, context.anchor).time {
            Some(Expr::Span(p)) => month && p.grain == Grain::Month,
            Some(Expr::Range(a, b)) => bare && (a.grain, b.grain) == (Grain::Month, Grain::Month),
            _ => false,
        }
    };
    let said = above.is_some_and(|p| p.cues.iter().any(|cue| cue.signal == Signal::Average));
    let averages = said || columns.iter().any(|head| head.case == Some("event_mean_return"));
    averages && layout.body.iter().filter(part).count() >= PARTS
}

/// Whether the heads of columns or rows are those of a table of performance, unless it is said that
/// its figures are cumulative or of prices.
fn is_performance<'h>(
    layout: &Layout<'_>,
    (heads, stocks): (impl Iterator<Item = &'h Head>, bool),
    above: Option<&Passage>,
) -> bool {
    let otherwise = |p: &Passage| {
        (0..p.tokens.len()).any(|i| {
            let word = p.tokens.key(i);
            word.starts_with("cumul") || word == "price"
        })
    };
    let told = layout.heads.iter().map(|row| row.passage);
    is_yearly(heads, stocks) && !told.chain(above).any(otherwise)
}

/// Whether heads run from less than a year to several years: then those of several years are per
/// year, as the rules of advertising ask of funds (SEC rule 482).
fn is_yearly<'h>(heads: impl Iterator<Item = &'h Head>, stocks: bool) -> bool {
    let heads: Vec<&Head> = heads.collect();
    let stocks = stocks || heads.iter().any(|head| head.runs());
    let (mut years, mut short, mut quarter) = (Vec::new(), false, false);
    let mut several = 0;
    for head in heads {
        quarter |= match head.time {
            Some(Expr::ToDate(grain)) => grain == Grain::Quarter,
            Some(Expr::Span(p)) => p.grain == Grain::Quarter,
            _ => false,
        };
        match head.time.or_else(|| head.tenor.filter(|_| stocks).map(Expr::Length)) {
            Some(Expr::Length(l) | Expr::Trailing(l))
                if l.unit == LengthUnit::Years && l.count > 1 =>
            {
                let told = (l, head.annualized);
                several += 1;
                if !years.contains(&told) {
                    years.push(told);
                }
            }
            Some(Expr::ToDate(_) | Expr::Span(_) | Expr::Length(_) | Expr::Trailing(_)) => {
                short = true;
            }
            _ => {}
        }
    }
    // "3 years, 3 years annualized"
    let both = years.iter().any(|(length, yearly)| years.contains(&(*length, !yearly)));
    let several = several >= 2 || several == 1 && quarter;
    several && short && !both
}

/// Makes columns those of a table of performance: they are told over times and of no security,
/// several years per year, and in percent where no row says otherwise.
fn perform(columns: &mut [Head], layout: &Layout<'_>, anchor: Anchor) {
    let percent = layout.body.iter().any(Row::is_percent) || layout.is_fine(anchor);
    for column in columns {
        column.annualized = true;
        if let Some(length) = column.tenor {
            column.entities.clear();
            column.time = column.time.or(Some(Expr::Length(length)));
        }
        if percent && column.time.is_some() && column.metric.is_none() {
            column.measure = column.measure.or(Some(Measure::Percent));
        }
    }
}

/// What the rows above one leave for it.
struct Rows {
    /// The row with a label alone that opened the section: `U.S. equities`.
    section: Head,
    above: Vec<&'static str>,
    last: Option<&'static str>,
    /// Whether rows are named after what they are about.
    naming: bool,
}

impl Rows {
    /// What the label of a row says, which may take two cells (`Russell 2000 | IWM`), and where
    /// its figures begin; none for a row that opens a section.
    fn label(&mut self, row: &Row<'_>, context: &Context) -> Option<(Head, usize)> {
        let first = row.cells.first()?;
        let own = Head::read(row.passage, first.clone(), context.anchor);
        if row.filled() == 1 && !first.is_empty() {
            self.section = own;
            return None;
        }
        let second = row.cells.get(1).filter(|cell| {
            let scene = row.passage.scene((*cell).clone(), context.anchor);
            scene.quantities.is_empty() && !cell.is_empty() && row.cells.len() > 2
        });
        let mut label = match second {
            Some(cell) => {
                let second = Head::read(row.passage, cell.clone(), context.anchor);
                let stretch = match (own.time, second.time) {
                    (Some(Expr::Span(a)), Some(Expr::Span(b))) if a < b => Some(Expr::Range(a, b)),
                    _ => own.time,
                };
                Head { time: stretch, ..own }.under(&second)
            }
            None if self.naming => {
                own.among_names(&row.passage.scene(first.clone(), context.anchor))
            }
            None => own,
        };
        if label.metric.is_none() && label.former {
            label.metric = self.last;
        }
        self.last = label.metric;
        Some((label.under(&self.section), if second.is_some() { 2 } else { 1 }))
    }
}
