//! What an audit prints: whole outputs on an article of our own, schemas, places, corrections.

use kinglet::audit::{self, Audit, Comparison, Detail};
use kinglet_core::time::Date;
use kinglet_core::view::View;
use kinglet_store::facts;
use serde_json::Value;

use crate::schema;

const WEEKLY: &str = include_str!("../articles/weekly.txt");
const SARIF: &str = include_str!("../schemas/sarif-schema-2.1.0.json");
const AUDIT: &str = include_str!("../../../../docs/reference/audit.schema.json");

const DAY: Date = Date::constant(2025, 10, 3);

fn read(path: &str, text: &str, view: &View) -> Audit {
    audit::read(path, text, Some(DAY), view).expect("an article")
}

/// The article by itself, on the embedded facts, whose version follows from their content.
fn weekly() -> (Comparison, View) {
    let view = facts::view(None);
    (audit::compare(vec![read("weekly.txt", WEEKLY, &view)], &[WEEKLY]), view)
}

/// Without the version of the facts, which other facts would change, and what follows from it.
fn stable(text: &str) -> String {
    let version = facts::view(None).data().version;
    text.replace(&version, "facts-VERSION")
}

fn plain(pieces: &[audit::Piece]) -> String {
    pieces.iter().map(|piece| piece.text.as_str()).collect()
}

#[test]
fn the_whole_text() {
    let (all, _) = weekly();
    let text = audit::text(&all.articles[0], WEEKLY, &Detail::Every);
    insta::assert_snapshot!(stable(&plain(&text)));
}

#[test]
fn the_whole_json() {
    let (all, _) = weekly();
    let mut json = serde_json::to_value(&all.articles[0]).expect("JSON");
    for claim in json["claims"].as_array_mut().expect("claims") {
        if claim["evidence"].is_string() {
            claim["evidence"] = "EVIDENCE".into();
        }
    }
    insta::assert_snapshot!(stable(&kinglet::wire::json(&json)));
}

#[test]
fn the_whole_claim_review() {
    let (all, _) = weekly();
    let mut review = audit::claim_review(&all);
    for review in review["@graph"].as_array_mut().expect("reviews") {
        review["isBasedOn"]["identifier"] = "EVIDENCE".into();
    }
    insta::assert_snapshot!(stable(&audit::embeddable(&review)));
}

#[test]
fn the_whole_sarif() {
    let (all, _) = weekly();
    let mut sarif = audit::sarif(&all, &[WEEKLY], &Detail::Findings);
    for result in sarif["runs"][0]["results"].as_array_mut().expect("results") {
        result["properties"]["evidence"] = "EVIDENCE".into();
    }
    insta::assert_snapshot!(stable(&kinglet::wire::json(&sarif)));
}

#[test]
fn the_whole_diff() {
    let (all, view) = weekly();
    let corrected = audit::corrected(&all.articles[0], WEEKLY, &view).expect("corrections");
    assert_eq!((corrected.corrections.len(), corrected.left), (2, 0));
    let diff = corrected.diff(WEEKLY, ("weekly.txt", "weekly.corrected.txt"));
    insta::assert_snapshot!(stable(&diff));
}

/// Texts that are hard on places and terminals, each with a wrong claim.
const HARD: [&str; 4] = [
    "\u{feff}The Russell 2000 rose 7.0% in September 2025.\r\nThe S&P 500 rose 9% in May 2025.\r\n",
    "Ein naïver Gedanke – 株式市場: the Russell 2000 rose\u{a0}7.0% in September 2025.\n",
    "The Russell 2000 rose 7.0% in September 2025\u{1b}[2J\u{9b}31m.</script><b>\u{2028}\u{202e}\n",
    "🐦🐦 The Russell 2000\tfell 7.0% in August 2025. e\u{301} The S&P 500 fell 1.9% in May 2025.",
];

fn hard(view: &View) -> (Comparison, Vec<&'static str>) {
    let texts = HARD.to_vec();
    let audits = texts.iter().enumerate().map(|(i, text)| read(&format!("h {i}.txt"), text, view));
    (audit::compare(audits.collect(), &texts), texts)
}

fn errors(schema: &str, instance: &Value) -> Vec<String> {
    schema::errors(&serde_json::from_str(schema).expect("a schema"), instance)
}

#[test]
fn sarif_is_valid() {
    let (all, view) = weekly();
    let (hard, texts) = hard(&view);
    for (all, texts) in [(all, vec![WEEKLY]), (hard, texts)] {
        let sarif = audit::sarif(&all, &texts, &Detail::Every);
        assert_eq!(errors(SARIF, &sarif), Vec::<String>::new());
        let results = sarif["runs"][0]["results"].as_array().expect("results");
        let claims: usize = all.articles.iter().map(|a| a.claims.len()).sum();
        assert_eq!(results.len(), claims);
        let mut prints: Vec<&Value> = results.iter().map(|r| &r["partialFingerprints"]).collect();
        prints.dedup();
        assert_eq!(prints.len(), claims, "fingerprints are distinct");
    }
    let broken = serde_json::json!({ "version": "2.1.0", "runs": [{ "results": [] }] });
    assert!(!errors(SARIF, &broken).is_empty());
}

/// The published schema lets fields be added; here each field has to be in it.
fn closed(schema: &str) -> String {
    fn close(value: &mut Value) {
        if value["properties"].is_object() {
            value["additionalProperties"] = false.into();
        }
        match value {
            Value::Array(all) => all.iter_mut().for_each(close),
            Value::Object(all) => all.values_mut().for_each(close),
            _ => {}
        }
    }
    let mut schema: Value = serde_json::from_str(schema).expect("JSON");
    close(&mut schema);
    schema.to_string()
}

#[test]
fn json_is_as_documented() {
    let schema = closed(AUDIT);
    let (weekly, view) = weekly();
    let (hard, _) = hard(&view);
    for audit in weekly.articles.iter().chain(&hard.articles) {
        let json = serde_json::to_value(audit).expect("JSON");
        assert_eq!(errors(&schema, &json), Vec::<String>::new());
    }
    assert_eq!(errors(&schema, &serde_json::to_value(&hard).expect("JSON")), Vec::<String>::new());
    let mut wrong = serde_json::to_value(&weekly.articles[0]).expect("JSON");
    wrong["claims"][0]["verdict"] = "true".into();
    assert!(!errors(&schema, &wrong).is_empty());
}

/// Each of the three ways to name a region leads back to the token.
#[test]
fn regions_lead_back_to_the_text() {
    let view = facts::view(None);
    let (all, texts) = hard(&view);
    let sarif = audit::sarif(&all, &texts, &Detail::Every);
    let results = sarif["runs"][0]["results"].as_array().expect("results");
    assert!(results.len() >= 6, "{}", results.len());
    for result in results {
        let place = &result["locations"][0]["physicalLocation"];
        let text = texts[place["artifactLocation"]["index"].as_u64().expect("an index") as usize];
        let region = &place["region"];
        let n = |name: &str| region[name].as_u64().expect("a number") as usize;
        let token = region["snippet"]["text"].as_str().expect("a token");
        assert_eq!(&text[n("byteOffset")..n("byteOffset") + n("byteLength")], token);
        let text: Vec<char> = text.trim_start_matches('\u{feff}').chars().collect();
        let chars = &text[n("charOffset")..n("charOffset") + n("charLength")];
        assert_eq!(chars.iter().collect::<String>(), token);
        let line = text.split(|c| *c == '\n').nth(n("startLine") - 1).expect("a line");
        assert_eq!(n("startLine"), n("endLine"));
        let columns = &line[n("startColumn") - 1..n("endColumn") - 1];
        assert_eq!(columns.iter().collect::<String>(), token);
    }
}

/// Controls, escape sequences and marks of order end as signs; markup cannot leave a script.
#[test]
fn foreign_text_does_nothing() {
    let view = facts::view(None);
    let (all, texts) = hard(&view);
    let text = plain(&audit::comparison_text(&all, &texts, &Detail::Every));
    let acts = |c: char| (c.is_control() && c != '\n') || ('\u{2028}'..='\u{202e}').contains(&c);
    assert!(!text.contains(acts), "{text:?}");
    assert!(!kinglet::wire::json(&all).contains(acts));
    let review = audit::embeddable(&audit::claim_review(&all));
    assert!(!review.contains(['<', '>', '&']), "{review}");
    let back: Value = serde_json::from_str(&review).expect("JSON");
    let quotes = back["@graph"].as_array().expect("reviews").iter();
    assert!(quotes.clone().any(|r| r["claimReviewed"].as_str().expect("text").contains("S&P")));
}

#[test]
fn the_text_keeps_to_eighty_columns() {
    let view = facts::view(None);
    let long = "Small caps 株式市場 have had a remarkable run, many say. ".repeat(20);
    let article = format!("{long}The Russell 2000 rose 7.0% in September 2025. {long}");
    let audit = read("a.txt", &article, &view);
    let text = plain(&audit::text(&audit, &article, &Detail::Every));
    assert_eq!(audit.summary.wrong, 1, "{text}");
    let wide = text.lines().find(|line| kinglet::render::plain::width(line) > 80);
    assert_eq!(wide, None, "{text}");
}

/// A text, and what its corrected copy says instead; none where nothing may be changed.
fn corrected(text: &str, view: &View) -> Option<String> {
    let audit = read("a.txt", text, view);
    let corrected = audit::corrected(&audit, text, view)?;
    Some(
        corrected.text.split("[^k1]:").next()?.trim_end().replace("[^k1]", "").replace("[^k2]", ""),
    )
}

/// September 2025: Russell 2000 +2.96%, S&P 500 +3.53%; December 2024: -8.40%, -2.50%.
#[test]
fn corrections_keep_the_sentence() {
    let view = facts::view(None);
    let check = |text: &str, want: Option<&str>| {
        assert_eq!(corrected(text, &view).as_deref(), want, "{text}");
    };
    check(
        "The Russell 2000 rose 7.0% in September 2025.",
        Some("The Russell 2000 rose 3.0% in September 2025."),
    );
    // The direction turns with the sign, in the form of the word.
    check(
        "The Russell 2000 gained 8.4% in December 2024.",
        Some("The Russell 2000 lost 8.4% in December 2024."),
    );
    check(
        "The S&P 500 surged 9.1% in December 2024.",
        Some("The S&P 500 fell 2.5% in December 2024."),
    );
    // Without a word that could be turned nothing is touched.
    check("The return of the Russell 2000 in December 2024 was 9.1%.", None);
    // A comparison that the right figures would turn round is left to its author.
    let outpacing = "In September 2025 the Russell 2000 rose 7.1%, outpacing the S&P 500's 2.0%.";
    check(outpacing, None);
    check("The Russell 2000 rose 7.0% in August 2025.", None);
}

/// Known facts printed wrongly in many ways: no claim that was corrected is wrong in the copy, and
/// nothing else is put in the wrong.
#[test]
fn corrected_copies_hold_up() {
    let view = facts::view(None);
    let mut mended = 0;
    for (name, month) in [("Russell 2000", "July"), ("S&P 500", "August"), ("Nasdaq", "September")]
    {
        for figure in ["9.3%", "-4.1%", "0.2%", "12%", "6.66%"] {
            for verb in ["rose", "fell", "gained", "was down", "returned", "slipped"] {
                let text = format!(
                    "In {month} 2025 the {name} {verb} {figure}. The Russell 2000 rose 7.0% in \
                     August 2025."
                );
                let before = read("a.txt", &text, &view);
                let Some(copy) = audit::corrected(&before, &text, &view) else { continue };
                let after = read("a.txt", &copy.text, &view);
                assert_eq!(after.summary.wrong, copy.left, "{}", copy.text);
                assert!(copy.text.contains(&before.data.version), "{}", copy.text);
                mended += copy.corrections.len();
            }
        }
    }
    assert!(mended > 60, "{mended}");
}
