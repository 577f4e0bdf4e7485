//! Questions of the tests, and what came of them.

use kinglet_core::answer::Answer;
use kinglet_core::query::Evaluator;
use kinglet_core::view::View;

pub(crate) fn answer(view: &View, query: &str) -> Answer {
    Evaluator::new(view).answer(&query.parse().unwrap_or_else(|d| panic!("{d}")))
}

#[track_caller]
pub(crate) fn undefined(view: &View, query: &str, code: &str) {
    let why = answer(view, query).result.expect_err(query);
    assert_eq!(why.code, code, "{query}: {why}");
}

pub(crate) fn notices(answer: &Answer) -> Vec<&str> {
    let outcome = answer.result.as_ref().expect("a value");
    outcome.notices.iter().map(|n| n.text.as_str()).collect()
}
