//! No look-ahead, for the whole catalogue: what becomes public after a day may be anything, or be
//! absent, and no value of that day changes in any bit. The data hold series with revisions, bars,
//! prices of companies, holdings and figures that are public weeks after their day, and events.

use std::collections::BTreeSet;

use kinglet_core::answer::{Outcome, Undefined};
use kinglet_core::metrics::CATALOG;
use kinglet_core::query::{Evaluator, Query};
use kinglet_core::time::Date;

use super::questions;
use super::synthetic::{Alteration, Future, uncut, view};

/// Also days on which a quarter is over and its holdings or figures are not public yet.
const DAYS: [Date; 5] = [
    Date::constant(1998, 10, 15),
    Date::constant(2010, 4, 5),
    Date::constant(2025, 9, 10),
    Date::constant(2026, 7, 15),
    Date::constant(2026, 8, 14),
];

fn answers(queries: &[Query], through: Date, future: Future) -> Vec<Result<Outcome, Undefined>> {
    let view = view(7, Alteration { through, future, ..Alteration::none() });
    let evaluator = Evaluator::new(&view);
    queries.iter().map(|query| evaluator.answer(query).result).collect()
}

#[test]
fn no_value_knows_the_future() {
    let golden = CATALOG.iter().flat_map(|m| m.golden.iter().map(|g| g.query));
    let examples = CATALOG.iter().map(|m| m.definition.example);
    let texts = examples.chain(golden).map(|text| text.parse().expect("a query"));
    let mut queries: Vec<Query> = texts.collect();
    let mut names = vec![None; queries.len()];
    for (name, of_it) in questions::all() {
        names.extend(of_it.iter().map(|_| Some(name)));
        queries.extend(of_it);
    }
    let mut valued = BTreeSet::new();
    for day in DAYS {
        let plain = answers(&queries, day, Future::Whole);
        for future in [Future::Times(-3.0), Future::Times(1.5), Future::Absent] {
            let altered = answers(&queries, day, future);
            for ((query, plain), altered) in queries.iter().zip(&plain).zip(&altered) {
                // Data that come later may be a reason not to call a table empty.
                let is_absent = future == Future::Absent && plain.is_err() && altered.is_err();
                assert!(is_absent || plain == altered, "{query} on {day}, {future:?}");
            }
        }
        let values = names.iter().zip(&plain).filter(|(_, answer)| answer.is_ok());
        valued.extend(values.filter_map(|(name, _)| *name));
    }
    let never = CATALOG.iter().map(|m| m.definition.name).filter(|name| !valued.contains(name));
    assert_eq!(never.collect::<Vec<_>>(), Vec::<&str>::new(), "never had a value");
}

/// The test above can fail: where the days are not over, what is altered shows in most definitions.
#[test]
fn the_future_is_altered() {
    let mut blind = Vec::new();
    let whole = view(7, Alteration::none());
    let through = Date::constant(2007, 6, 30);
    let future = Future::Times(-3.0);
    let altered = uncut(7, Alteration { through, future, ..Alteration::none() });
    let (before, after) = (Evaluator::new(&whole), Evaluator::new(&altered));
    for (name, queries) in questions::all() {
        let shows = |q: &Query| before.answer(q).result.ok() != after.answer(q).result.ok();
        if !queries.iter().any(shows) {
            blind.push(name);
        }
    }
    assert_eq!(blind, ["month_of_year"]);
}
