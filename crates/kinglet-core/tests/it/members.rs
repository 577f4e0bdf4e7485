//! What members returned: who counts, and when there is no answer.

use kinglet_core::companies::Item::PeTrailing;
use kinglet_core::identity::Basis;
use kinglet_core::view::{View, example_fund_later, example_series};

use crate::asked::{answer, notices, undefined};

/// Three companies with profits, a loss and no figure; the last has no close at the end.
fn view() -> View {
    let held: [(&str, f64, &[_]); 3] =
        [("A", 60.0, &[(PeTrailing, 12.0)]), ("B", 30.0, &[(PeTrailing, -8.0)]), ("C", 10.0, &[])];
    let view = example_fund_later(&held);
    let closes = |last| example_series("A", &[("2025-08-29", 10.0), ("2025-09-30", last)]);
    let gone = example_series("C", &[("2025-08-29", 10.0)]);
    view.with_series("A", Basis::Total, &closes(11.0))
        .with_series("B", Basis::Total, &closes(9.0))
        .with_series("C", Basis::Total, &gone)
}

/// By weight (60 * 1.1 + 30 * 0.9) / 90, alike (1.1 + 0.9) / 2; the company that is gone does not
/// count.
#[test]
fn who_counts() {
    let view = view();
    for (options, want) in [
        ("", "3.33%"),
        (", by: count", "0.00%"),
        (", which: profitable", "10.00%"),
        (", which: unprofitable", "-10.00%"),
        (", which: unprofitable, known: now", "-10.00%"),
    ] {
        let query = format!("member_return(IWM, 2025-08-29..2025-09-30{options})");
        let answer = answer(&view, &query);
        assert_eq!(answer.display(), want, "{query}");
        let looks_back = notices(&answer).iter().any(|text| text.contains("hindsight"));
        assert_eq!(looks_back, options.contains("now"), "{query}");
    }
}

#[test]
fn undefined_says_why() {
    let view = view();
    for (query, code) in [
        ("member_return(IWM, @2025-09-30)", "period_kind"),
        ("member_return(IWB, 2025-08-29..2025-09-30)", "no_companies"),
    ] {
        undefined(&view, query, code);
    }
    let one = [("A", 60.0, &[(PeTrailing, 12.0)][..])];
    let without_prices = example_fund_later(&one);
    let query = "member_return(IWM, 2025-08-29..2025-09-30)";
    undefined(&without_prices, query, "coverage");
    let losing = "member_return(IWM, 2025-08-29..2025-09-30, which: unprofitable)";
    undefined(&without_prices, losing, "coverage");
}
