//! Sums of products, in an order that lets the processor take several at once.

/// The inner product.
pub(crate) fn dot(a: &[f64], b: &[f64]) -> f64 {
    let mut lanes = [0.0; 8];
    let (left, right) = (a.chunks_exact(8), b.chunks_exact(8));
    let rest: f64 = left.remainder().iter().zip(right.remainder()).map(|(a, b)| a * b).sum();
    for (a, b) in left.zip(right) {
        for (lane, (a, b)) in lanes.iter_mut().zip(a.iter().zip(b)) {
            *lane += a * b;
        }
    }
    lanes.iter().sum::<f64>() + rest
}

/// y + scale × x, in place.
pub(crate) fn add_scaled(y: &mut [f64], scale: f64, x: &[f64]) {
    for (y, x) in y.iter_mut().zip(x) {
        *y += scale * x;
    }
}

/// y + Σ scale × x of four at a time, in place, so that y is read and written less often.
pub(crate) fn add_four(y: &mut [f64], scales: [f64; 4], x: [&[f64]; 4]) {
    let [a, b, c, d] = x.map(|x| &x[..y.len()]);
    for (i, y) in y.iter_mut().enumerate() {
        *y += (scales[0] * a[i] + scales[1] * b[i]) + (scales[2] * c[i] + scales[3] * d[i]);
    }
}

/// The largest absolute value; zero of nothing.
pub(crate) fn largest(values: &[f64]) -> f64 {
    values.iter().fold(0.0, |most, value| most.max(value.abs()))
}
