//! Rates: a change or a gap in basis points beside the two yields that it was worked out from.

use super::{REACH, Relation, RelationKind, gap, half};
use crate::article::{Claim, Comparator};
use crate::identity::{Entity, Kind};
use crate::verdict::Context;

/// Basis points in a percentage point.
const POINTS: f64 = 100.0;

/// Whether a figure is a yield in percent.
fn is_yield(claim: &Claim) -> bool {
    claim.metric == "yield" && claim.unit == "percent" && claim.comparator == Comparator::Equal
}

/// A figure in basis points with the two yields between which it lies.
fn between(claims: &[Claim], at: usize, pair: [usize; 2], kind: RelationKind) -> Option<Relation> {
    let (printed, [a, b]) = (claims.get(at)?, [claims.get(pair[0])?, claims.get(pair[1])?]);
    let implied = POINTS * (a.value - b.value).abs();
    let allowed = POINTS * (half(a) + half(b)) + 2.0 * half(printed) + 1e-9;
    let holds = (implied - printed.value.abs()).abs() <= allowed;
    let statement = format!(
        "{} and {} are {implied:.0} basis points apart, printed {}",
        a.printed.text, b.printed.text, printed.printed.text
    );
    Some(Relation { kind, claims: vec![at, pair[0], pair[1]], holds, statement })
}

/// How much a yield changed, from one printed value to another: `to 1.30 percent from 1.14 percent,
/// a rise of 16 basis points`.
pub(super) fn changes(claims: &[Claim]) -> Vec<Relation> {
    let in_points = |(_, c): &(usize, &Claim)| {
        c.metric == "yield" && c.unit == "basis_points" && c.comparator == Comparator::Equal
    };
    let relation = |(i, change): (usize, &Claim)| {
        let mut ends = claims.iter().enumerate().filter(|(_, c)| {
            is_yield(c) && c.entity == change.entity && c.sentence == change.sentence
        });
        let (Some((j, _)), Some((k, _)), None) = (ends.next(), ends.next(), ends.next()) else {
            return None;
        };
        between(claims, i, [j, k], RelationKind::Distance)
    };
    claims.iter().enumerate().filter(in_points).filter_map(relation).collect()
}

/// The tenors in years between which a curve is measured: `2` and `10` of `CURVE:2s10s`.
fn legs(curve: &str) -> Option<(&str, &str)> {
    curve.strip_prefix("CURVE:")?.strip_suffix('s')?.split_once('s')
}

/// By how much one yield is above another: `4.50% and 3.90%, a spread of 60 basis points`.
pub(super) fn gaps(claims: &[Claim], context: Context<'_>) -> Vec<Relation> {
    const WORDS: [&str; 4] = ["spread", "gap", "difference", "slope"];
    let says_gap = |(_, c): &(usize, &Claim)| {
        let text = context.slice(c.sentence).to_lowercase();
        let kind = Entity::new(&c.entity).known().map(|known| known.kind);
        let of_rates = kind == Some(Kind::Rate) || c.entity.starts_with("CURVE:");
        let plain = c.unit == "basis_points" && c.comparator == Comparator::Equal;
        plain && of_rates && WORDS.iter().any(|word| text.contains(word))
    };
    let relation = |(i, apart): (usize, &Claim)| {
        let before = |c: &Claim| c.span.end <= apart.span.start && gap(c, apart) <= REACH;
        let leg = |c: &Claim| {
            let tenor = c.entity.strip_prefix("UST:").and_then(|t| t.strip_suffix('y'));
            tenor.is_some_and(|t| legs(&apart.entity).is_none_or(|(a, b)| t == a || t == b))
        };
        let mut near: Vec<(usize, &Claim)> = claims
            .iter()
            .enumerate()
            .filter(|(_, c)| is_yield(c) && before(c) && leg(c) && c.period == apart.period)
            .collect();
        near.dedup_by(|a, b| a.1.entity == b.1.entity && a.1.value == b.1.value);
        let [(j, a), (k, b)] = near[..] else { return None };
        let two = a.entity != b.entity && a.period == b.period;
        two.then(|| between(claims, i, [j, k], RelationKind::Spread)).flatten()
    };
    claims.iter().enumerate().filter(says_gap).filter_map(relation).collect()
}
