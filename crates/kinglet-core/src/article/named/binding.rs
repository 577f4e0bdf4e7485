//! What a figure of a named definition is about: the names of its sentence, where these leave no
//! choice.

use super::super::claim::Claim;
use super::super::entity::{Class, Mention};
use super::super::scene::Scene;
use super::super::token::any_of;
use super::super::words::{List, list};
use super::{Naming, fitting};

impl Naming {
    /// Binds a claim to what its sentence names; false where the sentence leaves a choice.
    pub(in crate::article) fn bind(&self, scene: &Scene, claim: &mut Claim) -> bool {
        let code = match fitting::is_of_any_series(self.definition) {
            true => printed_code(scene),
            false => None,
        };
        if let Some(code) = code {
            claim.entity = code;
            return true;
        }
        if matches!(fitting::subject(self.definition), "FED" | "US") {
            return true;
        }
        let named: Vec<&Mention> = scene.mentions.iter().filter(|m| is_market(m)).collect();
        let compares = fitting::compares(self.definition);
        let joints = if compares { COMPARED } else { AGAINST };
        let benchmark = named.iter().find(|m| is_behind(scene, m, joints)).map(|m| m.code);
        let mut subjects = named.iter().map(|m| m.code).filter(|code| Some(*code) != benchmark);
        let Some(subject) = subjects.next() else { return false };
        if subjects.any(|other| other != subject) {
            return false;
        }
        subject.clone_into(&mut claim.entity);
        claim.versus = benchmark.filter(|_| compares).map(str::to_owned);
        true
    }
}

fn is_market(m: &Mention) -> bool {
    matches!(m.class, Class::Index | Class::Listed | Class::Group) && m.code != "OTHER"
}

/// What stands before the name of a benchmark.
const AGAINST: &List = list!("against|versus|vs|than");

/// The same where a definition compares, and a benchmark is looked for.
const COMPARED: &List = list!("against|versus|vs|than|to|over|with|on|and|beat|toward|benchmark");

/// Whether a name stands behind one of some words.
fn is_behind(scene: &Scene, m: &Mention, words: &List) -> bool {
    let article = usize::from(scene.key(m.first.wrapping_sub(1)) == "the");
    any_of(scene.key(m.first.wrapping_sub(1 + article)), words)
}

/// The code of a series as it is printed: a word of five capitals or more.
fn printed_code(scene: &Scene) -> Option<String> {
    let is_code = |i: &usize| {
        let key = scene.key(*i);
        scene.tokens.is_all_capitals(*i) && key.len() >= 5 && key.is_ascii()
    };
    { scene.range.clone() }.find(is_code).map(|i| scene.key(i).to_ascii_uppercase())
}
