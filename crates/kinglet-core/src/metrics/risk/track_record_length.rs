//! Minimum track record: how many observations make a Sharpe ratio credible.
//!
//! # Definition
//! $$ L = 1 + \Big(1 - \gamma_3 \hat{S} + \frac{\gamma_4 - 1}{4} \hat{S}^2\Big)
//!   \Big(\frac{\Phi^{-1}(c)}{\hat{S} - S^*}\Big)^2 $$
//! observations, not rounded, with the symbols of `probabilistic_sharpe_ratio`, which would reach
//! $c$, the `confidence`, if so many observations went on like those of the period.
//!
//! # Undefined when
//! The ratio does not exceed the target, or the confidence is not between 50% and 100%
//! (`outside_domain`); and as for `sharpe_ratio`.
//!
//! # Example
//! ```
//! # use kinglet_core::{query::Evaluator, view::example};
//! // Returns of 10%, -10% and 10%: a ratio of 0.2887, a skewness of -0.7071, a kurtosis of 1.5.
//! let view = example(&[
//!     ("2025-08-26", 100.0), ("2025-08-27", 110.0), ("2025-08-28", 99.0), ("2025-08-29", 108.9),
//! ]);
//! let text = "track_record_length(RUT, 3d@2025-08-29, grain: day, rf: 0%)";
//! let value = Evaluator::new(&view).answer(&text.parse().unwrap()).number().unwrap();
//! assert!((value - (1.0 + 1.214_541 * (1.644_854_f64 / 0.288_675).powi(2))).abs() < 0.001);
//! ```
//!
//! # References
//! Bailey, Lopez de Prado (2012), The Sharpe Ratio Efficient Frontier, Journal of Risk 15(2),
//! equation 13.

use super::probabilistic_sharpe_ratio::{TARGET, judged};
use crate::answer::{Outcome, Undefined};
use crate::definition::params::{BASIS, GRAIN, PERIOD, RATE, SUBJECT};
use crate::definition::{Definition, Golden, Law, Metric, Param, ParamKind, UnitRule};
use crate::quantity::Unit;
use crate::query::Scope;

static CONFIDENCE: Param = Param::optional(
    "confidence",
    ParamKind::Number(Unit::Fraction),
    "how sure to be, between 50% and 100%; default: 95%",
);

/// See the header.
pub static METRIC: Metric = Metric {
    definition: Definition {
        name: "track_record_length",
        unit: UnitRule::Fixed(Unit::Count),
        spelling: None,
        params: &[&SUBJECT, &PERIOD, &TARGET, &CONFIDENCE, &GRAIN, &BASIS, &RATE],
        example: "track_record_length(RUT, 2014..2023, target: -1)",
        phrases: &["a minimum track record length of {value} months"],
        code: None,
        revision: 1,
        source: include_str!("track_record_length.rs"),
    },
    compute,
    laws: &[Law::ScaleInvariant, Law::NotNegative],
    golden: &[Golden {
        query: "track_record_length(RUT, 2014..2023)",
        want: 338.587_858_780,
        within: 0.000_001,
        from: "SciPy 1.17.1, ex as for `sharpe_ratio`, sr = ex.mean() / ex.std(), v = 1 - skew(ex) \
               * sr + (kurtosis(ex, fisher=False) - 1) / 4 * sr ** 2: 1 + v * (norm.ppf(0.95) / \
               sr) ** 2",
    }],
};

fn compute(scope: &Scope<'_>) -> Result<Outcome, Undefined> {
    let confidence = scope.number_given(&CONFIDENCE).unwrap_or(0.95);
    if !(confidence > 0.5 && confidence < 1.0) {
        let reason = "the confidence lies between 50% and 100%";
        return Err(Undefined::new("outside_domain", reason));
    }
    let (sample, sharpe) = judged(scope)?;
    let target = scope.number(&TARGET) / sample.per_year.sqrt();
    let length = sharpe.length_above(target, confidence).ok_or_else(|| {
        Undefined::new("outside_domain", "the ratio does not exceed the target, however long")
    })?;
    sample.outcome(length, Unit::Count)
}
