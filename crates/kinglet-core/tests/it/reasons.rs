//! Why there is no value: each reason that a header names under "Undefined when" occurs, and none
//! occurs that it does not name. Every example is asked with other arguments, one at a time, of
//! data that are whole, missing, still, falling, odd or full of holes.

mod worlds;

use std::collections::{BTreeMap, BTreeSet};

use kinglet_core::definition::Metric;
use kinglet_core::metrics::{CATALOG, find};
use kinglet_core::query::{Evaluator, Query};

use super::questions;

/// Every reason that a definition may have.
const REASONS: &[&str] = &[
    "coverage",
    "incomplete",
    "look_ahead",
    "losses_unknown",
    "negative_earnings",
    "no_bars",
    "no_companies",
    "no_distributions",
    "no_event",
    "no_interest",
    "no_levels",
    "no_observation",
    "no_projections",
    "no_series",
    "no_session",
    "no_shares",
    "not_in_model",
    "not_over",
    "not_positive",
    "not_whole",
    "outside_coverage",
    "outside_domain",
    "period_empty",
    "period_kind",
    "stale",
    "too_long",
    "too_short",
    "zero_variance",
];

/// What any period or result may bring about, as docs/concepts/queries.md says.
const GENERAL: &[&str] =
    &["not_finite", "no_session", "outside_calendar", "period_empty", "period_kind"];

/// Reasons that a header names with another definition whose parameters this one lacks.
const LACKING: &[(&str, &[&str])] = &[
    ("drawdown_count", &["no_event", "not_whole"]),
    ("earnings_yield", &["negative_earnings"]),
    ("eps_breadth", &["negative_earnings", "no_levels", "no_observation", "no_series"]),
    ("factor_alpha", &["incomplete", "not_in_model"]),
    ("factor_fit", &["incomplete", "not_in_model", "not_whole"]),
    ("factor_loading", &["incomplete"]),
    ("time_under_high", &["not_positive", "not_whole", "outside_domain", "too_short"]),
    ("weak_coverage", &["no_interest"]),
];

/// The reasons that a header names, also by "as for" another definition.
fn named(metric: &Metric) -> BTreeSet<&'static str> {
    let mut found = BTreeSet::new();
    let mut seen = BTreeSet::new();
    let mut open = vec![metric.definition.name];
    while let Some(name) = open.pop() {
        if !seen.insert(name) {
            continue;
        }
        let text = find(name).expect("a definition").definition.documentation();
        let (_, after) = text.split_once("# Undefined when\n").expect("the section");
        let (section, _) = after.split_once("\n# ").expect("a section after it");
        for word in section.split('`').skip(1).step_by(2) {
            if let Some(reason) = REASONS.iter().find(|reason| **reason == word) {
                found.insert(*reason);
            } else if let Some(other) = find(word) {
                open.push(other.definition.name);
            }
        }
    }
    found
}

/// The reasons that a query may give: those of every definition in it.
fn possible(query: &Query) -> BTreeSet<&'static str> {
    let mut found: BTreeSet<&str> = GENERAL.iter().copied().collect();
    query.expr().visit(&mut |call| found.extend(named(call.metric)));
    found
}

#[test]
fn every_reason_occurs_and_no_other() {
    let mut occurred: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
    let mut wrong = BTreeSet::new();
    let questions = questions::all();
    for world in worlds::all() {
        let evaluator = Evaluator::new(&world);
        for (name, query) in questions.iter().flat_map(|(n, all)| all.iter().map(move |q| (n, q))) {
            let Err(why) = evaluator.answer(query).result else { continue };
            occurred.entry(name).or_default().insert(why.code);
            if !possible(query).contains(why.code) {
                wrong.insert(format!("{name} does not name {}: {query}: {why}", why.code));
            }
        }
    }
    for metric in CATALOG {
        let name = metric.definition.name;
        let lacking = LACKING.iter().find(|(of, _)| *of == name).map_or(&[][..], |(_, all)| all);
        for reason in named(metric) {
            let is_met = occurred.get(name).is_some_and(|all| all.contains(reason));
            if is_met == lacking.contains(&reason) {
                let what = if is_met { "occurs" } else { "does not occur" };
                wrong.insert(format!("{name}: {reason} {what}"));
            }
        }
    }
    let shown: Vec<&str> = wrong.iter().map(String::as_str).take(40).collect();
    assert!(wrong.is_empty(), "\n{}", shown.join("\n"));
}
