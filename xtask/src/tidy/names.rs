//! Names that say nothing, and synonyms of words that have one name here: the table of
//! docs/concepts/words.md lists both in its column "not".

use std::collections::BTreeMap;

use super::{Finding, source};
use crate::repository::Repository;

const WORDS: &str = "docs/concepts/words.md";
const KEYWORDS: &[&str] =
    &["fn", "struct", "enum", "trait", "mod", "type", "static", "const", "union", "let"];

/// A refused word and the one to use instead.
type Refused = BTreeMap<String, String>;

pub(super) fn check(repository: &Repository) -> Result<Vec<Finding>, String> {
    let refused = refused(&repository.required(WORDS)?);
    if refused.is_empty() {
        return Err(format!("{WORDS}: no words in a column `not`"));
    }
    let mut findings = Vec::new();
    for path in &repository.files {
        let parts = path.split('/').filter_map(|part| part.split('.').next());
        findings.extend(
            parts.filter_map(|part| complaint(part, &refused)).map(|what| Finding::new(path, what)),
        );
    }
    for path in repository.rust() {
        let text = repository.required(path)?;
        for (number, line) in source::code(&text) {
            let code = line.trim_start();
            let names = KEYWORDS.iter().filter_map(|keyword| source::declared(code, keyword));
            let complaints = names.filter_map(|name| complaint(name, &refused));
            findings.extend(complaints.map(|what| Finding::new(format!("{path}:{number}"), what)));
        }
    }
    Ok(findings)
}

/// The last column of the page's tables, word by word, with the first column as the remedy.
fn refused(page: &str) -> Refused {
    let rows = page.lines().filter_map(|line| line.strip_prefix("| ")?.strip_suffix(" |"));
    let cells = rows.map(|row| row.split(" | ").collect::<Vec<_>>());
    cells
        .filter_map(|cells| Some((*cells.first()?, *cells.last()?)))
        .flat_map(|(word, not)| {
            let quoted = not.split('`').skip(1).step_by(2);
            quoted.map(move |bad| (bad.to_owned(), word.trim_matches('`').to_owned()))
        })
        .collect()
}

fn complaint(name: &str, refused: &Refused) -> Option<String> {
    let words = words(name);
    let bad = words.iter().find_map(|word| refused.get_key_value(word))?;
    Some(format!("`{name}` says `{}`; say {}", bad.0, bad.1))
}

/// `doThing`, `do_thing` and `DoThing` are `do`, `thing`.
fn words(name: &str) -> Vec<String> {
    let mut words = vec![String::new()];
    let mut lower = false;
    for c in name.chars() {
        if !c.is_alphanumeric() || (lower && c.is_uppercase()) {
            words.push(String::new());
        }
        lower = c.is_lowercase() || c.is_numeric();
        if c.is_alphanumeric() {
            words.last_mut().expect("never empty").extend(c.to_lowercase());
        }
    }
    words
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_of_a_name() {
        assert_eq!(words("parse_HTTPInfo"), ["parse", "httpinfo"]);
        assert_eq!(words("RowHelper"), ["row", "helper"]);
    }

    #[test]
    fn the_page_is_the_list() {
        let page = "| word | is | not |\n| --- | --- | --- |\n| series | dated values | `timeseries`, `util` |\n";
        let refused = refused(page);
        assert!(complaint("TimeseriesReader", &refused).is_some());
        assert!(complaint("row_util", &refused).is_some());
        assert!(complaint("utility_row", &refused).is_none());
    }
}
