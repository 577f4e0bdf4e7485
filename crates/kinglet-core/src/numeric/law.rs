//! Laws that statistics follow where nothing is behind them: Student's and the binomial one; the
//! normal one is in [`super::performance`].

use super::performance::normal_share;
use super::sum;

/// Student's distribution function with so many degrees of freedom; the normal one of infinitely
/// many.
pub fn student_share(score: f64, free: f64) -> f64 {
    let tail = student_tails(score, free) / 2.0;
    if score > 0.0 { 1.0 - tail } else { tail }
}

/// The probability of a score at least as far from zero, to either side, under Student's law.
pub fn student_tails(score: f64, free: f64) -> f64 {
    if free.is_infinite() {
        return normal_tails(score);
    }
    beta_share(free / (free + score * score), free / 2.0, 0.5)
}

/// The probability of a score at least as far from zero, to either side, under the normal law.
pub fn normal_tails(score: f64) -> f64 {
    2.0 * normal_share(-score.abs())
}

/// Student's quantile, by halving; infinite at 0 and 1.
pub fn student_quantile(share: f64, free: f64) -> f64 {
    if share <= 0.0 || share >= 1.0 {
        return if share <= 0.0 { f64::NEG_INFINITY } else { f64::INFINITY };
    }
    let (mut low, mut high) = (-1.0, 1.0);
    while student_share(low, free) > share {
        low *= 2.0;
    }
    while student_share(high, free) < share {
        high *= 2.0;
    }
    for _ in 0..128 {
        let middle = f64::midpoint(low, high);
        if student_share(middle, free) < share { low = middle } else { high = middle }
    }
    f64::midpoint(low, high)
}

/// The probability, where each of `count` trials hits with a probability, of a number of hits no
/// likelier than this one: the exact two-sided binomial test.
pub fn binomial_tails(hits: usize, count: usize, probability: f64) -> f64 {
    /// Numbers of hits that are equally likely may differ in their last bits.
    const EQUAL: f64 = 1.0 + 1e-7;
    let likelihood = |k: usize| binomial_likelihood(k, count, probability);
    let limit = likelihood(hits) * EQUAL;
    sum((0..=count).map(likelihood).filter(|p| *p <= limit)).min(1.0)
}

fn binomial_likelihood(hits: usize, count: usize, probability: f64) -> f64 {
    let power = |base: f64, times: usize| {
        if times == 0 { 0.0 } else { times as f64 * libm::log(base) }
    };
    let factorial = |n: usize| libm::lgamma(n as f64 + 1.0);
    let ways = factorial(count) - factorial(hits) - factorial(count - hits);
    libm::exp(ways + power(probability, hits) + power(1.0 - probability, count - hits))
}

/// The regularised incomplete beta function, by its continued fraction (DLMF 8.17.22) as Lentz
/// evaluates it.
fn beta_share(at: f64, a: f64, b: f64) -> f64 {
    if at <= 0.0 || at >= 1.0 {
        return if at <= 0.0 { 0.0 } else { 1.0 };
    }
    // On the other side of this the fraction converges slowly, and the symmetry helps.
    if at > (a + 1.0) / (a + b + 2.0) {
        return 1.0 - beta_share(1.0 - at, b, a);
    }
    let scale = libm::lgamma(a + b) - libm::lgamma(a) - libm::lgamma(b);
    let front = libm::exp(scale + a * libm::log(at) + b * libm::log1p(-at)) / a;
    front * beta_fraction(at, a, b)
}

fn beta_fraction(at: f64, a: f64, b: f64) -> f64 {
    /// Far more than any degrees of freedom of a study need.
    const TERMS_MAX: u32 = 10_000;
    const TINY: f64 = 1e-300;
    let away = |value: f64| if value.abs() < TINY { TINY } else { value };
    let (mut above, mut below) = (1.0, 1.0 / away(1.0 - (a + b) * at / (a + 1.0)));
    let mut fraction = below;
    for term in 1..=TERMS_MAX {
        let m = f64::from(term);
        let even = m * (b - m) * at / ((a + 2.0 * m - 1.0) * (a + 2.0 * m));
        let odd = -(a + m) * (a + b + m) * at / ((a + 2.0 * m) * (a + 2.0 * m + 1.0));
        let before = fraction;
        for step in [even, odd] {
            below = 1.0 / away(1.0 + step * below);
            above = away(1.0 + step / above);
            fraction *= above * below;
        }
        if (fraction / before - 1.0).abs() < 1e-16 {
            break;
        }
    }
    fraction
}

#[cfg(test)]
mod tests {
    use super::*;

    fn near(found: f64, want: f64) {
        assert!((found / want - 1.0).abs() < 1e-11, "{found}, not {want}");
    }

    /// scipy 1.17.1: `stats.t.cdf(score, free)` and `2 * stats.t.sf(abs(score), free)`.
    #[test]
    fn student_as_scipy() {
        for (score, free, share, tails) in [
            (0.5, 1.0, 0.647_583_617_650_433_3, 0.704_832_764_699_133_5),
            (-2.0, 3.0, 0.069_662_984_279_421_52, 0.139_325_968_558_843_05),
            (2.5, 10.0, 0.984_276_577_881_695_5, 0.031_446_844_236_608_82),
            (1.96, 118.0, 0.973_823_459_142_787_8, 0.052_353_081_714_424_38),
            (-4.0, 1200.0, 3.360_780_494_444_049e-5, 6.721_560_988_888_097e-5),
            (30.0, 5.0, 0.999_999_614_067_569, 7.718_648_620_496_053e-7),
        ] {
            near(student_share(score, free), share);
            near(student_tails(score, free), tails);
        }
        near(student_tails(1.96, f64::INFINITY), normal_tails(1.96));
    }

    /// scipy 1.17.1: `stats.t.ppf(share, free)`.
    #[test]
    fn quantiles_as_scipy() {
        for (share, free, want) in [
            (0.975, 1.0, 12.706_204_736_174_694),
            (0.975, 2.0, 4.302_652_729_749_462),
            (0.975, 16.0, 2.119_905_299_221_254_6),
            (0.05, 118.0, -1.657_869_522_110_690_7),
            (0.995, 4.5, 4.272_823_993_011_293),
        ] {
            near(student_quantile(share, free), want);
        }
        assert_eq!(student_quantile(1.0, 3.0), f64::INFINITY);
    }

    /// scipy 1.17.1: `stats.binomtest(hits, count, probability).pvalue`.
    #[test]
    fn binomial_as_scipy() {
        for (hits, count, probability, want) in [
            (14, 17, 0.67, 0.207_791_909_656_149_94),
            (14, 17, 0.5, 0.012_725_830_078_125),
            (0, 5, 0.3, 0.331_150_000_000_000_06),
            (3, 11, 0.5, 0.226_562_5),
            (60, 100, 0.5, 0.056_887_933_640_980_89),
            (1, 1, 0.25, 0.25),
            (5, 5, 1.0, 1.0),
        ] {
            near(binomial_tails(hits, count, probability), want);
        }
    }
}
