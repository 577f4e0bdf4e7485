//! Articles against each other: the same measure of the same thing for the same period, printed
//! with figures that cannot both round from one value.

use std::collections::BTreeMap;

use serde::Serialize;
use serde_json::Value;

use super::{Audit, ClaimRecord};

/// One slot with different figures.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct ContradictionRecord {
    /// The measure.
    pub metric: &'static str,
    /// What it is about.
    pub entity: String,
    /// The other side of a comparison.
    pub versus: Option<String>,
    /// The period.
    pub period: String,
    /// The unit.
    pub unit: &'static str,
    /// The figures and where they stand: the first place of each.
    pub places: Vec<PlaceRecord>,
}

/// Where a figure stands.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct PlaceRecord {
    /// The article, by its place in the list.
    pub article: usize,
    /// Its path.
    pub path: String,
    /// The claim, by its place in the article.
    pub claim: usize,
    /// The figure as printed.
    pub text: String,
    /// The figure in the unit.
    pub value: Value,
}

type Slot<'a> = (&'a str, &'a str, Option<&'a str>, &'a str, &'a str);

pub(super) fn contradictions(articles: &[Audit]) -> Vec<ContradictionRecord> {
    let mut slots: BTreeMap<Slot<'_>, Vec<(usize, usize, &ClaimRecord)>> = BTreeMap::new();
    for (article, audit) in articles.iter().enumerate() {
        for (index, claim) in audit.claims.iter().enumerate().filter(|(_, c)| is_comparable(c)) {
            let slot = (
                claim.metric,
                claim.entity.as_str(),
                claim.versus.as_deref(),
                claim.period.as_str(),
                claim.unit,
            );
            slots.entry(slot).or_default().push((article, index, claim));
        }
    }
    slots.into_values().filter_map(|places| contradiction(articles, &places)).collect()
}

/// Plain figures of a named thing and period, not forecasts, which may differ.
fn is_comparable(claim: &ClaimRecord) -> bool {
    claim.comparator == "eq"
        && matches!(claim.modality, "asserted" | "attributed")
        && claim.entity != "OTHER"
        && claim.metric != "other"
        && !claim.period.starts_with(['?', '+'])
        && claim.value.as_f64().is_some()
}

fn contradiction(
    articles: &[Audit],
    places: &[(usize, usize, &ClaimRecord)],
) -> Option<ContradictionRecord> {
    let mut kept: Vec<(usize, usize, &ClaimRecord)> = Vec::new();
    for place in places {
        if kept.iter().all(|k| differ(k.2, place.2)) {
            kept.push(*place);
        }
    }
    let several = kept.iter().any(|k| k.0 != kept[0].0);
    let (_, _, claim) = *kept.first()?;
    (kept.len() > 1 && several).then(|| ContradictionRecord {
        metric: claim.metric,
        entity: claim.entity.clone(),
        versus: claim.versus.clone(),
        period: claim.period.clone(),
        unit: claim.unit,
        places: kept
            .iter()
            .map(|(article, index, claim)| PlaceRecord {
                article: *article,
                path: articles[*article].article.path.clone(),
                claim: *index,
                text: claim.text.clone(),
                value: claim.value.clone(),
            })
            .collect(),
    })
}

/// Whether no value rounds to both figures.
fn differ(a: &ClaimRecord, b: &ClaimRecord) -> bool {
    let value = |c: &ClaimRecord| c.value.as_f64().unwrap_or_default();
    let halves = (step(&a.text) + step(&b.text)) / 2.0 * scale(a).max(scale(b));
    (value(a) - value(b)).abs() > halves + 1e-9
}

/// The printed digits of a token.
fn digits(text: &str) -> &str {
    let start = text.find(|c: char| c.is_ascii_digit()).unwrap_or(text.len());
    let tail = &text[start..];
    let width = tail.find(|c: char| !c.is_ascii_digit() && c != '.' && c != ',');
    tail[..width.unwrap_or(tail.len())].trim_end_matches(['.', ','])
}

/// The unit of the last printed digit.
fn step(text: &str) -> f64 {
    let decimals = digits(text).split_once('.').map_or(0, |(_, rest)| rest.len());
    (0..decimals).fold(1.0, |step, _| step / 10.0)
}

/// What one printed unit is worth: a billion for `$19.5B`.
fn scale(claim: &ClaimRecord) -> f64 {
    let printed: f64 = digits(&claim.text).replace(',', "").parse().unwrap_or(0.0);
    let value = claim.value.as_f64().unwrap_or_default().abs();
    if printed > 0.0 && value > 0.0 { value / printed } else { 1.0 }
}
