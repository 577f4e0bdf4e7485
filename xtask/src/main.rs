//! Checks and generators of the repository: `cargo xtask` lists them.
#![allow(clippy::print_stdout, clippy::print_stderr, reason = "a tool for the terminal")]

mod bench;
mod docs;
mod feed;
mod golden;
mod kinglet;
mod repository;
mod tidy;

use std::process::ExitCode;

use repository::Repository;

const USAGE: &str = "\
cargo xtask tidy [--shrink]   check the shape of the repository; --shrink lowers the ratchets
cargo xtask docs [--check]    write docs/reference and docs/studies, or fail if they are stale
cargo xtask golden [NAME]     what the golden queries of a definition give, and what is wanted
cargo xtask bench [DATA]      measure a release build, with an import of DATA: one JSON line
cargo xtask bench feed [COUNT] measure audits of generated articles: one JSON line per run
cargo xtask feed COUNT [SEED] write generated articles, one on a line, for audit --jsonl";

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let words: Vec<&str> = arguments.iter().map(String::as_str).collect();
    let repository = match Repository::open() {
        Ok(repository) => repository,
        Err(problem) => return fail(&problem),
    };
    let done = match words.as_slice() {
        ["tidy"] => tidy::check(&repository),
        ["tidy", "--shrink"] => tidy::size::shrink(&repository),
        ["docs"] => docs::write(&repository),
        ["docs", "--check"] => docs::check(&repository),
        ["golden"] => golden::print(&repository, None),
        ["golden", name] => golden::print(&repository, Some(name)),
        ["bench"] => bench::run(&repository, None),
        ["bench", "feed"] => feed::measure(&repository, "100000"),
        ["bench", "feed", count] => feed::measure(&repository, count),
        ["bench", data] => bench::run(&repository, Some(data)),
        ["feed", count] => feed::write(count, "1"),
        ["feed", count, seed] => feed::write(count, seed),
        _ => Err(USAGE.to_owned()),
    };
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(problem) => fail(&problem),
    }
}

fn fail(problem: &str) -> ExitCode {
    eprintln!("{problem}");
    ExitCode::FAILURE
}
