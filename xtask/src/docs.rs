//! `cargo xtask docs`: the reference pages, written from the catalogue and from tests/errors.

mod definitions;
mod errors;

use crate::repository::Repository;

/// Each generated page with its present text.
fn pages(repository: &Repository) -> Result<[(&'static str, String); 2], String> {
    Ok([
        ("docs/reference/definitions.md", definitions::page()),
        ("docs/reference/errors.md", errors::page(repository)?),
    ])
}

/// Writes the pages.
pub(crate) fn write(repository: &Repository) -> Result<(), String> {
    for (path, text) in pages(repository)? {
        repository.write(path, &text)?;
        println!("docs: {path}");
    }
    Ok(())
}

/// Fails if a page differs from what would be written.
pub(crate) fn check(repository: &Repository) -> Result<(), String> {
    let stale: Vec<&str> = pages(repository)?
        .iter()
        .filter(|(path, text)| repository.text(path).as_ref() != Some(text))
        .map(|(path, _)| *path)
        .collect();
    if stale.is_empty() {
        println!("docs: the reference is up to date");
        Ok(())
    } else {
        Err(format!("docs: stale, run `cargo xtask docs`: {}", stale.join(", ")))
    }
}
