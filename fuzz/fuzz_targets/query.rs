//! The query parser: no text makes it panic, and what it prints it reads back as the same query.
#![no_main]

use kinglet_core::query::Query;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|text: &str| {
    let Ok(query) = text.parse::<Query>() else { return };
    let printed = query.to_string();
    let again: Query = printed.parse().unwrap_or_else(|e| panic!("{printed}: {e}"));
    assert_eq!(again.to_string(), printed, "from {text}");
});
