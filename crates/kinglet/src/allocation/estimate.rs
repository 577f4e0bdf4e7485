//! Expected returns and covariances by name.

use kinglet_allocation::estimate::{Covariance, Target, exponential, sample, semi};
use kinglet_allocation::problem::named;
use kinglet_allocation::views::implied;
use kinglet_allocation::{AllocationError, Returns};
use kinglet_core::diagnostic::Diagnostic;

use super::asked::{Asked, unknown};

/// The names of the estimates of expected returns.
pub const MEANS: &[&str] = &["historical", "compounded", "equilibrium"];
/// The names of the estimates of covariances; some take a number: `ew:60`.
pub const COVARIANCES: &[&str] = &[
    "sample",
    "ew:HALF-LIFE",
    "semi",
    "ledoit-wolf",
    "ledoit-wolf-correlation",
    "ledoit-wolf-factor",
    "oas",
];

/// A covariance per year with what its estimate chose.
pub(super) struct Estimated {
    pub(super) covariance: Covariance,
    pub(super) shrinkage: Option<f64>,
}

/// Expected returns per year.
pub(super) fn mean(
    asked: &Asked,
    returns: &Returns,
    covariance: &Covariance,
) -> Result<Result<Vec<f64>, AllocationError>, Diagnostic> {
    let per_year = returns.periods_per_year();
    let assets = (0..returns.assets()).map(|asset| returns.asset(asset));
    match asked.mean.as_str() {
        "historical" => {
            let mean = |values: &[f64]| values.iter().sum::<f64>() / values.len() as f64;
            Ok(Ok(assets.map(|values| per_year * mean(values)).collect()))
        }
        "compounded" => {
            let growth = |values: &[f64]| {
                let total: f64 = values.iter().map(|value| value.ln_1p()).sum();
                (per_year * total / values.len() as f64).exp_m1()
            };
            Ok(Ok(assets.map(growth).collect()))
        }
        "equilibrium" => Ok(equilibrium(asked, returns, covariance)),
        _ => Err(unknown("estimate of expected returns", &asked.mean, MEANS)),
    }
}

/// The returns for which the weights of the market are the best (Black and Litterman 1992).
fn equilibrium(
    asked: &Asked,
    returns: &Returns,
    covariance: &Covariance,
) -> Result<Vec<f64>, AllocationError> {
    let mut market = vec![1.0 / returns.assets() as f64; returns.assets()];
    if !asked.market.is_empty() {
        market = named(returns.names(), &asked.market, "market")?;
    }
    let premia = implied(covariance, &market, asked.aversion);
    Ok(premia.into_iter().map(|premium| asked.risk_free + premium).collect())
}

/// The covariance per year.
pub(super) fn covariance(
    name: &str,
    returns: &Returns,
) -> Result<Result<Estimated, AllocationError>, Diagnostic> {
    let (kind, number) = name.split_once(':').map_or((name, None), |(k, n)| (k, Some(n)));
    let number = number.map(str::parse::<f64>).transpose();
    let shrunk = |target: Target| {
        let shrunk = target.shrink(returns);
        Ok(Estimated { covariance: shrunk.covariance, shrinkage: Some(shrunk.intensity) })
    };
    let plain = |covariance| Estimated { covariance, shrinkage: None };
    let estimated = match (kind, number) {
        ("sample", Ok(None)) => Ok(plain(sample(returns))),
        ("ew", Ok(Some(half_life))) => exponential(returns, half_life).map(plain),
        ("semi", Ok(None)) => Ok(plain(semi(returns, 0.0))),
        ("ledoit-wolf", Ok(None)) => shrunk(Target::ConstantVariance),
        ("ledoit-wolf-correlation", Ok(None)) => shrunk(Target::ConstantCorrelation),
        ("ledoit-wolf-factor", Ok(None)) => shrunk(Target::SingleFactor),
        ("oas", Ok(None)) => shrunk(Target::OracleApproximating),
        _ => return Err(unknown("estimate of covariances", name, COVARIANCES)),
    };
    let yearly = |estimated: Estimated| Estimated {
        covariance: estimated.covariance.scaled(returns.periods_per_year()),
        ..estimated
    };
    Ok(estimated.map(yearly))
}
