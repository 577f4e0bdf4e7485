//! Correlation: how closely the returns of two entities move together over a period.
//!
//! # Definition
//! $$ \rho = \frac{S_{uv}}{\sqrt{S_{uu} S_{vv}}} $$
//! $$ S_{uv} = \sum_{t=1}^{n} (u_t - \bar{u})(v_t - \bar{v}) $$
//! where $u_t = \ln (P_t / P_{t-1})$ and $v_t = \ln (Q_t / Q_{t-1})$ are the logarithmic returns
//! of the two in observation $t$, $P_0$ and $Q_0$ the closes of the base session of the period, $n$
//! the number of observations, and $\bar{u}$ and $\bar{v}$ the means: from session to session
//! (`grain: day`), from the end of a week to the next (`grain: week`) or from month-end to
//! month-end (`grain: month`). Pearson's coefficient, from -1 to 1; $S_{uu}$ and $S_{vv}$ are
//! formed as $S_{uv}$.
//!
//! # Undefined when
//! The period has fewer than two observations (`too_short`), a monthly one does not run from
//! month-end to month-end (`period_kind`), one of the two does not move (`zero_variance`), a close
//! is missing (`incomplete`, `no_observation`) or not positive (`not_positive`), there is no such
//! series (`no_series`), or the period ends after the data (`outside_coverage`).
//!
//! # Example
//! ```
//! # use kinglet_core::{query::{Evaluator, Query}, view::example};
//! let view = example(&[("2025-08-27", 100.0), ("2025-08-28", 101.0), ("2025-08-29", 99.0)]);
//! let query: Query = "correlation(RUT, RUT, 2d@2025-08-29)".parse().unwrap();
//! assert_eq!(Evaluator::new(&view).answer(&query).display(), "1.00");
//! ```
//!
//! # References
//! Pearson (1896), Mathematical Contributions to the Theory of Evolution III, Philosophical
//! Transactions of the Royal Society A 187, section 4; Hull (2018), section 23.7.

use crate::answer::{Outcome, Undefined, finite};
use crate::definition::params::{BASIS, GRAIN_DAILY, OTHER, PERIOD, SUBJECT};
use crate::definition::{ClaimCode, Definition, Golden, Law, Metric, UnitRule};
use crate::numeric::{mean, sum};
use crate::quantity::Unit;
use crate::query::{Sample, Scope, Steps};

/// See the header.
pub static METRIC: Metric = Metric {
    definition: Definition {
        name: "correlation",
        unit: UnitRule::Fixed(Unit::Ratio),
        spelling: None,
        params: &[&SUBJECT, &OTHER, &PERIOD, &GRAIN_DAILY, &BASIS],
        example: "correlation(RUT, SPX, 2025)",
        phrases: &["a correlation of {value}", "correlated at {value}"],
        code: Some(ClaimCode::Open("correlation")),
        revision: 1,
        source: include_str!("correlation.rs"),
    },
    compute,
    laws: &[Law::ScaleInvariant, Law::WithinOne],
    golden: &[
        Golden {
            query: "correlation(RUT, SPX, 2025)",
            want: 0.880_737_617_9,
            within: 0.000_000_01,
            from: "pandas 3.1.1 over the facts (month ends from their own table): \
                   np.log(frame).diff().loc['2025'].corr()",
        },
        Golden {
            query: "correlation(RUT, SPX, 2014..2023, grain: month)",
            want: 0.868_639_009,
            within: 0.000_000_01,
            from: "pandas 3.1.1, index_month_end.csv: \
                   np.log(frame).diff().loc['2014':'2023'].corr()",
        },
    ],
};

fn compute(scope: &Scope<'_>) -> Result<Outcome, Undefined> {
    let own = scope.steps(&SUBJECT, &GRAIN_DAILY)?;
    let other = scope.steps(&OTHER, &GRAIN_DAILY)?;
    let mut deviations = Vec::new();
    let mut rows = Vec::new();
    for Steps { series, closes, .. } in [&own, &other] {
        let returns = scope.log_returns(series, closes)?;
        let mean = mean(&returns).ok_or_else(Sample::still)?;
        deviations.push(returns.iter().map(|r| r - mean).collect::<Vec<f64>>());
        rows.extend([closes[0], closes[closes.len() - 1]].map(|close| scope.row(series, close)));
    }
    let product = |a: &[f64], b: &[f64]| sum(a.iter().zip(b).map(|(x, y)| x * y));
    let (u, v) = (&deviations[0], &deviations[1]);
    let scale = (product(u, u) * product(v, v)).sqrt();
    if scale == 0.0 {
        return Err(Undefined::new("zero_variance", "one of the two does not move"));
    }
    let coefficient = (product(u, v) / scale).clamp(-1.0, 1.0);
    Ok(Outcome {
        quantity: finite(coefficient, Unit::Ratio)?,
        interval: Some(own.interval()),
        rows,
        notices: vec![own.notice()],
    })
}
