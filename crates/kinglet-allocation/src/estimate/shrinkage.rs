//! Covariances shrunk to a target, with the weight of the target from the data.
//!
//! A sample covariance S is drawn to a target F that has few parameters: δF + (1 − δ)S, where δ
//! makes the expected squared error least. Second moments are divided by the number of periods T,
//! as the authors do. Every sum over pairs of assets of fourth moments factors into sums over
//! periods, so that the only product of matrices is S itself.

use faer::Mat;
use rayon::prelude::*;

use super::covariance::Covariance;
use super::products::{Centred, strips};
use crate::error::AllocationError;
use crate::returns::Returns;
use crate::vector::dot;

/// Periods that one thread takes at a time.
const PERIODS: usize = 256;

/// What a covariance is shrunk to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Target {
    /// The mean variance on the diagonal, zero beside it (Ledoit and Wolf 2004, Journal of
    /// Multivariate Analysis 88, equation 14).
    ConstantVariance,
    /// Each asset's variance, and the mean correlation between any two (Ledoit and Wolf 2004,
    /// Journal of Portfolio Management 30, appendix).
    ConstantCorrelation,
    /// Each asset's variance, and what the mean of all assets explains (Ledoit and Wolf 2003,
    /// Journal of Empirical Finance 10, section 2).
    SingleFactor,
    /// The target of `ConstantVariance` with the weight that is best for normal returns (Chen,
    /// Wiesel, Eldar and Hero 2010, IEEE Transactions on Signal Processing 58, equation 23).
    OracleApproximating,
}

/// A shrunk covariance.
#[derive(Clone, Debug)]
pub struct Shrunk {
    /// The covariance per period.
    pub covariance: Covariance,
    /// What it was shrunk to.
    pub target: Target,
    /// The weight of the target, from 0 to 1.
    pub intensity: f64,
}

impl Target {
    /// The shrunk covariance of returns.
    pub fn shrink(self, returns: &Returns) -> Shrunk {
        let x = Centred::of(returns);
        let moments = Moments::of(&x);
        let mut full = x.gram(1.0 / moments.periods);
        let size = square_sum(&full);
        let shape = match self {
            Self::ConstantVariance | Self::OracleApproximating => moments.constant_variance(),
            Self::ConstantCorrelation => moments.constant_correlation(&x, &Pairs::of(&full, &full)),
            Self::SingleFactor => moments.single_factor(&x),
        };
        let intensity = match self {
            Self::OracleApproximating => moments.oracle(size),
            _ => moments.intensity(&shape, (size, size)),
        };
        blend(&mut full, intensity, |i, j| match &shape.target {
            Entries::Constant(mean) => {
                if i == j {
                    *mean
                } else {
                    0.0
                }
            }
            Entries::Product { variances, .. } if i == j => variances[i],
            Entries::Product { scale, vector, .. } => scale * vector[i] * vector[j],
        });
        Shrunk { covariance: Covariance::Dense(full), target: self, intensity }
    }
}

/// The weight of the target [`Target::ConstantCorrelation`] for a covariance S that is not that of
/// the returns, but of more or of other periods, or has another divisor; from 0 to 1. For the plain
/// covariance with divisor T it is the weight of [`Target::shrink`].
///
/// With m = X'X/T of the centred returns x, π = Σ E(xᵢxⱼ)² − 2mᵢⱼsᵢⱼ + sᵢⱼ² and so on: the sums of
/// the appendix of Ledoit and Wolf (2004), in which products of two entries of S are seen as what
/// they are an estimate of.
///
/// # Errors
/// `Shape` where the covariance is not of as many assets.
pub fn correlation_intensity(
    returns: &Returns,
    covariance: &Covariance,
) -> Result<f64, AllocationError> {
    let (expected, found) = (returns.assets(), covariance.assets());
    if found != expected {
        return Err(AllocationError::Shape { what: "rows of the covariance", expected, found });
    }
    let x = Centred::of(returns);
    let moments = Moments::of(&x);
    let (own, given) = (x.gram(1.0 / moments.periods), covariance.dense());
    let pairs = Pairs::of(&own, &given);
    let shape = moments.constant_correlation(&x, &pairs);
    Ok(moments.intensity(&shape, (square_sum(&given), pairs.cross)))
}

/// A target and what its weight needs of it, where S is the sample covariance.
struct Shape {
    target: Entries,
    /// Σ of the asymptotic covariances of the target's entries with those of S.
    noise: f64,
    /// ‖F − S‖² − ‖S‖².
    distance: f64,
}

enum Entries {
    /// On the diagonal; zero beside it.
    Constant(f64),
    /// Scale × vv' beside the diagonal, the variances on it.
    Product { scale: f64, vector: Vec<f64>, variances: Vec<f64> },
}

/// Moments of centred values; every one is a mean over periods.
struct Moments {
    periods: f64,
    assets: f64,
    /// Σ x² over assets in each period.
    squares: Vec<f64>,
    /// Σ E x².
    trace: f64,
    /// E (Σ x²)².
    fourth_total: f64,
}

impl Moments {
    fn of(x: &Centred<'_>) -> Self {
        let (periods, assets) = (x.rows() as f64, x.columns() as f64);
        let squares = across(x, |_, value| value * value);
        let trace = squares.iter().sum::<f64>() / periods;
        let fourth_total = mean_product(&squares, &squares);
        Self { periods, assets, squares, trace, fourth_total }
    }

    fn constant_variance(&self) -> Shape {
        let mean = self.trace / self.assets;
        Shape { target: Entries::Constant(mean), noise: 0.0, distance: -self.trace * mean }
    }

    fn oracle(&self, size: f64) -> f64 {
        let assets = self.assets;
        let mean = self.trace / assets;
        let (alpha, square) = (size / (assets * assets), mean * mean);
        let rest = (self.periods + 1.0) * (alpha - square / assets);
        if rest > 0.0 { ((alpha + square) / rest).min(1.0) } else { 1.0 }
    }

    /// By how much a shape is better than S, from ‖S‖² and the sum of the products of its entries
    /// with those of X'X/T.
    fn intensity(&self, shape: &Shape, (size, cross): (f64, f64)) -> f64 {
        let error = self.fourth_total - 2.0 * cross + size - shape.noise;
        (error / (shape.distance + size) / self.periods).clamp(0.0, 1.0)
    }

    fn constant_correlation(&self, x: &Centred<'_>, pairs: &Pairs) -> Shape {
        let assets = self.assets;
        let Pairs { variances, own, .. } = pairs;
        let fourths: f64 = means(x, |value| value * value * value * value).iter().sum();
        let deviations: Vec<f64> = variances.iter().map(|v| v.sqrt()).collect();
        let scaled = across(x, |i, value| value * deviations[i]);
        let cubes = across(x, |i, value| value * value * value / deviations[i]);
        let count = assets * (assets - 1.0);
        let mean = if count > 0.0 { pairs.correlations / count } else { 0.0 };
        let theta = mean_product(&cubes, &scaled) - fourths + pairs.theta;
        let squares = dot(variances, variances);
        let trace: f64 = variances.iter().sum();
        Shape {
            noise: fourths - 2.0 * dot(own, variances) + squares + mean * theta,
            distance: mean * mean * (trace * trace - squares) - 2.0 * mean * pairs.beside - squares,
            target: Entries::Product {
                scale: mean,
                vector: deviations,
                variances: variances.clone(),
            },
        }
    }

    fn single_factor(&self, x: &Centred<'_>) -> Shape {
        let assets = self.assets;
        let variances = means(x, |value| value * value);
        let fourths: f64 = means(x, |value| value * value * value * value).iter().sum();
        let market = across(x, |_, value| value / assets);
        let variance = mean_product(&market, &market);
        let beta =
            |i: usize| x.column(i).zip(&market).map(|(a, b)| a * b).sum::<f64>() / self.periods;
        let betas: Vec<f64> = (0..x.columns()).map(beta).collect();
        let fitted = across(x, |i, value| value * betas[i]);
        let cubes = across(x, |i, value| value * value * value * betas[i]);
        let fitted_squares = across(x, |i, v| v * v * betas[i] * betas[i]);
        let weighted = |of: fn(f64, f64) -> f64| -> f64 {
            variances.iter().zip(&betas).map(|(v, b)| of(*v, *b)).sum()
        };
        let own = dot(&variances, &variances);
        let diagonal = weighted(|v, b| v * b * b);
        let quadratic = mean_product(&fitted, &fitted) - diagonal;
        let outer = product(&self.squares, &market);
        let square = product(&market, &market);
        let first = mean_product(&outer, &fitted) - mean_product(&market, &cubes) - quadratic;
        let third = mean_product(&square, &product(&fitted, &fitted))
            - mean_product(&square, &fitted_squares)
            - variance * quadratic;
        let (two, four) = (weighted(|_, b| b * b), weighted(|_, b| b * b * b * b));
        let beside = 2.0 * first / variance - third / (variance * variance);
        Shape {
            target: Entries::Product { scale: 1.0 / variance, vector: betas, variances },
            noise: fourths - own + beside,
            distance: (two * two - four) / (variance * variance) - 2.0 * quadratic / variance - own,
        }
    }
}

/// Sums over pairs of assets of the entries of S and of m = X'X/T.
struct Pairs {
    /// The diagonal of S, and that of m.
    variances: Vec<f64>,
    own: Vec<f64>,
    /// Σ sᵢⱼmᵢⱼ of all entries.
    cross: f64,
    /// Of those beside the diagonal, with σᵢ² = sᵢᵢ: Σ sᵢⱼ/σᵢσⱼ and Σ σᵢσⱼsᵢⱼ.
    correlations: f64,
    beside: f64,
    /// Σ σⱼ/σᵢ (sᵢᵢsᵢⱼ − mᵢᵢsᵢⱼ − sᵢᵢmᵢⱼ), beside it.
    theta: f64,
}

impl Pairs {
    fn of(m: &Mat<f64>, s: &Mat<f64>) -> Self {
        let diagonal = |of: &Mat<f64>| (0..of.nrows()).map(|i| of[(i, i)]).collect::<Vec<f64>>();
        let (variances, own) = (diagonal(s), diagonal(m));
        let deviations: Vec<f64> = variances.iter().map(|v| v.sqrt()).collect();
        let excess: Vec<f64> = own.iter().zip(&variances).map(|(m, s)| 1.0 - m / s).collect();
        let column = |j: usize| {
            let mut sums = [0.0; 4];
            for (i, (m, s)) in m.col_as_slice(j).iter().zip(s.col_as_slice(j)).enumerate() {
                sums[0] += m * s;
                if i != j {
                    let scale = deviations[i] * deviations[j];
                    sums[1] += s / scale;
                    sums[2] += scale * s;
                    sums[3] += scale * (s * excess[i] - m);
                }
            }
            sums
        };
        let columns: Vec<[f64; 4]> = (0..s.ncols()).into_par_iter().map(column).collect();
        let sum = |at: usize| columns.iter().map(|sums| sums[at]).sum();
        let (cross, correlations, beside, theta) = (sum(0), sum(1), sum(2), sum(3));
        Self { variances, own, cross, correlations, beside, theta }
    }
}

/// In each period the sum over assets of a function of the value.
fn across(x: &Centred<'_>, of: impl Fn(usize, f64) -> f64 + Sync) -> Vec<f64> {
    let mut sums = vec![0.0; x.rows()];
    sums.par_chunks_mut(PERIODS).enumerate().for_each(|(part, sums)| {
        let start = part * PERIODS;
        for asset in 0..x.columns() {
            let values = x.part(asset, start..start + sums.len());
            sums.iter_mut().zip(values).for_each(|(sum, value)| *sum += of(asset, value));
        }
    });
    sums
}

/// For each asset the mean over periods of a function of the value.
fn means(x: &Centred<'_>, of: fn(f64) -> f64) -> Vec<f64> {
    let mean = |asset: usize| x.column(asset).map(of).sum::<f64>() / x.rows() as f64;
    (0..x.columns()).into_par_iter().map(mean).collect()
}

fn product(a: &[f64], b: &[f64]) -> Vec<f64> {
    a.iter().zip(b).map(|(a, b)| a * b).collect()
}

fn mean_product(a: &[f64], b: &[f64]) -> f64 {
    dot(a, b) / a.len() as f64
}

/// The sum of the squares of all entries.
fn square_sum(full: &Mat<f64>) -> f64 {
    let of = |i: usize| full.col_as_slice(i).iter().map(|v| v * v).sum::<f64>();
    let columns: Vec<f64> = (0..full.ncols()).into_par_iter().map(of).collect();
    columns.iter().sum()
}

fn blend(full: &mut Mat<f64>, intensity: f64, target: impl Fn(usize, usize) -> f64 + Sync) {
    let columns = strips(full.as_mut(), 1);
    columns.into_par_iter().enumerate().for_each(|(j, column)| {
        let Some(column) = column.col_mut(0).try_as_col_major_mut() else { return };
        for (i, value) in column.as_slice_mut().iter_mut().enumerate() {
            *value = intensity * target(i, j) + (1.0 - intensity) * *value;
        }
    });
}
