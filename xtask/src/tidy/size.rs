//! Size as a ratchet: what is over a limit stands in xtask/ratchet.txt with its size and may only
//! shrink; nothing new may go over.

use std::collections::BTreeMap;

use super::{Finding, source};
use crate::repository::Repository;

const RATCHET: &str = "xtask/ratchet.txt";
const FILE_LINES_MAX: usize = 600;
const FUNCTION_LINES_MAX: usize = 70;
const COLUMNS_MAX: usize = 100;

/// What is over its limit, such as `function crates/x/src/y.rs name`, with its size.
type Sizes = BTreeMap<String, usize>;

pub(super) fn check(repository: &Repository) -> Result<Vec<Finding>, String> {
    Ok(compare(&measure(repository)?, &ratchet(repository)?))
}

/// Lowers every entry of the ratchet to its present size; raises none.
pub(crate) fn shrink(repository: &Repository) -> Result<(), String> {
    let measured = measure(repository)?;
    let kept = ratchet(repository)?
        .into_iter()
        .filter_map(|(what, size)| Some((measured.get(&what)?.min(&size).to_owned(), what)));
    let lines: String = kept.map(|(size, what)| format!("{size} {what}\n")).collect();
    repository.write(RATCHET, &lines)
}

fn ratchet(repository: &Repository) -> Result<Sizes, String> {
    let text = repository.required(RATCHET)?;
    let entry = |line: &str| {
        let (size, what) = line.split_once(' ')?;
        Some((what.to_owned(), size.parse().ok()?))
    };
    let read = |line| entry(line).ok_or_else(|| format!("{RATCHET}: cannot read `{line}`"));
    text.lines().map(read).collect()
}

fn measure(repository: &Repository) -> Result<Sizes, String> {
    let mut sizes = Sizes::new();
    for path in repository.rust() {
        sizes.extend(measure_file(path, &repository.required(path)?));
    }
    Ok(sizes)
}

fn measure_file(path: &str, text: &str) -> Sizes {
    let mut sizes = Sizes::new();
    let lines = source::without_tests(text).count();
    if lines > FILE_LINES_MAX && !path.contains("/tests/") {
        sizes.insert(format!("file {path}"), lines);
    }
    let wide = |line: &str| line.chars().count() > COLUMNS_MAX;
    let long = source::without_tests(text).filter(|(_, line)| wide(line)).count();
    if long > 0 {
        sizes.insert(format!("columns {path}"), long);
    }
    for function in source::functions(text) {
        if function.lines > FUNCTION_LINES_MAX {
            sizes.insert(format!("function {path} {}", function.name), function.lines);
        }
    }
    sizes
}

fn compare(measured: &Sizes, ratchet: &Sizes) -> Vec<Finding> {
    let grown = measured.iter().filter_map(|(what, size)| match ratchet.get(what) {
        None => Some(Finding::new(what, format!("{size}, over the limit of STYLE.md"))),
        Some(kept) if size > kept => {
            Some(Finding::new(what, format!("grew from {kept} to {size}")))
        }
        Some(_) => None,
    });
    let shrunk = ratchet.iter().filter_map(|(what, kept)| {
        let now = measured.get(what).copied().unwrap_or(0);
        let lower = "is lower now: run `cargo xtask tidy --shrink`";
        (now < *kept).then(|| Finding::new(what, format!("{kept} {lower}")))
    });
    grown.chain(shrunk).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_ratchet_only_turns_one_way() {
        let sizes = |size| Sizes::from([("file a.rs".to_owned(), size)]);
        let check = |measured: &Sizes, ratchet: &Sizes, count: usize| {
            assert_eq!(compare(measured, ratchet).len(), count, "{measured:?} {ratchet:?}");
        };
        check(&sizes(700), &Sizes::new(), 1);
        check(&sizes(700), &sizes(700), 0);
        check(&sizes(701), &sizes(700), 1);
        check(&sizes(699), &sizes(700), 1);
        check(&Sizes::new(), &sizes(700), 1);
    }

    #[test]
    fn what_is_measured() {
        let body = "    x();\n".repeat(70);
        let text = format!("fn f() {{\n{body}}}\n// {}\n", "é".repeat(98));
        let sizes = measure_file("a.rs", &text);
        assert_eq!(sizes.get("function a.rs f"), Some(&72));
        assert_eq!(sizes.get("columns a.rs"), Some(&1));
        assert_eq!(sizes.get("file a.rs"), None);
    }
}
