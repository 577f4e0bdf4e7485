//! What the definitions must give on real closes. The values are those that publishers printed or
//! that a script of the Python standard library computed from the same files.

use super::shared::view;
use kinglet_core::metrics::find;
use kinglet_core::query::{Evaluator, Query};

/// Each query with its display.
const WANTED: &[(&str, &str)] = &[
    ("return(RUT, 2025-08)", "7.00%"),
    ("return(RUT, 2025-09)", "2.96%"),
    ("return(SPX, 2025-08)", "1.91%"),
    ("return(IXIC, 2025-08)", "1.58%"),
    ("level(RUT, 2025-09-18)", "2467.70"),
    ("return(RUT, ytd@2025-09-18)", "10.65%"),
    ("return(RUT, ytd@2025-06-12)", "-4.04%"),
    ("return(RUT, 2025-06-12..2025-09-18)", "15.31%"),
    ("return(RUT, 2008)", "-34.80%"),
    ("streak(return(RUT, month) > 0, ending: 2025-08)", "4 months"),
    ("rank(return(RUT, month), of: 2025-08, since: 2025-01, until: 2025-12)", "1"),
    ("policy_rate(FED, @2025-09-17)", "4.25%"),
    ("policy_rate(FED, @2025-09-17, bound: lower)", "4.00%"),
    ("policy_rate(FED, @2025-09-17, dated: effective)", "4.50%"),
    ("rate_change(FED, 2025-09-17)", "-25 basis points"),
    ("rate_change(FED, 2025)", "-75 basis points"),
    ("rate_change(FED, 2025-08)", "0 basis points"),
    ("count(return(RUT, month) >= 10%, since: 1987-09, until: 2025-12)", "17"),
    (
        "count(return(RUT, +6m) > 0, when: return(RUT, month) >= 10%, since: 1987-09, \
         until: 2025-12)",
        "14",
    ),
    (
        "share(return(RUT, +6m) > 0, when: return(RUT, month) >= 10%, since: 1987-09, \
         until: 2025-12)",
        "82.35%",
    ),
    ("count(first_cut(FED, day), since: 1989, until: 2024)", "7"),
    (
        "count(return(RUT, +12m) - return(SPX, +12m) > 0, when: first_cut(FED, day), \
         since: 1989, until: 2024)",
        "2",
    ),
    ("record(RUT, 2021-11-08)", "yes"),
    ("record(RUT, 2025-09-18)", "yes"),
    ("record(RUT, 2025-09-17)", "no"),
    ("count(record(RUT, day), since: 2022, until: 2025-09-30)", "1"),
    ("extremum(RUT, 2025, kind: lowest)", "1760.71"),
    ("distance_from_high(RUT, @2025-04-08)", "-27.92%"),
    ("time_under_high(RUT, @2025-09-18)", "1410 days"),
];

#[test]
#[cfg_attr(not(shared), ignore = "needs ../shared")]
fn as_published() {
    let view = view();
    let evaluator = Evaluator::new(&view);
    let check = |(text, want): &(&str, &str)| {
        let query: Query = text.parse().unwrap_or_else(|d| panic!("{d}"));
        let answer = evaluator.answer(&query);
        let got = answer.display();
        (got != *want).then(|| format!("{text}: {got}, not {want}; {:?}", answer.result))
    };
    let wrong: Vec<String> = WANTED.iter().filter_map(check).collect();
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// The advantage of the S&P 500 over ten years is about 120 percentage points.
#[test]
#[cfg_attr(not(shared), ignore = "needs ../shared")]
fn ten_years() {
    let view = view();
    let query: Query =
        "return(SPX, 10y@2025-08-27) - return(RUT, 10y@2025-08-27)".parse().expect("a query");
    let answer = Evaluator::new(&view).answer(&query);
    assert_eq!(answer.spelling.name(), "percentage_points");
    assert!((answer.number().expect("a number") - 120.0).abs() < 2.0, "{}", answer.display());
}

/// Each crisis runs from the highest to the lowest close of the S&P 500 within it, and the fall is
/// the one that the definition's table states.
#[test]
#[cfg_attr(not(shared), ignore = "needs ../shared")]
fn crises_are_falls_of_the_market() {
    let view = view();
    let text = find("crisis_return").expect("the definition").definition.documentation();
    let rows = text.lines().filter(|line| line.starts_with("| `") && line.contains('%'));
    let value = |query: String| {
        let query: Query = query.parse().expect("a query");
        let answer = Evaluator::new(&view).answer(&query);
        answer.number().unwrap_or_else(|| panic!("{answer:?}"))
    };
    let mut count = 0;
    for row in rows {
        let cells: Vec<&str> = row.split('|').map(|cell| cell.trim().trim_matches('`')).collect();
        let [_, name, from, to, fall, _] = cells[..] else { panic!("{row}") };
        let stated: f64 = fall.trim_end_matches('%').parse().expect("a number");
        let found = value(format!("crisis_return(SPX, in: {name})"));
        assert!((found - stated).abs() < 0.0501, "{name}: {found}");
        assert_eq!(found, value(format!("return(SPX, {from}..{to})")));
        let deepest = value(format!("drawdown(SPX, {from}..{to})"));
        assert!((deepest - found).abs() < 1e-9, "{name}: {deepest}");
        count += 1;
    }
    assert_eq!(count, 13);
}
