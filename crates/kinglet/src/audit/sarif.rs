//! Audits as SARIF 2.1.0, for editors and for services that show the findings of checkers.
//!
//! Reference: OASIS, Static Analysis Results Interchange Format (SARIF) Version 2.1.0, with
//! Errata 01 (2023).

use kinglet_core::verdict::Verdict;
use serde_json::{Value, json};
use sha2::{Digest, Sha256};

use super::correction::corrections;
use super::{
    Audit, ClaimRecord, Comparison, CorrectionRecord, Detail, GapRecord, Place, SpanRecord,
};

const SCHEMA: &str =
    "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json";
const VERDICTS_PAGE: &str =
    concat!(env!("CARGO_PKG_REPOSITORY"), "/blob/main/docs/reference/verdicts.md");

/// Audits with their texts as one run of a checker: a rule for each verdict, a result for each
/// claim that is shown.
pub fn sarif(all: &Comparison, texts: &[&str], detail: &Detail) -> Value {
    let audits = all.articles.iter().zip(texts).enumerate();
    let results: Vec<Value> =
        audits.flat_map(|(index, (audit, text))| results(audit, (index, text), detail)).collect();
    let artifacts: Vec<Value> =
        all.articles.iter().zip(texts).map(|(audit, text)| artifact(audit, text)).collect();
    let data = all.articles.first().map(|audit| &audit.data);
    json!({
        "$schema": SCHEMA,
        "version": "2.1.0",
        "runs": [{
            "tool": { "driver": {
                "name": "kinglet",
                "version": env!("CARGO_PKG_VERSION"),
                "informationUri": env!("CARGO_PKG_REPOSITORY"),
                "rules": Verdict::ALL.map(rule),
            }},
            "invocations": [{ "executionSuccessful": true }],
            "artifacts": artifacts,
            "results": results,
            "columnKind": "unicodeCodePoints",
            "defaultEncoding": "utf-8",
            "properties": { "data": data },
        }],
    })
}

/// A rule: the verdict, what it means, how grave it is.
fn rule(verdict: Verdict) -> Value {
    let name = verdict.name();
    let meaning = verdict.meaning();
    let page = format!("{VERDICTS_PAGE}#{name}");
    let mut capitals = name.chars();
    let title: String =
        capitals.next().into_iter().flat_map(char::to_uppercase).chain(capitals).collect();
    json!({
        "id": name,
        "name": title,
        "shortDescription": { "text": format!("{title} claim.") },
        "fullDescription": { "text": format!("{meaning}.") },
        "help": {
            "text": format!("{meaning}. {} {page}", verdict.remedy()),
            "markdown": format!("{meaning}. {} [More about verdicts]({page})", verdict.remedy()),
        },
        "helpUri": page,
        "defaultConfiguration": { "level": level(verdict.name()) },
    })
}

fn level(verdict: &str) -> &'static str {
    match verdict {
        "misdated" | "contradicted" | "inconsistent" => "error",
        "imprecise" => "warning",
        _ => "none",
    }
}

fn kind(verdict: &str) -> &'static str {
    match verdict {
        "supported" => "pass",
        "unverifiable" => "open",
        "forecast" | "opinion" => "notApplicable",
        _ => "fail",
    }
}

fn artifact(audit: &Audit, text: &str) -> Value {
    json!({
        "location": { "uri": uri(&audit.article.path) },
        "length": text.len(),
        "encoding": "utf-8",
        "hashes": { "sha-256": audit.article.sha256 },
        "properties": { "published": audit.article.published },
    })
}

fn results(audit: &Audit, (artifact, text): (usize, &str), detail: &Detail) -> Vec<Value> {
    let corrections = corrections(audit, text);
    let location = json!({ "uri": uri(&audit.article.path), "index": artifact });
    let mut seen: Vec<String> = Vec::new();
    let mut results = Vec::new();
    for (index, claim) in audit.claims.iter().enumerate() {
        let key = identity(claim);
        let repetition = seen.iter().filter(|s| **s == key).count() + 1;
        seen.push(key.clone());
        if !detail.shows(claim) {
            continue;
        }
        let mut result = json!({
            "ruleId": claim.verdict,
            "ruleIndex": Verdict::ALL.iter().position(|v| v.name() == claim.verdict),
            "kind": kind(claim.verdict),
            "level": level(claim.verdict),
            "message": { "text": message(claim) },
            "locations": [{ "physicalLocation": {
                "artifactLocation": location,
                "region": region(text, claim.span, Some(&claim.text)),
            }}],
            "partialFingerprints": { "kingletClaim/v1": format!("{key}:{repetition}") },
            "properties": properties(claim),
        });
        if let Some(correction) = corrections.iter().find(|c| c.claims.contains(&index)) {
            result["fixes"] = json!([fix(correction, text, &location)]);
        }
        results.push(result);
    }
    let missing = audit.gaps.iter().filter(|gap| gap.kind == "value");
    results.extend(missing.map(|gap| missing_value(gap, text, &location)));
    results
}

/// A figure that the text leaves out.
fn missing_value(gap: &GapRecord, text: &str, location: &Value) -> Value {
    let verdict = Verdict::Unverifiable.name();
    let message = format!("{verdict} [value_missing]: a figure is left out: {}", gap.quote);
    json!({
        "ruleId": verdict,
        "ruleIndex": Verdict::ALL.iter().position(|v| v.name() == verdict),
        "kind": kind(verdict),
        "level": level(verdict),
        "message": { "text": message },
        "locations": [{ "physicalLocation": {
            "artifactLocation": location,
            "region": region(text, gap.span, None),
        }}],
    })
}

fn message(claim: &ClaimRecord) -> String {
    let tag = claim.tag.as_ref().map_or(String::new(), |tag| format!(" [{tag}]"));
    let (subject, period) = (claim.subject(), &claim.period);
    let assisted = if claim.assisted { " (assisted)" } else { "" };
    let (verdict, printed, reason) = (claim.verdict, &claim.text, &claim.reason);
    format!("{verdict}{tag}{assisted}: \"{printed}\", {subject}, {period}: {reason}.")
}

/// A span in lines and columns, in characters and in bytes.
fn region(text: &str, span: SpanRecord, snippet: Option<&str>) -> Value {
    let place = Place::of(text, span);
    let mut region = json!({
        "startLine": place.line,
        "startColumn": place.column,
        "endLine": place.line_end,
        "endColumn": place.column_end,
        "charOffset": place.chars,
        "charLength": place.chars_length,
        "byteOffset": span.start,
        "byteLength": span.end - span.start,
    });
    if let Some(snippet) = snippet {
        region["snippet"] = json!({ "text": snippet });
    }
    region
}

fn fix(correction: &CorrectionRecord, text: &str, location: &Value) -> Value {
    let replacement = |edit: &super::EditRecord| {
        json!({
            "deletedRegion": region(text, edit.span, None),
            "insertedContent": { "text": edit.text },
        })
    };
    let replacements: Vec<Value> = correction.edits.iter().map(replacement).collect();
    let new: Vec<String> = correction.edits.iter().map(|e| format!("\"{}\"", e.text)).collect();
    json!({
        "description": { "text": format!("Write {}", new.join(", ")) },
        "artifactChanges": [{ "artifactLocation": location, "replacements": replacements }],
    })
}

fn properties(claim: &ClaimRecord) -> Value {
    let mut properties = json!({
        "entity": claim.entity,
        "versus": claim.versus,
        "metric": claim.metric,
        "period": claim.period,
        "value": claim.value,
        "unit": claim.unit,
        "modality": claim.modality,
        "tag": claim.tag,
        "actual": claim.actual,
        "query": claim.query,
        "evidence": claim.evidence,
    });
    if claim.assisted {
        properties["assisted"] = json!(true);
    }
    if let Some(place) = claim.place.filter(|place| place.page.is_some()) {
        properties["place"] = json!(place);
    }
    properties
}

/// What stays the same when text before the claim changes: its sentence, token and slot.
fn identity(claim: &ClaimRecord) -> String {
    let versus = claim.versus.as_deref().unwrap_or_default();
    let parts = [&claim.quote, &claim.text, claim.metric, &claim.entity, versus, &claim.period];
    let digest = Sha256::digest(parts.join("\u{1f}").as_bytes());
    digest.iter().take(8).map(|byte| format!("{byte:02x}")).collect()
}

/// A path as a relative reference or, where it is absolute, as a path of the file scheme.
fn uri(path: &str) -> String {
    let mut out = if path.starts_with('/') { "file://".to_owned() } else { String::new() };
    for byte in path.bytes() {
        match byte {
            b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' | b'/' => {
                out.push(char::from(byte));
            }
            _ => out += &format!("%{byte:02X}"),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_as_references() {
        assert_eq!(uri("a b/ü.txt"), "a%20b/%C3%BC.txt");
        assert_eq!(uri("/tmp/a:b#c"), "file:///tmp/a%3Ab%23c");
    }
}
