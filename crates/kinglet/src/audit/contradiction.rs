//! Articles against each other: one fact, printed with figures that cannot all be true of it.
//!
//! Figures of the same measure, thing, period and unit contradict each other where no value rounds
//! to both (`slot`). Others are stated on different terms: how much cheaper small companies are
//! than large ones is said as a discount, as a ratio, against this index or that, on one day or
//! another. Such figures are laid side by side, with their terms (`topic`).

use std::collections::BTreeMap;

use kinglet_core::identity::Entity;
use serde::Serialize;
use serde_json::Value;

use super::{Audit, ClaimRecord};
use crate::wire::number;

/// One fact with different figures.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct ContradictionRecord {
    /// the fact in question, in words.
    pub fact: String,
    /// `slot` where at most one figure can be right, `topic` where their terms differ.
    pub kind: &'static str,
    /// The measure; of a topic that of its first figure.
    pub metric: &'static str,
    /// What it is about; of a topic that of its first figure.
    pub entity: String,
    /// The other side of a comparison; of a topic that of its first figure.
    pub versus: Option<String>,
    /// The period; `?` where it differs.
    pub period: String,
    /// How many figures differ.
    pub figures: usize,
    /// The unit of `figure`.
    pub unit: &'static str,
    /// The figures and where they stand: each figure once for each article.
    pub places: Vec<PlaceRecord>,
}

impl ContradictionRecord {
    /// What a reader is to make of it.
    pub fn remedy(&self) -> &'static str {
        match (self.kind, self.metric) {
            ("topic", "pe_discount" | "ratio_to" | "fair_value_discount") => {
                "each may be right on its own terms: print below what, by which measure and \
                 as of when"
            }
            ("topic", _) => "each may be right: print whose figure it is, and as of when",
            _ => "at most one of them is right",
        }
    }
}

/// Where a figure stands, and on what terms.
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
    /// The figure in the claim's unit.
    pub value: Value,
    /// The figure as it compares: the discount of 27 that a ratio of 73% is.
    pub figure: Value,
    /// The measure.
    pub metric: &'static str,
    /// What it is about.
    pub entity: String,
    /// The other side of a comparison.
    pub versus: Option<String>,
    /// The period.
    pub period: String,
}

impl PlaceRecord {
    /// The figure as it compares: `27%` for a ratio of 73%.
    pub fn compared(&self) -> String {
        if self.figure == self.value { self.text.clone() } else { format!("{}%", self.figure) }
    }

    /// The terms of the figure in words: `Russell 2000 below S&P 500, by price-earnings ratio`.
    pub fn terms(&self) -> String {
        let name = |code: &str| match Entity::new(code).known() {
            Some(known) => known.name.to_owned(),
            None => code.to_owned(),
        };
        let of = name(&self.entity);
        let versus = self.versus.as_deref().map_or("large companies".to_owned(), name);
        match self.metric {
            "pe_discount" => format!("{of} below {versus}, by P/E"),
            "ratio_to" => format!("{of} at {} of {versus}", self.text),
            "fair_value_discount" => format!("{of} below fair value"),
            "pe_forward" => format!("{of}, on expected earnings"),
            "pe_trailing" => format!("{of}, on past earnings"),
            metric => format!("{} of {of}", metric.replace('_', " ")),
        }
    }

    /// The day or stretch of the figure, as people write it.
    pub fn when(&self) -> &str {
        self.period.strip_prefix('@').unwrap_or(&self.period)
    }
}

/// A claim with the place of its article and its own.
#[derive(Clone, Copy)]
struct Placed<'a> {
    article: usize,
    claim: usize,
    record: &'a ClaimRecord,
    figure: f64,
}

type Slot<'a> = (&'a str, &'a str, Option<&'a str>, &'a str, &'a str);

pub(super) fn contradictions(articles: &[Audit]) -> Vec<ContradictionRecord> {
    let mut slots: BTreeMap<Slot<'_>, Vec<Placed<'_>>> = BTreeMap::new();
    let mut topics: BTreeMap<Topic, Vec<Placed<'_>>> = BTreeMap::new();
    for placed in placed(articles) {
        let c = placed.record;
        if let Some((topic, figure)) = topic(c, placed.figure) {
            topics.entry(topic).or_default().push(Placed { figure, ..placed });
        } else if !c.period.starts_with(['?', '+']) {
            let versus = c.versus.as_deref();
            let slot = (
                c.definition.unwrap_or(c.metric),
                c.entity.as_str(),
                versus,
                c.period.as_str(),
                c.unit,
            );
            slots.entry(slot).or_default().push(placed);
        }
    }
    let topics = topics
        .into_iter()
        .filter_map(|(topic, places)| contradiction(articles, &places, Some(topic)));
    let slots = slots.into_values().filter_map(|places| contradiction(articles, &places, None));
    topics.chain(slots).collect()
}

/// Plain figures of a named thing, not forecasts, which may differ.
fn placed(articles: &[Audit]) -> impl Iterator<Item = Placed<'_>> {
    articles.iter().enumerate().flat_map(|(article, audit)| {
        audit.claims.iter().enumerate().filter_map(move |(claim, record)| {
            let plain = record.comparator == "eq"
                && !record.assisted
                && matches!(record.modality, "asserted" | "attributed")
                && record.entity != "OTHER"
                && record.metric != "other";
            let figure = record.value.as_f64().filter(|_| plain)?;
            Some(Placed { article, claim, record, figure })
        })
    })
}

/// A topic that articles answer on different terms.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Topic {
    /// How far small companies are priced below large ones, or below what they are worth.
    SmallDiscount,
    /// The price of the earnings of small companies that are expected.
    SmallForward,
    /// The price of their past earnings.
    SmallTrailing,
    /// The price of the earnings of large companies that are expected.
    LargeForward,
    /// The price of their past earnings.
    LargeTrailing,
}

impl Topic {
    fn text(self) -> &'static str {
        match self {
            Topic::SmallDiscount => "the discount at which small companies are valued",
            Topic::SmallForward => "the forward price-earnings ratio of small companies",
            Topic::SmallTrailing => "the trailing price-earnings ratio of small companies",
            Topic::LargeForward => "the forward price-earnings ratio of large companies",
            Topic::LargeTrailing => "the trailing price-earnings ratio of large companies",
        }
    }
}

/// The topic that a valuation answers, with its figure as it compares to other answers.
fn topic(claim: &ClaimRecord, value: f64) -> Option<(Topic, f64)> {
    let small = |entity: &str| ["RUT", "SML", "US_SMALL"].contains(&entity);
    let large = |entity: &str| ["SPX", "RUI", "US_LARGE"].contains(&entity);
    let (is_small, is_large) = (small(&claim.entity), large(&claim.entity));
    let to_large = claim.versus.as_deref().is_none_or(large);
    match claim.metric {
        "pe_discount" if is_small && to_large => Some((Topic::SmallDiscount, value)),
        "fair_value_discount" if is_small => Some((Topic::SmallDiscount, value)),
        "ratio_to" if is_small && to_large && claim.versus.is_some() && claim.unit == "percent" => {
            Some((Topic::SmallDiscount, 100.0 - value))
        }
        "pe_forward" if is_small => Some((Topic::SmallForward, value)),
        "pe_trailing" if is_small => Some((Topic::SmallTrailing, value)),
        "pe_forward" if is_large => Some((Topic::LargeForward, value)),
        "pe_trailing" if is_large => Some((Topic::LargeTrailing, value)),
        _ => None,
    }
}

fn contradiction(
    articles: &[Audit],
    places: &[Placed<'_>],
    topic: Option<Topic>,
) -> Option<ContradictionRecord> {
    let mut kept: Vec<Placed<'_>> = Vec::new();
    for &place in places {
        let known = |k: &Placed<'_>| k.article == place.article && !differ(*k, place, topic);
        if !kept.iter().any(known) {
            kept.push(place);
        }
    }
    // Within one article the figures are held together by its own relations.
    let disagree =
        |a: &Placed<'_>| kept.iter().any(|b| a.article != b.article && differ(*a, *b, topic));
    if !kept.iter().any(disagree) {
        return None;
    }
    let mut figures: Vec<Placed<'_>> = Vec::new();
    for place in &kept {
        if figures.iter().all(|figure| differ(*figure, *place, topic)) {
            figures.push(*place);
        }
    }
    let first = kept.first()?.record;
    let same_period = kept.iter().all(|k| k.record.period == first.period);
    Some(ContradictionRecord {
        fact: match topic {
            Some(topic) => topic.text().to_owned(),
            None => format!("{}, {}", first.subject(), first.period),
        },
        kind: if topic.is_some() { "topic" } else { "slot" },
        metric: first.metric,
        entity: first.entity.clone(),
        versus: first.versus.clone(),
        period: if same_period { first.period.clone() } else { "?".to_owned() },
        figures: figures.len(),
        unit: first.unit,
        places: kept.iter().map(|place| record(articles, *place)).collect(),
    })
}

fn record(articles: &[Audit], placed: Placed<'_>) -> PlaceRecord {
    let claim = placed.record;
    PlaceRecord {
        article: placed.article,
        path: articles[placed.article].article.path.clone(),
        claim: placed.claim,
        text: claim.text.clone(),
        value: claim.value.clone(),
        figure: number(placed.figure),
        metric: claim.metric,
        entity: claim.entity.clone(),
        versus: claim.versus.clone(),
        period: claim.period.clone(),
    }
}

/// Whether no value rounds to both figures; on different terms, where each may be right, whether
/// the finer one does not round to the coarser.
fn differ(a: Placed<'_>, b: Placed<'_>, topic: Option<Topic>) -> bool {
    let step = |p: Placed<'_>| step(&p.record.text) * scale(p.record);
    let allowed = match topic {
        Some(_) => step(a).max(step(b)) / 2.0,
        None => (step(a) + step(b)) / 2.0,
    };
    (a.figure - b.figure).abs() > allowed + 1e-9
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
