//! Weights of files as those who call the library get them, beside published values.

use std::collections::BTreeMap;
use std::io::Read;

use kinglet::allocation::{Asked, Constraints, Kind, Missing, history, solve};
use kinglet_store::progress::Silent;

/// The risk aversion that SPY implies with cash at 2%, which the tests of PyPortfolioOpt print as
/// 2.68549 of adjusted closes from 1993-01-29 to 2019-12-09. The closes here were adjusted later,
/// by which all of them became smaller by one factor.
#[test]
#[cfg_attr(not(shared), ignore = "needs ../shared")]
fn the_risk_aversion_that_spy_implies() {
    let file =
        concat!(env!("CARGO_MANIFEST_DIR"), "/../../../shared/data/etf/SPY_ohlcv_daily.csv.gz");
    let mut text = String::new();
    let packed = std::fs::File::open(file).expect("a file");
    flate2::read::GzDecoder::new(packed).read_to_string(&mut text).expect("a text");
    let mut prices = "date,SPY\n".to_owned();
    for row in text.lines().skip(1).take_while(|row| &row[..10] <= "2019-12-09") {
        let cells: Vec<&str> = row.split(',').collect();
        prices += &format!("{},{}\n", cells[0], cells[5]);
    }
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("spy.csv");
    std::fs::write(&path, prices).expect("written");
    let history = history(&path, Kind::Prices, None).expect("a history");
    let asked = Asked {
        objective: "min-variance".to_owned(),
        alpha: 0.05,
        aversion: 3.0,
        mean: "equilibrium:SPY".to_owned(),
        expected: BTreeMap::new(),
        market: BTreeMap::new(),
        covariance: Some("sample".to_owned()),
        missing: Missing::Refuse,
        risk_free: 0.02,
        constraints: Constraints::default(),
        frontier: 0,
        money: None,
        views: Vec::new(),
        tilts: Vec::new(),
    };
    let record = solve(&history, &asked, &Silent).expect("weights");
    assert_eq!(record.estimate.periods, 6764);
    let aversion = record.estimate.risk_aversion.expect("a risk aversion");
    let aversion = aversion.as_f64().expect("a number");
    assert!((aversion - 2.68549).abs() < 5e-6, "{aversion}");
}
