//! Data that lack something, each something else.

use kinglet_core::columns::{Bar, Bars, Frequency, Observation, Series};
use kinglet_core::companies::Item::{self, NetMargin, PeTrailing};
use kinglet_core::companies::{Figure, Figures};
use kinglet_core::identity::Basis;
use kinglet_core::quantity::Unit;
use kinglet_core::time::{CalendarPeriod, Cutoff, Date};
use kinglet_core::view::{Event, View, example_fund};

use crate::synthetic::{Alteration, odd_view, view};

/// Whole, missing, still, rising, falling, odd and full of holes.
pub(super) fn all() -> Vec<View> {
    let whole = view(7, Alteration::none());
    let empty = View::new("nothing", whole.calendar.clone(), whole.cutoff);
    let prices = |price: fn(usize) -> f64| -> Vec<f64> { (0..300).map(price).collect() };
    let month = |year, month| Cutoff::end_of(Date::constant(year, month, 28));
    let first = whole.holdings("IWM", month(2006, 3)).expect("holdings").clone();
    let kinds = |wanted: &[&str]| -> Vec<Event> {
        whole.all_events().filter(|e| wanted.contains(&&*e.kind)).cloned().collect()
    };
    vec![
        odd_view(&prices(|_| 100.0)),
        odd_view(&prices(|n| 100.0 + n as f64)),
        odd_view(&prices(|n| 900.0 - n as f64)),
        odd_view(&prices(|n| if n % 2 == 0 { 1.0 } else { -1.0 })),
        odd_view(&prices(|n| if n == 170 { 0.0 } else { 100.0 + (n % 7) as f64 })),
        changed(&whole, |_| true, |value| -value),
        changed(&whole, |at| at % 5 > 1, |value| value),
        changed(&whole, |at| at % 40 < 4, |value| value),
        with_yields_of_days(&whole),
        companies(),
        shares(&whole),
        whole.until(month(1986, 12)),
        whole.until(month(2001, 3)),
        whole.clone().with_figures(Figures::default()),
        whole.clone().with_holdings(vec![first]),
        whole.clone().with_holdings(Vec::new()).with_events(Vec::new()),
        whole.clone().with_events(kinds(&["median_dots"])),
        whole.clone().with_events(vec![distribution("2024-03-15"), distribution("2024-06-14")]),
        empty,
        whole,
    ]
}

/// Every series and all bars with some of their rows and other values; bars lose their volumes.
fn changed(whole: &View, kept: fn(usize) -> bool, value: fn(f64) -> f64) -> View {
    let mut view = whole.clone();
    for (code, basis, series) in whole.all_series() {
        view = view.with_series(code, basis, &rows_of(series, &series.id, kept, value));
    }
    for bars in whole.all_bars() {
        let rows = bars.rows().iter().enumerate().filter(|(at, _)| kept(*at));
        let bar = |bar: &Bar| {
            let (a, b) = (value(bar.high), value(bar.low));
            Bar { high: a.max(b), low: a.min(b), close: value(bar.close), volume: None, ..*bar }
        };
        let rows = rows.map(|(_, row)| bar(row)).collect();
        view = view.with_bars(&Bars::new(&bars.id, bars.unit, "changed", rows));
    }
    view
}

fn rows_of(series: &Series, id: &str, kept: fn(usize) -> bool, value: fn(f64) -> f64) -> Series {
    let rows = series.observations().iter().enumerate().filter(|(at, _)| kept(*at));
    let rows = rows.map(|(_, row)| Observation { value: value(row.value), ..*row }).collect();
    Series::new(id, series.unit, series.frequency, "changed", rows)
}

/// Yields of days, with holes of a day and of weeks, and none of months.
fn with_yields_of_days(whole: &View) -> View {
    let closes = whole.series("RUT", Basis::Price).expect("closes");
    let mut view = View::new("yields", whole.calendar.clone(), whole.cutoff);
    for id in ["DGS2", "DGS10"] {
        let kept = |at: usize| !at.is_multiple_of(9) && at % 200 > 20;
        let rows = rows_of(closes, id, kept, |v| v / 1e4).observations().to_vec();
        let yields = Series::new(id, Unit::Fraction, Frequency::Session, "yields", rows);
        view = view.with_series(id, Basis::Price, &yields);
    }
    view.with_events(whole.all_events().cloned().collect())
}

/// One with a profit, one with a loss of unknown size; neither pays interest, and less than nothing
/// is earned before it.
fn companies() -> View {
    let alike = [
        (Item::Ebit, 5.0),
        (Item::InterestExpense, 0.0),
        (Item::MarketCap, 100.0),
        (Item::EnterpriseValue, 120.0),
        (Item::Debt, 30.0),
        (Item::EvToEbitda, -4.0),
    ];
    let with = |item| -> Vec<(Item, f64)> { alike.into_iter().chain([item]).collect() };
    let (earning, losing) = (with((PeTrailing, 12.0)), with((NetMargin, -0.1)));
    example_fund(&[("A", 60.0, &earning), ("B", 40.0, &losing)])
}

/// The shares outstanding of a fund that has no prices.
fn shares(whole: &View) -> View {
    let weeks = (0..52).map(|n| CalendarPeriod::day(Date::constant(2026, 1, 5)).plus(7 * n));
    let figures = weeks.map(|day| {
        let (date, source) = (day.first_day(), "worlds".into());
        let figure = Figure { date, known_at: date.at(16, 0, 0, 0), value: 1e6, source };
        (Item::SharesOutstanding, "IWM".into(), figure)
    });
    View::new("shares", whole.calendar.clone(), whole.cutoff).with_figures(Figures::new(figures))
}

fn distribution(day: &str) -> Event {
    let date: Date = day.parse().expect("a date");
    Event {
        entity: "IWM".to_owned(),
        kind: "distribution".to_owned(),
        date,
        known_at: date.at(16, 0, 0, 0),
        values: [("amount".to_owned(), 0.7)].into(),
        dates: [].into(),
        source: "worlds".into(),
    }
}
