//! The `kinglet` program of this repository, built and run.

use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use crate::repository::{Repository, output};

/// Builds the program with a profile and says where it is.
pub(crate) fn build(repository: &Repository, profile: &str) -> Result<PathBuf, String> {
    let mut cargo = Command::new("cargo");
    cargo.args(["build", "--bin", "kinglet", "--profile", profile]);
    cargo.args(["--message-format", "json-render-diagnostics"]).stderr(Stdio::inherit());
    let messages = output(cargo.current_dir(&repository.root))?;
    let artefacts = messages.lines().filter_map(|line| serde_json::from_str(line).ok());
    artefacts
        .filter_map(|message: serde_json::Value| Some(message["executable"].as_str()?.into()))
        .next_back()
        .ok_or_else(|| "cargo built no program".to_owned())
}

/// Runs it with text on standard input; an undefined answer is no failure.
pub(crate) fn run(program: &Path, arguments: &[&str], input: &str) -> Result<String, String> {
    const UNDEFINED: i32 = 3;
    let name = program.display();
    let mut command = Command::new(program);
    command.args(arguments).stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
    let mut child = command.spawn().map_err(|e| format!("{name}: {e}"))?;
    let mut stdin = child.stdin.take().expect("piped");
    let text = input.to_owned();
    let writer = std::thread::spawn(move || stdin.write_all(text.as_bytes()));
    let done = child.wait_with_output().map_err(|e| format!("{name}: {e}"))?;
    // A program that ends before it has read all says why itself.
    let _ = writer.join();
    if done.status.success() || done.status.code() == Some(UNDEFINED) {
        String::from_utf8(done.stdout).map_err(|e| format!("{name}: {e}"))
    } else {
        Err(format!("{arguments:?}: {}", String::from_utf8_lossy(&done.stderr).trim()))
    }
}
