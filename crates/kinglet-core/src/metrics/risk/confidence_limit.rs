//! Confidence limit: one end of the interval of a statistic, by a stationary bootstrap.
//!
//! # Definition
//! $$ L = \hat{\theta}_{(1 - c) / 2} \quad\text{(lower)} $$
//! $$ L = \hat{\theta}_{(1 + c) / 2} \quad\text{(upper)} $$
//! where $c$ is the `level` (95% if left out) and $\hat{\theta}_p$ the $p$-quantile, linear between
//! neighbours, of the values that the query takes on so many other histories as `draws` says
//! (percentile method). A history is a stationary bootstrap of the one that was: the steps of its
//! period (from month-end to month-end, `grain: month`; weeks; sessions) in blocks whose length is
//! geometric with the mean `block`, each beginning anywhere, the first step following the last. All
//! series of the query are reordered alike: closes by their growth in each step, the riskless rate
//! and the factors with it. If left out, `block` is the length that Politis and White give for the
//! returns, the longest of the series of the query, at least 1: the best for a mean; for squares,
//! as in `volatility`, a longer one may be better. The numbers follow from the `seed` alone
//! (SplitMix64).
//!
//! # Undefined when
//! The query has no value, or none in one of the other histories (its code); it rests on one day
//! (`period_kind`); there are fewer than nine steps or nothing moves (`too_short`, if `block` is
//! left out); `block` is below 1, the level not between 0% and 100% (`outside_domain`), `draws` or
//! `seed` no whole number (`not_whole`), or steps times draws more than 20 million (`too_long`).
//!
//! # Example
//! ```
//! # use kinglet_core::{query::{Evaluator, Query}, view::example};
//! // Returns of 10%, -10% and 10%: a history of three steps gains at most 33.1%, and loses at
//! // most 27.1%.
//! let view = example(&[
//!     ("2025-08-26", 100.0), ("2025-08-27", 110.0), ("2025-08-28", 99.0), ("2025-08-29", 108.9),
//! ]);
//! let answer = |side: &str| {
//!     let text = format!(
//!         "confidence_limit(return(RUT, 3d@2025-08-29), side: {side}, level: 99%, grain: day, \
//!          block: 1)"
//!     );
//!     Evaluator::new(&view).answer(&text.parse().unwrap()).display()
//! };
//! assert_eq!(answer("lower"), "-27.10%");
//! assert_eq!(answer("upper"), "33.10%");
//! ```
//!
//! # References
//! Politis, Romano (1994), The Stationary Bootstrap, Journal of the American Statistical
//! Association 89; Politis, White (2004), Automatic Block-Length Selection for the Dependent
//! Bootstrap, Econometric Reviews 23, with the correction of Patton, Politis, White (2009),
//! Econometric Reviews 28; Efron, Tibshirani (1993), An Introduction to the Bootstrap, section
//! 13.3.

use crate::answer::{Notice, Outcome, Undefined, finite};
use crate::definition::params::GRAIN;
use crate::definition::{Definition, Golden, Law, Metric, Param, ParamKind, UnitRule};
use crate::numeric::bootstrap::{Blocks, Bootstrap};
use crate::numeric::performance::quantile;
use crate::quantity::Unit;
use crate::query::Scope;

/// As many steps of histories are computed at most.
const STEPS_MAX: usize = 20_000_000;

static STATISTIC: Param = Param::required(
    "query",
    ParamKind::Statistic,
    "a query with one value over a period: sharpe_ratio(RUT, 2014..2023)",
);
static SIDE: Param = Param {
    name: "side",
    kind: ParamKind::Choice(&["lower", "upper"]),
    named: true,
    default: None,
    optional: false,
    doc: "the lower or the upper end of the interval",
};
static LEVEL: Param = Param::optional(
    "level",
    ParamKind::Number(Unit::Fraction),
    "how often such intervals hold the true value; default: 95%",
);
static BLOCK: Param = Param::optional(
    "block",
    ParamKind::Number(Unit::Ratio),
    "the mean length of a block, in steps; default: as Politis and White",
);
static DRAWS: Param = Param::with_default(
    "draws",
    ParamKind::Number(Unit::Ratio),
    "1000",
    "how many other histories are drawn",
);
static SEED: Param = Param::with_default(
    "seed",
    ParamKind::Number(Unit::Ratio),
    "1",
    "from which the random numbers follow",
);

/// See the header.
pub static METRIC: Metric = Metric {
    definition: Definition {
        name: "confidence_limit",
        unit: UnitRule::Query,
        spelling: None,
        params: &[&STATISTIC, &SIDE, &LEVEL, &GRAIN, &BLOCK, &DRAWS, &SEED],
        example: "confidence_limit(sharpe_ratio(RUT, 2014..2023), side: lower, draws: 200)",
        phrases: &[
            "a confidence limit of {value}",
            "a lower confidence limit of {value}",
            "an upper confidence limit of {value}",
        ],
        code: None,
        revision: 2,
        source: include_str!("confidence_limit.rs"),
    },
    compute,
    laws: &[Law::ScaleInvariant],
    golden: &[Golden {
        query: "confidence_limit(sharpe_ratio(RUT, 2014..2023), side: lower, draws: 200)",
        want: -0.268_725_165_6,
        within: 0.000_000_01,
        from: "Python 3.11 with numpy 2.4.6, written apart: SplitMix64, the blocks of the \
               definition with the length of arch 8.0.0, numpy.quantile",
    }],
};

fn compute(scope: &Scope<'_>) -> Result<Outcome, Undefined> {
    let level = scope.number_given(&LEVEL).unwrap_or(0.95);
    if !(level > 0.0 && level < 1.0) {
        let reason = "a level of confidence lies between 0% and 100%";
        return Err(Undefined::new("outside_domain", reason));
    }
    let (draws, seed) = (scope.whole(&DRAWS)?, scope.whole(&SEED)?);
    let history = scope.history(&STATISTIC, &GRAIN)?;
    let steps = history.steps();
    if steps.saturating_mul(usize::from(draws)) > STEPS_MAX {
        let reason = format!("{draws} histories of {steps} steps are more than {STEPS_MAX} steps");
        return Err(Undefined::new("too_long", reason));
    }
    let block = match scope.number_given(&BLOCK) {
        Some(block) if block >= 1.0 => block,
        Some(_) => return Err(Undefined::new("outside_domain", "a block has at least one step")),
        None => history.block().ok_or_else(|| {
            let reason = format!("no length of blocks follows from {steps} steps; `block` sets it");
            Undefined::new("too_short", reason)
        })?,
    };
    let bootstrap = Bootstrap::new(steps, Blocks::Stationary(block), u64::from(seed));
    let values = bootstrap.orders(0..usize::from(draws)).map(|order| history.value(&order));
    let values: Vec<f64> =
        values.collect::<Result<_, Undefined>>().map_err(|why| match why.code {
            "incomplete" => Undefined::new(why.code, format!("{}; try `grain: day`", why.reason)),
            _ => why,
        })?;
    let side = if scope.choice(&SIDE) == "upper" { 1.0 + level } else { 1.0 - level };
    let limit = quantile(&values, side / 2.0).unwrap_or(f64::NAN);
    let mut outcome = history.outcome;
    outcome.quantity = finite(limit, outcome.quantity.unit)?;
    let grain = scope.choice(&GRAIN);
    let text = format!(
        "{draws} histories of {steps} {grain}s in blocks of {block:.2} on average, seed {seed}"
    );
    outcome.notices.push(Notice { code: "resampled", text });
    Ok(outcome)
}
