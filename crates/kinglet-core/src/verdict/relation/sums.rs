//! Figures that add up: cases up and down against their number, a yearly rate against the return of
//! all the years.

use super::{REACH, Relation, RelationKind, gap, half, is_plain};
use crate::article::Claim;
use crate::time::{LengthUnit, Period};
use crate::verdict::Context;

/// How many cases there were, how many of them rose and how many fell: `18 days, seven times up and
/// eleven times down`.
pub(super) fn counts(claims: &[Claim], context: Context<'_>) -> Vec<Relation> {
    const WORDS: usize = 30;
    let counted = |c: &Claim| c.unit == "count" && c.value >= 0.0 && c.value.fract() == 0.0;
    let says = |claim: &Claim, until: usize, words: &[&str]| {
        let end = until.min(claim.span.end.saturating_add(WORDS));
        let text = context.text.get(claim.span.end..context.text.floor_char_boundary(end));
        let text = text.unwrap_or_default().to_lowercase();
        text.split(|c: char| !c.is_alphabetic()).any(|word| words.contains(&word))
    };
    const UP: [&str; 6] = ["up", "higher", "gains", "gain", "rose", "positive"];
    const DOWN: [&str; 7] = ["down", "lower", "losses", "loss", "fell", "negative", "declines"];
    let relation = |(i, window): (usize, &[Claim])| {
        let [all, a, b] = window else { return None };
        let together = a.sentence == b.sentence && all.sentence == a.sentence;
        let apart = |first: &Claim, second: &Claim| {
            says(first, second.span.start, &UP) && says(second, b.sentence.end, &DOWN)
                || says(first, second.span.start, &DOWN) && says(second, b.sentence.end, &UP)
        };
        let larger = all.value > a.value.max(b.value);
        let near = gap(all, a) <= REACH / 3 && gap(a, b) <= REACH / 6;
        if !(window.iter().all(counted) && together && larger && near && apart(a, b)) {
            return None;
        }
        let statement = format!(
            "{} and {} are {}, printed {}",
            a.printed.text,
            b.printed.text,
            a.value + b.value,
            all.printed.text
        );
        let holds = a.value + b.value == all.value;
        Some(Relation { kind: RelationKind::Sum, claims: vec![i, i + 1, i + 2], holds, statement })
    };
    claims.windows(3).enumerate().filter_map(relation).collect()
}

/// What the return of some years is a year: `61% over five years, or 10.0% a year`.
pub(super) fn yearly(claims: &[Claim]) -> Vec<Relation> {
    let relation = |(i, rate): (usize, &Claim)| {
        let Some(Period::Trailing(length, _)) = rate.period else { return None };
        let years = match length.unit {
            LengthUnit::Years => f64::from(length.count),
            LengthUnit::Months => f64::from(length.count) / 12.0,
            _ => return None,
        };
        if rate.metric != "annualized_return" || years < 2.0 || !is_plain(rate) {
            return None;
        }
        let of_all = |c: &Claim| {
            c.metric == "return"
                && c.unit == "percent"
                && c.sentence == rate.sentence
                && (&c.entity, c.period, c.basis) == (&rate.entity, rate.period, rate.basis)
                && is_plain(c)
        };
        let mut all = claims.iter().enumerate().filter(|(_, c)| of_all(c));
        let (Some((j, whole)), None) = (all.next(), all.next()) else { return None };
        let of_year =
            |value: f64| 100.0 * (libm::pow((1.0 + value / 100.0).max(0.0), 1.0 / years) - 1.0);
        let (low, high) = (of_year(whole.value - half(whole)), of_year(whole.value + half(whole)));
        let allowed = 2.0 * half(rate) + 1e-9;
        let statement = format!(
            "{} in {years} years is {:.1}% a year, printed {}",
            whole.printed.text,
            of_year(whole.value),
            rate.printed.text
        );
        let holds = low - allowed <= rate.value && rate.value <= high + allowed;
        Some(Relation { kind: RelationKind::YearlyRate, claims: vec![i, j], holds, statement })
    };
    claims.iter().enumerate().filter_map(relation).collect()
}
