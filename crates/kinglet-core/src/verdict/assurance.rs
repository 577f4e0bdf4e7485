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

/// How likely the reading of a figure must be that another one, or a slip, explains, that a figure
/// beside it confirms, or that contradicts another figure.
const EXPLAINED: f64 = 0.5;
/// How likely the reading must be if nothing explains the figure, but it is of the size of what is
/// right; and how likely the readings that were tried must be together.
const UNEXPLAINED: f64 = 0.78;
const EXHAUSTED: f64 = 0.95;
/// How likely it must be for a figure of another size or sign: misread figures are, printed errors
/// seldom.
const REMOTE: f64 = 0.88;

/// How likely it must be if the same slot is rightly filled elsewhere in the article.
const CERTAIN: f64 = 0.9;

/// By what share of itself a close of the evening may differ from the final one.
const UNSETTLED: f64 = 6e-6;

/// By what factor figures of one size differ at most.
const SIZE: f64 = 2.0;

/// How far figures stand from one another, in bytes, that are seen together, and those that are
/// said in one breath.
const AROUND: usize = 250;
const BESIDE: usize = 120;

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

    /// Whether the figure is read surely enough for what is found about it.
    fn holds(&self) -> bool {
        let Finding { claim, judgement, case, .. } = self;
        let sure = |needed: f64| claim.likelihood >= needed;
        if judgement.verdict.accuses() && self.is_meant_otherwise() {
            return false;
        }
        if judgement.verdict == Verdict::Imprecise || judgement.tag == Some(Tag::Sign) {
            return sure(EXPLAINED);
        }
        if !sure(CERTAIN) && self.is_said_rightly() {
            return false;
        }
        if Trial::new(claim, *case).is_row() {
            // a row or column that is misread has all its figures wrong
            return self.is_near() && self.beside(AROUND, |c| c.metric == claim.metric);
        }
        match judgement.tag {
            Some(Tag::WrongBase) => sure(UNEXPLAINED),
            Some(Tag::NoMatch) if !self.is_near() => sure(REMOTE),
            Some(Tag::NoMatch) if !self.beside(BESIDE, |_| true) => {
                sure(UNEXPLAINED) || claim.certainty >= EXHAUSTED
            }
            _ => sure(EXPLAINED),
        }
    }
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
            open.acquit(Tag::PeriodOpen, "the words around the figure may be read in other ways");
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
