//! Expected returns per period.

use faer::linalg::solvers::Solve;
use faer::{MatRef, Side};

use super::covariance::Covariance;
use super::sample::decay;
use crate::error::AllocationError;
use crate::returns::Returns;
use crate::vector::dot;

/// The arithmetic mean of each asset.
pub fn historical(returns: &Returns) -> Vec<f64> {
    (0..returns.assets()).map(|asset| arithmetic(returns.asset(asset))).collect()
}

/// The constant return with which each asset would have come to the same wealth:
/// Π(1 + r)^(1/T) − 1.
pub fn compound(returns: &Returns) -> Vec<f64> {
    (0..returns.assets()).map(|asset| geometric(returns.asset(asset))).collect()
}

/// Σr / T of the returns of one asset.
pub fn arithmetic(returns: &[f64]) -> f64 {
    returns.iter().sum::<f64>() / returns.len() as f64
}

/// Π(1 + r)^(1/T) − 1 of the returns of one asset.
pub fn geometric(returns: &[f64]) -> f64 {
    let logs: f64 = returns.iter().map(|r| libm::log1p(*r)).sum();
    libm::expm1(logs / returns.len() as f64)
}

/// Means in which a period counts half as much as one that is a half-life later.
pub fn exponential_mean(returns: &Returns, half_life: f64) -> Result<Vec<f64>, AllocationError> {
    Ok(weighted_mean(returns, &decay(returns.rows(), half_life)?))
}

/// Means in which each period counts with its probability.
pub fn weighted_mean(returns: &Returns, probabilities: &[f64]) -> Vec<f64> {
    (0..returns.assets()).map(|asset| dot(returns.asset(asset), probabilities)).collect()
}

/// What means are drawn to, and by how much.
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum MeanShrinkage {
    /// To the mean of all means by (tr Σ − 2λ₁) / (T ‖μ − b‖²), λ₁ the largest eigenvalue of Σ
    /// (James and Stein 1961; Meucci 2005, Risk and Asset Allocation, equation 4.138).
    JamesStein,
    /// To the return of the minimum-variance portfolio by (N + 2) / (N + 2 + T (μ − b)'Σ⁻¹(μ − b))
    /// (Jorion 1986, Journal of Financial and Quantitative Analysis 21, equation 17).
    BayesStein,
}

/// Shrunk means.
#[derive(Clone, Debug, PartialEq)]
pub struct ShrunkMean {
    /// The mean of each asset.
    pub mean: Vec<f64>,
    /// What the means were drawn to.
    pub target: f64,
    /// The weight of the target, from 0 to 1.
    pub intensity: f64,
}

impl MeanShrinkage {
    /// The shrunk means of returns; the covariance is that of the returns.
    pub fn shrink(
        self,
        returns: &Returns,
        covariance: &Covariance,
    ) -> Result<ShrunkMean, AllocationError> {
        let means = historical(returns);
        let (assets, periods) = (means.len() as f64, returns.rows() as f64);
        let (target, raw) = match self {
            Self::JamesStein => {
                let target = means.iter().sum::<f64>() / assets;
                let trace: f64 = covariance.diagonal().iter().sum();
                let spread = trace - 2.0 * covariance.condition()?.largest;
                let off: f64 = means.iter().map(|m| (m - target) * (m - target)).sum();
                (target, if off > 0.0 { spread / off / periods } else { 1.0 })
            }
            Self::BayesStein => {
                let ones = vec![1.0; means.len()];
                let calm = inverse_times(covariance, &ones)?;
                let target = dot(&calm, &means) / calm.iter().sum::<f64>();
                let off: Vec<f64> = means.iter().map(|m| m - target).collect();
                let distance = dot(&off, &inverse_times(covariance, &off)?);
                (target, (assets + 2.0) / (assets + 2.0 + periods * distance))
            }
        };
        let intensity = raw.clamp(0.0, 1.0);
        let mean = means.iter().map(|m| intensity * target + (1.0 - intensity) * m).collect();
        Ok(ShrunkMean { mean, target, intensity })
    }
}

/// The capital asset pricing model: risk-free rate + β (market's expected return − risk-free rate),
/// with β the slope of each asset on the market (Sharpe 1964, Journal of Finance 19).
pub fn capm(
    returns: &Returns,
    market: &[f64],
    expected: f64,
    risk_free: f64,
) -> Result<Vec<f64>, AllocationError> {
    let rows = returns.rows();
    if market.len() != rows {
        let (what, expected, found) = ("returns of the market", rows, market.len());
        return Err(AllocationError::Shape { what, expected, found });
    }
    let mean = market.iter().sum::<f64>() / rows as f64;
    let centred: Vec<f64> = market.iter().map(|m| m - mean).collect();
    let variance = dot(&centred, &centred);
    if variance.is_nan() || variance <= 0.0 {
        return Err(AllocationError::ConstantColumn { asset: "the market".to_owned() });
    }
    let beta = |asset| dot(returns.asset(asset), &centred) / variance;
    let premium = expected - risk_free;
    Ok((0..returns.assets()).map(|asset| risk_free + beta(asset) * premium).collect())
}

/// Income and growth: yield + growth + change of valuation, each per period and for each asset
/// (Grinold and Kroner 2002, Investment Insights 5, without changes of the number of shares).
pub fn yield_plus_growth(
    yields: &[f64],
    growth: &[f64],
    valuation: &[f64],
) -> Result<Vec<f64>, AllocationError> {
    for (what, part) in [("rates of growth", growth), ("changes of valuation", valuation)] {
        if part.len() != yields.len() {
            let (expected, found) = (yields.len(), part.len());
            return Err(AllocationError::Shape { what, expected, found });
        }
    }
    let parts = yields.iter().zip(growth).zip(valuation);
    Ok(parts.map(|((income, growth), valuation)| income + growth + valuation).collect())
}

/// Σ⁻¹b.
fn inverse_times(covariance: &Covariance, b: &[f64]) -> Result<Vec<f64>, AllocationError> {
    let purpose = "the return of the minimum-variance portfolio";
    let factor = covariance.dense().llt(Side::Lower);
    let factor = factor.map_err(|_| AllocationError::NotPositiveDefinite { purpose })?;
    let solved = factor.solve(MatRef::from_column_major_slice(b, b.len(), 1));
    Ok(solved.col_as_slice(0).to_vec())
}
