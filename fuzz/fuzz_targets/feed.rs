//! The whole audit: whatever the lines of a feed hold, none makes it panic, each is delivered once
//! and in order, and what is delivered is JSON and the same for any number of threads.
#![no_main]

use std::num::NonZero;
use std::sync::LazyLock;

use kinglet::audit::feed::{self, Delivery, Options};
use kinglet::{Engine, Source};
use libfuzzer_sys::fuzz_target;
use serde_json::{Value, json};

static ENGINE: LazyLock<Engine> =
    LazyLock::new(|| Engine::open(&Source::Facts, None).expect("the facts are compiled in"));

/// The lines that are delivered for texts and for raw bytes as lines.
fn audited(feed: &[u8], threads: usize) -> Vec<u8> {
    let threads = NonZero::new(threads).expect("not zero");
    let options = Options { name: "feed", published: None, threads };
    let mut lines = Vec::new();
    let summary = feed::audit(feed, &ENGINE, options, |delivery| {
        match delivery {
            Delivery::Audits(json) => lines.extend_from_slice(json),
            Delivery::Skipped(diagnostic) => assert!(!diagnostic.message.is_empty()),
        }
        Ok(())
    });
    let summary = summary.expect("memory can be read").expect("nobody went away");
    let count = lines.split(|&b| b == b'\n').filter(|line| !line.is_empty()).count();
    assert_eq!(count, summary.articles);
    lines
}

fuzz_target!(|input: (Vec<&str>, &[u8])| {
    let (texts, raw) = input;
    let mut feed = Vec::new();
    for (id, text) in texts.iter().enumerate() {
        let line = json!({"id": id, "published": "2025-09-19", "text": text});
        feed.extend_from_slice(format!("{line}\n").as_bytes());
    }
    feed.extend_from_slice(raw);
    let one = audited(&feed, 1);
    assert_eq!(one, audited(&feed, 3));
    let mut before = 0;
    for line in one.split(|&b| b == b'\n').filter(|line| !line.is_empty()) {
        let audit: Value = serde_json::from_slice(line).expect("JSON");
        let line = audit["line"].as_u64().expect("a number");
        assert!(line > before, "line {line} after line {before}");
        before = line;
    }
});
