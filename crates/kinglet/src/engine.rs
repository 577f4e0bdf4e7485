//! Requests to answers: where the data are, the view that a request needs, one evaluator for all
//! its queries.

use kinglet_core::answer::Answer;
use kinglet_core::query::{Evaluator, Query};
use kinglet_core::view::View;

/// Answers requests from one version of the data, as it was known at one date.
#[derive(Debug)]
pub struct Engine {
    view: View,
}

impl Engine {
    /// An engine over a view.
    pub fn over(view: View) -> Engine {
        Engine { view }
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
