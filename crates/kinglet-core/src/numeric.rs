//! Sums in a fixed order and elementary statistics; the only place where series are added up.

pub mod abnormal;
pub mod bootstrap;
pub mod confidence;
pub mod decline;
pub mod law;
pub mod multiple;
pub mod performance;
pub mod placebo;
pub mod random;
pub mod regression;
pub mod significance;

/// The sum from first to last, with Neumaier's compensation (Neumaier 1974, Zeitschrift für
/// Angewandte Mathematik und Mechanik 54, algorithm IV), so that the order of magnitude of the
/// terms does not matter.
pub fn sum(values: impl IntoIterator<Item = f64>) -> f64 {
    let (mut total, mut lost) = (0.0_f64, 0.0_f64);
    for value in values {
        let next = total + value;
        lost += if total.abs() >= value.abs() {
            (total - next) + value
        } else {
            (value - next) + total
        };
        total = next;
    }
    total + lost
}

/// The arithmetic mean; none of nothing.
pub fn mean(values: &[f64]) -> Option<f64> {
    (!values.is_empty()).then(|| sum(values.iter().copied()) / values.len() as f64)
}

/// The middle of the values in order, of two middle ones their mean; none of nothing.
pub fn median(values: &[f64]) -> Option<f64> {
    let mut ordered = values.to_vec();
    ordered.sort_by(f64::total_cmp);
    let last = ordered.len().checked_sub(1)?;
    Some((ordered[last / 2] + ordered[last.div_ceil(2)]) / 2.0)
}

/// The sample variance with divisor n - 1; none for fewer than two values.
pub fn variance(values: &[f64]) -> Option<f64> {
    let mean = mean(values).filter(|_| values.len() >= 2)?;
    Some(sum(values.iter().map(|v| (v - mean) * (v - mean))) / (values.len() - 1) as f64)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn compensated() {
        assert_eq!(sum([1e100, 1.0, -1e100]), 1.0);
        assert_eq!(variance(&[1.0, 2.0, 3.0, 4.0]), Some(5.0 / 3.0));
        assert_eq!(variance(&[1.0]), None);
        assert_eq!(median(&[]), None);
        assert_eq!(median(&[3.0, 1.0, 2.0]), Some(2.0));
        assert_eq!(median(&[4.0, 1.0, 2.0, 3.0]), Some(2.5));
    }
}
