//! `optimize` and `allocate`.

use std::path::Path;

use crate::{Run, json, kinglet};

/// Two assets without correlation, of which the second has twice the volatility of the first:
/// (1, 1), (1, -1), (-1, 1), (-1, -1) percent times (1, 2), and a mean of one percent each.
const RETURNS: &str = "date,CALM,WILD
2025-01,0.02,0.03
2025-02,0.02,-0.01
2025-03,0.00,0.03
2025-04,0.00,-0.01
";

/// A file in a folder of its own.
fn file(name: &str, content: impl AsRef<[u8]>) -> (tempfile::TempDir, String) {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join(name);
    std::fs::write(&path, content).expect("written");
    let path = path.display().to_string();
    (folder, path)
}

fn near(value: &serde_json::Value, expected: f64) {
    let value = value.as_f64().unwrap_or_else(|| panic!("{value} is no number"));
    assert!((value - expected).abs() < 1e-9, "{value} is not {expected}");
}

/// Of two uncorrelated assets the weights of the least variance are as 1 / variance: 0.8 and 0.2.
#[test]
fn the_least_variance_of_two() {
    let (_folder, path) = file("returns.csv", RETURNS);
    let ask = |more: &[&str]| {
        let first = ["optimize", "--returns", &path, "--covariance", "sample", "--format", "json"];
        json(&[&first[..], more].concat())
    };
    let record = ask(&[]);
    assert_eq!(record["schema"], "kinglet.allocation/1");
    near(&record["weights"][0]["weight"], 0.8);
    near(&record["weights"][1]["weight"], 0.2);
    // Each asset brings its weight of the variance, and a year is twelve months of one percent.
    near(&record["weights"][0]["risk_share"], 0.8);
    near(&record["expected_return"], 0.12);
    // Variances are of 4 periods about the mean: 4/3 and 16/3 basis points of one percent squared.
    near(&record["volatility"], (12.0 * (0.64 * 4.0 / 3.0 + 0.04 * 16.0 / 3.0) * 1e-4_f64).sqrt());
    assert!(record["checks"].as_array().expect("checks").iter().all(|c| c["holds"] == true));
    let parity = ask(&["--objective", "risk-parity"]);
    near(&parity["weights"][0]["weight"], 2.0 / 3.0);
    assert_eq!(parity["by_rule"], true);
    let capped = ask(&["--max-weight", "60%"]);
    near(&capped["weights"][0]["weight"], 0.6);
    let ruled = ask(&["--rule", "CALM <= 2 * WILD"]);
    near(&ruled["weights"][0]["weight"], 2.0 / 3.0);
}

/// FUND moves twice as far as MARKET, which returns 1% a month: 2% + 2 × (12% − 2%) a year.
/// Where nothing asks for a covariance none is estimated, and volatilities are of the sample: those
/// that the whole matrix gives. One that is named is taken, and one that is needed is Ledoit's.
#[test]
fn a_covariance_is_estimated_where_something_asks_for_it() {
    let (_folder, path) = file("returns.csv", RETURNS);
    let asked = |more: &[&str]| {
        let first = ["optimize", "--returns", &path, "--max-weight", "70%", "--format", "json"];
        json(&[&first[..], more].concat())
    };
    let tail = ["--objective", "min-cvar", "--frontier", "3"];
    let without = asked(&tail);
    assert_eq!(without["estimate"]["covariance"], "sample");
    assert!(without["estimate"]["shrinkage"].is_null());
    let whole = asked(&[&tail[..], &["--covariance", "sample"]].concat());
    near(&without["volatility"], whole["volatility"].as_f64().expect("a volatility"));
    for (table, column) in
        [("weights", "volatility"), ("weights", "risk_share"), ("frontier", "volatility")]
    {
        for (at, row) in without[table].as_array().expect("rows").iter().enumerate() {
            near(&row[column], whole[table][at][column].as_f64().expect("a number"));
        }
    }
    let (_own, benchmark) = file("benchmark.toml", "benchmark = { CALM = 0.5, WILD = 0.5 }");
    let of = |more: &[&str]| asked(more)["estimate"]["covariance"].clone();
    assert_eq!(of(&[&tail[..], &["--covariance", "oas"]].concat()), "oas");
    for needs in [
        &["--objective", "min-variance"][..],
        &["--objective", "min-tracking-error", "--constraints", &benchmark],
        &["--objective", "hrp"],
        &["--objective", "min-cvar", "--target-risk", "50%"],
        &["--objective", "min-cvar", "--mean", "bayes-stein"],
        &["--objective", "min-cvar", "--mean", "equilibrium"],
        &["--objective", "min-cvar", "--view", "CALM 3%"],
        &["--objective", "max-return", "--frontier", "3"],
    ] {
        assert_eq!(of(needs), "ledoit-wolf", "{needs:?}");
    }
}

#[test]
fn means_by_the_capital_asset_pricing_model() {
    let text = "date,MARKET,FUND\n2025-01,0.01,0.00\n2025-02,0.03,0.05\n2025-03,-0.01,-0.03\n\
                2025-04,0.01,0.02\n";
    let (_folder, path) = file("returns.csv", text);
    let (_other, given) = file("expected.csv", "asset,return\nMARKET,7%\n");
    let ask = |more: &[&str]| {
        let first = ["optimize", "--returns", &path, "--mean", "capm:MARKET", "--risk-free", "2%"];
        json(&[&first[..], &["--format", "json"], more].concat())
    };
    let record = ask(&[]);
    near(&record["weights"][0]["expected_return"], 0.12);
    near(&record["weights"][1]["expected_return"], 0.22);
    near(&ask(&["--expected", &given])["weights"][1]["expected_return"], 0.12);
    let run = refused(text, &["--mean", "capm:MARKT"]);
    assert!(run.stderr.contains("did you mean `MARKET`?"), "{}", run.stderr);
}

/// A has no first two months; the mean of B over all four is 0.75%, over the last two 2%.
#[test]
fn means_of_unequal_histories() {
    let text = "date,A,B\n2025-01,,-0.02\n2025-02,,0.01\n2025-03,0.04,0.03\n2025-04,0.00,0.01\n";
    let (_folder, path) = file("returns.csv", text);
    let expected = |rule: &str| {
        let first = ["optimize", "--returns", &path, "--missing", rule, "--covariance", "pairwise"];
        let record = json(&[&first[..], &["--format", "json"]].concat());
        near(&record["weights"][0]["expected_return"], 0.24);
        record
    };
    near(&expected("common-period")["weights"][1]["expected_return"], 0.24);
    let own = expected("own-periods");
    near(&own["weights"][1]["expected_return"], 0.09);
    assert_eq!(own["estimate"]["notices"][1]["code"], "own-periods");
}

/// Wide and tidy, plain and compressed, prices and returns: the same weights.
#[test]
fn every_layout_says_the_same() {
    let mut prices = "date,CALM,WILD\n2024-12,100,100\n".to_owned();
    let mut tidy = "date,ticker,return\n".to_owned();
    let (mut calm, mut wild) = (100.0, 100.0);
    for line in RETURNS.lines().skip(1) {
        let cells: Vec<&str> = line.split(',').collect();
        let value = |at: usize| cells[at].parse::<f64>().expect("a number");
        (calm, wild) = (calm * (1.0 + value(1)), wild * (1.0 + value(2)));
        prices += &format!("{},{calm},{wild}\n", cells[0]);
        tidy += &format!("{0},WILD,{2}\n{0},CALM,{1}\n", cells[0], cells[1], cells[2]);
    }
    // The last two are of pandas with pyarrow and of gzip, from the same rows.
    let cases: [(&str, &str, &[u8]); 4] = [
        ("--prices", "history.csv", prices.as_bytes()),
        ("--returns", "history.csv", tidy.as_bytes()),
        ("--returns", "history.parquet", include_bytes!("returns.parquet")),
        ("--returns", "history.csv.gz", include_bytes!("returns.csv.gz")),
    ];
    for (kind, name, content) in cases {
        let (_folder, path) = file(name, content);
        let record = json(&["optimize", kind, &path, "--covariance", "sample", "--format", "json"]);
        let weights = record["weights"].as_array().expect("weights");
        let of = |name: &str| weights.iter().find(|w| w["asset"] == name).expect("an asset");
        near(&of("CALM")["weight"], 0.8);
        assert_eq!(record["estimate"]["periods"], 4);
    }
}

/// Parquet of many assets is read some columns at a time, here of 70 by pyarrow, with the dates as
/// the fourth column: the same as from a text.
#[test]
fn many_columns_of_parquet() {
    let mut text = "date".to_owned();
    (0..70).for_each(|asset| text += &format!(",A{asset}"));
    for i in 0..6_i32 {
        text += &format!("\n2025-{:02}-28", i + 1);
        for j in 0..70_i32 {
            let value = (i * 37 + j * j * 11 + i * i * j * 7) % 997 - 498;
            text += &format!(",{}", f64::from(value) / 10_000.0);
        }
    }
    let of = |name: &str, content: &[u8]| {
        let (_folder, path) = file(name, content);
        json(&["optimize", "--returns", &path, "--objective", "min-cvar", "--format", "json"])
    };
    let (wide, plain) =
        (of("wide.parquet", include_bytes!("wide.parquet")), of("wide.csv", text.as_bytes()));
    assert_eq!(wide["weights"].as_array().expect("weights").len(), 70);
    assert_eq!(wide["weights"][66]["asset"], "A66");
    assert_eq!(wide["weights"], plain["weights"]);
}

/// A packed file that ends too soon is told of, where it does if something could be read of it.
#[test]
fn a_packed_file_that_is_cut_off() {
    let whole = include_bytes!("returns.csv.gz");
    for content in [&whole[..whole.len() - 12], b"nonsense"] {
        let (_folder, path) = file("returns.csv.gz", content);
        let run = kinglet(&["optimize", "--returns", &path]);
        assert_eq!((run.status, run.stdout.as_str()), (5, ""), "{}", run.stderr);
        assert!(run.stderr.contains("damaged: "), "{}", run.stderr);
    }
    let (folder, _path) = file("returns.csv", "");
    let run = kinglet(&["optimize", "--returns", &folder.path().display().to_string()]);
    assert!(run.stderr.contains("cannot be read: "), "{}", run.stderr);
}

/// Three assets over three months can be held without any risk: then there is no ratio to it.
#[test]
fn no_risk_has_no_ratio() {
    let text = "date,A,B,C\n2025-01,0.01,-0.02,0.03\n2025-02,0.02,0.01,-0.01\n\
                2025-03,-0.03,0.01,0.00\n";
    let (_folder, path) = file("returns.csv", text);
    let first = ["optimize", "--returns", &path, "--covariance", "sample"];
    let record = json(&[&first[..], &["--format", "json"]].concat());
    assert!(record["sharpe"].is_null() && record["weights"][0]["risk_share"].is_null());
    let run = kinglet(&first);
    assert!(run.stdout.contains("Sharpe none"), "{}", run.stdout);
    assert!(run.stdout.contains("gap and residuals below"), "{}", run.stdout);
}

fn refused(text: &str, more: &[&str]) -> Run {
    let (_folder, path) = file("returns.csv", text);
    let run = kinglet(&[&["optimize", "--returns", &path], more].concat());
    assert_ne!(run.status, 0, "{}", run.stdout);
    assert_eq!(run.stdout, "");
    assert_eq!(run.stderr.matches("error[").count(), 1, "{}", run.stderr);
    run
}

/// One message each, with its code.
#[test]
fn bad_input_is_told_once() {
    let header = "date,A,B\n";
    let rows = |rows: &[&str]| format!("{header}{}\n", rows.join("\n"));
    let cases = [
        (rows(&["2025-01,0.01,0.02", "2025-02,nan,0.01"]), "not-finite"),
        (rows(&["2025-01,0.01,0.02", "2025-02,0.01,0.01"]), "constant-column"),
        (rows(&["2025-01,0.01,0.01", "2025-02,0.02,0.02"]), "duplicate-column"),
        (rows(&["2025-01,0.01,0.02"]), "too-few-periods"),
        ("date,A,A\n2025-01,0.01,0.02\n2025-02,0.03,0.01\n".to_owned(), "duplicate-name"),
    ];
    for (text, code) in cases {
        let run = refused(&text, &[]);
        assert_eq!(run.status, 5, "{}", run.stderr);
        assert!(run.stderr.contains(&format!("code {code}")), "{}", run.stderr);
    }
    let told = |text: &str, more: &[&str], words: &str| {
        let run = refused(text, more);
        assert!(run.stderr.contains(words), "{}", run.stderr);
    };
    told("a,b\n1,2\n", &[], "has no column of dates");
    told(&rows(&["2025-01,0.01,x"]), &[], "line 2, column B");
    told(&rows(&["2025-01,1,2", "2025-01,3,4"]), &[], "a second value for 2025-01-01");
    told(RETURNS, &["--rule", "CALMM <= 1"], "did you mean `CALM`?");
    told(RETURNS, &["--rule", "CALM"], "is no rule");
    told(RETURNS, &["--objective", "max-sharp"], "did you mean `max-sharpe`?");
    told(RETURNS, &["--covariance", "ledoit"], "there are: sample");
    told(RETURNS, &["--max-weight", "40%"], "code bounds-sum");
    told(RETURNS, &["--objective", "max-sharpe", "--risk-free", "12%"], "code no-excess-return");
    told(RETURNS, &["--target-return", "20%"], "relax `expected return >= 0.2` by 0.08");
    told(RETURNS, &["--view", "CALM"], "is no rule");
    let (_folder, path) = file("prices.csv", "date,A\n2025-01,1\n2025-02,-1\n2025-03,2\n");
    let run = kinglet(&["optimize", "--prices", &path]);
    assert!(run.stderr.contains("code price-not-positive"), "{}", run.stderr);
    let (_folder, limits) = file("limits.toml", "max-weight = 0.9\nmax-wait = 1\n");
    told(RETURNS, &["--constraints", &limits], "line 2");
}

#[test]
fn more_assets_than_periods_is_a_notice() {
    let text = "date,A,B,C\n2025-01,0.01,0.02,0.03\n2025-02,0.02,0.00,0.01\n";
    let (_folder, path) = file("returns.csv", text);
    let record = json(&["optimize", "--returns", &path, "--format", "json"]);
    assert_eq!(record["estimate"]["notices"][0]["code"], "more-assets-than-periods");
}

/// On the embedded facts: two indexes in the place of two funds.
#[test]
fn a_policy_of_ones_own() {
    let text = "
        title = 'Half and half <script>'
        assets = ['SPX', 'RUT']
        since = '2000-01'
        objective = 'min-variance'
        [constraints]
        rules = ['SPX = 50%']
    ";
    let (_folder, path) = file("policy.toml", text);
    let record = json(&["allocate", &path, "--as-of", "2025-08-29", "--format", "json"]);
    near(&record["weights"][0]["weight"], 0.5);
    assert_eq!(record["estimate"]["last"], "2025-08");
    assert_eq!(record["estimate"]["periods"], 308);
    let evidence = record["evidence"][0].as_str().expect("evidence");
    let (query, id) = evidence.rsplit_once(' ').expect("a query and its id");
    let answer = json(&["eval", query, "--as-of", "2025-08-29", "--format", "json"]);
    assert_eq!(answer[0]["evidence"], id);
    let page = kinglet(&["allocate", &path, "--format", "html"]).stdout;
    assert!(page.contains("This is not investment advice"), "{page}");
    assert!(page.contains("<h1>Half and half &lt;script&gt;</h1>"), "{page}");
    assert!(!page.contains("<script") && page.contains("<svg "));
    let text = kinglet(&["allocate", &path]).stdout;
    assert!(text.lines().all(|line| line.chars().count() <= 80), "{text}");
    let broken = kinglet(&["allocate", &format!("{path}.not")]);
    assert_eq!(broken.status, 5, "{}", broken.stderr);
}

/// What ships is listed, and one can start from it.
#[test]
fn a_policy_that_ships_can_be_copied() {
    let list = json(&["allocate", "--list", "--format", "json"]);
    for policy in list.as_array().expect("a list") {
        let name = policy["name"].as_str().expect("a name");
        let text = kinglet(&["allocate", name, "--show"]).stdout;
        let (_folder, path) = file("policy.toml", &text);
        assert!(Path::new(&path).is_file());
        let (own, shipped) = (kinglet(&["allocate", &path]), kinglet(&["allocate", name]));
        assert_eq!((own.status, own.stdout), (shipped.status, shipped.stdout), "{name}");
    }
}

/// 100 in two assets at 30 and 40, 75% and 25% wanted: two and one are 15 off in each and leave
/// nothing; three and none are 15 and 25 off and leave 10.
#[test]
fn whole_shares_for_some_money() {
    let mut prices = "date,CALM,WILD\n2024-12,100,100\n".to_owned();
    for (at, end) in ["104,97", "103,104", "99,101", "30,40"].into_iter().enumerate() {
        prices += &format!("2025-{:02},{end}\n", at + 1);
    }
    let (_folder, path) = file("prices.csv", &prices);
    let rules = ["--rule", "CALM = 75%", "--money", "100", "--format", "json"];
    let record = json(&[&["optimize", "--prices", &path], &rules[..]].concat());
    assert_eq!(record["shares"]["counts"], serde_json::json!({ "CALM": 2, "WILD": 1 }));
    near(&record["shares"]["cash"], 0.0);
    near(&record["shares"]["distance"], 15.0 + 15.0);
    let run = kinglet(&["optimize", "--returns", &path, "--money", "100"]);
    assert_eq!(run.status, 2, "{}", run.stderr);
}

/// What a policy comes to, with every constraint checked.
fn allocated(name: &str, more: &[&str]) -> serde_json::Value {
    let record = json(&[&["allocate", name, "--format", "json"], more].concat());
    let checks = record["checks"].as_array().unwrap_or_else(|| panic!("{name}: {record}"));
    assert!(checks.iter().all(|check| check["holds"] == true), "{name}: {checks:?}");
    let weights = record["weights"].as_array().expect("weights");
    let sum: f64 = weights.iter().filter_map(|weight| weight["weight"].as_f64()).sum();
    assert!((sum - 1.0).abs() < 1e-9, "{name}: {sum}");
    let residual = |name: &str| record["certificate"][name].as_f64().expect("a number");
    for part in ["gap", "residual_primal", "residual_dual"] {
        assert!(residual(part) < 1e-8, "{name}: {part}");
    }
    record
}

/// The facts reach as far as the three indexes that stand for funds.
#[test]
fn policies_on_the_facts() {
    for name in ["core-satellite-iwm", "core-satellite-vbr"] {
        let record = allocated(name, &["--as-of", "2025-08-29"]);
        assert_eq!(record["estimate"]["notices"][0]["code"], "price_return");
    }
    let without = kinglet(&["allocate", "risk-parity"]);
    assert_eq!(without.status, 3, "{}", without.stderr);
}

/// Expected from adjusted closes at the ends of months, 2005-01 to 2026-07, by pandas 3.1.1 and
/// scikit-learn 1.9: `r.mean() @ w * 12`, `sqrt(w @ LedoitWolf().fit(r).covariance_ @ w * 12)`;
/// risk parity as the scaled minimum of `x @ S @ x / 2 - log(x).sum() / 6` by scipy 1.17.1.
#[test]
#[cfg_attr(not(shared), ignore = "needs ../shared")]
fn policies_on_the_real_data() {
    let folder = tempfile::tempdir().expect("a folder");
    let lake = folder.path().join("lake").display().to_string();
    let data = concat!(env!("CARGO_MANIFEST_DIR"), "/../../../shared/data");
    let files = ["index", "fed", "etf/etf_adjclose_daily.csv.gz"];
    let files = files.map(|file| format!("{data}/{file}"));
    let import = ["data", "import", &files[0], &files[1], &files[2], "--lake", &lake];
    let imported = kinglet(&import);
    assert_eq!(imported.status, 0, "{}", imported.stderr);
    let of = |name: &str| allocated(name, &["--lake", &lake, "--as-of", "2026-07-31"]);
    for name in ["us-equity-tilt", "core-satellite-iwm", "core-satellite-vbr", "min-cvar"] {
        of(name);
    }
    let mixed = of("60-40");
    assert_eq!(mixed["estimate"]["periods"], 259);
    near(&mixed["expected_return"], 0.07900491344195099);
    near(&mixed["volatility"], 0.0993281512603965);
    let parity = of("risk-parity");
    near(&parity["volatility"], 0.07616817650404738);
    for weight in parity["weights"].as_array().expect("weights") {
        near(&weight["risk_share"], 1.0 / 6.0);
    }
}

/// Views that are inequalities: what they say holds, and a view that holds anyway moves nothing.
#[test]
fn views_that_are_inequalities() {
    let (_folder, views) = file("views.txt", "# a ranking\nWILD >= CALM + 1%\n\nCALM <= 50%\n");
    let (_other, path) = file("returns.csv", RETURNS);
    let ask = |objective: &str| {
        let first = ["optimize", "--returns", &path, "--views", &views, "--objective", objective];
        json(&[&first[..], &["--format", "json"]].concat())
    };
    let record = ask("min-variance");
    assert_eq!(record["estimate"]["covariance"], "pooled");
    let of = |at: usize| record["weights"][at]["expected_return"].as_f64().expect("a return");
    assert!((of(1) - of(0) - 0.01).abs() < 1e-9, "{record}");
    assert_eq!(record["views"][1]["moved"]["CALM"], 0.0);
    let tail = ask("min-cvar");
    assert!(tail["certificate"]["method"] == "interior-point", "{tail}");
    let (_third, views) = file("views.txt", "CALM >= 400%\n");
    let run = refused(RETURNS, &["--views", &views]);
    assert!(run.stderr.contains("`CALM >= 400%`"), "{}", run.stderr);
}

/// Two parts of one asset's return add up; the other is estimated.
#[test]
fn returns_that_are_given() {
    let (_folder, given) = file("given.csv", "asset,income,growth\nWILD,2%,0.05\n");
    let (_other, path) = file("returns.csv", RETURNS);
    let ask =
        |given: &str| ["optimize", "--returns", &path, "--expected", given].map(str::to_owned);
    let asked = ask(&given);
    let asked: Vec<&str> = asked.iter().map(String::as_str).chain(["--format", "json"]).collect();
    let record = json(&asked);
    near(&record["weights"][0]["expected_return"], 0.12);
    near(&record["weights"][1]["expected_return"], 0.07);
    assert_eq!(record["estimate"]["mean"], "historical and 1 given");
    for (text, words) in
        [("asset,r\nMILD,1\n", "did you mean `WILD`"), ("asset,r\nWILD,x\n", "asset,return")]
    {
        let (_third, wrong) = file("given.csv", text);
        let run = refused(RETURNS, &["--expected", &wrong]);
        assert!(run.stderr.contains(words), "{}", run.stderr);
    }
}

/// By the year CALM earned 12% - 6% with a variance of 12 × 4/3 of one percent squared: 37.5. Held
/// by halves, two assets without correlation are then to earn 37.5 × variance / 2 above cash.
#[test]
fn the_risk_aversion_that_a_market_implies() {
    let (_folder, path) = file("returns.csv", RETURNS);
    let ask = |mean: &str, cash: &str| {
        let asked = ["optimize", "--returns", &path, "--covariance", "sample", "--mean", mean];
        kinglet(&[&asked[..], &["--risk-free", cash, "--format", "json"]].concat())
    };
    let record = |mean: &str| {
        let run = ask(mean, "6%");
        serde_json::from_str::<serde_json::Value>(&run.stdout).expect(&run.stderr)
    };
    let implied = record("equilibrium:CALM");
    near(&implied["estimate"]["risk_aversion"], 37.5);
    near(&implied["weights"][0]["expected_return"], 0.06 + 0.03);
    near(&implied["weights"][1]["expected_return"], 0.06 + 0.12);
    let told = record("equilibrium");
    near(&told["estimate"]["risk_aversion"], 3.0);
    near(&told["weights"][1]["expected_return"], 0.06 + 0.12 * 3.0 / 37.5);
    assert!(record("historical")["estimate"]["risk_aversion"].is_null());
    assert!(ask("equilibrium:CALMM", "6%").stderr.contains("did you mean `CALM`?"));
    let none = ask("equilibrium:CALM", "20%");
    assert_eq!(none.status, 5);
    assert!(
        none.stderr.contains("above zero, of a market that earned more than cash"),
        "{}",
        none.stderr
    );
}

/// Of unequal histories a covariance uses all periods that both have: five of these two.
#[test]
fn pairs_of_unequal_histories() {
    let text = "date,A,B,C\n2025-01,0.01,0.02,\n2025-02,0.02,-0.01,\n2025-03,0.03,0.01,0.02\n\
        2025-04,-0.01,0.00,0.01\n2025-05,0.00,0.03,-0.02\n";
    let (_folder, path) = file("returns.csv", text);
    let asked = ["--missing", "common-period", "--covariance", "pairwise", "--format", "json"];
    let record = json(&[&["optimize", "--returns", &path], &asked[..]].concat());
    // Deviations of A from its mean of 1% are 0, 1, 2, -2 and -1 percent: 10/4, times twelve.
    near(&record["weights"][0]["volatility"], (12.0 * 2.5e-4_f64).sqrt());
    assert_eq!(record["estimate"]["periods"], 3);
    let notice = record["estimate"]["notices"].as_array().expect("notices").last().expect("one");
    assert!(notice["text"].as_str().expect("a text").contains("only 3 periods"), "{notice}");
}
