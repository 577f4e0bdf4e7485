//! Where data are read.

use kinglet_core::diagnostic::Diagnostic;
use kinglet_store::data::Data;
use kinglet_store::lake::Lake;

/// Where data are read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Source {
    /// The tables compiled into the program.
    Facts,
    /// A lake.
    Lake {
        /// A folder or a URL.
        location: String,
        /// An older version; without it the newest.
        version: Option<u64>,
    },
}

impl Source {
    /// The data of this source.
    pub(crate) fn data(&self) -> Result<Data, Diagnostic> {
        match self {
            Source::Facts => Ok(Data::facts()),
            Source::Lake { location, version } => Data::of(Lake::open(location)?, *version),
        }
    }
}
