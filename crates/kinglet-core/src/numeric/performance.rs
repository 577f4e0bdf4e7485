//! Statistics of a sample of returns. None where a sample is too small or does not move.

use std::f64::consts::{PI, SQRT_2};

use super::{mean, sum, variance};

/// The share of outcomes that a tail holds, with the law that says how bad they are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Tail {
    /// The returns as they were.
    Historical,
    /// A normal law with their mean and variance.
    Gaussian,
    /// That law corrected for their skewness and kurtosis.
    CornishFisher,
}

impl Tail {
    /// The words of queries, in the order of the laws.
    pub const WORDS: &'static [&'static str] = &["historical", "gaussian", "cornish_fisher"];

    /// The law of a word; the historical one of any other.
    pub fn of(word: &str) -> Tail {
        match word {
            "gaussian" => Tail::Gaussian,
            "cornish_fisher" => Tail::CornishFisher,
            _ => Tail::Historical,
        }
    }

    /// The return that a share of outcomes does not exceed.
    pub fn quantile(self, returns: &[f64], share: f64) -> Option<f64> {
        if self == Tail::Historical {
            return quantile(returns, share);
        }
        let (mean, deviation) = (mean(returns)?, moment(returns, 2)?.sqrt());
        Some(mean + self.normal_score(returns, share)? * deviation)
    }

    /// The mean of the returns that do not exceed [`Tail::quantile`].
    pub fn mean(self, returns: &[f64], share: f64) -> Option<f64> {
        if self == Tail::Historical {
            let limit = quantile(returns, share)?;
            let worst: Vec<f64> = returns.iter().copied().filter(|r| *r <= limit).collect();
            return mean(&worst);
        }
        let (centre, deviation) = (mean(returns)?, moment(returns, 2)?.sqrt());
        let h = self.normal_score(returns, share)?;
        let density = libm::exp(-h * h / 2.0) / (2.0 * PI).sqrt();
        let correction = match self {
            Tail::CornishFisher => {
                let (s, k) = (skewness(returns)?, kurtosis_excess(returns)?);
                let square = h * h;
                s * h * square / 6.0
                    + k * (square * square - 2.0 * square - 1.0) / 24.0
                    + s * s * (square * (square * (square - 9.0) + 9.0) + 3.0) / 72.0
            }
            _ => 0.0,
        };
        // An expansion may put the mean of a tail above its edge, where none can be.
        let mean = -density / share * (1.0 + correction);
        Some(centre + mean.min(h) * deviation)
    }

    fn normal_score(self, returns: &[f64], share: f64) -> Option<f64> {
        let z = normal_quantile(share);
        if self != Tail::CornishFisher {
            return Some(z);
        }
        let (s, k) = (skewness(returns)?, kurtosis_excess(returns)?);
        Some(
            z + (z * z - 1.0) * s / 6.0 + z * (z * z - 3.0) * k / 24.0
                - z * (2.0 * z * z - 5.0) * s * s / 36.0,
        )
    }
}

/// What returns are above the riskless ones beside them.
pub fn excess(returns: &[f64], riskless: &[f64]) -> Vec<f64> {
    returns.iter().zip(riskless).map(|(own, safe)| own - safe).collect()
}

/// The standard deviation with divisor n - 1; none where nothing moves.
pub fn deviation(values: &[f64]) -> Option<f64> {
    variance(values).filter(|v| *v > 0.0 && !is_flat(values)).map(f64::sqrt)
}

/// The covariance of two equally long samples with divisor n - 1.
pub fn covariance(a: &[f64], b: &[f64]) -> Option<f64> {
    let (x, y) = (mean(a)?, mean(b).filter(|_| a.len() >= 2 && a.len() == b.len())?);
    Some(sum(a.iter().zip(b).map(|(u, v)| (u - x) * (v - y))) / (a.len() - 1) as f64)
}

/// The slope of the regression of the first sample on the second.
pub fn slope(of: &[f64], on: &[f64]) -> Option<f64> {
    let deviation = deviation(on)?;
    Some(covariance(of, on)? / (deviation * deviation))
}

/// The third central moment over the cube of the deviation, all with divisor n.
pub fn skewness(values: &[f64]) -> Option<f64> {
    let deviation = deviation(values).and(moment(values, 2))?.sqrt();
    Some(moment(values, 3)? / (deviation * deviation * deviation))
}

/// The fourth central moment over the square of the variance, all with divisor n, less 3.
pub fn kurtosis_excess(values: &[f64]) -> Option<f64> {
    let variance = deviation(values).and(moment(values, 2))?;
    Some(moment(values, 4)? / (variance * variance) - 3.0)
}

/// The root of the mean square by which the values fall short of a threshold; those that do not
/// count as zero.
pub fn downside(values: &[f64], threshold: f64) -> Option<f64> {
    let short: Vec<f64> = values.iter().map(|v| (v - threshold).min(0.0)).collect();
    mean(&short.iter().map(|v| v * v).collect::<Vec<f64>>()).map(f64::sqrt)
}

/// The value that a share of the values does not exceed, linear between neighbours (Hyndman and
/// Fan 1996, type 7).
pub fn quantile(values: &[f64], share: f64) -> Option<f64> {
    let mut ordered = values.to_vec();
    let place = share * ordered.len().checked_sub(1)? as f64;
    let at =
        (place >= 0.0 && place.ceil() < ordered.len() as f64).then(|| place.floor() as usize)?;
    let (_, below, rest) = ordered.select_nth_unstable_by(at, f64::total_cmp);
    let above = if place.fract() > 0.0 {
        rest.iter().copied().fold(f64::INFINITY, f64::min)
    } else {
        *below
    };
    Some(*below + (above - *below) * place.fract())
}

/// By what factor money grows through the returns.
pub fn growth(returns: &[f64]) -> f64 {
    returns.iter().fold(1.0, |grown, r| grown * (1.0 + r))
}

/// The compounded yearly rate of returns, so many of which make a year; none of nothing, nor where
/// all is lost.
pub fn annual(returns: &[f64], per_year: f64) -> Option<f64> {
    let grown = growth(returns);
    (!returns.is_empty() && grown > 0.0)
        .then(|| libm::pow(grown, per_year / returns.len() as f64) - 1.0)
}

/// How far below its highest value so far the money stands after each return; never positive.
pub fn drawdowns(returns: &[f64]) -> Vec<f64> {
    let (mut value, mut peak) = (1.0_f64, 1.0_f64);
    let fall = |r: &f64| {
        value *= 1.0 + r;
        peak = peak.max(value);
        value / peak - 1.0
    };
    returns.iter().map(fall).collect()
}

/// The standard normal quantile, by halving: its error is below that of the distribution itself.
pub fn normal_quantile(share: f64) -> f64 {
    let (mut low, mut high) = (-40.0, 40.0);
    for _ in 0..128 {
        let middle = f64::midpoint(low, high);
        if normal_share(middle) < share { low = middle } else { high = middle }
    }
    f64::midpoint(low, high)
}

/// The standard normal distribution function.
pub fn normal_share(score: f64) -> f64 {
    0.5 * libm::erfc(-score / SQRT_2)
}

/// What is known of a Sharpe ratio: itself, by observation, and the shape of the returns.
#[derive(Clone, Copy, Debug)]
pub struct SharpeSample {
    /// Mean over deviation of one observation.
    pub ratio: f64,
    /// How many observations there are.
    pub count: usize,
    /// Their skewness.
    pub skewness: f64,
    /// Their kurtosis; 3 of a normal law.
    pub kurtosis: f64,
}

impl SharpeSample {
    /// That of a sample of returns above the riskless ones.
    pub fn of(excess: &[f64]) -> Option<SharpeSample> {
        Some(SharpeSample {
            ratio: mean(excess)? / deviation(excess)?,
            count: excess.len(),
            skewness: skewness(excess)?,
            kurtosis: kurtosis_excess(excess)? + 3.0,
        })
    }

    /// The probability that the true ratio exceeds another (Bailey and Lopez de Prado 2012,
    /// equation 11).
    pub fn probability_above(self, other: f64) -> f64 {
        let free = (self.count - 1) as f64;
        normal_share((self.ratio - other) * free.sqrt() / self.dispersion().sqrt())
    }

    /// How many observations it takes to be so sure that the true ratio exceeds another (Bailey
    /// and Lopez de Prado 2012, equation 13); none where it does not.
    pub fn length_above(self, other: f64, confidence: f64) -> Option<f64> {
        let distance = normal_quantile(confidence) / (self.ratio - other);
        (self.ratio > other).then(|| 1.0 + self.dispersion() * distance * distance)
    }

    /// The variance of the estimated ratio, times observations less one.
    fn dispersion(self) -> f64 {
        let SharpeSample { ratio, skewness, kurtosis, .. } = self;
        1.0 - skewness * ratio + (kurtosis - 1.0) / 4.0 * ratio * ratio
    }
}

/// The expected highest of so many independent Sharpe ratios whose true value is zero and whose
/// deviation is one (Bailey and Lopez de Prado 2014, equation 1); zero of one.
pub fn expected_highest(trials: f64) -> f64 {
    const EULER_MASCHERONI: f64 = 0.577_215_664_901_532_9;
    if trials <= 1.0 {
        return 0.0;
    }
    (1.0 - EULER_MASCHERONI) * normal_quantile(1.0 - 1.0 / trials)
        + EULER_MASCHERONI * normal_quantile(1.0 - 1.0 / (trials * std::f64::consts::E))
}

/// Whether all values are equal: their variance may be a rounding error.
fn is_flat(values: &[f64]) -> bool {
    values.windows(2).all(|pair| pair[0] == pair[1])
}

fn moment(values: &[f64], order: usize) -> Option<f64> {
    let mean = mean(values)?;
    let power = |v: &f64| std::iter::repeat_n(v - mean, order).product::<f64>();
    Some(sum(values.iter().map(power)) / values.len() as f64)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// empyrical: `value_at_risk([1, 81, 82, 83, 84, 85], cutoff)`, and `cagr` of nine days of 1%.
    #[test]
    fn as_empyrical() {
        let values = [1.0, 81.0, 82.0, 83.0, 84.0, 85.0];
        for (share, want) in [(0.1, 41.0), (0.2, 81.0), (0.3, 81.5)] {
            let found = quantile(&values, share).expect("there are values");
            assert!((found - want).abs() < 1e-9, "{found}");
        }
        let yearly = annual(&[0.01; 9], 252.0).expect("something is left");
        assert!((yearly - 11.274_002_099_240_212).abs() < 1e-9, "{yearly}");
    }

    /// A fund with a yearly ratio of 1.585 over two years: once judged by the shape of its returns,
    /// once as if they were normal (Bailey and Lopez de Prado 2012, The Sharpe Ratio Efficient
    /// Frontier, Journal of Risk 15(2), numerical example).
    #[test]
    fn probability_of_a_ratio() {
        let fund = SharpeSample { ratio: 0.458, count: 24, skewness: -2.448, kurtosis: 10.164 };
        assert!((fund.probability_above(0.0) - 0.913).abs() < 0.000_5);
        let normal = SharpeSample { skewness: 0.0, kurtosis: 3.0, ..fund };
        assert!((normal.probability_above(0.0) - 0.982).abs() < 0.000_5);
    }

    /// PerformanceAnalytics, examples of ProbSharpeRatio and MinTrackRecord. They state a kurtosis
    /// of 5.78, which their results leave out: 3 gives them.
    #[test]
    fn as_performance_analytics() {
        let month = 12.0_f64.sqrt();
        let fund = SharpeSample { ratio: 2.0 / month, count: 59, skewness: -0.72, kurtosis: 3.0 };
        assert!((fund.probability_above(1.0 / month) - 0.9597).abs() < 0.000_05);
        let length = fund.length_above(1.0 / month, 0.95).expect("it exceeds the other");
        assert!((length - 52.3736).abs() < 0.000_1, "{length}");
        assert_eq!(fund.length_above(3.0 / month, 0.95), None);
    }

    /// The best of 100 trials with a yearly ratio of 2.5 over 1,250 days, where the ratios of the
    /// trials vary by 1/2 (Bailey and Lopez de Prado 2014, The Deflated Sharpe Ratio, Journal of
    /// Portfolio Management 40(5), numerical example).
    #[test]
    fn deflated() {
        let hurdle = (0.5_f64 / 250.0).sqrt() * expected_highest(100.0);
        assert!((hurdle - 0.1132).abs() < 0.000_1, "{hurdle}");
        let best = SharpeSample {
            ratio: 2.5 / 250.0_f64.sqrt(),
            count: 1250,
            skewness: -3.0,
            kurtosis: 10.0,
        };
        assert!((best.probability_above(hurdle) - 0.9004).abs() < 0.000_5);
        assert_eq!(expected_highest(1.0), 0.0);
    }
}
