//! Multiples of companies together: the same companies have many, and each is named.

use kinglet_core::companies::Item::{
    self, Debt, DebtToEquity, DividendYield, MarketCap, NetIncome, NetMargin, PeForward,
    PeTrailing, PriceToBook,
};
use kinglet_core::companies::{Figure, Figures, Holdings};
use kinglet_core::identity::Basis;
use kinglet_core::time::{Cutoff, Date};
use kinglet_core::view::{Event, View, example, example_fund, example_series};

use crate::asked::{answer, notices, undefined};

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

/// Where the net income is known, so are the losses: 100 dollars of A earn 10, 50 of B lose 4.
#[test]
fn losses_that_are_known_are_counted() {
    let view = example_fund(&[
        ("A", 100.0, &[(PeTrailing, 10.0)]),
        ("B", 50.0, &[(NetIncome, -8.0), (MarketCap, 100.0)]),
    ]);
    assert_eq!(answer(&view, "pe_trailing(IWM, @2025-08-29)").display(), "25.00");
    let excluded = answer(&view, "pe_trailing(IWM, @2025-08-29, losses: exclude)");
    assert_eq!(excluded.display(), "10.00");
}

fn day(text: &str) -> Date {
    text.parse().expect("a date")
}

/// A fund that held A in May and B from July on; forward multiples of A and B of June and August.
fn changing() -> View {
    let view = example(&[
        ("2025-05-30", 1.0),
        ("2025-06-30", 1.0),
        ("2025-07-31", 1.0),
        ("2025-08-29", 1.0),
        ("2026-07-31", 1.0),
    ]);
    let held = |date: &str, ticker: &str| Holdings {
        fund: "IWM".into(),
        date: day(date),
        known_at: Cutoff::end_of(day(date)).known_by,
        source: "made up".into(),
        tickers: vec![ticker.into()],
        values: vec![1.0],
    };
    let figure = |symbol: &str, date: &str, value| {
        let (date, known_at) = (day(date), Cutoff::end_of(day(date)).known_by);
        (Item::PeForward, symbol.into(), Figure { date, known_at, value, source: "made up".into() })
    };
    view.with_holdings(vec![held("2025-07-31", "B"), held("2025-05-30", "A")]).with_figures(
        Figures::new([
            figure("A", "2025-06-30", 10.0),
            figure("B", "2025-06-30", 20.0),
            figure("A", "2025-08-29", 11.0),
            figure("B", "2025-08-29", 22.0),
        ]),
    )
}

/// What is asked of a day follows from what was known then, in a view cut there and in a later one.
#[test]
fn nothing_later_is_known() {
    let view = changing();
    undefined(&view, "pe_forward(IWM, @2025-05-30)", "coverage");
    for (date, want) in [
        ("2025-06-30", "10.00"),
        ("2025-07-31", "20.00"),
        ("2025-08-28", "20.00"),
        ("2025-08-29", "22.00"),
    ] {
        let query = format!("pe_forward(IWM, @{date})");
        assert_eq!(answer(&view, &query).display(), want, "{query}");
        let cut = view.until(Cutoff::end_of(day(date)));
        assert_eq!(answer(&cut, &query).result, answer(&view, &query).result, "{query}");
    }
    undefined(&view, "pe_forward(IWM, 2025-06-29)", "no_session");
    assert_eq!(answer(&view, "pe_forward(IWM, @2026-07-31)").display(), "22.00");
    assert_eq!(answer(&view, "pe_forward(B, 2025-07)").display(), "20.00");
}

/// 97 billion of debt of a company whose equity of 376 million is said to carry 111% of it.
#[test]
fn figures_that_contradict_each_other_are_left_out() {
    let sound = [(Debt, 6e8), (MarketCap, 1e9), (PriceToBook, 2.0), (DebtToEquity, 1.2)];
    let wrong = [(Debt, 97.7e9), (MarketCap, 2.2e9), (PriceToBook, 5.9), (DebtToEquity, 1.107)];
    let view = example_fund(&[("A", 90.0, &sound), ("B", 10.0, &wrong)]);
    let debt = answer(&view, "debt(IWM, @2025-08-29)");
    assert_eq!(debt.display(), "$600000000.00");
    assert!(notices(&debt)[1].contains("1 of 2 companies"), "{debt:?}");
}

#[test]
fn largest_companies_by_capitalisation() {
    let view = example_fund(&[
        ("A", 0.0, &[(MarketCap, 3e9), (PeForward, 10.0)]),
        ("B", 0.0, &[(MarketCap, 1e9), (PeForward, 30.0)]),
        ("C", 0.0, &[(MarketCap, 1e9), (PeForward, 20.0)]),
    ]);
    // 3 at a tenth and 1 at a thirtieth: of equals the first by its symbol.
    assert_eq!(answer(&view, "pe_forward(LARGEST:2, @2025-08-29)").display(), "12.00");
    undefined(&view, "pe_forward(LARGEST:4, @2025-08-29)", "no_companies");
    undefined(&view, "pe_forward(US_LARGE, @2025-08-29)", "no_companies");
}

/// Two classes of shares of one company have one set of accounts, and each the capitalisation of
/// the whole: the larger counts. What has or owes nothing cannot be told by its accounts.
#[test]
fn classes_of_shares_are_one_company() {
    let of =
        |cap, pe, cash, owed| [(MarketCap, cap), (PeForward, pe), (Item::Cash, cash), (Debt, owed)];
    let view = example_fund(&[
        ("A", 0.0, &of(3e9, 10.0, 5e7, 2e8)),
        ("A.B", 0.0, &of(2.9e9, 11.0, 5e7, 2e8)),
        ("B", 0.0, &of(1e9, 30.0, 5e7, 0.0)),
        ("C", 0.0, &of(1e9, 20.0, 5e7, 0.0)),
    ]);
    let two = answer(&view, "pe_forward(LARGEST:2, @2025-08-29)");
    // 3 at a tenth and 1 at a thirtieth.
    assert_eq!(two.display(), "12.00");
    assert!(notices(&two)[0].contains("classes of shares"), "{:?}", notices(&two));
    assert_eq!(answer(&view, "top_weight(LARGEST:3, @2025-08-29, largest: 1)").display(), "60.00%");
    undefined(&view, "pe_forward(LARGEST:4, @2025-08-29)", "no_companies");
}

/// Of four companies of one size only the first has accounts in dollars: its sales and margin make
/// the P/E that is stated, 2 / 0.1 = 20. The second's sales are in a currency a hundred times as
/// small, its debt, too; the third has no P/E and is of another country; the fourth is known to be
/// neither.
#[test]
fn accounts_in_other_currencies_are_left_out() {
    let alike = |price_to_sales, debt| {
        [(MarketCap, 100.0), (Item::PriceToSales, price_to_sales), (Debt, debt)]
    };
    let with = |sold, debt, more: [(Item, f64); 2]| -> Vec<(Item, f64)> {
        alike(sold, debt).into_iter().chain(more).collect()
    };
    let here = with(2.0, 30.0, [(NetMargin, 0.1), (PeTrailing, 20.0)]);
    let yen = with(0.02, 3_000.0, [(NetMargin, 0.1), (PeTrailing, 20.0)]);
    let abroad = with(0.02, 3_000.0, [(NetMargin, -0.1), (Item::Abroad, 1.0)]);
    let unknown = with(4.0, 10.0, [(NetMargin, -0.1), (NetIncome, -2.5)]);
    let view = example_fund(&[
        ("A", 0.0, &here),
        ("B", 0.0, &yen),
        ("C", 0.0, &abroad),
        ("D", 0.0, &unknown),
    ]);
    let sales = answer(&view, "price_to_sales(LARGEST:4, @2025-08-29)");
    assert_eq!(sales.display(), "2.67");
    assert!(notices(&sales)[0].contains("of 2 of 4 companies"), "{:?}", notices(&sales));
    assert_eq!(answer(&view, "debt(LARGEST:4, @2025-08-29)").display(), "$40.00");
    undefined(&view, "debt(B, @2025-08-29)", "coverage");
    // A fund of American companies: all count.
    let held = example_fund(&[("A", 50.0, &here), ("C", 50.0, &abroad)]);
    assert_eq!(answer(&held, "debt(IWM, @2025-08-29)").display(), "$3030.00");
}

/// Distributions of 1, 1 and 2 within the year to August 2025, one before it, at a price of 100.
#[test]
fn distributions_of_a_year() {
    let paid = |date: &str, amount: f64| Event {
        entity: "IWM".to_owned(),
        kind: "distribution".to_owned(),
        date: day(date),
        known_at: day(date).at(9, 0, 0, 0),
        values: [("amount".to_owned(), amount)].into(),
        dates: std::collections::BTreeMap::new(),
        source: "made up".into(),
    };
    let dates = ["2024-08-28", "2024-12-20", "2025-04-20", "2025-08-20"];
    let events =
        dates.into_iter().zip([5.0, 1.0, 1.0, 2.0]).map(|(date, amount)| paid(date, amount));
    let closes = [("2025-08-29", 100.0), ("2026-01-30", 100.0)];
    let view = example(&closes).with_series("IWM", Basis::Price, &example_series("IWM", &closes));
    let view = view.with_events(events.collect());
    assert_eq!(answer(&view, "dividend_yield(IWM, @2025-08-29)").display(), "4.00%");
    assert_eq!(answer(&view, "dividend_yield(RUT, @2025-08-29)").display(), "4.00%");
    undefined(&view, "dividend_yield(IWM, @2026-01-30)", "incomplete");
    undefined(&view, "dividend_yield(QQQ, @2025-08-29)", "no_distributions");
    let stated = example_fund(&[("A", 50.0, &[(DividendYield, 0.02)]), ("B", 50.0, &[])]);
    undefined(&stated, "dividend_yield(IWM, @2025-08-29)", "no_distributions");
    undefined(&stated, "dividend_yield(B, @2025-08-29)", "no_distributions");
}

/// Earnings of 90, 100 and 110 in December, June and December: up by 22.2% in a year.
#[test]
fn earnings_grow_by_the_year() {
    let months = [("2023-12-01", 90.0), ("2024-06-01", 100.0), ("2024-12-01", 110.0)];
    let view = example(&[("2023-12-29", 1.0), ("2024-06-28", 1.0), ("2024-12-31", 1.0)])
        .with_series("SHILLER_EARNINGS", Basis::Price, &example_series("GS_E", &months));
    assert_eq!(answer(&view, "eps_growth(SPX, 2024)").display(), "22.22%");
    undefined(&view, "eps_growth(SPX, 2024-H2)", "period_kind");
    undefined(&view, "eps_growth(SPX, @2024-12-31)", "no_companies");
    undefined(&view, "eps_growth(RUT, 2024)", "period_kind");
}

/// Growing by g for ever, p (1 + g) / (r - g) is paid for a year's earnings and p / (r - g) for
/// those of the next.
#[test]
fn a_multiple_implies_a_growth() {
    let view = example_fund(&[
        ("A", 100.0, &[(PeForward, 15.0), (PeTrailing, 15.6)]),
        ("B", 80.0, &[(PeForward, 0.5 / 0.07), (PeTrailing, -3.0)]),
        ("C", 60.0, &[(PeTrailing, 1e9)]),
    ]);
    for (query, want) in [
        ("implied_growth(A, @2025-08-29, losses: exclude)", "4.00%"),
        ("implied_growth(A, @2025-08-29, losses: exclude, years: 3)", "4.00%"),
        ("implied_growth(A, @2025-08-29, of: forward)", "4.00%"),
        (
            "implied_growth(B, @2025-08-29, of: forward, terminal: 2%, asked: 9%, payout: 50%)",
            "2.00%",
        ),
    ] {
        assert_eq!(answer(&view, query).display(), want, "{query}");
    }
    let known = answer(&view, "implied_growth(A, @2025-08-29, of: forward, years: 5)");
    let assumed = "growth of the first 5 years where 8.00% a year is asked, 60.00% of earnings is \
                   paid out, and earnings grow by 4.00% after";
    assert!(notices(&known).contains(&assumed), "{:?}", notices(&known));
    undefined(&view, "implied_growth(B, @2025-08-29, losses: exclude)", "negative_earnings");
    undefined(&view, "implied_growth(C, @2025-08-29, losses: exclude)", "outside_domain");
    undefined(&view, "implied_growth(A, @2025-08-29, of: forward, asked: 4%)", "outside_domain");
    undefined(&view, "implied_growth(A, @2025-08-29, of: forward, payout: 0%)", "outside_domain");
    undefined(&view, "implied_growth(A, @2025-08-29, of: forward, years: 0.5)", "not_whole");
}
