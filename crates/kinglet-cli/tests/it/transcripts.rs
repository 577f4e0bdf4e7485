//! Shell blocks of the documentation are run and compared; `KINGLET_UPDATE=1` rewrites them.
//!
//! A block that is fenced as `console` and has a line `$ kinglet …` is run: all its lines that
//! begin with `$ `, in order, in one empty folder for each page. What stands below each is its
//! output, standard error included. The page of diagnostics is written from `tests/errors`, which
//! has its own test.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use crate::{KINGLET, plain, root, updating};

#[test]
fn documentation_tells_the_truth() {
    let mut pages = vec![root().join("README.md")];
    pages.extend(markdown_below(&root().join("docs")));
    pages.extend(markdown_below(&root().join("tests/transcripts")));
    let mut wrong = Vec::new();
    for page in pages {
        let Ok(text) = fs::read_to_string(&page) else { continue };
        if page.ends_with("reference/errors.md") {
            continue;
        }
        let folder = tempfile::tempdir().expect("a folder");
        let now = rerun(&text, folder.path());
        if now == text {
            continue;
        }
        if updating() {
            fs::write(&page, &now).expect("written");
        } else {
            wrong.push(format!("{}\n{}", page.display(), first_difference(&text, &now)));
        }
    }
    let remedy = "KINGLET_UPDATE=1 cargo test rewrites them";
    assert!(wrong.is_empty(), "{}\n{remedy}", wrong.join("\n"));
}

/// Runs a line in a shell that finds `kinglet`.
pub(crate) fn shell(line: &str, folder: &Path) -> Output {
    let programs = Path::new(KINGLET).parent().expect("a folder").display();
    let path = std::env::var("PATH").unwrap_or_default();
    let mut command = Command::new("sh");
    command.arg("-c").arg(line).current_dir(folder).env("PATH", format!("{programs}:{path}"));
    command.stdin(std::process::Stdio::null());
    plain(&mut command);
    command.output().expect("a shell")
}

fn markdown_below(folder: &Path) -> Vec<PathBuf> {
    let mut pages = Vec::new();
    for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
        let path = entry.path();
        if path.is_dir() {
            pages.extend(markdown_below(&path));
        } else if path.extension().is_some_and(|e| e == "md") {
            pages.push(path);
        }
    }
    pages.sort();
    pages
}

/// The page with the output that its commands give now.
fn rerun(page: &str, folder: &Path) -> String {
    let mut result = String::new();
    let mut lines = page.lines().peekable();
    while let Some(line) = lines.next() {
        result += &format!("{line}\n");
        if line.trim() != "```console" {
            continue;
        }
        let mut block = Vec::new();
        while let Some(line) = lines.next_if(|l| l.trim() != "```") {
            block.push(line);
        }
        result += &rerun_block(&block, folder);
    }
    result
}

fn rerun_block(block: &[&str], folder: &Path) -> String {
    let commands = || block.iter().filter_map(|l| l.strip_prefix("$ "));
    if !commands().any(|c| c.split_whitespace().any(|word| word == "kinglet")) {
        return block.iter().map(|l| format!("{l}\n")).collect();
    }
    let mut result = String::new();
    for command in commands() {
        let output = shell(&format!("{{ {command}\n}} 2>&1"), folder);
        let text = String::from_utf8(output.stdout).expect("text");
        result += &format!("$ {command}\n");
        for line in text.lines() {
            result += &format!("{}\n", line.trim_end());
        }
    }
    result
}

fn first_difference(want: &str, got: &str) -> String {
    let pairs = want.lines().zip(got.lines()).enumerate();
    for (i, (a, b)) in pairs {
        if a != b {
            return format!("line {}:\n  written: {a}\n  given:   {b}", i + 1);
        }
    }
    "one is longer than the other".to_owned()
}
