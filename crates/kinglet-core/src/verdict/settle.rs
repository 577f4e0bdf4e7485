//! In which of its readings a figure is meant, as far as the record tells: most figures are right,
//! so that of several things that its words may say the one that is true is the likeliest.

use super::study::is_of_study;
use super::together::single_day;
use super::trial::Trial;
use super::{Case, TOGETHER};
use std::collections::BTreeMap;

use crate::article::{self, Claim, Known};
use crate::time::{Date, Period};

/// How many readings of a figure are held against the record.
const TRIED: usize = 48;

/// How probable it may be that a figure is right by chance in one of its readings, if others are to
/// be read with it.
const CHANCE: f64 = 0.2;

/// The claims in the readings that the record settles. Where it shows that a figure is meant
/// otherwise than it was read first, the article is read again with that, for what others take over
/// from it. A figure that is right in none of its readings goes with the nearest one of its
/// sentence that was first read alike.
pub(super) fn settled(case: Case<'_>) -> Vec<Claim> {
    let mut claims = case.claims.to_vec();
    let mut right: Vec<Option<Claim>> = (0..claims.len()).map(|at| rightly(at, case)).collect();
    for (at, claim) in read_again(case, &right) {
        claims[at] = claim;
        right[at] = rightly(at, Case { claims: &claims, ..case });
    }
    let follow = |index: usize| {
        let claim = &claims[index];
        let alike = |other: &usize| {
            let before = &claims[*other];
            before.sentence == claim.sentence && before.period == claim.period
        };
        let beside = (0..right.len()).filter(|other| right[*other].is_some()).filter(alike);
        let nearest = beside.min_by_key(|other| other.abs_diff(index))?;
        let period = right[nearest].as_ref()?.period?;
        let mut all = claim.other_periods.iter().chain(&claim.unlikely_periods);
        all.any(|other| *other == period).then(|| claim.clone().of_period(period))
    };
    (0..right.len())
        .map(|index| {
            let found = right[index].clone().or_else(|| follow(index));
            found.unwrap_or_else(|| claims[index].clone())
        })
        .collect()
}

/// The claims that are right in none of their readings, as they are read once it is known what
/// others are about, with their places.
fn read_again(case: Case<'_>, right: &[Option<Claim>]) -> Vec<(usize, Claim)> {
    let Case { claims, context, .. } = case;
    let Some(read) = context.read.filter(|_| claims.len() < TOGETHER) else { return Vec::new() };
    let known = known(case, right);
    let session = session(case, right, &known);
    let open = || (0..claims.len()).filter(|at| right[*at].is_none());
    let Some(last) = open().map(|at| claims[at].span.start).max() else { return Vec::new() };
    if known.is_empty() && session.is_none() {
        return Vec::new();
    }
    let again = article::read_again(context.text, read, session, (&known, last));
    let same = |at: usize| {
        let claim = &claims[at];
        let found = again.binary_search_by_key(&claim.span.start, |other| other.span.start).ok()?;
        let other = again.get(found)?;
        let alike = (other.span, other.metric) == (claim.span, claim.metric);
        (alike && other != claim).then(|| (at, other.clone()))
    };
    open().filter_map(same).collect()
}

/// The session on which an article reports, if more figures are right for it than for the one for
/// which most of its daily figures were read first, and one of them hardly by chance.
fn session(case: Case<'_>, right: &[Option<Claim>], known: &[Known]) -> Option<Date> {
    const DAYS: i32 = 6;
    let mut read: BTreeMap<Date, usize> = BTreeMap::new();
    let mut meant: BTreeMap<Date, (usize, usize)> = BTreeMap::new();
    for (claim, right) in case.claims.iter().zip(right) {
        let Some(first) = claim.period.and_then(single_day) else { continue };
        if (case.context.published - first).get_days() > DAYS {
            continue;
        }
        *read.entry(first).or_default() += 1;
        if let Some(day) = right.as_ref().and_then(|right| right.period).and_then(single_day) {
            let (all, moved) = meant.entry(day).or_default();
            *all += 1;
            *moved += usize::from(known.iter().any(|k| k.span == claim.span));
        }
    }
    let (reported, _) = read.into_iter().max_by_key(|(_, figures)| *figures)?;
    let stayed = meant.get(&reported).map_or(0, |(all, _)| *all);
    let (day, (all, moved)) = meant.into_iter().max_by_key(|(_, (all, _))| *all)?;
    let near = (0..=DAYS).contains(&(case.context.published - day).get_days());
    (near && day != reported && moved > 0 && all > stayed).then_some(day)
}

/// What the record tells of figures that were read otherwise first, as far as it is unlikely that
/// they are right by chance for one of the readings tried.
fn known(case: Case<'_>, right: &[Option<Claim>]) -> Vec<Known> {
    let told = |(claim, right): (&Claim, &Option<Claim>)| {
        let right = right.as_ref()?;
        let period = right.period?;
        if claim.entity == right.entity && claim.period == right.period {
            return None;
        }
        let trial = Trial::new(claim, case);
        let periods = claim.period.iter().chain(&claim.other_periods);
        let chance: f64 = periods.map(|period| trial.chance(*period)).sum();
        let entities = (claim.other_entities.len() + 1) as f64;
        let entity = right.entity.clone();
        (chance * entities < CHANCE).then_some(Known { span: claim.span, entity, period })
    };
    case.claims.iter().zip(right).filter_map(told).collect()
}

/// The claim in the likeliest of its readings in which it is right.
fn rightly(index: usize, case: Case<'_>) -> Option<Claim> {
    let claim = &case.claims[index];
    let entities = claim.other_entities.len() + 1;
    let periods = claim.other_periods.len() + claim.unlikely_periods.len() + 1;
    if is_of_study(claim) || claim.definition.is_some() {
        return None;
    }
    let mut places: Vec<(usize, usize)> =
        (0..entities).flat_map(|entity| (0..periods).map(move |period| (entity, period))).collect();
    places.sort_by_key(|(entity, period)| entity + period);
    let mut one = alone(claim.clone());
    let right_for = |(entity, period): (usize, usize)| {
        let other = entity.checked_sub(1).and_then(|at| claim.other_entities.get(at));
        one.entity.clone_from(other.unwrap_or(&claim.entity));
        one.period = other_period(claim, period).or(claim.period);
        let found = Trial::new(&one, case).right_for()?;
        Some(read(claim, entity, period).of_period(found))
    };
    places.into_iter().take(TRIED).find_map(right_for)
}

/// A claim in its first reading, without the others.
pub(super) fn alone(claim: Claim) -> Claim {
    let (other_periods, unlikely_periods, other_entities) = (Vec::new(), Vec::new(), Vec::new());
    Claim { other_periods, unlikely_periods, other_entities, ..claim }
}

/// A claim in one of its readings, the others behind it; the first has the places 0.
fn read(claim: &Claim, entity: usize, period: usize) -> Claim {
    let mut read = claim.clone();
    if let Some(other) = entity.checked_sub(1).and_then(|at| read.other_entities.get_mut(at)) {
        std::mem::swap(&mut read.entity, other);
    }
    match other_period(claim, period) {
        Some(meant) => read.of_period(meant),
        None => read,
    }
}

/// The period of a claim that has a place behind its first one.
fn other_period(claim: &Claim, place: usize) -> Option<Period> {
    let mut periods = claim.other_periods.iter().chain(&claim.unlikely_periods);
    periods.nth(place.checked_sub(1)?).copied()
}
