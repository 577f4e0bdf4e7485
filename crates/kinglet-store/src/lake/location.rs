//! Where a lake lies: a folder or the URL of an object store.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use datafusion::object_store::{ObjectStore, path::Path as StorePath};
use deltalake::logstore::{LogStoreRef, StorageConfig, logstore_for, logstore_with};
use kinglet_core::diagnostic::{Code, Diagnostic};
use url::Url;

use super::fault;
use super::table::Table;

/// The root of a lake and the storage it lies in.
#[derive(Clone, Debug)]
pub(crate) struct Location {
    /// As the user gave it.
    pub(crate) name: String,
    url: Url,
    storage: Arc<dyn ObjectStore>,
}

impl Location {
    /// The location that a text names; a folder need not exist.
    pub(crate) fn parse(text: &str) -> Result<Self, Diagnostic> {
        let url = url_of(text)?;
        let log = logstore_for(&url, StorageConfig::default()).map_err(|error| {
            Diagnostic::new(Code::NoLake, format!("{text} is not a place for a lake"))
                .note(error.to_string())
                .hint("give a folder, or a URL such as file:///path")
        })?;
        Ok(Location { name: text.to_owned(), url, storage: log.root_object_store(None) })
    }

    /// A location in a storage that the caller built.
    pub(crate) fn within(storage: Arc<dyn ObjectStore>, url: Url) -> Self {
        Location { name: url.to_string(), url, storage }
    }

    /// The storage, with `/` at the root of the lake.
    pub(crate) fn files(&self) -> Result<Arc<dyn ObjectStore>, Diagnostic> {
        Ok(self.log_store("")?.object_store(None))
    }

    /// Where a table's log and files are.
    pub(crate) fn table(&self, table: Table) -> Result<LogStoreRef, Diagnostic> {
        self.log_store(table.name())
    }

    fn log_store(&self, folder: &str) -> Result<LogStoreRef, Diagnostic> {
        let mut url = self.url.clone();
        if let Ok(mut segments) = url.path_segments_mut() {
            segments.pop_if_empty();
            if !folder.is_empty() {
                segments.push(folder);
            }
            segments.push("");
        }
        logstore_with(Arc::clone(&self.storage), &url, StorageConfig::default())
            .map_err(|error| fault::unreadable("the folder", &error))
    }
}

fn url_of(text: &str) -> Result<Url, Diagnostic> {
    let refused = |why: String| {
        Diagnostic::new(Code::NoLake, format!("`{text}` is not a place for a lake"))
            .note(why)
            .hint("give a folder, or a URL such as file:///path")
    };
    if text.trim().is_empty() {
        return Err(refused("the text is empty".to_owned()));
    }
    if text.contains("://") {
        return Url::parse(text).map_err(|e| refused(e.to_string()));
    }
    let path = resolved(Path::new(text)).map_err(|e| refused(e.to_string()))?;
    Url::from_directory_path(&path).map_err(|()| refused("the path is not absolute".to_owned()))
}

/// An absolute path without `..` and links, as far as its folders exist.
fn resolved(path: &Path) -> std::io::Result<PathBuf> {
    let path = std::path::absolute(path)?;
    let existing = path.ancestors().find(|p| p.exists()).unwrap_or(&path);
    let rest = path.strip_prefix(existing).unwrap_or(Path::new("")).to_owned();
    let mut whole = existing.canonicalize()?;
    for part in rest.components() {
        match part {
            std::path::Component::ParentDir => drop(whole.pop()),
            part => whole.push(part),
        }
    }
    Ok(whole)
}

/// A path below the root of the lake.
pub(crate) fn path(parts: &[&str]) -> StorePath {
    parts.iter().copied().collect()
}
