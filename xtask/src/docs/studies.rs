//! The pages of the studies that ship: what an article said, a remark, and what the record says.
//!
//! The answers are those that stand in the pages already: the tests run them, as they run those of
//! all documents, and `KINGLET_UPDATE=1` rewrites them.

use kinglet_core::study::{Declared, DeclaredStudy, SHIPPED};

use crate::repository::Repository;

const FOLDER: &str = "docs/studies/";

const INDEX: &str = "\
# What articles say of the past, and what the record says

Five articles of 2025 on small companies make these claims of history. Each page runs the study that
is nearest to the words, on the data that ship; [the guide](../guides/study.md) says how to ask
otherwise.

| study | what an article said |
| --- | --- |
";

/// Each page with its present text, and that of all.
pub(super) fn pages(repository: &Repository) -> Result<Vec<(String, String)>, String> {
    let declared: Declared = toml::from_str(SHIPPED).map_err(|e| format!("studies: {e}"))?;
    let path = |name: &str| format!("{FOLDER}{name}.md");
    let mut pages = vec![(path("index"), index(&declared.studies))];
    for study in &declared.studies {
        let path = path(&study.name);
        let present = repository.text(&path).unwrap_or_default();
        pages.push((path, page(study, &present)));
    }
    let is_known = |file: &&String| pages.iter().any(|(path, _)| path == *file);
    let in_folder = repository.files.iter().filter(|file| file.starts_with(FOLDER));
    match in_folder.into_iter().find(|file| !is_known(file)) {
        Some(stray) => Err(format!("docs: {stray} is the page of no study")),
        None => Ok(pages),
    }
}

fn index(studies: &[DeclaredStudy]) -> String {
    let row = |study: &DeclaredStudy| {
        format!("| [{}]({}.md) | {} |\n", study.title, study.name, study.said)
    };
    INDEX.to_owned() + &studies.iter().map(row).collect::<String>()
}

fn page(study: &DeclaredStudy, present: &str) -> String {
    let own = format!("kinglet study --name {}", study.name);
    let commands = std::iter::once(&own).chain(&study.also);
    let block =
        |command: &String| format!("```console\n$ {command}\n{}```\n", answer(present, command));
    let blocks: Vec<String> = commands.map(block).collect();
    let (title, said, remark) = (&study.title, &study.said, study.remark.trim());
    format!("# {title}\n\nAn article said: {said}.\n\n{remark}\n\n{}", blocks.join("\n"))
}

/// What stands below a command.
fn answer(page: &str, command: &str) -> String {
    let lines = page.lines().skip_while(|line| line.strip_prefix("$ ") != Some(command)).skip(1);
    let answer = lines.take_while(|line| !line.starts_with("```") && !line.starts_with("$ "));
    answer.map(|line| format!("{line}\n")).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn answers_are_kept() {
        let page = "text\n```console\n$ kinglet a\none\n\ntwo\n$ kinglet b\nthree\n```\nend\n";
        assert_eq!(answer(page, "kinglet a"), "one\n\ntwo\n");
        assert_eq!(answer(page, "kinglet b"), "three\n");
        assert_eq!(answer(page, "kinglet c"), "");
    }
}
