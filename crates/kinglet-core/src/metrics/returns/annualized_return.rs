//! Annualised return: the yearly rate that, compounded, gives the return over a period.
//!
//! # Definition
//! $$ r = (P_e / P_b)^{1/y} - 1 $$
//! where $P_b$ and $P_e$ are the closes at both ends, as for `return`, and $y$ is the length in
//! years: of a trailing or rolling period in years or months as written (`10y@…` is 10, `18m@…`
//! 1.5), else the calendar days from base to end divided by 365.25.
//!
//! # Undefined when
//! The period is shorter than a year (`too_short`; the GIPS standards forbid to annualise it), one
//! of the two closes is missing (`no_observation`), there is no such series (`no_series`), the
//! base or the end is not positive (`not_positive`), or the period ends after the data
//! (`outside_coverage`).
//!
//! # Example
//! ```
//! # use kinglet_core::{query::{Evaluator, Query}, view::example};
//! let view = example(&[("2023-08-31", 100.0), ("2025-08-29", 121.0)]);
//! let query: Query = "annualized_return(RUT, 2y@2025-08-31)".parse().unwrap();
//! let percent = Evaluator::new(&view).answer(&query).number().unwrap();
//! assert!((percent - 10.0).abs() < 1e-9);
//! ```
//!
//! # References
//! CFA Institute (2020), Global Investment Performance Standards for Firms, provision 4.A.2;
//! Bacon (2008), Practical Portfolio Performance Measurement and Attribution, equation 2.27.

use crate::answer::{Outcome, Undefined, finite};
use crate::definition::params::{BASIS, PERIOD, SUBJECT};
use crate::definition::{ClaimCode, Definition, Golden, Law, Metric, UnitRule};
use crate::quantity::Unit;
use crate::query::Scope;
use crate::time::{Interval, LengthUnit, Period};

/// See the header.
pub static METRIC: Metric = Metric {
    definition: Definition {
        name: "annualized_return",
        unit: UnitRule::Fixed(Unit::Fraction),
        spelling: None,
        params: &[&SUBJECT, &PERIOD, &BASIS],
        example: "annualized_return(RUT, 10y@2025-12-31)",
        phrases: &[
            "returned {value} a year",
            "gained {value} a year",
            "returned {value} annualized",
            "an annualized return of {value}",
            "a compound annual return of {value}",
        ],
        code: Some(ClaimCode::Settled("annualized_return")),
        revision: 1,
        source: include_str!("annualized_return.rs"),
    },
    compute,
    laws: &[Law::ScaleInvariant],
    golden: &[Golden {
        query: "annualized_return(SPX, 10y@2025-12-31)",
        want: 12.847_957_565,
        within: 0.000_001,
        from: "Python 3.11, csv over the facts: 100 * ((end / base) ** 0.1 - 1)",
    }],
};

fn compute(scope: &Scope<'_>) -> Result<Outcome, Undefined> {
    let (from, to) = scope.change(&PERIOD)?;
    let series = scope.series(&SUBJECT, &BASIS)?;
    let (base, end) = scope.closes(series, (from, to))?;
    let years = match scope.period(&PERIOD) {
        Period::Trailing(length, _) | Period::Rolling(length, _) | Period::Forward(length)
            if matches!(length.unit, LengthUnit::Years | LengthUnit::Months) =>
        {
            length.in_years()
        }
        _ => f64::from((to - from).get_days()) / 365.25,
    };
    if years < 0.995 {
        let reason = format!("a return over {years:.2} years is not annualised");
        return Err(Undefined::new("too_short", reason));
    }
    let growth = scope.growth(series, base, end)?;
    if growth <= 0.0 {
        let reason = format!("{} is not positive on {to}", series.id);
        return Err(Undefined::new("not_positive", reason));
    }
    Ok(Outcome {
        quantity: finite(libm::pow(growth, 1.0 / years) - 1.0, Unit::Fraction)?,
        interval: Some(Interval::between(from, to)),
        rows: vec![scope.row(series, base), scope.row(series, end)],
        notices: Vec::new(),
    })
}
