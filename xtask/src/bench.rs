//! `cargo xtask bench`: whole processes of a release build, measured; one JSON line per run. Never
//! part of the tests.

use std::fs;
use std::path::Path;
use std::process::Command;
use std::time::Instant;

use serde_json::json;

use crate::kinglet;
use crate::repository::{Repository, output};

/// How often a short process is run; the median counts.
const RUNS: usize = 21;
const QUERIES: usize = 10_000;
/// Every lens at every month-end.
const SINCE_1990: [&str; 5] = ["lens", "--since", "1990-01-31", "--format", "csv"];

/// Measures, with an import of `data` if given.
pub(crate) fn run(repository: &Repository, data: Option<&str>) -> Result<(), String> {
    let program = kinglet::build(repository, "release")?;
    let folder = program.with_file_name("bench");
    let lake = folder.join("lake");
    fs::create_dir_all(&folder).map_err(|e| format!("{}: {e}", folder.display()))?;
    let one = seconds(&program, &["eval", "return(RUT, 2025-08)"], "")?;
    let many = seconds(&program, &["eval", "--format", "json", "-"], &mixed_queries())?;
    let mut line = json!({
        "commit": commit(repository)?,
        "cores": std::thread::available_parallelism().map_or(1, usize::from),
        "program_bytes": fs::metadata(&program).map_or(0, |m| m.len()),
        "eval_one_ms": round(one * 1e3),
        "eval_10000_s": round(many - one),
        "lens_ms": round(seconds(&program, &["lens"], "")? * 1e3),
        "lens_since_1990_s": round(once(&program, &SINCE_1990, "")?),
        "case_s": round(case(&program, &folder)?),
    });
    if let Some(data) = data {
        fs::remove_dir_all(&lake).ok();
        let place = lake.display().to_string();
        line["import_s"] = round(once(&program, &["data", "import", data, "--lake", &place], "")?);
        let one = seconds(&program, &["eval", "--lake", &place, "return(RUT, 2025-08)"], "")?;
        let many = ["eval", "--lake", &place, "--format", "json", "-"];
        line["lake_eval_one_ms"] = round(one * 1e3);
        line["lake_eval_10000_s"] = round(seconds(&program, &many, &mixed_queries())? - one);
        let lens = seconds(&program, &["lens", "--lake", &place], "")?;
        line["lake_lens_ms"] = round(lens * 1e3);
        let since = [&["--lake", &place][..], &SINCE_1990].concat();
        line["lake_lens_since_1990_s"] = round(once(&program, &since, "")?);
    }
    println!("{line}");
    Ok(())
}

fn case(program: &Path, folder: &Path) -> Result<f64, String> {
    let out = folder.join("case").display().to_string();
    once(program, &["case", "--out", &out], "")
}

/// The median of several runs; of a slow process, of one.
fn seconds(program: &Path, arguments: &[&str], input: &str) -> Result<f64, String> {
    let first = once(program, arguments, input)?;
    if first > 1.0 {
        return Ok(first);
    }
    let runs = (0..RUNS).map(|_| once(program, arguments, input));
    let mut times = runs.collect::<Result<Vec<f64>, String>>()?;
    times.sort_by(f64::total_cmp);
    Ok(times[RUNS / 2])
}

fn once(program: &Path, arguments: &[&str], input: &str) -> Result<f64, String> {
    let start = Instant::now();
    kinglet::run(program, arguments, input)?;
    Ok(start.elapsed().as_secs_f64())
}

/// Different questions over different months, as an audit of many articles would ask them.
fn mixed_queries() -> String {
    let mut text = String::new();
    for i in 0..QUERIES {
        let (year, month) = (1990 + i / 12 % 35, 1 + i % 12);
        let id = ["RUT", "SPX", "IXIC"][i % 3];
        let query = match i % 7 {
            0 => format!("return({id}, {year}-{month:02})"),
            1 => format!("return(SPX, {year}-{month:02}) - return(RUT, {year}-{month:02})"),
            2 => format!("level({id}, {year}-{month:02})"),
            3 => format!("return({id}, {year})"),
            4 => format!("streak(return({id}, month) > 0, ending: {year}-{month:02})"),
            5 => format!("rank(return({id}, month), of: {year}-{month:02}, since: {year}-01)"),
            _ => format!("count(return({id}, month) >= {}%, since: {year})", i % 12),
        };
        text.push_str(&query);
        text.push('\n');
    }
    text
}

fn commit(repository: &Repository) -> Result<String, String> {
    let mut git = Command::new("git");
    git.args(["describe", "--always", "--dirty"]).current_dir(&repository.root);
    Ok(output(&mut git)?.trim().to_owned())
}

fn round(number: f64) -> serde_json::Value {
    json!((number * 1000.0).round() / 1000.0)
}
