//! Formatting of every Rust file: `cargo fmt` does not follow modules that a macro declares.

use std::process::Command;

use super::Finding;
use crate::repository::Repository;

pub(super) fn check(repository: &Repository) -> Result<Vec<Finding>, String> {
    let mut rustfmt = Command::new("rustfmt");
    rustfmt.args(["--check", "--files-with-diff"]).args(repository.rust());
    let done = rustfmt.current_dir(&repository.root).output();
    let done = done.map_err(|e| format!("rustfmt: {e}"))?;
    let listed = String::from_utf8_lossy(&done.stdout);
    // A file is listed again for each parent that declares it.
    let mut paths: Vec<&str> = listed.lines().filter(|line| !line.is_empty()).collect();
    paths.sort_unstable();
    paths.dedup();
    if paths.is_empty() && !done.status.success() {
        return Err(format!("rustfmt: {}", String::from_utf8_lossy(&done.stderr).trim()));
    }
    let root = format!("{}/", repository.root.display());
    let finding = |path: &&str| {
        Finding::new(path.trim_start_matches(&root), "not formatted; run `rustfmt` on it")
    };
    Ok(paths.iter().map(finding).collect())
}
