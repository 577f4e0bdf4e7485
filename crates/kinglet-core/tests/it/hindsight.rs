//! `month` where a bound or one period of a family stands: each month in turn, by what it knew.

use kinglet_core::query::{Evaluator, Query};
use kinglet_core::view::{View, example, example_change};

use super::asked::{answer, undefined};

/// Month-ends with returns of 10%, -10%, 20% and -5%.
fn view() -> View {
    example(&[
        ("2025-04-30", 100.0),
        ("2025-05-30", 110.0),
        ("2025-06-30", 99.0),
        ("2025-07-31", 118.8),
        ("2025-08-29", 112.86),
    ])
}

fn shown(query: &str) -> String {
    answer(&view(), query).display()
}

#[test]
fn percentiles_of_each_month_among_those_before_it() {
    // 100%, 50%, 100% and 50%: the third and fourth of three and four months.
    let standing = "percentile(return(RUT, month), of: month, until: month)";
    assert_eq!(shown(&format!("average({standing})")), "75.00%");
    assert_eq!(shown(&format!("count({standing} > 90%)")), "2");
    // With hindsight the first month would be the third of four.
    let hindsight = "percentile(return(RUT, month), of: month)";
    assert_eq!(shown(&format!("average({hindsight})")), "62.50%");
    let least = "percentile(return(RUT, month), of: month, until: month, least: 3)";
    assert_eq!(shown(&format!("cases({least})")), "2");
    undefined(
        &view(),
        "percentile(return(RUT, month), of: 2025-06, until: 2025-06, least: 3)",
        "too_short",
    );
    // What came after a month that stood highest so far.
    let after = format!("average(return(RUT, +1m), when: {standing} > 90%, since: 2025-05)");
    assert_eq!(shown(&after), "-7.50%");
}

#[test]
fn states_at_the_end_of_each_month() {
    let view = view().with_events(vec![
        example_change("2025-04-01", 4.5),
        example_change("2025-06-18", 4.25),
        example_change("2025-07-30", 4.0),
    ]);
    let mean = answer(&view, "average(policy_rate(FED, @month), since: 2025-05)");
    assert_eq!(mean.display(), "4.19%");
}

#[test]
fn it_is_closed_and_fits() {
    let refused = |text: &str| text.parse::<Query>().expect_err(text).message;
    assert!(refused("percentile(return(RUT, month), of: month)").contains("nothing folds it"));
    assert!(refused("average(percentile(return(RUT, month), of: week))").contains("week is not"));
    assert!(refused("policy_rate(FED, @month)").contains("nothing folds it"));
    for text in [
        "average(percentile(return(RUT, month), of: month, until: month, least: 3))",
        "average(policy_rate(FED, @month))",
    ] {
        let query: Query = text.parse().expect(text);
        assert_eq!(query.to_string(), text);
        let _ = Evaluator::new(&view()).answer(&query);
    }
}
