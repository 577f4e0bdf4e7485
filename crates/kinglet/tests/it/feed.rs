//! Feeds: order, threads, lines that are skipped, results that nobody reads.

use std::io;
use std::num::NonZero;

use kinglet::audit::feed::{self, Delivery, Options, Summary};
use kinglet::{Code, Diagnostic, Engine, Source};

/// 7.0% was August 2025 (2366.42 / 2211.65); September was 3.0% (2436.48 / 2366.42).
fn line(id: usize) -> String {
    let month = if id.is_multiple_of(3) { "September" } else { "August" };
    let text = format!("The Russell 2000 rose 7.0% in {month} 2025.");
    format!("{{\"id\": {id}, \"published\": \"2025-12-10\", \"text\": \"{text}\"}}\n")
}

fn options(threads: usize) -> Options<'static> {
    let threads = NonZero::new(threads).expect("not zero");
    Options { name: "feed", published: None, threads }
}

fn engine() -> Engine {
    Engine::open(&Source::Facts, None).expect("the facts open")
}

/// The lines of the results, the messages, and what was found.
fn audited(text: &str, threads: usize) -> (String, Vec<Diagnostic>, Summary) {
    let (mut lines, mut skipped) = (Vec::new(), Vec::new());
    let summary = feed::audit(text.as_bytes(), &engine(), options(threads), |delivery| {
        match delivery {
            Delivery::Audits(json) => lines.extend_from_slice(json),
            Delivery::Skipped(diagnostic) => skipped.push(diagnostic.clone()),
        }
        Ok(())
    });
    let summary = summary.expect("read").expect("to the end");
    (String::from_utf8(lines).expect("text"), skipped, summary)
}

#[test]
fn results_come_in_the_order_of_the_lines_whatever_the_threads() {
    let text: String = (0..500).map(line).collect();
    let (one, ..) = audited(&text, 1);
    let (many, skipped, summary) = audited(&text, 7);
    assert_eq!(one, many);
    assert_eq!(skipped, []);
    let ids = many.lines().map(|line| {
        let value: serde_json::Value = serde_json::from_str(line).expect("JSON");
        value["id"].as_u64().expect("a number")
    });
    assert!(ids.eq(0..500));
    // Of 500 ids, 167 are multiples of three.
    assert_eq!((summary.articles, summary.claims, summary.wrong), (500, 500, 167));
    let sum: usize = summary.verdicts.iter().map(|(_, count)| count).sum();
    assert_eq!(sum, 500);
}

#[test]
fn bad_lines_are_named_and_skipped() {
    let good = line(1);
    let long = "x".repeat((1 << 20) + 1);
    let bad = [
        "no JSON",
        r#"{"id": 1, "published": "2025-12-10"}"#,
        r#"{"id": 1, "text": "It rose.", "published": "yesterday"}"#,
        r#"{"id": 1, "text": "The Russell 2000 rose 7.0%."}"#,
        r#"{"id": 1, "text": " ", "published": "2025-12-10"}"#,
        "[]",
        "7",
        &long,
    ];
    let text: String = bad.iter().map(|bad| format!("{good}\n{bad}\r\n")).collect();
    let (lines, skipped, summary) = audited(&text, 3);
    assert_eq!(lines.lines().count(), bad.len());
    assert_eq!((summary.articles, summary.skipped), (bad.len(), bad.len()));
    for (i, diagnostic) in skipped.iter().enumerate() {
        assert_eq!(diagnostic.code, Code::Row);
        let place = format!("line {} of feed cannot be taken: ", 3 * (i + 1));
        assert!(diagnostic.message.starts_with(&place), "{diagnostic}");
    }
}

#[test]
fn a_reader_that_goes_away_ends_it() {
    let text: String = (0..500).map(line).collect();
    let audit =
        |kind| feed::audit(text.as_bytes(), &engine(), options(3), |_| Err(io::Error::from(kind)));
    assert_eq!(audit(io::ErrorKind::BrokenPipe).expect("no failure"), None);
    assert_eq!(audit(io::ErrorKind::StorageFull).expect_err("a failure").code, Code::Write);
}

#[test]
fn a_feed_that_breaks_off_is_audited_so_far() {
    let text: String = (0..100).map(line).collect();
    let mut packed = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
    io::Write::write_all(&mut packed, text.as_bytes()).expect("in memory");
    let packed = packed.finish().expect("in memory");
    for (bytes, whole) in [(&packed[..], true), (&packed[..packed.len() - 9], false)] {
        let mut articles = 0;
        let source = feed::unpacked(bytes).expect("readable");
        let summary = feed::audit(source, &engine(), options(2), |delivery| {
            if let Delivery::Audits(json) = delivery {
                articles += json.iter().filter(|&&b| b == b'\n').count();
            }
            Ok(())
        });
        match summary {
            Ok(_) => assert!(whole && articles == 100),
            Err(diagnostic) => {
                assert!(!whole, "{diagnostic}");
                assert_eq!(diagnostic.code, Code::File);
                assert_eq!(diagnostic.message, format!("feed breaks off after line {articles}"));
            }
        }
    }
    let zst = zstd::encode_all(text.as_bytes(), 1).expect("in memory");
    let mut unpacked = String::new();
    let mut source = feed::unpacked(&zst[..]).expect("readable");
    io::Read::read_to_string(&mut source, &mut unpacked).expect("text");
    assert_eq!(unpacked, text);
}
