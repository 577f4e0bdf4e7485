//! Requests to answers: where the data are, the view that a request needs, one evaluator for all
//! its queries.

use kinglet_core::answer::Answer;
use kinglet_core::diagnostic::Diagnostic;
use kinglet_core::query::{Evaluator, Query};
use kinglet_core::time::Date;
use kinglet_core::view::View;
use kinglet_store::assemble;
use kinglet_store::data::Data;
use kinglet_store::lake::{Lake, Needs};

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

/// Answers requests from one version of the data, as it was known at one date.
#[derive(Debug)]
pub struct Engine {
    view: View,
}

impl Engine {
    /// Opens a source with all its series. Without `as_of` all is used that the source holds; never
    /// a clock.
    ///
    /// # Errors
    /// A diagnostic where the source cannot be read.
    pub fn open(source: &Source, as_of: Option<Date>) -> Result<Engine, Diagnostic> {
        Engine::with(source, as_of, &Needs::All)
    }

    /// Opens a source with what some queries need of it.
    ///
    /// # Errors
    /// As [`Engine::open`].
    pub fn open_for(
        queries: &[Query],
        source: &Source,
        as_of: Option<Date>,
    ) -> Result<Engine, Diagnostic> {
        let entities = queries.iter().flat_map(Query::entities);
        let ids = entities.flat_map(|e| assemble::series_ids(e.code())).collect();
        Engine::with(source, as_of, &Needs::Ids(ids))
    }

    fn with(source: &Source, as_of: Option<Date>, needs: &Needs) -> Result<Engine, Diagnostic> {
        let data = match source {
            Source::Facts => Data::facts(),
            Source::Lake { location, version } => Data::of(Lake::open(location)?, *version)?,
        };
        Ok(Engine { view: data.view(as_of, needs)? })
    }

    /// What can be read.
    pub fn view(&self) -> &View {
        &self.view
    }

    /// The answers to queries, in their order, in one pass over the data.
    pub fn eval(&self, queries: &[Query]) -> Vec<Answer> {
        let evaluator = Evaluator::new(&self.view);
        queries.iter().map(|query| evaluator.answer(query)).collect()
    }
}
