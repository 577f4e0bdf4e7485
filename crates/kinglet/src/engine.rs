//! Requests to answers: the view that a request needs, one evaluator for all its queries.

use std::sync::OnceLock;

use kinglet_core::answer::Answer;
use kinglet_core::diagnostic::Diagnostic;
use kinglet_core::query::{Evaluator, Expr, Query, Reach};
use kinglet_core::time::Date;
use kinglet_core::view::View;
use kinglet_store::data::Data;
use kinglet_store::lake::Needs;

use crate::source::Source;

/// Answers requests from one version of the data, as it was known at one date.
#[derive(Debug)]
pub struct Engine {
    data: Data,
    as_of: Option<Date>,
    needs: Needs,
    view: View,
    /// Views that reach further, each loaded when it is first asked for.
    further: [(Reach, OnceLock<Result<View, Diagnostic>>); 2],
}

impl Engine {
    /// Opens a source with all its series. Without `as_of` all is used that the source holds; never
    /// a clock.
    ///
    /// # Errors
    /// A diagnostic where the source cannot be read.
    pub fn open(source: &Source, as_of: Option<Date>) -> Result<Engine, Diagnostic> {
        Engine::with(source, as_of, Needs::ALL)
    }

    /// The same with what some claims need beside the series.
    ///
    /// # Errors
    /// As [`Engine::open`].
    pub fn open_reaching(
        reach: Reach,
        source: &Source,
        as_of: Option<Date>,
    ) -> Result<Engine, Diagnostic> {
        Engine::with(source, as_of, Needs { reach, ..Needs::ALL })
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
        let reach = exprs.iter().map(|expr| expr.reach()).max().unwrap_or_default();
        Engine::with(source, as_of, Needs::of(codes, reach))
    }

    fn with(source: &Source, as_of: Option<Date>, needs: Needs) -> Result<Engine, Diagnostic> {
        let data = source.data()?;
        let view = data.view(as_of, &needs)?;
        let further = [Reach::Companies, Reach::Members].map(|reach| (reach, OnceLock::new()));
        Ok(Engine { data, as_of, needs, view, further })
    }

    /// What can be read.
    pub fn view(&self) -> &View {
        &self.view
    }

    /// What can be read of the same data as far as some claims reach.
    ///
    /// # Errors
    /// As [`Engine::open`].
    pub fn view_reaching(&self, reach: Reach) -> Result<&View, Diagnostic> {
        let further =
            self.further.iter().find(|(far, _)| *far == reach && reach > self.needs.reach);
        let (Some((_, view)), Some(_)) = (further, self.data.lake()) else { return Ok(&self.view) };
        let needs = || Needs { reach, ..self.needs.clone() };
        let view = view.get_or_init(|| self.data.view(self.as_of, &needs()));
        view.as_ref().map_err(Clone::clone)
    }

    /// The answers to queries, in their order, in one pass over the data.
    pub fn eval(&self, queries: &[Query]) -> Vec<Answer> {
        let evaluator = Evaluator::new(&self.view);
        queries.iter().map(|query| evaluator.answer(query)).collect()
    }
}
