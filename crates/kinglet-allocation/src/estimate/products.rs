//! Products of tall matrices, in blocks of a fixed size: the result does not depend on the number
//! of threads.

use std::ops::Range;

use faer::linalg::matmul::matmul;
use faer::reborrow::{Reborrow, ReborrowMut};
use faer::{Accum, Mat, MatMut, MatRef, Par};
use rayon::prelude::*;

use super::mean::arithmetic;
use crate::returns::Returns;

/// Columns of a block.
const BLOCK: usize = 128;
/// Rows that are multiplied at a time.
const ROWS: usize = 256;
/// Columns that are filled at a time, and the size of what is mirrored at once.
const PIECE: usize = 64;

/// Columns seen less their means, without a copy of them.
pub(crate) struct Centred<'a> {
    columns: Vec<&'a [f64]>,
    means: Vec<f64>,
}

impl<'a> Centred<'a> {
    pub(crate) fn of(returns: &'a Returns) -> Self {
        Self::new((0..returns.assets()).map(|asset| returns.asset(asset)).collect())
    }

    /// Of columns of one length.
    pub(crate) fn new(columns: Vec<&'a [f64]>) -> Self {
        let means = columns.par_iter().map(|column| arithmetic(column)).collect();
        Self { columns, means }
    }

    pub(crate) fn rows(&self) -> usize {
        self.columns.first().map_or(0, |column| column.len())
    }

    pub(crate) fn columns(&self) -> usize {
        self.columns.len()
    }

    /// The values of a column.
    pub(crate) fn column(&self, number: usize) -> impl Iterator<Item = f64> {
        self.part(number, 0..self.rows())
    }

    /// The values of a column in some rows.
    pub(crate) fn part(&self, number: usize, rows: Range<usize>) -> impl Iterator<Item = f64> {
        let mean = self.means[number];
        self.columns[number][rows].iter().map(move |value| value - mean)
    }

    /// Scale × X'X, every entry.
    pub(crate) fn gram(&self, scale: f64) -> Mat<f64> {
        gram((self.rows(), self.columns()), scale, |column, rows, out| {
            out.iter_mut().zip(self.part(column, rows)).for_each(|(out, value)| *out = value);
        })
    }

    /// Scale × XX', every entry.
    pub(crate) fn turned(&self, scale: f64) -> Mat<f64> {
        gram((self.columns(), self.rows()), scale, |row, columns, out| {
            let entries = columns.map(|column| self.columns[column][row] - self.means[column]);
            out.iter_mut().zip(entries).for_each(|(out, entry)| *out = entry);
        })
    }

    /// A copy.
    pub(crate) fn matrix(&self) -> Mat<f64> {
        Mat::from_fn(self.rows(), self.columns(), |row, column| {
            self.columns[column][row] - self.means[column]
        })
    }
}

/// Scale × X'X, every entry, of a matrix that is never whole: `fill` gives a column's entries in
/// some rows.
pub(crate) fn gram(
    (rows, columns): (usize, usize),
    scale: f64,
    fill: impl Fn(usize, Range<usize>, &mut [f64]) + Sync,
) -> Mat<f64> {
    let mut full = Mat::zeros(columns, columns);
    let mut panel = Mat::<f64>::zeros(ROWS.min(rows), columns);
    for start in (0..rows).step_by(ROWS) {
        let end = rows.min(start + ROWS);
        let pieces = strips(panel.as_mut().subrows_mut(0, end - start), PIECE);
        pieces.into_par_iter().enumerate().for_each(|(number, mut piece)| {
            for column in 0..piece.ncols() {
                let Some(out) = piece.rb_mut().col_mut(column).try_as_col_major_mut() else {
                    return;
                };
                fill(number * PIECE + column, start..end, out.as_slice_mut());
            }
        });
        let accumulated = if start == 0 { Accum::Replace } else { Accum::Add };
        let panel = panel.as_ref().subrows(0, end - start);
        let targets = strips(full.as_mut(), BLOCK);
        targets.into_par_iter().enumerate().for_each(|(number, target)| {
            let first = number * BLOCK;
            let left = panel.subcols(first, columns - first).transpose();
            let right = panel.subcols(first, target.ncols());
            let target = target.subrows_mut(first, columns - first);
            matmul(target, accumulated, left, right, scale, Par::Seq);
        });
    }
    mirror(full.as_mut());
    full
}

/// Scale × X'X of a matrix at hand.
pub(crate) fn product(x: MatRef<'_, f64>, scale: f64) -> Mat<f64> {
    gram(x.shape(), scale, |column, rows, out| {
        let entries = rows.map(|row| x[(row, column)]);
        out.iter_mut().zip(entries).for_each(|(out, entry)| *out = entry);
    })
}

/// Copies what is below the diagonal above it.
fn mirror(mut square: MatMut<'_, f64>) {
    let size = square.nrows();
    if size <= PIECE {
        for column in 0..size {
            for row in 0..column {
                square[(row, column)] = square[(column, row)];
            }
        }
        return;
    }
    let (first, right, below, last) = square.split_at_mut(size / 2, size / 2);
    let across = || transpose(right, below.rb());
    rayon::join(across, || rayon::join(|| mirror(first), || mirror(last)));
}

fn transpose(mut to: MatMut<'_, f64>, from: MatRef<'_, f64>) {
    let (rows, columns) = to.shape();
    if rows.max(columns) <= PIECE {
        to.copy_from(from.transpose());
    } else if rows > columns {
        let (first, last) = to.split_at_row_mut(rows / 2);
        let (left, right) = from.split_at_col(rows / 2);
        rayon::join(|| transpose(first, left), || transpose(last, right));
    } else {
        let (left, right) = to.split_at_col_mut(columns / 2);
        let (first, last) = from.split_at_row(columns / 2);
        rayon::join(|| transpose(left, first), || transpose(right, last));
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

    /// Panels of rows, blocks of columns, and what is mirrored, all with a rest.
    #[test]
    fn gram_across_blocks() {
        let value = |i: usize, j: usize| ((i * 7 + j * 13 + i * j) % 11) as f64 - 5.0;
        let full = gram((1100, 300), 0.5, |column, rows, out| {
            out.iter_mut().zip(rows).for_each(|(out, row)| *out = value(row, column));
        });
        for i in 0..300 {
            for j in 0..300 {
                let expected: f64 = (0..1100).map(|t| 0.5 * value(t, i) * value(t, j)).sum();
                assert_eq!(full[(i, j)], expected, "{i}, {j}");
            }
        }
    }

    #[test]
    fn centred_by_hand() {
        let y = Centred::new(vec![&[0.0, 1.0], &[10.0, 11.0]]);
        assert_eq!(y.means, [0.5, 10.5]);
        assert_eq!(y.column(1).collect::<Vec<f64>>(), [-0.5, 0.5]);
        assert_eq!(y.gram(2.0), Mat::from_fn(2, 2, |_, _| 1.0));
    }
}
