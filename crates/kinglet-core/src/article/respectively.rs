//! `X and Y rose 1.1% and 2.4%, respectively`: figures, entities and times paired off in order.

use super::claim::Claim;
use super::entity::Class;
use super::period::{Expr, Time};
use super::scene::Scene;
use super::token::any_of;
use super::words::list;
use crate::time::{Grain, Period};

/// The pairing of a sentence's quantities.
#[derive(Default)]
pub(super) struct Lists {
    /// By quantity: the entity of that place.
    entities: Vec<Option<&'static str>>,
    /// By quantity: the horizon of that place.
    times: Vec<Option<Expr>>,
}

/// What a pairing has settled.
#[derive(Clone, Copy)]
pub(super) struct Paired {
    pub(super) entity: bool,
    pub(super) period: bool,
}

impl Lists {
    /// Sets what the pairing gives; whether that settles the entity and the period.
    pub(super) fn apply(&self, quantity: usize, claim: &mut Claim) -> Paired {
        let code = self.entities.get(quantity).copied().flatten();
        if let Some(code) = code {
            code.clone_into(&mut claim.entity);
        }
        let period = match self.times.get(quantity) {
            Some(Some(Expr::Length(length) | Expr::Ahead(length))) => Period::Forward(*length),
            Some(Some(Expr::Span(span))) => Period::Calendar(*span),
            _ => return Paired { entity: code.is_some(), period: false },
        };
        claim.period = Some(period);
        claim.other_periods.clear();
        Paired { entity: code.is_some(), period: true }
    }
}

/// The pairings of a sentence: one for each `respectively`.
pub(super) fn lists(scene: &Scene, named: [Option<&'static str>; 3]) -> Lists {
    let count = scene.quantities.len();
    let mut lists = Lists { entities: vec![None; count], times: vec![None; count] };
    let orders = list!("respectively|in the same order|in that order|in this order");
    let marks = scene.range.clone().filter(|&i| scene.tokens.any_phrase(i, orders).is_some());
    for at in marks {
        let listed = entities_listed(scene, at);
        // "the 12% and 8% gains in the S&P 500 and the Dow, respectively"
        let behind = listed.as_ref().map_or(at, |(first, _)| *first);
        let mut group = group_before(scene, at);
        if group.len() < 2 {
            let last = scene.quantities.iter().rev().find(|q| q.end <= behind).map_or(0, |q| q.end);
            group = group_before(scene, last);
        }
        if group.len() < 2 {
            continue;
        }
        let first = scene.quantities[group[0]].first;
        let before = entities_before(scene, first, group.len())
            .or_else(|| together(scene, first, named).filter(|codes| codes.len() == group.len()))
            .or_else(|| before_all(scene, at, named).filter(|codes| codes.len() == group.len()));
        let after = listed.map(|(_, codes)| codes).filter(|codes| codes.len() == group.len());
        if let Some(codes) = after.or(before) {
            for (place, quantity) in group.iter().enumerate() {
                lists.entities[*quantity] = Some(codes[place]);
            }
        }
        if let Some(times) = times_before(scene, first, group.len()) {
            for (place, quantity) in group.iter().enumerate() {
                lists.times[*quantity] = Some(times[place].expr);
            }
        }
    }
    for group in groups(scene) {
        let first = scene.quantities[group[0]].first;
        let close = scene.mentions.iter().rev().find(|m| m.end <= first);
        let near = close.is_some_and(|m| {
            first - m.end <= 6 || first - m.end <= FAR && is_subject(scene, first, group.len())
        });
        if let Some(codes) = together(scene, first, named).filter(|c| c.len() == group.len()) {
            for (place, quantity) in group.iter().enumerate() {
                lists.entities[*quantity] = lists.entities[*quantity].or(Some(codes[place]));
            }
        }
        if let Some(codes) = entities_before(scene, first, group.len()).filter(|_| near) {
            for (place, quantity) in group.iter().enumerate() {
                lists.entities[*quantity] = lists.entities[*quantity].or(Some(codes[place]));
            }
        }
        let last = group.last().map_or(first, |last| scene.quantities[*last].end);
        let times = spans_before(scene, first, group.len())
            .or_else(|| spans_after(scene, last, group.len()));
        if let Some(times) = times {
            for (place, quantity) in group.iter().enumerate() {
                lists.times[*quantity] = lists.times[*quantity].or(Some(times[place]));
            }
        }
    }
    lists
}

/// The indexes that were listed before, where the words before a figure speak of them all: `the
/// three gauges climbed 8.6%, 7.3% and 7.7%`.
fn together(
    scene: &Scene,
    at: usize,
    named: [Option<&'static str>; 3],
) -> Option<Vec<&'static str>> {
    let from = scene.range.start.max(at.saturating_sub(12));
    let words =
        list!("the three|all three|the trio|the two|both|they|these three|those three|the pair");
    let all = scene.has_phrase(from..at, words);
    let own =
        scene.mentions.iter().any(|m| m.class == Class::Index && m.end <= at && m.first >= from);
    (all && !own).then(|| named.into_iter().flatten().collect())
}

/// The indexes that were listed before, where the sentence names none itself.
fn before_all(
    scene: &Scene,
    at: usize,
    named: [Option<&'static str>; 3],
) -> Option<Vec<&'static str>> {
    let own = scene.mentions.iter().any(|m| m.class == Class::Index && m.end <= at);
    (!own).then(|| named.into_iter().flatten().collect())
}

/// The lists of figures of one measure: `1.1% and 2.4%`.
fn groups(scene: &Scene) -> Vec<Vec<usize>> {
    let mut out: Vec<Vec<usize>> = Vec::new();
    for at in 1..scene.quantities.len() {
        let (a, b) = (&scene.quantities[at - 1], &scene.quantities[at]);
        let joined = a.measure == b.measure
            && a.range.is_none()
            && (a.end..b.first).all(|i| any_of(scene.key(i), list!(LIGHT)));
        match out.last_mut() {
            Some(group) if joined && group.last() == Some(&(at - 1)) => group.push(at),
            _ if joined => out.push(vec![at - 1, at]),
            _ => {}
        }
    }
    out
}

/// As many calendar periods in a list right before a token: `for 2027 and 2028 remain at`.
fn spans_before(scene: &Scene, at: usize, count: usize) -> Option<Vec<Expr>> {
    let spans: Vec<&Time> = scene
        .times
        .iter()
        .filter(|t| t.end <= at && at - t.end <= 12 && matches!(t.expr, Expr::Span(_)))
        .collect();
    let last = spans.len().checked_sub(count).map(|from| &spans[from..])?;
    let joined = last.windows(2).all(|w| {
        (w[0].end..w[1].first).all(|i| matches!(scene.key(i), "," | "and" | "in" | "for"))
    });
    joined.then(|| last.iter().map(|t| t.expr).collect())
}

/// As many calendar periods of one size in a list right behind a token: `9.0% and 22.0% in 2000 and
/// 2001`, `losses of 3% and 4% in the years 2000 and 2001, respectively`.
fn spans_after(scene: &Scene, from: usize, count: usize) -> Option<Vec<Expr>> {
    let opens = |i: usize| any_of(scene.key(i), list!("in|on|for|the|years|calendar|during|,"));
    let mut edge = from;
    let mut out: Vec<(Expr, Grain)> = Vec::with_capacity(count);
    for time in scene.times.iter().filter(|t| t.first >= from) {
        let Expr::Span(p) = time.expr else { break };
        let light = |i: usize| opens(i) || !out.is_empty() && scene.key(i) == "and";
        if !(edge..time.first).all(light) || time.first == from {
            break;
        }
        out.push((time.expr, p.grain));
        edge = time.end;
    }
    let alike = out.len() == count && out.iter().all(|(_, grain)| *grain == out[0].1);
    alike.then(|| out.into_iter().map(|(expr, _)| expr).collect())
}

/// How far behind the list of its subjects a list of figures may stand.
const FAR: usize = 18;

/// Whether the list of indexes before a list of figures is exactly as long, and no other figure
/// stands between: `The A and the B had their best day in years, with gains of 2% and 3%`.
fn is_subject(scene: &Scene, at: usize, count: usize) -> bool {
    let index =
        |code: &str| scene.mentions.iter().any(|m| m.code == code && m.class == Class::Index);
    let exact = entities_before(scene, at, count + 1).is_none();
    let last = scene.mentions.iter().rev().find(|m| m.end <= at).map_or(at, |m| m.end);
    let alone = !scene.quantities.iter().any(|q| q.first >= last && q.end <= at);
    let all = entities_before(scene, at, count).is_some_and(|codes| codes.into_iter().all(index));
    exact && alone && all
}

/// Words between the names of a list.
const BETWEEN: &str = ",|and|the|&|index|both|(|)|broad|broader|blue|chip|tech|technology|heavy|\
    focused|laden|large|small|mid|cap|company|benchmark|dominated|rich|narrower|average|its";

/// Words between the figures of a list.
const LIGHT: &str =
    ",|and|by|+|-|a|about|nearly|almost|roughly|around|approximately|over|more|than|just";

/// The list of entities that ends right before a token, with its first token.
fn entities_listed(scene: &Scene, at: usize) -> Option<(usize, Vec<&'static str>)> {
    let mut codes: Vec<&'static str> = Vec::new();
    let mut edge = at;
    for m in scene.mentions.iter().rev().filter(|m| m.end <= at) {
        let joined =
            (m.end..edge).all(|i| matches!(scene.key(i), "," | "and" | "the" | "&" | "index"));
        if !joined {
            break;
        }
        codes.insert(0, m.code);
        edge = m.first;
    }
    (codes.len() >= 2).then_some((edge, codes))
}

/// The quantities that end in a list right before a token, first to last.
fn group_before(scene: &Scene, at: usize) -> Vec<usize> {
    let mut group: Vec<usize> = Vec::new();
    let mut edge = at;
    for (index, q) in scene.quantities.iter().enumerate().rev().filter(|(_, q)| q.end <= at) {
        let joined = (q.end..edge).all(|i| any_of(scene.key(i), list!(LIGHT)));
        if !joined {
            break;
        }
        group.insert(0, index);
        edge = q.first;
    }
    group
}

/// The last `count` entities before a token that stand in one list.
fn entities_before(scene: &Scene, at: usize, count: usize) -> Option<Vec<&'static str>> {
    let mut codes: Vec<&'static str> = Vec::new();
    let mut edge: Option<usize> = None;
    for m in scene.mentions.iter().rev().filter(|m| m.end <= at) {
        if matches!(m.class, Class::Pronoun | Class::Loose) {
            if edge.is_none() { continue } else { break }
        }
        let repeated = codes.first() == Some(&m.code) && edge == Some(m.end + 1);
        if let Some(edge) = edge
            && !repeated
            && !(m.end..edge).all(|i| any_of(scene.key(i), list!(BETWEEN)))
        {
            break;
        }
        if repeated {
            edge = Some(m.first);
            continue;
        }
        codes.insert(0, m.code);
        edge = Some(m.first);
        if codes.len() == count {
            return Some(codes);
        }
    }
    // "which leaves them up 24.2% and 43.4%, respectively": the list before that
    None
}

/// As many horizons before a token as there are figures.
fn times_before(scene: &Scene, at: usize, count: usize) -> Option<Vec<Time>> {
    let lengths: Vec<Time> = scene
        .times
        .iter()
        .filter(|t| t.end <= at && matches!(t.expr, Expr::Length(_) | Expr::Ahead(_)))
        .copied()
        .collect();
    (lengths.len() == count).then_some(lengths)
}
