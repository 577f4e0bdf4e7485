//! The largest principal components of returns.
//!
//! Of thousands of assets neither X'X nor XX' is formed: directions are found by products with the
//! returns where they stand, by a block Krylov method (Musco and Musco 2015, Advances in Neural
//! Information Processing Systems 28, algorithm 2) that starts anew from the best directions until
//! what they miss of an eigenvector is rounding.

use faer::linalg::matmul::matmul;
use faer::reborrow::ReborrowMut;
use faer::{Accum, Mat, MatMut, MatRef, Par};
use rayon::prelude::*;

use super::products::{Centred, product};
use super::spectrum::spectrum;
use crate::error::AllocationError;
use crate::returns::Returns;
use crate::vector::dot;

/// Products with X'X that follow one another before the best directions are chosen.
const DEPTH: usize = 8;
/// How often that begins anew.
const ROUNDS: usize = 40;
/// Of the largest eigenvalue what is rounding.
const ROUNDING: f64 = 1e-12;
/// Rows of a product that one thread takes at a time.
const ROWS: usize = 128;

/// Eigenvalues from the largest on, and their directions.
pub(super) type Components = (Vec<f64>, Mat<f64>);

/// The largest eigenvalues of X'X / divisor and their directions, X the centred returns.
pub(super) fn components(
    returns: &Returns,
    count: usize,
    divisor: f64,
) -> Result<Components, AllocationError> {
    let size = count + count / 2 + 8;
    let is_large = returns.rows().min(returns.assets()) >= 2 * DEPTH * size;
    if is_large && let Some(found) = in_place(returns, (count, size), divisor)? {
        return Ok(found);
    }
    decomposed(&Centred::of(returns), count, divisor)
}

/// By products with the returns in place; nothing where it takes too long.
fn in_place(
    returns: &Returns,
    (count, size): (usize, usize),
    divisor: f64,
) -> Result<Option<Components>, AllocationError> {
    let x = Products { values: returns.matrix(), means: super::historical(returns) };
    let (rows, assets) = (returns.rows(), returns.assets());
    let mut start = orthonormal(&seeded(assets, size));
    for _ in 0..ROUNDS {
        let mut basis = Mat::<f64>::zeros(assets, size * DEPTH);
        let mut images = Mat::<f64>::zeros(rows, size * DEPTH);
        let mut next = start;
        for depth in 0..DEPTH {
            let first = depth * size;
            basis.as_mut().subcols_mut(first, size).copy_from(&next);
            x.times(next.as_ref(), images.as_mut().subcols_mut(first, size));
            let image = images.as_ref().subcols(first, size);
            x.turned(image, next.as_mut());
            // Twice is enough (Parlett 1998, The Symmetric Eigenvalue Problem, section 6.9).
            for _ in 0..2 {
                let known = basis.as_ref().subcols(0, first + size);
                let shadow = known.transpose() * &next;
                next = orthonormal(&(&next - known * shadow));
            }
        }
        let (values, found) = spectrum(&product(images.as_ref(), 1.0 / divisor))?;
        let last = values.len() - 1;
        let chosen = Mat::from_fn(values.len(), size, |i, k| found.U()[(i, last - k)]);
        start = &basis * &chosen;
        let image = &images * chosen.as_ref().subcols(0, count);
        let mut missed = Mat::<f64>::zeros(assets, count);
        x.turned(image.as_ref(), missed.as_mut());
        let off = |k: usize| {
            let parts = missed.col_as_slice(k).iter().zip(start.col_as_slice(k));
            let off: Vec<f64> = parts.map(|(a, v)| a / divisor - values[last - k] * v).collect();
            dot(&off, &off).sqrt()
        };
        if (0..count).all(|k| off(k) <= ROUNDING * values[last]) {
            let values = (0..count).map(|k| values[last - k]).collect();
            return Ok(Some((values, start.as_ref().subcols(0, count).to_owned())));
        }
    }
    Ok(None)
}

/// By the decomposition of the smaller of X'X and XX'.
fn decomposed(x: &Centred<'_>, count: usize, divisor: f64) -> Result<Components, AllocationError> {
    let (rows, columns) = (x.rows(), x.columns());
    let last = |n: usize, k: usize| n - 1 - k;
    if columns <= rows {
        let (values, found) = spectrum(&x.gram(1.0 / divisor))?;
        let directions = Mat::from_fn(columns, count, |i, k| found.U()[(i, last(columns, k))]);
        return Ok(((0..count).map(|k| values[last(columns, k)]).collect(), directions));
    }
    let (values, chosen) = {
        let (values, found) = spectrum(&x.turned(1.0 / divisor))?;
        (values, found.U().subcols(rows - count, count).to_owned())
    };
    let directions = Mat::from_fn(columns, count, |i, k| {
        let direction = chosen.col_as_slice(last(count, k));
        let spread: f64 = x.column(i).zip(direction).map(|(value, part)| value * part).sum();
        spread / (values[last(rows, k)] * divisor).max(f64::MIN_POSITIVE).sqrt()
    });
    Ok(((0..count).map(|k| values[last(rows, k)]).collect(), directions))
}

/// Products with centred returns; each entry is summed by one thread.
struct Products<'a> {
    values: MatRef<'a, f64>,
    means: Vec<f64>,
}

impl Products<'_> {
    /// XV.
    fn times(&self, v: MatRef<'_, f64>, out: MatMut<'_, f64>) {
        let means = MatRef::from_row_major_slice(&self.means, 1, self.means.len());
        let shift = means * v;
        pieces(out).into_par_iter().enumerate().for_each(|(piece, mut out)| {
            let values = self.values.subrows(piece * ROWS, out.nrows());
            matmul(out.rb_mut(), Accum::Replace, values, v, 1.0, Par::Seq);
            for (k, column) in out.col_iter_mut().enumerate() {
                column.iter_mut().for_each(|value| *value -= shift[(0, k)]);
            }
        });
    }

    /// X'Y.
    fn turned(&self, y: MatRef<'_, f64>, out: MatMut<'_, f64>) {
        let totals: Vec<f64> = y.col_iter().map(|column| column.iter().sum()).collect();
        pieces(out).into_par_iter().enumerate().for_each(|(piece, mut out)| {
            let first = piece * ROWS;
            let values = self.values.subcols(first, out.nrows()).transpose();
            matmul(out.rb_mut(), Accum::Replace, values, y, 1.0, Par::Seq);
            for (column, total) in out.col_iter_mut().zip(&totals) {
                let means = self.means[first..].iter();
                column.iter_mut().zip(means).for_each(|(value, mean)| *value -= mean * total);
            }
        });
    }
}

/// A matrix cut in pieces of rows.
fn pieces(matrix: MatMut<'_, f64>) -> Vec<MatMut<'_, f64>> {
    let mut out = Vec::with_capacity(matrix.nrows().div_ceil(ROWS));
    let mut rest = matrix;
    while rest.nrows() > 0 {
        let at = ROWS.min(rest.nrows());
        let (piece, after) = rest.split_at_row_mut(at);
        out.push(piece);
        rest = after;
    }
    out
}

/// An orthonormal basis of what columns span.
fn orthonormal(columns: &Mat<f64>) -> Mat<f64> {
    columns.qr().compute_thin_Q()
}

/// Numbers that favour no direction, the same each time: SplitMix64 (Steele, Lea and Flood 2014).
fn seeded(rows: usize, columns: usize) -> Mat<f64> {
    Mat::from_fn(rows, columns, |row, column| {
        let at = (column * rows + row + 1) as u64;
        let mut z = at.wrapping_mul(0x9e37_79b9_7f4a_7c15);
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        ((z ^ (z >> 31)) >> 11) as f64 / 9_007_199_254_740_992.0 - 0.5
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Noise of one size, with so many factors behind it that are each half as large as the one
    /// before.
    fn panel((rows, assets): (usize, usize), factors: usize) -> Returns {
        let (own, loadings) = (seeded(rows, assets), seeded(assets, factors + 1));
        let moves = seeded(rows + 7, factors + 1);
        let value = |row: usize, asset: usize| {
            let shared = (0..factors)
                .map(|k| libm::exp2(-(k as f64)) * loadings[(asset, k)] * moves[(row + 7, k)]);
            0.001 + shared.sum::<f64>() + 0.1 * own[(row, asset)]
        };
        let pairs = (0..assets).flat_map(|asset| (0..rows).map(move |row| (row, asset)));
        let values = pairs.map(|(row, asset)| value(row, asset)).collect();
        let names = (0..assets).map(|asset| asset.to_string()).collect();
        Returns::new(names, (0..rows).map(|row| row.to_string()).collect(), values, 252.0).unwrap()
    }

    /// The parts of the covariance that they explain; directions may have either sign.
    #[test]
    fn in_place_as_decomposed() {
        // Four are told from the noise by far; of noise alone eigenvalues are close together.
        for (shape, factors) in [((500, 400), 4), ((320, 500), 4), ((400, 450), 0)] {
            let returns = panel(shape, factors);
            let divisor = (shape.0 - 1) as f64;
            let (values, found) = in_place(&returns, (4, 14), divisor).unwrap().unwrap();
            let (expected, whole) = decomposed(&Centred::of(&returns), 4, divisor).unwrap();
            for (value, expected) in values.iter().zip(&expected) {
                assert!((value - expected).abs() <= 1e-12 * expected, "{value} is not {expected}");
            }
            let part = |(values, v): (&Vec<f64>, &Mat<f64>), i: usize, j: usize| -> f64 {
                (0..4).map(|k| v[(i, k)] * v[(j, k)] * values[k]).sum()
            };
            for (i, j) in (0..shape.1).flat_map(|i| [(i, 0), (i, 17), (i, i)]) {
                let (found, whole) =
                    (part((&values, &found), i, j), part((&expected, &whole), i, j));
                assert!((found - whole).abs() <= 1e-11 * expected[0], "{found} is not {whole}");
            }
        }
    }
}
