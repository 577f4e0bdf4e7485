//! `cargo xtask tidy`: the rules of STYLE.md and ARCHITECTURE.md that a program can check.

mod dependencies;
mod errors;
mod files;
mod format;
mod headers;
mod layers;
mod licences;
mod names;
pub(crate) mod size;
mod source;

use crate::repository::Repository;

/// One finding: a place and what is wrong with it.
pub(crate) struct Finding {
    place: String,
    what: String,
}

impl Finding {
    fn new(place: impl Into<String>, what: impl Into<String>) -> Finding {
        Finding { place: place.into(), what: what.into() }
    }
}

type Check = fn(&Repository) -> Result<Vec<Finding>, String>;

const CHECKS: &[(&str, Check)] = &[
    ("format", format::check),
    ("layers", layers::check),
    ("dependencies", dependencies::check),
    ("names", names::check),
    ("size", size::check),
    ("headers", headers::check),
    ("errors", errors::check),
    ("files", files::check),
    ("licences", licences::check),
];

/// Runs every check and prints what each found.
pub(crate) fn check(repository: &Repository) -> Result<(), String> {
    let mut count = 0;
    for (name, check) in CHECKS {
        for finding in check(repository)? {
            println!("{name}: {}: {}", finding.place, finding.what);
            count += 1;
        }
    }
    match count {
        0 => {
            println!(
                "tidy: {} files, {} checks, nothing found",
                repository.files.len(),
                CHECKS.len()
            );
            Ok(())
        }
        1 => Err("tidy: one finding".to_owned()),
        n => Err(format!("tidy: {n} findings")),
    }
}
