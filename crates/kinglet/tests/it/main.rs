//! The façade as a whole: answers, wire formats, and that nothing looks ahead.

mod acceptance;
mod allocation;
mod audit;
mod batch;
mod case;
mod chart;
mod cutoff;
mod desk;
mod document;
mod feed;
mod formats;
mod golden;
mod histories;
mod mutation;
mod outputs;
mod page;
mod pdf;
mod recheck;
mod schema;
mod truth;
mod truth_tags;
mod wire;

use kinglet::{Answer, Engine, Source};

/// The answer of the embedded facts.
fn answer(query: &str) -> Answer {
    let engine = Engine::open(&Source::Facts, None).expect("the facts are compiled in");
    engine.eval(&[query.parse().expect(query)]).remove(0)
}

/// Whether there is no value for the reason that the facts hold neither figures of companies nor
/// bars, distributions or projections.
fn lacks_data(answer: &Answer) -> bool {
    let lacking = ["no_companies", "no_bars", "no_distributions", "no_projections"];
    answer.result.as_ref().is_err_and(|why| lacking.contains(&why.code))
}
