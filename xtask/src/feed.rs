//! Generated articles: written as a feed, and audited by a release build to measure it.

use std::fs::{self, File};
use std::io::{self, BufWriter, Write};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::thread::{available_parallelism, sleep};
use std::time::{Duration, Instant};

use serde_json::json;

use crate::kinglet;
use crate::repository::Repository;

/// Writes so many articles of a seed to standard output.
pub(crate) fn write(count: &str, seed: &str) -> Result<(), String> {
    put(number(count)?, number(seed)?, io::stdout().lock())
}

fn number(text: &str) -> Result<u64, String> {
    text.parse().map_err(|e| format!("{text}: {e}"))
}

fn put(count: u64, seed: u64, output: impl Write) -> Result<(), String> {
    let mut output = BufWriter::new(output);
    let count = usize::try_from(count).map_err(|e| e.to_string())?;
    let mut articles = kinglet_bench::articles(seed).take(count);
    articles
        .try_for_each(|article| output.write_all(article.line().as_bytes()))
        .and_then(|()| output.flush())
        .map_err(|e| e.to_string())
}

/// Audits so many articles, and a tenth of them, on one thread, on half of the cores and on all;
/// one JSON line per run.
pub(crate) fn measure(repository: &Repository, count: &str) -> Result<(), String> {
    let program = kinglet::build(repository, "release")?;
    let count = number(count)?;
    let path = program.with_file_name("feed.jsonl");
    let cores = available_parallelism().map_or(1, usize::from);
    let mut threads = vec![1, cores.div_ceil(2), cores];
    threads.dedup();
    for count in [count / 10, count] {
        let failed = |e: io::Error| format!("{}: {e}", path.display());
        put(count, 1, File::create(&path).map_err(failed)?)?;
        for &threads in &threads {
            println!("{}", audit(&program, &path, (count, threads))?);
        }
        fs::remove_file(&path).map_err(failed)?;
    }
    Ok(())
}

fn audit(
    program: &Path,
    feed: &Path,
    (count, threads): (u64, usize),
) -> Result<serde_json::Value, String> {
    let failed = |e: io::Error| format!("{}: {e}", program.display());
    let mut command = Command::new(program);
    command.args(["audit", "--quiet", "--threads", &threads.to_string(), "--jsonl"]).arg(feed);
    let start = Instant::now();
    let mut child = command.stdout(Stdio::null()).spawn().map_err(failed)?;
    let mut peak = 0;
    let status = loop {
        peak = peak.max(memory(&child).unwrap_or(0));
        match child.try_wait().map_err(failed)? {
            Some(status) => break status,
            None => sleep(Duration::from_millis(20)),
        }
    };
    let seconds = start.elapsed().as_secs_f64();
    if !status.success() {
        return Err(format!("{}: {status}", program.display()));
    }
    let rate = count as f64 / seconds;
    Ok(json!({
        "articles": count,
        "threads": threads,
        "seconds": (seconds * 100.0).round() / 100.0,
        "articles_per_second": rate.round(),
        "articles_per_second_and_thread": (rate / threads as f64).round(),
        "peak_mib": peak / 1024,
    }))
}

/// The most memory that a process has had, in KiB, where the system tells.
fn memory(child: &Child) -> Option<u64> {
    let status = fs::read_to_string(format!("/proc/{}/status", child.id())).ok()?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"))?;
    line.trim().strip_suffix("kB")?.trim().parse().ok()
}
