//! Risks of a portfolio: what they are, and how they stand in a conic problem.

use std::fmt;

use serde::{Deserialize, Serialize};

use crate::error::AllocationError;
use crate::problem::conic::{Affine, Model};

/// A convex measure of risk, positively homogeneous in the weights, per period.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "measure", rename_all = "kebab-case", deny_unknown_fields)]
pub enum Risk {
    /// The standard deviation, by the covariance.
    Volatility,
    /// The root of the mean square of the returns below zero.
    Semideviation,
    /// The mean absolute deviation from the mean (Konno and Yamazaki 1991).
    Mad,
    /// The mean loss in the worst share `alpha` of periods (Rockafellar and Uryasev 2000).
    Cvar {
        /// The share.
        alpha: f64,
    },
    /// The mean of the worst share `alpha` of drawdowns of summed returns (Chekhlov, Uryasev and
    /// Zabarankin 2005).
    Cdar {
        /// The share.
        alpha: f64,
    },
    /// The entropic bound of the CVaR (Ahmadi-Javid 2012).
    Evar {
        /// The share.
        alpha: f64,
    },
}

impl fmt::Display for Risk {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Risk::Volatility => write!(f, "volatility"),
            Risk::Semideviation => write!(f, "semideviation"),
            Risk::Mad => write!(f, "mean absolute deviation"),
            Risk::Cvar { alpha } => write!(f, "CVaR of the worst {}%", percent(*alpha)),
            Risk::Cdar { alpha } => write!(f, "CDaR of the worst {}%", percent(*alpha)),
            Risk::Evar { alpha } => write!(f, "EVaR of the worst {}%", percent(*alpha)),
        }
    }
}

/// A share in percent without the noise of the multiplication.
fn percent(share: f64) -> f64 {
    (share * 1e8).round() / 1e6
}

impl Risk {
    /// That its parameter makes sense.
    pub(crate) fn allowed(self) -> Result<(), AllocationError> {
        let (Risk::Cvar { alpha } | Risk::Cdar { alpha } | Risk::Evar { alpha }) = self else {
            return Ok(());
        };
        if alpha > 0.0 && alpha < 1.0 {
            return Ok(());
        }
        Err(AllocationError::Parameter { name: "alpha", value: alpha, allowed: "between 0 and 1" })
    }

    /// The risk of returns that are as likely as is said.
    pub(crate) fn of(self, history: &[f64], odds: &[f64]) -> f64 {
        let pairs = || history.iter().copied().zip(odds.iter().copied());
        let mean = |of: &dyn Fn(f64) -> f64| pairs().map(|(value, p)| p * of(value)).sum::<f64>();
        match self {
            Risk::Volatility => {
                let (center, count) = (mean(&|value| value), history.len() as f64);
                let variance = mean(&|value| (value - center) * (value - center));
                (variance * count / (count - 1.0)).sqrt()
            }
            Risk::Semideviation => mean(&|value| value.min(0.0) * value).sqrt(),
            Risk::Mad => {
                let center = mean(&|value| value);
                mean(&|value| (value - center).abs())
            }
            Risk::Cvar { alpha } => worst(pairs().map(|(value, p)| (-value, p)).collect(), alpha),
            Risk::Cdar { alpha } => {
                worst(drawdowns(history).into_iter().zip(odds.iter().copied()).collect(), alpha)
            }
            Risk::Evar { alpha } => entropic(history, odds, alpha),
        }
    }

    /// An expression that is at least the risk of a portfolio whose return in each period is
    /// given; of those of the mean it is the least such.
    pub(crate) fn bound(self, model: &mut Model, (history, odds): (&[Affine], &[f64])) -> Affine {
        let count = history.len() as f64;
        match self {
            Risk::Volatility | Risk::Semideviation => {
                let first = model.variables(history.len() + 1);
                let top = Affine::variable(first);
                let mut rows = vec![top.clone().times(count.sqrt())];
                for (at, value) in history.iter().enumerate() {
                    let short = Affine::variable(first + 1 + at);
                    model.nonnegative(short.clone());
                    model.nonnegative(short.clone().plus(value));
                    rows.push(short.times((odds[at] * count).sqrt()));
                }
                model.norm(rows);
                top
            }
            Risk::Mad => {
                let mut center = Affine::default();
                for (value, p) in history.iter().zip(odds) {
                    center = center.plus(&value.clone().times(*p));
                }
                // A variable of its own keeps the rows as short as those of the returns.
                let mean = Affine::variable(model.variables(1));
                model.zero(center.minus(&mean));
                let short = history.iter().map(|value| mean.clone().minus(value)).collect();
                let shorts = positive_parts(model, short);
                // Deviations below and above the mean have the same sum.
                expected(shorts, odds).times(2.0)
            }
            Risk::Cvar { alpha } => {
                let losses = history.iter().map(|value| value.clone().times(-1.0)).collect();
                worst_bound(model, (losses, odds), alpha)
            }
            Risk::Cdar { alpha } => {
                let first = model.variables(history.len());
                for (at, value) in history.iter().enumerate() {
                    let drawdown = Affine::variable(first + at);
                    model.nonnegative(drawdown.clone());
                    let before = at.checked_sub(1).map(|at| Affine::variable(first + at));
                    let before = before.unwrap_or_default();
                    model.nonnegative(drawdown.minus(&before).plus(value));
                }
                let drawdowns = (first..first + history.len()).map(Affine::variable).collect();
                worst_bound(model, (drawdowns, odds), alpha)
            }
            Risk::Evar { alpha } => {
                let (level, scale) = (model.variables(1), model.variables(1));
                let (level, scale) = (Affine::variable(level), Affine::variable(scale));
                let first = model.variables(history.len());
                let mut sum = Affine::default();
                for (at, value) in history.iter().enumerate() {
                    let part = Affine::variable(first + at);
                    let loss = value.clone().times(-1.0).minus(&level);
                    model.exponential([loss, scale.clone(), part.clone()]);
                    sum = sum.plus(&part.times(odds[at] * count));
                }
                model.nonnegative(scale.clone().minus(&sum));
                level.plus(&scale.times(-libm::log(alpha * count)))
            }
        }
    }
}

/// Variables that are at least zero and at least the expressions.
fn positive_parts(model: &mut Model, expressions: Vec<Affine>) -> Vec<Affine> {
    let first = model.variables(expressions.len());
    let part = |(at, expression): (usize, Affine)| {
        let part = Affine::variable(first + at);
        model.nonnegative(part.clone());
        model.nonnegative(part.clone().minus(&expression));
        part
    };
    expressions.into_iter().enumerate().map(part).collect()
}

fn expected(expressions: Vec<Affine>, odds: &[f64]) -> Affine {
    let pairs = expressions.into_iter().zip(odds);
    pairs.fold(Affine::default(), |sum, (value, p)| sum.plus(&value.times(*p)))
}

/// At least the mean of the worst share of losses.
fn worst_bound(model: &mut Model, (losses, odds): (Vec<Affine>, &[f64]), alpha: f64) -> Affine {
    let level = Affine::variable(model.variables(1));
    let beyond = losses.into_iter().map(|loss| loss.minus(&level)).collect();
    let beyond = expected(positive_parts(model, beyond), odds);
    level.plus(&beyond.times(1.0 / alpha))
}

/// The mean of the worst share of losses, the last of them in part.
fn worst(mut losses: Vec<(f64, f64)>, alpha: f64) -> f64 {
    losses.sort_by(|a, b| b.0.total_cmp(&a.0));
    let mut left = alpha;
    let parts = losses.iter().map(|&(loss, p)| {
        let part = p.min(left);
        left -= part;
        part * loss
    });
    parts.sum::<f64>() / alpha
}

/// By how much the sum of returns is below its highest so far, from zero on.
fn drawdowns(history: &[f64]) -> Vec<f64> {
    let mut drawdown: f64 = 0.0;
    let next = |value: &f64| {
        drawdown = (drawdown - value).max(0.0);
        drawdown
    };
    history.iter().map(next).collect()
}

/// The least over z of z · ln(mean of exp(-return / z) / alpha), which is convex in z.
fn entropic(history: &[f64], odds: &[f64], alpha: f64) -> f64 {
    let worst = history.iter().fold(f64::NEG_INFINITY, |worst, value| worst.max(-value));
    let at = |log_scale: f64| {
        let scale = libm::exp(log_scale);
        let parts = history.iter().zip(odds);
        let parts = parts.map(|(value, p)| p * libm::exp((-value - worst) / scale));
        worst + scale * libm::log(parts.sum::<f64>() / alpha)
    };
    let spread = history.iter().fold(1e-300, |most: f64, value| most.max(value.abs()));
    let (mut low, mut high) = (libm::log(spread) - 12.0, libm::log(spread) + 12.0);
    const GOLDEN: f64 = 0.618_033_988_749_894_9;
    const STEPS: usize = 100;
    for _ in 0..STEPS {
        let width = GOLDEN * (high - low);
        match at(high - width) < at(low + width) {
            true => high = low + width,
            false => low = high - width,
        }
    }
    at(0.5 * (low + high)).min(worst)
}
