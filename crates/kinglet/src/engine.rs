//! Requests to answers: the view that a request needs, one evaluator for all its queries.

use kinglet_core::answer::Answer;
use kinglet_core::diagnostic::Diagnostic;
use kinglet_core::query::{Evaluator, Expr, Query};
use kinglet_core::time::Date;
use kinglet_core::view::View;
use kinglet_store::lake::Needs;

use crate::source::Source;

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
        let exprs: Vec<&Expr> = queries.iter().map(Query::expr).collect();
        Engine::open_for_all(&exprs, &[], source, as_of)
    }

    /// Opens a source with what some expressions need of it, open ones among them, and more series.
    ///
    /// # Errors
    /// As [`Engine::open`].
    pub fn open_for_all(
        exprs: &[&Expr],
        more: &[&str],
        source: &Source,
        as_of: Option<Date>,
    ) -> Result<Engine, Diagnostic> {
        let entities = exprs.iter().flat_map(|expr| expr.entities());
        let codes = entities.map(|entity| entity.code().to_owned());
        let codes = codes.chain(more.iter().map(|code| (*code).to_owned())).collect();
        let needs = if exprs.iter().any(|expr| expr.needs_members()) {
            Needs::Members(codes)
        } else if exprs.iter().any(|expr| expr.needs_companies()) {
            Needs::Companies(codes)
        } else {
            Needs::Ids(codes)
        };
        Engine::with(source, as_of, &needs)
    }

    fn with(source: &Source, as_of: Option<Date>, needs: &Needs) -> Result<Engine, Diagnostic> {
        let data = source.data()?;
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
