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

/// From a feed to its results.
#[divan::bench]
fn audit(bencher: Bencher<'_, '_>) {
    let lines: String = some().iter().map(Article::line).collect();
    let engine = Engine::open(&Source::Facts, None).expect("the facts open");
    let options = Options { name: "feed", published: None, threads: NonZero::<usize>::MIN };
    bencher.counter(ItemsCount::new(ARTICLES)).bench_local(|| {
        let audited = feed::audit(lines.as_bytes(), engine.view(), options, |delivery| {
            black_box(delivery);
            Ok(())
        });
        audited.expect("no line breaks off")
    });
}
