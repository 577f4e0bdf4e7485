//! Prints the claims of an article as JSON: `cargo run --example claims -- FILE [PUBLISHED]`.

#![allow(clippy::print_stdout, clippy::disallowed_methods)]

use kinglet_core::article::{self, Claim};
use serde_json::{Value, json};

fn main() {
    let mut arguments = std::env::args().skip(1);
    let path = arguments.next().expect("usage: claims FILE [PUBLISHED]");
    let published = arguments.next().map(|day| day.parse().expect("a date such as 2025-08-28"));
    let text = String::from_utf8_lossy(&std::fs::read(&path).expect(&path)).into_owned();
    let article = article::read(&text, published);
    let claims: Vec<Value> = article.claims.iter().map(as_json).collect();
    println!(
        "{:#}",
        json!({"published": article.published, "session": article.session, "claims": claims})
    );
}

fn as_json(claim: &Claim) -> Value {
    json!({
        "span": {"start": claim.span.start, "end": claim.span.end},
        "text": claim.printed.text,
        "entity": claim.entity,
        "versus": claim.versus,
        "metric": claim.metric,
        "period": claim.period_text(),
        "value": claim.value,
        "unit": claim.unit,
        "comparator": claim.comparator.name(),
        "modality": claim.modality.name(),
    })
}
