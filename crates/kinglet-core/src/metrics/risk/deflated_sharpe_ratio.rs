//! Deflated Sharpe ratio: how sure it is that the best of many trials is more than luck.
//!
//! # Definition
//! $$ D = P(S_0), \qquad S_0 = \sigma\,(1 - \gamma)\,\Phi^{-1}(1 - 1/N) +
//!   \sigma\,\gamma\,\Phi^{-1}(1 - 1/(N e)) $$
//! where $P(S_0)$ is `probabilistic_sharpe_ratio` with the target $S_0$: the highest ratio that $N$
//! independent `trials` without merit would be expected to reach; $\gamma = 0.5772\ldots$, and
//! $\sigma$ is the `spread`, the standard deviation of the yearly Sharpe ratios of the trials. Of
//! one trial $S_0 = 0$.
//!
//! # Undefined when
//! `trials` is below one or `spread` negative (`outside_domain`); and as for `sharpe_ratio`.
//!
//! # Example
//! ```
//! # use kinglet_core::{query::Evaluator, view::example};
//! // Returns of 10%, -10% and 10%; of a single trial it is the probabilistic Sharpe ratio.
//! let view = example(&[
//!     ("2025-08-26", 100.0), ("2025-08-27", 110.0), ("2025-08-28", 99.0), ("2025-08-29", 108.9),
//! ]);
//! let answer = |text: &str| Evaluator::new(&view).answer(&text.parse().unwrap()).display();
//! let about = "RUT, 3d@2025-08-29, grain: day, rf: 0%";
//! assert_eq!(answer(&format!("deflated_sharpe_ratio({about}, trials: 1)")), "64.45%");
//! assert_eq!(answer(&format!("deflated_sharpe_ratio({about}, trials: 100)")), "60.57%");
//! ```
//!
//! # References
//! Bailey, Lopez de Prado (2014), The Deflated Sharpe Ratio, Journal of Portfolio Management 40(5),
//! equations 1 and 2.

use super::probabilistic_sharpe_ratio::judged;
use crate::answer::{Outcome, Undefined};
use crate::definition::params::{BASIS, GRAIN, PERIOD, RATE, SUBJECT};
use crate::definition::{Definition, Golden, Law, Metric, Param, ParamKind, UnitRule};
use crate::numeric::performance::expected_highest;
use crate::quantity::Unit;
use crate::query::Scope;

static TRIALS: Param = Param {
    named: true,
    ..Param::required(
        "trials",
        ParamKind::Number(Unit::Ratio),
        "of how many independent trials it is the best",
    )
};

static SPREAD: Param = Param::with_default(
    "spread",
    ParamKind::Number(Unit::Ratio),
    "0.5",
    "the standard deviation of the yearly Sharpe ratios of the trials",
);

/// See the header.
pub static METRIC: Metric = Metric {
    definition: Definition {
        name: "deflated_sharpe_ratio",
        unit: UnitRule::Fixed(Unit::Fraction),
        spelling: None,
        params: &[&SUBJECT, &PERIOD, &TRIALS, &SPREAD, &GRAIN, &BASIS, &RATE],
        example: "deflated_sharpe_ratio(RUT, 2014..2023, trials: 20)",
        phrases: &["a deflated sharpe ratio of {value}"],
        code: None,
        revision: 1,
        source: include_str!("deflated_sharpe_ratio.rs"),
    },
    compute,
    laws: &[Law::ScaleInvariant, Law::NotNegative, Law::WithinOne],
    golden: &[Golden {
        query: "deflated_sharpe_ratio(RUT, 2014..2023, trials: 20, spread: 0.2)",
        want: 42.077_255_729_6,
        within: 0.000_000_1,
        from: "SciPy 1.17.1, ex as for `sharpe_ratio`, sr = ex.mean() / ex.std(), v = 1 - skew(ex) \
               * sr + (kurtosis(ex, fisher=False) - 1) / 4 * sr ** 2, s0 = 0.2 / sqrt(12) * ((1 - \
               g) * norm.ppf(19 / 20) + g * norm.ppf(1 - 1 / (20 * e))): norm.cdf((sr - s0) * \
               sqrt(119) / sqrt(v))",
    }],
};

fn compute(scope: &Scope<'_>) -> Result<Outcome, Undefined> {
    let (trials, spread) = (scope.number(&TRIALS), scope.number(&SPREAD));
    if trials < 1.0 || spread < 0.0 {
        let reason = "there is at least one trial, and a standard deviation is not negative";
        return Err(Undefined::new("outside_domain", reason));
    }
    let (sample, sharpe) = judged(scope)?;
    let hurdle = spread / sample.per_year.sqrt() * expected_highest(trials);
    sample.outcome(sharpe.probability_above(hurdle), Unit::Fraction)
}
