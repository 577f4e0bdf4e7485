//! Panels that follow from a formula or a seed, and what it means to be close.

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
    by_formula((rows, assets), value)
}

/// Returns in three groups:
/// `((i*(37 + j%3*5) + j%3*11) % 101 - 50)/1000 + ((i*i*7 + j*j*j*3 + i*j*11) % 101 - 50)/1500`.
pub(crate) fn grouped(rows: usize, assets: usize) -> Returns {
    by_formula((rows, assets), |i, j| {
        let shared = ((i * (37 + j % 3 * 5) + j % 3 * 11) % 101) as f64 - 50.0;
        let own = ((i * i * 7 + j * j * j * 3 + i * j * 11) % 101) as f64 - 50.0;
        shared / 1000.0 + own / 1500.0
    })
}

/// Returns with one market and an own part, drawn with a seed.
pub(crate) fn random(seed: u64, rows: usize, assets: usize) -> Returns {
    let mut random = Random(seed);
    let market: Vec<f64> = (0..rows).map(|_| random.normal() * 0.01).collect();
    let values: Vec<Vec<f64>> = (0..assets)
        .map(|_| {
            let (mean, own) = (0.0005 * random.normal(), 0.005 + 0.02 * random.uniform());
            let beta = 1.0 + 0.4 * random.normal();
            market.iter().map(|m| mean + beta * m + own * random.normal()).collect()
        })
        .collect();
    by_formula((rows, assets), |i, j| values[j][i])
}

/// The same in steps of a hundredth, so that many scenarios and assets tie.
pub(crate) fn coarse(seed: u64, rows: usize, assets: usize) -> Returns {
    let fine = random(seed, rows + 2, assets);
    // Two last rows keep columns apart.
    by_formula((rows + 2, assets), |i, j| match i {
        _ if i < rows => (fine.asset(j)[i] * 100.0).round() / 100.0,
        _ => ((j + 1) * (i + 1 - rows)) as f64 / 1e4,
    })
}

/// Returns that have nothing to do with one another, drawn with a seed.
pub(crate) fn apart(seed: u64, rows: usize, assets: usize) -> Returns {
    let mut random = Random(seed);
    let values: Vec<f64> = (0..rows * assets).map(|_| 0.01 * random.normal()).collect();
    by_formula((rows, assets), |i, j| values[j * rows + i])
}

fn by_formula((rows, assets): (usize, usize), value: impl Fn(usize, usize) -> f64) -> Returns {
    let pairs = (0..assets).flat_map(|j| (0..rows).map(move |i| (i, j)));
    let values = pairs.map(|(i, j)| value(i, j)).collect();
    let names = (0..assets).map(|j| format!("A{j}")).collect();
    Returns::new(names, (0..rows).map(|i| i.to_string()).collect(), values, 252.0)
        .expect("the panel is sound")
}

/// The mean of each asset.
pub(crate) fn means(returns: &Returns) -> Vec<f64> {
    let mean = |asset| returns.asset(asset).iter().sum::<f64>() / returns.rows() as f64;
    (0..returns.assets()).map(mean).collect()
}

/// SplitMix64 (Steele, Lea and Flood 2014).
pub(crate) struct Random(pub(crate) u64);

impl Random {
    pub(crate) fn uniform(&mut self) -> f64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        ((z ^ (z >> 31)) >> 11) as f64 / 9_007_199_254_740_992.0
    }

    /// Box and Muller 1958.
    pub(crate) fn normal(&mut self) -> f64 {
        let (radius, angle) = (1.0 - self.uniform(), self.uniform());
        (-2.0 * libm::log(radius)).sqrt() * libm::cos(std::f64::consts::TAU * angle)
    }
}
