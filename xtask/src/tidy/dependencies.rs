//! Walls between crates: who may depend on whom, and who may name the heavy libraries. Every
//! dependency has its line in docs/decisions.md.

use std::collections::BTreeSet;

use serde_json::Value;

use super::Finding;
use crate::repository::Repository;

/// What each crate may depend on within the workspace.
const EDGES: &[(&str, &[&str])] = &[
    ("kinglet-core", &[]),
    ("kinglet-allocation", &[]),
    ("kinglet-store", &["kinglet-core"]),
    ("kinglet", &["kinglet-allocation", "kinglet-core", "kinglet-store"]),
    ("kinglet-cli", &["kinglet", "kinglet-pdf"]),
    ("kinglet-bench", &["kinglet", "kinglet-core"]),
    ("kinglet-fit", &["kinglet-core"]),
    ("xtask", &["kinglet", "kinglet-bench", "kinglet-core"]),
];

/// Libraries, by the start of their names, and the only crate that may name them.
const ONLY: &[(&str, &str)] = &[
    ("datafusion", "kinglet-store"),
    ("deltalake", "kinglet-store"),
    ("arrow", "kinglet-store"),
    ("parquet", "kinglet-store"),
    ("object_store", "kinglet-store"),
    ("clap", "kinglet-cli"),
];

/// All that the pure core may name outside its tests.
const CORE: &[&str] =
    &["aho-corasick", "jiff", "libm", "rustc-hash", "serde", "sha2", "unicode-segmentation"];

const DECISIONS: &str = "docs/decisions.md";

pub(super) fn check(repository: &Repository) -> Result<Vec<Finding>, String> {
    let metadata = repository.metadata(&["--no-deps"])?;
    let mut findings = Vec::new();
    let mut outside = BTreeSet::new();
    for package in metadata["packages"].as_array().into_iter().flatten() {
        let name = package["name"].as_str().unwrap_or_default();
        for dependency in package["dependencies"].as_array().into_iter().flatten() {
            let on = dependency["name"].as_str().unwrap_or_default();
            findings.extend(refused(name, dependency).map(|what| Finding::new(name, what)));
            if dependency["path"].is_null() {
                outside.insert(on.to_owned());
            }
        }
    }
    let decisions = repository.required(DECISIONS)?;
    let unexplained = outside.iter().filter(|name| !decisions.contains(&format!("`{name}`")));
    findings
        .extend(unexplained.map(|name| Finding::new(DECISIONS, format!("no line on `{name}`"))));
    Ok(findings)
}

/// Why a crate must not have this dependency.
fn refused(name: &str, dependency: &Value) -> Option<String> {
    let on = dependency["name"].as_str().unwrap_or_default();
    let test = dependency["kind"].as_str() == Some("dev");
    if !dependency["path"].is_null() {
        let allowed = EDGES.iter().find(|(from, _)| *from == name).map_or(&[][..], |(_, to)| *to);
        return (!allowed.contains(&on)).then(|| format!("must not depend on `{on}`"));
    }
    if let Some((_, only)) =
        ONLY.iter().find(|(start, only)| on.starts_with(start) && name != *only)
    {
        return Some(format!("names `{on}`, which only {only} may"));
    }
    let foreign = name == "kinglet-core" && !test && !CORE.contains(&on);
    foreign.then(|| format!("names `{on}`: the core is pure, see xtask/src/tidy/dependencies.rs"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn walls_between_crates() {
        let check = |name, dependency, refusal: bool| {
            assert_eq!(refused(name, &dependency).is_some(), refusal, "{name} on {dependency}");
        };
        check("kinglet-cli", json!({"name": "kinglet-store", "path": "x"}), true);
        check("kinglet", json!({"name": "kinglet-store", "path": "x"}), false);
        check("kinglet", json!({"name": "datafusion-expr"}), true);
        check("kinglet-store", json!({"name": "datafusion"}), false);
        check("kinglet-core", json!({"name": "serde_json"}), true);
        check("kinglet-core", json!({"name": "serde_json", "kind": "dev"}), false);
    }
}
