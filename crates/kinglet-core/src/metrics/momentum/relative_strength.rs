//! Relative strength: the level of one entity over that of another, 100 on a base day.
//!
//! # Definition
//! $$ S = 100\, \frac{P_e / Q_e}{P_b / Q_b} $$
//! where $P$ and $Q$ are the closes of the two entities, $e$ the last session of the period and $b$
//! the last session on or before the last day of `base`. Above 100 the first has done better since
//! the base. Over a family, `relative_strength(RUT, SPX, month, base: 1999-12)`, it is the ratio
//! line of small and large companies. Not the relative strength index, `rsi`.
//!
//! # Undefined when
//! One of the four closes is missing (`no_observation`) or one but $P_e$ is not positive
//! (`not_positive`), the base is after the end (`period_empty`), there is no such series
//! (`no_series`), or the period ends after the data (`outside_coverage`).
//!
//! # Example
//! ```
//! # use kinglet_core::{query::{Evaluator, Query}, view::{example, example_series}};
//! use kinglet_core::identity::Basis::Price;
//! let view = example(&[("2025-07-31", 200.0), ("2025-08-29", 220.0)]).with_series("SPX", Price,
//!     &example_series("SPX", &[("2025-07-31", 50.0), ("2025-08-29", 50.0)]));
//! let text = "relative_strength(RUT, SPX, @2025-08-29, base: 2025-07)";
//! let query: Query = text.parse().unwrap();
//! assert_eq!(Evaluator::new(&view).answer(&query).display(), "110.00");
//! ```
//!
//! # References
//! Levy (1967), Relative Strength as a Criterion for Investment Selection, Journal of Finance
//! 22(4); Murphy (1999), Technical Analysis of the Financial Markets, chapter 17.

use crate::answer::{Outcome, Undefined, finite};
use crate::definition::params::{BASIS, OTHER, PERIOD, SUBJECT};
use crate::definition::{Definition, Golden, Law, Metric, Param, ParamKind, UnitRule};
use crate::quantity::Unit;
use crate::query::Scope;
use crate::time::Interval;

static BASE: Param = Param {
    named: true,
    ..Param::required("base", ParamKind::Bound, "the day, month or year at whose end it is 100")
};

/// See the header.
pub static METRIC: Metric = Metric {
    definition: Definition {
        name: "relative_strength",
        unit: UnitRule::Fixed(Unit::Ratio),
        spelling: None,
        params: &[&SUBJECT, &OTHER, &PERIOD, &BASE, &BASIS],
        example: "relative_strength(RUT, SPX, @2025-08-29, base: 1999-12)",
        phrases: &["a relative strength of {value}", "the ratio line at {value}"],
        code: None,
        revision: 1,
        source: include_str!("relative_strength.rs"),
    },
    compute,
    laws: &[Law::ScaleInvariant, Law::NotNegative],
    golden: &[Golden {
        query: "relative_strength(RUT, SPX, @2025-08-29, base: 1999-12)",
        want: 106.625_529_758,
        within: 0.000_001,
        from: "pandas 3.1.1 over the month ends of the facts: ratio = rut / spx; \
               100 * ratio['2025-08-29'] / ratio['1999-12-31']",
    }],
};

fn compute(scope: &Scope<'_>) -> Result<Outcome, Undefined> {
    let end = scope.end(&PERIOD)?;
    let bound = scope.bound(&BASE).expect("the base is required");
    let from = scope.calendar().on_or_before(bound.last_day())?;
    if from > end {
        return Err(Undefined::new("period_empty", format!("the base {bound} is after {end}")));
    }
    let (mut growths, mut rows) = (Vec::new(), Vec::new());
    for side in [&SUBJECT, &OTHER] {
        let series = scope.series(side, &BASIS)?;
        let (base, last) = scope.closes(series, (from, end))?;
        growths.push(scope.growth(series, base, last)?);
        rows.extend([base, last].map(|close| scope.row(series, close)));
    }
    if growths[1] <= 0.0 {
        let reason = format!("{} is not positive on {end}", scope.entity(&OTHER));
        return Err(Undefined::new("not_positive", reason));
    }
    Ok(Outcome {
        quantity: finite(100.0 * (growths[0] / growths[1]), Unit::Ratio)?,
        interval: Some(Interval::between(from, end)),
        rows,
        notices: Vec::new(),
    })
}
