//! How fast every lens is read, as of one day and for every month-end: the embedded facts, or the
//! lake that `KINGLET_LAKE` names. Opening the data is not counted, but in `opened`.

use divan::counter::ItemsCount;
use divan::{Bencher, black_box};
use kinglet::lens::{history, shipped};
use kinglet::{Date, Engine, Source};

fn main() {
    divan::main();
}

fn engine() -> Engine {
    let source = match std::env::var("KINGLET_LAKE") {
        Ok(location) => Source::Lake { location, version: None },
        Err(_) => Source::Facts,
    };
    Engine::open_for(&shipped().queries(), &source, None).expect("the data open")
}

/// From a closed lake to a view of what the lenses need.
#[divan::bench(sample_count = 10)]
fn opened(bencher: Bencher<'_, '_>) {
    bencher.bench_local(|| black_box(engine()));
}

/// All readings as of the end of the data.
#[divan::bench(sample_count = 20)]
fn one_day(bencher: Bencher<'_, '_>) {
    let (engine, lenses) = (engine(), shipped());
    bencher.bench_local(|| black_box(lenses.readings(engine.view())));
}

/// All readings of each month-end since a year, on all cores. The time for one date should not grow
/// with their number.
#[divan::bench(args = [2018, 2008, 1990], sample_count = 3)]
fn month_ends(bencher: Bencher<'_, '_>, since: i16) {
    let (engine, lenses) = (engine(), shipped());
    let since: Date = format!("{since}-01-31").parse().expect("a day");
    let count = history(engine.view(), &lenses, since).len();
    let counted = bencher.counter(ItemsCount::new(count));
    counted.bench_local(|| black_box(history(engine.view(), &lenses, since)));
}
