//! Inputs that cannot be used are refused with one clear message each.

use kinglet_allocation::{AllocationError, History, Missing, Notice, Returns};

fn words<const N: usize>(words: [&str; N]) -> Vec<String> {
    words.map(str::to_owned).to_vec()
}

fn returns(values: &[f64]) -> Result<Returns, AllocationError> {
    let periods = (0..values.len() / 2).map(|row| format!("p{row}")).collect();
    Returns::new(words(["A", "B"]), periods, values.to_vec(), 12.0)
}

#[test]
fn each_defect_has_its_code() {
    let code = |values: &[f64]| returns(values).err().map(|error| error.code());
    assert_eq!(code(&[0.1, 0.2, 0.3, 0.1]), None);
    assert_eq!(code(&[0.1, f64::NAN, 0.3, 0.1]), Some("not-finite"));
    assert_eq!(code(&[0.1, f64::INFINITY, 0.3, 0.1]), Some("not-finite"));
    assert_eq!(code(&[0.1, 0.1, 0.3, 0.1]), Some("constant-column"));
    assert_eq!(code(&[0.1, 0.2, 0.1, 0.2]), Some("duplicate-column"));
    assert_eq!(code(&[0.1, 0.2]), Some("too-few-periods"));
    let none = Returns::new(Vec::new(), words(["p", "q"]), Vec::new(), 12.0);
    assert_eq!(none, Err(AllocationError::NoAssets));
    let twice = Returns::new(words(["A", "A"]), words(["p", "q"]), vec![0.1, 0.2, 0.2, 0.1], 12.0);
    assert_eq!(twice, Err(AllocationError::DuplicateName { name: "A".to_owned() }));
    let short = Returns::new(words(["A", "B"]), words(["p", "q"]), vec![0.1], 12.0);
    assert_eq!(
        short.map_err(|error| error.to_string()),
        Err("expected 4 values, found 1".to_owned())
    );
}

#[test]
fn a_message_names_the_place() {
    let error = returns(&[0.1, 0.2, 0.3, 0.1, f64::NAN, 0.0]).unwrap_err();
    assert_eq!(error.place().as_deref(), Some("asset B, period p1"));
    assert_eq!(error.to_string(), "there is no value of B in p1");
}

#[test]
fn prices_become_returns() {
    let periods = words(["p", "q", "r"]);
    let prices = vec![100.0, 110.0, 99.0, 50.0, 25.0, 75.0];
    let returns = Returns::from_prices(words(["A", "B"]), periods.clone(), prices, 12.0).unwrap();
    assert_eq!(returns.periods(), ["q", "r"]);
    let expected = [0.10, -0.10];
    for (value, expected) in returns.asset(0).iter().zip(expected) {
        assert!((value - expected).abs() < 1e-15);
    }
    assert_eq!(returns.asset(1), [-0.5, 2.0]);
    let negative = vec![100.0, 110.0, 99.0, 50.0, -25.0, 75.0];
    let error = Returns::from_prices(words(["A", "B"]), periods, negative, 12.0).unwrap_err();
    assert_eq!(error.code(), "price-not-positive");
    assert_eq!(error.place().as_deref(), Some("asset B, period q"));
}

#[test]
fn more_assets_than_rows_is_a_notice() {
    let returns = returns(&[0.1, 0.2, 0.3, 0.1]).unwrap();
    assert_eq!(returns.notices(), [Notice::MoreAssetsThanPeriods { assets: 2, periods: 2 }]);
}

#[test]
fn gaps_by_rule_and_with_a_report() {
    let periods = words(["p", "q", "r", "s"]);
    let gap = vec![Some(0.1), None, Some(0.2), Some(0.0), Some(0.3), Some(0.4), Some(0.1), None];
    let history = History::new(words(["A", "B"]), periods, gap, 12.0).unwrap();
    let refused = history.returns(Missing::Refuse).unwrap_err();
    assert_eq!(refused.place().as_deref(), Some("asset A, period q"));
    let (returns, coverage) = history.returns(Missing::CommonPeriod).unwrap();
    assert_eq!(returns.periods(), ["p", "r"]);
    assert_eq!(returns.asset(1), [0.3, 0.1]);
    assert_eq!(coverage.periods, (4, 2));
    assert_eq!(coverage.missing, [("A".to_owned(), 1), ("B".to_owned(), 1)]);
}

#[test]
fn a_missing_price_leaves_two_returns_missing() {
    let prices = vec![Some(1.0), Some(2.0), None, Some(4.0), Some(5.0)];
    let periods = words(["p", "q", "r", "s", "t"]);
    let history = History::from_prices(words(["A"]), periods, prices, 12.0).unwrap();
    let returns: Vec<Option<f64>> = history.asset(0).collect();
    assert_eq!(returns, [Some(1.0), None, None, Some(0.25)]);
}
