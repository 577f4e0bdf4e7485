//! Rolling periods and other histories of the same returns.

use kinglet_core::answer::Answer;
use kinglet_core::query::{Evaluator, Query};
use kinglet_core::view::{View, example};
use proptest::prelude::*;

use super::synthetic::{Alteration, view};

fn answer(view: &View, text: &str) -> Answer {
    let query: Query = text.parse().unwrap_or_else(|d| panic!("{text}: {d}"));
    assert_eq!(query.to_string(), text);
    Evaluator::new(view).answer(&query)
}

fn value(view: &View, text: &str) -> f64 {
    answer(view, text).number().unwrap_or_else(|| panic!("{text}: {:?}", answer(view, text)))
}

fn code(view: &View, text: &str) -> &'static str {
    answer(view, text).result.expect_err(text).code
}

/// The average over three months of what trailing periods give one by one.
#[test]
fn rolling_periods_are_trailing_periods() {
    let view = view(3, Alteration::none());
    for measure in ["return", "annualized_return", "volatility", "sharpe_ratio", "drawdown"] {
        let rolling = value(
            &view,
            &format!("average({measure}(RUT, 36m@month), since: 2024-03, until: 2024-05)"),
        );
        let days = ["2024-03-31", "2024-04-30", "2024-05-31"];
        let each = days.map(|day| value(&view, &format!("{measure}(RUT, 36m@{day})")));
        let mean = each.iter().sum::<f64>() / 3.0;
        assert!((rolling - mean).abs() < 1e-9, "{measure}: {rolling}, not {mean}");
    }
}

/// From the end of February 2024, the 29th, to that of 2025, the 28th: whole months.
#[test]
fn month_ends_go_to_month_ends() {
    let view = view(3, Alteration::none());
    let rolling = "average(return(RUT, 12m@month), since: 2025-02, until: 2025-02)";
    assert_eq!(value(&view, rolling), value(&view, "return(RUT, 2024-03..2025-02)"));
    assert!(value(&view, rolling) != value(&view, "return(RUT, 12m@2025-02-28)"));
}

#[test]
fn rolling_needs_a_fold() {
    let refused = |text: &str| text.parse::<Query>().expect_err(text).message;
    assert!(refused("return(RUT, 12m@month)").contains("each month in turn"));
    assert!(refused("average(return(RUT, 12m@month) - return(SPX, year))").contains("mixes"));
    assert!(refused("confidence_limit(return(RUT, month), side: lower)").contains("month"));
    let nested = "confidence_limit(confidence_limit(return(RUT, 2025), side: lower), side: lower)";
    assert!(refused(nested).contains("cannot be taken"));
}

#[test]
fn confidence_says_why_it_is_undefined() {
    let view = view(3, Alteration::none());
    for (arguments, want) in [
        ("return(RUT, 2025), side: lower, level: 100%", "outside_domain"),
        ("return(RUT, 2025), side: lower, block: 0.5", "outside_domain"),
        ("return(RUT, 2025), side: lower, draws: 0", "not_whole"),
        ("return(RUT, 2025-01..2025-08), side: lower", "too_short"),
        ("return(RUT, ytd@2025-08-12), side: lower", "period_kind"),
        ("level(RUT, @2025-08-12), side: lower", "period_kind"),
        ("return(GLD, 2025), side: lower", "no_series"),
        ("return(RUT, 2000..2025), side: lower, grain: day, draws: 10000", "too_long"),
        // What needs closes between the month-ends is not to be had from months.
        ("volatility(RUT, 2025), side: lower, block: 2", "incomplete"),
    ] {
        assert_eq!(code(&view, &format!("confidence_limit({arguments})")), want, "{arguments}");
    }
    let still = example(&[("2024-03-28", 1.0), ("2024-03-29", 1.0), ("2024-03-30", 1.0)]);
    let text = "confidence_limit(return(RUT, 2d@2024-03-30), side: lower, grain: day)";
    assert_eq!(code(&still, text), "too_short");
}

/// What moved together still does: a beta of an entity on itself is one in every history, and a
/// return less itself zero.
#[test]
fn series_are_reordered_alike() {
    let view = view(3, Alteration::none());
    for side in ["lower", "upper"] {
        let beta = format!("confidence_limit(beta(RUT, RUT, 2016..2025), side: {side}, draws: 50)");
        assert!((value(&view, &beta) - 1.0).abs() < 1e-9);
        let gap = "return(RUT, 2025) - return(RUT, 2025)";
        let gap = format!("confidence_limit({gap}, side: {side}, draws: 50)");
        assert_eq!(value(&view, &gap), 0.0);
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(16))]

    /// The limits enclose each other by their level, and follow from the seed alone.
    #[test]
    fn limits_are_nested(seed in 1_u16..=999) {
        let view = view(5, Alteration::none());
        let limit = |side: &str, level: &str| {
            let options = format!("side: {side}{level}, draws: 100, seed: {seed}");
            let query = format!("confidence_limit(return(RUT, 2016..2025), {options})");
            let query: Query = query.parse().expect("a query");
            Evaluator::new(&view).answer(&query).number().expect("a value")
        };
        let wide = (limit("lower", ""), limit("upper", ""));
        let narrow = (limit("lower", ", level: 50%"), limit("upper", ", level: 50%"));
        prop_assert!(wide.0 <= narrow.0 && narrow.0 <= narrow.1 && narrow.1 <= wide.1);
        prop_assert_eq!(wide.0.to_bits(), limit("lower", "").to_bits());
    }
}
