//! Multiples of companies together: the same companies have many, and each is named.

use kinglet_core::answer::Answer;
use kinglet_core::companies::Item::{NetMargin, PeForward, PeTrailing};
use kinglet_core::query::Evaluator;
use kinglet_core::view::{View, example_fund};

/// Capitalisations 100, 80, 60, 40 and 20 with earnings of 10, 5, 3, -4 and -6.
fn five() -> View {
    example_fund(&[
        ("A", 100.0, &[(PeForward, 10.0), (PeTrailing, 10.0)]),
        ("B", 80.0, &[(PeForward, 16.0), (PeTrailing, 16.0)]),
        ("C", 60.0, &[(PeForward, 20.0), (PeTrailing, 20.0)]),
        ("D", 40.0, &[(PeForward, -10.0), (NetMargin, -0.1)]),
        ("E", 20.0, &[(PeForward, -20.0 / 6.0), (NetMargin, -0.3)]),
    ])
}

fn answer(view: &View, query: &str) -> Answer {
    Evaluator::new(view).answer(&query.parse().unwrap_or_else(|d| panic!("{d}")))
}

#[track_caller]
fn undefined(view: &View, query: &str, code: &str) {
    let why = answer(view, query).result.expect_err(query);
    assert_eq!(why.code, code, "{query}: {why}");
}

fn notices(answer: &Answer) -> Vec<&str> {
    let outcome = answer.result.as_ref().expect("a value");
    outcome.notices.iter().map(|n| n.text.as_str()).collect()
}

/// Computed by hand: 300 / 8, 240 / 18, 3 / (0.1 + 0.0625 + 0.05), (1000 + 1280 + 1200) / 240;
/// of all five the third is C, and A, B and C are two thirds of the weight.
#[test]
fn five_multiples_of_one_index() {
    let view = five();
    for (conventions, want) in [
        ("", "37.50"),
        (", losses: exclude", "13.33"),
        (", losses: exclude, average: harmonic", "14.12"),
        (", losses: exclude, average: mean", "14.50"),
        (", losses: exclude, average: median", "16.00"),
        (", losses: exclude, average: weighted_median", "16.00"),
        (", average: median", "20.00"),
        (", average: weighted_median", "16.00"),
    ] {
        let query = format!("pe_forward(IWM, @2025-08-29{conventions})");
        assert_eq!(answer(&view, &query).display(), want, "{query}");
    }
    for (query, want) in [
        ("pe_trailing(IWM, @2025-08-29, losses: exclude)", "13.33"),
        ("unprofitable_share(IWM, @2025-08-29)", "40.00%"),
        ("unprofitable_share(IWM, @2025-08-29, by: weight)", "20.00%"),
        ("unprofitable_share(IWM, @2025-08-29, by: weight, of: forward)", "20.00%"),
        ("pe_forward(A, @2025-08-29)", "10.00"),
    ] {
        assert_eq!(answer(&view, query).display(), want, "{query}");
    }
}

/// A price over a loss is no multiple.
#[test]
fn negative_earnings_have_no_multiple() {
    let view = five();
    undefined(&view, "pe_forward(D, @2025-08-29)", "negative_earnings");
    undefined(&view, "pe_forward(D, @2025-08-29, losses: exclude)", "negative_earnings");
    undefined(&view, "pe_forward(IWM, @2025-08-29, average: mean)", "negative_earnings");
    undefined(&view, "pe_forward(IWM, @2025-08-29, average: harmonic)", "negative_earnings");
    undefined(&view, "pe_trailing(IWM, @2025-08-29)", "losses_unknown");
    let half = example_fund(&[("A", 50.0, &[(PeForward, 10.0)]), ("B", 51.0, &[])]);
    undefined(&half, "pe_forward(IWM, @2025-08-29)", "coverage");
    let losers =
        example_fund(&[("A", 50.0, &[(PeForward, 10.0)]), ("B", 50.0, &[(PeForward, -2.0)])]);
    undefined(&losers, "pe_forward(IWM, @2025-08-29)", "negative_earnings");
    undefined(&losers, "pe_forward(IWM, @2025-08-29, average: median)", "negative_earnings");
    undefined(&losers, "pe_forward(XYZ, @2025-08-29)", "no_companies");
    undefined(&losers, "pe_forward(IWM, @2025-08-28)", "no_companies");
    undefined(&losers, "pe_forward(IWM, 1d@2025-08-29)", "period_kind");
}

#[test]
fn evidence_counts_companies_and_lists_the_largest() {
    let view = five();
    let forward = answer(&view, "pe_forward(RUT, @2025-08-29, losses: exclude)");
    assert_eq!(
        notices(&forward),
        [
            "companies that IWM (it tracks RUT) held on 2025-08-29",
            "expected earnings of 5 of 5 companies are known, with 100.0% of the weight",
            "2 companies with negative expected earnings, 20.0% of that weight, are left out",
        ]
    );
    let rows = &forward.result.as_ref().expect("a value").rows;
    let named: Vec<(&str, f64)> = rows.iter().map(|r| (&*r.series, r.value)).collect();
    assert_eq!(named, [("A forward P/E", 10.0), ("B forward P/E", 16.0), ("C forward P/E", 20.0)]);
}
