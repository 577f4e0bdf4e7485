//! The query parser and the evaluator: no text makes them panic, and what a query prints it reads
//! back as the same query.
#![no_main]

use std::sync::LazyLock;

use kinglet_core::query::{Evaluator, Query};
use kinglet_core::view::{View, example};
use libfuzzer_sys::fuzz_target;

static VIEW: LazyLock<View> = LazyLock::new(|| {
    example(&[
        ("2024-12-31", 2230.16),
        ("2025-07-31", 2211.65),
        ("2025-08-28", 2378.41),
        ("2025-08-29", 2366.42),
        ("2025-09-17", 2407.34),
        ("2025-09-18", 2467.70),
        ("2025-09-30", 2436.48),
    ])
});

fuzz_target!(|text: &str| {
    let Ok(query) = text.parse::<Query>() else { return };
    let printed = query.to_string();
    let again: Query = printed.parse().unwrap_or_else(|e| panic!("{printed}: {e}"));
    assert_eq!(again.to_string(), printed, "from {text}");
    let answer = Evaluator::new(&VIEW).answer(&query);
    assert!(answer.number().is_none_or(f64::is_finite), "{printed}");
});
