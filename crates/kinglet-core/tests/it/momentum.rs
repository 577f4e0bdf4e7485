//! Trends against TA-Lib 0.8.2 (C library 0.8.1, `pip install TA-Lib==0.8.2`), and where there are
//! none.

use std::sync::Arc;

use kinglet_core::columns::{Bar, Bars, Frequency, Observation, Series};
use kinglet_core::identity::Basis;
use kinglet_core::quantity::Unit;
use kinglet_core::query::Evaluator;
use kinglet_core::time::{Calendar, Cutoff, Date};
use kinglet_core::view::{View, example, example_bars};

use super::shared::rows;

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

/// Highs, lows and volumes of the sessions of [`CLOSES`].
const BARS: [[f64; 3]; 12] = [
    [101.0, 98.0, 1000.0],
    [103.0, 100.0, 1200.0],
    [102.5, 99.5, 900.0],
    [105.0, 101.0, 1500.0],
    [104.5, 102.0, 800.0],
    [108.0, 104.0, 2000.0],
    [111.0, 107.5, 2200.0],
    [110.5, 107.0, 1100.0],
    [112.0, 108.0, 1300.0],
    [116.0, 112.5, 2500.0],
    [115.5, 112.0, 1000.0],
    [118.0, 113.5, 1700.0],
];

fn barred() -> View {
    let bars: Vec<(&str, [f64; 4])> = CLOSES
        .iter()
        .zip(BARS)
        .map(|((day, close), [high, low, volume])| (*day, [high, low, *close, volume]))
        .collect();
    example_bars(&bars)
}

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

/// `h`, `l`, `c`, `v` from [`CLOSES`] and [`BARS`], then `ATR(h, l, c, 4)[-1]`,
/// `ATR(h, l, c, 3)[4]`, differences of `OBV(c, v)`, which is 1000, 2200, 1300, 2800, 2000, 4000,
/// 6200, 5100, 6400, 8900, 7900, 9600, `MFI(h, l, c, v, 4)[-1]`, `MAX(h, 5)[-1]`, `MIN(l, 5)[-1]`.
#[test]
fn as_ta_lib_on_twelve_bars() {
    assert_values(
        &barred(),
        &[
            ("atr(IWM, @2025-08-29, sessions: 4)", 4.185_020_446_777_344),
            ("atr(IWM, @2025-08-20, sessions: 3)", 3.055_555_555_555_556),
            ("obv(IWM, 2025-08-14..2025-08-29)", 8600.0),
            ("obv(IWM, 2025-08-22..2025-08-28)", 1700.0),
            ("mfi(IWM, @2025-08-29, sessions: 4)", 84.675_967_596_759_68),
            ("donchian(IWM, @2025-08-29, sessions: 5, of: extremes)", 118.0),
            ("donchian(IWM, @2025-08-29, sessions: 5, bound: lower, of: extremes)", 107.0),
            ("donchian(IWM, @2025-08-29, sessions: 5, bound: middle, of: extremes)", 112.5),
        ],
    );
}

/// `LINEARREG(c, 6)[-1]` of TA-Lib; the outer lines by statsmodels 0.15.0: two roots of
/// `OLS(c[-6:], add_constant(arange(6))).fit().mse_resid`, 1.849, off it. The closes are 1.5, -2.0,
/// -0.6, 1.9, -1.6 and 0.8 off the line, the width of the channel 7.4: within 30% of it, 2.2, is
/// the upper line, 3.7 off, on two days apart.
#[test]
fn channels_and_breakouts() {
    let view = example(&CLOSES);
    let line = "regression_channel(RUT, @2025-08-29, sessions: 6)";
    let outer = |bound| line.replace("6)", &format!("6, bound: {bound})"));
    let touches = |rest| format!("channel_touches(RUT, @2025-08-29, sessions: {rest})");
    let intact = |rest| format!("channel_intact(RUT, @2025-08-29, sessions: {rest})");
    assert_values(
        &view,
        &[
            (line, 116.190_476_190_476_19),
            (&outer("upper"), 119.888_609_567_761_3),
            (&outer("lower"), 112.492_342_813_191_02),
            (&touches("6, tolerance: 30%"), 2.0),
            (&touches("6, tolerance: 10%"), 0.0),
            (&touches("6, bound: lower, tolerance: 30%"), 2.0),
            // Highs of 107, 110 and 117 of a channel from 100 to 117: the last alone is within 5%.
            (&touches("12, channel: donchian"), 1.0),
            (&touches("12, channel: donchian, tolerance: 25%"), 1.0),
            // Within 23%, 3.9, of 100: 100, 102 and 101; then, after 104, 103.
            (&touches("12, channel: donchian, bound: lower, tolerance: 23%"), 2.0),
            (&intact("6"), 1.0),
            (&intact("6, side: down"), 0.0),
            // 107 and 110 rose above all before, 108 did not; 111 did.
            ("breakout(RUT, @2025-08-22, sessions: 6)", 1.0),
            ("breakout(RUT, @2025-08-25, sessions: 6)", 0.0),
            ("count(breakout(RUT, day, sessions: 4), since: 2025-08-20)", 5.0),
            ("count(breakout(RUT, day, sessions: 1, bound: lower), since: 2025-08-18)", 4.0),
            ("distance_from_high(RUT, @2025-08-28, sessions: 2)", 100.0 * (113.0 / 115.0 - 1.0)),
            ("distance_from_high(RUT, @2025-08-22, sessions: 4)", 0.0),
        ],
    );
}

#[test]
fn bars_that_lack() {
    let view = barred();
    let total = "donchian(IWM, @2025-08-29, sessions: 2, of: extremes, basis: total)";
    let both = "distance_from_high(RUT, @2025-08-29, since: 2025-08-20, sessions: 2)";
    assert_undefined(
        &view,
        &[
            ("atr(SPY, @2025-08-29)", "no_bars"),
            ("atr(IWM, @2025-08-29)", "too_short"),
            ("atr(IWM, @2025-08-29, sessions: 0)", "not_whole"),
            ("obv(IWM, @2025-08-29)", "period_kind"),
            ("mfi(IWM, @2025-08-29)", "too_short"),
            (total, "no_bars"),
            (both, "outside_domain"),
            ("distance_from_high(RUT, @2025-08-29, sessions: 13)", "too_short"),
            ("breakout(RUT, @2025-08-29, sessions: 12)", "too_short"),
            ("regression_channel(RUT, @2025-08-29, sessions: 2)", "too_short"),
            ("regression_channel(RUT, @2025-08-29, sessions: 4, width: 0)", "outside_domain"),
            ("channel_touches(RUT, @2025-08-29, sessions: 4, tolerance: -1%)", "outside_domain"),
            ("time_series_momentum(RUT, @2025-08-29)", "outside_calendar"),
        ],
    );
    let flat = CLOSES.map(|(day, _)| (day, 100.0));
    let touches = "channel_touches(RUT, @2025-08-29, sessions: 4)";
    assert_undefined(&example(&flat), &[(touches, "zero_variance")]);
    let still: Vec<_> = CLOSES.iter().map(|(day, _)| (*day, [1.0, 1.0, 1.0, 5.0])).collect();
    let still = example_bars(&still);
    assert_undefined(&still, &[("mfi(IWM, @2025-08-29, sessions: 4)", "zero_variance")]);
    assert_values(&still, &[("obv(IWM, 2025-08-14..2025-08-29)", 0.0)]);
    assert_values(&still, &[("atr(IWM, @2025-08-29, sessions: 4)", 0.0)]);
}

/// Neither a session without a bar nor one without a volume is bridged.
#[test]
fn a_gap_of_bars_is_not_bridged() {
    let whole = barred();
    let bars = whole.bars("IWM").expect("bars");
    let altered = |alter: fn(&Bar) -> Option<Bar>| {
        let rows = bars.rows().iter().filter_map(alter).collect();
        whole.clone().with_bars(&Bars::new("IWM", Unit::Money, "made up", rows))
    };
    let gap = Date::constant(2025, 8, 21);
    let gapped = altered(|bar| (bar.date != Date::constant(2025, 8, 21)).then_some(*bar));
    assert_undefined(
        &gapped,
        &[
            ("atr(IWM, @2025-08-29, sessions: 6)", "too_short"),
            ("atr(IWM, @2025-08-21, sessions: 2)", "no_observation"),
            ("obv(IWM, 2025-08-14..2025-08-29)", "too_short"),
        ],
    );
    assert_values(&gapped, &[("obv(IWM, 2025-08-22..2025-08-29)", 3400.0)]);
    let silent = altered(|bar| {
        let volume = bar.volume.filter(|_| bar.date != Date::constant(2025, 8, 21));
        Some(Bar { volume, ..*bar })
    });
    assert_undefined(&silent, &[("obv(IWM, 2025-08-14..2025-08-29)", "incomplete")]);
    assert_undefined(&silent, &[("mfi(IWM, @2025-08-29, sessions: 7)", "incomplete")]);
    assert_values(&silent, &[("obv(IWM, 2025-08-21..2025-08-29)", 5600.0)]);
    let eve = whole.until(Cutoff::end_of(gap));
    assert_undefined(&eve, &[("atr(IWM, @2025-08-22, sessions: 2)", "outside_coverage")]);
    assert!(eve.bars("IWM").is_ok_and(|bars| bars.rows().len() == 6));
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
    let found = rows("etf/IWM_ohlcv_daily.csv.gz", ["date", "high", "low", "close", "volume"]);
    let end: Date = found[found.len() - 1][0].parse().expect("a date");
    let calendar = Arc::new(Calendar::nyse(end, &[]));
    let bar = |cells: &[String; 5]| {
        let [high, low, close, volume] =
            [1, 2, 3, 4].map(|at: usize| cells[at].parse().expect("a number"));
        let date: Date = cells[0].parse().expect("a date");
        Bar { date, high, low, close, volume: Some(volume), known_at: calendar.close(date) }
    };
    let bars: Vec<Bar> = found.iter().map(bar).collect();
    let close =
        |bar: &Bar| Observation { date: bar.date, value: bar.close, known_at: bar.known_at };
    let rows = bars.iter().map(close).collect();
    let series = Series::new("IWM", Unit::Money, Frequency::Session, "csv", rows);
    let view = View::new("csv", Arc::clone(&calendar), Cutoff::end_of(end));
    let view = view.with_series("IWM", Basis::Price, &series);
    view.with_bars(&Bars::new("IWM", Unit::Money, "csv", bars))
}

/// The sessions of which TA-Lib's values on IWM are listed.
const DAYS: [&str; 3] = ["2010-06-30", "2020-03-18", "2025-09-26"];

/// `c = pandas.read_csv('IWM_ohlcv_daily.csv.gz', index_col='date').close`, whose numbers they are,
/// then `SMA(c, 200)`, `EMA(c, 50)`, `EMA(c, 200)`, `c / SMA(c, 200) - 1`, `RSI(c, 14)`,
/// `RSI(c, 2)`, `MACD(c, 12, 26, 9)`, `MAX(c, 20)`, `MIN(c, 55)`, `SMA(c, 50) > SMA(c, 200)`;
/// with `h`, `l`, `v` likewise `ATR(h, l, c, 14)`, `ATR(h, l, c, 20)`, `OBV(c, v)` less its first
/// value, `MFI(h, l, c, v, 14)`, `MAX(h, 20)`, `MIN(l, 55)`, `LINEARREG(c, 120)`,
/// `c / MAX(c, 252) - 1`.
const IWM: [(&str, [f64; 3]); 20] = [
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
    ("atr(IWM, @DAY)", [1.886_041_592, 7.690_177_527, 3.526_432_434]),
    ("atr(IWM, @DAY, sessions: 20)", [1.894_504_881, 6.457_060_206, 3.517_226_606]),
    ("obv(IWM, 2000-05-26..DAY)", [2_051_163_500.0, 4_205_844_600.0, 4_896_495_900.0]),
    ("mfi(IWM, @DAY)", [47.183_189_037, 40.034_638_713, 54.574_918_638]),
    ("donchian(IWM, @DAY, of: extremes)", [68.0, 169.110_001, 247.179_993]),
    (
        "donchian(IWM, @DAY, sessions: 55, bound: lower, of: extremes)",
        [60.700_001, 96.25, 212.339_996],
    ),
    (
        "regression_channel(IWM, @DAY, sessions: 120)",
        [68.429_461_463, 153.894_951_476, 243.441_870_403],
    ),
    (
        "distance_from_high(IWM, @DAY, sessions: 252)",
        [-17.550_247_574, -41.031_085_006, -1.429_505_006],
    ),
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
