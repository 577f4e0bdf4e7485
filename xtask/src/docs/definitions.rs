//! The page of definitions: for each, its signature, parameters, documentation and golden values.

use std::fmt::Write;

use kinglet_core::definition::{Metric, Param, ParamKind};
use kinglet_core::metrics::LENSES;

const INTRODUCTION: &str = "\
# Definitions

Written by `cargo xtask docs` from the headers of the files in `crates/kinglet-core/src/metrics/`.
`kinglet explain NAME` prints the same.
";

/// The whole page.
pub(super) fn page() -> String {
    let mut page = INTRODUCTION.to_owned();
    for lens in LENSES {
        let (name, doc) = (lens.name, lens.doc.trim());
        writeln!(page, "\n## {}\n\n{doc}", capitalised(name)).expect("a string");
        for metric in lens.metrics {
            page.push_str(&section(metric));
        }
    }
    page
}

fn section(metric: &Metric) -> String {
    let definition = &metric.definition;
    let mut text = format!("\n### {}\n\n", definition.name);
    let mut header = documented(&definition.documentation());
    header = header.replacen(definition.title(), "", 1);
    writeln!(text, "{}\n", definition.title()).expect("a string");
    writeln!(text, "```text\n{}\n```\n", signature(metric)).expect("a string");
    for param in definition.params {
        writeln!(text, "- `{}`: {}", param.name, param.doc).expect("a string");
        if let ParamKind::Figure(figures) = param.kind {
            for figure in figures {
                writeln!(text, "  - `.{}`: {}", figure.name, figure.doc).expect("a string");
            }
        }
    }
    writeln!(text, "\nFor example `{}`. Revision {}.", definition.example, definition.revision)
        .expect("a string");
    writeln!(text, "\n{}", header.trim()).expect("a string");
    if !metric.golden.is_empty() {
        text.push_str("\n#### Checked against\n\n");
    }
    for golden in metric.golden {
        let (query, want, from) = (golden.query, golden.want, golden.from);
        writeln!(text, "- `{query}` is {want}: {from}").expect("a string");
    }
    text
}

/// `return(subject, period, basis: price)`; what may be left out without a default in brackets.
fn signature(metric: &Metric) -> String {
    let one = |param: &&Param| match (param.named, param.default) {
        (_, Some(default)) => format!("{}: {default}", param.name),
        (true, None) => format!("[{}: …]", param.name),
        (false, None) => param.name.to_owned(),
    };
    let is_figure = |param: &&&Param| matches!(param.kind, ParamKind::Figure(_));
    let params = metric.definition.params.iter();
    let figure: String = params.clone().filter(is_figure).map(|p| format!(".{}", p.name)).collect();
    let params: Vec<String> = params.filter(|param| !is_figure(param)).map(one).collect();
    format!("{}({}){figure}", metric.definition.name, params.join(", "))
}

/// The header as part of the page: headings three levels down, of the example what rustdoc shows.
fn documented(header: &str) -> String {
    let mut fenced = false;
    let mut text = String::new();
    for line in header.lines() {
        let fence = line.starts_with("```");
        let opens = fence && !fenced;
        fenced ^= fence;
        match line {
            "```" if opens => text.push_str("```rust"),
            _ if fenced && line.starts_with("# ") => continue,
            _ if !fenced && line.starts_with("# ") => {
                text.push_str("###");
                text.push_str(line);
            }
            _ => text.push_str(line),
        }
        text.push('\n');
    }
    text
}

fn capitalised(word: &str) -> String {
    let mut letters = word.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn examples_lose_their_hidden_lines() {
        let header = "Level: x.\n\n# Example\n```\n# use a;\nlet b = 1;\n```\n";
        assert_eq!(documented(header), "Level: x.\n\n#### Example\n```rust\nlet b = 1;\n```\n");
    }

    #[test]
    fn every_definition_has_a_section() {
        let page = page();
        for metric in kinglet_core::metrics::CATALOG {
            assert!(page.contains(&format!("\n### {}\n", metric.definition.name)));
        }
    }
}
