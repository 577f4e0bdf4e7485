//! The program as its users meet it: the real executable, its output and exit status.

mod assistance;
mod audit;
mod case;
mod data;
mod errors;
mod eval;
mod explain;
mod feed;
mod lake;
mod lens;
mod optimize;
mod recheck;
mod rewrite;
mod study;
mod terminal;
mod transcripts;

use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

const KINGLET: &str = env!("CARGO_BIN_EXE_kinglet");

/// The root of the repository.
fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

/// The program with arguments and without the caller's settings.
fn command(arguments: &[&str]) -> Command {
    let mut command = Command::new(KINGLET);
    command.args(arguments).stdin(Stdio::null());
    plain(&mut command);
    command
}

/// Takes away what in the environment changes output.
fn plain(command: &mut Command) {
    for name in ["KINGLET_LAKE", "NO_COLOR", "CLICOLOR", "CLICOLOR_FORCE", "RUST_BACKTRACE"] {
        command.env_remove(name);
    }
}

/// What a run gave.
struct Run {
    status: i32,
    stdout: String,
    stderr: String,
}

impl From<Output> for Run {
    fn from(output: Output) -> Run {
        let text = |bytes| String::from_utf8(bytes).expect("output is UTF-8");
        Run {
            status: output.status.code().expect("an exit status"),
            stdout: text(output.stdout),
            stderr: text(output.stderr),
        }
    }
}

fn kinglet(arguments: &[&str]) -> Run {
    command(arguments).output().expect("kinglet runs").into()
}

/// Runs with text on standard input.
fn kinglet_with(arguments: &[&str], input: &[u8]) -> Run {
    use std::io::Write;
    let mut command = command(arguments);
    command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
    let mut child = command.spawn().expect("kinglet runs");
    child.stdin.take().expect("piped").write_all(input).expect("input is read");
    child.wait_with_output().expect("kinglet ends").into()
}

/// Standard output as JSON.
fn json(arguments: &[&str]) -> serde_json::Value {
    let run = kinglet(arguments);
    serde_json::from_str(&run.stdout)
        .unwrap_or_else(|e| panic!("{e}: {}{}", run.stdout, run.stderr))
}

/// Whether expected output is to be rewritten.
fn updating() -> bool {
    std::env::var_os("KINGLET_UPDATE").is_some_and(|v| v == "1")
}
