//! A Cholesky factor that grows and shrinks by one row at a time (Golub and Van Loan 2013, Matrix
//! Computations, sections 4.2 and 6.5.4).

use crate::vector::{add_scaled, dot};

/// Below this part of a diagonal entry what is left of it is noise.
const NOISE: f64 = 1e-9;

/// The lower factor L of a symmetric matrix L L', row by row.
#[derive(Clone, Debug, Default)]
pub(crate) struct Cholesky {
    rows: Vec<Vec<f64>>,
}

impl Cholesky {
    /// Adds a row of the matrix: its entries beside the earlier ones, then its diagonal entry. What
    /// would make the matrix singular is lifted by a part in a thousand millions.
    pub(crate) fn append(&mut self, mut row: Vec<f64>) {
        let Some(diagonal) = row.pop() else { return };
        self.forward(&mut row);
        let left = diagonal - dot(&row, &row);
        row.push(left.max(NOISE * diagonal.abs()).max(f64::MIN_POSITIVE).sqrt());
        self.rows.push(row);
    }

    /// Takes a row out of the matrix.
    pub(crate) fn remove(&mut self, at: usize) {
        self.rows.remove(at);
        let mut turns: Vec<(f64, f64)> = Vec::new();
        for (number, row) in self.rows.iter_mut().enumerate().skip(at) {
            for (column, (cosine, sine)) in (at..).zip(&turns) {
                let (a, b) = (row[column], row[column + 1]);
                row[column] = cosine * a + sine * b;
                row[column + 1] = cosine * b - sine * a;
            }
            let (a, b) = (row[number], row[number + 1]);
            let length = (a * a + b * b).sqrt();
            turns.push((a / length, b / length));
            row[number] = length;
            row.pop();
        }
    }

    /// Solves L x = b in place.
    pub(crate) fn forward(&self, b: &mut [f64]) {
        for (i, row) in self.rows.iter().enumerate().take(b.len()) {
            let (before, after) = b.split_at_mut(i);
            after[0] = (after[0] - dot(&row[..i], before)) / row[i];
        }
    }

    /// Solves L' x = b in place.
    pub(crate) fn backward(&self, b: &mut [f64]) {
        for (i, row) in self.rows.iter().enumerate().rev() {
            let (before, after) = b.split_at_mut(i);
            after[0] /= row[i];
            add_scaled(before, -after[0], &row[..i]);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn entry(i: usize, j: usize) -> f64 {
        if i == j { 9.0 + i as f64 } else { ((i * j) % 5) as f64 / 2.0 }
    }

    fn factor(of: &[usize]) -> Cholesky {
        let mut factor = Cholesky::default();
        for (n, i) in of.iter().enumerate() {
            factor.append(of[..=n].iter().map(|j| entry(*i, *j)).collect());
        }
        factor
    }

    #[test]
    fn solves_after_rows_came_and_went() {
        let mut factor = factor(&[0, 1, 2, 3, 4, 5, 6]);
        factor.remove(2);
        factor.remove(0);
        let of = [1, 3, 4, 5, 6];
        let x = [1.0, -2.0, 3.0, 0.5, 4.0];
        let mut b: Vec<f64> =
            of.iter().map(|i| of.iter().zip(x).map(|(j, x)| entry(*i, *j) * x).sum()).collect();
        factor.forward(&mut b);
        factor.backward(&mut b);
        for (found, expected) in b.iter().zip(x) {
            assert!((found - expected).abs() < 1e-12);
        }
    }
}
