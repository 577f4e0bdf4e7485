//! Real market data through a lake: what is imported answers as the record does.

use std::path::PathBuf;
use std::sync::LazyLock;

use kinglet_core::metrics::CATALOG;
use kinglet_core::query::{Evaluator, Query, Reach};
use kinglet_core::time::Date;
use kinglet_core::view::View;
use kinglet_store::assemble::item_names;
use kinglet_store::data::Data;
use kinglet_store::facts;
use kinglet_store::finding::Kind;
use kinglet_store::import;
use kinglet_store::lake::{BadRows, Delivery, Lake, Needs};
use kinglet_store::progress::Silent;

/// A lake of the folder, and where it lies.
static WHOLE: LazyLock<tempfile::TempDir> = LazyLock::new(|| {
    let folder = tempfile::tempdir().unwrap();
    let lake = Lake::create_or_open(folder.path().to_str().unwrap()).unwrap();
    assert!(lake.import(deliveries(), BadRows::Refuse, &Silent).unwrap().changed);
    folder
});

/// The whole folder; of the large panels of shares, for the time they take, only some symbols.
fn deliveries() -> Vec<Delivery> {
    let mut found = import::read(&[files()], &Silent).unwrap().deliveries;
    let few = |symbol: &str| ["KGEI", "TECX", "SAFX", "IWM", "SPY"].contains(&symbol);
    for delivery in &mut found {
        delivery.batch.bars.retain(|b| few(&b.symbol));
        let kept = |item: &str| item_names().any(|name| name == item);
        delivery.batch.fundamentals.retain(|r| few(&r.symbol) || kept(&r.item));
    }
    assert!(found.len() > 40);
    found
}

fn files() -> PathBuf {
    PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/../../../shared/data"))
}

fn data() -> Data {
    Data::of(Lake::open(WHOLE.path().to_str().unwrap()).unwrap(), None).unwrap()
}

fn number(view: &View, query: &str) -> f64 {
    let query: Query = query.parse().unwrap();
    let answer = Evaluator::new(view).answer(&query);
    answer.number().unwrap_or_else(|| panic!("{answer:?}"))
}

/// As FTSE Russell, S&P Dow Jones Indices and Nasdaq reported; of IWM, the fund's total return.
#[test]
#[cfg_attr(not(shared), ignore = "needs ../shared")]
fn the_lake_answers_as_the_record_does() {
    let view = data().view(None, &Needs::ALL).unwrap();
    let check = |query: &str, want: f64, within: f64| {
        let got = number(&view, query);
        assert!((got - want).abs() <= within, "{query}: {got}, not {want}");
    };
    check("return(RUT, 2025-08)", 7.00, 0.005);
    check("return(RUT, 2025-09)", 2.96, 0.005);
    check("return(SPX, 2025-08)", 1.91, 0.005);
    check("return(IXIC, 2025-08)", 1.58, 0.005);
    check("level(RUT, 2025-09-18)", 2467.70, 0.005);
    check("return(RUT, ytd@2025-09-18)", 10.65, 0.005);
    check("return(RUT, ytd@2025-06-12)", -4.04, 0.005);
    check("return(RUT, 2008)", -34.80, 0.005);
    check("return(IWM, 2008, basis: total)", -34.1, 0.05);
    check("return(SPX, 10y@2025-08-27) - return(RUT, 10y@2025-08-27)", 120.0, 1.0);
}

/// What holdings, company figures and bars give is what others have computed from the same files.
#[test]
#[cfg_attr(not(shared), ignore = "needs ../shared")]
fn companies_and_bars_answer_as_others_computed() {
    let view = data().view(None, &Needs::of(vec!["IWM".to_owned()], Reach::Companies)).unwrap();
    let facts = facts::view(None);
    let is_lacking = |query: &str| {
        let answer = Evaluator::new(&facts).answer(&query.parse().unwrap());
        answer
            .result
            .is_err_and(|why| ["no_companies", "no_bars", "no_projections"].contains(&why.code))
    };
    // The prices of all companies are left out of this lake; a test of the core has them.
    let reach = |query: &str| query.parse::<Query>().unwrap().expr().reach();
    let golden = CATALOG.iter().flat_map(|m| m.golden).filter(|g| is_lacking(g.query));
    let golden = golden.filter(|g| reach(g.query) < Reach::Members);
    let mut checked = 0;
    for golden in golden {
        let got = number(&view, golden.query);
        assert!((got - golden.want).abs() <= golden.within, "{}: {got}", golden.query);
        checked += 1;
    }
    assert!(checked > 5, "{checked}");
}

/// statsmodels 0.15.0 over rut_daily.csv (month-ends), ff3_monthly.csv and the outer columns of
/// momentum_deciles_vw_monthly.csv, 2014 to 2023, e = r - rf, x = [market, smb, hml, high - low]:
/// OLS(e, add_constant(x)).fit(cov_type='HAC', cov_kwds={'maxlags': 4, 'use_correction': False}).
#[test]
#[cfg_attr(not(shared), ignore = "needs ../shared")]
fn four_factors() {
    let view = data().view(None, &Needs::ALL).unwrap();
    for (name, on, want) in [
        ("factor_loading", ", on: market", 1.024_260_144_5),
        ("factor_loading", ", on: size", 0.881_649_376_4),
        ("factor_loading", ", on: value", 0.233_502_238_6),
        ("factor_loading", ", on: momentum", 0.032_208_718_9),
        ("factor_loading", ", on: momentum, figure: error", 0.010_649_344_5),
        ("factor_alpha", "", -12.0 * 0.289_717_937_6),
        ("factor_fit", "", 98.960_670_341),
    ] {
        let query = format!("{name}(RUT, 2014..2023{on}, model: four_factor)");
        let got = number(&view, &query);
        assert!((got - want).abs() < 1e-6, "{query}: {got}, not {want}");
    }
}

/// Figures of August are not known in May.
#[test]
#[cfg_attr(not(shared), ignore = "needs ../shared")]
fn figures_are_not_known_before_their_day() {
    let view = data().view(None, &Needs::of(Vec::new(), Reach::Companies)).unwrap();
    for (day, code) in [("2026-08-07", "coverage"), ("2025-11-04", "no_companies")] {
        let query: Query = format!("pe_forward(IWM, @{day})").parse().unwrap();
        let why = Evaluator::new(&view).answer(&query).result.unwrap_err();
        assert_eq!(why.code, code, "{day}: {why}");
    }
}

#[test]
#[cfg_attr(not(shared), ignore = "needs ../shared")]
fn the_same_folder_twice_changes_nothing() {
    let lake = Lake::open(WHOLE.path().to_str().unwrap()).unwrap();
    let mut deliveries = deliveries();
    let count = deliveries.len();
    let report = lake.import(deliveries.clone(), BadRows::Refuse, &Silent).unwrap();
    assert_eq!((report.changed, report.known.len()), (false, count));
    // With other hashes every row is compared.
    for delivery in &mut deliveries {
        delivery.file.sha256 = delivery.file.sha256.chars().rev().collect();
    }
    let report = lake.import(deliveries, BadRows::Refuse, &Silent).unwrap();
    assert_eq!((report.changed, report.known.len()), (false, 0));
}

/// The bad prices and holes that the folder's README names.
#[test]
#[cfg_attr(not(shared), ignore = "needs ../shared")]
fn known_faults_are_found() {
    let found = data().check().unwrap();
    let has = |kind, subject: &str, date: &str| {
        let date: Date = date.parse().unwrap();
        let this =
            found.iter().any(|f| (f.kind, &*f.subject, f.date) == (kind, subject, Some(date)));
        assert!(this, "{kind} {subject} {date}");
    };
    has(Kind::Spike, "KGEI", "2022-05-19");
    has(Kind::Spike, "TECX", "2024-06-21");
    has(Kind::StaleRun, "SAFX", "2025-03-07");
    has(Kind::Gap, "CPIAUCSL", "2025-10-01");
    has(Kind::Gap, "UNRATE", "2025-10-01");
    assert!(!found.iter().any(|f| f.subject == "RUT" || f.subject == "SPX"));
    assert!(!found.iter().any(|f| f.kind < Kind::Spike));
}
