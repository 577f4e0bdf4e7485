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
    // Numbers in words stay words.
    check(
        "The Russell 2000 rose three percent in August 2025.",
        Some("The Russell 2000 rose seven percent in August 2025."),
    );
}

/// Where a text leaves out figures and words, it is said in every output, and nothing is accused.
#[test]
fn what_a_text_leaves_out() {
    let view = facts::view(None);
    let text = "A wrap of the week\n\nThe Russell 2000 rose % to 2,476.18 on Friday.\n\n\
                Energy, , and industrial shares led.\n\nThe S&P 500 closed at .\n";
    let audit = read("a.txt", text, &view);
    let gaps: Vec<_> =
        audit.gaps.iter().map(|g| (g.kind, &text[g.span.start..g.span.end])).collect();
    assert_eq!(gaps, [("value", "rose %"), ("words", ", ,"), ("value", "at .")]);
    assert_eq!(audit.summary.wrong, 0);
    let all = audit::compare(vec![audit.clone()], &[text]);
    let sarif = audit::sarif(&all, &[text], &Detail::Findings);
    assert_eq!(errors(SARIF, &sarif), Vec::<String>::new());
    let results = sarif["runs"][0]["results"].as_array().expect("results");
    assert_eq!(results.len(), 2);
    let region = &results[1]["locations"][0]["physicalLocation"]["region"];
    assert_eq!((&region["startLine"], &region["startColumn"]), (&7.into(), &20.into()));
    let shown = plain(&audit::text(&audit, text, &Detail::Findings));
    let value = "unverifiable[value_missing]: a figure is left out\n --> a.txt:7:20\n\
                 7 | The S&P 500 closed at .\n  |                    ^^^^\n";
    assert!(shown.contains(value), "{shown}");
    assert!(shown.contains("words are missing: \"Energy, , and industrial"), "{shown}");
    let page = audit::page(&all, &[text], &view);
    assert!(page.contains("<li>a figure: <q>The S&amp;P 500 closed at .</q></li>"), "{page}");
    let json = serde_json::to_value(&audit).expect("JSON");
    assert_eq!(errors(&closed(AUDIT), &json), Vec::<String>::new());
    assert_eq!(json["gaps"][1]["kind"], "words");
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

/// The same question on different terms, one text twice, one sentence in two texts.
#[test]
fn articles_on_one_fact() {
    let view = facts::view(None);
    let sentence = "The Russell 2000 trades at a 21% discount to the S&P 500.";
    let texts = [
        sentence,
        "The forward P/E of the Russell 2000 is at 73% of the Russell 1000's.",
        "Small caps trade at a 20% discount to large caps, as they did last year.",
        "Small caps trade at a 20% discount to large caps, as they did last year!",
        "Not much has changed since the summer, when many hoped that lower rates would bring \
         investors back. The Russell 2000 trades at a 21% discount to the S&P 500.",
    ];
    let audits = texts.iter().enumerate().map(|(i, text)| read(&format!("{i}.txt"), text, &view));
    let all = audit::compare(audits.collect(), &texts);
    let [topic] = &all.contradictions[..] else { panic!("{:?}", all.contradictions) };
    assert_eq!((topic.kind, topic.figures, topic.places.len()), ("topic", 3, 5));
    let figures: Vec<f64> = topic.places.iter().filter_map(|p| p.figure.as_f64()).collect();
    assert_eq!(figures, [21.0, 27.0, 20.0, 20.0, 21.0]);
    let repeated: Vec<_> =
        all.duplicates.iter().map(|d| (d.kind, &d.articles[..], d.claims_repeated)).collect();
    assert_eq!(repeated, [("article", &[2, 3][..], 1), ("sentence", &[0, 4][..], 1)]);
    assert_eq!((all.summary.claims, all.summary.repeated), (3, 2));
    insta::assert_snapshot!(stable(&plain(&audit::comparison_text(
        &all,
        &texts,
        &Detail::Findings
    ))));
}

/// Articles of others with their days of publication.
fn shared_articles() -> Vec<(String, String, Date)> {
    let folder =
        std::path::Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/../../../shared/audit"));
    let mut articles: Vec<(String, String, Date)> = std::fs::read_dir(folder.join("gold"))
        .expect("annotations")
        .map(|entry| {
            let gold = std::fs::read_to_string(entry.expect("an entry").path()).expect("a file");
            let gold: Value = serde_json::from_str(&gold).expect("JSON");
            let name = gold["article"].as_str().expect("a name").to_owned();
            let text = std::fs::read_to_string(folder.join("articles").join(&name));
            let day = gold["published"].as_str().expect("a day").parse().expect("a date");
            (name, text.expect("an article"), day)
        })
        .collect();
    articles.sort();
    articles
}

/// In the corrected copy of each article only that is wrong which was left as it was; a figure
/// whose slot another one rightly fills now is no longer held against it.
#[test]
#[cfg_attr(not(shared), ignore = "needs ../shared")]
fn corrected_copies_of_articles_hold_up() {
    let view = facts::view(None);
    let mut mended = 0;
    for (name, text, day) in shared_articles() {
        let audit = audit::read(&name, &text, Some(day), &view).expect("an article");
        let Some(copy) = audit::corrected(&audit, &text, &view) else { continue };
        let again = audit::read(&name, &copy.text, Some(day), &view).expect("an article");
        assert!(again.summary.wrong <= copy.left, "{name}");
        mended += copy.corrections.len();
    }
    assert!(mended >= 10, "{mended}");
}

/// The five articles of the brief give four different discounts of small companies.
#[test]
#[cfg_attr(not(shared), ignore = "needs ../shared")]
fn the_discounts_of_the_five_articles() {
    let view = facts::view(None);
    let five: Vec<_> = shared_articles().into_iter().filter(|a| a.0.starts_with("00")).collect();
    let texts: Vec<&str> = five.iter().map(|(_, text, _)| text.as_str()).collect();
    let audits = five
        .iter()
        .map(|(name, text, day)| audit::read(name, text, Some(*day), &view).expect("an article"));
    let all = audit::compare(audits.collect(), &texts);
    let fact = "the discount at which small companies are valued";
    let found = all.contradictions.iter().find(|c| c.fact == fact).expect("the discounts");
    let figures: Vec<f64> = found.places.iter().filter_map(|p| p.figure.as_f64()).collect();
    assert_eq!((found.figures, &figures[..]), (4, &[21.0, 27.0, 20.0, 20.0, 15.0][..]));
}

const VERDICTS: &str = include_str!("../../../../docs/reference/verdicts.md");

/// The rows of examples: verdict, day, text, figure, tag.
fn examples() -> Vec<[&'static str; 5]> {
    let mut verdict = "";
    let mut examples = Vec::new();
    for line in VERDICTS.lines() {
        verdict = line.strip_prefix("## ").unwrap_or(verdict);
        let cells: Vec<&str> = line.split('|').map(str::trim).collect();
        if let ["", day, text, figure, tag, ""] = cells[..]
            && day.starts_with("20")
        {
            examples.push([verdict, day, text, figure, tag]);
        }
    }
    examples
}

#[test]
fn the_reference_of_verdicts_is_true() {
    let view = facts::view(None);
    let examples = examples();
    for [verdict, day, text, figure, tag] in &examples {
        let day = day.parse().expect("a date");
        let audit = audit::read("a.txt", text, Some(day), &view).expect("an article");
        if *tag == "value_missing" {
            let gap = &audit.gaps[0];
            assert_eq!((gap.kind, &text[gap.span.start..gap.span.end]), ("value", *figure));
            continue;
        }
        let claim = audit.claims.iter().find(|c| c.text == *figure).expect(text);
        let got = (claim.verdict, claim.tag.as_deref().unwrap_or_default());
        assert_eq!(got, (*verdict, *tag), "{text} {}", claim.reason);
    }
    for verdict in kinglet::Verdict::ALL {
        assert!(examples.iter().any(|e| e[0] == verdict.name()), "{}", verdict.name());
    }
    let explained = VERDICTS.lines().filter_map(|line| line.strip_prefix("| `")?.split('`').next());
    for tag in explained {
        assert!(examples.iter().any(|e| e[4] == tag), "{tag} has no example");
    }
}
