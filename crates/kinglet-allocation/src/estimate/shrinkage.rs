//! Covariances shrunk to a target, with the weight of the target from the data.
//!
//! A sample covariance S is drawn to a target F that has few parameters: δF + (1 − δ)S, where δ
//! makes the expected squared error least. Second moments are divided by the number of periods T,
//! as the authors do. Every sum over pairs of assets factors into sums over periods, so that the
//! only product of matrices is S itself.

use faer::Mat;
use rayon::prelude::*;

use super::covariance::Covariance;
use super::products::{Centred, strips};
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
        let shape = self.shape(&x, &moments);
        let mut full = x.gram(1.0 / moments.periods);
        let size = square_sum(&full);
        let intensity = match self {
            Self::OracleApproximating => moments.oracle(size),
            _ => {
                let error = moments.fourth_total - size - shape.noise;
                (error / (shape.distance + size) / moments.periods).clamp(0.0, 1.0)
            }
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

    fn shape(self, x: &Centred<'_>, moments: &Moments) -> Shape {
        match self {
            Self::ConstantVariance | Self::OracleApproximating => moments.constant_variance(),
            Self::ConstantCorrelation => moments.constant_correlation(x),
            Self::SingleFactor => moments.single_factor(x),
        }
    }
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

    fn constant_correlation(&self, x: &Centred<'_>) -> Shape {
        let assets = self.assets;
        let variances = means(x, |value| value * value);
        let fourths: f64 = means(x, |value| value * value * value * value).iter().sum();
        let deviations: Vec<f64> = variances.iter().map(|v| v.sqrt()).collect();
        let standard = across(x, |i, value| value / deviations[i]);
        let scaled = across(x, |i, value| value * deviations[i]);
        let cubes = across(x, |i, value| value * value * value / deviations[i]);
        let pairs = assets * (assets - 1.0);
        let all = mean_product(&standard, &standard) - assets;
        let mean = if pairs > 0.0 { all / pairs } else { 0.0 };
        let own = dot(&variances, &variances);
        let beside = mean_product(&scaled, &scaled) - own;
        let theta = mean_product(&cubes, &scaled) - fourths - beside;
        let trace = self.trace;
        Shape {
            target: Entries::Product { scale: mean, vector: deviations, variances },
            noise: fourths - own + mean * theta,
            distance: mean * mean * (trace * trace - own) - 2.0 * mean * beside - own,
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
