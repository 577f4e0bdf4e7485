//! Products of tall matrices, in blocks of a fixed size: the result does not depend on the number
//! of threads.

use faer::linalg::matmul::matmul;
use faer::{Accum, Mat, MatMut, MatRef, Par};
use rayon::prelude::*;

/// Columns of a block.
const BLOCK: usize = 64;

/// Values less the mean of their column, and the means.
pub(crate) fn centred(values: MatRef<'_, f64>) -> (Mat<f64>, Vec<f64>) {
    let (rows, columns) = values.shape();
    let mut out = values.to_owned();
    let mut means = vec![0.0; columns];
    let columns: Vec<MatMut<'_, f64>> = strips(out.as_mut(), 1);
    columns.into_par_iter().zip(&mut means).for_each(|(column, mean)| {
        let Some(column) = column.col_mut(0).try_as_col_major_mut() else { return };
        let column = column.as_slice_mut();
        *mean = column.iter().sum::<f64>() / rows as f64;
        for value in column {
            *value -= *mean;
        }
    });
    (out, means)
}

/// Scale × X'X, every entry. The matrix is taken, so that it is gone before the result is whole.
pub(crate) fn gram(x: Mat<f64>, scale: f64) -> Mat<f64> {
    let columns = x.ncols();
    let below: Vec<Mat<f64>> = (0..columns)
        .into_par_iter()
        .step_by(BLOCK)
        .map(|start| {
            let width = BLOCK.min(columns - start);
            let left = x.as_ref().subcols(start, columns - start);
            let right = x.as_ref().subcols(start, width);
            let mut strip = Mat::zeros(columns - start, width);
            let replace = Accum::Replace;
            matmul(strip.as_mut(), replace, left.transpose(), right, scale, Par::Seq);
            strip
        })
        .collect();
    drop(x);
    let mut full = Mat::zeros(columns, columns);
    let targets = strips(full.as_mut(), BLOCK);
    targets.into_par_iter().enumerate().for_each(|(number, mut target)| {
        let width = target.ncols();
        let start = number * BLOCK;
        for (earlier, strip) in below[..number].iter().enumerate() {
            let across = strip.as_ref().subrows(start - earlier * BLOCK, width).transpose();
            target.as_mut().subrows_mut(earlier * BLOCK, across.nrows()).copy_from(across);
        }
        let own = below[number].as_ref();
        target.as_mut().subrows_mut(start, own.nrows()).copy_from(own);
        mirror(target.subrows_mut(start, width));
    });
    full
}

/// Copies what is below the diagonal above it.
fn mirror(mut square: MatMut<'_, f64>) {
    for column in 0..square.ncols() {
        for row in 0..column {
            square[(row, column)] = square[(column, row)];
        }
    }
}

/// A matrix cut in strips of columns.
pub(crate) fn strips(matrix: MatMut<'_, f64>, width: usize) -> Vec<MatMut<'_, f64>> {
    let mut out = Vec::with_capacity(matrix.ncols().div_ceil(width));
    let mut rest = matrix;
    while rest.ncols() > 0 {
        let at = width.min(rest.ncols());
        let (strip, after) = rest.split_at_col_mut(at);
        out.push(strip);
        rest = after;
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn gram_across_blocks() {
        let x = Mat::from_fn(3, 300, |i, j| ((i * 7 + j * 13) % 11) as f64 - 5.0);
        let full = gram(x.clone(), 0.5);
        for (i, j) in [(0, 0), (299, 0), (0, 299), (130, 127), (127, 130), (260, 258)] {
            let expected: f64 = (0..3).map(|t| 0.5 * x[(t, i)] * x[(t, j)]).sum();
            assert_eq!(full[(i, j)], expected);
        }
    }

    #[test]
    fn centred_by_hand() {
        let x = Mat::from_fn(2, 2, |i, j| (i + 10 * j) as f64);
        let (y, means) = centred(x.as_ref());
        assert_eq!(means, [0.5, 10.5]);
        assert_eq!((y[(0, 1)], y[(1, 1)]), (-0.5, 0.5));
    }
}
