//! Every diagnostic code has a reproducer in tests/errors, or a reason in its README why there is
//! none.

use std::collections::BTreeSet;

use kinglet_core::diagnostic::Code;

use super::Finding;
use crate::repository::Repository;

const FOLDER: &str = "tests/errors";

pub(super) fn check(repository: &Repository) -> Result<Vec<Finding>, String> {
    let files: BTreeSet<&str> = repository.files.iter().map(String::as_str).collect();
    let readme = repository.required("tests/errors/README.md")?;
    let excused = excused(&readme);
    let mut findings = Vec::new();
    for code in Code::ALL.iter().map(|code| code.as_str()) {
        let missing: Vec<&str> = ["cmd", "stderr"]
            .into_iter()
            .filter(|name| !files.contains(format!("{FOLDER}/{code}/{name}").as_str()))
            .collect();
        let what = match (missing.as_slice(), excused.contains(code)) {
            ([], false) => continue,
            ([], true) => "is excused in README.md and yet has a reproducer".to_owned(),
            (_, true) => continue,
            (missing, false) => format!("has no {}, nor a reason in README.md", missing.join(", ")),
        };
        findings.push(Finding::new(format!("{FOLDER}/{code}"), what));
    }
    let codes: BTreeSet<&str> = Code::ALL.iter().map(|code| code.as_str()).collect();
    let unknown = excused.difference(&codes);
    findings.extend(unknown.map(|code| Finding::new(*code, "is excused but does not exist")));
    Ok(findings)
}

/// Codes of the rows `| K0901 | reason |`.
fn excused(readme: &str) -> BTreeSet<&str> {
    let rows = readme.lines().filter_map(|line| line.strip_prefix("| ")?.split_once(" | "));
    let codes = rows.filter(|(code, reason)| code.starts_with("K0") && !reason.is_empty());
    codes.map(|(code, _)| code).collect()
}
