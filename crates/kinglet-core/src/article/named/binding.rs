//! What a figure of a named definition is about: the names of its sentence, where these leave no
//! choice.

use super::super::claim::Claim;
use super::super::entity::{Class, Mention};
use super::super::scene::Scene;
use super::super::token::any_of;
use super::super::words::list;
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
        let benchmark = named.iter().find(|m| is_benchmark(scene, m)).map(|m| m.code);
        let benchmark = benchmark.filter(|_| fitting::compares(self.definition));
        let mut subjects = named.iter().map(|m| m.code).filter(|code| Some(*code) != benchmark);
        let Some(subject) = subjects.next() else { return false };
        if subjects.any(|other| other != subject) {
            return false;
        }
        subject.clone_into(&mut claim.entity);
        claim.versus = benchmark.map(str::to_owned);
        true
    }
}

fn is_market(m: &Mention) -> bool {
    matches!(m.class, Class::Index | Class::Listed | Class::Group) && m.code != "OTHER"
}

/// Whether a name is what something is measured against.
fn is_benchmark(scene: &Scene, m: &Mention) -> bool {
    let article = usize::from(scene.key(m.first.wrapping_sub(1)) == "the");
    let before = scene.key(m.first.wrapping_sub(1 + article));
    any_of(before, list!("against|versus|vs|to|over|with|than|on|and|beat|toward|benchmark"))
}

/// The code of a series as it is printed: a word of five capitals or more.
fn printed_code(scene: &Scene) -> Option<String> {
    let is_code = |i: &usize| {
        let key = scene.key(*i);
        scene.tokens.is_all_capitals(*i) && key.len() >= 5 && key.is_ascii()
    };
    { scene.range.clone() }.find(is_code).map(|i| scene.key(i).to_ascii_uppercase())
}
