//! Bounds that hold the true value in a share of samples, the level of confidence.

use std::ops::Range;

use super::bootstrap::Blocks;
use super::law::{normal_tails, student_quantile};
use super::performance::{deviation, normal_quantile, quantile};
use super::{mean, sum};

/// Between which values something lies.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Bounds {
    /// The lower one.
    pub low: f64,
    /// The upper one.
    pub high: f64,
}

impl Bounds {
    /// Of the probability behind a share of hits among so many independent trials (Wilson 1927,
    /// Probable Inference, the Law of Succession, and Statistical Inference, Journal of the
    /// American Statistical Association 22), without a correction for continuity:
    /// (h + z²/2 ± z √(h (n - h) / n + z²/4)) / (n + z²) with h = n times the share. None without
    /// trials.
    pub fn of_share(share: f64, trials: usize, level: f64) -> Option<Bounds> {
        if trials == 0 || !(0.0..=1.0).contains(&share) {
            return None;
        }
        let (n, z) = (trials as f64, normal_quantile(f64::midpoint(1.0, level)));
        let h = share * n;
        let (middle, total) = (h + z * z / 2.0, n + z * z);
        let reach = z * (h * (1.0 - share) + z * z / 4.0).sqrt();
        let (low, high) = ((middle - reach) / total, (middle + reach) / total);
        Some(Bounds { low: low.max(0.0), high: high.min(1.0) })
    }

    /// Of the mean behind independent values: that of the sample ± Student's quantile with n - 1
    /// degrees of freedom times s / √n (Student 1908, The Probable Error of a Mean, Biometrika 6).
    /// None of fewer than two values, nor where they do not move.
    pub fn of_mean(values: &[f64], level: f64) -> Option<Bounds> {
        let (centre, n) = (mean(values)?, values.len() as f64);
        let error = deviation(values)? / n.sqrt();
        let reach = student_quantile(f64::midpoint(1.0, level), n - 1.0) * error;
        Some(Bounds { low: centre - reach, high: centre + reach })
    }

    /// Of a statistic, from its values on resampled histories: their percentiles (Efron 1979,
    /// Bootstrap Methods, Annals of Statistics 7; quantiles of Hyndman and Fan 1996, type 7). None
    /// of no value.
    pub fn of_resamples(values: &[f64], level: f64) -> Option<Bounds> {
        let at = |share: f64| quantile(values, share);
        Some(Bounds { low: at((1.0 - level) / 2.0)?, high: at(f64::midpoint(1.0, level))? })
    }

    /// Of a mean over few events, from its values on resampled histories: as
    /// [`Bounds::of_resamples`], but further out, for resamples vary too little by a factor, the
    /// [`shortfall`], and their tails are not Student's. The percentiles are those of the normal
    /// law at ± t times the factor, where t is Student's quantile with n - 1 degrees of freedom
    /// (Hesterberg 2015, What Teachers Should Know About the Bootstrap, The American Statistician
    /// 69, the expanded percentile interval). Events whose outcomes overlap are one: n is that of
    /// [`groups`]. None where n is below 2.
    pub fn of_few(values: &[f64], level: f64, groups: usize, shortfall: f64) -> Option<Bounds> {
        let t = student_quantile(f64::midpoint(1.0, level), groups as f64 - 1.0);
        let reach = (groups >= 2 && shortfall.is_finite()).then_some(shortfall * t)?;
        Bounds::of_resamples(values, 1.0 - normal_tails(reach))
    }
}

/// In how many groups events fall if those are together whose outcomes overlap; of each event the
/// places over which its outcome goes, in order of where they start.
pub fn groups(outcomes: &[Range<usize>]) -> usize {
    let mut end = 0;
    let begins = |outcome: &&Range<usize>| {
        let is_apart = outcome.start >= end;
        end = end.max(outcome.end);
        is_apart
    };
    outcomes.iter().filter(begins).count()
}

/// By what factor the deviation of the mean outcome is larger than that of its resamples, where
/// outcomes are sums of independent steps, one for each place over which they go.
///
/// Two outcomes then correlate by the places ρ that they share, and the mean of n has the variance
/// Σᵢⱼ ρᵢⱼ / n². A resample keeps i and j together with the probability wᵢⱼ that one block holds
/// both, and measures from the mean of the sample, hence Σᵢⱼ wᵢⱼ (ρᵢⱼ - ρᵢ. - ρ.ⱼ + ρ..) / n² with
/// the means ρᵢ. of rows and ρ.. of all (the bias of the block bootstrap: Lahiri 2003, Resampling
/// Methods for Dependent Data, chapter 5, there for a mean over every place and in the limit).
/// For outcomes far apart it is √(n / (n - 1)). Infinite where resamples do not vary.
pub fn shortfall(outcomes: &[Range<usize>], blocks: Blocks) -> f64 {
    let n = outcomes.len() as f64;
    let shared = |a: &Range<usize>, b: &Range<usize>| {
        let both = a.end.min(b.end).saturating_sub(a.start.max(b.start)) as f64;
        let scale = ((a.len() * b.len()) as f64).sqrt();
        if a == b { 1.0 } else { both / scale.max(1.0) }
    };
    let row = |a| sum(outcomes.iter().map(|b| shared(a, b)));
    let rows: Vec<f64> = outcomes.iter().map(|a| row(a) / n).collect();
    let all = sum(rows.iter().copied()) / n;
    let pairs = || outcomes.iter().zip(&rows);
    let last = outcomes.iter().map(|a| a.start).max().unwrap_or_default();
    let together: Vec<f64> = (0..=last).map(|lag| blocks.holds(lag)).collect();
    let kept = sum(pairs().flat_map(|(a, of_a)| {
        let together = &together;
        pairs().map(move |(b, of_b)| {
            together[a.start.abs_diff(b.start)] * (shared(a, b) - of_a - of_b + all)
        })
    }));
    if kept > 0.0 { (all * n * n / kept).sqrt().max(1.0) } else { f64::INFINITY }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn near(found: Option<Bounds>, low: f64, high: f64) {
        let found = found.expect("there are bounds");
        assert!((found.low - low).abs() < 1e-12 && (found.high - high).abs() < 1e-12, "{found:?}");
    }

    /// statsmodels 0.15.0: `proportion_confint(hits, count, alpha, method='wilson')`.
    #[test]
    fn shares_as_statsmodels() {
        let of = |hits: u16, count: u16, level| {
            Bounds::of_share(f64::from(hits) / f64::from(count), count.into(), level)
        };
        near(of(14, 17, 0.95), 0.589_705_414_311_658_7, 0.938_088_733_623_79);
        near(of(14, 17, 0.9), 0.631_033_021_930_974_1, 0.927_185_533_452_935_5);
        near(of(0, 5, 0.95), 0.0, 0.434_482_464_783_174_87);
        near(of(5, 5, 0.95), 0.565_517_535_216_825_2, 1.0);
        near(of(90, 100, 0.9), 0.839_644_490_388_907_8, 0.939_281_332_984_552_9);
        assert_eq!(of(0, 0, 0.95), None);
        assert_eq!(of(2, 1, 0.95), None);
    }

    /// Monthly returns in per cent (Bacon 2008, table 4.1); scipy 1.17.1: `stats.t.interval(level,
    /// 23, returns.mean(), stats.sem(returns))`.
    #[test]
    fn means_as_scipy() {
        let returns = [
            0.3, 2.6, 1.1, -1.0, 1.5, 2.5, 1.6, 6.7, -1.4, 4.0, -0.5, 8.1, 4.0, -3.7, -6.1, 1.7,
            -4.9, -2.2, 7.0, 5.8, -6.5, 2.4, -0.5, -0.9,
        ];
        near(Bounds::of_mean(&returns, 0.95), -0.769_988_350_308_503_4, 2.569_988_350_308_503_5);
        near(Bounds::of_mean(&returns, 0.9), -0.483_576_223_947_094_65, 2.283_576_223_947_094_7);
        assert_eq!(Bounds::of_mean(&returns[..1], 0.95), None);
        assert_eq!(Bounds::of_mean(&[2.0, 2.0], 0.95), None);
    }

    /// Of 0 to 100, type 7 takes the values themselves.
    #[test]
    fn percentiles() {
        let values: Vec<f64> = (0..=100).map(f64::from).collect();
        near(Bounds::of_resamples(&values, 0.9), 5.0, 95.0);
        assert_eq!(Bounds::of_resamples(&[], 0.9), None);
    }

    /// By scipy 1.17.1: with n of 5 the lower percentile is `norm.cdf(-sqrt(5 / 4) * t.ppf(0.975,
    /// 4))`, 0.0954% in place of 2.5%.
    #[test]
    fn percentiles_of_few() {
        let values: Vec<f64> = (0..=100).map(f64::from).collect();
        let of_few = |groups, shortfall| Bounds::of_few(&values, 0.95, groups, shortfall);
        near(of_few(5, 1.25_f64.sqrt()), 0.095_410_055_188_249, 99.904_589_944_811_75);
        assert_eq!(of_few(1, 1.0), None);
        assert_eq!(of_few(5, f64::INFINITY), None);
        let plain = Bounds::of_resamples(&values, 0.95).expect("values");
        let many = of_few(1_000_000, 1.0).expect("values");
        assert!((many.low - plain.low).abs() < 1e-4, "{many:?}");
        let over = |length| [3, 5, 8, 11, 20].map(|start| start..start + length);
        assert_eq!(groups(&over(3)), 4);
        assert_eq!(groups(&over(4)), 2);
        assert_eq!(groups(&[1..9, 2..3, 5..7]), 1);
        assert_eq!(groups(&[]), 0);
    }

    /// Apart, every pair falls asunder, and what is left is √(n / (n - 1)). The others are by numpy
    /// 2.4.6: the deviation of the mean outcome over 600,000 random walks of 200 steps, divided by
    /// that of the mean in one stationary resample of each walk, events with their outcomes.
    #[test]
    fn resamples_fall_short() {
        let of = |starts: &[usize], blocks| {
            let over: Vec<Range<usize>> = starts.iter().map(|start| *start..start + 6).collect();
            shortfall(&over, blocks)
        };
        let apart = of(&[0, 100, 200, 300, 400], Blocks::Circular(5));
        assert!((apart - 1.25_f64.sqrt()).abs() < 1e-12, "{apart}");
        // Every place is an event: 1 / √(1 - h / 3b), with a little for what is beside the mean.
        let all: Vec<usize> = (0..2_000).collect();
        let long = of(&all, Blocks::Stationary(20.0));
        assert!((long - (1.0_f64 / (1.0 - 6.0 / 60.0)).sqrt()).abs() < 0.02, "{long}");
        let eight = Blocks::Stationary(8.0);
        for (starts, expected) in [
            (&[0, 4, 100][..], 1.514),
            (&[0, 50, 100], 1.223),
            (&[0, 2, 4, 6, 8, 50, 53, 120], 1.505),
        ] {
            let found = of(starts, eight);
            assert!((found - expected).abs() < 0.01, "{starts:?}: {found}");
        }
        assert_eq!(of(&[7], eight), f64::INFINITY);
    }
}
