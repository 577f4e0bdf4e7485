//! Audits of the annotated articles, end to end: what is found, what is missed, who is accused.

use kinglet::audit;
use kinglet::{Engine, Source};

/// The verdict, tag and suggestion of each claim of a text, on the embedded facts.
fn verdicts(text: &str, published: &str) -> Vec<String> {
    let engine = Engine::open(&Source::Facts, None).expect("the facts are compiled in");
    let day = published.parse().expect("a date");
    let audit = audit::read("test.txt", text, Some(day), engine.view()).expect("an article");
    let shown = audit.claims.iter().map(|c| {
        let tag = c.tag.as_ref().map_or(String::new(), |t| format!(" {t}"));
        let new = c.suggestion.as_ref().map_or(String::new(), |s| format!(", print {s}"));
        format!("{}: {}{tag}{new}", c.text, c.verdict)
    });
    shown.collect()
}

/// August 2025: Russell 2000 2211.65 to 2366.42, S&P 500 6339.39 to 6460.26.
#[test]
fn a_text_against_the_facts() {
    let text = "In August 2025 the Russell 2000 rose 7.0%, and the S&P 500 gained 3.4%.";
    assert_eq!(
        verdicts(text, "2025-09-05"),
        ["7.0%: supported", "3.4%: contradicted no_match, print 1.9%"]
    );
}

/// A text without claims, an empty one and one without a day.
#[test]
fn texts_that_claim_nothing() {
    assert_eq!(verdicts("Nothing is said here.", "2025-09-05"), Vec::<String>::new());
    let engine = Engine::open(&Source::Facts, None).expect("the facts are compiled in");
    let refused = |text: &str| audit::read("a", text, None, engine.view()).map_err(|d| d.code);
    assert_eq!(refused(" \n").err(), Some(kinglet::Code::Article));
    assert_eq!(refused("It rose 7%.").err(), Some(kinglet::Code::Usage));
}

/// Two articles that print different figures for one month.
#[test]
fn articles_against_each_other() {
    let engine = Engine::open(&Source::Facts, None).expect("the facts are compiled in");
    let read = |path: &str, text: &str| {
        let day = "2025-09-05".parse().expect("a date");
        audit::read(path, text, Some(day), engine.view()).expect("an article")
    };
    let texts = [
        "In August 2025 the Russell 2000 rose 7.0%.",
        "In August 2025 the Russell 2000 rose 7%.",
        "In August 2025 the Russell 2000 rose 7.3%.",
    ];
    let audits = ["a", "b", "c"].into_iter().zip(texts).map(|(path, text)| read(path, text));
    let all = audit::compare(audits.collect(), &texts);
    let places: Vec<Vec<&str>> = all
        .contradictions
        .iter()
        .map(|c| c.places.iter().map(|p| p.path.as_str()).collect())
        .collect();
    assert_eq!(places, [["a", "b", "c"]]);
    assert_eq!(all.contradictions[0].figures, 2);
}

pub(super) mod gold {
    use std::collections::BTreeSet;
    use std::path::{Path, PathBuf};

    use kinglet::audit::{self, Audit, ClaimRecord};
    use kinglet_core::view::View;
    use kinglet_store::{assemble, facts, import, progress};
    use serde_json::Value;

    use crate::truth::Article;

    const SHARED: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../../../shared");

    /// The facts below the files of the real data.
    pub(crate) fn real_data() -> View {
        let folders =
            ["index", "etf", "macro", "fed"].map(|f| Path::new(SHARED).join("data").join(f));
        let found = import::read(&folders, &progress::Silent).expect("the files are read");
        let mut batches: Vec<_> = found.deliveries.into_iter().map(|d| d.batch).collect();
        batches.push(facts::batch());
        assemble::view("shared", None, &batches)
    }

    /// The annotated articles.
    pub(crate) fn texts() -> Vec<Article> {
        files().iter().map(|file| read(file).1).collect()
    }

    /// The files of annotations, in order.
    fn files() -> Vec<PathBuf> {
        let folder = Path::new(SHARED).join("audit/gold");
        let mut files: Vec<PathBuf> =
            std::fs::read_dir(folder).expect("gold").map(|e| e.expect("an entry").path()).collect();
        files.sort();
        files
    }

    /// The annotations of a file, and their article.
    fn read(file: &Path) -> (Value, Article) {
        let gold = std::fs::read_to_string(file).expect("a gold file");
        let gold: Value = serde_json::from_str(&gold).expect("JSON");
        let name = gold["article"].as_str().expect("a name");
        let path = Path::new(SHARED).join("audit/articles").join(name);
        let text = std::fs::read_to_string(path).expect("an article");
        let day = gold["published"].as_str().expect("a day").parse().expect("a date");
        (gold, Article { text, published: day })
    }

    fn list(value: &Value) -> Vec<&str> {
        match value.as_array() {
            Some(many) => many.iter().filter_map(Value::as_str).collect(),
            None => value.as_str().into_iter().collect(),
        }
    }

    fn accuses(verdict: &str) -> bool {
        ["misdated", "contradicted", "inconsistent"].contains(&verdict)
    }

    #[derive(Debug, Default)]
    pub(super) struct Score {
        pub(super) annotated: usize,
        pub(super) printed: usize,
        pub(super) matched: usize,
        pub(super) right: usize,
        pub(super) accused: usize,
        pub(super) falsely: Vec<String>,
        pub(super) missed: Vec<String>,
    }

    impl Score {
        /// Counts a claim of the annotations, with what the audit found at its place.
        fn count(&mut self, name: &str, gold: &Value, found: Option<&ClaimRecord>) {
            let wanted = list(&gold["verdict"]);
            self.annotated += 1;
            let got = found.map_or("", |c| c.verdict);
            let line = format!("{name} {} {wanted:?}: {found:?}", gold["text"]);
            self.matched += usize::from(found.is_some());
            self.right += usize::from(wanted.contains(&got));
            self.accused += usize::from(accuses(got));
            if accuses(got) && !wanted.iter().any(|w| accuses(w)) {
                self.falsely.push(line);
            } else if !wanted.contains(&got) && !accuses(got) && wanted.iter().any(|w| accuses(w)) {
                self.missed.push(line);
            }
        }

        fn add(&mut self, name: &str, gold: &Value, audit: &Audit) {
            self.printed += audit.claims.len();
            let place = |claim: &ClaimRecord| (claim.span.start, claim.span.end);
            let mut seen = BTreeSet::new();
            for claim in gold["claims"].as_array().expect("claims") {
                let edge = |end: &str| claim["span"][end].as_u64().expect("an offset") as usize;
                let (start, end) = (edge("start"), edge("end"));
                let overlaps = |c: &&ClaimRecord| c.span.start < end && start < c.span.end;
                let found = audit.claims.iter().find(overlaps);
                seen.extend(found.map(place));
                self.count(name, claim, found);
            }
            let extra = audit.claims.iter().filter(|c| !seen.contains(&place(c)));
            self.falsely.extend(
                extra.filter(|c| accuses(c.verdict)).map(|c| format!("{name}, no claim: {c:?}")),
            );
        }
    }

    pub(super) fn score(view: &View) -> Score {
        let mut score = Score::default();
        for file in files() {
            let name = file.file_stem().expect("a name").to_string_lossy().into_owned();
            let (gold, article) = read(&file);
            let audit = audit::read(&name, &article.text, Some(article.published), view);
            let audit = audit.expect("an audit");
            score.add(&name, &gold, &audit);
        }
        score
    }
}

/// Value spans found with F1 of at least 0.80, wrong claims with precision of at least 0.80 and
/// recall of at least 0.80; nine verdicts of ten are right.
#[test]
#[cfg_attr(not(shared), ignore = "needs ../shared")]
fn annotated_articles_on_real_data() {
    let score = gold::score(&gold::real_data());
    assert_eq!(score.annotated, 377);
    let f1 = 2.0 * score.matched as f64 / (score.annotated + score.printed) as f64;
    assert!(f1 >= 0.80, "F1 {f1}");
    let (accused, falsely) = (score.accused as f64, score.falsely.len() as f64);
    assert!(falsely <= 0.2 * accused, "{:#?}", score.falsely);
    let found = accused - falsely;
    assert!(found / (found + score.missed.len() as f64) >= 0.80, "{:#?}", score.missed);
    assert!(score.right * 10 >= score.annotated * 9, "{} right", score.right);
}

/// Where the data are few, less is found, and still nobody is accused falsely.
#[test]
#[cfg_attr(not(shared), ignore = "needs ../shared")]
fn annotated_articles_on_the_facts() {
    let score = gold::score(&kinglet_store::facts::view(None));
    assert_eq!(score.falsely, Vec::<String>::new());
    assert!(score.accused >= 18, "{} accused", score.accused);
}

/// September 2025 is called what it was: August.
#[test]
#[cfg_attr(not(shared), ignore = "needs ../shared")]
fn september_was_august() {
    let file = concat!(
        env!("CARGO_MANIFEST_DIR"),
        "/../../../shared/audit/articles/003_53e17655dcc7c0f0.txt"
    );
    let text = std::fs::read_to_string(file).expect("an article");
    let got = verdicts(&text, "2025-12-10");
    for want in ["7.1%", "2.0%", "1.6%"] {
        let want = format!("{want}: misdated 2025-08");
        assert!(got.iter().any(|g| g.starts_with(&want)), "{want}: {got:#?}");
    }
}
