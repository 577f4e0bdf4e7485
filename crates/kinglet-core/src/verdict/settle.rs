//! In which of its readings a figure is meant, as far as the record tells: most figures are right,
//! so that of several things that its words may say the one that is true is the likeliest.

use super::Case;
use super::study::is_of_study;
use super::trial::Trial;
use crate::article::Claim;
use crate::time::Period;

/// How many readings of a figure are held against the record.
const TRIED: usize = 48;

/// The claims in the readings that the record settles. A figure that is right in none of its
/// readings goes with the nearest one of its sentence that was first read alike.
pub(super) fn settled(case: Case<'_>) -> Vec<Claim> {
    let right: Vec<Option<Claim>> = (0..case.claims.len()).map(|at| rightly(at, case)).collect();
    let follow = |index: usize| {
        let claim = &case.claims[index];
        let alike = |other: &usize| {
            let before = &case.claims[*other];
            before.sentence == claim.sentence && before.period == claim.period
        };
        let beside = (0..right.len()).filter(|other| right[*other].is_some()).filter(alike);
        let nearest = beside.min_by_key(|other| other.abs_diff(index))?;
        let period = right[nearest].as_ref()?.period?;
        let all = claim.other_periods.iter().chain(&claim.unlikely_periods);
        let place = { all }.position(|other| *other == period)?;
        Some(read(claim, 0, place + 1))
    };
    (0..right.len())
        .map(|index| {
            let found = right[index].clone().or_else(|| follow(index));
            found.unwrap_or_else(|| case.claims[index].clone())
        })
        .collect()
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
    let right_for = |(entity, period): (usize, usize)| {
        let found = Trial::new(&alone(read(claim, entity, period)), case).right_for()?;
        Some(of_period(read(claim, entity, period), found))
    };
    places.into_iter().take(TRIED).find_map(right_for)
}

/// A claim in its first reading, without the others.
pub(super) fn alone(claim: Claim) -> Claim {
    let (other_periods, unlikely_periods, other_entities) = (Vec::new(), Vec::new(), Vec::new());
    Claim { other_periods, unlikely_periods, other_entities, ..claim }
}

/// A claim of another period than the one that was read first, which stays one that its words
/// allow: `so far this year`, printed before the session, is of the year to the last close.
pub(super) fn of_period(mut claim: Claim, period: Period) -> Claim {
    if claim.period != Some(period) {
        claim.other_periods.retain(|other| *other != period);
        claim.other_periods.splice(0..0, claim.period.replace(period));
    }
    claim
}

/// A claim in one of its readings, the others behind it; the first has the places 0.
fn read(claim: &Claim, entity: usize, period: usize) -> Claim {
    let mut read = claim.clone();
    if let Some(other) = entity.checked_sub(1).and_then(|at| read.other_entities.get_mut(at)) {
        std::mem::swap(&mut read.entity, other);
    }
    let unlikely = period.checked_sub(1 + read.other_periods.len());
    let meant = match unlikely {
        Some(at) if at < read.unlikely_periods.len() => Some(read.unlikely_periods.remove(at)),
        None if period > 0 => Some(read.other_periods.remove(period - 1)),
        _ => None,
    };
    if let Some(meant) = meant {
        let first = read.period.replace(meant);
        read.other_periods.splice(0..0, first);
    }
    read
}
