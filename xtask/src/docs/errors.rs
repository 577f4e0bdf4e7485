//! The page of diagnostics: each code with a command that brings it about and what is then printed.

use std::fmt::Write;

use kinglet_core::diagnostic::Code;

use crate::repository::Repository;

const INTRODUCTION: &str = "\
# Diagnostics

Written by `cargo xtask docs` from `tests/errors`, whose commands the tests run. Every message has a
stable code; the number after it is the exit status of the process.
";

/// The whole page.
pub(super) fn page(repository: &Repository) -> Result<String, String> {
    let readme = repository.required("tests/errors/README.md")?;
    let mut page = INTRODUCTION.to_owned();
    for code in Code::ALL {
        let (name, exit) = (code.as_str(), code.exit() as u8);
        writeln!(page, "\n## {name} ({exit})\n").expect("a string");
        let folder = format!("tests/errors/{name}");
        let body = match repository.text(&format!("{folder}/cmd")) {
            Some(command) => {
                let printed = repository.required(&format!("{folder}/stderr"))?;
                format!("```text\n$ kinglet {}\n{}\n```\n", command.trim(), printed.trim_end())
            }
            None => reason(&readme, name).map_or_else(String::new, |reason| format!("{reason}\n")),
        };
        page.push_str(&body);
    }
    Ok(page)
}

/// Why a code has no reproducer: the second cell of its row.
fn reason<'a>(readme: &'a str, code: &str) -> Option<&'a str> {
    let start = format!("| {code} | ");
    let row = readme.lines().find_map(|line| line.strip_prefix(&start))?;
    Some(row.trim_end_matches('|').trim())
}
