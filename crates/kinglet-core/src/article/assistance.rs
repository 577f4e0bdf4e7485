//! Figures that the rules leave open, and claims made of them with slots that somebody else, such
//! as a language model, proposes.
//!
//! A proposal only points: at a figure that was read here, at a measure of the vocabulary, at
//! entities that the article names, at words of the sentence that say when. The number, its sign,
//! hedge and mood and the period of those words are read by the same rules as everything else. A
//! proposal that does not stand as a whole is dropped as a whole.

use std::collections::BTreeSet;

use super::block::BlockKind;
use super::claim::{Claim, Modality};
use super::entity::OTHER;
use super::extract::{self, Context};
use super::mask::mask;
use super::metric::{self, Reading};
use super::moment::{Moments, Outlook, Remembered, is_state};
use super::number::{Measure, Quantity};
use super::parameter::is_parameter;
use super::period::Anchor;
use super::scene::{Passage, Scene};
use super::token::Tokens;
use super::{Article, Block};
use crate::diagnostic::Span;
use crate::time::Period;

/// A sentence with figures whose measure, entity or period the rules leave open.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Open {
    /// Where the sentence stands.
    pub sentence: Span,
    /// Where its paragraph stands.
    pub paragraph: Span,
    /// Where its open figures stand.
    pub figures: Vec<Span>,
}

/// What somebody proposes of one figure. Slots that the rules filled are not changed by it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Proposal {
    /// The figure, one of those of an [`Open`].
    pub figure: Span,
    /// The measure, a code of the vocabulary.
    pub metric: Option<String>,
    /// What it is about, the code of an entity that the article names.
    pub entity: Option<String>,
    /// The other side of a comparison, likewise.
    pub versus: Option<String>,
    /// The words of the sentence that say when.
    pub period: Option<Span>,
}

/// Measures that may be proposed, with the unit that a figure must have for them.
const MEASURES: &[(&str, &str)] = &[
    ("annualized_return", "percent"),
    ("dividend_yield", "percent"),
    ("eps_growth", "percent"),
    ("inflation", "percent"),
    ("level", "index_points"),
    ("pe_discount", "percent"),
    ("pe_forward", "ratio"),
    ("pe_trailing", "ratio"),
    ("point_change", "index_points"),
    ("price_to_book", "ratio"),
    ("ratio_to", "percent"),
    ("return", "percent"),
    ("return_spread", "percentage_points"),
    ("revenue_growth", "percent"),
    ("unemployment", "percent"),
    ("unprofitable_share", "percent"),
    ("volatility", "percent"),
    ("yield", "percent"),
];

/// The measures that may be proposed, each with the unit of its figures.
pub fn measures() -> &'static [(&'static str, &'static str)] {
    MEASURES
}

/// Measures that compare with another entity.
fn compares(metric: &str) -> bool {
    matches!(metric, "pe_discount" | "ratio_to" | "return_spread")
}

/// Measures whose figure has a sign.
fn is_signed(metric: &str) -> bool {
    metric.ends_with("return")
        || metric.ends_with("growth")
        || matches!(metric, "point_change" | "return_spread")
}

/// Whether a figure of this kind can be one in a unit: a bare number may be points or a ratio.
fn fits(measure: Measure, unit: &str) -> bool {
    match measure {
        Measure::Plain => matches!(unit, "index_points" | "ratio"),
        Measure::Duration(_) | Measure::Ordinal => false,
        _ => metric::unit_name(measure) == unit,
    }
}

/// The sentences with open figures, in order. Tables are read by their heads and not asked about.
pub fn open(text: &str, article: &Article) -> Vec<Open> {
    let mut all = Vec::new();
    scenes(text, article, |block, scene| {
        let figures: Vec<Span> =
            open_in(scene, article).map(|(q, _)| scene.tokens.span(q.first, q.end)).collect();
        if !figures.is_empty() {
            let sentence = scene.tokens.span(scene.range.start, scene.range.end);
            all.push(Open { sentence, paragraph: block.span, figures });
        }
    });
    all
}

/// The codes of the entities that the article names, in alphabetical order.
pub fn named(text: &str, article: &Article) -> Vec<&'static str> {
    let mut codes = BTreeSet::new();
    scenes(text, article, |_, scene| {
        codes.extend(scene.mentions.iter().map(|m| m.code).filter(|c| !c.is_empty()));
    });
    codes.remove(OTHER);
    codes.into_iter().collect()
}

/// The claims that follow from proposals, in the order of the text: each complete, each of a figure
/// that was open. Of two proposals for one figure the first that stands counts.
pub fn completed(text: &str, article: &Article, proposals: &[Proposal]) -> Vec<Claim> {
    let named = named(text, article);
    let mut claims = Vec::new();
    scenes(text, article, |_, scene| {
        let open: Vec<(Quantity, Option<Claim>)> =
            open_in(scene, article).map(|(q, claim)| (*q, claim.cloned())).collect();
        for (q, claim) in open {
            let span = scene.tokens.span(q.first, q.end);
            let mut pass = Completion { scene, article, named: &named, text };
            let offers = proposals.iter().filter(|p| p.figure == span);
            claims.extend(offers.filter_map(|p| pass.claim(&q, claim.as_ref(), p)).take(1));
        }
    });
    claims
}

/// Visits the sentences of the prose.
fn scenes(text: &str, article: &Article, mut visit: impl FnMut(&Block, &mut Scene)) {
    let clean = mask(text);
    let prose = |b: &&Block| !matches!(b.kind, BlockKind::Furniture | BlockKind::Row);
    for block in article.blocks.iter().filter(prose) {
        let Some(body) = clean.get(block.span.start..block.span.end) else { continue };
        let passage = Passage::new(Tokens::read(body, block.span.start));
        for range in &passage.sentences {
            visit(block, &mut passage.scene(range.clone(), anchor(article)));
        }
    }
}

fn anchor(article: &Article) -> Anchor {
    Anchor { published: article.published, session: article.session }
}

/// The open figures of a sentence, each with the claim that the rules made of it, if any.
fn open_in<'a>(
    scene: &'a Scene<'_>,
    article: &'a Article,
) -> impl Iterator<Item = (&'a Quantity, Option<&'a Claim>)> {
    scene.quantities.iter().filter_map(|q| {
        let span = scene.tokens.span(q.first, q.end);
        let next = article.claims.partition_point(|c| c.span.end <= span.start);
        match article.claims.get(next).filter(|c| c.span.start < span.end) {
            Some(claim) => (claim.span == span && is_open(claim)).then_some((q, Some(claim))),
            None => {
                let figure = !matches!(q.measure, Measure::Duration(_) | Measure::Ordinal);
                (figure && !is_parameter(scene, q)).then_some((q, None))
            }
        }
    })
}

/// Whether the rules leave a slot of a claim open that would decide on it.
fn is_open(claim: &Claim) -> bool {
    let judged = matches!(claim.modality, Modality::Asserted | Modality::Attributed);
    let unnamed = claim.metric == "other" && claim.definition.is_none();
    judged && (unnamed || claim.entity == OTHER || claim.period.is_none())
}

/// The making of a claim in one sentence.
struct Completion<'a, 'b> {
    scene: &'a mut Scene<'b>,
    article: &'a Article,
    named: &'a [&'static str],
    text: &'a str,
}

impl Completion<'_, '_> {
    /// The claim that a proposal makes of a figure; none where it does not stand.
    fn claim(&mut self, q: &Quantity, known: Option<&Claim>, offer: &Proposal) -> Option<Claim> {
        let read = known.filter(|c| c.metric != "other");
        let (metric, unit) = match read {
            Some(claim) => (claim.metric, claim.unit),
            None => {
                let asked = offer.metric.as_deref()?;
                *MEASURES.iter().find(|(m, unit)| *m == asked && fits(q.measure, unit))?
            }
        };
        let sign = is_signed(metric).then(|| metric::direction(self.scene, q)).flatten();
        let reading = Reading::new(metric, unit).signed(sign);
        let mut claim = match read {
            Some(claim) => claim.clone(),
            None => self.read(q, &reading)?,
        };
        let (entity, versus) = self.subjects(known, offer, metric)?;
        claim.entity = entity;
        claim.versus = versus;
        if known.is_none_or(|c| c.period.is_none()) || offer.period.is_some() {
            (claim.period, claim.other_periods) = self.period(q, &reading, offer)?;
        }
        let settled = known.and_then(|c| c.period);
        if let Some(period) = settled {
            claim.period = Some(period);
        }
        Some(claim)
    }

    /// The figure as the rules read it once its measure is known.
    fn read(&self, q: &Quantity, reading: &Reading) -> Option<Claim> {
        let anchor = anchor(self.article);
        let outlook = Outlook::new(anchor, self.article.parts.frame);
        let context = Context::new(anchor, &outlook);
        let mut claim = extract::claim(self.scene, &context, q, reading);
        claim.printed.text = self.text.get(claim.span.start..claim.span.end)?.to_owned();
        claim.basis = extract::basis(self.scene);
        Some(claim)
    }

    /// What the figure is of, and what it is compared with.
    fn subjects(
        &self,
        known: Option<&Claim>,
        offer: &Proposal,
        metric: &str,
    ) -> Option<(String, Option<String>)> {
        let named = |code: &&String| self.named.contains(&code.as_str());
        let settled = known.map(|c| &c.entity).filter(|e| *e != OTHER);
        let entity = settled.or(offer.entity.as_ref().filter(named))?;
        if offer.entity.as_ref().is_some_and(|offered| offered != entity) {
            return None;
        }
        if !compares(metric) {
            return Some((entity.clone(), known.and_then(|c| c.versus.clone())));
        }
        let settled = known.and_then(|c| c.versus.as_ref());
        let versus = settled.or(offer.versus.as_ref().filter(named))?;
        (versus != entity).then(|| (entity.clone(), Some(versus.clone())))
    }

    /// The period of the words that are pointed at; a state may go without, as of now.
    fn period(
        &mut self,
        q: &Quantity,
        reading: &Reading,
        offer: &Proposal,
    ) -> Option<(Option<Period>, Vec<Period>)> {
        let tokens = self.scene.tokens;
        let pointed = |span: Span| {
            offer.period.is_some_and(|words| words.start <= span.start && span.end <= words.end)
        };
        let all = self.scene.times.clone();
        self.scene.times.retain(|t| pointed(tokens.span(t.first, t.end)));
        let (anchor, remembered) = (anchor(self.article), Remembered::default());
        let outlook = Outlook::new(anchor, self.article.parts.frame);
        let moments = Moments { scene: self.scene, anchor, remembered, outlook: &outlook };
        let stands = match offer.period {
            Some(_) => moments.has_time(q, reading.metric),
            None => is_state(reading.metric),
        };
        let found = stands.then(|| moments.of(q, reading)).filter(|(best, _)| best.is_some());
        self.scene.times = all;
        found
    }
}
