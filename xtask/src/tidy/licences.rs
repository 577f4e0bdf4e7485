//! Licences of all dependencies against the lists of deny.toml, without further tools; `cargo deny`
//! checks advisories and sources besides, where it is installed.

use std::collections::BTreeMap;

use super::Finding;
use crate::repository::Repository;

pub(super) fn check(repository: &Repository) -> Result<Vec<Finding>, String> {
    let lists = Lists::read(&repository.required("deny.toml")?)?;
    let metadata = repository.metadata(&[])?;
    let packages = metadata["packages"].as_array().into_iter().flatten();
    let refused = packages.filter_map(|package| {
        let name = package["name"].as_str().unwrap_or_default();
        let expression = package["license"].as_str().unwrap_or_default();
        let allowed = satisfied(expression, &|licence| lists.allow(name, licence));
        (!allowed).then(|| Finding::new(name, format!("licence `{expression}` is not allowed")))
    });
    Ok(refused.collect())
}

/// The licences of deny.toml: for all crates, and for one crate each.
struct Lists {
    all: Vec<String>,
    exceptions: BTreeMap<String, Vec<String>>,
}

impl Lists {
    fn read(deny: &str) -> Result<Lists, String> {
        let table: toml::Table = deny.parse().map_err(|e| format!("deny.toml: {e}"))?;
        let licences = table.get("licenses").ok_or("deny.toml: no table `licenses`")?;
        let names = |list: Option<&toml::Value>| -> Vec<String> {
            let items = list.and_then(toml::Value::as_array).into_iter().flatten();
            items.filter_map(|item| Some(item.as_str()?.to_owned())).collect()
        };
        let items =
            licences.get("exceptions").and_then(toml::Value::as_array).into_iter().flatten();
        let exceptions = items
            .filter_map(|item| {
                Some((item.get("crate")?.as_str()?.to_owned(), names(item.get("allow"))))
            })
            .collect();
        Ok(Lists { all: names(licences.get("allow")), exceptions })
    }

    fn allow(&self, name: &str, licence: &str) -> bool {
        let own = self.exceptions.get(name).into_iter().flatten();
        self.all.iter().chain(own).any(|allowed| allowed == licence)
    }
}

/// Whether a licence expression (SPDX, or the old `A/B`) holds when some licences are allowed.
///
/// `AND` binds more tightly than `OR`; `WITH` belongs to its licence.
fn satisfied(expression: &str, allowed: &dyn Fn(&str) -> bool) -> bool {
    let spaced = expression.replace('/', " OR ").replace('(', " ( ").replace(')', " ) ");
    let mut words: Vec<&str> = spaced.split_whitespace().rev().collect();
    !words.is_empty() && any(&mut words, allowed) && words.is_empty()
}

fn any(words: &mut Vec<&str>, allowed: &dyn Fn(&str) -> bool) -> bool {
    let mut holds = all(words, allowed);
    while words.pop_if(|word| *word == "OR").is_some() {
        holds |= all(words, allowed);
    }
    holds
}

fn all(words: &mut Vec<&str>, allowed: &dyn Fn(&str) -> bool) -> bool {
    let mut holds = one(words, allowed);
    while words.pop_if(|word| *word == "AND").is_some() {
        holds &= one(words, allowed);
    }
    holds
}

fn one(words: &mut Vec<&str>, allowed: &dyn Fn(&str) -> bool) -> bool {
    match words.pop() {
        Some("(") => {
            let holds = any(words, allowed);
            words.pop_if(|word| *word == ")").is_some() && holds
        }
        Some(licence) if words.pop_if(|word| *word == "WITH").is_some() => {
            let exception = words.pop().unwrap_or_default();
            allowed(&format!("{licence} WITH {exception}"))
        }
        Some(licence) => allowed(licence),
        None => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn licence_expressions() {
        let allowed =
            |licence: &str| matches!(licence, "MIT" | "ISC" | "Apache-2.0 WITH LLVM-exception");
        let check =
            |expression, want| assert_eq!(satisfied(expression, &allowed), want, "{expression}");
        check("MIT", true);
        check("GPL-3.0", false);
        check("GPL-3.0 OR MIT", true);
        check("Unlicense/MIT", true);
        check("MIT AND GPL-3.0", false);
        check("ISC AND (GPL-3.0 OR MIT)", true);
        check("GPL-3.0 OR MIT AND GPL-2.0", false);
        check("Apache-2.0 WITH LLVM-exception OR GPL-3.0", true);
        check("Apache-2.0", false);
        check("(MIT", false);
        check("MIT MIT", false);
        check("", false);
    }

    #[test]
    fn lists_of_the_file() {
        let text = "[licenses]\nallow = [\"MIT\"]\nexceptions = [{ crate = \"a\", allow = [\"MPL-2.0\"] }]\n";
        let lists = Lists::read(text).unwrap();
        assert!(
            lists.allow("b", "MIT") && lists.allow("a", "MPL-2.0") && !lists.allow("b", "MPL-2.0")
        );
    }
}
