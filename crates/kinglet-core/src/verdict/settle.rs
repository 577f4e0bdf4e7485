//! In which of its readings a figure is meant, as far as the record tells: most figures are right,
//! so that of several things that its words may say the one that is true is the likeliest.

use super::study::is_of_study;
use super::together::single_day;
use super::trial::Trial;
use super::{Case, TOGETHER};
use std::collections::BTreeMap;

use crate::article::{self, Claim};
use crate::time::{Date, Period};

/// How many readings of a figure are held against the record.
const TRIED: usize = 48;

/// How probable it may be that a figure is right by chance in one of its readings, if it is to tell
/// on which session the article reports.
const CHANCE: f64 = 0.2;

/// How probable it may be that a figure is right by chance in another reading than the first, if it
/// is to be meant so: where the first one is judged, and where the data do not answer it.
const JUDGED: f64 = 0.5;
const UNJUDGED: f64 = 0.01;

/// What closes move from session to session, in per cent: the deviation.
const SESSION: f64 = 1.2;
/// What yields move, in basis points.
const YIELDS: f64 = 6.0;

/// The claims in the readings that the record settles. Where it shows that the article reports on
/// another session, it is read again with that, for the figures that are right in no reading.
pub(super) fn settled(case: Case<'_>) -> Vec<Claim> {
    let mut claims = case.claims.to_vec();
    let mut right: Vec<Option<Claim>> = (0..claims.len()).map(|at| rightly(at, case)).collect();
    for (at, claim) in read_again(case, &right) {
        claims[at] = claim;
        right[at] = rightly(at, Case { claims: &claims, ..case });
    }
    right.into_iter().zip(claims).map(|(right, claim)| right.unwrap_or(claim)).collect()
}

/// The claims that are right in none of their readings, as they are read once it is known on which
/// session the article reports, with their places.
fn read_again(case: Case<'_>, right: &[Option<Claim>]) -> Vec<(usize, Claim)> {
    let Case { claims, context, .. } = case;
    let read = context.read.filter(|_| claims.len() < TOGETHER);
    let Some((read, session)) = read.zip(session(case, right)) else { return Vec::new() };
    let again = article::read_again(context.text, read, session);
    let same = |at: usize| {
        let claim = &claims[at];
        let found = again.binary_search_by_key(&claim.span.start, |other| other.span.start).ok()?;
        let other = again.get(found)?;
        let alike = (other.span, other.metric) == (claim.span, claim.metric);
        (alike && other != claim).then(|| (at, other.clone()))
    };
    (0..claims.len()).filter(|at| right[*at].is_none()).filter_map(same).collect()
}

/// The session on which an article reports, if more figures are right for it than for the one for
/// which most of its daily figures were read first, and one of them hardly by chance.
fn session(case: Case<'_>, right: &[Option<Claim>]) -> Option<Date> {
    const DAYS: i32 = 6;
    let mut read: BTreeMap<Date, usize> = BTreeMap::new();
    let mut meant: BTreeMap<Date, (usize, usize)> = BTreeMap::new();
    for (claim, right) in case.claims.iter().zip(right) {
        let Some(first) = claim.period.and_then(single_day) else { continue };
        if (case.context.published - first).get_days() > DAYS {
            continue;
        }
        *read.entry(first).or_default() += 1;
        let Some(right) = right else { continue };
        if let Some(day) = right.period.and_then(single_day) {
            let (all, moved) = meant.entry(day).or_default();
            *all += 1;
            *moved += usize::from(is_otherwise(claim, right, case));
        }
    }
    let (reported, _) = read.into_iter().max_by_key(|(_, figures)| *figures)?;
    let stayed = meant.get(&reported).map_or(0, |(all, _)| *all);
    let (day, (all, moved)) = meant.into_iter().max_by_key(|(_, (all, _))| *all)?;
    let near = (0..=DAYS).contains(&(case.context.published - day).get_days());
    (near && day != reported && moved > 0 && all > stayed).then_some(day)
}

/// Whether a figure is meant otherwise than it was read first: right in another reading, and hardly
/// by chance.
fn is_otherwise(claim: &Claim, right: &Claim, case: Case<'_>) -> bool {
    let trial = Trial::new(claim, case);
    let periods = claim.period.iter().chain(&claim.other_periods);
    let chance: f64 = periods.map(|period| trial.chance(*period)).sum();
    let entities = (claim.other_entities.len() + 1) as f64;
    (&claim.entity, claim.period) != (&right.entity, right.period) && chance * entities < CHANCE
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
    let by_chance = if Trial::new(&one, case).is_judged() { JUDGED } else { UNJUDGED };
    let dated = (periods > 1).then(|| Trial::new(claim, case).dated_in_words()).flatten();
    let right_for = |(entity, period): (usize, usize)| {
        let other = entity.checked_sub(1).and_then(|at| claim.other_entities.get(at));
        one.entity.clone_from(other.unwrap_or(&claim.entity));
        let meant = other_period(claim, period);
        if meant.zip(dated.as_ref()).is_some_and(|(other, dated)| dated.rules_out(other)) {
            return None;
        }
        one.period = meant.or(claim.period);
        let trial = Trial::new(&one, case);
        let moved = (entity, period) != (0, 0);
        if moved && one.period.is_some_and(|period| trial.chance(period) > by_chance) {
            return None;
        }
        let found = trial.right_for()?;
        Some(read(claim, entity, period).of_period(found))
    };
    places.into_iter().take(TRIED).find_map(right_for)
}

/// A claim in its first reading, without the others.
fn alone(claim: Claim) -> Claim {
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

impl Trial<'_> {
    /// How probable it is that a figure which is of another time is right for this one: the width
    /// of the printed step on a normal law at its middle, with the deviation of such changes.
    fn chance(&self, period: Period) -> f64 {
        const MIDDLE: f64 = 0.4;
        let (claim, calendar) = (self.claim, &self.evaluator.view().calendar);
        let sessions = match period.days(calendar) {
            Ok((from, to)) => calendar.count(from, to).max(1) as f64,
            Err(_) => return 0.0,
        };
        let deviation = match (claim.metric, claim.unit) {
            ("return" | "drawdown" | "distance_from_high", _) => SESSION * sessions.sqrt(),
            ("return_spread", _) => 0.5 * SESSION * sessions.sqrt(),
            ("annualized_return", _) => SESSION * 252.0 / sessions.sqrt(),
            ("yield" | "rate_change", "basis_points") => YIELDS * sessions.sqrt(),
            ("yield", _) => 0.5,
            ("level" | "point_change", _) => 0.1 * claim.value.abs(),
            _ => return 1.0,
        };
        (MIDDLE * claim.printed.step / deviation).min(1.0)
    }
}
