//! Whether a figure that is found wrong is wrong, rather than read otherwise than it is meant. An
//! accusation that is false costs more than one that is missed: how much each sign tells was fitted
//! to the findings against figures of real pages (logistic regression with a quadratic penalty;
//! `docs/decisions.md`).

use super::cue;
use super::firmness::is_same_time;
use super::relation::{Relation, RelationKind};
use super::slots;
use super::trial::Trial;
use super::{Case, Judgement, Tag, Verdict};
use crate::article::{Claim, Comparator};
use crate::time::Period;

/// How likely the reading of a figure must be that has the other sign, or that contradicts another
/// figure.
const EXPLAINED: f64 = 0.5;

/// The same of one that is imprecise: a reading under which a figure is nearly right is mostly the
/// one that is meant.
const NEARLY: f64 = 0.25;

/// By what share of itself a close of the evening may differ from the final one.
const UNSETTLED: f64 = 6e-6;

/// How far figures stand from one another, in bytes, that are seen together.
const AROUND: usize = 250;

/// From which log-odds that the figure is wrong, and not its reading, it is accused: nine of ten
/// such accusations are right.
const ACCUSED: f64 = 1.1;

/// How likely the readings that were tried must be together for a figure to be accused whatever
/// its size: in prose, where no word speaks of something else.
const CERTAIN: f64 = 0.98;

/// From which log-odds such a figure is accused, and a price whose measure the words name in full:
/// as likely as not.
const LIKELY: f64 = 0.0;

/// Of how many digits one that differs is no accident.
const DIGITS: usize = 4;

/// How likely the reading of a figure of a study must be, unless its sentence tells rightly of how
/// many cases it is.
const STUDIED: f64 = 0.8;

/// What the log-odds begin with, before any sign.
const BASE: f64 = -1.41;
/// For each unit of the log-odds of all readings that were tried.
const READ: f64 = 0.25;
/// If the figure has the sign of what is right, and if it is nearly of its size.
const SIGN: f64 = 1.03;
const SIZE: f64 = 0.97;
/// If another reading explains the figure: another period, index or unit.
const EXPLAINS: f64 = 0.66;
/// If it is the return of a price.
const RETURN: f64 = 1.24;
/// If a figure of the same time that stands near is right.
const BESIDE: f64 = 0.34;
/// If another figure of the same index and time is found wrong, too: then it is the reading.
const ALIKE: f64 = -0.78;
/// If what it is read to say is rightly said elsewhere in the article: then it says something else.
const TAKEN: f64 = -1.01;
/// If it stands in a row of a table, whose head may be misread.
const ROW: f64 = -1.27;
/// If the words speak of something else, too.
const DOUBT: f64 = -1.45;
/// For each other index that it may be about, up to three.
const OTHER: f64 = -0.64;
const OTHERS: usize = 3;

/// What was found about a figure, with what was found about the others.
struct Finding<'a> {
    claim: &'a Claim,
    judgement: &'a Judgement,
    case: Case<'a>,
    all: &'a [Judgement],
}

impl Finding<'_> {
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

    /// The log-odds that the figure is wrong and not its reading.
    fn odds(&self) -> f64 {
        let Finding { claim, judgement, case, all } = self;
        let ratio = judgement.actual.map_or(0.0, |actual| claim.value / actual);
        let tag = judgement.tag.as_ref();
        let explained =
            tag.is_some_and(|tag| !matches!(tag, Tag::NoMatch | Tag::WrongBase | Tag::DigitSlip));
        let any = |is: &dyn Fn(&Claim, &Judgement) -> bool| {
            let mut others = case.claims.iter().zip(*all);
            others.any(|(other, found)| other.span != claim.span && is(other, found))
        };
        // a close and the move to it
        let priced = |other: &Claim| {
            slots::is_price(claim.metric)
                && slots::is_price(other.metric)
                && is_same_time(other.period, claim.period)
        };
        let beside = any(&|other, found| {
            found.verdict == Verdict::Supported
                && (other.period == claim.period || priced(other))
                && other.span.start.abs_diff(claim.span.start) < AROUND
        });
        // both ends of a range are wrong together
        let ends = [Comparator::RangeLow, Comparator::RangeHigh];
        let alike = any(&|other, found| {
            (&other.entity, other.period) == (&claim.entity, claim.period)
                && (found.verdict.accuses() || found.verdict == Verdict::Imprecise)
                && !(ends.contains(&claim.comparator) && ends.contains(&other.comparator))
        });
        // counts, runs and steps of rates are said of few periods, cases have one horizon
        let many = !matches!(claim.period, Some(Period::Forward(_)))
            && (slots::is_price(claim.metric)
                || matches!(claim.metric, "annualized_return" | "return_spread" | "yield"));
        let taken = many
            && any(&|other, found| {
                found.verdict == Verdict::Supported
                    && (other.metric, other.period) == (claim.metric, claim.period)
                    && (&other.entity, &other.versus) == (&claim.entity, &claim.versus)
            });
        let signs = [
            (ratio > 0.0, SIGN),
            ((0.8..=1.25).contains(&ratio), SIZE),
            (explained, EXPLAINS),
            (claim.metric == "return", RETURN),
            (beside, BESIDE),
            (alike, ALIKE),
            (taken, TAKEN),
            (Trial::new(claim, *case).is_row(), ROW),
            (judgement.doubt.is_some(), DOUBT),
        ];
        let told: f64 = signs.iter().filter(|(is, _)| *is).map(|(_, weight)| weight).sum();
        let others = claim.other_entities.len().min(OTHERS) as f64;
        BASE + READ * logit(claim.certainty) + told + OTHER * others
    }

    /// Whether the figure is read surely enough for what is found about it.
    fn holds(&self) -> bool {
        let Finding { claim, judgement, case, all } = self;
        if judgement.verdict.accuses() && self.is_meant_otherwise() {
            return false;
        }
        if judgement.verdict == Verdict::Imprecise {
            return judgement.doubt.is_none() && claim.likelihood >= NEARLY;
        }
        if judgement.tag == Some(Tag::Sign) {
            return judgement.doubt.is_none() && claim.likelihood >= EXPLAINED;
        }
        let trial = Trial::new(claim, *case);
        let told = judgement.doubt.is_none() && !trial.is_row() && !trial.is_run_without_end();
        // a count that is one off, a digit of many
        let digits = claim.printed.text.bytes().filter(u8::is_ascii_digit).count();
        let slip = judgement.tag == Some(Tag::DigitSlip) && digits >= DIGITS;
        let only = claim.definition.is_some() && !slots::is_price(claim.metric);
        if told && (slip || only || judgement.tag == Some(Tag::OffByOne)) {
            return claim.likelihood >= EXPLAINED;
        }
        if let Some(Tag::Period(other)) = judgement.tag
            && told
            && trial.dated_in_words().is_some_and(|dated| dated.rules_out(other))
        {
            return true;
        }
        let odds = self.odds();
        // a measure that the words name in full
        let named = claim.definition.is_some() && claim.likelihood >= EXPLAINED;
        // a study of which another figure is right, or that no earlier case could mend
        let mates =
            case.claims.iter().zip(*all).filter(|(other, _)| other.sentence == claim.sentence);
        let whole = mates
            .filter(|(_, found)| found.verdict == Verdict::Supported)
            .any(|(other, _)| (other.metric, other.period) == ("event_count", claim.period));
        let likely = if whole { EXPLAINED } else { STUDIED };
        let study = claim.metric.starts_with("event_") && claim.likelihood >= likely
            || claim.likelihood >= EXPLAINED && trial.after_one_of_days().is_some();
        let sure = (named || claim.certainty >= CERTAIN) && odds >= LIKELY;
        told && (sure || study) || odds >= ACCUSED
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
