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

/// `c = pandas.read_csv('IWM_ohlcv_daily.csv.gz', index_col='date').close`, whose numbers they are,
/// then `SMA(c, 200)`, `EMA(c, 50)`, `EMA(c, 200)`, `c / SMA(c, 200) - 1`, `RSI(c, 14)`,
/// `RSI(c, 2)`, `MACD(c, 12, 26, 9)`, `MAX(c, 20)`, `MIN(c, 55)`, `SMA(c, 50) > SMA(c, 200)`.
#[test]
#[cfg_attr(not(shared), ignore = "needs ../shared")]
fn as_ta_lib_on_iwm() {
    let values: [(&str, [f64; 12]); 3] = [
        (
            "2010-06-30",
            [
                63.838_650_139_999_935,
                65.963_437_197_286_9,
                63.640_759_565_173_21,
                -4.258_628_799_383_842_5,
                35.260_865_965_638_73,
                6.114_290_943_008_588,
                -1.021_237_522_075_857_4,
                -0.762_803_250_532_871_3,
                -0.258_434_271_542_986_04,
                66.989_998,
                61.119_999,
                1.0,
            ],
        ),
        (
            "2020-03-18",
            [
                155.206_899_799_999_95,
                148.093_703_618_672_15,
                154.964_353_204_247_89,
                -35.589_203_103_198_614,
                23.846_363_272_671_283,
                19.874_743_742_623_22,
                -14.797_508_249_779_312,
                -10.480_202_683_013_62,
                -4.317_305_566_765_693,
                168.809_998,
                99.970_001,
                1.0,
            ],
        ),
        (
            "2025-09-26",
            [
                216.678_699_800_000_15,
                232.002_926_882_597_68,
                219.330_772_018_591_57,
                11.381_504_606_942_386,
                58.452_804_535_335_4,
                54.785_447_361_345_874,
                3.269_765_139_975_135,
                3.677_650_722_277_941_8,
                -0.407_885_582_302_806_7,
                244.839_996,
                214.919_998,
                1.0,
            ],
        ),
    ];
    let view = iwm();
    for (day, values) in values {
        let texts = [
            format!("moving_average(IWM, @{day}, sessions: 200)"),
            format!("moving_average(IWM, @{day}, sessions: 50, kind: exponential)"),
            format!("moving_average(IWM, @{day}, sessions: 200, kind: exponential)"),
            format!("distance_from_average(IWM, @{day}, sessions: 200)"),
            format!("rsi(IWM, @{day})"),
            format!("rsi(IWM, @{day}, sessions: 2)"),
            format!("macd(IWM, @{day})"),
            format!("macd(IWM, @{day}, value: signal)"),
            format!("macd(IWM, @{day}, value: histogram)"),
            format!("donchian(IWM, @{day})"),
            format!("donchian(IWM, @{day}, sessions: 55, bound: lower)"),
            format!("cross(IWM, @{day})"),
        ];
        let wanted: Vec<(&str, f64)> = texts.iter().map(String::as_str).zip(values).collect();
        assert_values(&view, &wanted);
    }
}
