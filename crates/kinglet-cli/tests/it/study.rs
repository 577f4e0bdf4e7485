//! `study`.

use crate::{json, kinglet, kinglet_with};

const MONTHS: &str = "return(RUT, month) >= 10%";
const AFTER: &str = "return(RUT, +6m)";

/// 17 months of ten percent and more until 2025, 14 of them followed by a gain in six months; one
/// more later, whose outcome is not over and which is told all the same.
#[test]
fn months_of_ten_percent() {
    let run = kinglet(&["study", "--name", "ten-percent-months"]);
    assert_eq!(run.status, 0, "{}", run.stderr);
    assert!(run.stdout.lines().all(|line| line.chars().count() <= 80), "{}", run.stdout);
    let sentence =
        "14 of 17 since 1987 (82%; any six months: 67%); the difference could be chance.";
    assert!(run.stdout.contains(sentence), "{}", run.stdout);
    assert!(run.stdout.contains("  2026-04     2026-04-30"), "{}", run.stdout);
    assert!(run.stdout.contains("  not over  not over\n"), "{}", run.stdout);
    let record = json(&["study", "--when", MONTHS, "--then", AFTER, "--format", "json"]);
    assert_eq!(record["schema"], "kinglet.study/1");
    assert_eq!(record["sentence"], sentence);
    assert_eq!(record["events"].as_array().map(Vec::len), Some(18));
    let outcome = &record["outcomes"][0];
    assert_eq!((&outcome["events"]["n"], &outcome["events"]["hits"]), (&17.into(), &14.into()));
    assert_eq!(outcome["censored"], 1);
    assert_eq!(record["events"][17]["outcomes"][0]["undefined"]["code"], "not_over");
    // The study as a query gives the same.
    let query = outcome["query"].as_str().expect("a query");
    let answer = json(&["eval", query, "--format", "json"]);
    assert_eq!(answer[0]["value"], outcome["events"]["hit_rate"], "{query}");
    let until = ["study", "--when", MONTHS, "--then", AFTER, "--until", "2025-12"];
    let run = kinglet(&[&until[..], &["--format", "csv"]].concat());
    assert_eq!(run.stdout.lines().count(), 18, "{}", run.stdout);
    assert!(!run.stdout.contains("not_over"), "{}", run.stdout);
}

/// The same seed draws the same; another one other placebos, and no other figure changes.
#[test]
fn the_seed_decides() {
    let drawn = |seed: &str| {
        let arguments = ["study", "--when", MONTHS, "--then", AFTER, "--resamples", "300"];
        json(&[&arguments[..], &["--seed", seed, "--format", "json"]].concat())
    };
    let (first, second) = (drawn("1"), drawn("2"));
    assert_eq!(first, drawn("1"));
    let chance = |record: &serde_json::Value| record["outcomes"][0]["inference"]["mean"].clone();
    assert_ne!(chance(&first), chance(&second));
    assert_eq!(first["outcomes"][0]["events"], second["outcomes"][0]["events"]);
}

#[test]
fn every_study_that_ships_has_an_answer() {
    let list = json(&["study", "--list", "--format", "json"]);
    let names = list.as_array().expect("a list").iter();
    let names: Vec<&str> = names.map(|study| study["name"].as_str().expect("a name")).collect();
    assert!(names.len() >= 8);
    let shown = kinglet(&["study", "--list"]).stdout;
    assert!(shown.lines().all(|line| line.chars().count() <= 80), "{shown}");
    for name in names {
        let run = kinglet(&["study", "--name", name, "--resamples", "100"]);
        assert_eq!(run.status, 0, "{name}: {}", run.stderr);
        assert!(run.stdout.lines().all(|line| line.chars().count() <= 80), "{}", run.stdout);
        assert!(run.stdout.contains("\n  said     in an article: "), "{}", run.stdout);
    }
}

#[test]
fn days_from_a_file() {
    let days = "date,name\n2025-04-09,tariffs paused\n2025-09-17,first cut\n";
    let arguments = ["study", "--events", "-", "--then", "return(RUT, +20d)"];
    let run = kinglet_with(&arguments, days.as_bytes());
    assert_eq!(run.status, 0, "{}", run.stderr);
    assert!(run.stdout.contains("too few to tell from chance"), "{}", run.stdout);
    assert!(run.stdout.contains("tariffs paused"), "{}", run.stdout);
    let run = kinglet_with(&arguments, b"day\n2025-04-09\n");
    assert_eq!(run.status, 5);
    assert!(run.stderr.contains("has no column `date`"), "{}", run.stderr);
    let run = kinglet_with(&arguments, b"date\nyesterday\n");
    assert_eq!(run.status, 5);
    assert!(run.stderr.contains("line 2"), "{}", run.stderr);
}

#[test]
fn what_cannot_be_asked() {
    let refused = |arguments: &[&str]| {
        let run = kinglet(&[&["study"], arguments].concat());
        (run.status, run.stderr)
    };
    let check = |arguments: &[&str], status: i32, want: &str| {
        let (got, stderr) = refused(arguments);
        assert_eq!(got, status, "{arguments:?}: {stderr}");
        assert!(stderr.replace("\n          ", " ").contains(want), "{arguments:?}: {stderr}");
    };
    let then = ["--then", AFTER];
    let with = |when: &'static str| [&["--when", when], &then[..]].concat();
    check(&[], 2, "--when");
    check(&with("return(RUT, +1m) > 0"), 2, "looks ahead");
    check(&with("return(RUT, month)"), 2, "asks yes or no");
    check(&with("return(RUT, 2025) > 0"), 2, "needs a family");
    check(&["--when", MONTHS, "--then", "return(RUT, month)"], 2, "no time after an event");
    check(&["--name", "ten-percent-month"], 2, "did you mean `ten-percent-months`?");
    check(&["--name", "ten-percent-months", "--split", "recesion"], 2, "or one of recession");
    // Who dates recessions did so later, and a rank among all months knows them all.
    check(&with("recession(US, month)"), 3, "looks ahead");
    check(&with("percentile(return(RUT, month), of: month) >= 90%"), 3, "looks ahead");
}

/// The page needs nothing from elsewhere and draws both charts for both widths.
#[test]
fn the_page_stands_alone() {
    let run = kinglet(&["study", "--name", "ten-percent-months", "--format", "html"]);
    assert_eq!(run.status, 0, "{}", run.stderr);
    let page = run.stdout;
    assert!(page.starts_with("<!doctype html>"), "{page}");
    assert_eq!(page.matches("<svg ").count(), 4);
    assert_eq!(
        page.matches("http").count(),
        page.matches("http://www.w3.org/2000/svg").count() + 1
    );
    for event in ["1991-02", "2026-04"] {
        assert!(page.contains(&format!("<th scope=\"row\">{event}</th>")), "{event}");
    }
    assert!(page.contains("title=\"6m after 2026-04-30 is after the data end"), "{page}");
}

/// Small companies after months of ten percent and more, by the market: the months of the event
/// and those after it are not in the estimate.
#[test]
fn beyond_what_was_to_be_expected() {
    let arguments = ["study", "--name", "ten-percent-months", "--model", "market"];
    let run = kinglet(&arguments);
    assert_eq!(run.status, 2);
    assert!(run.stderr.contains("--benchmark SPX"), "{}", run.stderr);
    let run = kinglet(&[&arguments[..], &["--benchmark", "SPX"]].concat());
    assert_eq!(run.status, 0, "{}", run.stderr);
    assert!(run.stdout.lines().all(|line| line.chars().count() <= 80), "{}", run.stdout);
    let about = "expected by regression on return(SPX, +6m), from 60 periods";
    assert!(run.stdout.replace("\n  ", " ").contains(about), "{}", run.stdout);
    // Half years overlap, and what takes events for independent is not told.
    for test in ["Patell, adjusted", "BMP, adjusted", "generalised rank", "generalised sign"] {
        assert!(run.stdout.contains(&format!("\n  {test} ")), "{test}: {}", run.stdout);
    }
    assert!(!run.stdout.contains("\n  Patell  "), "{}", run.stdout);
    assert!(run.stdout.contains("Windows overlap"), "{}", run.stdout);
}

/// By statsmodels 0.15.0, from index_month_end.csv and size_premium_monthly.csv of the facts: of
/// each event `OLS(r - rf, add_constant([market - rf, smb]))` over the 60 months before it, and the
/// sum of the six months after it less what that predicts.
#[test]
fn beyond_the_factors_by_statsmodels() {
    let named = ["study", "--name", "ten-percent-months", "--format", "json"];
    let excess = &json(&[&named[..], &["--model", "size"]].concat())["excess"];
    assert_eq!(excess["on"], serde_json::json!(["FF_MARKET - FF_RF", "FF_SMB"]));
    let cumulated = excess["cumulated"].as_array().expect("events");
    assert!(cumulated[0].is_null() && cumulated[17].is_null(), "{excess}");
    for (event, want) in [(1, -2.488_574_584), (3, 5.023_099_557), (16, 0.915_186_278)] {
        let found = cumulated[event].as_f64().expect("a value");
        assert!((found - want).abs() < 1e-6, "{event}: {found}");
    }
    let mean = excess["mean"].as_f64().expect("a mean");
    assert!((mean + 0.007_136_22).abs() < 1e-6, "{mean}");
    // The names of papers, and what the facts lack.
    for model in ["ff3", "three_factor", "carhart", "ff5"] {
        let run = kinglet(&[&named[..], &["--model", model]].concat());
        assert_eq!(run.status, 3, "{model}: {}", run.stderr);
        assert!(run.stderr.contains("no series of FF_HML"), "{model}: {}", run.stderr);
        assert!(run.stderr.contains("--model size"), "{model}: {}", run.stderr);
    }
}

/// The facts have no daily yields, and monthly ones do not tell the last day's.
#[test]
fn a_split_that_the_facts_cannot_tell() {
    let run = kinglet(&["study", "--name", "ten-percent-months", "--split", "curve"]);
    assert_eq!(run.status, 3, "{}", run.stdout);
    assert!(run.stderr.contains("there is no series of DGS2"), "{}", run.stderr);
}

/// A condition that never holds gives an empty study that says so.
#[test]
fn nothing_happened() {
    let run = kinglet(&["study", "--when", "return(RUT, month) >= 90%", "--then", AFTER]);
    assert_eq!(run.status, 0, "{}", run.stderr);
    assert!(run.stdout.starts_with("No event since 1987, in 466 periods."), "{}", run.stdout);
}

/// With daily yields in a lake, that of two years above that of ten in 2022 and 2023 alone, the
/// events of these years, 2022-07, 2022-10 and 2023-12, are told apart from the other fourteen.
#[test]
fn a_split_by_the_curve_of_a_lake() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = |name: &str| folder.path().join(name).display().to_string();
    let mut table = "date,DGS2,DGS10\n".to_owned();
    let mut day = kinglet::Date::constant(1987, 9, 1);
    while day < kinglet::Date::constant(2026, 8, 1) {
        if day.weekday().to_monday_zero_offset() < 5 {
            let short = if (2022..=2023).contains(&day.year()) { 5 } else { 2 };
            table += &format!("{day},{short},4\n");
        }
        day = day.tomorrow().expect("a day");
    }
    std::fs::write(path("yields.csv"), table).expect("written");
    let run = kinglet(&["data", "import", &path("yields.csv"), "--lake", &path("lake")]);
    assert_eq!(run.status, 0, "{}", run.stderr);
    let arguments = ["study", "--name", "ten-percent-months", "--split", "curve"];
    let record = json(&[&arguments[..], &["--format", "json", "--lake", &path("lake")]].concat());
    let parts = record["splits"][0]["parts"].as_array().expect("parts");
    let counts: Vec<(&str, u64)> = parts
        .iter()
        .map(|part| (part["state"].as_str().expect("a state"), &part["events"]["n"]))
        .map(|(state, n)| (state, n.as_u64().unwrap_or(0)))
        .collect();
    assert_eq!(counts, [("yes", 3), ("no", 14)]);
}

/// What a stranger may try: each gives a result that says what it is, or one message.
#[test]
fn odd_questions() {
    let ask = |arguments: &[&str], days: &str| {
        let run = kinglet_with(&[&["study"], arguments].concat(), days.as_bytes());
        let text = [run.stdout, run.stderr].concat().replace("\n           ", " ");
        (run.status, text)
    };
    let check = |arguments: &[&str], status: i32, want: &str| {
        let (got, text) = ask(&[&["--when", MONTHS, "--then", AFTER], arguments].concat(), "");
        assert_eq!(got, status, "{arguments:?}: {text}");
        assert!(text.contains(want), "{arguments:?}: {text}");
    };
    check(&["--horizon", "6x"], 2, "`6x` is not a length of time");
    check(&["--horizon", "0m"], 2, "`0m` is not a length of time");
    check(&["--horizon", "60y"], 0, "18 events since 1987, none with an outcome.");
    check(&["--horizon", "60y"], 0, "no outcome is known; nothing is tested");
    check(&["--blocks", "circular"], 0, "circular bootstrap, blocks of");
    check(&["--blocks", "square"], 2, "possible values: stationary, circular");
    check(&["--since", "2040"], 3, "2040 begins on 2040-01-01, after 2026-07-31");
    check(&["--since", "2020", "--until", "2010"], 3, "2020-01-01, after 2010-12-31");
    check(&["--until", "2040"], 3, "2040 ends on 2040-12-31, after the data end");
    check(&["--since", "1950"], 0, "can be told from 1987-10 on, not from 1950");
    check(&["--min-gap", "100y"], 0, "1 of 1 since 1987");
    check(&["--rest", "40y"], 0, "No event since 1987");
    check(&["--as-of", "1980-01-01"], 3, "has no value");
    check(&["--split", "cape(SPX, @day)"], 3, "is by day, and the events are by month");
    check(&["--split", "return(RUT, 2025)"], 3, "has no family of periods");
    check(&["--model", "ff3", "--benchmark", "SPX"], 2, "it takes no benchmark");
    check(&["--model", "mean", "--estimation", "2000"], 0, "after 0 of 18 events");
    let query = |when: &str, then: &str, want: &str| {
        let (status, text) = ask(&["--when", when, "--then", then], "");
        assert!((2..=3).contains(&status), "{when}: {text}");
        assert!(text.contains(want), "{when}, {then}: {text}");
    };
    query("return(XYZ, month) >= 10%", AFTER, "no series of XYZ");
    query(MONTHS, "return(XYZ, +6m)", "no series of XYZ");
    query("", AFTER, "the query ends");
    query(MONTHS, "6m", "a number is followed by letters");
    query("yield(UST:10y, @year) > 4%", AFTER, "there is no series of DGS10");
    query("return(SPX, year, basis: total) > 10%", AFTER, "no total-return series of SPX");
    let days = |table: &str, want: &str| {
        let (status, text) = ask(&["--events", "-", "--then", "return(SPX, +20d)"], table);
        assert!([0, 3, 5].contains(&status), "{table}: {text}");
        assert!(text.contains(want), "{table}: {text}");
    };
    days("", "has no column `date`");
    days("date\n", "No event since 2026, in 1 period.");
    days("date\n2025-13-01\n", "line 2: column `date`: `2025-13-01`");
    days("date\n2027-01-05\n", "2027-01-05  not over");
    days("date\n2030-01-01\n", "2030-01-01 lies outside the calendar");
    // Before all sessions nothing is known; a weekend is one close.
    days("date\n1850-01-01\n", "no outcome of 1 of 1 events: 1850-01-01");
    let weekend = "date,name\n2025-03-08,a\n2025-03-09,b\n2025-03-09,c\n";
    days(weekend, "2025-03-08  2025-03-10     -9.8%  a; b; c");
    days(weekend, "2 of 3 days are known at one close with another");
}
