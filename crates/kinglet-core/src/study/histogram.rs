//! Outcomes in bins: of the events beside those of any period.

/// A histogram has about so many bins.
const BINS: f64 = 12.0;

/// A stretch of outcomes with how many fall into it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Bin {
    /// From here.
    pub from: f64,
    /// Up to, but not, here.
    pub to: f64,
    /// How many outcomes of events.
    pub events: usize,
    /// How many outcomes of any period.
    pub any: usize,
}

/// Both samples in the same bins, of a round width, one of which begins at zero; none of nothing.
pub fn histogram(events: &[f64], any: &[f64]) -> Vec<Bin> {
    let all = || events.iter().chain(any).copied();
    let (Some(low), Some(high)) = (all().reduce(f64::min), all().reduce(f64::max)) else {
        return Vec::new();
    };
    let width = round((high - low) / BINS);
    let place = |value: f64| (value / width).floor() as i64;
    let count = |values: &[f64], at: i64| values.iter().filter(|v| place(**v) == at).count();
    let bin = |at: i64| Bin {
        from: at as f64 * width,
        to: (at + 1) as f64 * width,
        events: count(events, at),
        any: count(any, at),
    };
    (place(low)..=place(high)).map(bin).collect()
}

/// The next of 1, 2 or 5 times a power of ten.
fn round(raw: f64) -> f64 {
    let power = libm::pow(10.0, libm::log10(raw.max(1e-9)).floor());
    let steps = [1.0, 2.0, 5.0, 10.0].map(|step| step * power);
    steps.into_iter().find(|step| *step >= raw).unwrap_or(10.0 * power)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_outcome_is_in_one_bin() {
        let any = [-0.31, -0.02, 0.0, 0.01, 0.049, 0.05, 0.3];
        let bins = histogram(&any[4..6], &any);
        assert_eq!(bins.iter().map(|bin| bin.any).sum::<usize>(), 7);
        assert_eq!(bins.iter().map(|bin| bin.events).sum::<usize>(), 2);
        let at_zero = bins.iter().find(|bin| bin.from == 0.0).expect("a bin from zero");
        assert_eq!((at_zero.to, at_zero.any, at_zero.events), (0.1, 4, 2));
        assert!(histogram(&[], &[]).is_empty());
        assert_eq!(histogram(&[0.5], &[0.5]).len(), 1);
    }
}
