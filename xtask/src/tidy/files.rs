//! Files as such: no traces of a machine, no large or dead files, one title per page.

use std::fs;

use super::Finding;
use crate::repository::Repository;

const BYTES_MAX: u64 = 400_000;

/// Larger files, each with its reason.
const LARGE: &[(&str, &str)] = &[];

/// Absolute paths that only exist on the machine of whoever wrote them.
const MACHINE: &[&str] = &[concat!("/", "work/"), concat!("/", "root/"), concat!("/", "tmp/t/")];

/// Code that only some can compile; tests that need data are ignored, not left out.
const HIDDEN: &str = concat!("#[cfg", "(shared)]");

pub(super) fn check(repository: &Repository) -> Result<Vec<Finding>, String> {
    let mut findings = Vec::new();
    for path in &repository.files {
        let size = fs::metadata(repository.root.join(path)).map_or(0, |m| m.len());
        if size > BYTES_MAX && !LARGE.iter().any(|(name, _)| name == path) {
            findings.push(Finding::new(path, format!("{size} bytes, more than {BYTES_MAX}")));
        }
        let Some(text) = repository.text(path) else { continue };
        for (number, line) in (1..).zip(text.lines()) {
            if let Some(trace) = MACHINE.iter().find(|trace| line.contains(**trace)) {
                findings.push(Finding::new(format!("{path}:{number}"), format!("names `{trace}`")));
            }
            if line.contains(HIDDEN) {
                let what = "hides code from those without ../shared: ignore the test instead";
                findings.push(Finding::new(format!("{path}:{number}"), what));
            }
        }
        if path.ends_with(".md") && titles(&text) != 1 {
            findings.push(Finding::new(path, "needs exactly one title (`# …`)"));
        }
    }
    findings.extend(dead(repository)?);
    Ok(findings)
}

/// First-level headings outside code blocks.
fn titles(page: &str) -> usize {
    let mut fenced = false;
    let mut count = 0;
    for line in page.lines() {
        fenced ^= line.starts_with("```");
        count += usize::from(!fenced && line.starts_with("# "));
    }
    count
}

/// Rust files that no module above them names.
fn dead(repository: &Repository) -> Result<Vec<Finding>, String> {
    let mut findings = Vec::new();
    for path in repository.rust() {
        let Some((folder, file)) = path.rsplit_once('/') else { continue };
        if matches!(file, "lib.rs" | "main.rs" | "build.rs") || !folder.contains("/src") {
            continue;
        }
        let parents = parents(folder, repository);
        let name = file.trim_end_matches(".rs");
        let named =
            |text: &str| text.split(|c: char| !c.is_alphanumeric() && c != '_').any(|w| w == name);
        let mut texts = parents.iter().filter_map(|parent| repository.text(parent));
        if !texts.any(|text| named(&text)) {
            findings.push(Finding::new(path, "no module above names it"));
        }
    }
    Ok(findings)
}

/// The files that may declare the modules of a folder: the nearest `x.rs` beside `x/`, or the root.
fn parents(folder: &str, repository: &Repository) -> Vec<String> {
    let mut folder = folder;
    loop {
        let beside = format!("{folder}.rs");
        if repository.files.contains(&beside) {
            return vec![beside];
        }
        match folder.rsplit_once('/') {
            Some((above, _)) if !folder.ends_with("/src") => folder = above,
            _ => return vec![format!("{folder}/lib.rs"), format!("{folder}/main.rs")],
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn titles_outside_code() {
        assert_eq!(titles("# A\n```\n# comment\n```\n## B\n"), 1);
        assert_eq!(titles("# A\n# B\n"), 2);
    }
}
