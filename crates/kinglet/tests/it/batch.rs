//! Many queries at once are the same as one by one.

use kinglet::{Engine, Query, Source};
use kinglet_core::metrics::CATALOG;

use crate::lacks_data;

fn examples() -> Vec<Query> {
    let golden = CATALOG.iter().flat_map(|m| m.golden.iter().map(|g| g.query));
    let texts = CATALOG.iter().map(|m| m.definition.example).chain(golden);
    texts.map(|text| text.parse().expect(text)).collect()
}

#[test]
fn order_is_kept_and_answers_agree() {
    let queries = examples();
    let engine = Engine::open(&Source::Facts, None).expect("facts");
    let together = engine.eval(&queries);
    assert_eq!(together.len(), queries.len());
    for (query, answer) in queries.iter().zip(&together) {
        assert_eq!(answer.query, query.to_string());
        let alone = Engine::open(&Source::Facts, None).expect("facts");
        assert_eq!(&alone.eval(std::slice::from_ref(query))[0], answer);
    }
}

#[test]
fn every_example_has_a_value_on_the_facts() {
    let engine = Engine::open(&Source::Facts, None).expect("facts");
    for metric in CATALOG {
        let example = metric.definition.example;
        let answer = &engine.eval(&[example.parse().expect(example)])[0];
        let fits = answer.result.is_ok() || lacks_data(answer);
        assert!(fits, "{example}: {:?}", answer.result);
    }
}
