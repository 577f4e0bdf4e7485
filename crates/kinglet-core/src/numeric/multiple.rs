//! Several hypotheses tried on the same data: probabilities as they are once one counts how often
//! one has looked. Each guards against a single false discovery among all.

/// The probability that the best of so many independent trials does as well by chance:
/// 1 - (1 - p)^m (Šidák 1967, Rectangular Confidence Regions for the Means of Multivariate Normal
/// Distributions, Journal of the American Statistical Association 62).
pub fn sidak(p_values: &[f64]) -> Vec<f64> {
    let trials = p_values.len() as f64;
    p_values.iter().map(|p| -libm::expm1(trials * libm::log1p(-p))).collect()
}

/// From the smallest on, each times the number of hypotheses not yet rejected, and never below the
/// one before (Holm 1979, A Simple Sequentially Rejective Multiple Test Procedure, Scandinavian
/// Journal of Statistics 6). Holds for any dependence.
pub fn holm(p_values: &[f64]) -> Vec<f64> {
    let by_size = |a: &usize, b: &usize| p_values[*a].total_cmp(&p_values[*b]);
    let left = |rank: usize| (p_values.len() - rank) as f64;
    stepdown(p_values.len(), by_size, |at, rank| p_values[at[rank]] * left(rank))
}

/// From the largest statistic on, the share of resamples in which the largest of those not yet
/// rejected is as large, and never below the one before (Romano and Wolf 2005, Exact and
/// Approximate Stepdown Methods for Multiple Hypothesis Testing, Journal of the American
/// Statistical Association 100; as p-values Romano and Wolf 2016, Statistics and Probability
/// Letters 113). Keeps the dependence between hypotheses, so it finds more than Holm where they say
/// nearly the same.
///
/// `statistics` are measured to either side, as t-values are; `resampled` holds for each of them
/// its values under the null hypothesis, thus with the observed one taken off, on histories that
/// all hypotheses share. None where their numbers differ or there is no history.
pub fn romano_wolf(statistics: &[f64], resampled: &[Vec<f64>]) -> Option<Vec<f64>> {
    let draws = resampled.first()?.len();
    if draws == 0 || resampled.len() != statistics.len() {
        return None;
    }
    if resampled.iter().any(|values| values.len() != draws) {
        return None;
    }
    let size = |at: usize| statistics[at].abs();
    let by_size = |a: &usize, b: &usize| size(*b).total_cmp(&size(*a));
    let chance = |order: &[usize], rank: usize| {
        let beats = |draw: &usize| {
            order[rank..].iter().any(|at| resampled[*at][*draw].abs() >= size(order[rank]))
        };
        ((0..draws).filter(beats).count() + 1) as f64 / (draws + 1) as f64
    };
    Some(stepdown(statistics.len(), by_size, chance))
}

/// Goes through hypotheses from the strongest on; none is more probable than those before it.
fn stepdown(
    count: usize,
    by_strength: impl Fn(&usize, &usize) -> std::cmp::Ordering,
    p_value: impl Fn(&[usize], usize) -> f64,
) -> Vec<f64> {
    let mut order: Vec<usize> = (0..count).collect();
    order.sort_by(by_strength);
    let (mut adjusted, mut highest) = (vec![0.0; count], 0.0_f64);
    for rank in 0..count {
        highest = highest.max(p_value(&order, rank)).min(1.0);
        adjusted[order[rank]] = highest;
    }
    adjusted
}

#[cfg(test)]
mod tests {
    use super::*;

    const P_VALUES: [f64; 6] = [0.01, 0.04, 0.03, 0.005, 0.5, 0.03];

    fn near(found: &[f64], want: &[f64]) {
        assert_eq!(found.len(), want.len());
        for (a, b) in found.iter().zip(want) {
            assert!((a - b).abs() < 1e-12, "{found:?}, not {want:?}");
        }
    }

    /// statsmodels 0.15.0: `multipletests(p, method=...)[1]` with `sidak` and `holm`.
    #[test]
    fn as_statsmodels() {
        let (twice, once) = (0.167_027_995_071_000_02, 0.058_519_850_599);
        let want = [once, 0.217_242_210_304, twice, 0.029_627_490_643_734_374, 0.984_375, twice];
        near(&sidak(&P_VALUES), &want);
        near(&holm(&P_VALUES), &[0.05, 0.12, 0.12, 0.03, 0.5, 0.12]);
        assert_eq!(holm(&[0.7, 0.8]), [1.0, 1.0]);
        assert_eq!((sidak(&[]), holm(&[])), (vec![], vec![]));
    }

    /// By hand. The order is 3, 2.5, 1. Of the largest of all three, 2.6, 3.1, 0.4 and 1.2, one
    /// reaches 3: (1 + 1) / 5. Of the largest of the last two, 2.6, 0.3, 0.4 and 1.2, one reaches
    /// 2.5: 2/5 again. The last alone, 0.2, 0.3, 0.4 and 1.2, reaches 1 once, and 2/5 it is.
    #[test]
    fn stepdown_by_hand() {
        let resampled =
            [vec![-2.6, 0.1, 0.0, 0.3], vec![0.2, -0.3, 0.4, 1.2], vec![0.5, -3.1, 0.1, 0.2]];
        near(&romano_wolf(&[-2.5, 1.0, 3.0], &resampled).expect("draws"), &[0.4, 0.4, 0.4]);
        // With 3.2 nothing reaches the first, 1/5, and the others stay.
        near(&romano_wolf(&[-2.5, 1.0, 3.2], &resampled).expect("draws"), &[0.4, 0.4, 0.2]);
        // A weaker second meets 2.6 and, of the third, nothing: 2/5; the third 0.25: 4/5.
        near(&romano_wolf(&[-2.5, 0.25, 3.2], &resampled).expect("draws"), &[0.4, 0.8, 0.2]);
        assert_eq!(romano_wolf(&[1.0], &resampled), None);
        assert_eq!(romano_wolf(&[1.0], &[vec![]]), None);
        assert_eq!(romano_wolf(&[], &[]), None);
    }

    /// Hypotheses that say the same are one.
    #[test]
    fn the_same_thrice() {
        let values: Vec<f64> = (1..=99).map(|draw| f64::from(draw) / 25.0).collect();
        let resampled = vec![values; 3];
        let found = romano_wolf(&[3.0; 3], &resampled).expect("draws");
        near(&found, &[0.26; 3]);
    }
}
