//! How fast bounds of what followed events are drawn: a hundred years of months, in some of which a
//! series rose by 10% and more; the mean return and the share of gains over the 6 and the 12 months
//! that followed; 10,000 histories by the stationary bootstrap in blocks of 12 months on average;
//! the bounds at 95% of the four.
//!
//! `KINGLET_MONTHS` names a file of returns to use in place of made-up ones: doubles,
//! little-endian, 1,200 of each series. What comes out of the first series is printed: months, mean
//! returns, shares, and the width of the bounds of the mean return over twelve months, which other
//! software finds within its own error of about 1%. `study_peers.py` runs this and arch in turns on
//! the same returns.

use std::num::NonZero;

use divan::{Bencher, black_box};
use kinglet_core::numeric::bootstrap::{Blocks, Bootstrap, Draws};
use kinglet_core::numeric::confidence::Bounds;
use kinglet_core::numeric::random::Random;

const MONTHS: usize = 1_200;
const HISTORIES: usize = 10_000;
const BLOCKS: Blocks = Blocks::Stationary(12.0);
/// So many series are summed in one pass.
const CHUNK: usize = 8;

#[expect(clippy::print_stdout, reason = "what comes out is compared with other software")]
fn main() {
    let study = Study::of(&series()[0]);
    let [_, twelve, ..] = study.bounds(&histories());
    let (events, means) = (study.columns[0].iter().sum::<f64>(), study.means());
    println!("{events} months, {means:?}, width {:.5}", twelve.high - twelve.low);
    divan::main();
}

/// From returns to bounds, for one series.
#[divan::bench]
fn one(bencher: Bencher<'_, '_>) {
    let series = series();
    bencher.bench_local(|| black_box(Study::of(&series[0]).bounds(&histories())));
}

/// For as many series as the file has, or 3,000, on all cores.
#[divan::bench(sample_count = 3, sample_size = 1)]
fn all(bencher: Bencher<'_, '_>) {
    let series = series();
    bencher.bench_local(|| black_box(bounds_of_all(&series)));
}

/// What follows the events of a series.
struct Study {
    /// Whether a month is an event; there, the returns over 6 and 12 months, and whether they gain.
    columns: [Vec<f64>; 5],
}

impl Study {
    fn of(returns: &[f64]) -> Study {
        let mut level = 0.0;
        let grows = |r: &f64| {
            level += r.ln_1p();
            level
        };
        let levels: Vec<f64> = returns.iter().map(grows).collect();
        let later = |at: usize, months: usize| {
            levels.get(at + months).map(|level| (level - levels[at]).exp_m1())
        };
        let mut columns: [Vec<f64>; 5] = std::array::from_fn(|_| vec![0.0; returns.len()]);
        for (at, rise) in returns.iter().enumerate() {
            let (Some(six), Some(twelve)) = (later(at, 6), later(at, 12)) else { break };
            if *rise >= 0.1 {
                let gains = |value: f64| f64::from(u8::from(value > 0.0));
                let row = [1.0, six, twelve, gains(six), gains(twelve)];
                columns.iter_mut().zip(row).for_each(|(column, value)| column[at] = value);
            }
        }
        Study { columns }
    }

    fn means(&self) -> [f64; 4] {
        let sums = self.columns.each_ref().map(|column| column.iter().sum::<f64>());
        std::array::from_fn(|at| sums[at + 1] / sums[0])
    }

    fn bounds(&self, draws: &Draws) -> [Bounds; 4] {
        let [events, rest @ ..] = &self.columns;
        bounds(&draws.sums(&[events, &rest[0], &rest[1], &rest[2], &rest[3]]))
    }
}

fn bounds(sums: &[Vec<f64>]) -> [Bounds; 4] {
    std::array::from_fn(|at| {
        let both = sums[0].iter().zip(&sums[at + 1]).filter(|(events, _)| **events > 0.0);
        let means: Vec<f64> = both.map(|(events, sum)| sum / events).collect();
        Bounds::of_resamples(&means, 0.95).unwrap_or(Bounds { low: 0.0, high: 0.0 })
    })
}

fn histories() -> Draws {
    Bootstrap::new(MONTHS, BLOCKS, 1).draws(0..HISTORIES)
}

/// The same histories for all series, which the cores share among them.
fn bounds_of_all(series: &[Vec<f64>]) -> Vec<[Bounds; 4]> {
    let draws = &histories();
    let cores = std::thread::available_parallelism().map_or(1, NonZero::get);
    let part = series.len().div_ceil(cores).max(1);
    std::thread::scope(|scope| {
        let of_part = |part: &'_ [Vec<f64>]| {
            part.chunks(CHUNK).flat_map(|chunk| chunk_bounds(chunk, draws)).collect::<Vec<_>>()
        };
        let threads: Vec<_> =
            series.chunks(part).map(|part| scope.spawn(move || of_part(part))).collect();
        let bounds = threads.into_iter().map(|thread| thread.join().expect("no thread fails"));
        bounds.flatten().collect()
    })
}

fn chunk_bounds(series: &[Vec<f64>], draws: &Draws) -> Vec<[Bounds; 4]> {
    let studies: Vec<Study> = series.iter().map(|returns| Study::of(returns)).collect();
    let columns: Vec<&[f64]> =
        studies.iter().flat_map(|study| study.columns.iter().map(Vec::as_slice)).collect();
    draws.sums(&columns).chunks(5).map(bounds).collect()
}

/// Monthly returns of a fat-tailed market, or those of the file.
fn series() -> Vec<Vec<f64>> {
    if let Some(path) = std::env::var_os("KINGLET_MONTHS") {
        let bytes = std::fs::read(path).expect("the file can be read");
        let (values, _) = bytes.as_chunks::<8>();
        let values: Vec<f64> = values.iter().map(|bytes| f64::from_le_bytes(*bytes)).collect();
        return values.chunks_exact(MONTHS).map(<[f64]>::to_vec).collect();
    }
    let mut random = Random::new(1);
    // The sum of three numbers from -1 to 1, cubed: many small returns, some of 10% and more.
    let mut rise = || {
        let size: f64 = (0..3).map(|_| 2.0 * random.share() - 1.0).sum();
        0.007 + 0.02 * size * size * size + 0.03 * size
    };
    (0..3_000).map(|_| (0..MONTHS).map(|_| rise()).collect()).collect()
}
