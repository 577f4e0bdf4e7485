//! Pronouns that point back to one of several names: `the former`, `its value sibling`.

use super::entity::{Back, Class, Mention};
use super::scene::Scene;
use super::subject::Carried;

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
            Back::Subject => continue,
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

/// The last two names before a pronoun, in the sentence or else in the one before.
fn pair(before: &[Mention], carried: &Carried) -> Option<(&'static str, &'static str)> {
    let here = named(before);
    match here.as_slice() {
        [.., former, latter] => Some((former, latter)),
        _ => carried.pair,
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
