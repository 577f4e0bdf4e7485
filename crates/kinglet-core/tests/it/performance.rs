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

/// Monthly returns of 1996 to 2006: `managers` of PerformanceAnalytics 2.0 (its columns HAM1, EDHEC
/// LS EQ, SP500 TR and US 3m TR). The bill of a month is put where its rate would be known.
fn managers() -> View {
    let lines: Vec<Vec<&str>> =
        include_str!("performance/managers.csv").lines().map(|l| l.split(',').collect()).collect();
    let column = |name: &str| -> Vec<f64> {
        let place = lines[0].iter().position(|head| *head == name).expect("a column");
        lines[1..]
            .iter()
            .filter_map(|row| row[place].parse().ok())
            .map(|r: f64| 100.0 * r)
            .collect()
    };
    let months = lines[1..].iter().map(|row| format!("{}-28", row[0]));
    let days: Vec<String> = std::iter::once("1995-12-29".to_owned()).chain(months).collect();
    let long_short = column("long_short");
    let later = &days[days.len() - long_short.len() - 1..];
    let firsts = days.iter().map(|day| format!("{}-01", &day[..7]));
    let firsts: Vec<String> = firsts.take(days.len() - 1).collect();
    let bills = column("bills").into_iter().map(|percent| percent * 12.0 / 100.0);
    let bills: Vec<(&str, f64)> = firsts.iter().map(String::as_str).zip(bills).collect();
    let stocks = example_series("SPX", &closes(&days, &column("stocks")));
    let long_short = example_series("IXIC", &closes(later, &long_short));
    example(&closes(&days, &column("fund")))
        .with_series("SPX", Basis::Price, &stocks)
        .with_series("IXIC", Basis::Price, &long_short)
        .with_series("GS3M", Basis::Price, &example_series("GS3M", &bills))
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

/// The tables of PerformanceAnalytics' tests on `managers`, HAM1 and the S&P 500; they cut off
/// after the fourth decimal. Its annualised Sharpe ratio is the geometric one, its Sortino ratio
/// that of a month, its alpha that of a month, its drawdowns are those at month-ends.
#[test]
fn managers_as_performance_analytics() {
    let view = managers();
    let (fund, stocks) = ("RUT, 1996-01..2006-12", "SPX, 1996-01..2006-12");
    let beside = "RUT, SPX, 1996-01..2006-12";
    let monthly = 12.0_f64.sqrt();
    let near = |text: String, scale: f64, want: f64| {
        let got = value(&view, &text) * scale;
        assert!((got - want).abs() < 1.5e-4, "{text}: {got}, not {want}");
    };
    near(format!("annualized_return({fund})"), 0.01, 0.1375);
    near(format!("annualized_return({stocks})"), 0.01, 0.0967);
    near(format!("return({fund})"), 0.01, 3.1266);
    near(format!("return({stocks})"), 0.01, 1.7616);
    near(format!("sharpe_ratio({fund}, method: geometric, rf: 0%)"), 1.0, 1.5491);
    near(format!("sharpe_ratio({stocks}, method: geometric, rf: 0%)"), 1.0, 0.6449);
    near(format!("sharpe_ratio({fund}, rf: 3.5%)"), 1.0 / monthly, 0.3201);
    near(format!("sharpe_ratio({fund}, rf: 3.5%)"), 1.0, 1.1091);
    near(format!("sharpe_ratio({fund}, method: geometric, rf: 3.5%)"), 1.0, 1.1123);
    near(format!("sharpe_ratio({fund})"), 1.0, 1.0680);
    near(format!("sharpe_ratio({fund}, method: geometric)"), 1.0, 1.0675);
    near(format!("drawdown({fund})"), -0.01, 0.1518);
    near(format!("drawdown({stocks})"), -0.01, 0.4473);
    near(format!("calmar_ratio({fund})"), 1.0, 0.9061);
    near(format!("sortino_ratio({fund})"), 1.0 / monthly, 0.7649);
    near(format!("sortino_ratio({stocks})"), 1.0 / monthly, 0.3064);
    near(format!("information_ratio({beside}, method: geometric)"), 1.0, 0.3604);
    near(format!("tracking_error({beside})"), 0.01, 0.1131);
    near(format!("beta({beside})"), 1.0, 0.390_071_248_399_483);
    near(format!("alpha({beside})"), 0.01 / 12.0, 0.005_774_728_774_850_89);
    near(format!("treynor_ratio({beside}, method: geometric)"), 1.0, 0.2428);
    near("up_capture(RUT, IXIC, 1997-01..2006-12)".to_owned(), 0.01, 1.0017);
    near("down_capture(RUT, IXIC, 1997-01..2006-12)".to_owned(), 0.01, 0.7090);
    let years = [13.6, 20.4, 6.1, 16.1, 17.7, 22.4, -8.0, 23.7, 14.9, 7.8, 20.5];
    for (year, want) in (1996..).zip(years) {
        let got = value(&view, &format!("return(RUT, {year})"));
        assert!((got - want).abs() < 0.0501, "{year}: {got}, not {want}");
    }
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
