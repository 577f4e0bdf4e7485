//! The façade as a whole: answers, wire formats, and that nothing looks ahead.

mod acceptance;
mod audit;
mod batch;
mod case;
mod cutoff;
mod feed;
mod golden;
mod page;
mod wire;

use kinglet::{Answer, Engine, Source};

/// The answer of the embedded facts.
fn answer(query: &str) -> Answer {
    let engine = Engine::open(&Source::Facts, None).expect("the facts are compiled in");
    engine.eval(&[query.parse().expect(query)]).remove(0)
}

/// Whether there is no value for the reason that the facts hold no figures of companies.
fn lacks_companies(answer: &Answer) -> bool {
    answer.result.as_ref().is_err_and(|why| why.code == "no_companies")
}
