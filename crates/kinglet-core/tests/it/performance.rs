//! Measures of performance and risk against the published values of other software.

use kinglet_core::identity::Basis;
use kinglet_core::query::{Evaluator, Query};
use kinglet_core::view::{View, example, example_series};

/// Monthly returns of 2000 and 2001 in per cent: Bacon (2008), Practical Portfolio Performance
/// Measurement and Attribution, 2nd edition, table 4.1.
const PORTFOLIO: [f64; 24] = [
    0.3, 2.6, 1.1, -1.0, 1.5, 2.5, 1.6, 6.7, -1.4, 4.0, -0.5, 8.1, 4.0, -3.7, -6.1, 1.7, -4.9,
    -2.2, 7.0, 5.8, -6.5, 2.4, -0.5, -0.9,
];
const BENCHMARK: [f64; 24] = [
    0.2, 2.5, 1.8, -1.1, 1.4, 1.8, 1.4, 6.5, -1.5, 4.2, -0.6, 8.3, 3.9, -3.8, -6.2, 1.5, -4.8, 2.1,
    6.0, 5.6, -6.7, 1.9, -0.3, 0.0,
];

fn closes<'a>(days: &'a [String], returns: &[f64]) -> Vec<(&'a str, f64)> {
    let mut value = 100.0;
    let grown = returns.iter().map(|percent| {
        value *= 1.0 + percent / 100.0;
        value
    });
    days.iter().map(String::as_str).zip(std::iter::once(100.0).chain(grown)).collect()
}

fn portfolio() -> View {
    let months = (0..24).map(|n| format!("{}-{:02}-28", 2000 + n / 12, n % 12 + 1));
    let days: Vec<String> = std::iter::once("1999-12-31".to_owned()).chain(months).collect();
    let benchmark = example_series("SPX", &closes(&days, &BENCHMARK));
    example(&closes(&days, &PORTFOLIO)).with_series("SPX", Basis::Price, &benchmark)
}

fn value(view: &View, text: &str) -> f64 {
    let query: Query = text.parse().expect("a query");
    let answer = Evaluator::new(view).answer(&query);
    answer.number().unwrap_or_else(|| panic!("{text}: {answer:?}"))
}

fn code(view: &View, text: &str) -> &'static str {
    let query: Query = text.parse().expect("a query");
    Evaluator::new(view).answer(&query).result.expect_err(text).code
}

/// PerformanceAnalytics, examples of DownsideDeviation, OmegaSharpeRatio, MSquared,
/// CAPM.jensenAlpha and MartinRatio on `portfolio_bacon`. It annualises no downside deviation, and
/// its Omega-Sharpe ratio is the Omega ratio less one.
#[test]
fn as_performance_analytics() {
    let view = portfolio();
    let all = "RUT, 2000-01..2001-12";
    let both = "RUT, SPX, 2000-01..2001-12";
    let short = value(&view, &format!("downside_deviation({all}, threshold: 6%)"));
    assert!((short / 12.0_f64.sqrt() - 2.553_67).abs() < 0.000_01, "{short}");
    let omega = value(&view, &format!("omega_ratio({all}, threshold: 6%)"));
    assert!((omega - 1.29).abs() < 0.005, "{omega}");
    let level = value(&view, &format!("m_squared({both}, rf: 0%)"));
    assert!((level - 10.062).abs() < 0.000_5, "{level}");
    let alpha = value(&view, &format!("alpha({both}, method: geometric, rf: 0%)"));
    assert!((alpha + 1.41).abs() < 0.01, "{alpha}");
    let grown = 1.0 + value(&view, &format!("return({all})")) / 100.0;
    let martin = (grown.sqrt() - 1.0) * 100.0 / value(&view, &format!("ulcer_index({all})"));
    assert!((martin - 1.6945).abs() < 0.000_05, "{martin}");
}

/// empyrical's `mixed_returns`. It skips the missing first return in the Sharpe ratio and counts it
/// as a day without a change in the Calmar ratio.
#[test]
fn as_empyrical() {
    let days: Vec<String> = (1..=10).map(|d| format!("2024-03-{d:02}")).collect();
    let returns = [0.0, 1.0, 10.0, -4.0, 2.0, 3.0, 2.0, 1.0, -10.0];
    let view = example(&closes(&days, &returns));
    let sharpe = value(&view, "sharpe_ratio(RUT, 8d@2024-03-10, grain: day, rf: 0%)");
    assert!((sharpe - 1.723_861_396_170_686_6).abs() < 1e-9, "{sharpe}");
    let calmar = value(&view, "calmar_ratio(RUT, 9d@2024-03-10, grain: day)");
    assert!((calmar - 19.135_925_373_194_233).abs() < 1e-9, "{calmar}");
}

#[test]
fn undefined_says_why() {
    let view = portfolio();
    assert_eq!(code(&view, "sharpe_ratio(RUT, 2000-02, rf: 0%)"), "too_short");
    assert_eq!(code(&view, "sharpe_ratio(RUT, 2000)"), "no_series");
    assert_eq!(code(&view, "beta(RUT, GLD, 2000, rf: 0%)"), "no_series");
    assert_eq!(code(&view, "value_at_risk(RUT, 2000, tail: 50%)"), "outside_domain");
    assert_eq!(code(&view, "information_ratio(SPX, SPX, 2000)"), "zero_variance");
    let days: Vec<String> = (1..=4).map(|d| format!("2024-03-{d:02}")).collect();
    let still = example(&closes(&days, &[0.0; 3]));
    for name in ["sharpe_ratio", "sortino_ratio", "skewness", "kurtosis", "calmar_ratio"] {
        let rate = if name == "sharpe_ratio" { ", rf: 0%" } else { "" };
        let text = format!("{name}(RUT, 3d@2024-03-04, grain: day{rate})");
        assert_eq!(code(&still, &text), "zero_variance", "{name}");
    }
}
