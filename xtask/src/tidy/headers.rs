//! The header of every catalogued file: title, then the four sections in order.

use super::Finding;
use crate::repository::Repository;

const FOLDER: &str = "crates/kinglet-core/src/metrics/";
const SECTIONS: [&str; 4] = ["# Definition", "# Undefined when", "# Example", "# References"];

pub(super) fn check(repository: &Repository) -> Result<Vec<Finding>, String> {
    let mut findings = Vec::new();
    for path in repository.rust().filter(|path| path.starts_with(FOLDER)) {
        let text = repository.required(path)?;
        if text.contains("pub static METRIC: Metric") {
            findings.extend(complaints(&text).map(|what| Finding::new(path, what)));
        }
    }
    Ok(findings)
}

fn complaints(text: &str) -> impl Iterator<Item = String> {
    let header: Vec<&str> = text.lines().map_while(|line| line.strip_prefix("//!")).collect();
    let title = header.first().map_or("", |line| line.trim());
    let mut found = Vec::new();
    let sentence = title.split_once(": ").is_some_and(|(name, what)| {
        name.starts_with(|c: char| c.is_uppercase()) && what.ends_with('.')
    });
    if !sentence {
        found.push(format!("the title `{title}` is not `Name: what it is.`"));
    }
    let sections: Vec<&str> =
        header.iter().map(|line| line.trim()).filter(|line| line.starts_with("# ")).collect();
    let sections: Vec<&str> = sections.into_iter().filter(|s| !s.starts_with("# use ")).collect();
    if sections != SECTIONS {
        found.push(format!("its sections are {sections:?}, not {SECTIONS:?}"));
    }
    let empty = sections.iter().filter(|section| {
        let at = header.iter().position(|line| line.trim() == **section).unwrap_or(0);
        header.get(at + 1).is_none_or(|next| next.trim().is_empty() || next.starts_with(" # "))
    });
    found.extend(empty.map(|section| format!("`{section}` is empty")));
    found.into_iter()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_whole_header() {
        let header = "//! Return: the change.\n//!\n//! # Definition\n//! x\n//! # Undefined when\n//! y\n//! # Example\n//! ```\n//! # use a;\n//! ```\n//! # References\n//! z\n";
        assert_eq!(complaints(header).count(), 0);
        let check = |from: &str, to: &str| {
            let broken = header.replace(from, to);
            assert!(complaints(&broken).count() > 0, "{broken}");
        };
        check("Return: the change.", "The return");
        check("# Undefined when", "# Undefined");
        check("//! # References\n//! z\n", "");
        check("//! x\n", "");
    }
}
