//! The gold annotations as claims, so that verdicts are tested apart from reading.

use kinglet_core::article::{Claim, Comparator, Modality, Printed};
use kinglet_core::diagnostic::Span;
use kinglet_core::time::{Date, Period};
use serde_json::Value;

use super::shared::{files, read};

/// An annotated article.
pub(crate) struct Article {
    pub(crate) name: String,
    pub(crate) text: String,
    pub(crate) published: Date,
    pub(crate) claims: Vec<Claim>,
    /// The verdicts that are right for each claim.
    pub(crate) verdicts: Vec<Vec<String>>,
}

/// Every annotated article.
pub(crate) fn articles() -> Vec<Article> {
    let names = files("audit/gold");
    names.iter().filter_map(|n| n.strip_suffix(".json")).map(article).collect()
}

fn article(name: &str) -> Article {
    let text = read(&format!("audit/articles/{name}.txt"));
    let gold: Value =
        serde_json::from_str(&read(&format!("audit/gold/{name}.json"))).expect("JSON");
    let published = string(&gold["published"]).parse().expect("a date");
    let rows = gold["claims"].as_array().expect("claims");
    let claims = rows.iter().map(|c| claim(c, &text)).collect();
    let verdicts = rows.iter().map(|c| list(&c["verdict"])).collect();
    Article { name: name.to_owned(), text, published, claims, verdicts }
}

fn first(value: &Value) -> &Value {
    value.as_array().map_or(value, |list| &list[0])
}

fn string(value: &Value) -> String {
    first(value).as_str().unwrap_or_default().to_owned()
}

fn list(value: &Value) -> Vec<String> {
    let many = value.as_array().cloned().unwrap_or_else(|| vec![value.clone()]);
    many.iter().filter_map(|v| v.as_str().map(str::to_owned)).collect()
}

fn claim(gold: &Value, text: &str) -> Claim {
    let at = |end: &str| gold["span"][end].as_u64().expect("an offset") as usize;
    let span = Span::new(at("start"), at("end"));
    let printed = gold["text"].as_str().expect("a text").to_owned();
    let value = first(&gold["value"]).as_f64().expect("a number");
    let versus = string(&gold["versus"]);
    Claim {
        span,
        sentence: sentence(text, span),
        printed: Printed {
            step: step(&printed),
            hedge: hedge(text, span.start),
            in_words: !printed.contains(|c: char| c.is_ascii_digit()),
            text: printed,
        },
        entity: string(&gold["entity"]),
        versus: (!versus.is_empty()).then_some(versus),
        metric: string(&gold["metric"]).leak(),
        period: string(&gold["period"]).parse::<Period>().ok(),
        value,
        unit: string(&gold["unit"]).leak(),
        comparator: comparator(&string(&gold["comparator"])),
        modality: modality(&string(&gold["modality"])),
        basis: None,
        other_periods: Vec::new(),
        unlikely_periods: Vec::new(),
        other_entities: Vec::new(),
        definition: None,
        likelihood: 1.0,
        certainty: 1.0,
    }
}

fn comparator(name: &str) -> Comparator {
    use Comparator::*;
    let all = [Equal, Approximate, Greater, GreaterEqual, Less, LessEqual, RangeLow, RangeHigh];
    all.into_iter().find(|c| c.name() == name).expect("a comparator")
}

fn modality(name: &str) -> Modality {
    use Modality::*;
    let all = [Asserted, Attributed, Forecast, Opinion, Hypothetical];
    all.into_iter().find(|m| m.name() == name).expect("a modality")
}

/// The unit of the last printed digit.
fn step(printed: &str) -> f64 {
    let Some(start) = printed.find(|c: char| c.is_ascii_digit()) else { return 1.0 };
    let number: String =
        printed[start..].chars().take_while(|c| c.is_ascii_digit() || ".,".contains(*c)).collect();
    let decimals = number.trim_end_matches('.').split_once('.').map_or(0, |(_, rest)| rest.len());
    (0..decimals).fold(1.0, |step, _| step / 10.0)
}

/// The hedge word that stands right before a value.
fn hedge(text: &str, start: usize) -> Option<String> {
    let before = text[..start].trim_end().to_lowercase();
    ["nearly", "almost", "about", "roughly", "around", "more than", "over"]
        .into_iter()
        .find(|word| before.ends_with(word))
        .map(str::to_owned)
}

/// From the last end of a sentence or line before a value to the next one after it.
fn sentence(text: &str, span: Span) -> Span {
    let start = [". ", "\n"]
        .iter()
        .filter_map(|end| text[..span.start].rfind(end).map(|at| at + end.len()))
        .max()
        .unwrap_or(0);
    let end = [". ", "\n"].iter().filter_map(|end| text[span.end..].find(end)).min();
    Span::new(start, end.map_or(text.len(), |at| span.end + at))
}
