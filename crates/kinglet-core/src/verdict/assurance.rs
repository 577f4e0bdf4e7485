//! Whether a figure that is found wrong is wrong, rather than read otherwise than it is meant. An
//! accusation that is false costs more than one that is missed: each kind of finding is held up
//! only where it was the figure, and not the reading, in most of the cases that were counted over
//! articles no weight was fitted to (`docs/decisions.md`).

use super::cue;
use super::relation::{Relation, RelationKind};
use super::slots;
use super::trial::Trial;
use super::{Case, Judgement, Tag, Verdict};
use crate::article::Claim;
use crate::time::Period;

/// How likely the reading of a figure must be that is imprecise, that has the other sign, or that
/// contradicts another figure.
const EXPLAINED: f64 = 0.5;

/// By what share of itself a close of the evening may differ from the final one.
const UNSETTLED: f64 = 6e-6;

/// By what factor figures of one size differ at most.
const SIZE: f64 = 2.0;

/// How far figures stand from one another, in bytes, that are seen together.
const AROUND: usize = 250;

/// What speaks for a figure being wrong and not its reading: how much each sign adds to the
/// log-odds.
const SIGNS: [f64; 23] = [0.0; 23];

/// From which log-odds a figure is accused.
const ACCUSED: f64 = 0.0;

/// What was found about a figure, with what was found about the others.
struct Finding<'a> {
    claim: &'a Claim,
    judgement: &'a Judgement,
    case: Case<'a>,
    all: &'a [Judgement],
}

impl Finding<'_> {
    /// Whether a figure of the same time that stands so near is right, and is as told.
    fn beside(&self, reach: usize, is: impl Fn(&Claim) -> bool) -> bool {
        let own = self.claim;
        self.case.claims.iter().zip(self.all).any(|(claim, judgement)| {
            judgement.verdict == Verdict::Supported
                && claim.period == own.period
                && claim.span != own.span
                && claim.span.start.abs_diff(own.span.start) < reach
                && is(claim)
        })
    }

    /// Whether what the figure is read to say is rightly said elsewhere in the article: then it
    /// says something else. Counts, runs and steps of rates are said of few periods, and cases of a
    /// study have one horizon.
    fn is_said_rightly(&self) -> bool {
        let own = self.claim;
        let many = !matches!(own.period, Some(Period::Forward(_)))
            && (slots::is_price(own.metric)
                || matches!(own.metric, "annualized_return" | "return_spread" | "yield"));
        many && self.beside(usize::MAX, |c| {
            (c.metric, &c.entity, &c.versus) == (own.metric, &own.entity, &own.versus)
        })
    }

    /// Whether the figure is of the size and sign of what the data give.
    fn is_near(&self) -> bool {
        let near = |actual: f64| (1.0 / SIZE..=SIZE).contains(&(self.claim.value / actual));
        self.judgement.actual.is_none_or(near)
    }

    /// Whether the figure may be meant in a way that the series does not answer: a round level that
    /// is passed during the day, a close before it was final, a rate of inflation without food.
    fn is_meant_otherwise(&self) -> bool {
        let Finding { claim, judgement, case, .. } = self;
        let sentence = case.context.slice(claim.sentence);
        let round = claim.value % 100.0 == 0.0 && !claim.printed.text.contains('.');
        let actual = judgement.actual.unwrap_or(f64::INFINITY);
        let unsettled = (claim.value / actual - 1.0).abs() < UNSETTLED;
        match claim.metric {
            "level" => unsettled || round && cue::passed(sentence),
            "inflation" => cue::partial_inflation(sentence),
            _ => false,
        }
    }

    /// What speaks for or against the figure being wrong, in the order of `SIGNS`.
    fn signs(&self) -> [f64; SIGNS.len()] {
        let Finding { claim, judgement, case, all } = self;
        let is = |sign: bool| f64::from(u8::from(sign));
        let few = |n: usize, most: usize| n.min(most) as f64;
        let ratio = judgement.actual.map_or(0.0, |actual| claim.value / actual);
        let doubted = |tag: &Tag| is(judgement.doubt.as_ref().is_some_and(|(of, _)| of == tag));
        let others = || case.claims.iter().zip(*all).filter(|(other, _)| other.span != claim.span);
        let right = |of: &dyn Fn(&Claim) -> bool| {
            others().filter(|(other, j)| of(other) && j.verdict == Verdict::Supported).count()
        };
        let off = |of: &dyn Fn(&Claim) -> bool| {
            let wrong = |j: &Judgement| j.verdict.accuses() || j.verdict == Verdict::Imprecise;
            others().filter(|(other, j)| of(other) && wrong(j)).count()
        };
        let same = |other: &Claim| (&other.entity, other.period) == (&claim.entity, claim.period);
        let (right_all, off_all) = (right(&|_| true) as f64, off(&|_| true) as f64);
        let explained =
            !matches!(judgement.tag, Some(Tag::NoMatch | Tag::WrongBase | Tag::DigitSlip) | None);
        [
            1.0,
            logit(claim.likelihood),
            logit(claim.certainty),
            is(self.is_near()),
            is((0.8..=1.25).contains(&ratio)),
            is(ratio > 0.0),
            few(claim.other_entities.len(), 3),
            few(claim.other_periods.len(), 4),
            few(claim.unlikely_periods.len(), 4),
            is(Trial::new(claim, *case).is_row()),
            is(explained),
            is(self.is_said_rightly()),
            is(claim.metric == "return"),
            is(self.beside(AROUND, |_| true)),
            is(right(&same) > 0),
            is(off(&same) > 0),
            doubted(&Tag::EventUndefined),
            doubted(&Tag::PeriodOpen),
            doubted(&Tag::EntityUnknown),
            is(right(&|other| other.sentence == claim.sentence) > 0),
            is(matches!(claim.metric, "yield" | "policy_rate" | "inflation" | "unemployment")),
            right_all / (right_all + off_all + 1.0),
            is(matches!(claim.metric, "streak" | "record_count" | "rank")),
        ]
    }

    /// Whether the figure is read surely enough for what is found about it.
    fn holds(&self) -> bool {
        let Finding { claim, judgement, .. } = self;
        if judgement.verdict.accuses() && self.is_meant_otherwise() {
            return false;
        }
        if judgement.verdict == Verdict::Imprecise || judgement.tag == Some(Tag::Sign) {
            return judgement.doubt.is_none() && claim.likelihood >= EXPLAINED;
        }
        let odds: f64 = self.signs().iter().zip(SIGNS).map(|(sign, weight)| sign * weight).sum();
        odds >= ACCUSED
    }
}

/// The log-odds of a probability, within what a fit can tell.
fn logit(probability: f64) -> f64 {
    let p = probability.clamp(0.001, 0.999);
    libm::log(p / (1.0 - p))
}

/// What was read with doubt is held against nobody. What the likeliest reading cannot answer is not
/// held against it on another.
pub(super) fn spare_doubtful_readings(case: Case<'_>, judgements: &mut [Judgement]) {
    let all = &*judgements;
    let spared = |judgement: &Judgement| {
        let accuses = judgement.verdict.accuses() || judgement.verdict == Verdict::Imprecise;
        let claim = case.claims.get(judgement.claim).filter(|_| accuses)?;
        let likeliest = (!claim.other_periods.is_empty()).then(|| {
            let alone = Claim { other_periods: Vec::new(), ..claim.clone() };
            Trial::new(&alone, case).judge(judgement.claim)
        });
        if let Some(open) = likeliest.filter(|alone| alone.verdict == Verdict::Unverifiable) {
            return Some(open);
        }
        let holds = Finding { claim, judgement, case, all }.holds();
        (!holds).then(|| {
            let mut open = judgement.clone();
            let other = (Tag::PeriodOpen, "the words around the figure may be read in other ways");
            let (tag, reason) = open.doubt.take().unwrap_or(other);
            open.acquit(tag, reason);
            open
        })
    };
    let spared: Vec<Option<Judgement>> = all.iter().map(spared).collect();
    for (judgement, open) in judgements.iter_mut().zip(spared) {
        if let Some(open) = open {
            *judgement = open;
        }
    }
}

/// Whether the figures of a relation are read surely enough to be held against one another. A
/// distance is one whatever the days of the two levels beside it.
pub(super) fn is_sure(relation: &Relation, claims: &[Claim]) -> bool {
    let distance = relation.kind == RelationKind::Distance;
    let read = relation.claims.iter().take(if distance { 1 } else { usize::MAX });
    read.filter_map(|at| claims.get(*at)).all(|c| c.likelihood >= EXPLAINED)
}
