//! The reader of articles and the judge: no text makes them panic, and every span lies on the text
//! that it claims to be.
#![no_main]

use std::sync::LazyLock;

use kinglet_core::article;
use kinglet_core::verdict::{Context, judge};
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
    let read = article::read(text, None);
    for claim in &read.claims {
        let printed = text.get(claim.span.start..claim.span.end);
        assert_eq!(printed, Some(claim.printed.text.as_str()));
        assert!(claim.value.is_finite(), "{claim:?}");
        assert!(text.get(claim.sentence.start..claim.sentence.end).is_some());
    }
    let published = read.published.unwrap_or(VIEW.cutoff.through);
    let review = judge(&read.claims, Context { text, published }, &VIEW);
    assert_eq!(review.judgements.len(), read.claims.len());
});
