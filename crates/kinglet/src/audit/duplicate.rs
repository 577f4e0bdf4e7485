//! What articles repeat: near-identical texts, and sentences with claims that stand in several.
//! They are one voice, not two.

use std::collections::{BTreeMap, BTreeSet};

use serde::Serialize;

use super::{Audit, ClaimRecord};

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

/// Near-identical articles first, then sentences that other articles have in common.
pub(super) fn duplicates(articles: &[Audit], texts: &[&str]) -> Vec<DuplicateRecord> {
    let originals = originals(texts);
    let whole = (0..articles.len()).filter_map(|first| {
        let group: Vec<usize> = (0..articles.len()).filter(|&i| originals[i] == first).collect();
        (group.len() > 1).then(|| {
            let repeated = group.iter().skip(1).map(|&i| articles[i].claims.len()).sum();
            let statement = format!("{} near-identical articles", group.len());
            record(articles, ("article", statement, None), group, repeated)
        })
    });
    whole.chain(sentences(articles, &originals)).collect()
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
    let runs: Vec<BTreeSet<Vec<String>>> = texts.iter().map(|text| runs(text)).collect();
    let mut originals: Vec<usize> = Vec::new();
    for (i, own) in runs.iter().enumerate() {
        let original = (0..i).find(|&j| originals[j] == j && alike(&runs[j], own));
        originals.push(original.unwrap_or(i));
    }
    originals
}

/// Jaccard's index of the runs of words (Broder 1997, On the resemblance and containment of
/// documents).
fn alike(a: &BTreeSet<Vec<String>>, b: &BTreeSet<Vec<String>>) -> bool {
    let (fewer, more) = (a.len().min(b.len()) as f64, a.len().max(b.len()) as f64);
    if fewer == 0.0 || fewer / more < SAME_MIN {
        return false;
    }
    let shared = a.intersection(b).count() as f64;
    shared / (a.len() as f64 + b.len() as f64 - shared) >= SAME_MIN
}

fn runs(text: &str) -> BTreeSet<Vec<String>> {
    words(text).windows(RUN).map(<[String]>::to_vec).collect()
}

/// The words of a text, lower case, numbers among them.
fn words(text: &str) -> Vec<String> {
    let parts = text.split(|c: char| !c.is_alphanumeric() && c != '.' && c != '%');
    parts.map(|w| w.trim_matches('.').to_lowercase()).filter(|w| !w.is_empty()).collect()
}

/// Sentences with claims that stand in several articles, near-identical ones left out.
fn sentences(articles: &[Audit], originals: &[usize]) -> Vec<DuplicateRecord> {
    let mut places: BTreeMap<Vec<String>, Vec<(usize, &ClaimRecord)>> = BTreeMap::new();
    let own = |(i, _): &(usize, &Audit)| originals[*i] == *i;
    for (article, audit) in articles.iter().enumerate().filter(own) {
        for claim in &audit.claims {
            places.entry(words(&claim.quote)).or_default().push((article, claim));
        }
    }
    let mut found: Vec<DuplicateRecord> = Vec::new();
    for (_, claims) in places.iter().filter(|(words, _)| words.len() >= WORDS_MIN) {
        let group: BTreeSet<usize> = claims.iter().map(|(article, _)| *article).collect();
        let (Some(&first), true) = (group.first(), group.len() > 1) else { continue };
        let Some((_, claim)) = claims.first() else { continue };
        let repeated = claims.iter().filter(|(article, _)| *article != first).count();
        let quote = claim.quote.split_whitespace().collect::<Vec<_>>().join(" ");
        let statement = format!("\"{quote}\"");
        let group = group.into_iter().collect();
        found.push(record(articles, ("sentence", statement, Some(quote)), group, repeated));
    }
    found.sort_by_key(|d| d.articles.clone());
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
