//! Panels that follow from a formula, and what it means to be close.

use kinglet_allocation::Returns;

/// Relative to the larger of the two.
pub(crate) fn close(a: f64, b: f64, tolerance: f64) -> bool {
    (a - b).abs() <= tolerance * a.abs().max(b.abs())
}

/// Correlated returns that other software can make from the same line:
/// `(i*37 % 101 - 50)/1000*(1 + j*j/5) + ((i*i*7 + j*j*j*3 + i*j*11) % 101 - 50)/1000`.
pub(crate) fn panel(rows: usize, assets: usize) -> Returns {
    let value = |i: usize, j: usize| {
        let shared = (i * 37 % 101) as f64 - 50.0;
        let own = ((i * i * 7 + j * j * j * 3 + i * j * 11) % 101) as f64 - 50.0;
        shared / 1000.0 * (1.0 + (j * j) as f64 / 5.0) + own / 1000.0
    };
    let values = (0..assets).flat_map(|j| (0..rows).map(move |i| value(i, j))).collect();
    let names = (0..assets).map(|j| format!("A{j}")).collect();
    Returns::new(names, (0..rows).map(|i| i.to_string()).collect(), values, 252.0)
        .expect("the panel is sound")
}
