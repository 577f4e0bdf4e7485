//! Judgements of one article seen together: what one figure says about another.

use super::firmness::is_same_time;
use super::slots::{self, Slots};
use super::trial::Trial;
use super::{Case, Judgement, Tag, Verdict, cue};
use crate::article::{Claim, Comparator, Modality};
use crate::time::{Date, Grain, Period};

/// The day that a period is, if it is a single one.
pub(super) fn single_day(period: Period) -> Option<Date> {
    match period {
        Period::Calendar(p) | Period::At(p) if p.grain == Grain::Day => Some(p.first_day()),
        _ => None,
    }
}

/// What a level may move within an hour, as a share of itself.
const HOUR: f64 = 0.002;

/// Prices of the day of publication may have been taken before the close: they are judged only
/// where another figure of the article shows that its author had the close.
pub(super) fn spare_prices_of_the_day(case: Case<'_>, judgements: &mut [Judgement]) {
    let Case { claims, context, .. } = case;
    let open = cue::market_open(context.text);
    let up_to_today = |period| match period {
        Period::ToDate(_, day) => Some(day).filter(|_| open),
        period => single_day(period),
    };
    let of_today = |c: &Claim| {
        slots::moves_by_the_hour(c.metric)
            && c.period.and_then(up_to_today) == Some(context.published)
    };
    let had_close = !open
        && claims.iter().zip(judgements.iter()).any(|(claim, judgement)| {
            of_today(claim)
                && shows_the_close(claim, context.slice(claim.sentence))
                && judgement.verdict == Verdict::Supported
        });
    if had_close {
        return;
    }
    for (claim, judgement) in claims.iter().zip(judgements) {
        let trial = Trial::new(claim, case);
        let small = judgement.actual.is_some_and(|actual| trial.is_within_a_day(actual));
        // a digit is no slip where it may be that of another hour: of a level the last ones
        let near = judgement.actual.is_some_and(|actual| (claim.value / actual - 1.0).abs() < HOUR);
        let misprint = is_misprint(judgement) && !near && claim.metric == "level";
        // a level that is said to be the close is one
        let said = !open && claim.metric == "level" && cue::close(trial.clause());
        let misprint = misprint || said;
        let doubtful = (judgement.verdict.accuses() && !misprint)
            || (open && judgement.verdict == Verdict::Imprecise);
        if of_today(claim) && doubtful && small {
            judgement.acquit(
                Tag::IntradayMissing,
                "it may precede the close, and prices during the day are not in the data",
            );
        }
    }
}

/// Whether a right price is one of the close: its sentence says so, or it is printed so exactly
/// that no other hour of the day would have brought it; up 0.6% a market is all day.
fn shows_the_close(claim: &Claim, sentence: &str) -> bool {
    let step = match claim.metric {
        "level" => 1.0,
        "point_change" => 0.1,
        "return" => 0.01,
        _ => return false,
    };
    claim.printed.step <= step || cue::close(sentence)
}

/// The claims that the record confirms.
fn right<'c>(claims: &'c [Claim], judgements: &[Judgement]) -> Vec<&'c Claim> {
    let supported = { judgements.iter() }.filter(|j| j.verdict == Verdict::Supported);
    supported.filter_map(|judgement| claims.get(judgement.claim)).collect()
}

/// A figure whose period its sentence does not name is held to it only where something else shows
/// that the period is meant: the words before name it, or a figure nearby is right for it. Where
/// the same slot is rightly printed elsewhere, this figure is about something else.
pub(super) fn spare_open_periods(case: Case<'_>, judgements: &mut [Judgement]) {
    let Case { claims, .. } = case;
    const NEARBY: usize = 400;
    let right = right(claims, judgements);
    for (claim, judgement) in claims.iter().zip(judgements) {
        let wrong = judgement.verdict == Verdict::Contradicted && !is_misprint(judgement);
        let Some(period) = claim.period.filter(|_| wrong) else {
            continue;
        };
        let trial = Trial::new(claim, case);
        let named = |(text, at)| cue::distance(text, at, period).is_some();
        let counted = matches!(claim.unit, "count" | "days" | "months" | "years");
        let place = if trial.is_row() { trial.words_before() } else { trial.sentence_and_place() };
        // a projection is judged for a year that its sentence names
        let projected = claim.modality == Modality::Forecast;
        if projected || counted || !is_implied(period) || named(place) {
            continue;
        }
        let same = |c: &&&Claim| c.period == claim.period;
        let same_time = |c: &&&Claim| is_same_time(c.period, claim.period);
        let rival = right.iter().filter(same).any(|c| {
            (c.metric, &c.entity, &c.versus) == (claim.metric, &claim.entity, &claim.versus)
        });
        let near = |c: &&Claim| c.span.start.abs_diff(claim.span.start) <= NEARBY;
        let shown = right.iter().filter(same_time).any(near) || named(trial.words_before());
        if rival || !shown {
            judgement.acquit(Tag::PeriodOpen, "its sentence does not say of which period it is");
        }
    }
}

/// Whether a digit is wrong, which settles what is meant.
fn is_misprint(judgement: &Judgement) -> bool {
    judgement.tag == Some(Tag::DigitSlip)
}

/// Whether a period can be carried over from other sentences without being named.
fn is_implied(period: Period) -> bool {
    matches!(period, Period::Calendar(_) | Period::ToDate(..) | Period::At(_))
}

/// Figures that stand together are misdated together: where one of a sentence, or the same figure
/// elsewhere, is right for another period, a neighbour that nearly is belongs to it too.
pub(super) fn date(case: Case<'_>, judgements: &mut [Judgement]) {
    let Case { claims, context, .. } = case;
    let mut dated: Vec<(usize, Period)> = judgements
        .iter()
        .filter(|j| j.verdict == Verdict::Misdated)
        .filter_map(|j| match j.tag {
            Some(Tag::Period(period)) => Some((j.claim, period)),
            _ => None,
        })
        .collect();
    // The second round reaches repetitions of what the first one found.
    for _ in 0..2 {
        for (index, claim) in claims.iter().enumerate() {
            let Some(judgement) = judgements.get_mut(index) else { continue };
            if judgement.verdict != Verdict::Contradicted {
                continue;
            }
            let repeats = |c: &Claim| {
                (&c.entity, c.metric, c.value) == (&claim.entity, claim.metric, claim.value)
            };
            let together = dated.iter().find(|(i, _)| {
                let other = &claims[*i];
                other.period == claim.period
                    && (other.sentence == claim.sentence && other.metric == claim.metric
                        || repeats(other))
            });
            let Some(&(_, period)) = together else { continue };
            let trial = Trial::new(claim, case);
            let slots = Slots::of(claim, period, context.published);
            let Ok(found) = trial.find(&slots) else { continue };
            if (found.value - claim.value).abs() > 1.5 * claim.printed.step + 1e-9 {
                continue;
            }
            judgement.verdict = Verdict::Misdated;
            judgement.tag = Some(Tag::Period(period));
            judgement.reason = format!(
                "{}; {} is {}, as for the figures beside it",
                judgement.reason,
                found.query,
                trial.show(found.value)
            );
            dated.push((index, period));
        }
    }
}

/// A list of losses prints them without their sign: where many figures of a list are right but for
/// it, and none is with it, they are right. Where all others print theirs, one without is wrong.
pub(super) fn read_signs(case: Case<'_>, judgements: &mut [Judgement]) {
    const MANY: usize = 3;
    const LINE: usize = 100;
    let Case { claims, context, .. } = case;
    let unsigned = |j: &Judgement| j.verdict == Verdict::Imprecise && j.tag == Some(Tag::Sign);
    let line =
        |j: &Judgement| claims.get(j.claim).filter(|c| c.sentence.end - c.sentence.start < LINE);
    // lines of one list, with no words between them
    let listed = |a: &Judgement, b: &Judgement| {
        line(a).zip(line(b)).is_some_and(|(a, b)| {
            let between = context.text.get(a.sentence.end..b.sentence.start).unwrap_or_default();
            (a.metric, &a.entity) == (b.metric, &b.entity)
                && !between.contains(char::is_alphanumeric)
        })
    };
    let is_minus = |c: &Claim| c.printed.text.starts_with(['-', '\u{2212}', '(']);
    for list in judgements.chunk_by_mut(listed) {
        let right = list.iter().filter(|j| j.verdict == Verdict::Supported).filter_map(line);
        let (signed, bare): (Vec<&Claim>, Vec<&Claim>) = right.partition(|c| is_minus(c));
        let mut losses: Vec<Option<Period>> = Vec::new();
        for claim in list.iter().filter(|j| unsigned(j)).filter_map(line) {
            if !losses.contains(&claim.period) {
                losses.push(claim.period);
            }
        }
        let (signed, bare, losses) = (signed.len(), bare.len(), losses.len());
        for judgement in list.iter_mut().filter(|j| unsigned(j)) {
            if signed >= MANY && losses == 1 {
                judgement.verdict = Verdict::Contradicted;
                judgement.reason += "; the sign is wrong";
            } else if losses >= MANY && signed + bare == 0 {
                judgement.verdict = Verdict::Supported;
                (judgement.tag, judgement.suggestion) = (None, None);
                judgement.reason += "; the list prints losses without their sign";
            }
        }
    }
}

/// What somebody is said to have wanted is not what happened: a decision that the article reports
/// rightly elsewhere is not held against it.
pub(super) fn spare_wishes(claims: &[Claim], judgements: &mut [Judgement]) {
    let is_decision = |c: &Claim| matches!(c.metric, "rate_change" | "policy_rate");
    let rightly: Vec<(&str, &str)> = claims
        .iter()
        .zip(judgements.iter())
        .filter(|(c, j)| is_decision(c) && j.verdict == Verdict::Supported)
        .map(|(c, _)| (c.entity.as_str(), c.metric))
        .collect();
    for (claim, judgement) in claims.iter().zip(judgements) {
        let wish = claim.modality == Modality::Attributed && claim.comparator == Comparator::Equal;
        let known = rightly.contains(&(claim.entity.as_str(), claim.metric));
        if wish && known && judgement.verdict.accuses() {
            judgement.acquit(Tag::SourcePrivate, "it is what a named source wanted or expected");
        }
    }
}
