//! Simulations in which nothing is behind the events: a test at 5% then rejects in about 5% of
//! studies, an interval at 95% holds the true value in about 95%, where what it takes for granted
//! is given; where it is not, the classical tests reject too often and the adjusted ones do not.

mod study;

use std::ops::Range;

use kinglet_core::numeric::abnormal::{Abnormal, Expected, Layout, Windows};
use kinglet_core::numeric::bootstrap::{BlockLength, Blocks, Bootstrap};
use kinglet_core::numeric::confidence::{Bounds, groups, shortfall};
use kinglet_core::numeric::multiple;
use kinglet_core::numeric::placebo::{self, Placebos};
use kinglet_core::numeric::random::Random;
use kinglet_core::numeric::significance::{self, CalendarTime, Correlations, Finding};
use kinglet_core::numeric::{mean, variance};

const STUDIES: u64 = 2_000;

/// Of so many studies 5% reject, give or take four deviations of a binomial law, 1.95%.
const RIGHT: Range<f64> = 0.0305..0.0695;

/// No less than that, but not more either: the test is on the safe side.
const SAFE: Range<f64> = 0.0..0.0695;

/// Too often by far.
const WRONG: Range<f64> = 0.0695..1.0;

/// Normal numbers (Box and Muller 1958).
fn normal(random: &mut Random) -> f64 {
    let radius = (-2.0 * libm::log(1.0 - random.share())).sqrt();
    radius * libm::cos(2.0 * std::f64::consts::PI * random.share())
}

fn normals(random: &mut Random, count: usize) -> Vec<f64> {
    (0..count).map(|_| normal(random)).collect()
}

/// Twenty events without an effect.
#[derive(Clone, Copy, Debug)]
struct Study {
    /// How long the series are.
    length: usize,
    /// On how many dates the events are; each has one of its own where there are twenty.
    dates: usize,
    /// Whose events they are.
    firms: Firms,
    /// By what factor returns spread more in event windows.
    louder: f64,
}

#[derive(Clone, Copy, Debug)]
enum Firms {
    /// One each, what the market does not explain with this correlation.
    Many { together: f64 },
    /// One.
    Single,
}

const EVENTS: usize = 20;
const LAYOUT: Layout = Layout { estimation: 100, gap: 5, first: 1, last: 5 };
const APART: Study =
    Study { length: 500, dates: EVENTS, firms: Firms::Many { together: 0.0 }, louder: 1.0 };

impl Study {
    fn events(&self, seed: u64) -> Vec<Abnormal> {
        let mut random = Random::stream(17, seed);
        let on = [normals(&mut random, self.length)];
        let joint = normals(&mut random, self.length);
        let first = LAYOUT.estimation + LAYOUT.gap;
        let span = self.length - first - LAYOUT.last.unsigned_abs();
        let dates: Vec<usize> = (0..self.dates).map(|_| first + random.below(span)).collect();
        let correlation = match self.firms {
            Firms::Many { together } => together,
            Firms::Single => 1.0,
        };
        let (common, own) = (correlation.sqrt(), (1.0 - correlation).sqrt());
        let event = |firm: usize| {
            let windows = LAYOUT.around(dates[firm % self.dates], self.length).expect("inside");
            let moves = normals(&mut random, self.length).into_iter().zip(&joint);
            let mut returns: Vec<f64> = moves.map(|(e, j)| own * e + common * j).collect();
            returns[windows.event.clone()].iter_mut().for_each(|r| *r *= self.louder);
            returns.iter_mut().zip(&on[0]).for_each(|(r, m)| *r += 0.8 * m);
            Abnormal::new(&returns, Expected::Regression(&on), &windows).expect("it moves")
        };
        (0..EVENTS).map(event).collect()
    }

    /// In what share of studies each test rejects at 5%.
    fn rejected(&self) -> Vec<f64> {
        let mut rejected = vec![0.0; NAMES.len()];
        for seed in 0..STUDIES {
            for (count, p_value) in rejected.iter_mut().zip(p_values(&self.events(seed))) {
                *count += f64::from(u8::from(p_value < 0.05)) / STUDIES as f64;
            }
        }
        rejected
    }
}

const NAMES: [&str; 7] = [
    "patell",
    "patell adjusted",
    "boehmer",
    "boehmer adjusted",
    "rank",
    "generalised sign",
    "calendar time",
];

fn p_values(events: &[Abnormal]) -> [f64; 7] {
    let together = Correlations::of(events).expect("estimation windows overlap");
    let mean = together.mean();
    let found = [
        significance::patell(events),
        significance::patell_adjusted(events, mean),
        significance::boehmer(events),
        significance::boehmer_adjusted(events, mean),
        significance::rank(events, &together),
        significance::sign_generalised(events, &together),
        CalendarTime::of(events).test(),
    ];
    found.map(|found: Option<Finding>| found.expect("twenty events").p_value)
}

fn check(study: &Study, want: [Range<f64>; 7]) {
    let rejected = study.rejected();
    for ((name, share), band) in NAMES.iter().zip(&rejected).zip(want) {
        assert!(band.contains(share), "{name}: {share}, {rejected:?} of {study:?}");
    }
}

#[test]
fn independent_events() {
    check(&APART, [RIGHT, RIGHT, RIGHT, RIGHT, RIGHT, RIGHT, RIGHT]);
}

/// Events that raise the variance.
#[test]
fn louder_events() {
    let study = Study { louder: 1.5, ..APART };
    check(&study, [WRONG, WRONG, RIGHT, RIGHT, RIGHT, RIGHT, RIGHT]);
}

/// All on one date, and on four.
#[test]
fn clustered_events() {
    let study = Study { dates: 1, firms: Firms::Many { together: 0.2 }, ..APART };
    check(&study, [WRONG, RIGHT, WRONG, RIGHT, RIGHT, RIGHT, RIGHT]);
    let study = Study { dates: 4, ..study };
    check(&study, [WRONG, RIGHT, WRONG, RIGHT, RIGHT, RIGHT, RIGHT]);
}

/// Twenty windows of five places in 155 of one series. Portfolios in calendar time do not know
/// that errors of estimation are against each other, and are on the safe side.
#[test]
fn overlapping_events() {
    let study = Study { length: 265, firms: Firms::Single, ..APART };
    check(&study, [WRONG, RIGHT, WRONG, RIGHT, RIGHT, RIGHT, SAFE]);
}

/// Events of eleven places: a cumulated return over its standard error has the variance of
/// Student's law, d / (d - 2), so 1.02 of 120 places of estimation and 1.08 of 30, of 12,000 events
/// give or take four deviations. Adding up the variances of single places makes it 1.083 and 1.323
/// times that, (1 + 11 / n) / (1 + 1 / n) where the mean is estimated: it takes the error of
/// estimation, which is the same for all of them, for eleven that cancel out.
#[test]
fn errors_of_cumulated_returns() {
    const NAIVE: usize = 1_000;
    for (estimation, factors, times) in
        [(120, 0, 1.083), (120, 1, 1.083), (30, 0, 1.323), (30, 1, 1.323)]
    {
        let layout = Layout { estimation, gap: 0, first: 0, last: 10 };
        let mut random = Random::new(23);
        let (mut exact, mut naive) = (Vec::new(), Vec::new());
        for _ in 0..12_000 {
            let length = estimation + 11;
            let on: Vec<Vec<f64>> = (0..factors).map(|_| normals(&mut random, length)).collect();
            let returns = normals(&mut random, length);
            let within = |windows: &Windows| {
                Abnormal::new(&returns, Expected::Regression(&on), windows).expect("it moves")
            };
            let windows = layout.around(estimation, length).expect("it is the first after them");
            let event = within(&windows);
            exact.push(event.standardised());
            if naive.len() < NAIVE {
                let single = |place| Windows { event: place..place + 1, ..windows.clone() };
                let singles = windows.event.clone().map(|at| within(&single(at)));
                let variance: f64 = singles.map(|single| single.cumulated_variance()).sum();
                naive.push(event.cumulated() / variance.sqrt());
            }
        }
        let free = (estimation - 1 - factors) as f64;
        let found = variance(&exact).expect("events");
        assert!((found - free / (free - 2.0)).abs() < 0.06, "{estimation}, {factors}: {found}");
        let ratio = variance(&naive).zip(variance(&exact[..NAIVE])).map(|(naive, own)| naive / own);
        let ratio = ratio.expect("events");
        assert!((ratio - times).abs() < 0.02, "{estimation}, {factors}: {ratio}");
    }
}

/// Fifty years of months, independent of each other, some of them events; what follows over the
/// next half-year, so that outcomes overlap.
struct Months {
    events: Vec<usize>,
    outcome: Vec<f64>,
}

impl Months {
    const COUNT: usize = 600;
    const HORIZON: usize = 6;

    /// So many events, the months in which something is highest that lasts to a degree.
    fn new(events: usize, lasts: f64, seed: u64) -> Months {
        let mut random = Random::stream(29, seed);
        let returns = normals(&mut random, Months::COUNT + Months::HORIZON);
        let later = |t: usize| returns[t + 1..=t + Months::HORIZON].iter().sum();
        let outcome = (0..Months::COUNT).map(later).collect();
        let mut level = 0.0;
        let mut next = |_| {
            level = lasts * level + (1.0 - lasts * lasts).sqrt() * normal(&mut random);
            level
        };
        let levels: Vec<f64> = (0..Months::COUNT).map(&mut next).collect();
        let mut places: Vec<usize> = (0..Months::COUNT).collect();
        places.sort_by(|a, b| levels[*b].total_cmp(&levels[*a]));
        places.truncate(events);
        places.sort_unstable();
        Months { events: places, outcome }
    }

    /// The mean outcome of events, and that less the mean of all, in resampled histories.
    fn resampled(&self, blocks: Blocks, seed: u64) -> [Vec<f64>; 2] {
        let mut columns = [vec![0.0; Months::COUNT], vec![0.0; Months::COUNT]];
        for at in &self.events {
            (columns[0][*at], columns[1][*at]) = (1.0, self.outcome[*at]);
        }
        let draws = Bootstrap::new(Months::COUNT, blocks, seed).draws(0..400);
        let sums = draws.sums(&[&columns[0], &columns[1], &self.outcome]);
        let with_event = (0..400).filter(|draw| sums[0][*draw] > 0.5);
        let both = with_event.map(|draw| {
            let mean = sums[1][draw] / sums[0][draw];
            (mean, mean - sums[2][draw] / Months::COUNT as f64)
        });
        let (means, above) = both.unzip();
        [means, above]
    }
}

/// Means after a hundred events anywhere, after seventeen, and after seventeen in clusters: bounds
/// that know how many groups there are hold the true value in 95% of 600 studies, give or take
/// four deviations. Plain percentiles hold it in less of the last, and bounds for independent
/// outcomes in less still.
#[test]
fn bounds_of_overlapping_outcomes() {
    let holds = |bounds: Option<Bounds>| {
        let bounds = bounds.expect("there are events");
        f64::from(u8::from(bounds.low <= 0.0 && 0.0 <= bounds.high)) / 600.0
    };
    for (events, lasts) in [(100, 0.0), (17, 0.0), (17, 0.8)] {
        let (mut held, mut plain, mut naive) = ([0.0; 4], 0.0, 0.0);
        for seed in 0..600 {
            let months = Months::new(events, lasts, seed);
            let length = BlockLength::automatic(&months.outcome).expect("they move");
            let kinds = [
                Blocks::Stationary(length.stationary),
                Blocks::Circular(length.circular.ceil() as usize),
            ];
            let after = |at: &usize| at + 1..at + 1 + Months::HORIZON;
            let windows: Vec<Range<usize>> = months.events.iter().map(after).collect();
            let groups = groups(&windows);
            let resampled = kinds.map(|blocks| months.resampled(blocks, seed));
            for (of, (blocks, both)) in held.chunks_mut(2).zip(kinds.into_iter().zip(&resampled)) {
                let shortfall = shortfall(&windows, blocks);
                for (held, values) in of.iter_mut().zip(both) {
                    *held += holds(Bounds::of_few(values, 0.95, groups, shortfall));
                }
            }
            plain += holds(Bounds::of_resamples(&resampled[0][0], 0.95));
            let outcomes: Vec<f64> = months.events.iter().map(|at| months.outcome[*at]).collect();
            naive += holds(Bounds::of_mean(&outcomes, 0.95));
        }
        let about = |share: &f64| (0.914..0.986).contains(share);
        assert!(held.iter().all(about), "{events}, {lasts}: {held:?}");
        assert!(lasts == 0.0 || plain < 0.9 && naive < 0.85, "{plain}, {naive}");
    }
}

/// Dates spaced like events that come in clusters: 5% of 1,000 studies, give or take four
/// deviations.
#[test]
fn placebos_of_overlapping_outcomes() {
    let mut rejected = 0.0;
    for seed in 0..1_000 {
        let Months { events, outcome } = Months::new(60, 0.8, seed);
        let statistic = |places: &[usize]| {
            mean(&places.iter().map(|t| outcome[*t]).collect::<Vec<f64>>()).expect("events")
        };
        let mut placebos = Placebos::new(&events, Months::COUNT, seed).expect("events");
        let values: Vec<f64> = (0..99).map(|_| statistic(&placebos.draw())).collect();
        let p_value = placebo::p_value(statistic(&events), &values).expect("placebos");
        rejected += f64::from(u8::from(p_value <= 0.05)) / 1_000.0;
    }
    assert!((0.022..0.078).contains(&rejected), "{rejected}");
}

/// Independent outcomes: bounds by Student's law hold the mean in 95% of 2,000 studies, give or
/// take four deviations. Wilson's, which need no simulation: their coverage follows from the
/// binomial law, and is 95% on average over true shares.
#[test]
fn bounds_of_independent_outcomes() {
    let held = |seed: u64| {
        let values = normals(&mut Random::stream(31, seed), 17);
        let bounds = Bounds::of_mean(&values, 0.95).expect("they move");
        f64::from(u8::from(bounds.low <= 0.0 && 0.0 <= bounds.high))
    };
    let share = (0..2_000).map(held).sum::<f64>() / 2_000.0;
    assert!((0.9305..0.9695).contains(&share), "{share}");
    for count in [5_usize, 17, 60] {
        let coverage = |step: i32| {
            let truth = f64::from(step) / 200.0;
            let (mut likelihood, mut total) = (libm::pow(1.0 - truth, count as f64), 0.0);
            for hits in 0..=count {
                let bounds =
                    Bounds::of_share(hits as f64 / count as f64, count, 0.95).expect("trials");
                if bounds.low <= truth && truth <= bounds.high {
                    total += likelihood;
                }
                likelihood *= (count - hits) as f64 / (hits + 1) as f64 * truth / (1.0 - truth);
            }
            total
        };
        let average = (1..200).map(coverage).sum::<f64>() / 199.0;
        assert!((average - 0.95).abs() < 0.01, "{count}: {average}");
    }
}

/// Five outcomes that move together and mean nothing: at least one of five tests rejects too often,
/// Holm's and Šidák's corrections seldom, Romano's and Wolf's in 5% of 1,000 studies, give or take
/// four deviations.
#[test]
fn several_trials() {
    const COUNT: usize = 100;
    let mut rejected = [0.0; 4];
    for seed in 0..1_000 {
        let mut random = Random::stream(37, seed);
        let joint = normals(&mut random, COUNT);
        let outcome = |_| -> Vec<f64> {
            joint
                .iter()
                .map(|j| 0.9_f64.sqrt() * j + 0.1_f64.sqrt() * normal(&mut random))
                .collect()
        };
        let outcomes: Vec<Vec<f64>> = (0..5).map(outcome).collect();
        let found = |values: &Vec<f64>| significance::mean_test(values).expect("they move");
        let plain: Vec<f64> = outcomes.iter().map(|values| found(values).p_value).collect();
        let means: Vec<f64> = outcomes.iter().map(|values| mean(values).expect("some")).collect();
        let views: Vec<&[f64]> = outcomes.iter().map(Vec::as_slice).collect();
        let sums = Bootstrap::new(COUNT, Blocks::Circular(1), seed).draws(0..199).sums(&views);
        let centred = |(sums, mean): (&Vec<f64>, &f64)| -> Vec<f64> {
            sums.iter().map(|sum| sum / COUNT as f64 - mean).collect()
        };
        let null: Vec<Vec<f64>> = sums.iter().zip(&means).map(centred).collect();
        let adjusted = [
            multiple::sidak(&plain),
            multiple::holm(&plain),
            multiple::romano_wolf(&means, &null).expect("draws"),
            plain,
        ];
        for (count, p_values) in rejected.iter_mut().zip(adjusted) {
            *count += f64::from(u8::from(p_values.iter().any(|p| *p <= 0.05))) / 1_000.0;
        }
    }
    let [sidak, holm, romano_wolf, plain] = rejected;
    assert!((0.022..0.078).contains(&romano_wolf), "{rejected:?}");
    assert!(sidak < 0.04 && holm < 0.04 && plain > 0.08, "{rejected:?}");
}
