//! `audit`.

use std::fs;

use tempfile::TempDir;

use crate::{json, kinglet, kinglet_with};

/// 7.0% was August 2025 (2366.42 / 2211.65); September was 3.0% (2436.48 / 2366.42).
const MISDATED: &str = "The Russell 2000 rose 7.0% in September 2025.\n";
const RIGHT: &str = "The Russell 2000 rose 7.0% in August 2025.\n";

fn article(text: &str) -> (TempDir, String) {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("article.txt");
    fs::write(&path, text).expect("written");
    let name = path.display().to_string();
    (folder, name)
}

const DAY: [&str; 2] = ["--published", "2025-12-10"];

#[test]
fn a_wrong_claim_is_named_with_what_is_right() {
    let (_folder, name) = article(MISDATED);
    let run = kinglet(&["audit", &name, DAY[0], DAY[1]]);
    assert_eq!((run.status, run.stderr.as_str()), (0, ""));
    for part in ["misdated[2025-08]", "article.txt:1:23", "return(RUT, 2025-09) is 2.96%", "3.0%"] {
        assert!(run.stdout.contains(part), "{part}: {}", run.stdout);
    }
    assert!(run.stdout.contains("data end 2"), "{}", run.stdout);
}

#[test]
fn strict_fails_on_wrong_claims_alone() {
    let (_folder, wrong) = article(MISDATED);
    let (_other, right) = article(RIGHT);
    assert_eq!(kinglet(&["audit", &wrong, DAY[0], DAY[1], "--strict"]).status, 1);
    assert_eq!(kinglet(&["audit", &right, DAY[0], DAY[1], "--strict"]).status, 0);
}

#[test]
fn json_has_the_fields_of_annotations() {
    let (_folder, name) = article(MISDATED);
    let audit = json(&["audit", &name, DAY[0], DAY[1], "--format", "json"]);
    assert_eq!(audit["article"]["published"], "2025-12-10");
    assert!(audit["data"]["version"].is_string() && audit["relations"].is_array());
    let claim = audit["claims"][0].as_object().expect("a claim");
    for field in [
        "span",
        "text",
        "entity",
        "versus",
        "metric",
        "period",
        "value",
        "unit",
        "comparator",
        "modality",
        "verdict",
        "tag",
        "actual",
        "quote",
        "query",
        "evidence",
        "rows",
        "readings",
        "suggestion",
    ] {
        assert!(claim.contains_key(field), "{field}: {claim:?}");
    }
    assert_eq!(claim["text"], "7.0%");
    assert_eq!((&claim["verdict"], &claim["tag"]), (&"misdated".into(), &"2025-08".into()));
    let start = claim["span"]["start"].as_u64().expect("a byte");
    assert_eq!(start as usize, MISDATED.find("7.0%").expect("there"));
}

#[test]
fn several_articles_are_held_against_each_other() {
    let (_folder, one) = article(RIGHT);
    let (_other, two) = article("The Russell 2000 rose 7.3% in August 2025.\n");
    let feed = json(&["audit", &one, &two, DAY[0], DAY[1], "--format", "json"]);
    assert_eq!(feed["articles"].as_array().map(Vec::len), Some(2));
    assert_eq!(feed["contradictions"].as_array().map(Vec::len), Some(1), "{feed}");
    let text = kinglet(&["audit", &one, &two, DAY[0], DAY[1]]).stdout;
    assert!(text.contains("articles disagree: 2 figures for return of RUT, 2025-08"), "{text}");
}

#[test]
fn a_page_of_several_articles() {
    let (_folder, one) = article(RIGHT);
    let (_other, two) = article("The Russell 2000 rose 7.3% in August 2025.\n");
    let page = kinglet(&["audit", &one, &two, DAY[0], DAY[1], "--format", "html"]).stdout;
    assert!(page.starts_with("<!doctype html>") && page.ends_with("</html>\n"), "{page}");
    for part in ["id=\"c1-1\"", "id=\"c2-1\"", "id=\"contradictions\""] {
        assert!(page.contains(part), "{part}: {page}");
    }
}

#[test]
fn from_standard_input() {
    let run = kinglet_with(&["audit", "-", DAY[0], DAY[1]], MISDATED.as_bytes());
    assert!(run.stdout.contains("misdated[2025-08]"), "{}{}", run.stdout, run.stderr);
    assert!(run.stdout.contains("standard input:1:23"), "{}", run.stdout);
}

#[test]
fn what_is_no_article_gets_a_message() {
    let undated = kinglet_with(&["audit", "-"], RIGHT.as_bytes());
    assert_eq!(undated.status, 2, "{}", undated.stdout);
    assert!(undated.stderr.contains("--published"), "{}", undated.stderr);
    let bytes = kinglet_with(&["audit", "-", DAY[0], DAY[1]], b"The \0 index");
    assert_eq!(bytes.status, 5);
    assert!(bytes.stderr.starts_with("error[K0403]"), "{}", bytes.stderr);
    let two = kinglet(&["audit", "missing-1.txt", "missing-2.txt", DAY[0], DAY[1]]);
    assert_eq!((two.status, two.stderr.matches("error[K0201]").count()), (5, 2));
}

/// A file that cannot be read is told of, and the others are audited all the same.
#[test]
fn a_damaged_file_among_others() {
    let (folder, one) = article(MISDATED);
    let damaged = folder.path().join("note.docx");
    std::fs::write(&damaged, b"PK\x03\x04").expect("written");
    let damaged = damaged.display().to_string();
    let run = kinglet(&["audit", &damaged, &one, DAY[0], DAY[1]]);
    assert_eq!(run.status, 5);
    assert_eq!(run.stderr.matches("error[K0403]").count(), 1, "{}", run.stderr);
    assert!(run.stdout.contains("misdated[2025-08]"), "{}", run.stdout);
}

#[test]
fn a_corrected_copy_beside_the_article() {
    let (folder, name) = article(MISDATED);
    let fix = |more: &[&str]| kinglet(&[&["audit", &name, DAY[0], DAY[1], "--fix"], more].concat());
    let run = fix(&[]);
    assert_eq!((run.status, run.stderr.as_str()), (0, ""), "{}", run.stdout);
    let copy = folder.path().join("article.corrected.txt");
    let text = fs::read_to_string(&copy).expect("a copy");
    assert!(text.starts_with("The Russell 2000 rose 3.0%[^k1] in September 2025.\n\n"), "{text}");
    assert!(text.contains("[^k1]: `return(RUT, 2025-09)` = 2.96%; data facts-"), "{text}");
    assert_eq!(fs::read_to_string(&name).expect("the article"), MISDATED);
    // A copy that is there is not touched, unless told so; nothing else is left in the folder.
    fs::write(&copy, "mine").expect("written");
    let refused = fix(&[]);
    assert_eq!(refused.status, 5, "{}", refused.stdout);
    assert!(refused.stderr.contains("--force"), "{}", refused.stderr);
    assert_eq!(fs::read_to_string(&copy).expect("a copy"), "mine");
    assert_eq!(fix(&["--force"]).status, 0);
    assert_eq!(fs::read_to_string(&copy).expect("a copy"), text);
    assert_eq!(fs::read_dir(folder.path()).expect("a folder").count(), 2);
    let records = json(&["audit", &name, DAY[0], DAY[1], "--fix", "--force", "--format", "json"]);
    assert_eq!(
        (&records[0]["left"], &records[0]["corrections"][0]["claims"][0]),
        (&0.into(), &0.into())
    );
}

#[test]
fn what_cannot_be_fixed_is_said() {
    let (_folder, right) = article(RIGHT);
    let run = kinglet(&["audit", &right, DAY[0], DAY[1], "--fix"]);
    assert!(run.stdout.ends_with(": nothing is wrong\n"), "{}", run.stdout);
    assert_eq!(kinglet(&["audit", &right, DAY[0], DAY[1], "--diff"]).stdout, "");
    let run = kinglet_with(&["audit", "-", DAY[0], DAY[1], "--fix"], MISDATED.as_bytes());
    assert_eq!(run.status, 2, "{}", run.stdout);
    let page = right.replace(".txt", ".html");
    fs::write(&page, format!("<p>{MISDATED}</p>")).expect("written");
    let run = kinglet(&["audit", &page, DAY[0], DAY[1], "--fix"]);
    assert_eq!(run.status, 2, "{}", run.stdout);
    for refused in [&["audit", &right, "--fix", "--diff"], &["audit", "--fix", "--jsonl", &right]] {
        assert_eq!(kinglet(refused).status, 2, "{refused:?}");
    }
}

#[test]
fn claims_with_some_verdicts() {
    let (_folder, name) = article(&format!("{MISDATED}{RIGHT}"));
    let only =
        |verdict: &str| kinglet(&["audit", &name, DAY[0], DAY[1], "--verdict", verdict]).stdout;
    assert!(
        only("supported").contains("\nsupported: return of RUT, 2025-08"),
        "{}",
        only("supported")
    );
    assert!(!only("supported").contains("misdated[") && only("misdated").contains("misdated["));
    assert_eq!(only("supported,misdated").matches(" --> ").count(), 2);
    assert_eq!(kinglet(&["audit", &name, "--verdict", "true"]).status, 2);
}

/// One day for all, one for each, and no other number.
#[test]
fn days_of_publication() {
    let (_folder, one) = article(RIGHT);
    let (_other, two) = article(MISDATED);
    let feed = json(&["audit", &one, &two, DAY[0], "2025-09-05,2025-10-03", "--format", "json"]);
    assert_eq!(feed["articles"][0]["article"]["published"], "2025-09-05");
    assert_eq!(feed["articles"][1]["article"]["published"], "2025-10-03");
    let three = "2025-09-05,2025-10-03,2025-10-04";
    assert_eq!(kinglet(&["audit", &one, &two, DAY[0], three]).status, 2);
}

/// The article's three figures of September are those of August.
#[test]
#[cfg_attr(not(shared), ignore = "needs ../shared")]
fn the_article_of_the_thin_path() {
    let path = concat!(
        env!("CARGO_MANIFEST_DIR"),
        "/../../../shared/audit/articles/003_53e17655dcc7c0f0.txt"
    );
    let audit = json(&["audit", path, DAY[0], DAY[1], "--format", "json"]);
    let claims = audit["claims"].as_array().expect("claims");
    for figure in ["7.1%", "2.0%", "1.6%"] {
        let claim = claims.iter().find(|c| c["text"] == figure && c["period"] == "2025-09");
        let claim = claim.unwrap_or_else(|| panic!("no claim of {figure}"));
        assert_eq!((&claim["verdict"], &claim["tag"]), (&"misdated".into(), &"2025-08".into()));
    }
}
