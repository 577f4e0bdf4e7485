//! The inverse of a small dense matrix whose rows and columns come and go (Golub and Van Loan 2013,
//! Matrix Computations, section 2.1.4).

use faer::Mat;
use faer::linalg::solvers::Solve;

use crate::vector::{add_scaled, dot};

/// Columns of the inverse that are computed at a time.
const BLOCK: usize = 128;

/// Entry (c, r) belongs to column c and row r of the matrix itself.
#[derive(Clone, Debug, Default)]
pub(crate) struct Inverse {
    of_column: Vec<Vec<f64>>,
}

impl Inverse {
    /// Of a matrix, entry by entry.
    pub(crate) fn of(size: usize, entry: impl Fn(usize, usize) -> f64) -> Self {
        let factors = Mat::from_fn(size, size, entry).partial_piv_lu();
        // M' x = e for some unit vectors at a time: a whole matrix of them may be large.
        let mut of_column = Vec::with_capacity(size);
        for start in (0..size).step_by(BLOCK) {
            let width = BLOCK.min(size - start);
            let unit = |row: usize, column: usize| f64::from(u8::from(row == start + column));
            let mut units = Mat::from_fn(size, width, unit);
            factors.solve_transpose_in_place(&mut units);
            of_column.extend((0..width).map(|column| units.col_as_slice(column).to_vec()));
        }
        Self { of_column }
    }

    /// Solves M x = b.
    pub(crate) fn times(&self, b: &[f64]) -> Vec<f64> {
        self.of_column.iter().map(|row| dot(row, b)).collect()
    }

    /// Solves M' x = b.
    pub(crate) fn transposed_times(&self, b: &[f64]) -> Vec<f64> {
        let mut x = vec![0.0; self.of_column.len()];
        for (row, b) in self.of_column.iter().zip(b) {
            add_scaled(&mut x, *b, row);
        }
        x
    }

    /// The solution of M x = e for the unit vector of a row.
    pub(crate) fn unit(&self, row: usize) -> Vec<f64> {
        self.of_column.iter().map(|entries| entries[row]).collect()
    }

    /// The squared length of `unit` for every row.
    pub(crate) fn lengths(&self) -> Vec<f64> {
        let mut lengths = vec![0.0; self.of_column.len()];
        for row in &self.of_column {
            for (length, entry) in lengths.iter_mut().zip(row) {
                *length += entry * entry;
            }
        }
        lengths
    }

    /// Puts a row in the place of another.
    pub(crate) fn replace_row(&mut self, at: usize, row: &[f64]) {
        let mut change = self.transposed_times(row);
        let pivot = change[at];
        change[at] -= 1.0;
        for entries in &mut self.of_column {
            let scale = -entries[at] / pivot;
            add_scaled(entries, scale, &change);
        }
    }

    /// Puts a column in the place of another, given the solution of M x = column.
    pub(crate) fn replace_column(&mut self, at: usize, solved: &[f64]) {
        let mut own = std::mem::take(&mut self.of_column[at]);
        for entry in &mut own {
            *entry /= solved[at];
        }
        for (entries, x) in self.of_column.iter_mut().zip(solved) {
            add_scaled(entries, -x, &own);
        }
        self.of_column[at] = own;
    }

    /// Adds a row and a column at the end, given the solution of M x = column; the row's last entry
    /// is where both meet.
    pub(crate) fn grow(&mut self, row: &[f64], solved: &[f64]) {
        let Some((corner, row)) = row.split_last() else { return };
        let across = self.transposed_times(row);
        let pivot = corner - dot(row, solved);
        for (entries, x) in self.of_column.iter_mut().zip(solved) {
            add_scaled(entries, x / pivot, &across);
            entries.push(-x / pivot);
        }
        let last = across.iter().map(|u| -u / pivot).chain([1.0 / pivot]);
        self.of_column.push(last.collect());
    }

    /// Takes a row and a column out; the last row and column take their places.
    pub(crate) fn shrink(&mut self, row: usize, column: usize) {
        let own = self.of_column.swap_remove(column);
        let pivot = own[row];
        for entries in &mut self.of_column {
            let scale = -entries[row] / pivot;
            add_scaled(entries, scale, &own);
            entries.swap_remove(row);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn agrees(inverse: &Inverse, rows: &[Vec<f64>]) {
        let b: Vec<f64> = (0..rows.len()).map(|i| 1.0 + i as f64).collect();
        let x = inverse.times(&b);
        for (row, b) in rows.iter().zip(&b) {
            assert!((dot(row, &x) - b).abs() < 1e-10);
        }
    }

    #[test]
    fn follows_each_change() {
        let mut rows = vec![vec![4.0, 1.0, 0.5], vec![-1.0, 3.0, 2.0], vec![0.0, 1.0, 5.0]];
        let mut inverse = Inverse::of(3, |i, j| rows[i][j]);
        agrees(&inverse, &rows);
        rows[1] = vec![2.0, -3.0, 1.0];
        inverse.replace_row(1, &rows[1]);
        agrees(&inverse, &rows);
        let column = [3.0, 1.0, -2.0];
        let solved = inverse.times(&column);
        inverse.replace_column(2, &solved);
        for (row, entry) in rows.iter_mut().zip(column) {
            row[2] = entry;
        }
        agrees(&inverse, &rows);
        let (row, column) = ([1.0, 2.0, 0.0, 6.0], [0.5, 0.0, 1.0]);
        let solved = inverse.times(&column);
        inverse.grow(&row, &solved);
        for (row, entry) in rows.iter_mut().zip(column) {
            row.push(entry);
        }
        rows.push(row.to_vec());
        agrees(&inverse, &rows);
        inverse.shrink(0, 1);
        rows.swap_remove(0);
        for row in &mut rows {
            row.swap_remove(1);
        }
        agrees(&inverse, &rows);
    }
}
