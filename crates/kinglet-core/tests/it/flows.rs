//! Flows, breadth, concentration and rotation: by hand, and where there are none.

use std::sync::Arc;

use kinglet_core::columns::{Frequency, Observation, Series};
use kinglet_core::companies::Item::{self, ShortOfFloat};
use kinglet_core::companies::{Figure, Figures, Holdings};
use kinglet_core::identity::Basis;
use kinglet_core::metrics::find;
use kinglet_core::quantity::Unit;
use kinglet_core::query::{Evaluator, Query, Reach};
use kinglet_core::time::{Calendar, Cutoff, Date};
use kinglet_core::view::{View, example, example_fund, example_series, example_shares};

use super::shared::{newest, rows};

/// Asserts that each query shows its value, or is undefined for its reason.
fn check(view: &View, wanted: &[(&str, &str)]) {
    let evaluator = Evaluator::new(view);
    for (text, want) in wanted {
        let answer = evaluator.answer(&text.parse().unwrap_or_else(|d| panic!("{d}")));
        let got = match &answer.result {
            Ok(_) => answer.display(),
            Err(why) => why.code.to_owned(),
        };
        assert_eq!(got, *want, "{text}: {:?}", answer.result);
    }
}

/// Of each session close and shares outstanding.
const DAYS: [(&str, f64, f64); 5] = [
    ("2025-08-01", 10.0, 100.0),
    ("2025-08-04", 10.0, 100.0),
    ("2025-08-05", 20.0, 150.0),
    ("2025-08-06", 25.0, 110.0),
    ("2025-08-20", 30.0, 210.0),
];

#[test]
fn flows_by_hand() {
    let view = example_shares(&DAYS);
    check(
        &view,
        &[
            ("flow(IWM, 2025-08-01..2025-08-04)", "$0.00"),
            // 50 at $20, -40 at $25, 100 at $30.
            ("flow(IWM, 2025-08-04..2025-08-20)", "$3000.00"),
            ("flow(IWM, 2025-08-04..2025-08-06)", "$0.00"),
            ("flow_rate(IWM, 2025-08-04..2025-08-20)", "300.00%"),
            ("flow_rate(IWM, 2025-08-05..2025-08-06)", "-33.33%"),
            ("flow(IWM, @2025-08-20)", "period_kind"),
            ("flow(SPY, 2025-08-04..2025-08-06)", "no_shares"),
            ("flow(RUT, 2025-08-04..2025-08-06)", "no_shares"),
        ],
    );
    // The value of a day is known at its close, not the day before.
    let eve = view.until(Cutoff::end_of(Date::constant(2025, 8, 5)));
    check(&eve, &[("flow(IWM, 2025-08-04..2025-08-05)", "$1000.00")]);
    check(&example(&[("2025-08-04", 1.0)]), &[("flow(RUT, 2025-08-04)", "outside_calendar")]);
    let facts_like = example(&[("2025-08-04", 1.0), ("2025-08-05", 1.0)]);
    check(&facts_like, &[("flow(RUT, 2025-08-04..2025-08-05)", "no_companies")]);
}

/// Shares that were last known two weeks ago say nothing of a day.
#[test]
fn old_shares_are_no_flow() {
    let closes = DAYS.map(|(day, close, _)| (day, close));
    let whole = example(&closes);
    let view = View::new("made up", whole.calendar.clone(), whole.cutoff)
        .with_series("IWM", Basis::Price, &example_series("IWM", &closes))
        .with_figures(shares());
    check(
        &view,
        &[
            ("flow(IWM, 2025-08-04..2025-08-20)", "stale"),
            ("flow(IWM, 2025-08-04..2025-08-06)", "$0.00"),
        ],
    );
}

/// The shares of the first four days.
fn shares() -> Figures {
    let rows = DAYS[..4].iter().map(|&(day, _, value)| {
        let date: Date = day.parse().expect("a date");
        let known_at = date.at(16, 0, 0, 0);
        let figure = Figure { date, known_at, value, source: "made up".into() };
        (Item::SharesOutstanding, "IWM".into(), figure)
    });
    Figures::new(rows)
}

#[test]
fn short_interest_of_the_known() {
    let view = example_fund(&[
        ("A", 50.0, &[(ShortOfFloat, 0.02)]),
        ("B", 30.0, &[(ShortOfFloat, 0.10)]),
        ("C", 20.0, &[]),
    ]);
    check(
        &view,
        &[
            ("short_interest(IWM, @2025-08-29)", "6.00%"),
            // (50 x 2 + 30 x 10) / 80.
            ("short_interest(IWM, @2025-08-29, by: weight)", "5.00%"),
            ("short_interest(IWM, @2025-08-28)", "no_companies"),
            ("short_interest(IWM, 2025-08-28..2025-08-29)", "period_kind"),
        ],
    );
    let few = example_fund(&[("A", 49.0, &[(ShortOfFloat, 0.02)]), ("B", 51.0, &[])]);
    check(&few, &[("short_interest(IWM, @2025-08-29)", "coverage")]);
}

#[test]
fn concentration_by_hand() {
    let view = example_fund(&[("A", 50.0, &[]), ("B", 25.0, &[]), ("C", 25.0, &[])]);
    check(
        &view,
        &[
            ("herfindahl(IWM, @2025-08-29)", "3750.00"),
            ("effective_number(IWM, @2025-08-29)", "2.67"),
            ("top_weight(IWM, @2025-08-29, largest: 1)", "50.00%"),
            ("top_weight(IWM, @2025-08-29, largest: 3)", "100.00%"),
            ("top_weight(IWM, @2025-08-29)", "too_short"),
            ("top_weight(IWM, @2025-08-29, largest: 1.5)", "not_whole"),
            ("herfindahl(IWM, @2025-08-28)", "no_companies"),
        ],
    );
    let alone = example_fund(&[("A", 50.0, &[])]);
    let whole = [
        ("herfindahl(IWM, @2025-08-29)", "10000.00"),
        ("effective_number(IWM, @2025-08-29)", "1.00"),
    ];
    check(&alone, &whole);
}

/// Of four companies A rises to a new high, B is at its old one, C falls to a new low and D has no
/// close of the first day; E has none at all.
#[test]
fn breadth_of_the_known() {
    let days = ["2025-08-27", "2025-08-28", "2025-08-29"];
    let of = |values: [f64; 3]| [0, 1, 2].map(|at| (days[at], values[at]));
    let held = [("A", 40.0), ("B", 20.0), ("C", 20.0), ("D", 15.0), ("E", 5.0)];
    let held = held.map(|(symbol, value)| (symbol, value, &[][..]));
    let fund = example_fund(&held);
    let calendar = example(&of([1.0; 3])).calendar.clone();
    let view = View::new("made up", calendar, fund.cutoff)
        .with_holdings(vec![fund.holdings("IWM", fund.cutoff).expect("holdings").clone()])
        .with_series("A", Basis::Total, &example_series("A", &of([10.0, 11.0, 12.0])))
        // What is not adjusted is taken where there is nothing else.
        .with_series("A", Basis::Price, &example_series("A", &of([10.0, 9.0, 8.0])))
        .with_series("B", Basis::Price, &example_series("B", &of([10.0, 12.0, 12.0])))
        .with_series("C", Basis::Total, &example_series("C", &of([10.0, 9.0, 8.0])))
        .with_series("D", Basis::Total, &example_series("D", &of([1.0, 1.0, 2.0])[1..]));
    check(
        &view,
        &[
            ("breadth(IWM, @2025-08-29, sessions: 3)", "66.67%"),
            ("breadth(IWM, @2025-08-29, sessions: 3, by: weight)", "75.00%"),
            // D is above its average of two.
            ("breadth(RUT, @2025-08-29, sessions: 2)", "50.00%"),
            ("new_highs(IWM, @2025-08-29, sessions: 3)", "33.33%"),
            ("new_highs(IWM, @2025-08-29, sessions: 3, bound: lower)", "33.33%"),
            ("new_highs(IWM, @2025-08-29, sessions: 2)", "50.00%"),
            ("new_highs(IWM, @2025-08-29, sessions: 1)", "too_short"),
            ("breadth(IWM, @2025-08-29, sessions: 0)", "not_whole"),
            ("breadth(IWM, @2025-08-29, sessions: 4)", "coverage"),
            ("breadth(IWM, @2025-08-28, sessions: 2)", "no_companies"),
            ("breadth(IWM, 2025-08-28..2025-08-29)", "period_kind"),
        ],
    );
    check(&fund, &[("breadth(IWM, @2025-08-29, sessions: 1)", "coverage")]);
    check(&example(&of([1.0; 3])), &[("breadth(IWM, @2025-08-29)", "no_companies")]);
}

/// What is asked through the prices of companies needs the companies, too, and the fund that holds
/// them; what is asked through figures alone does not need the prices.
#[test]
fn what_must_be_loaded() {
    let needs = |text: &str| {
        let query: Query = text.parse().expect("a query");
        let query = query.expr();
        let entities = query.entities().iter().map(|e| e.code().to_owned()).collect::<Vec<_>>();
        (query.reach(), entities.join(" "))
    };
    let members = "percentile(breadth(RUT, month), of: 2025-08)";
    assert_eq!(needs(members), (Reach::Members, "IWM RUT".to_owned()));
    let figures = "top_weight(RUT, @2025-08-29)";
    assert_eq!(needs(figures), (Reach::Companies, "IWM RUT".to_owned()));
    assert_eq!(needs("atr(RUT, @2025-08-29)"), (Reach::Series, "RUT".to_owned()));
}

/// The equities of a file of holdings.
fn held(file: &str, date: Date) -> Holdings {
    let equities = rows(file, ["asset_class", "ticker", "market_value"]);
    let equities = equities.iter().filter(|[class, ..]| class == "Equity");
    let (tickers, values) = equities
        .map(|[_, ticker, value]| (ticker.as_str().into(), value.parse::<f64>().expect("a number")))
        .unzip();
    let known_at = Cutoff::end_of(date).known_by;
    Holdings { fund: "IWM".into(), date, known_at, source: "csv".into(), tickers, values }
}

/// What pandas computed from the same files.
#[test]
#[cfg_attr(not(shared), ignore = "needs ../shared")]
fn breadth_of_the_fund() {
    let panel = newest("xsec/price_panel_daily.csv.gz", 252);
    let dates: Vec<Date> = panel[1..].iter().map(|r| r[0].parse().expect("a date")).collect();
    let (end, calendar) = (dates[251], Arc::new(Calendar::new(dates.clone())));
    let mut view = View::new("csv", calendar, Cutoff::end_of(end))
        .with_holdings(vec![held("xsec/iwm_holdings_2026-05-05.csv", Date::constant(2026, 5, 5))]);
    for (at, symbol) in panel[0].iter().enumerate().skip(1) {
        let closes = dates.iter().zip(&panel[1..]).filter_map(|(&date, row)| {
            let value = row[at].parse().ok()?;
            Some(Observation { date, value, known_at: Cutoff::end_of(date).known_by })
        });
        let series = Series::new(symbol, Unit::Money, Frequency::Session, "csv", closes.collect());
        view = view.with_series(symbol, Basis::Total, &series);
    }
    let evaluator = Evaluator::new(&view);
    let mut checked = 0;
    for golden in ["breadth", "new_highs"].iter().flat_map(|name| find(name).expect(name).golden) {
        let answer = evaluator.answer(&golden.query.parse().expect("a query"));
        let is_close = answer.number().is_some_and(|n| (n - golden.want).abs() <= golden.within);
        assert!(is_close, "{}: {:?}", golden.query, answer.result);
        checked += 1;
    }
    assert_eq!(checked, 4);
}

/// Of ratios 1, 2, 2, 2 the second is above its average of two and the last no more; its strength,
/// 100 after 100, neither gains nor falls.
#[test]
fn quadrants() {
    let days = ["2025-08-26", "2025-08-27", "2025-08-28", "2025-08-29"];
    let of = |values: [f64; 4]| [0, 1, 2, 3].map(|at| (days[at], values[at]));
    let other = example_series("SPX", &of([10.0; 4]));
    let quadrant = |values: [f64; 4], day: &str| {
        let view = example(&of(values)).with_series("SPX", Basis::Price, &other);
        let text = format!("rotation(RUT, SPX, @{day}, sessions: 2, smoothing: 2)");
        let outcome = Evaluator::new(&view).answer(&text.parse().expect("a query")).result;
        let notices = outcome.expect("a value").notices;
        notices[0].text.clone()
    };
    let text = "leading: strength 133.33, momentum 114.29";
    assert_eq!(quadrant([10.0, 10.0, 20.0, 20.0], days[2]), text);
    let text = "weakening: strength 100.00, momentum 85.71";
    assert_eq!(quadrant([10.0, 10.0, 20.0, 20.0], days[3]), text);
    let text = "lagging: strength 66.67, momentum 80.00";
    assert_eq!(quadrant([20.0, 20.0, 10.0, 10.0], days[2]), text);
    // 10 / 15 = 66.67, then 9.9 / 9.95 = 99.50: 99.50 / 83.08.
    let text = "improving: strength 99.50, momentum 119.76";
    assert_eq!(quadrant([20.0, 20.0, 10.0, 9.9], days[3]), text);
    let view = example(&of([10.0; 4])).with_series("SPX", Basis::Price, &other);
    check(
        &view,
        &[
            ("rotation(RUT, SPX, @2025-08-29)", "too_short"),
            ("rotation(RUT, IXIC, @2025-08-29)", "no_series"),
            ("rotation(RUT, SPX, @2025-08-29, sessions: 0)", "not_whole"),
        ],
    );
    let negative = example(&of([10.0, 10.0, -1.0, 10.0])).with_series("SPX", Basis::Price, &other);
    let text = "rotation(RUT, SPX, @2025-08-29, sessions: 2, smoothing: 2)";
    check(&negative, &[(text, "not_positive")]);
}
