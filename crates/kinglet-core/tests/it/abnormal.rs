//! Abnormal returns and their tests against numpy 2.4.6, scipy 1.17.1 and statsmodels 0.15.0: a
//! regression by `OLS`, variances as 1'(I + X*(X'X)⁻¹X*')1 with the whole matrix of the event
//! window, `scipy.stats.ttest_1samp`, `rankdata`, `binomtest`, the remaining formulas with arrays.

use kinglet_core::numeric::abnormal::{Abnormal, Expected, Layout};
use kinglet_core::numeric::confidence::Bounds;
use kinglet_core::numeric::multiple;
use kinglet_core::numeric::significance::{self, CalendarTime, Correlations, Finding};
use proptest::prelude::*;

const LENGTH: usize = 100;
const PLACES: [usize; 5] = [60, 60, 62, 75, 90];
const LAYOUT: Layout = Layout { estimation: 40, gap: 2, first: -1, last: 3 };

fn market() -> Vec<f64> {
    (0..100_i32).map(|t| f64::from((t * t * 7 + t * 3) % 89 - 44) / 1000.0).collect()
}

fn factor() -> Vec<f64> {
    (0..100_i32).map(|t| f64::from((t * t * 5 + t * 13) % 83 - 41) / 1000.0).collect()
}

/// A firm that follows the market by 0.5, 0.75, 1 … and has a life of its own.
fn firm(i: i32) -> Vec<f64> {
    let own = |t: i32| f64::from((t * t * (i + 5) + 31 * t * i + 17 * i) % 97 - 48) / 1000.0;
    let follows = 0.5 + 0.25 * f64::from(i);
    (0..100_i32).zip(market()).map(|(t, m)| own(t) + follows * m).collect()
}

fn events(expected: Expected<'_>) -> Vec<Abnormal> {
    let event = |(firm_number, place): (i32, &usize)| {
        let windows = LAYOUT.around(*place, LENGTH).expect("within the series");
        Abnormal::new(&firm(firm_number), expected, &windows).expect("it moves")
    };
    (0..).zip(&PLACES).map(event).collect()
}

fn near(found: f64, want: f64) {
    assert!((found - want).abs() <= 1e-9 * want.abs(), "{found}, not {want}");
}

/// The cumulated abnormal return, its variance and that of residuals of the first two events.
#[test]
fn models() {
    let market = market();
    let factors = [market.clone(), factor()];
    for (expected, want) in [
        (
            Expected::Regression(&[]),
            [
                [-0.027_062_5, 0.003_975_193_810_1, 0.000_706_701_121_795],
                [0.011_593_75, 0.006_144_717_322_72, 0.001_092_394_190_71],
            ],
        ),
        (
            Expected::Regression(&factors[..1]),
            [
                [-0.028_219_238_049_5, 0.003_491_493_278_52, 0.000_620_672_780_783],
                [0.009_645_011_239_11, 0.004_636_383_223_02, 0.000_824_196_593_908],
            ],
        ),
        (
            Expected::Regression(&factors),
            [
                [-0.033_870_691_697_4, 0.003_596_458_599_18, 0.000_628_524_067_031],
                [0.007_591_249_320_18, 0.004_836_829_555_72, 0.000_845_293_696_58],
            ],
        ),
        (
            Expected::Benchmark(&market),
            [
                [0.01, 0.004_710_093_75, 0.000_942_018_75],
                [0.033, 0.004_549_179_687_5, 0.000_909_835_937_5],
            ],
        ),
    ] {
        for (event, [car, variance, residual]) in events(expected).iter().zip(want) {
            near(event.cumulated(), car);
            near(event.cumulated_variance(), variance);
            near(event.variance, residual);
            near(event.standardised(), car / variance.sqrt());
        }
    }
}

#[test]
fn tests_of_significance() {
    let on = [market()];
    let events = events(Expected::Regression(&on));
    let pairs = Correlations::of(&events).expect("estimation windows overlap");
    let together = pairs.mean();
    near(together, 0.044_879_327_895_395_32);
    let portfolio = CalendarTime::of(&events);
    for (found, [statistic, p_value]) in [
        (significance::patell(&events), [-0.938_677_266_579_181_7, 0.347_896_468_763_884_25]),
        (
            significance::patell_adjusted(&events, together),
            [-0.864_299_258_347_508_1, 0.387_423_517_494_170_8],
        ),
        (significance::boehmer(&events), [-1.110_135_008_268_077_6, 0.329_178_694_602_977_94]),
        (
            significance::boehmer_adjusted(&events, together),
            [-0.998_970_724_532_095_9, 0.374_343_087_489_880_5],
        ),
        (significance::rank(&events, &pairs), [-1.132_702_724_208_639_4, 0.320_633_145_424_333_4]),
        (
            significance::sign_generalised(&events, &pairs),
            [-0.402_349_864_454_042_47, 0.687_426_561_706_807_7],
        ),
        (portfolio.test(), [-1.141_471_132_974_133_8, 0.270_470_581_804_726_44]),
        (portfolio.alpha(&on), [-1.093_812_262_328_347_7, 0.291_292_119_577_829_97]),
    ] {
        let found = found.expect("it is defined");
        near(found.statistic, statistic);
        near(found.p_value, p_value);
    }
}

/// scipy 1.17.1: `binomtest(14, 17, 0.67).pvalue`; the statistic by hand: (14 - 11.39) / √3.7587.
#[test]
fn signs() {
    let Finding { statistic, p_value } = significance::sign(14, 17, 0.67).expect("outcomes");
    near(statistic, 2.61 / 3.7587_f64.sqrt());
    near(p_value, 0.207_791_909_656_149_94);
    assert_eq!(significance::sign(0, 0, 0.5), None);
    assert_eq!(significance::sign(3, 2, 0.5), None);
    assert_eq!(significance::sign(2, 2, 1.0), None);
}

/// What studies too small, windows outside and series that do not move come to.
#[test]
fn undefined() {
    assert_eq!(LAYOUT.around(42, LENGTH), None);
    assert_eq!(LAYOUT.around(97, LENGTH), None);
    let windows = Layout { last: -2, ..LAYOUT }.around(60, LENGTH);
    assert_eq!(windows, None);
    let windows = LAYOUT.around(60, LENGTH).expect("inside");
    let of = |returns: &[f64], on: &[Vec<f64>]| {
        Abnormal::new(returns, Expected::Regression(on), &windows).is_some()
    };
    assert!(of(&firm(0), &[market()]));
    assert!(!of(&[0.01; LENGTH], &[]));
    assert!(!of(&firm(0)[..62], &[market()]));
    assert!(!of(&firm(0), &[market()[..62].to_vec()]));
    assert!(!of(&firm(0), &[vec![0.0; LENGTH]]));
    let market = market();
    let events = events(Expected::Benchmark(&market));
    assert_eq!(significance::boehmer(&events[..1]), None);
    assert_eq!(significance::patell(&[]), None);
    let pairs = Correlations::of(&events).expect("estimation windows overlap");
    assert_eq!(significance::rank(&[], &pairs), None);
    assert_eq!(significance::sign_generalised(&[], &pairs), None);
    assert!(Correlations::of(&events[..1]).is_none());
    assert_eq!(CalendarTime::of(&[]).test(), None);
    let longer = Layout { estimation: 41, ..LAYOUT }.around(60, LENGTH).expect("inside");
    let longer = Abnormal::new(&firm(0), Expected::Benchmark(&market), &longer).expect("it moves");
    assert_eq!(significance::rank(&[events[0].clone(), longer], &pairs), None);
    // Event windows at one time, estimation windows apart: nothing is known of what they share.
    let early = Layout { estimation: 20, gap: 20, ..LAYOUT }.around(60, LENGTH).expect("inside");
    let late = Layout { estimation: 20, gap: 0, ..LAYOUT }.around(60, LENGTH).expect("inside");
    let apart = [early, late].map(|windows| {
        Abnormal::new(&firm(0), Expected::Benchmark(&market), &windows).expect("it moves")
    });
    assert!(Correlations::of(&apart).is_none());
    assert!(!significance::are_apart(&apart));
    assert!(significance::are_apart(&events[3..]));
}

/// Windows at the same places share all; of five places two apart they share three, if nothing is
/// estimated.
#[test]
fn what_windows_share() {
    let market = market();
    let events = events(Expected::Benchmark(&market));
    near(events[0].shared(&events[1]), 1.0);
    near(events[0].shared(&events[2]), 0.6);
    assert_eq!(events[0].shared(&events[4]), 0.0);
}

proptest! {
    /// The market model does not see what follows the market, nor a constant; it keeps the scale.
    #[test]
    fn beyond_the_market(constant in -0.1..0.1, slope in -3.0..3.0, scale in 0.1..10.0) {
        let on = [market()];
        let other = firm(1).into_iter().zip(&on[0]).map(|(r, m)| scale * r + constant + slope * m);
        let other: Vec<f64> = other.collect();
        let windows = LAYOUT.around(60, LENGTH).expect("inside");
        let of = |returns: &[f64]| {
            Abnormal::new(returns, Expected::Regression(&on), &windows).expect("it moves")
        };
        let (plain, other) = (of(&firm(1)), of(&other));
        prop_assert!(f64::abs(plain.cumulated() * scale - other.cumulated()) < 1e-10);
        prop_assert!(f64::abs(plain.standardised() - other.standardised()) < 1e-8);
        prop_assert!((plain.shared(&other) - 1.0).abs() < 1e-10);
    }

    /// Bounds hold the share they are of, and are wider the surer one wants to be.
    #[test]
    fn bounds_of_shares(hits in 0_usize..50, misses in 0_usize..50, level in 0.5..0.99) {
        let count = hits + misses;
        let Some(bounds) = Bounds::of_share(hits as f64 / count as f64, count, level) else {
            prop_assert_eq!(count, 0);
            return Ok(());
        };
        let share = hits as f64 / count as f64;
        prop_assert!(0.0 <= bounds.low && bounds.low <= share + 1e-12);
        prop_assert!(share - 1e-12 <= bounds.high && bounds.high <= 1.0);
        let surer = Bounds::of_share(share, count, 0.995).expect("trials");
        prop_assert!(surer.low <= bounds.low && bounds.high <= surer.high);
    }

    /// Corrections make nothing more probable than all trials together, nor less than it was, and
    /// keep the order.
    #[test]
    fn corrections(p_values in prop::collection::vec(0.0..1.0, 1..12)) {
        let most = p_values.len() as f64;
        for adjusted in [multiple::sidak(&p_values), multiple::holm(&p_values)] {
            for (at, p) in p_values.iter().enumerate() {
                prop_assert!(*p <= adjusted[at] + 1e-12);
                prop_assert!(adjusted[at] <= (most * p).min(1.0) + 1e-12);
                for (other, q) in p_values.iter().enumerate() {
                    prop_assert!(p > q || adjusted[at] <= adjusted[other]);
                }
            }
        }
    }
}
