//! Correlation: how closely the daily returns of two entities move together over a period.
//!
//! # Definition
//! $$ \rho = \frac{S_{uv}}{\sqrt{S_{uu} S_{vv}}} $$
//! $$ S_{uv} = \sum_{t=1}^{n} (u_t - \bar{u})(v_t - \bar{v}) $$
//! where $u_t = \ln (P_t / P_{t-1})$ and $v_t = \ln (Q_t / Q_{t-1})$ are the logarithmic returns
//! of the two in session $t$, $P_0$ and $Q_0$ the closes of the base session of the period, $n$
//! the number of its sessions, and $\bar{u}$ and $\bar{v}$ the means. Pearson's coefficient, from
//! -1 to 1; $S_{uu}$ and $S_{vv}$ are formed as $S_{uv}$.
//!
//! # Undefined when
//! The period has fewer than two sessions (`too_short`), one of the two does not move
//! (`zero_variance`), a close is missing (`incomplete`, `no_observation`) or not positive
//! (`not_positive`), there is no such series (`no_series`), or the period ends after the data
//! (`outside_coverage`).
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
use crate::definition::params::{BASIS, PERIOD, SUBJECT};
use crate::definition::{Definition, Golden, Law, Metric, Param, ParamKind, UnitRule};
use crate::numeric::{mean, sum};
use crate::quantity::Unit;
use crate::query::Scope;
use crate::time::Interval;

static OTHER: Param = Param::required("other", ParamKind::Entity, "the other side: SPX, IWM");

/// See the header.
pub static METRIC: Metric = Metric {
    definition: Definition {
        name: "correlation",
        unit: UnitRule::Fixed(Unit::Ratio),
        spelling: None,
        params: &[&SUBJECT, &OTHER, &PERIOD, &BASIS],
        example: "correlation(RUT, SPX, 2025)",
        phrases: &["a correlation of {value}", "correlated at {value}"],
        revision: 1,
        source: include_str!("correlation.rs"),
    },
    compute,
    laws: &[Law::ScaleInvariant, Law::WithinOne],
    golden: &[Golden {
        query: "correlation(RUT, SPX, 2025)",
        want: 0.880_737_617_9,
        within: 0.000_000_01,
        from: "pandas 3.1.1 over the facts (month ends from their own table): \
               np.log(frame).diff().loc['2025'].corr()",
    }],
};

fn compute(scope: &Scope<'_>) -> Result<Outcome, Undefined> {
    let (from, to) = scope.change(&PERIOD)?;
    let sides = [scope.series(&SUBJECT, &BASIS)?, scope.series(&OTHER, &BASIS)?];
    let mut deviations = Vec::new();
    let mut rows = Vec::new();
    for series in sides {
        let closes = scope.path(series, (from, to))?;
        let returns = scope.log_returns(series, &closes)?;
        let mean = mean(&returns).filter(|_| returns.len() >= 2).ok_or_else(|| {
            let reason = format!("there are fewer than two sessions after {from} through {to}");
            Undefined::new("too_short", reason)
        })?;
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
        interval: Some(Interval::between(from, to)),
        rows,
        notices: Vec::new(),
    })
}
