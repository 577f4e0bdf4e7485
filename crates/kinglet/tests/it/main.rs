//! The façade as a whole: answers, wire formats, and that nothing looks ahead.

mod acceptance;
mod audit;
mod batch;
mod case;
mod cutoff;
mod feed;
mod golden;
mod wire;

use kinglet::{Answer, Engine, Source};

/// The answer of the embedded facts.
fn answer(query: &str) -> Answer {
    let engine = Engine::open(&Source::Facts, None).expect("the facts are compiled in");
    engine.eval(&[query.parse().expect(query)]).remove(0)
}
