//! What holds for every definition of the catalogue.

use std::collections::BTreeSet;

use kinglet_core::metrics::{CATALOG, LENSES, find};
use kinglet_core::query::{Expr, Query};

#[test]
fn found_by_name_and_lens() {
    let names: BTreeSet<&str> = CATALOG.iter().map(|m| m.definition.name).collect();
    assert_eq!(names.len(), CATALOG.len(), "a name is taken twice");
    assert!(CATALOG.iter().all(|m| find(m.definition.name).is_some_and(|f| std::ptr::eq(f, *m))));
    assert_eq!(LENSES.iter().map(|lens| lens.metrics.len()).sum::<usize>(), CATALOG.len());
}

/// The example is a query with this definition in it, in canonical spelling.
#[test]
fn examples_are_canonical() {
    for metric in CATALOG {
        let definition = &metric.definition;
        let query: Query = definition.example.parse().unwrap_or_else(|d| panic!("{d}"));
        assert_eq!(query.to_string(), definition.example);
        let Expr::Call(call) = query.expr() else { panic!("{} is no call", definition.example) };
        assert!(std::ptr::eq(call.metric, *metric), "{}", definition.example);
        for golden in metric.golden {
            let query: Query = golden.query.parse().unwrap_or_else(|d| panic!("{d}"));
            assert_eq!(query.to_string(), golden.query);
        }
    }
}

/// The data at hand give neither interest expenses nor shares outstanding of funds: their examples
/// are computed by hand in the headers.
const LACKING: [&str; 4] = ["interest_coverage", "weak_coverage", "flow", "flow_rate"];

#[test]
fn documented() {
    let sections = ["# Definition\n", "# Undefined when\n", "# Example\n", "# References\n"];
    for metric in CATALOG {
        let definition = &metric.definition;
        let (name, text) = (definition.name, definition.documentation());
        let places = sections.map(|section| {
            text.find(section).unwrap_or_else(|| panic!("{name} lacks the section {section}"))
        });
        assert!(places.is_sorted(), "{name}: sections out of order");
        assert!(definition.title().contains(": ") && definition.title().ends_with('.'), "{name}");
        assert!(definition.source.contains(&format!("name: \"{name}\"")), "{name}: other file");
        let has_golden = !metric.golden.is_empty() || LACKING.contains(&name);
        assert!(has_golden, "{name} has no value from elsewhere");
        assert!(definition.revision >= 1);
    }
}

/// Whoever has used a definition is told that its values have changed.
#[test]
fn changed_values_are_in_the_changelog() {
    let text = include_str!(concat!(env!("CARGO_MANIFEST_DIR"), "/../../CHANGELOG.md"));
    let (_, after) = text.split_once("### Numbers that change").expect("the section");
    let (section, _) = after.split_once("###").expect("a section after it");
    for definition in CATALOG.iter().map(|m| &m.definition).filter(|d| d.revision > 1) {
        let (name, revision) = (definition.name, definition.revision);
        let mut lines = section.split("\n- ");
        let is_told = |line: &str| {
            line.contains(&format!("`{name}`")) && line.contains(&format!("revision {revision}"))
        };
        assert!(lines.any(is_told), "{name} has revision {revision}");
    }
}

/// No two definitions claim the same words, and each phrase has one place for its number or none.
#[test]
fn phrases_are_unique() {
    let mut seen = BTreeSet::new();
    for metric in CATALOG {
        for phrase in metric.definition.phrases {
            assert!(seen.insert(*phrase), "`{phrase}` is claimed twice");
            assert!(phrase.matches("{value}").count() <= 1, "`{phrase}`");
            assert_eq!(phrase.to_lowercase(), *phrase);
        }
        assert!(!metric.definition.phrases.is_empty(), "{}", metric.definition.name);
    }
}

/// Parameters by position come first and are required; a default can be read.
#[test]
fn parameters_in_order() {
    for metric in CATALOG {
        let params = metric.definition.params;
        assert!(params.is_sorted_by_key(|p| p.named), "{}", metric.definition.name);
        for param in params {
            assert!(param.named || !param.optional, "{}", param.name);
            assert!(param.default.is_none() || param.optional, "{}", param.name);
            assert!(metric.param(param.name).is_some());
        }
    }
}
