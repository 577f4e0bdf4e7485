//! The query parser and the evaluator: no text makes them panic, and what a query prints it reads
//! back as the same query.
#![no_main]

use kinglet_core::query::{Evaluator, Query};
use kinglet_fuzz::VIEW;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|text: &str| {
    let Ok(query) = text.parse::<Query>() else { return };
    let printed = query.to_string();
    let again: Query = printed.parse().unwrap_or_else(|e| panic!("{printed}: {e}"));
    assert_eq!(again.to_string(), printed, "from {text}");
    let answer = Evaluator::new(&VIEW).answer(&query);
    assert!(answer.number().is_none_or(f64::is_finite), "{printed}");
});
