//! The lake: Delta tables in a folder or an object store, one published version after the other.
//!
//! # Three times
//! Each row has the *valid* date it is for; `known_at`, the instant at which it became public; and
//! `recorded`, the version of the lake that brought it. Rows are never changed: a vendor's
//! correction is a further row with the same `known_at` and a later `recorded`; a published
//! revision is a further row with a later `known_at`. An adjusted series belongs to a `vintage`; a
//! further vintage replaces it as a whole, and no reader sees rows of two.
//!
//! # Versions
//! ```text
//! series/_delta_log/…  series/*.parquet       one Delta table for each kind of row
//! _kinglet/manifests/00000000000000000007.json
//! ```
//! An import writes data files, commits them table by table, and last puts the manifest of the next
//! version, if nobody else did. The manifest names the Delta version of each table, and a reader
//! sees only what a manifest names. So an import that was killed leaves the former version as it
//! was; the rows it committed stand above the version that manifests name, and the next import
//! removes them from the table in the commit that adds its own (see `publish`). Of two imports at a
//! time one publishes, the other fails with a conflict. Nothing is ever deleted.

mod bars;
mod block;
mod cells;
mod fault;
mod flaw;
mod function;
mod import;
mod location;
mod manifest;
mod publish;
mod read;
mod record;
mod series;
mod sql;
mod table;

use std::fmt;
use std::future::Future;
use std::sync::Arc;

use datafusion::arrow::array::RecordBatch;
use datafusion::object_store::{ObjectStore, path::Path};
use datafusion::prelude::Expr;
use kinglet_core::columns::Frequency;
use kinglet_core::diagnostic::{Code, Diagnostic};
use kinglet_core::identity::{KNOWN, Kind};
use kinglet_core::query::Reach;
use tokio::runtime::Runtime;
use url::Url;

pub use import::{BadRows, Delivery, ImportReport};
pub use manifest::{DataFile, ImportedFile, Manifest, TableState};
pub use sql::{Sheet, facts as sql_of_facts};
pub use table::Table;

use crate::assemble::item_names;
use crate::finding::Finding;
use crate::progress::Progress;
use crate::rows::{BarBlock, Batch};
use location::Location;
use manifest::Manifests;

/// A lake. Its functions block: call them outside of asynchronous code.
pub struct Lake {
    location: Location,
    runtime: Runtime,
}

impl fmt::Debug for Lake {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Lake({})", self.location.name)
    }
}

/// What a reader needs. Events and statements are small and always read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Needs {
    /// Of these ids series and bars; where there are none, all series, and the bars of what kinglet
    /// knows by name.
    pub ids: Option<Vec<String>>,
    /// Whether the holdings of all funds and the figures of all companies are needed, and the bars
    /// of all symbols.
    pub reach: Reach,
}

impl Needs {
    /// All series.
    pub const ALL: Needs = Needs { ids: None, reach: Reach::Series };

    /// The series of some ids.
    pub fn of(ids: Vec<String>, reach: Reach) -> Needs {
        Needs { ids: Some(ids), reach }
    }

    /// The bars.
    fn bars(&self) -> Expr {
        let symbols = match &self.ids {
            Some(ids) => read::among("symbol", ids.iter().map(String::as_str)),
            None => {
                let priced = |kind| matches!(kind, Kind::Index | Kind::Fund | Kind::Company);
                let known = KNOWN.iter().filter(|known| priced(known.kind));
                read::among("symbol", known.map(|known| known.code))
            }
        };
        match self.reach {
            Reach::Series | Reach::Companies => symbols,
            Reach::Members => {
                let sessions = cells::frequency_name(Frequency::Session);
                symbols.or(read::among("frequency", std::iter::once(sessions)))
            }
        }
    }
}

impl Lake {
    /// The lake in a folder or at a URL.
    pub fn open(location: &str) -> Result<Lake, Diagnostic> {
        let lake = Lake::at(Location::parse(location)?)?;
        if lake.wait(lake.versions())?.is_empty() {
            return Err(no_lake(location));
        }
        Ok(lake)
    }

    /// The lake in a folder or at a URL; an empty lake where there is nothing.
    pub fn create_or_open(location: &str) -> Result<Lake, Diagnostic> {
        let lake = Lake::at(Location::parse(location)?)?;
        lake.wait(lake.create())?;
        Ok(lake)
    }

    /// The lake at a URL of a storage that the caller built; an empty lake where there is nothing.
    pub fn within(storage: Arc<dyn ObjectStore>, url: Url) -> Result<Lake, Diagnostic> {
        let lake = Lake::at(Location::within(storage, url))?;
        lake.wait(lake.create())?;
        Ok(lake)
    }

    fn at(location: Location) -> Result<Lake, Diagnostic> {
        let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build();
        let runtime = runtime.map_err(|error| {
            Diagnostic::new(Code::Internal, "no threads can be started").note(error.to_string())
        })?;
        Ok(Lake { location, runtime })
    }

    /// The location, as given.
    pub fn location(&self) -> &str {
        &self.location.name
    }

    /// Imports files as one version: what the lake lacks of them, and corrections.
    pub fn import(
        &self,
        deliveries: Vec<Delivery>,
        bad_rows: BadRows,
        progress: &dyn Progress,
    ) -> Result<ImportReport, Diagnostic> {
        self.wait(import::import(&self.location, deliveries, bad_rows, progress))
    }

    /// Every version, oldest first.
    pub fn log(&self) -> Result<Vec<Manifest>, Diagnostic> {
        let manifests = Manifests::new(self.location.files()?);
        self.wait(manifests.all())
    }

    /// A version, or the newest.
    pub fn manifest(&self, version: Option<u64>) -> Result<Manifest, Diagnostic> {
        self.wait(self.find(version))
    }

    /// The rows that a version, or the newest, holds of what is needed: of each source those that
    /// no later record replaces.
    pub fn rows(&self, version: Option<u64>, needs: &Needs) -> Result<Batch, Diagnostic> {
        self.wait(async {
            let manifest = self.find(version).await?;
            let read = |table, ids| read::batches(&self.location, &manifest, table, ids);
            let (found, prices, events, statements, (holdings, figures)) = futures::try_join!(
                read(Table::Series, needs.ids.as_deref()),
                read::matching(&self.location, &manifest, Table::Bars, Some(needs.bars())),
                read(Table::Events, None),
                read(Table::Statements, None),
                companies(&self.location, &manifest, needs),
            )?;
            Ok(Batch {
                series: series::blocks(&found)?.into_iter().map(|v| v.block).collect(),
                bars: bars::blocks(&prices)?.into_iter().map(|v| v.block).collect(),
                events: record::current(&events)?,
                statements: record::current(&statements)?,
                holdings: record::current(&holdings)?,
                fundamentals: record::current(&figures)?,
                ..Batch::default()
            })
        })
    }

    /// All bars that hold in a version, of every symbol.
    pub(crate) fn bars(&self, manifest: &Manifest) -> Result<Vec<BarBlock>, Diagnostic> {
        let found = self.wait(read::batches(&self.location, manifest, Table::Bars, None))?;
        Ok(bars::blocks(&found)?.into_iter().map(|v| v.block).collect())
    }

    /// What is not as it was written: damaged files, rows in disorder.
    pub(crate) fn flaws(&self, manifest: &Manifest) -> Result<Vec<Finding>, Diagnostic> {
        self.wait(flaw::flaws(&self.location, manifest))
    }

    /// The answer to an SQL query on a version, or the newest, with the embedded facts below it.
    pub fn sql(
        &self,
        query: &str,
        version: Option<u64>,
        facts: &Batch,
    ) -> Result<Sheet, Diagnostic> {
        self.wait(async {
            let manifest = self.find(version).await?;
            let lake = Some((&self.location, &manifest));
            sql::Tables { lake, facts }.query(query).await
        })
    }

    async fn find(&self, version: Option<u64>) -> Result<Manifest, Diagnostic> {
        let manifests = Manifests::new(self.location.files()?);
        let versions = manifests.versions().await?;
        let (Some(first), Some(last)) = (versions.first(), versions.last()) else {
            return Err(no_lake(&self.location.name));
        };
        let wanted = version.unwrap_or(*last);
        if versions.binary_search(&wanted).is_err() {
            let message = format!("the lake has no version {wanted}");
            return Err(Diagnostic::new(Code::LakeVersion, message)
                .subject(self.location.name.clone())
                .note(format!("its versions run from {first} to {last}"))
                .hint("`kinglet data log` lists them"));
        }
        manifests.load(wanted).await
    }

    async fn versions(&self) -> Result<Vec<u64>, Diagnostic> {
        Manifests::new(self.location.files()?).versions().await
    }

    async fn create(&self) -> Result<(), Diagnostic> {
        let files = self.location.files()?;
        let manifests = Manifests::new(Arc::clone(&files));
        if !manifests.versions().await?.is_empty() {
            return Ok(());
        }
        // A folder of manifests without any is left by a creation that was killed.
        let foreign = |path: &Path| path.as_ref() != manifest::FOLDER[0];
        let there = files.list_with_delimiter(None).await;
        if there.is_ok_and(|t| !t.objects.is_empty() || t.common_prefixes.iter().any(foreign)) {
            let message = format!("{} is neither a lake nor empty", self.location.name);
            return Err(Diagnostic::new(Code::NoLake, message)
                .hint("give an empty or a new folder, or the folder of a lake"));
        }
        match manifests.publish(&import::first()).await {
            Err(error) if error.code == Code::Conflict => Ok(()),
            done => done,
        }
    }

    fn wait<T>(&self, work: impl Future<Output = T>) -> T {
        self.runtime.block_on(work)
    }
}

/// The positions of funds and the figures of companies that a view has, if they are needed.
async fn companies(
    location: &Location,
    manifest: &Manifest,
    needs: &Needs,
) -> Result<(Vec<RecordBatch>, Vec<RecordBatch>), Diagnostic> {
    if needs.reach == Reach::Series {
        return Ok((Vec::new(), Vec::new()));
    }
    let items = read::among("item", item_names());
    futures::try_join!(
        read::batches(location, manifest, Table::Holdings, None),
        read::matching(location, manifest, Table::Fundamentals, Some(items)),
    )
}

fn no_lake(location: &str) -> Diagnostic {
    Diagnostic::new(Code::NoLake, format!("there is no lake at {location}"))
        .hint("`kinglet data import PATH… --lake FOLDER` makes one")
        .hint("without `--lake` the embedded facts are used")
}
