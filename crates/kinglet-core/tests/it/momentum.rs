//! Trends against TA-Lib 0.8.2 (C library 0.8.1, `pip install TA-Lib==0.8.2`), and where there are
//! none.

use std::sync::Arc;

use kinglet_core::columns::{Frequency, Observation, Series};
use kinglet_core::identity::Basis;
use kinglet_core::quantity::Unit;
use kinglet_core::query::Evaluator;
use kinglet_core::time::{Calendar, Cutoff, Date};
use kinglet_core::view::{View, example};

use super::shared::closes;

/// Twelve closes; the sessions of the view are their days.
const CLOSES: [(&str, f64); 12] = [
    ("2025-08-14", 100.0),
    ("2025-08-15", 102.0),
    ("2025-08-18", 101.0),
    ("2025-08-19", 104.0),
    ("2025-08-20", 103.0),
    ("2025-08-21", 107.0),
    ("2025-08-22", 110.0),
    ("2025-08-25", 108.0),
    ("2025-08-26", 111.0),
    ("2025-08-27", 115.0),
    ("2025-08-28", 113.0),
    ("2025-08-29", 117.0),
];

/// Asserts that each query has its value to nine digits after the point.
fn assert_values(view: &View, wanted: &[(&str, f64)]) {
    let evaluator = Evaluator::new(view);
    for (text, want) in wanted {
        let answer = evaluator.answer(&text.parse().unwrap_or_else(|d| panic!("{d}")));
        let got = answer.number();
        let is_close = got.is_some_and(|got| (got - want).abs() < 1e-8);
        assert!(is_close, "{text}: {:?}, not {want}", answer.result);
    }
}

/// Asserts that each query is undefined for its reason.
fn assert_undefined(view: &View, wanted: &[(&str, &str)]) {
    let evaluator = Evaluator::new(view);
    for (text, code) in wanted {
        let answer = evaluator.answer(&text.parse().unwrap_or_else(|d| panic!("{d}")));
        let got = answer.result.map_err(|why| why.code);
        assert_eq!(got.err(), Some(*code), "{text}");
    }
}

/// `c = numpy.array([100.0, 102, …, 117])`, then `SMA(c, 4)[-1]`, `EMA(c, 4)[-1]`, `RSI(c, 4)[-1]`,
/// `MACD(c, 2, 4, 3)`, `MAX(c, 5)[-1]`, `MIN(c, 5)[-1]`, `MIDPOINT(c, 5)[-1]`; the time under the
/// high is counted by hand.
#[test]
fn as_ta_lib_on_twelve_closes() {
    assert_values(
        &example(&CLOSES),
        &[
            ("moving_average(RUT, @2025-08-29, sessions: 4)", 114.0),
            ("moving_average(RUT, @2025-08-29, sessions: 4, kind: exponential)", 113.949_782_4),
            ("moving_average(RUT, @2025-08-19, sessions: 4, kind: exponential)", 101.75),
            ("distance_from_average(RUT, @2025-08-29, sessions: 4)", 100.0 * (117.0 / 114.0 - 1.0)),
            ("rsi(RUT, @2025-08-29, sessions: 4)", 80.012_911_949_653_57),
            ("macd(RUT, @2025-08-29, fast: 2, slow: 4, smoothing: 3)", 1.756_131_332_662_704_4),
            (
                "macd(RUT, @2025-08-29, value: signal, fast: 2, slow: 4, smoothing: 3)",
                1.616_498_326_596_550_2,
            ),
            (
                "macd(RUT, @2025-08-29, value: histogram, fast: 2, slow: 4, smoothing: 3)",
                0.139_633_006_066_154_14,
            ),
            ("donchian(RUT, @2025-08-29, sessions: 5)", 117.0),
            ("donchian(RUT, @2025-08-29, sessions: 5, bound: lower)", 108.0),
            ("donchian(RUT, @2025-08-29, sessions: 5, bound: middle)", 112.5),
            ("cross(RUT, @2025-08-29, fast: 2, slow: 4)", 1.0),
            ("time_under_high(RUT, @2025-08-29)", 2.0),
            ("time_under_high(RUT, @2025-08-25)", 3.0),
        ],
    );
}

#[test]
fn too_few_sessions() {
    assert_undefined(
        &example(&CLOSES),
        &[
            ("moving_average(RUT, @2025-08-29, sessions: 13)", "too_short"),
            ("moving_average(RUT, @2025-08-29, sessions: 13, kind: exponential)", "too_short"),
            ("moving_average(RUT, @2025-08-29, sessions: 2.5)", "not_whole"),
            ("moving_average(RUT, @2025-08-29, sessions: 0)", "not_whole"),
            ("moving_average(RUT, @2025-08-29, sessions: -3)", "not_whole"),
            ("distance_from_average(RUT, @2025-08-29, sessions: 13)", "too_short"),
            ("rsi(RUT, @2025-08-29, sessions: 12)", "too_short"),
            ("macd(RUT, @2025-08-29, fast: 2, slow: 10, smoothing: 4)", "too_short"),
            ("macd(RUT, @2025-08-29, fast: 4, slow: 4)", "period_empty"),
            ("donchian(RUT, @2025-08-29)", "too_short"),
            ("cross(RUT, @2025-08-29)", "too_short"),
            ("cross(RUT, @2025-08-29, fast: 3, slow: 2)", "period_empty"),
            ("momentum(RUT, @2025-08-29)", "outside_calendar"),
            ("momentum(RUT, @2025-08-29, months: 1)", "period_empty"),
            ("time_under_high(RUT, @2025-08-14)", "no_observation"),
            ("relative_strength(RUT, SPX, @2025-08-29, base: 2025-08-14)", "no_series"),
            ("relative_strength(RUT, RUT, @2025-08-28, base: 2025-08-29)", "period_empty"),
        ],
    );
    let eve = example(&CLOSES).until(Cutoff::end_of(Date::constant(2025, 8, 28)));
    let later = "moving_average(RUT, @2025-08-29, sessions: 4)";
    assert_undefined(&eve, &[(later, "outside_coverage")]);
    let flat = CLOSES.map(|(day, _)| (day, 100.0));
    assert_undefined(&example(&flat), &[("rsi(RUT, @2025-08-29, sessions: 4)", "zero_variance")]);
    assert_values(&example(&flat), &[("cross(RUT, @2025-08-29, fast: 2, slow: 4)", 0.0)]);
}

/// A session without a close begins everything anew: 2025-08-21 is none in these.
#[test]
fn a_gap_is_not_bridged() {
    let mut gapped = CLOSES.to_vec();
    gapped.remove(5);
    let whole = example(&CLOSES);
    let part = example(&gapped);
    let series = part.series("RUT", Basis::Price).expect("a series");
    let view = View::new("gap", Arc::clone(&whole.calendar), whole.cutoff);
    let view = view.with_series("RUT", Basis::Price, series);
    let text = "moving_average(RUT, @2025-08-29, sessions: 4, kind: exponential)";
    let after = example(&CLOSES[6..]);
    let want = Evaluator::new(&after).answer(&text.parse().expect("a query")).number();
    assert_values(&view, &[(text, want.expect("a value"))]);
    assert_undefined(&view, &[("donchian(RUT, @2025-08-29, sessions: 7)", "too_short")]);
    assert_values(&view, &[("donchian(RUT, @2025-08-29, sessions: 6, bound: lower)", 108.0)]);
}

/// A month-end goes to month-ends: 2025-01-31 is a month before 2025-02-28.
#[test]
fn momentum_of_month_ends() {
    let closes =
        [("2024-02-28", 50.0), ("2024-02-29", 100.0), ("2025-01-28", 60.0), ("2025-01-31", 130.0)];
    let view = example(&[&closes[..], &[("2025-02-28", 90.0), ("2025-03-03", 90.0)]].concat());
    assert_values(&view, &[("momentum(RUT, @2025-02-28)", 30.0)]);
}

fn iwm() -> View {
    let closes = closes("etf/IWM_ohlcv_daily.csv.gz");
    let sessions: Vec<Date> = closes.iter().map(|(date, _)| *date).collect();
    let end = sessions[sessions.len() - 1];
    let calendar = Arc::new(Calendar::nyse(end, &[]));
    let observation = |(date, value)| Observation { date, value, known_at: calendar.close(date) };
    let rows = closes.into_iter().map(observation).collect();
    let series = Series::new("IWM", Unit::Money, Frequency::Session, "csv", rows);
    let view = View::new("csv", Arc::clone(&calendar), Cutoff::end_of(end));
    view.with_series("IWM", Basis::Price, &series)
}

/// The sessions of which TA-Lib's values on IWM are listed.
const DAYS: [&str; 3] = ["2010-06-30", "2020-03-18", "2025-09-26"];

/// `c = pandas.read_csv('IWM_ohlcv_daily.csv.gz', index_col='date').close`, whose numbers they are,
/// then `SMA(c, 200)`, `EMA(c, 50)`, `EMA(c, 200)`, `c / SMA(c, 200) - 1`, `RSI(c, 14)`,
/// `RSI(c, 2)`, `MACD(c, 12, 26, 9)`, `MAX(c, 20)`, `MIN(c, 55)`, `SMA(c, 50) > SMA(c, 200)`.
const IWM: [(&str, [f64; 3]); 12] = [
    ("moving_average(IWM, @DAY, sessions: 200)", [63.838_650_14, 155.206_899_8, 216.678_699_8]),
    (
        "moving_average(IWM, @DAY, sessions: 50, kind: exponential)",
        [65.963_437_197, 148.093_703_619, 232.002_926_883],
    ),
    (
        "moving_average(IWM, @DAY, sessions: 200, kind: exponential)",
        [63.640_759_565, 154.964_353_204, 219.330_772_019],
    ),
    (
        "distance_from_average(IWM, @DAY, sessions: 200)",
        [-4.258_628_799, -35.589_203_103, 11.381_504_607],
    ),
    ("rsi(IWM, @DAY)", [35.260_865_966, 23.846_363_273, 58.452_804_535]),
    ("rsi(IWM, @DAY, sessions: 2)", [6.114_290_943, 19.874_743_743, 54.785_447_361]),
    ("macd(IWM, @DAY)", [-1.021_237_522, -14.797_508_25, 3.269_765_14]),
    ("macd(IWM, @DAY, value: signal)", [-0.762_803_251, -10.480_202_683, 3.677_650_722]),
    ("macd(IWM, @DAY, value: histogram)", [-0.258_434_272, -4.317_305_567, -0.407_885_582]),
    ("donchian(IWM, @DAY)", [66.989_998, 168.809_998, 244.839_996]),
    ("donchian(IWM, @DAY, sessions: 55, bound: lower)", [61.119_999, 99.970_001, 214.919_998]),
    ("cross(IWM, @DAY)", [1.0, 1.0, 1.0]),
];

#[test]
#[cfg_attr(not(shared), ignore = "needs ../shared")]
fn as_ta_lib_on_iwm() {
    let view = iwm();
    for (text, values) in IWM {
        for (day, value) in DAYS.into_iter().zip(values) {
            assert_values(&view, &[(&text.replace("DAY", day), value)]);
        }
    }
}
