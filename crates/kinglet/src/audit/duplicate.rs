//! What articles repeat: near-identical texts, and sentences with claims that stand in several.
//! They are one voice, not two.

use std::collections::{BTreeMap, BTreeSet};
use std::hash::{DefaultHasher, Hash, Hasher};

use serde::Serialize;

use super::Audit;

/// Something that stands in several articles.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct DuplicateRecord {
    /// `article` or `sentence`.
    pub kind: &'static str,
    /// In words.
    pub statement: String,
    /// The sentence; null for whole articles.
    pub quote: Option<String>,
    /// The articles, by their place in the list.
    pub articles: Vec<usize>,
    /// Their paths.
    pub paths: Vec<String>,
    /// How many claims are repetitions and are not counted twice.
    pub claims_repeated: usize,
}

/// Words of a run by which texts are compared.
const RUN: usize = 5;
/// Share of runs in common from which two texts are one.
const SAME_MIN: f64 = 0.5;
/// Words from which a sentence is not repeated by chance.
const WORDS_MIN: usize = 6;

/// What is repeated, and the claims in it by article and place.
pub(super) struct Duplicates {
    /// Near-identical articles first, then sentences that others have in common.
    pub(super) records: Vec<DuplicateRecord>,
    /// Every repetition, without the claim that it repeats.
    pub(super) claims: BTreeSet<(usize, usize)>,
}

pub(super) fn duplicates(articles: &[Audit], texts: &[&str]) -> Duplicates {
    let originals = originals(texts);
    let mut claims = BTreeSet::new();
    let mut records = Vec::new();
    for first in 0..articles.len() {
        let group: Vec<usize> = (0..articles.len()).filter(|&i| originals[i] == first).collect();
        if group.len() < 2 {
            continue;
        }
        let places = |&i: &usize| (0..articles[i].claims.len()).map(move |claim| (i, claim));
        let repeated: Vec<_> = group.iter().skip(1).flat_map(places).collect();
        let statement = format!("{} near-identical articles", group.len());
        records.push(record(articles, ("article", statement, None), group, repeated.len()));
        claims.extend(repeated);
    }
    for (record, repeated) in sentences(articles, &originals) {
        records.push(record);
        claims.extend(repeated);
    }
    Duplicates { records, claims }
}

fn record(
    articles: &[Audit],
    (kind, statement, quote): (&'static str, String, Option<String>),
    group: Vec<usize>,
    claims_repeated: usize,
) -> DuplicateRecord {
    let paths = group.iter().map(|&i| articles[i].article.path.clone()).collect();
    DuplicateRecord { kind, statement, quote, articles: group, paths, claims_repeated }
}

/// For each text the first one that it repeats; itself where there is none.
fn originals(texts: &[&str]) -> Vec<usize> {
    let runs: Vec<BTreeSet<u64>> = texts.iter().map(|text| runs(text)).collect();
    let mut originals: Vec<usize> = Vec::new();
    for (i, own) in runs.iter().enumerate() {
        let original = (0..i).find(|&j| originals[j] == j && alike(&runs[j], own));
        originals.push(original.unwrap_or(i));
    }
    originals
}

/// Jaccard's index of the runs of words (Broder 1997, On the resemblance and containment of
/// documents).
fn alike(a: &BTreeSet<u64>, b: &BTreeSet<u64>) -> bool {
    let (fewer, more) = (a.len().min(b.len()) as f64, a.len().max(b.len()) as f64);
    if fewer == 0.0 || fewer / more < SAME_MIN {
        return false;
    }
    let shared = a.intersection(b).count() as f64;
    shared / (a.len() as f64 + b.len() as f64 - shared) >= SAME_MIN
}

/// Hashes of the runs: they are compared among the texts of one call alone.
fn runs(text: &str) -> BTreeSet<u64> {
    let hash = |run: &[String]| {
        let mut hasher = DefaultHasher::new();
        run.hash(&mut hasher);
        hasher.finish()
    };
    words(text).windows(RUN).map(hash).collect()
}

/// The words of a text, lower case, numbers among them.
fn words(text: &str) -> Vec<String> {
    let parts = text.split(|c: char| !c.is_alphanumeric() && c != '.' && c != '%');
    parts.map(|w| w.trim_matches('.').to_lowercase()).filter(|w| !w.is_empty()).collect()
}

/// A sentence that is repeated, and its repetitions.
type Sentence = (DuplicateRecord, Vec<(usize, usize)>);

/// Sentences with claims that stand in several articles, near-identical ones left out.
fn sentences(articles: &[Audit], originals: &[usize]) -> Vec<Sentence> {
    let mut places: BTreeMap<Vec<String>, Vec<(usize, usize)>> = BTreeMap::new();
    let own = |(i, _): &(usize, &Audit)| originals[*i] == *i;
    for (article, audit) in articles.iter().enumerate().filter(own) {
        for (index, claim) in audit.claims.iter().enumerate() {
            places.entry(words(&claim.quote)).or_default().push((article, index));
        }
    }
    let mut found: Vec<Sentence> = Vec::new();
    for (_, claims) in places.into_iter().filter(|(words, _)| words.len() >= WORDS_MIN) {
        let group: BTreeSet<usize> = claims.iter().map(|(article, _)| *article).collect();
        let Some(&(first, index)) = claims.first().filter(|_| group.len() > 1) else { continue };
        let words = articles[first].claims[index].quote.split_whitespace();
        let quote = words.collect::<Vec<_>>().join(" ");
        let statement = format!("\"{quote}\"");
        let repeated: Vec<_> =
            claims.into_iter().filter(|(article, _)| *article != first).collect();
        let group = group.into_iter().collect();
        let whole = ("sentence", statement, Some(quote));
        found.push((record(articles, whole, group, repeated.len()), repeated));
    }
    found.sort_by_key(|(record, _)| record.articles.clone());
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_that_repeat_others() {
        let a = "The Russell 2000 rose 7.0% in August 2025, its best month of the year so far.";
        let b = "The Russell 2000 rose 7.0% in August 2025, its best month of the year so far!";
        let c = "Small caps fell on Friday as yields rose and investors turned to large firms.";
        assert_eq!(originals(&[a, c, b, c]), [0, 1, 0, 1]);
        assert_eq!(originals(&["", "", "7%"]), [0, 1, 2]);
    }
}
