//! Sums of products, in an order that lets the processor take several at once: as many as it can,
//! with the same result to the bit for any number.

use faer::Mat;
use pulp::Arch;
use rayon::prelude::*;

/// Entries of a column too short to be shared.
const LONG: usize = 1024;

/// The inner product.
pub(crate) fn dot(a: &[f64], b: &[f64]) -> f64 {
    Arch::new().dispatch(
        #[inline(always)]
        || {
            let mut lanes = [0.0; 8];
            let ((left, rest), (right, last)) = (a.as_chunks::<8>(), b.as_chunks::<8>());
            for (a, b) in left.iter().zip(right) {
                for lane in 0..8 {
                    lanes[lane] += a[lane] * b[lane];
                }
            }
            let rest: f64 = rest.iter().zip(last).map(|(a, b)| a * b).sum();
            lanes.iter().sum::<f64>() + rest
        },
    )
}

/// y + scale × x, in place.
pub(crate) fn add_scaled(y: &mut [f64], scale: f64, x: &[f64]) {
    Arch::new().dispatch(
        #[inline(always)]
        || y.iter_mut().zip(x).for_each(|(y, x)| *y += scale * x),
    );
}

/// y + Σ scale × column of consecutive columns from the first on, in place; parts of long columns
/// side by side.
pub(crate) fn add_columns(y: &mut [f64], matrix: &Mat<f64>, first: usize, scales: &[f64]) {
    let add = |from: usize, y: &mut [f64]| {
        let column = |at: usize| &matrix.col_as_slice(at)[from..];
        let (fours, rest) = scales.as_chunks::<4>();
        for (four, scales) in fours.iter().enumerate() {
            add_four(y, *scales, [0, 1, 2, 3].map(|own| column(first + 4 * four + own)));
        }
        for (scale, at) in rest.iter().zip(first + 4 * fours.len()..) {
            add_scaled(y, *scale, column(at));
        }
    };
    match y.len() {
        0..=LONG => add(0, y),
        long => {
            // Memory is read ahead along a column.
            let part = long.div_ceil(rayon::current_num_threads()).max(LONG / 2);
            y.par_chunks_mut(part).enumerate().for_each(|(at, y)| add(at * part, y));
        }
    }
}

/// y + Σ scale × x of four columns, so that y is read and written less often.
fn add_four(y: &mut [f64], scales: [f64; 4], x: [&[f64]; 4]) {
    let [a, b, c, d] = x.map(|x| &x[..y.len()]);
    Arch::new().dispatch(
        #[inline(always)]
        || {
            for (i, y) in y.iter_mut().enumerate() {
                *y += (scales[0] * a[i] + scales[1] * b[i]) + (scales[2] * c[i] + scales[3] * d[i]);
            }
        },
    );
}

/// The largest absolute value; zero of nothing.
pub(crate) fn largest(values: &[f64]) -> f64 {
    values.iter().fold(0.0, |most, value| most.max(value.abs()))
}
