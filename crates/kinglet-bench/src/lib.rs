//! Articles for benchmarks: made up, about real closes, some of their figures wrong on purpose.
//! The same seed gives the same articles; what is true is worked out here from the embedded tables
//! alone, not by kinglet.

mod draft;
mod filler;
mod random;
mod world;

use draft::Draft;
use random::Random;
use serde_json::json;
use world::World;

/// How long an article is, in bytes, at least.
const LENGTH: usize = 4_000;

/// A generated article.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Article {
    /// Its number as text.
    pub id: String,
    /// The day of publication: `2025-09-03`.
    pub published: String,
    /// Its text.
    pub text: String,
    /// How many figures it prints about the market.
    pub figures: usize,
    /// How many of them are wrong.
    pub wrong: usize,
}

impl Article {
    /// As a line of a feed, with its line break.
    pub fn line(&self) -> String {
        let Article { id, published, text, figures, wrong } = self;
        let line = json!({
            "id": id, "published": published, "text": text, "figures": figures, "wrong": wrong,
        });
        format!("{line}\n")
    }
}

/// The articles of a seed, without end.
pub fn articles(seed: u64) -> impl Iterator<Item = Article> {
    let world = World::read();
    (0_u64..).map(move |number| article(&world, seed, number))
}

fn article(world: &World, seed: u64, number: u64) -> Article {
    let mut random = Random::new(seed, number);
    let (last, published) = world.publication(&mut random);
    let mut draft = Draft::new(world, random, last);
    while draft.text.len() < LENGTH {
        draft.paragraph();
    }
    let Draft { text, figures, wrong, .. } = draft;
    Article { id: number.to_string(), published, text, figures, wrong }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn articles_are_long_different_and_partly_wrong() {
        let some: Vec<Article> = articles(1).take(200).collect();
        let again: Vec<Article> = articles(1).take(200).collect();
        assert_eq!(some, again);
        let texts: BTreeSet<&str> = some.iter().map(|a| a.text.as_str()).collect();
        assert_eq!(texts.len(), some.len());
        assert!(some.iter().all(|a| (LENGTH..LENGTH + 700).contains(&a.text.len())));
        let figures: usize = some.iter().map(|a| a.figures).sum();
        let wrong: usize = some.iter().map(|a| a.wrong).sum();
        assert!(figures > 20 * some.len() && wrong * 5 > figures, "{wrong} of {figures}");
    }
}
