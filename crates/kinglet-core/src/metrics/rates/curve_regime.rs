//! Curve regime: whether the yield curve steepened or flattened as a bull or a bear does.
//!
//! # Definition
//! $$ \Delta s = \Delta y_{long} - \Delta y_{short}, \qquad
//!    \Delta l = \tfrac{1}{2} (\Delta y_{long} + \Delta y_{short}) $$
//! where $\Delta y$ is the change over the period of the yields of the two maturities that the
//! curve names (see `yield_spread`). A steepener has $\Delta s > 0$, a flattener $\Delta s < 0$;
//! it is a bull's where yields fell, $\Delta l < 0$, and a bear's where they rose: a bull steepener
//! is led by falling short yields. By the yields of the days at the base and the end of the period;
//! where the data lack days, by the averages of its last month and of the month before it, and a
//! notice says so.
//!
//! Its phrases print no figure, so that the auditor reads no claim in them.
//!
//! # Undefined when
//! The curve is not of two known maturities or has no series (`no_series`), a yield is missing
//! (`no_observation`), the period is one moment (`period_kind`), or it ends after the data
//! (`outside_coverage`).
//!
//! # Example
//! ```
//! # use kinglet_core::{query::{Evaluator, Query}, view::{example, example_series}};
//! use kinglet_core::identity::Basis::Price;
//! // The 2-year yield falls by 0.24 points, the 10-year by 0.13.
//! let view = example(&[("2025-07-31", 1.0), ("2025-08-29", 1.0), ("2025-09-30", 1.0)])
//!     .with_series("GS2", Price,
//!         &example_series("GS2", &[("2025-07-01", 0.0394), ("2025-08-01", 0.037)]))
//!     .with_series("GS10", Price,
//!         &example_series("GS10", &[("2025-07-01", 0.0439), ("2025-08-01", 0.0426)]));
//! let answer = |text: &str| Evaluator::new(&view).answer(&text.parse().unwrap()).display();
//! assert_eq!(answer("curve_regime(CURVE:2s10s, 2025-08, regime: bull_steepener)"), "yes");
//! assert_eq!(answer("curve_regime(CURVE:2s10s, 2025-08, regime: bear_steepener)"), "no");
//! ```
//!
//! # References
//! Fabozzi (2016), Bond Markets, Analysis, and Strategies, 9th edition, chapter 23 (yield curve
//! strategies); the level as the mean of the two yields is kinglet's convention.

use super::treasury_yield::{Tenor, averaged, near_day};
use super::yield_spread::legs;
use crate::answer::{Outcome, Row, Undefined, finite};
use crate::columns::Series;
use crate::definition::params::{PERIOD, SUBJECT};
use crate::definition::{Definition, Golden, Law, Metric, Param, ParamKind, UnitRule};
use crate::quantity::Unit;
use crate::query::Scope;
use crate::time::{Date, Interval};

static REGIME: Param = Param {
    named: true,
    ..Param::required(
        "regime",
        ParamKind::Choice(&[
            "bull_steepener",
            "bear_steepener",
            "bull_flattener",
            "bear_flattener",
        ]),
        "whether the slope rose or fell, and the level of yields fell (bull) or rose (bear)",
    )
};

/// See the header.
pub static METRIC: Metric = Metric {
    definition: Definition {
        name: "curve_regime",
        unit: UnitRule::Fixed(Unit::Truth),
        spelling: None,
        params: &[&SUBJECT, &PERIOD, &REGIME],
        example: "curve_regime(CURVE:2s10s, 2025-08, regime: bull_steepener)",
        phrases: &["a bull steepener", "a bear steepener", "a bull flattener", "a bear flattener"],
        code: None,
        revision: 1,
        source: include_str!("curve_regime.rs"),
    },
    compute,
    laws: &[Law::ScaleInvariant],
    golden: &[
        Golden {
            query: "curve_regime(CURVE:2s10s, 2025-08, regime: bull_steepener)",
            want: 1.0,
            within: 0.0,
            from: "Federal Reserve, Release H.15, averages of July and August 2025: 2 years 3.88 \
                   and 3.70, 10 years 4.39 and 4.26",
        },
        Golden {
            query: "curve_regime(CURVE:2s10s, 2022, regime: bear_flattener)",
            want: 1.0,
            within: 0.0,
            from: "Federal Reserve, Release H.15, averages of December 2021 and 2022: 2 years 0.68 \
                   and 4.29, 10 years 1.47 and 3.62",
        },
    ],
};

/// The change of a yield between two days, with its rows.
struct Leg<'a> {
    series: &'a Series,
    change: f64,
    rows: [Row; 2],
}

impl<'a> Leg<'a> {
    fn of(scope: &Scope<'a>, tenor: Tenor, (base, end): (Date, Date)) -> Result<Self, Undefined> {
        let (series, before) = near_day(scope, tenor, base)?;
        let (_, now) = near_day(scope, tenor, end)?;
        let rows = [before, now].map(|row| scope.row(series, row));
        Ok(Leg { series, change: now.value - before.value, rows })
    }
}

fn compute(scope: &Scope<'_>) -> Result<Outcome, Undefined> {
    let (short, long) = legs(scope)?;
    let (base, end) = scope.change(&PERIOD)?;
    let (short, long) = (Leg::of(scope, short, (base, end))?, Leg::of(scope, long, (base, end))?);
    let (slope, level) = (long.change - short.change, long.change + short.change);
    let holds = match scope.choice(&REGIME) {
        "bull_steepener" => slope > 0.0 && level < 0.0,
        "bear_steepener" => slope > 0.0 && level > 0.0,
        "bull_flattener" => slope < 0.0 && level < 0.0,
        _ => slope < 0.0 && level > 0.0,
    };
    Ok(Outcome {
        quantity: finite(f64::from(u8::from(holds)), Unit::Truth)?,
        interval: Some(Interval::between(base, end)),
        notices: averaged([short.series, long.series]).into_iter().collect(),
        rows: short.rows.into_iter().chain(long.rows).collect(),
    })
}
