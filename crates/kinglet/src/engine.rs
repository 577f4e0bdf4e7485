//! Requests to answers: where the data are, the view that a request needs, one evaluator for all
//! its queries.

use kinglet_core::answer::Answer;
use kinglet_core::diagnostic::Diagnostic;
use kinglet_core::query::{Evaluator, Query};
use kinglet_core::time::Date;
use kinglet_core::view::View;
use kinglet_store::facts;

/// Where data are read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Source {
    /// The tables compiled into the program.
    Facts,
}

/// Answers requests from one version of the data, as it was known at one date.
#[derive(Debug)]
pub struct Engine {
    view: View,
}

impl Engine {
    /// Opens a source. Without `as_of` all is used that the source holds; never a clock.
    ///
    /// # Errors
    /// A diagnostic where the source cannot be read.
    pub fn open(source: &Source, as_of: Option<Date>) -> Result<Engine, Diagnostic> {
        let view = match source {
            Source::Facts => facts::view(as_of),
        };
        Ok(Engine { view })
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
