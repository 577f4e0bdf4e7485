//! What is repeated in a run, or counted.

use crate::article::Claim;
use crate::time::{Grain, Period};

/// The steps that a run may have: those named in its token (`nine-week`) or by its unit; else those
/// of its period, those that the words around it name, and days.
pub(in super::super) fn steps(claim: &Claim, sentence: &str) -> Vec<Grain> {
    let token = claim.printed.text.to_lowercase();
    let by_word = |text: &str| {
        [
            ("week", Grain::Week),
            ("month", Grain::Month),
            ("quarter", Grain::Quarter),
            ("year", Grain::Year),
            ("annual", Grain::Year),
            ("day", Grain::Day),
            ("session", Grain::Day),
            ("daily", Grain::Day),
        ]
        .into_iter()
        .find(|(word, _)| text.contains(word))
        .map(|(_, grain)| grain)
    };
    let by_unit = match claim.unit {
        "days" => Some(Grain::Day),
        "months" => Some(Grain::Month),
        "years" => Some(Grain::Year),
        _ => None,
    };
    let by_period = match claim.period {
        Some(Period::Calendar(p) | Period::Between(_, p)) if p.grain != Grain::Day => Some(p.grain),
        _ => None,
    };
    if let Some(grain) = by_word(&token).or(by_unit) {
        return vec![grain];
    }
    let around = by_word(&sentence.to_lowercase());
    let days = claim.period.map(|_| Grain::Day).filter(|_| by_period.is_none());
    let mut found: Vec<Grain> = by_period.into_iter().chain(around).chain(days).collect();
    found.dedup();
    found
}
