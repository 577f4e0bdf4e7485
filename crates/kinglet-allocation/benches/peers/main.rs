//! Times and objectives of the works that other portfolio libraries were measured on:
//!
//! ```text
//! RAYON_NUM_THREADS=2 cargo bench -p kinglet-allocation --bench peers -- [FOLDER] [WORK]
//! ```
//!
//! FOLDER holds `returns.f64`, 3,000 columns of 7,560 daily returns one after the other, and
//! `sector.i32`, a sector from 0 to 9 for each; `beside.py` writes them as other libraries read
//! them, and times those beside this. Without a folder a panel of the same model is made up.
//! Objectives can be compared on one panel only. Memory is the largest resident set of the first
//! run less what was held when the inputs were there, in MB, where the system tells; it is right
//! for one work at a time.
#![allow(clippy::disallowed_methods, clippy::disallowed_types, reason = "a clock and a file")]
#![allow(clippy::print_stdout, reason = "a tool for the terminal")]

mod panel;

use std::time::Instant;

use faer::Mat;
use kinglet_allocation::estimate::{Covariance, Target, principal, sample};
use kinglet_allocation::solve::{
    Descent, Limits, Linkage, MeanVariance, Rebalance, Row, TailRisk, WalkForward, hierarchical,
    risk_budget,
};
use kinglet_allocation::{AllocationError, Returns, Solution};

use panel::Panel;

const CAP: f64 = 0.05;
const SECTOR_CAP: f64 = 0.25;
const REPEATS: usize = 5;

/// A work, its size, and what it returns: an objective and the largest violation of a constraint.
struct Work {
    name: String,
    run: Box<dyn Fn() -> (f64, f64)>,
}

fn main() {
    let arguments: Vec<String> =
        std::env::args().skip(1).filter(|argument| argument != "--bench").collect();
    let folder = arguments.iter().find(|argument| std::path::Path::new(argument).is_dir());
    let only = arguments.iter().find(|argument| Some(*argument) != folder);
    let panel = folder.map_or_else(Panel::made_up, |folder| Panel::read(folder));
    println!(
        "{:<28} {:>9} {:>9} {:>18} {:>10} {:>6}",
        "work", "median s", "least s", "objective", "missed", "MB"
    );
    for make in works() {
        let wanted = |name: &str| only.is_none_or(|only| name.contains(only.as_str()));
        if wanted(make.0) {
            measure(&(make.1)(&panel));
        }
    }
}

fn measure(work: &Work) {
    let mut seconds = Vec::new();
    let mut last = (f64::NAN, f64::NAN);
    let base = resident("VmRSS:");
    // Linux forgets the largest set.
    let _ = std::fs::write("/proc/self/clear_refs", "5");
    let mut held = f64::NAN;
    for repeat in 0..REPEATS {
        let start = Instant::now();
        last = (work.run)();
        seconds.push(start.elapsed().as_secs_f64());
        // What an allocator keeps of earlier runs is not needed by one.
        if repeat == 0 {
            held = resident("VmHWM:") - base;
        }
    }
    seconds.sort_by(f64::total_cmp);
    let (median, least) = (seconds[REPEATS / 2], seconds[0]);
    let (name, objective, missed) = (&work.name, last.0, last.1);
    println!(
        "{name:<28} {median:>9.5} {least:>9.5} {objective:>18.12} {missed:>10.1e} {held:>6.0}"
    );
}

/// A resident set of this process in MB, as Linux tells it.
fn resident(name: &str) -> f64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix(name));
    let kilobytes = line.and_then(|line| line.split_whitespace().next()?.parse::<f64>().ok());
    kilobytes.unwrap_or(f64::NAN) / 1024.0
}

type Make = fn(&Panel) -> Work;

fn works() -> Vec<(&'static str, Make)> {
    vec![
        ("W1-min 50x2520", |panel| tail(panel, 50, 2520)),
        ("W1-min 500x2520", |panel| tail(panel, 500, 2520)),
        ("W1-min 2000x2520", |panel| tail(panel, 2000, 2520)),
        ("W1-min 2000x5040", |panel| tail(panel, 2000, 5040)),
        ("W1-target 50", |panel| tail_target(panel, 50)),
        ("W1-target 500", |panel| tail_target(panel, 500)),
        ("W1-target 2000", |panel| tail_target(panel, 2000)),
        ("W1-frontier 500", |panel| tail_frontier(panel, 500)),
        ("W3-parity 500", |panel| parity(panel, 500)),
        ("W3-parity 2000", |panel| parity(panel, 2000)),
        ("W3-hrp 500", |panel| tree(panel, 500)),
        ("W3-hrp 2000", |panel| tree(panel, 2000)),
        ("factors 3000", |panel| factors(panel, 3000)),
        ("factors 6000", |_| many(6000)),
        ("W4-sharpe", |panel| walk(panel, "W4-sharpe", |walk| walk.maximum_sharpe(0.0))),
        ("W4-tail", |panel| walk(panel, "W4-tail", |walk| walk.minimum_tail(0.95))),
        ("W2-cov 500", |panel| covariance(panel, 500)),
        ("W2-cov 2000", |panel| covariance(panel, 2000)),
        ("W2-cov 3000", |panel| covariance(panel, 3000)),
        ("W2-sharpe 500", |panel| sharpe(panel, 500)),
        ("W2-sharpe 2000", |panel| sharpe(panel, 2000)),
        ("W2-sharpe 3000", |panel| sharpe(panel, 3000)),
        ("W2-frontier 500", |panel| frontier(panel, 500)),
    ]
}

fn tail(panel: &Panel, assets: usize, days: usize) -> Work {
    let returns = panel.returns(assets, days);
    let limits = Limits::long_only(assets, CAP);
    let run = move || {
        let problem = TailRisk { returns: &returns, confidence: 0.95, limits: &limits };
        outcome(&problem.minimum().expect("a least tail"))
    };
    Work { name: format!("W1-min {assets}x{days}"), run: Box::new(run) }
}

fn outcome(solution: &Solution) -> (f64, f64) {
    if std::env::var("VERBOSE").is_ok() {
        println!("{:?}", solution.certificate);
    }
    (solution.objective, solution.certificate.residual_primal)
}

/// The quantile of numpy, which interpolates.
fn quantile(values: &[f64], part: f64) -> f64 {
    let mut ordered = values.to_vec();
    ordered.sort_by(f64::total_cmp);
    let at = part * (ordered.len() - 1) as f64;
    let low = ordered[at as usize];
    low + at.fract() * (ordered[(at.ceil()) as usize] - low)
}

fn tail_target(panel: &Panel, assets: usize) -> Work {
    let returns = panel.returns(assets, 2520);
    let limits = Limits::long_only(assets, CAP);
    let run = move || {
        let problem = TailRisk { returns: &returns, confidence: 0.95, limits: &limits };
        let mean = means(&returns);
        outcome(&problem.target_return(&mean, quantile(&mean, 0.75)).expect("a least tail"))
    };
    Work { name: format!("W1-target {assets}x2520"), run: Box::new(run) }
}

fn tail_frontier(panel: &Panel, assets: usize) -> Work {
    let returns = panel.returns(assets, 2520);
    let limits = Limits::long_only(assets, CAP);
    let run = move || {
        let problem = TailRisk { returns: &returns, confidence: 0.95, limits: &limits };
        let mean = means(&returns);
        let first = problem.minimum().expect("a least tail");
        let from: f64 = mean.iter().zip(&first.weights).map(|(m, w)| m * w).sum();
        let mut best = mean.clone();
        best.sort_by(|a, b| b.total_cmp(a));
        let to = 0.98 * best[..20].iter().sum::<f64>() / 20.0;
        let targets: Vec<f64> = (0..30).map(|k| from + (to - from) * k as f64 / 29.0).collect();
        let points = problem.frontier(&mean, &targets).expect("a frontier");
        let missed = points.iter().map(|p| p.certificate.residual_primal).fold(0.0, f64::max);
        (points.iter().map(|p| p.objective).sum::<f64>() / 30.0, missed)
    };
    Work { name: format!("W1-frontier {assets}x30"), run: Box::new(run) }
}

fn parity(panel: &Panel, assets: usize) -> Work {
    let covariance = shrunk(&panel.returns(assets, 2520));
    let run = move || {
        let solution = risk_budget(&covariance, &vec![1.0; assets]).expect("risk parity");
        outcome(&solution);
        (solution.certificate.residual_dual, solution.certificate.residual_primal)
    };
    Work { name: format!("W3-parity {assets}x2520"), run: Box::new(run) }
}

fn tree(panel: &Panel, assets: usize) -> Work {
    let returns = panel.returns(assets, 2520);
    let limits = Limits::long_only(assets, 1.0);
    let run = move || {
        let covariance = sample(&returns);
        let descent = Descent::HALVES;
        let found = hierarchical(&covariance, Linkage::Single, descent, &limits);
        outcome(&found.expect("weights"))
    };
    Work { name: format!("W3-hrp {assets}x2520"), run: Box::new(run) }
}

/// Twenty components of returns, then the best ratio with sector limits.
fn factors(panel: &Panel, assets: usize) -> Work {
    let returns = panel.returns(assets, 2520);
    let limits = sectors(panel, assets);
    let run = move || {
        let mean = means(&returns);
        let covariance = principal(&returns, 20).expect("components");
        let problem = MeanVariance { mean: &mean, covariance: &covariance, limits: &limits };
        outcome(&problem.maximum_sharpe(0.0).expect("a best ratio"))
    };
    Work { name: format!("factors {assets}x2520"), run: Box::new(run) }
}

/// The least variance and risk parity of assets whose factors are given.
fn many(assets: usize) -> Work {
    let loadings = Mat::from_fn(assets, 20, |i, k| 1.0 + ((i * (k + 3) * 7) % 101) as f64 / 50.0);
    let factor = Mat::from_fn(20, 20, |i, j| if i == j { 1e-5 } else { 2e-6 });
    let residual = (0..assets).map(|i| 1e-4 * (1.0 + ((i * 17) % 97) as f64 / 20.0)).collect();
    let covariance = Covariance::Factored { loadings, factor, residual };
    let limits = Limits::long_only(assets, CAP);
    let run = move || {
        let mean = vec![0.0; assets];
        let problem = MeanVariance { mean: &mean, covariance: &covariance, limits: &limits };
        let least = problem.minimum_variance().expect("a least variance");
        let parity = risk_budget(&covariance, &vec![1.0; assets]).expect("risk parity");
        outcome(&parity);
        outcome(&least)
    };
    Work { name: format!("factors {assets}"), run: Box::new(run) }
}

type Walk = fn(&WalkForward<'_>) -> Result<Vec<Rebalance>, AllocationError>;

/// The ratio of what was earned, by the year; the deviation has the divisor of numpy.
fn walk(panel: &Panel, name: &str, by: Walk) -> Work {
    let returns = panel.returns(100, 7560);
    let limits = Limits::long_only(100, CAP);
    let run = move || {
        let walk = WalkForward { returns: &returns, lookback: 1260, step: 21, limits: &limits };
        let path = by(&walk).expect("a path");
        let earned: Vec<f64> = path.iter().flat_map(|point| point.earned.clone()).collect();
        let mean = earned.iter().sum::<f64>() / earned.len() as f64;
        let squares: f64 = earned.iter().map(|e| (e - mean) * (e - mean)).sum();
        let ratio = mean / (squares / earned.len() as f64).sqrt() * 252.0_f64.sqrt();
        let missed = path.iter().map(|point| match &point.solution {
            Ok(found) => outcome(found).1,
            Err(_) => f64::INFINITY,
        });
        (ratio, missed.fold(0.0, f64::max))
    };
    Work { name: format!("{name} 300 rebalances"), run: Box::new(run) }
}

fn covariance(panel: &Panel, assets: usize) -> Work {
    let returns = panel.returns(assets, 2520);
    let run = move || {
        let shrunk = Target::ConstantVariance.shrink(&returns);
        (shrunk.covariance.diagonal().iter().sum(), 0.0)
    };
    Work { name: format!("W2-cov {assets}"), run: Box::new(run) }
}

fn sectors(panel: &Panel, assets: usize) -> Limits {
    let mut limits = Limits::long_only(assets, CAP);
    for sector in 0..10 {
        let members: Vec<usize> =
            (0..assets).filter(|asset| panel.sectors[*asset] == sector).collect();
        limits.rows.push(Row::group(assets, &members, SECTOR_CAP));
    }
    limits
}

fn means(returns: &Returns) -> Vec<f64> {
    let mean = |asset| returns.asset(asset).iter().sum::<f64>() / returns.rows() as f64;
    (0..returns.assets()).map(mean).collect()
}

fn shrunk(returns: &Returns) -> Covariance {
    Target::ConstantVariance.shrink(returns).covariance
}

fn sharpe(panel: &Panel, assets: usize) -> Work {
    let returns = panel.returns(assets, 2520);
    let limits = sectors(panel, assets);
    let run = move || {
        let (mean, covariance) = (means(&returns), shrunk(&returns));
        let problem = MeanVariance { mean: &mean, covariance: &covariance, limits: &limits };
        let solution = problem.maximum_sharpe(0.0).expect("a best ratio");
        let (ratio, missed) = outcome(&solution);
        (ratio * 252.0_f64.sqrt(), missed)
    };
    Work { name: format!("W2-sharpe {assets}"), run: Box::new(run) }
}

fn frontier(panel: &Panel, assets: usize) -> Work {
    let returns = panel.returns(assets, 2520);
    let limits = sectors(panel, assets);
    let run = move || {
        let (mean, covariance) = (means(&returns), shrunk(&returns));
        let problem = MeanVariance { mean: &mean, covariance: &covariance, limits: &limits };
        let first = problem.minimum_variance().expect("a least variance");
        let from: f64 = mean.iter().zip(&first.weights).map(|(m, w)| m * w).sum();
        let mut best = mean.clone();
        best.sort_by(|a, b| b.total_cmp(a));
        let to = 0.9 * best[..20].iter().sum::<f64>() / 20.0;
        let targets: Vec<f64> = (0..50).map(|k| from + (to - from) * k as f64 / 49.0).collect();
        let points = problem.frontier(&targets).expect("a frontier");
        let missed = points.iter().map(|p| p.certificate.residual_primal).fold(0.0, f64::max);
        (points.iter().map(|p| p.objective).sum::<f64>() / 50.0 * 1e6, missed)
    };
    Work { name: "W2-frontier 500x50".to_owned(), run: Box::new(run) }
}
