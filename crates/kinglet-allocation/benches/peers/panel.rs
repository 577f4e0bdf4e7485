//! A panel of daily returns: one market, ten sectors, five styles, and volatility that clusters.

use std::fs;
use std::path::Path;

use kinglet_allocation::Returns;

const DAYS: usize = 7560;
const ASSETS: usize = 3000;

pub(crate) struct Panel {
    /// Asset after asset.
    values: Vec<f64>,
    pub(crate) sectors: Vec<i32>,
}

impl Panel {
    pub(crate) fn read(folder: &str) -> Self {
        let bytes = |name: &str| fs::read(Path::new(folder).join(name)).expect("a readable file");
        let values = bytes("returns.f64").chunks_exact(8).map(number).collect();
        let sectors = bytes("sector.i32").chunks_exact(4).map(sector).collect();
        Self { values, sectors }
    }

    pub(crate) fn made_up() -> Self {
        let mut random = Random(20_240_611);
        let mut volatility = 0.0;
        let factors: Vec<[f64; 16]> = (0..DAYS)
            .map(|_| {
                volatility = 0.98 * volatility + 0.0697 * random.normal();
                let level = f64::exp(volatility - 0.1225) / 252.0_f64.sqrt();
                let annual = |k: usize| {
                    if k == 0 {
                        0.15
                    } else if k < 11 {
                        0.10
                    } else {
                        0.05
                    }
                };
                std::array::from_fn(|k| level * annual(k) * random.heavy())
            })
            .collect();
        let (mut values, mut sectors) = (Vec::with_capacity(DAYS * ASSETS), Vec::new());
        for _ in 0..ASSETS {
            let sector = (random.uniform() * 10.0) as i32;
            let beta = 1.0 + 0.3 * random.normal();
            let in_sector = 0.6 + 0.6 * random.uniform();
            let styles: [f64; 5] = std::array::from_fn(|_| 0.8 * random.normal());
            let own = 0.28 * f64::exp(0.35 * random.normal()) / 252.0_f64.sqrt();
            let mean = (0.06 * beta + 0.03 * random.normal()) / 252.0;
            values.extend(factors.iter().map(|f| {
                let style: f64 = styles.iter().zip(&f[11..]).map(|(b, f)| b * f).sum();
                let shared = beta * f[0] + in_sector * f[1 + sector as usize] + style;
                (mean + shared + own * random.heavy()).clamp(-0.5, 0.6)
            }));
            sectors.push(sector);
        }
        Self { values, sectors }
    }

    /// The first assets over the last days.
    pub(crate) fn returns(&self, assets: usize, days: usize) -> Returns {
        let columns = self.values.chunks_exact(DAYS).take(assets);
        let values = columns.flat_map(|column| column[DAYS - days..].iter().copied()).collect();
        let names = (0..assets).map(|asset| format!("A{asset:04}")).collect();
        let days = (0..days).map(|day| day.to_string()).collect();
        Returns::new(names, days, values, 252.0).expect("a sound panel")
    }
}

fn number(bytes: &[u8]) -> f64 {
    f64::from_le_bytes(bytes.try_into().expect("eight bytes"))
}

fn sector(bytes: &[u8]) -> i32 {
    i32::from_le_bytes(bytes.try_into().expect("four bytes"))
}

/// SplitMix64 (Steele, Lea and Flood 2014).
struct Random(u64);

impl Random {
    fn uniform(&mut self) -> f64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        ((z ^ (z >> 31)) >> 11) as f64 / 9_007_199_254_740_992.0
    }

    /// Box and Muller 1958.
    fn normal(&mut self) -> f64 {
        let (radius, angle) = (1.0 - self.uniform(), self.uniform());
        (-2.0 * radius.ln()).sqrt() * (std::f64::consts::TAU * angle).cos()
    }

    /// Student's t with five degrees of freedom and a variance of one.
    fn heavy(&mut self) -> f64 {
        let chi: f64 = (0..5).map(|_| self.normal()).map(|z| z * z).sum();
        self.normal() / (chi / 5.0).sqrt() * 0.6_f64.sqrt()
    }
}
