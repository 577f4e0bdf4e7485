//! Annotated articles, in the formats of `articles/README.md` and of a folder with `articles` and
//! `gold`.

use std::fs;
use std::path::{Path, PathBuf};

use kinglet_core::diagnostic::Span;
use kinglet_core::time::Date;
use serde_json::Value;

/// How a key writes a period that is open.
const OPEN: &str = "?";

/// An article with the key to its figures.
pub(crate) struct Annotated {
    pub(crate) name: String,
    pub(crate) published: Option<Date>,
    pub(crate) text: String,
    pub(crate) keys: Vec<Key>,
    /// Whether those who wrote the rules have read it.
    pub(crate) known: bool,
    /// How much its choices count.
    pub(crate) weight: f64,
    /// Whether its choices must come out right.
    pub(crate) held: bool,
}

/// What is right of one figure: for each slot all that is accepted.
#[derive(Debug, PartialEq)]
pub(crate) struct Key {
    pub(crate) span: Span,
    entity: Vec<String>,
    metric: Vec<String>,
    period: Vec<String>,
}

impl Key {
    /// What is accepted for a slot.
    pub(crate) fn accepted(&self, slot: &str) -> &[String] {
        match slot {
            "entity" => &self.entity,
            "metric" => &self.metric,
            _ => &self.period,
        }
    }
}

/// All articles of a source, by name.
pub(crate) fn read(source: &Path) -> Result<Vec<Annotated>, String> {
    let gold = source.join("gold");
    if source.is_file() {
        return sentences(&source.display().to_string(), &contents(source)?);
    }
    if gold.is_dir() {
        let keys = files(&gold, "json")?;
        return keys.iter().map(|key| keyed(key, &source.join("articles"))).collect();
    }
    let mut all = Vec::new();
    for path in files(source, "txt")? {
        let text = contents(&path)?;
        // an article begins with its date alone, a file of sentences with a sentence
        if text.lines().next().is_some_and(|first| date(first).is_ok()) {
            all.push(marked(&stem(&path), &text)?);
        } else {
            all.extend(sentences(&path.display().to_string(), &text)?);
        }
    }
    Ok(all)
}

/// The files of a folder with an ending, by name.
fn files(folder: &Path, ending: &str) -> Result<Vec<PathBuf>, String> {
    let problem = |e| format!("{}: {e}", folder.display());
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).map_err(problem)? {
        let path = entry.map_err(problem)?.path();
        if path.extension().is_some_and(|found| found == ending) {
            found.push(path);
        }
    }
    found.sort();
    Ok(found)
}

fn contents(path: &Path) -> Result<String, String> {
    fs::read_to_string(path).map_err(|e| format!("{}: {e}", path.display()))
}

fn stem(path: &Path) -> String {
    path.file_stem().unwrap_or_default().to_string_lossy().into_owned()
}

/// An article beside its key in JSON.
fn keyed(key: &Path, articles: &Path) -> Result<Annotated, String> {
    let name = stem(key);
    let problem = |what: &str| format!("{}: {what}", key.display());
    let gold: Value = serde_json::from_str(&contents(key)?).map_err(|e| problem(&e.to_string()))?;
    let published = gold["published"].as_str().map(date).transpose().map_err(|e| problem(&e))?;
    let claims = gold["claims"].as_array().ok_or_else(|| problem("no claims"))?;
    let keys = claims.iter().map(|claim| {
        let at = |edge: &str| Some(usize::try_from(claim["span"][edge].as_u64()?).unwrap_or(0));
        Some(Key {
            span: Span { start: at("start")?, end: at("end")? },
            entity: values(&claim["entity"]),
            metric: values(&claim["metric"]),
            period: values(&claim["period"]),
        })
    });
    let keys = keys.collect::<Option<_>>().ok_or_else(|| problem("a claim without span"))?;
    let text = contents(&articles.join(&name).with_extension("txt"))?;
    Ok(Annotated { name, published, text, keys, known: false, weight: 1.0, held: false })
}

/// One value or a list of accepted ones.
fn values(field: &Value) -> Vec<String> {
    let all = field.as_array().map_or(std::slice::from_ref(field), Vec::as_slice);
    all.iter().map(|value| value.as_str().unwrap_or(OPEN).to_owned()).collect()
}

fn date(text: &str) -> Result<Date, String> {
    text.trim().parse().map_err(|_| format!("`{text}` is not a date"))
}

/// A marked-up article: its date on the first line, then the text.
fn marked(name: &str, source: &str) -> Result<Annotated, String> {
    let (day, body) = source.split_once('\n').unwrap_or((source, ""));
    annotated(name, day, body).map_err(|problem| format!("{name}: {problem}"))
}

/// Marked-up sentences, one on a line, each an article of its own after its date; `¶` and `↵` stand
/// for the end of a paragraph and of a line.
pub(crate) fn sentences(name: &str, source: &str) -> Result<Vec<Annotated>, String> {
    let lines = (1..).zip(source.lines());
    let read = |(number, line): (usize, &str)| {
        let name = format!("{name}:{number}");
        let (day, body) = line.split_once(' ').unwrap_or((line, ""));
        let body = body.replace('¶', "\n\n").replace('↵', "\n");
        annotated(&name, day, &body).map_err(|problem| format!("{name}: {problem}"))
    };
    lines.map(read).collect()
}

/// A text in which figures stand as `⟦printed|ENTITY METRIC PERIOD⟧`.
fn annotated(name: &str, day: &str, body: &str) -> Result<Annotated, String> {
    let mut text = String::new();
    let mut keys = Vec::new();
    let mut pieces = body.split('⟦');
    text += pieces.next().unwrap_or_default();
    for piece in pieces {
        let parts =
            piece.split_once('⟧').and_then(|(mark, rest)| Some((mark.split_once('|')?, rest)));
        let ((printed, key), rest) = parts.ok_or_else(|| format!("`⟦{piece}` is not a mark"))?;
        let [entity, metric, period] = key.split(' ').collect::<Vec<_>>()[..] else {
            return Err(format!("`{key}` is not an entity, a metric and a period"));
        };
        let accepted = |slot: &str| slot.split(';').map(|v| v.replace('~', " ")).collect();
        let span = Span { start: text.len(), end: text.len() + printed.len() };
        let (entity, metric, period) = (accepted(entity), accepted(metric), accepted(period));
        keys.push(Key { span, entity, metric, period });
        text += printed;
        text += rest;
    }
    let published = Some(date(day)?);
    Ok(Annotated {
        name: name.to_owned(),
        published,
        text,
        keys,
        known: false,
        weight: 1.0,
        held: false,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn list(values: &[&str]) -> Vec<String> {
        values.iter().map(|v| (*v).to_owned()).collect()
    }

    #[test]
    fn marks_leave_the_text_and_become_keys() {
        let source =
            "2021-03-05\nÜp ⟦2%|RUT;SECTOR:real~estate return 2021-03-05;?⟧, not ⟦3|X y ?⟧.\n";
        let article = marked("a", source).unwrap();
        assert_eq!(article.text, "Üp 2%, not 3.\n");
        assert_eq!(article.published, Some("2021-03-05".parse().unwrap()));
        let [first, second] = &article.keys[..] else { panic!("two keys") };
        assert_eq!(&article.text[first.span.start..first.span.end], "2%");
        assert_eq!(first.accepted("entity"), list(&["RUT", "SECTOR:real estate"]));
        assert_eq!(first.accepted("period"), list(&["2021-03-05", "?"]));
        assert_eq!(&article.text[second.span.start..second.span.end], "3");
        assert_eq!(second.accepted("metric"), list(&["y"]));
    }

    #[test]
    fn sentences_are_articles_of_their_own() {
        let two = "2021-03-05 Up ⟦2%|RUT return ?⟧.\n2021-03-08 Flat.¶Tired.↵\n";
        let two = sentences("s", two).unwrap();
        assert_eq!(two[1].text, "Flat.\n\nTired.\n");
        assert_eq!(two[0].text, "Up 2%.");
        assert_eq!((two[0].name.as_str(), two[1].name.as_str()), ("s:1", "s:2"));
        assert!(two[1].keys.is_empty());
    }

    #[test]
    fn what_is_no_mark_or_no_date_is_named() {
        assert!(marked("a", "2021-03-05\nUp ⟦2%|RUT return⟧.").is_err_and(|e| e.contains("RUT")));
        assert!(marked("a", "2021-03-05\nUp ⟦2%.").is_err());
        assert!(marked("a", "yesterday\nUp.").is_err_and(|e| e.contains("yesterday")));
    }

    #[test]
    fn a_slot_of_a_key_in_json_is_a_value_or_a_list() {
        assert_eq!(values(&serde_json::json!("RUT")), list(&["RUT"]));
        assert_eq!(values(&serde_json::json!(["2021", "?"])), list(&["2021", "?"]));
        assert_eq!(values(&Value::Null), list(&["?"]));
    }
}
