//! Pronouns that point back to one of several names: `the former`, `its value sibling`.

use super::choice::named;
use super::entity::{Back, Class, Mention};
use super::scene::Scene;
use super::subject::Carried;
use super::token::any_of;
use super::words::list;

/// Families of indexes and funds: one of value stocks, one of growth stocks, and all of them.
const FAMILIES: &[(&str, &str, &[&str])] = &[
    ("IWN", "IWO", &["IWM", "IWN", "IWO"]),
    ("IWD", "IWF", &["IWB", "IWD", "IWF"]),
    ("VBR", "VBK", &["VB", "VBR", "VBK"]),
    ("RUJ", "RUO", &["RUT", "RUJ", "RUO"]),
];

/// Gives the pronouns of a sentence the names that they stand for, as far as those are known.
pub(super) fn resolve(scene: &mut Scene, carried: &Carried) {
    for at in 0..scene.mentions.len() {
        let code = match scene.mentions[at].back {
            Back::Subject => match benchmark(scene, at).or(carried.benchmark) {
                Some(code) if is_benchmark(scene, &scene.mentions[at]) => {
                    scene.mentions[at].code = code;
                    continue;
                }
                _ => continue,
            },
            Back::Former => pair(&scene.mentions[..at], carried).map(|(former, _)| former),
            Back::Latter => pair(&scene.mentions[..at], carried).map(|(_, latter)| latter),
            Back::Value => Some(family(&scene.mentions[..at], carried).0),
            Back::Growth => Some(family(&scene.mentions[..at], carried).1),
        };
        if let Some(code) = code {
            scene.mentions[at].code = code;
            scene.mentions[at].class = Class::Index;
        }
    }
}

/// What a fund measures itself by, if a sentence says so: `our benchmark, the Russell 2000`,
/// `the Fund's benchmark is the Russell 2000 Value`.
pub(super) fn declared(scene: &Scene) -> Option<&'static str> {
    let spoken = (scene.range.start..scene.range.end).find(|&i| {
        let before = scene.key(i.wrapping_sub(1));
        scene.id(i) == named!("benchmark") && any_of(before, list!("its|our|their|'s|my|your"))
    })?;
    apposition(scene, spoken - 1, spoken + 1)
}

/// Whether a pronoun speaks of a benchmark.
fn is_benchmark(scene: &Scene, m: &Mention) -> bool {
    m.class == Class::Pronoun
        && m.back == Back::Subject
        && scene.key(m.end - 1) == "benchmark"
        && m.end - m.first <= 2
}

/// The name in apposition to the benchmark that a sentence speaks of.
fn benchmark(scene: &Scene, at: usize) -> Option<&'static str> {
    let m = &scene.mentions[at];
    let own = any_of(scene.key(m.first), list!("our|its|their"));
    if own { apposition(scene, m.first, m.end) } else { None }
}

/// The index right behind or right before tokens `first..end`: `its benchmark, the Russell 2000`,
/// `the Russell 2000, our benchmark`.
fn apposition(scene: &Scene, first: usize, end: usize) -> Option<&'static str> {
    let index = |m: &&Mention| m.class == Class::Index && !m.code.starts_with("UST");
    let linked = any_of(scene.key(end), list!(",|is|was|("));
    let start = end + usize::from(linked);
    let start = start + usize::from(scene.key(start) == "the");
    let after = scene.mentions.iter().find(|m| linked && m.first == start).filter(index);
    let before = scene
        .mentions
        .iter()
        .filter(index)
        .find(|m| scene.key(m.end) == "," && m.end + 1 == first && scene.key(end) != "'s");
    after.or(before).map(|m| m.code)
}

/// The names of a sentence that `the former` may mean, in order, each once.
pub(super) fn named(mentions: &[Mention]) -> Vec<&'static str> {
    let mut out: Vec<&'static str> = Vec::new();
    for m in mentions {
        let market = matches!(m.class, Class::Index | Class::Listed | Class::Group)
            || m.class == Class::Pronoun && !m.code.is_empty();
        if market && !out.contains(&m.code) {
            out.push(m.code);
        }
    }
    out
}

/// The last two names after a sentence.
pub(super) fn last_two(
    carried: &Carried,
    scene: &Scene,
) -> (Option<&'static str>, Option<&'static str>) {
    match named(&scene.mentions).as_slice() {
        [] => carried.pair,
        [code] if carried.pair.1 == Some(code) => carried.pair,
        [code] => (carried.pair.1, Some(code)),
        [.., former, latter] => (Some(former), Some(latter)),
    }
}

/// The last two names before a pronoun, in the sentence or else in the one before.
fn pair(before: &[Mention], carried: &Carried) -> Option<(&'static str, &'static str)> {
    let plain: Vec<Mention> = before.iter().filter(|m| m.back == Back::Subject).copied().collect();
    let here = named(&plain);
    match here.as_slice() {
        [.., former, latter] => Some((former, latter)),
        [former] if carried.pair.1.is_some_and(|last| last != *former) => {
            carried.pair.1.map(|last| (last, *former))
        }
        _ => carried.pair.0.zip(carried.pair.1),
    }
}

/// The value and the growth member of the family that was spoken of.
fn family(before: &[Mention], carried: &Carried) -> (&'static str, &'static str) {
    let spoken = before.iter().rev().map(|m| m.code).chain(carried.subject).chain(carried.topic);
    spoken
        .filter_map(|code| FAMILIES.iter().find(|(.., members)| members.contains(&code)))
        .map(|(value, growth, _)| (*value, *growth))
        .next()
        .unwrap_or(("RUJ", "RUO"))
}
