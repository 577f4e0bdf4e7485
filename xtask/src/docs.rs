//! `cargo xtask docs`: the reference pages, written from the catalogue and from tests/errors, and
//! the pages of the studies that ship.

mod definitions;
mod errors;
mod studies;

use crate::repository::Repository;

/// Each generated page with its present text.
fn pages(repository: &Repository) -> Result<Vec<(String, String)>, String> {
    let mut pages = studies::pages(repository)?;
    pages.push(("docs/reference/definitions.md".to_owned(), definitions::page()));
    pages.push(("docs/reference/errors.md".to_owned(), errors::page(repository)?));
    Ok(pages)
}

/// Writes the pages.
pub(crate) fn write(repository: &Repository) -> Result<(), String> {
    for (path, text) in pages(repository)? {
        repository.write(&path, &text)?;
        println!("docs: {path}");
    }
    Ok(())
}

/// Fails if a page differs from what would be written.
pub(crate) fn check(repository: &Repository) -> Result<(), String> {
    let stale: Vec<String> = pages(repository)?
        .into_iter()
        .filter(|(path, text)| repository.text(path).as_ref() != Some(text))
        .map(|(path, _)| path)
        .collect();
    if stale.is_empty() {
        println!("docs: the written pages are up to date");
        Ok(())
    } else {
        Err(format!("docs: stale, run `cargo xtask docs`: {}", stale.join(", ")))
    }
}
