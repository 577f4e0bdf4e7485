//! Where a lake lies: a folder or the URL of an object store.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use datafusion::object_store::prefix::PrefixStore;
use datafusion::object_store::{ObjectStore, parse_url_opts, path::Path as StorePath};
use deltalake::logstore::{LogStoreRef, StorageConfig, default_logstore};
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
    /// The location that a text names; a folder need not exist. Object stores of Amazon, Google and
    /// Microsoft, and those that speak their protocols, take keys and endpoints from the variables
    /// that their own programs read.
    pub(crate) fn parse(text: &str) -> Result<Self, Diagnostic> {
        let url = url_of(text)?;
        let (storage, _) = parse_url_opts(&url, settings()).map_err(|error| {
            Diagnostic::new(Code::NoLake, format!("{text} is not a place for a lake"))
                .note(error.to_string())
                .hint("give a folder, or a URL such as file:///path or s3://bucket/path")
        })?;
        Ok(Location { name: text.to_owned(), url, storage: storage.into() })
    }

    /// A location in a storage that the caller built.
    pub(crate) fn within(storage: Arc<dyn ObjectStore>, url: Url) -> Self {
        Location { name: url.to_string(), url, storage }
    }

    /// The storage, with `/` at the root of the lake.
    pub(crate) fn files(&self) -> Result<Arc<dyn ObjectStore>, Diagnostic> {
        self.below(&self.url)
    }

    /// Where a table's log and files are. A commit is a put that fails where the version exists,
    /// which all these stores keep.
    pub(crate) fn table(&self, table: Table) -> Result<LogStoreRef, Diagnostic> {
        let mut url = self.url.clone();
        if let Ok(mut segments) = url.path_segments_mut() {
            segments.pop_if_empty().push(table.name()).push("");
        }
        let storage = Arc::clone(&self.storage);
        Ok(default_logstore(self.below(&url)?, storage, &url, &StorageConfig::default()))
    }

    fn below(&self, url: &Url) -> Result<Arc<dyn ObjectStore>, Diagnostic> {
        let path = StorePath::from_url_path(url.path())
            .map_err(|error| fault::unreadable("the folder", &error))?;
        Ok(Arc::new(PrefixStore::new(Arc::clone(&self.storage), path)))
    }
}

/// Keys and endpoints of object stores in the environment.
fn settings() -> impl Iterator<Item = (String, String)> {
    const OWNERS: [&str; 3] = ["AWS_", "GOOGLE_", "AZURE_"];
    std::env::vars_os()
        .filter_map(|(name, value)| Some((name.into_string().ok()?, value.into_string().ok()?)))
        .filter(|(name, _)| OWNERS.iter().any(|owner| name.starts_with(owner)))
        .map(|(name, value)| (name.to_ascii_lowercase(), value))
}

fn url_of(text: &str) -> Result<Url, Diagnostic> {
    let refused = |why: String| {
        Diagnostic::new(Code::NoLake, format!("`{text}` is not a place for a lake"))
            .note(why)
            .hint("give a folder, or a URL such as file:///path or s3://bucket/path")
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
