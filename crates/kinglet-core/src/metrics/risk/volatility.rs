//! Volatility: the annualised standard deviation of daily returns over a period.
//!
//! # Definition
//! $$ \sigma = \sqrt{252}\,\sqrt{\frac{1}{n-1} \sum_{t=1}^{n} (u_t - \bar{u})^2} $$
//! $$ u_t = \ln (P_t / P_{t-1}) $$
//! where $P_0$ is the close of the base session of the period, $P_1 \dots P_n$ the closes of its
//! $n$ sessions, $u_t$ the logarithmic return of session $t$ and $\bar{u}$ their mean. The sample
//! standard deviation (divisor $n - 1$); 252 sessions to the year.
//!
//! # Undefined when
//! The period has fewer than two sessions (`too_short`), a close is missing (`incomplete`,
//! `no_observation`) or not positive (`not_positive`), there is no such series (`no_series`), or
//! the period ends after the data (`outside_coverage`).
//!
//! # Example
//! ```
//! # use kinglet_core::{query::{Evaluator, Query}, view::example};
//! let view = example(&[("2025-08-27", 100.0), ("2025-08-28", 101.0), ("2025-08-29", 100.0)]);
//! let query: Query = "volatility(RUT, 2d@2025-08-29)".parse().unwrap();
//! // The two returns are +u and -u with u = ln 1.01, so that s = u * sqrt(2).
//! let percent = Evaluator::new(&view).answer(&query).number().unwrap();
//! assert!((percent - 100.0 * 1.01_f64.ln() * 504.0_f64.sqrt()).abs() < 1e-9);
//! ```
//!
//! # References
//! Hull (2018), Options, Futures, and Other Derivatives, 10th edition, section 15.4.

use crate::answer::{Outcome, Undefined, finite};
use crate::definition::params::{BASIS, PERIOD, SUBJECT};
use crate::definition::{Definition, Golden, Law, Metric, UnitRule};
use crate::numeric::variance;
use crate::quantity::Unit;
use crate::query::Scope;
use crate::time::Interval;

/// See the header.
pub static METRIC: Metric = Metric {
    definition: Definition {
        name: "volatility",
        unit: UnitRule::Fixed(Unit::Fraction),
        spelling: None,
        params: &[&SUBJECT, &PERIOD, &BASIS],
        example: "volatility(RUT, 2025)",
        phrases: &["volatility of {value}", "a standard deviation of {value}"],
        revision: 1,
        source: include_str!("volatility.rs"),
    },
    compute,
    laws: &[Law::ScaleInvariant, Law::NotNegative],
    golden: &[Golden {
        query: "volatility(RUT, 2025)",
        want: 23.009_786_727,
        within: 0.000_001,
        from: "pandas 3.1.1 over the facts (month ends from their own table): \
               np.log(close).diff().loc['2025'].std() * 252 ** 0.5 * 100",
    }],
};

fn compute(scope: &Scope<'_>) -> Result<Outcome, Undefined> {
    let (from, to) = scope.change(&PERIOD)?;
    let series = scope.series(&SUBJECT, &BASIS)?;
    let closes = scope.path(series, (from, to))?;
    let returns = scope.log_returns(series, &closes)?;
    let variance = variance(&returns).ok_or_else(|| {
        let reason = format!("there are fewer than two sessions after {from} through {to}");
        Undefined::new("too_short", reason)
    })?;
    let (base, end) = (closes[0], closes[closes.len() - 1]);
    Ok(Outcome {
        quantity: finite((252.0 * variance).sqrt(), Unit::Fraction)?,
        interval: Some(Interval::between(from, to)),
        rows: vec![scope.row(series, base), scope.row(series, end)],
        notices: Vec::new(),
    })
}
