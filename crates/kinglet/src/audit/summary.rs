//! An audit in figures: how many claims could be checked, how many are wrong, and what would settle
//! those that could not.

use std::collections::BTreeSet;

use kinglet_core::verdict::Verdict;
use serde::Serialize;

use super::{Audit, ClaimRecord};

/// What an audit comes to.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Summary {
    /// How many claims there are.
    pub claims: usize,
    /// How many could be checked.
    pub checked: usize,
    /// How many of them are wrong.
    pub wrong: usize,
    /// How many have each verdict, those that occur, wrong ones first.
    pub verdicts: Vec<CountRecord>,
    /// What would settle the unverifiable ones, what settles most first.
    pub would_settle: Vec<SettleRecord>,
}

/// What the audits of several articles come to, each repeated claim counted once.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct Totals {
    /// How many claims there are, without repetitions.
    pub claims: usize,
    /// How many others are repetitions of them.
    pub repeated: usize,
    /// How many of the claims could be checked.
    pub checked: usize,
    /// How many of them are wrong.
    pub wrong: usize,
}

impl Totals {
    pub(super) fn of(articles: &[Audit], repeated: &BTreeSet<(usize, usize)>) -> Totals {
        let own: Vec<&ClaimRecord> = articles
            .iter()
            .enumerate()
            .flat_map(|(i, audit)| audit.claims.iter().enumerate().map(move |(j, c)| ((i, j), c)))
            .filter(|(place, _)| !repeated.contains(place))
            .map(|(_, claim)| claim)
            .collect();
        Totals {
            claims: own.len(),
            repeated: repeated.len(),
            checked: own.iter().filter(|claim| claim.is_checked()).count(),
            wrong: own.iter().filter(|claim| claim.is_wrong()).count(),
        }
    }
}

/// How often a verdict was given.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct CountRecord {
    /// The verdict.
    pub verdict: &'static str,
    /// How many claims have it.
    pub claims: usize,
}

/// Something that is missing, and the claims that it would settle.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct SettleRecord {
    /// What kind of thing: `series`, `statement`, `event`, `period`, `entity`, `source`, `intraday`
    /// or `value`.
    pub kind: &'static str,
    /// Which one: `pe_forward of RUT`; null where the kind says all.
    pub what: Option<String>,
    /// The claims, by their place in the list.
    pub claims: Vec<usize>,
}

/// Verdicts in the order in which a reader needs them.
pub(super) const SEVERITY: [Verdict; 8] = [
    Verdict::Contradicted,
    Verdict::Misdated,
    Verdict::Inconsistent,
    Verdict::Imprecise,
    Verdict::Unverifiable,
    Verdict::Supported,
    Verdict::Forecast,
    Verdict::Opinion,
];

impl Summary {
    pub(super) fn of(claims: &[ClaimRecord]) -> Summary {
        let count = |verdict: Verdict| CountRecord {
            verdict: verdict.name(),
            claims: claims.iter().filter(|c| c.verdict == verdict.name()).count(),
        };
        Summary {
            claims: claims.len(),
            checked: claims.iter().filter(|c| c.is_checked()).count(),
            wrong: claims.iter().filter(|c| c.is_wrong()).count(),
            verdicts: SEVERITY.map(count).into_iter().filter(|c| c.claims > 0).collect(),
            would_settle: would_settle(claims),
        }
    }
}

fn would_settle(claims: &[ClaimRecord]) -> Vec<SettleRecord> {
    let mut all: Vec<SettleRecord> = Vec::new();
    let open = claims.iter().enumerate().filter(|(_, c)| c.verdict == "unverifiable");
    for (index, claim) in open {
        let (kind, what) = missing(claim);
        match all.iter_mut().find(|s| s.kind == kind && s.what == what) {
            Some(known) => known.claims.push(index),
            None => all.push(SettleRecord { kind, what, claims: vec![index] }),
        }
    }
    // Stable: among equals the first in the article stays first.
    all.sort_by_key(|s| std::cmp::Reverse(s.claims.len()));
    all
}

/// What a claim that could not be checked lacks. A query without an answer lacks a series; where
/// there is no query, the figure can only be held against what somebody stated.
fn missing(claim: &ClaimRecord) -> (&'static str, Option<String>) {
    let kind = match claim.tag.as_deref() {
        Some("event_undefined") => "event",
        Some("period_open") => "period",
        Some("entity_unknown") => "entity",
        Some("source_private") => "source",
        Some("value_missing") => "value",
        Some("intraday_missing") => "intraday",
        _ if claim.query.is_some() => "series",
        _ => "statement",
    };
    let named = matches!(kind, "series" | "statement" | "source" | "intraday");
    (kind, named.then(|| claim.subject()))
}

/// What a kind of missing thing is called.
pub(super) fn wanted(kind: &str) -> &'static str {
    match kind {
        "series" => "data that give ",
        "statement" => "a published statement of ",
        "source" => "the publisher's own figures of ",
        "intraday" => "prices during the day for ",
        "event" => "the event that is counted, said so that it can be counted again",
        "period" => "the period that is meant",
        "entity" => "the name of what is meant",
        _ => "the figure that the text leaves out",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_verdict_has_its_place() {
        assert!(Verdict::ALL.iter().all(|verdict| SEVERITY.contains(verdict)));
        assert_eq!(SEVERITY.iter().take_while(|verdict| verdict.accuses()).count(), 3);
    }
}
