//! A lake from import to answer; with the real market data where they stand beside the repository.

use std::fs;
use std::path::Path;

use tempfile::TempDir;

use crate::{json, kinglet};

/// A folder with a small price file and the name of a lake beside it.
struct Place {
    folder: TempDir,
}

impl Place {
    fn new(prices: &str) -> Place {
        let place = Place { folder: tempfile::tempdir().expect("a folder") };
        place.write("prices.csv", prices);
        place
    }

    fn write(&self, name: &str, text: &str) {
        fs::write(self.folder.path().join(name), text).expect("written");
    }

    fn path(&self, name: &str) -> String {
        self.folder.path().join(name).display().to_string()
    }

    /// Runs with the lake.
    fn run(&self, arguments: &[&str]) -> crate::Run {
        kinglet(&[arguments, &["--lake", &self.path("lake")]].concat())
    }

    fn json(&self, arguments: &[&str]) -> serde_json::Value {
        json(&[arguments, &["--format", "json", "--lake", &self.path("lake")]].concat())
    }
}

const PRICES: &str = "date,id,close\n2025-08-27,ABC,10.00\n2025-08-28,ABC,10.50\n";

#[test]
fn an_import_is_a_version_and_an_older_one_can_be_read() {
    let place = Place::new(PRICES);
    let first = place.json(&["data", "import", &place.path("prices.csv")]);
    assert_eq!((&first["version"], &first["changed"]), (&1.into(), &true.into()));
    let again = place.json(&["data", "import", &place.path("prices.csv")]);
    assert_eq!((&again["version"], &again["changed"]), (&1.into(), &false.into()));

    place.write("correction.csv", "date,id,close\n2025-08-28,ABC,10.60\n");
    let second = place.json(&["data", "import", &place.path("correction.csv")]);
    assert_eq!(second["version"], 2);

    let query = ["eval", "level(ABC, @2025-08-28)"];
    let value = |more: &[&str]| place.json(&[&query, more].concat())[0]["value"].clone();
    assert_eq!(value(&["--version", "1"]), 10.5);
    assert_eq!(value(&["--at-version", "1"]), 10.5);
    let row = &place.json(&[&query, &["--version", "1"][..]].concat())[0]["rows"][0];
    let files = place.json(&["data", "log", "--files"]);
    let files = files.as_array().expect("files");
    let source = files.iter().find(|file| file["name"] == row["source"]).expect("the source");
    assert_eq!(source["version"], 1, "{source}");
    assert_eq!(source["sha256"].as_str().map(str::len), Some(64), "{source}");
    let log = place.json(&["data", "log"]);
    let versions: Vec<_> = log.as_array().expect("rows").iter().map(|v| &v["version"]).collect();
    assert_eq!(versions, [0, 1, 2]);
    let data = &place.json(&[&query, &["--version", "1"][..]].concat())[0]["data"];
    assert!(data["version"].as_str().is_some_and(|v| v.starts_with("lake-1-")), "{data}");
}

#[test]
fn bad_rows_stop_an_import_or_are_listed() {
    let place = Place::new("date,id,close\n2025-08-28,ABC,10.00\n2025-08-29,ABC,eleven\n");
    let refused = place.run(&["data", "import", &place.path("prices.csv")]);
    assert_eq!((refused.status, refused.stdout.as_str()), (5, ""));
    assert!(refused.stderr.contains("line 3"), "{}", refused.stderr);
    assert_eq!(place.run(&["eval", "level(ABC, @2025-08-28)"]).status, 3, "nothing was imported");

    let taken = place.run(&["data", "import", &place.path("prices.csv"), "--skip-bad"]);
    assert_eq!(taken.status, 0, "{}", taken.stderr);
    assert!(taken.stdout.contains("prices.csv:3:3: close: `eleven`"), "{}", taken.stdout);
    assert_eq!(place.json(&["eval", "level(ABC, @2025-08-28)"])[0]["value"], 10);
}

#[test]
fn the_facts_stand_below_a_lake() {
    let place = Place::new(PRICES);
    place.run(&["data", "import", &place.path("prices.csv")]);
    let answers = place.json(&["eval", "level(ABC, @2025-08-28)", "return(RUT, 2025-07)"]);
    assert_eq!(answers[0]["value"], 10.5);
    let on_facts = &json(&["eval", "return(RUT, 2025-07)", "--format", "json"])[0];
    assert_eq!(answers[1]["value"], on_facts["value"]);
}

/// What a fund holds and what its companies are worth is there for the articles that speak of it:
/// 60 at a tenth and 40 at a twentieth make 100 / 8.
#[test]
fn audits_load_companies_for_claims_about_them() {
    let place = Place::new(PRICES);
    let held =
        "ticker,name,asset_class,market_value,weight\nAAA,A,Equity,60,60\nBBB,B,Equity,40,40\n";
    place.write("iwm_holdings_2025-11-05.csv", held);
    let figures = "symbol,forwardPE,asof\nAAA,10,2025-11-05\nBBB,20,2025-11-05\n";
    place.write("figures.csv", figures);
    let text = "On November 5, 2025, the Russell 2000 traded at a forward P/E of 12.5.";
    place.write("article.txt", text);
    let other = "The Russell 2000 rose 7.0% in August 2025.";
    let line = |text| format!("{{\"published\": \"2025-11-10\", \"text\": \"{text}\"}}\n");
    place.write("feed.jsonl", &format!("{}{}{}", line(other), line(text), line(other)));
    for file in ["iwm_holdings_2025-11-05.csv", "figures.csv"] {
        let imported = place.run(&["data", "import", &place.path(file)]);
        assert_eq!(imported.status, 0, "{}", imported.stderr);
    }
    let audited = place.json(&["audit", &place.path("article.txt"), "--published", "2025-11-10"]);
    let claim = &audited["claims"][0];
    assert_eq!(
        (&claim["verdict"], &claim["actual"]),
        (&"supported".into(), &12.5.into()),
        "{claim}"
    );
    let fed = place.run(&["audit", "--jsonl", &place.path("feed.jsonl")]);
    let claims: Vec<serde_json::Value> = fed
        .stdout
        .lines()
        .map(|line| serde_json::from_str::<serde_json::Value>(line).expect("JSON")["claims"].take())
        .collect();
    let verdicts = claims.iter().map(|claims| claims[0]["verdict"].as_str());
    assert_eq!(verdicts.collect::<Vec<_>>(), [Some("supported"); 3], "{}", fed.stderr);
    // what is alone and what is of a feed is judged alike
    assert_eq!(claims[1][0]["reason"], claim["reason"]);
}

#[test]
fn a_lake_by_environment_and_none_by_an_empty_name() {
    let place = Place::new(PRICES);
    place.run(&["data", "import", &place.path("prices.csv")]);
    let level = |lake: &str| {
        let mut command = crate::command(&["eval", "level(ABC, @2025-08-28)"]);
        command.env("KINGLET_LAKE", lake).output().expect("kinglet runs").status.code()
    };
    assert_eq!(level(&place.path("lake")), Some(0));
    assert_eq!(level(""), Some(3));
    assert_eq!(level(&place.path("nowhere")), Some(3));
}

#[test]
fn a_missing_file_leaves_no_lake_behind() {
    let place = Place::new(PRICES);
    let run = place.run(&["data", "import", &place.path("missing.csv")]);
    assert_eq!(run.status, 5, "{}", run.stderr);
    assert!(!Path::new(&place.path("lake")).exists());
}

/// The values that the issue of the thin path names, each from the closes of the source files.
#[test]
#[cfg_attr(not(shared), ignore = "needs ../shared")]
fn acceptance_on_the_real_data() {
    let place = Place::new(PRICES);
    let data = concat!(env!("CARGO_MANIFEST_DIR"), "/../../../shared/data");
    let files = ["index", "fed", "etf/etf_adjclose_daily.csv.gz"];
    let files: Vec<String> = files.iter().map(|file| format!("{data}/{file}")).collect();
    let mut import = vec!["data", "import"];
    import.extend(files.iter().map(String::as_str));
    let imported = place.run(&import);
    assert_eq!(imported.status, 0, "{}", imported.stderr);
    let wanted = [
        ("return(RUT, 2025-08)", "7.00%"),
        ("return(RUT, 2025-09)", "2.96%"),
        ("return(SPX, 2025-08)", "1.91%"),
        ("return(IXIC, 2025-08)", "1.58%"),
        ("level(RUT, 2025-09-18)", "2467.70"),
        ("return(RUT, ytd@2025-09-18)", "10.65%"),
        ("return(RUT, ytd@2025-06-12)", "-4.04%"),
        ("return(RUT, 2008)", "-34.80%"),
        ("return(IWM, 2008, basis: total)", "-34.14%"),
        ("return(SPX, 10y@2025-08-27) - return(RUT, 10y@2025-08-27)", "120.31 percentage points"),
    ];
    let queries = wanted.iter().map(|(query, _)| *query);
    let answers = place.json(&std::iter::once("eval").chain(queries).collect::<Vec<_>>());
    for ((query, display), answer) in wanted.iter().zip(answers.as_array().expect("an array")) {
        assert_eq!(answer["display"], *display, "{query}: {answer}");
    }
    let one = place.json(&["eval", wanted[8].0]);
    assert_eq!(one[0], answers[8], "one query and many read the same");
}
