//! Tables of performance told in a sentence: `Qtr 5.7%, YTD 10.9%, 1-Yr 20.7%`, `5.7% (QTD), 10.9%
//! (YTD)`, `5.7% for the quarter, 10.9% year to date, 20.7% for one year`.

use std::ops::Range;

use super::super::claim::Claim;
use super::super::entity::OTHER;
use super::super::extract::Context;
use super::super::number::{Measure, Quantity};
use super::super::period::Anchor;
use super::super::scene::{Passage, Scene};
use super::super::token::any_of;
use super::super::words::list;
use super::cell::Cell;
use super::head::{self, Head};
use super::term::Term;
use super::{Around, is_yearly};

/// The fewest figures that are told so.
const FEWEST: usize = 3;

/// The most of them: no sentence lists more times than tables have columns, of some indexes.
const MOST: usize = 24;

/// The most words that name a time.
const WORDS_MAX: usize = 6;

/// Where the words stand that name the time of a figure.
type Way = fn(&Range<usize>, &Scene, Anchor) -> Option<Range<usize>>;

/// Gives the figures of a sentence that lists them by their times the periods of such a table.
pub(in super::super) fn date(
    claims: &mut [Claim],
    scene: &Scene,
    passage: &Passage,
    context: &Context,
) {
    let told =
        |c: &Claim| matches!(c.metric, "return" | "annualized_return") && c.unit == "percent";
    if !(FEWEST..=MOST).contains(&claims.iter().filter(|c| told(c)).count()) {
        return;
    }
    let places: Vec<Option<Range<usize>>> = claims.iter().map(|c| place(c, scene)).collect();
    let ways: [Way; 2] = [before, after];
    let labels = ways.map(|label| {
        let of = |at: usize| {
            let own = places[at].clone().filter(|_| told(&claims[at]))?;
            let words = label(&own, scene, context.anchor)?;
            let head = Head::read(passage, words, context.anchor);
            Some((at, own, head.of_time()))
        };
        (0..claims.len()).filter_map(of).collect::<Vec<_>>()
    });
    let Some(labels) = labels.into_iter().max_by_key(Vec::len).filter(|l| l.len() >= FEWEST) else {
        return;
    };
    let mut columns: Vec<Head> = labels.iter().map(|(.., head)| head.clone()).collect();
    let around = Around { above: Some(passage), ..Around::default() };
    let Some(term) = Term::of(&columns, &[], around, context) else { return };
    if is_yearly(columns.iter(), true) {
        columns.iter_mut().for_each(|column| column.annualized = true);
    }
    for ((at, own, _), column) in labels.iter().zip(&columns) {
        let named = scene.mentions.iter().rev().filter(|m| m.first < own.start);
        let named =
            named.map(|m| m.code).find(|code| !code.is_empty() && !code.starts_with("UST:"));
        let row = Head::default();
        let (columns, term, row) = (&columns[..], &term, &row);
        let cell = Cell { context, columns, column, row, above: &[], term };
        let claim = &mut claims[*at];
        let (period, others) = cell.period("return", Measure::Percent);
        claim.metric = cell.per_year("return", period);
        (claim.period, claim.other_periods) = (period, others);
        claim.unlikely_periods.clear();
        if claim.entity.starts_with("UST:") {
            named.unwrap_or(OTHER).clone_into(&mut claim.entity);
        }
    }
}

/// The tokens of a figure.
fn place(claim: &Claim, scene: &Scene) -> Option<Range<usize>> {
    let inside = |q: &&Quantity| {
        scene.tokens.span(q.first, q.end).start <= claim.span.start
            && claim.span.end <= scene.tokens.span(q.first, q.end).end
    };
    scene.quantities.iter().find(inside).map(|q| q.first..q.end)
}

/// The words right before a figure that name a time and nothing else.
fn before(figure: &Range<usize>, scene: &Scene, anchor: Anchor) -> Option<Range<usize>> {
    let end = figure.start - usize::from(scene.tokens.is(figure.start.wrapping_sub(1), ':'));
    let parts = |i: usize| {
        scene.tokens.is(i, '|') || any_of(scene.key(i), list!(",|;|:|and|were|(|)|.|was|are|is"))
    };
    let first = (scene.range.start.max(end.saturating_sub(WORDS_MAX))..end)
        .rev()
        .take_while(|i| !parts(*i) && !has_percent(scene, *i))
        .last()?;
    named(first..end, scene, anchor)
}

/// The words right behind a figure that name a time and nothing else, in brackets or not.
fn after(figure: &Range<usize>, scene: &Scene, anchor: Anchor) -> Option<Range<usize>> {
    let parts = |i: usize| any_of(scene.key(i), list!(",|;|and|.|)|period|periods|as"));
    let light = |i: &usize| any_of(scene.key(*i), list!("(|for|over|in|the|past|last"));
    let start = figure.end + (figure.end..scene.range.end).take_while(light).count();
    let last = (start..scene.range.end.min(start + WORDS_MAX)).take_while(|i| !parts(*i)).last()?;
    named(start..last + 1, scene, anchor)
}

fn has_percent(scene: &Scene, i: usize) -> bool {
    scene.tokens.is(i, '%') || scene.key(i) == "percent"
}

/// The words if they are the name of a column.
fn named(words: Range<usize>, scene: &Scene, anchor: Anchor) -> Option<Range<usize>> {
    let part = Passage::new(scene.tokens.part(words.clone()));
    let column = part.scene(0..part.tokens.len(), anchor);
    (!words.is_empty() && head::is_column(&column)).then_some(words)
}
