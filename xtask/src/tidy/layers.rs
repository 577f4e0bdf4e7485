//! Walls between the modules of a crate: a numbered list in the documentation of its `lib.rs` gives
//! the layers, and a module may use those above it and those on its own line.

use std::collections::{BTreeMap, BTreeSet};

use super::{Finding, source};
use crate::repository::Repository;

type Layers<'a> = BTreeMap<&'a str, usize>;

pub(super) fn check(repository: &Repository) -> Result<Vec<Finding>, String> {
    let mut findings = Vec::new();
    for lib in repository.rust().filter(|path| path.ends_with("/src/lib.rs")) {
        let text = repository.required(lib)?;
        let layers = layers(&text);
        if layers.is_empty() {
            continue;
        }
        findings.extend(unlisted(&text, &layers).map(|what| Finding::new(lib, what)));
        let folder = lib.trim_end_matches("lib.rs");
        for path in repository.rust().filter(|path| path.starts_with(folder) && *path != lib) {
            let module = path[folder.len()..].split(['/', '.']).next().unwrap_or_default();
            let text = repository.required(path)?;
            findings.extend(climbing(module, &text, &layers).map(|what| Finding::new(path, what)));
        }
    }
    Ok(findings)
}

/// Module to layer, from lines such as ``//! 3. `time`, `answer`: …``; the top layer is 0.
fn layers(lib: &str) -> Layers<'_> {
    let mut found = Layers::new();
    let items = lib.lines().filter_map(|line| line.strip_prefix("//! ")?.split_once(". `"));
    let items = items.filter(|(number, _)| number.parse::<usize>().is_ok());
    for (layer, (_, item)) in items.enumerate() {
        let modules = item.split_once(':').map_or(item, |(modules, _)| modules);
        let names = modules.split(", ").map(|name| name.trim_matches('`'));
        found.extend(names.map(|name| (name, layer)));
    }
    found
}

/// Modules that are declared but not in the list, and the other way round.
fn unlisted(lib: &str, layers: &Layers<'_>) -> impl Iterator<Item = String> {
    let declared: BTreeSet<&str> =
        source::code(lib).filter_map(|(_, line)| source::declared(line, "mod")).collect();
    let listed: BTreeSet<&str> = layers.keys().copied().collect();
    let missing = declared.difference(&listed).map(|m| format!("`{m}` is in no layer"));
    let gone = listed.difference(&declared).map(|m| format!("layer of `{m}`, which is no module"));
    missing.chain(gone).collect::<Vec<_>>().into_iter()
}

/// Uses of a module below one's own.
fn climbing(module: &str, text: &str, layers: &Layers<'_>) -> impl Iterator<Item = String> {
    let own = layers.get(module).copied().unwrap_or(usize::MAX);
    let below = used(text).into_iter().filter(|m| layers.get(m.as_str()).is_some_and(|l| *l > own));
    let found: Vec<String> =
        below.map(|m| format!("`{module}` uses `{m}`, which stands below it in lib.rs")).collect();
    found.into_iter()
}

/// The modules named after `crate::`, in imports and in paths.
fn used(text: &str) -> BTreeSet<String> {
    let code: String = source::code(text).flat_map(|(_, line)| [line, "\n"]).collect();
    let mut names = BTreeSet::new();
    for (at, found) in code.match_indices("crate::") {
        let glued = |c: char| c.is_alphanumeric() || c == '_' || c == '$';
        if code[..at].ends_with(glued) {
            continue;
        }
        let rest = &code[at + found.len()..];
        match rest.strip_prefix('{') {
            Some(group) => names.extend(group_heads(group)),
            None => names.extend([head(rest).to_owned()]),
        }
    }
    names
}

/// `a` and `b` of `{a::x, b::{y, z}}`, given the text after the first brace.
fn group_heads(group: &str) -> Vec<String> {
    let mut depth = 0;
    let mut items = vec![String::new()];
    for c in group.chars() {
        match c {
            '{' => depth += 1,
            '}' if depth == 0 => break,
            '}' => depth -= 1,
            ',' if depth == 0 => items.push(String::new()),
            _ if depth == 0 => items.last_mut().expect("never empty").push(c),
            _ => {}
        }
    }
    items.iter().map(|item| head(item.trim()).to_owned()).filter(|h| !h.is_empty()).collect()
}

fn head(path: &str) -> &str {
    let end = path.find(|c: char| !c.is_alphanumeric() && c != '_').unwrap_or(path.len());
    &path[..end]
}

#[cfg(test)]
mod tests {
    use super::*;

    const LIB: &str = "//! 1. `a`: first\n//! 2. `b`, `c`: then\n\npub mod a;\nmod b;\nmod d;\n";

    #[test]
    fn the_list_is_the_table() {
        let layers = layers(LIB);
        assert_eq!(layers.get("a"), Some(&0));
        assert_eq!(layers.get("c"), Some(&1));
        let found: Vec<String> = unlisted(LIB, &layers).collect();
        assert_eq!(found, ["`d` is in no layer", "layer of `c`, which is no module"]);
    }

    #[test]
    fn only_modules_above_may_be_used() {
        let layers = layers(LIB);
        let check = |module, text, count| {
            assert_eq!(climbing(module, text, &layers).count(), count, "{text}");
        };
        check("a", "use crate::b::X;\n", 1);
        check("a", "fn f() -> crate::c::Y {}\n", 1);
        check("a", "use crate::{\n    a::Z,\n    c::{V, W},\n};\n", 1);
        check("a", "// crate::b\n#[cfg(test)]\nmod tests {\n    use crate::b::X;\n}\n", 0);
        check("c", "use crate::a::X;\nuse crate::b::Y;\nuse other_crate::b;\n", 0);
    }
}
