//! Manifests: a version of the lake is what its manifest names, and nothing else.

use std::collections::BTreeMap;
use std::sync::Arc;

use datafusion::object_store::{
    Error as StoreError, ObjectStore, ObjectStoreExt as _, PutMode, PutOptions,
};
use futures::TryStreamExt as _;
use kinglet_core::diagnostic::{Code, Diagnostic};
use kinglet_core::time::Date;
use serde::{Deserialize, Serialize};
use sha2::{Digest as _, Sha256};

use super::fault;
use super::location::path;
use super::table::Table;

/// The format of lakes that this program writes, and the newest that it reads.
pub(crate) const FORMAT: u32 = 1;

/// What one version of the lake consists of, and which import brought it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Manifest {
    /// The format of the lake.
    pub format: u32,
    /// The version.
    pub version: u64,
    /// When it was published, in UTC.
    pub time: String,
    /// The program that wrote it.
    pub program: String,
    /// The content hash of the version before; empty for the first.
    pub former: String,
    /// Names the content: a hash of the former one's and of all data files added.
    pub content: String,
    /// The last session that prices cover.
    pub prices_through: Option<Date>,
    /// The tables that have rows, by name.
    pub tables: BTreeMap<String, TableState>,
    /// The data files that this version adds.
    pub added: Vec<DataFile>,
    /// The files that were imported.
    pub files: Vec<ImportedFile>,
    /// How many bad rows were left out on request.
    pub bad_rows: u64,
}

/// A table as one version of the lake sees it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct TableState {
    /// The version of the Delta table.
    pub delta: u64,
    /// All rows, replaced ones included.
    pub rows: u64,
    /// How many imports brought rows.
    pub imports: u64,
}

/// A data file of a table.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DataFile {
    /// The table.
    pub table: String,
    /// Its name in the folder of the table.
    pub path: String,
    /// How many rows it holds.
    pub rows: u64,
    /// Its size.
    pub bytes: u64,
    /// Its hash.
    pub sha256: String,
}

/// A file that was imported.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ImportedFile {
    /// Its path, as given to the import.
    pub name: String,
    /// Its size.
    pub bytes: u64,
    /// Its hash.
    pub sha256: String,
    /// How many rows were read from it.
    pub rows: u64,
}

impl Manifest {
    /// The name of the version in answers: `lake-7-1a2b3c4d`.
    pub fn name(&self) -> String {
        format!("lake-{}-{}", self.version, self.content.get(..8).unwrap_or(&self.content))
    }

    /// The state of a table, if it has rows.
    pub(crate) fn table(&self, table: Table) -> Option<TableState> {
        self.tables.get(table.name()).copied()
    }

    /// What `content` must be.
    pub(crate) fn content_of(former: &str, added: &[DataFile]) -> String {
        let mut hash = Sha256::new();
        hash.update(former);
        for file in added {
            hash.update(format!("\n{} {} {}", file.table, file.rows, file.sha256));
        }
        hex(&hash.finalize())
    }
}

/// Bytes as hexadecimal digits.
pub(crate) fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|b| format!("{b:02x}")).collect()
}

/// All manifests of a lake.
pub(crate) struct Manifests {
    files: Arc<dyn ObjectStore>,
}

/// Where manifests are.
pub(crate) const FOLDER: [&str; 2] = ["_kinglet", "manifests"];

fn name(version: u64) -> String {
    format!("{version:020}.json")
}

impl Manifests {
    /// Those in a storage whose root is the lake.
    pub(crate) fn new(files: Arc<dyn ObjectStore>) -> Self {
        Manifests { files }
    }

    /// The published versions, in order; none where there is no lake.
    pub(crate) async fn versions(&self) -> Result<Vec<u64>, Diagnostic> {
        let found: Vec<_> = match self.files.list(Some(&path(&FOLDER))).try_collect().await {
            Ok(found) => found,
            Err(StoreError::NotFound { .. }) => Vec::new(),
            Err(error) => return Err(fault::unreachable(&error)),
        };
        let version = |file: &str| {
            let version = file.strip_suffix(".json")?.parse().ok()?;
            (name(version) == file).then_some(version)
        };
        let names = found.iter().filter_map(|f| f.location.filename());
        let mut versions: Vec<u64> = names.filter_map(version).collect();
        versions.sort_unstable();
        Ok(versions)
    }

    /// The manifest of a version that was listed.
    pub(crate) async fn load(&self, version: u64) -> Result<Manifest, Diagnostic> {
        let part = format!("the manifest of version {version}");
        let at = path(&[FOLDER[0], FOLDER[1], &name(version)]);
        let unreadable = |error: StoreError| fault::unreadable(&part, &error);
        let file = self.files.get(&at).await.map_err(unreadable)?;
        let bytes = file.bytes().await.map_err(unreadable)?;
        parse(version, &bytes)
    }

    /// All manifests, oldest first.
    pub(crate) async fn all(&self) -> Result<Vec<Manifest>, Diagnostic> {
        let mut all = Vec::new();
        for version in self.versions().await? {
            all.push(self.load(version).await?);
        }
        Ok(all)
    }

    /// Makes a version visible; fails if somebody published it before.
    pub(crate) async fn publish(&self, manifest: &Manifest) -> Result<(), Diagnostic> {
        let mut text = serde_json::to_vec_pretty(manifest).map_err(|error| {
            Diagnostic::new(Code::Internal, "a manifest cannot be written").note(error.to_string())
        })?;
        text.push(b'\n');
        let at = path(&[FOLDER[0], FOLDER[1], &name(manifest.version)]);
        let create = PutOptions { mode: PutMode::Create, ..PutOptions::default() };
        match self.files.put_opts(&at, text.into(), create).await {
            Ok(_) => Ok(()),
            Err(StoreError::AlreadyExists { .. }) => Err(fault::conflict(manifest.version)),
            Err(error) => Err(fault::unwritable("the manifest", &error)),
        }
    }
}

fn parse(version: u64, bytes: &[u8]) -> Result<Manifest, Diagnostic> {
    #[derive(Deserialize)]
    struct Head {
        format: u32,
        program: Option<String>,
    }
    let part = format!("the manifest of version {version}");
    let head: Head =
        serde_json::from_slice(bytes).map_err(|e| fault::damaged(&part, e.to_string()))?;
    if head.format > FORMAT {
        let writer = head.program.unwrap_or_else(|| "an unknown program".to_owned());
        let message = format!("the lake has format {}, written by {writer}", head.format);
        return Err(Diagnostic::new(Code::LakeFormat, message)
            .note(format!("this kinglet reads formats up to {FORMAT}"))
            .hint("use a newer kinglet, or read an older version with `--version`"));
    }
    let manifest: Manifest =
        serde_json::from_slice(bytes).map_err(|e| fault::damaged(&part, e.to_string()))?;
    if manifest.version != version {
        let fact = format!("it says that it is version {}", manifest.version);
        return Err(fault::damaged(&part, fact));
    }
    if manifest.content != Manifest::content_of(&manifest.former, &manifest.added) {
        return Err(fault::damaged(&part, "its content hash does not fit its data files"));
    }
    Ok(manifest)
}
