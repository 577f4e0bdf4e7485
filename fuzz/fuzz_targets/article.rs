//! The reader of articles and the judge: no text makes them panic, and every span lies on the text
//! that it claims to be.
#![no_main]

use kinglet_core::article;
use kinglet_core::verdict::{Context, judge};
use kinglet_fuzz::VIEW;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|text: &str| {
    let read = article::read(text, None);
    for claim in &read.claims {
        let printed = text.get(claim.span.start..claim.span.end);
        assert_eq!(printed, Some(claim.printed.text.as_str()));
        assert!(claim.value.is_finite(), "{claim:?}");
        assert!(text.get(claim.sentence.start..claim.sentence.end).is_some());
    }
    let published = read.published.unwrap_or(VIEW.cutoff.through);
    let review = judge(&read.claims, Context { text, published, read: None }, &VIEW);
    assert_eq!(review.judgements.len(), read.claims.len());
});
