//! Covariances by their eigenvalues: repaired, denoised, and kept in factors.

use faer::linalg::solvers::SelfAdjointEigen;
use faer::{Mat, MatRef, Side};

use super::components::components;
use super::covariance::Covariance;
use super::products::{Centred, product};
use crate::error::AllocationError;
use crate::returns::Returns;
use crate::vector::{add_scaled, dot};

/// What a repair changed.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Repair {
    /// The smallest eigenvalue before.
    pub smallest: f64,
    /// How many eigenvalues were raised.
    pub raised: usize,
    /// The largest change of a correlation.
    pub change: f64,
}

/// The covariance with eigenvalues of its correlation matrix raised to a floor and variances as
/// before (Rebonato and Jäckel 2000, Journal of Risk 2, the spectral decomposition); nothing is
/// changed where none is below.
pub fn repaired(
    covariance: &Covariance,
    floor: f64,
) -> Result<(Covariance, Repair), AllocationError> {
    let full = covariance.dense();
    let (correlation, deviations) = standardised(&full)?;
    let (mut values, found) = spectrum(&correlation)?;
    let smallest = values.first().copied().unwrap_or(0.0);
    let raised = values.iter().filter(|value| **value < floor).count();
    if raised == 0 {
        let repair = Repair { smallest, raised, change: 0.0 };
        return Ok((covariance.clone(), repair));
    }
    for value in &mut values {
        *value = value.max(floor);
    }
    let mended = recomposed(&values, found.U());
    let mut change = 0.0_f64;
    for j in 0..mended.ncols() {
        for i in 0..j {
            change = change.max((mended[(i, j)] - correlation[(i, j)]).abs());
        }
    }
    Ok((scaled(mended, &deviations), Repair { smallest, raised, change }))
}

/// A covariance without the noise of its estimation.
#[derive(Clone, Debug)]
pub struct Denoised {
    /// The covariance per period.
    pub covariance: Covariance,
    /// The largest eigenvalue of a correlation matrix that noise would have.
    pub edge: f64,
    /// How many eigenvalues are above it.
    pub signals: usize,
}

/// The sample covariance with the eigenvalues of its correlation matrix that noise explains set to
/// their mean (López de Prado 2020, Machine Learning for Asset Managers, section 2.5.1).
///
/// Noise has eigenvalues up to σ²(1 + √(N/T))² (Marchenko and Pastur 1967); σ² is what is left when
/// the signals are taken out, again and again until no eigenvalue changes sides (Laloux, Cizeau,
/// Bouchaud and Potters 1999, Physical Review Letters 83).
pub fn denoised(returns: &Returns) -> Result<Denoised, AllocationError> {
    let full = Centred::of(returns).gram(1.0 / (returns.rows() - 1) as f64);
    let (correlation, deviations) = standardised(&full)?;
    let (mut values, found) = spectrum(&correlation)?;
    let assets = values.len();
    let root = 1.0 + (assets as f64 / returns.rows() as f64).sqrt();
    let (mut signals, mut edge) = (0, root * root);
    loop {
        let above = values.iter().filter(|value| **value > edge).count();
        if above <= signals || above == assets {
            break;
        }
        signals = above;
        let noise: f64 = values[..assets - signals].iter().sum();
        edge = noise / (assets - signals) as f64 * root * root;
    }
    let noise = assets - signals;
    let mean = values[..noise].iter().sum::<f64>() / noise.max(1) as f64;
    values[..noise].fill(mean);
    let covariance = scaled(recomposed(&values, found.U()), &deviations);
    Ok(Denoised { covariance, edge, signals })
}

/// The covariance as so many principal components and a residual variance of each asset; variances
/// are those of the sample (Connor and Korajczyk 1986, Journal of Financial Economics 15).
pub fn principal(returns: &Returns, factors: usize) -> Result<Covariance, AllocationError> {
    let (assets, rows) = (returns.assets(), returns.rows());
    if !(1..assets.min(rows)).contains(&factors) {
        let allowed = "from one to below the number of assets and of periods";
        let (name, value) = ("number of factors", factors as f64);
        return Err(AllocationError::Parameter { name, value, allowed });
    }
    let x = Centred::of(returns);
    let divisor = (rows - 1) as f64;
    let variance = |i: usize| x.column(i).map(|v| v * v).sum::<f64>() / divisor;
    let variances: Vec<f64> = (0..assets).map(variance).collect();
    let (values, directions) = components(returns, factors, divisor)?;
    let loadings = directions;
    let factor = Mat::from_fn(factors, factors, |i, j| if i == j { values[i] } else { 0.0 });
    let explained = |i: usize| -> f64 {
        (0..factors).map(|k| loadings[(i, k)] * loadings[(i, k)] * values[k]).sum()
    };
    let residual: Vec<f64> =
        (0..assets).map(|i| (variances[i] - explained(i)).max(1e-12 * variances[i])).collect();
    Ok(Covariance::Factored { loadings, factor, residual })
}

/// The covariance that given factors explain, with the residual variance of each asset on them:
/// loadings by least squares, with a constant; variances of residuals with divisor T − K − 1.
pub fn explained(
    returns: &Returns,
    factors: MatRef<'_, f64>,
) -> Result<Covariance, AllocationError> {
    let (rows, count) = (returns.rows(), factors.ncols());
    if factors.nrows() != rows {
        let (what, expected, found) = ("returns of each factor", rows, factors.nrows());
        return Err(AllocationError::Shape { what, expected, found });
    }
    if count == 0 || rows <= count + 1 {
        return Err(AllocationError::TooFewPeriods { needed: count + 2, found: rows });
    }
    let x = Centred::of(returns);
    let factors = factors.to_owned();
    let f = Centred::new((0..count).map(|factor| factors.col_as_slice(factor)).collect());
    let factor = f.gram(1.0 / (rows - 1) as f64);
    let purpose = "a regression on factors";
    let (f, inner) = (f.matrix(), f.gram(1.0));
    let solver = inner.llt(Side::Lower);
    let solver = solver.map_err(|_| AllocationError::NotPositiveDefinite { purpose })?;
    let shared = Mat::from_fn(count, returns.assets(), |k, asset| {
        f.col_as_slice(k).iter().zip(x.column(asset)).map(|(f, x)| f * x).sum()
    });
    let loadings: Mat<f64> = faer::linalg::solvers::Solve::solve(&solver, shared);
    let divisor = (rows - count - 1) as f64;
    let residual = |asset: usize| {
        let mut rest: Vec<f64> = x.column(asset).collect();
        (0..count).for_each(|k| add_scaled(&mut rest, -loadings[(k, asset)], f.col_as_slice(k)));
        dot(&rest, &rest) / divisor
    };
    let residual = (0..returns.assets()).map(residual).collect();
    Ok(Covariance::Factored { loadings: loadings.transpose().to_owned(), factor, residual })
}

/// A correlation matrix and the standard deviations.
fn standardised(full: &Mat<f64>) -> Result<(Mat<f64>, Vec<f64>), AllocationError> {
    let size = full.nrows();
    let deviations: Vec<f64> = (0..size).map(|i| full[(i, i)].sqrt()).collect();
    if deviations.iter().any(|deviation| deviation.is_nan() || *deviation <= 0.0) {
        return Err(AllocationError::NotPositiveDefinite { purpose: "a correlation" });
    }
    let of = |i: usize, j: usize| full[(i, j)] / (deviations[i] * deviations[j]);
    Ok((Mat::from_fn(size, size, of), deviations))
}

/// Eigenvalues from the smallest to the largest, and their vectors.
pub(super) fn spectrum(
    matrix: &Mat<f64>,
) -> Result<(Vec<f64>, SelfAdjointEigen<f64>), AllocationError> {
    let found = matrix.self_adjoint_eigen(Side::Lower).map_err(|_| {
        let (method, iterations) = ("eigenvalue decomposition", 0);
        AllocationError::NotConverged { method, iterations, residual: f64::NAN }
    })?;
    let values = found.S().column_vector().iter().copied().collect();
    Ok((values, found))
}

/// VΛV' with its diagonal brought to one.
fn recomposed(values: &[f64], vectors: MatRef<'_, f64>) -> Mat<f64> {
    let size = values.len();
    let roots = Mat::from_fn(size, size, |i, k| vectors[(i, k)] * values[k].max(0.0).sqrt());
    let full = product(roots.transpose(), 1.0);
    let lengths: Vec<f64> = (0..size).map(|i| full[(i, i)].sqrt()).collect();
    Mat::from_fn(size, size, |i, j| full[(i, j)] / (lengths[i] * lengths[j]))
}

fn scaled(correlation: Mat<f64>, deviations: &[f64]) -> Covariance {
    let size = deviations.len();
    let of = |i: usize, j: usize| correlation[(i, j)] * deviations[i] * deviations[j];
    Covariance::Dense(Mat::from_fn(size, size, of))
}
