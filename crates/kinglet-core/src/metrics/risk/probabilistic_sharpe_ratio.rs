//! Probabilistic Sharpe ratio: how sure it is that the true Sharpe ratio exceeds a target.
//!
//! # Definition
//! $$ P = \Phi\left( \frac{(\hat{S} - S^*)\sqrt{n - 1}}
//!   {\sqrt{1 - \gamma_3 \hat{S} + (\gamma_4 - 1) \hat{S}^2 / 4}} \right) $$
//! where $\Phi$ is the standard normal distribution, $\hat{S} = \bar{e} / s_e$ the Sharpe ratio of
//! one observation, $\gamma_3$ and $\gamma_4$ the skewness and kurtosis (3 of a normal law) of the
//! excess returns $e_t = u_t - f_t$, and $S^*$ the `target`, a yearly ratio, over $\sqrt{m}$;
//! $u_t$, $f_t$, $n$ and $m$ are those of `sharpe_ratio`.
//!
//! # Undefined when
//! As for `sharpe_ratio`.
//!
//! # Example
//! ```
//! # use kinglet_core::{query::Evaluator, view::example};
//! // Returns of 10%, -10% and 10%: a ratio of 0.2887, a skewness of -0.7071, a kurtosis of 1.5.
//! let view = example(&[
//!     ("2025-08-26", 100.0), ("2025-08-27", 110.0), ("2025-08-28", 99.0), ("2025-08-29", 108.9),
//! ]);
//! let text = "probabilistic_sharpe_ratio(RUT, 3d@2025-08-29, grain: day, rf: 0%)";
//! // The normal distribution of 0.2887 * sqrt(2) / sqrt(1 + 0.7071 * 0.2887 + 0.125 * 0.0833).
//! assert_eq!(Evaluator::new(&view).answer(&text.parse().unwrap()).display(), "64.45%");
//! ```
//!
//! # References
//! Bailey, Lopez de Prado (2012), The Sharpe Ratio Efficient Frontier, Journal of Risk 15(2),
//! equation 11.

use crate::answer::{Outcome, Undefined};
use crate::definition::params::{BASIS, GRAIN, PERIOD, RATE, SUBJECT};
use crate::definition::{Definition, Golden, Law, Metric, Param, ParamKind, UnitRule};
use crate::numeric::performance::{SharpeSample, excess};
use crate::quantity::Unit;
use crate::query::{Sample, Scope};

/// The ratio that is to be exceeded.
pub(super) static TARGET: Param = Param::with_default(
    "target",
    ParamKind::Number(Unit::Ratio),
    "0",
    "the yearly Sharpe ratio that is to be exceeded",
);

/// See the header.
pub static METRIC: Metric = Metric {
    definition: Definition {
        name: "probabilistic_sharpe_ratio",
        unit: UnitRule::Fixed(Unit::Fraction),
        spelling: None,
        params: &[&SUBJECT, &PERIOD, &TARGET, &GRAIN, &BASIS, &RATE],
        example: "probabilistic_sharpe_ratio(RUT, 2014..2023)",
        phrases: &["a probabilistic sharpe ratio of {value}", "a psr of {value}"],
        code: None,
        revision: 1,
        source: include_str!("probabilistic_sharpe_ratio.rs"),
    },
    compute,
    laws: &[Law::ScaleInvariant, Law::NotNegative, Law::WithinOne],
    golden: &[
        Golden {
            query: "probabilistic_sharpe_ratio(RUT, 2014..2023)",
            want: 83.561_116_052_7,
            within: 0.000_000_1,
            from: "SciPy 1.17.1, ex as for `sharpe_ratio`, sr = ex.mean() / ex.std(), v = 1 - \
                   skew(ex) * sr + (kurtosis(ex, fisher=False) - 1) / 4 * sr ** 2: norm.cdf(sr * \
                   sqrt(119) / sqrt(v))",
        },
        Golden {
            query: "probabilistic_sharpe_ratio(RUT, 2014..2023, target: 0.25)",
            want: 58.037_636_584_5,
            within: 0.000_000_1,
            from: "SciPy 1.17.1, ex as for `sharpe_ratio`, sr = ex.mean() / ex.std(), v = 1 - \
                   skew(ex) * sr + (kurtosis(ex, fisher=False) - 1) / 4 * sr ** 2: norm.cdf((sr - \
                   0.25 / sqrt(12)) * sqrt(119) / sqrt(v))",
        },
    ],
};

/// The ratio of one observation, with the shape of the excess returns.
pub(super) fn judged(scope: &Scope<'_>) -> Result<(Sample, SharpeSample), Undefined> {
    let mut sample = scope.sample(&SUBJECT)?;
    let riskless = scope.riskless(&mut sample)?;
    let excess = excess(&sample.returns, &riskless);
    let sharpe = SharpeSample::of(&excess).ok_or_else(Sample::still)?;
    Ok((sample, sharpe))
}

fn compute(scope: &Scope<'_>) -> Result<Outcome, Undefined> {
    let (sample, sharpe) = judged(scope)?;
    let target = scope.number(&TARGET) / sample.per_year.sqrt();
    sample.outcome(sharpe.probability_above(target), Unit::Fraction)
}
