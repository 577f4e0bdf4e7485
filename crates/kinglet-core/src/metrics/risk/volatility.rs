//! Volatility: the annualised standard deviation of returns over a period, by day if not otherwise.
//!
//! # Definition
//! $$ \sigma = \sqrt{m}\,\sqrt{\frac{1}{n-1} \sum_{t=1}^{n} (u_t - \bar{u})^2} $$
//! $$ u_t = \ln (P_t / P_{t-1}) $$
//! where $P_0$ is the close of the base session of the period, $P_1 \dots P_n$ the closes of its
//! $n$ observations, $u_t$ the logarithmic return of observation $t$ and $\bar{u}$ their mean: from
//! session to session (`grain: day`, $m = 252$ a year), from the end of a week to the next
//! (`grain: week`, $m = 52$) or from month-end to month-end (`grain: month`, $m = 12$). The sample
//! standard deviation (divisor $n - 1$).
//!
//! # Undefined when
//! The period has fewer than two observations (`too_short`), a monthly one does not run from
//! month-end to month-end (`period_kind`), a close is missing (`incomplete`, `no_observation`) or
//! not positive (`not_positive`), there is no such series (`no_series`), or the period ends after
//! the data (`outside_coverage`).
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
use crate::definition::params::{BASIS, GRAIN_DAILY, PERIOD, SUBJECT};
use crate::definition::{ClaimCode, Definition, Golden, Law, Metric, UnitRule};
use crate::numeric::variance;
use crate::quantity::Unit;
use crate::query::{Sample, Scope, Steps};

/// See the header.
pub static METRIC: Metric = Metric {
    definition: Definition {
        name: "volatility",
        unit: UnitRule::Fixed(Unit::Fraction),
        spelling: None,
        params: &[&SUBJECT, &PERIOD, &GRAIN_DAILY, &BASIS],
        example: "volatility(RUT, 2025)",
        phrases: &[
            "volatility of {value}",
            "annualized volatility of {value}",
            "a standard deviation of {value}",
        ],
        code: Some(ClaimCode::Open("volatility")),
        revision: 1,
        source: include_str!("volatility.rs"),
    },
    compute,
    laws: &[Law::ScaleInvariant, Law::NotNegative],
    golden: &[
        Golden {
            query: "volatility(RUT, 2025)",
            want: 23.009_786_727,
            within: 0.000_001,
            from: "pandas 3.1.1 over the facts (month ends from their own table): \
                   np.log(close).diff().loc['2025'].std() * 252 ** 0.5 * 100",
        },
        Golden {
            query: "volatility(RUT, 2025, grain: week)",
            want: 20.034_577_391,
            within: 0.000_001,
            from: "pandas 3.1.1 over the facts, close.resample('W-SUN').last(): \
                   np.log(week).diff().loc['2025'].std() * 52 ** 0.5 * 100",
        },
        Golden {
            query: "volatility(RUT, 2014..2023, grain: month)",
            want: 20.417_251_742,
            within: 0.000_001,
            from: "pandas 3.1.1, index_month_end.csv: \
                   np.log(close).diff().loc['2014':'2023'].std() * 12 ** 0.5 * 100",
        },
    ],
};

fn compute(scope: &Scope<'_>) -> Result<Outcome, Undefined> {
    let steps = scope.steps(&SUBJECT, &GRAIN_DAILY)?;
    let Steps { series, closes, .. } = &steps;
    let returns = scope.log_returns(series, closes)?;
    let variance = variance(&returns).ok_or_else(Sample::still)?;
    let (base, end) = (closes[0], closes[closes.len() - 1]);
    Ok(Outcome {
        quantity: finite((steps.per_year() * variance).sqrt(), Unit::Fraction)?,
        interval: Some(steps.interval()),
        rows: vec![scope.row(series, base), scope.row(series, end)],
        notices: vec![steps.notice()],
    })
}
