//! Each definition gives the values that others have published or computed. Those of companies
//! and of bars need imported data: a test of the store has them.

use kinglet_core::metrics::CATALOG;

use crate::{answer, lacks_data};

#[test]
fn values_from_elsewhere() {
    let goldens = CATALOG.iter().flat_map(|metric| metric.golden);
    let wrong: Vec<String> = goldens
        .filter_map(|golden| {
            let answer = answer(golden.query);
            if lacks_data(&answer) {
                return None;
            }
            let close = |got: f64| (got - golden.want).abs() <= golden.within;
            let off = !answer.number().is_some_and(close);
            off.then(|| format!("{}: {:?}, not {}", golden.query, answer.result, golden.want))
        })
        .collect();
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
