//! How fast articles are read and audited: one core, generated articles of 4 kB, embedded facts.

use std::num::NonZero;

use divan::counter::{BytesCount, ItemsCount};
use divan::{Bencher, black_box};
use kinglet::audit::feed::{self, Options};
use kinglet::{Date, Engine, Source};
use kinglet_bench::{Article, articles};

const ARTICLES: usize = 256;

fn main() {
    divan::main();
}

fn some() -> Vec<Article> {
    articles(1).take(ARTICLES).collect()
}

/// From text to claims.
#[divan::bench]
fn extraction(bencher: Bencher<'_, '_>) {
    let articles = some();
    let dates: Vec<Date> = articles.iter().map(|a| a.published.parse().expect("a day")).collect();
    let bytes: usize = articles.iter().map(|a| a.text.len()).sum();
    let counted = bencher.counter(ItemsCount::new(ARTICLES)).counter(BytesCount::new(bytes));
    counted.bench_local(|| {
        for (article, published) in articles.iter().zip(&dates) {
            black_box(kinglet_core::article::read(&article.text, Some(*published)));
        }
    });
}

/// What repeats itself for a megabyte: prose without a full stop, tables with and without a head.
/// The time may grow with the length of a text, not with its square.
const REPEATED: &[&str] = &[
    "rose 5%, fell 3%, ",
    "The Russell 2000 rose 5% on Thursday, ",
    "5% ",
    "three ",
    "small caps ",
    "U.",
    "http://",
    "| Russell 2000 | 5.1% | 3.2% |\n",
    "| Index | 2024 |\n| Russell 2000 | 5.1% |\n\n",
];

#[divan::bench(args = REPEATED, sample_count = 3)]
fn repeated(bencher: Bencher<'_, '_>, unit: &str) {
    let text = unit.repeat(1_000_000 / unit.len());
    let published: Date = "2025-10-31".parse().expect("a day");
    let counted = bencher.counter(BytesCount::new(text.len()));
    counted.bench_local(|| black_box(kinglet_core::article::read(&text, Some(published))));
}

/// From a feed to its results.
#[divan::bench]
fn audit(bencher: Bencher<'_, '_>) {
    let lines: String = some().iter().map(Article::line).collect();
    let engine = Engine::open(&Source::Facts, None).expect("the facts open");
    let options = Options { name: "feed", published: None, threads: NonZero::<usize>::MIN };
    bencher.counter(ItemsCount::new(ARTICLES)).bench_local(|| {
        let audited = feed::audit(lines.as_bytes(), &engine, options, |delivery| {
            black_box(delivery);
            Ok(())
        });
        audited.expect("no line breaks off")
    });
}
