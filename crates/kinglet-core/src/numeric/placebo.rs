//! Other dates on which nothing happened, spaced like the events: what the statistic would have
//! been for no reason.

use super::mean;
use super::random::Random;

/// As many positions as there are events, anywhere in the history, with the same distances between
/// neighbours in another order: events that cluster have placebos that cluster, and windows of
/// outcomes overlap as often. The history is closed to a ring for this, so that its end and its
/// beginning are as likely as all else; no two positions are equal if no two events are.
#[derive(Clone, Debug)]
pub struct Placebos {
    length: usize,
    gaps: Vec<usize>,
    random: Random,
}

impl Placebos {
    /// Of events at positions in a history of so many; none of no event, or of one outside.
    pub fn new(events: &[usize], length: usize, seed: u64) -> Option<Placebos> {
        let mut ordered = events.to_vec();
        ordered.sort_unstable();
        let (first, last) = (*ordered.first()?, *ordered.last()?);
        let around = (last < length).then(|| first + length - last)?;
        let between = ordered.windows(2).map(|pair| pair[1] - pair[0]);
        let gaps = between.chain([around]).collect();
        Some(Placebos { length, gaps, random: Random::new(seed) })
    }

    /// The next dates, in order.
    pub fn draw(&mut self) -> Vec<usize> {
        // Fisher and Yates, from the end.
        for end in (1..self.gaps.len()).rev() {
            self.gaps.swap(end, self.random.below(end + 1));
        }
        let mut at = self.random.below(self.length);
        let step = |gap: &usize| {
            at = (at + gap) % self.length;
            at
        };
        let mut drawn: Vec<usize> = self.gaps.iter().map(step).collect();
        drawn.sort_unstable();
        drawn
    }
}

/// How probable a statistic is that lies so far from the mean of those of placebos, to either side:
/// (1 + those as far) / (1 + all) (Phipson and Smyth 2010, Permutation P-values Should Never Be
/// Zero, Statistical Applications in Genetics and Molecular Biology 9). None without placebos.
pub fn p_value(statistic: f64, placebos: &[f64]) -> Option<f64> {
    let centre = mean(placebos)?;
    let far = (statistic - centre).abs();
    let as_far = placebos.iter().filter(|value| (*value - centre).abs() >= far).count();
    Some((as_far + 1) as f64 / (placebos.len() + 1) as f64)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Distances on the ring stay what they were, and every place is as likely.
    #[test]
    fn spaced_like_the_events() {
        let mut placebos = Placebos::new(&[3, 90, 4, 20], 100, 1).expect("events");
        let mut seen = [0_i32; 100];
        for _ in 0..5_000 {
            let drawn = placebos.draw();
            let next = drawn.iter().cycle().skip(1);
            let mut gaps: Vec<usize> =
                drawn.iter().zip(next).map(|(a, b)| (100 + b - a) % 100).collect();
            gaps.sort_unstable();
            assert_eq!(gaps, [1, 13, 16, 70]);
            drawn.iter().for_each(|at| seen[*at] += 1);
        }
        // Six standard deviations of a binomial law around 200.
        assert!(seen.iter().all(|n| (n - 200).abs() < 85), "{seen:?}");
    }

    #[test]
    fn bounds() {
        assert!(Placebos::new(&[], 10, 1).is_none());
        assert!(Placebos::new(&[10], 10, 1).is_none());
        let mut single = Placebos::new(&[9], 10, 1).expect("an event");
        assert!((0..100).all(|_| single.draw()[0] < 10));
        let drawn = |seed| Placebos::new(&[1, 5, 7], 100, seed).expect("events").draw();
        assert_eq!(drawn(3), drawn(3));
        assert_ne!(drawn(3), drawn(4));
    }

    /// By hand: the mean is 0; 2 and -3 are as far from it as 2, so (1 + 2) / (1 + 5).
    #[test]
    fn far_from_placebos() {
        assert_eq!(p_value(2.0, &[0.0, 1.0, -3.0, 2.0, 0.0]), Some(0.5));
        assert_eq!(p_value(4.0, &[0.0, 1.0, -3.0, 2.0, 0.0]), Some(1.0 / 6.0));
        assert_eq!(p_value(4.0, &[]), None);
    }
}
