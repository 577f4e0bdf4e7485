//! Drawdowns: each fall from a peak until the peak is reached again.

/// One drawdown of a path, by the positions of its days.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Decline {
    /// The last day at the peak.
    pub peak: usize,
    /// The first day at the lowest value.
    pub trough: usize,
    /// The first day that is not below the peak any more; none where the path ends below it.
    pub recovery: Option<usize>,
    /// How far the trough lies below the peak, as a share of it; negative.
    pub depth: f64,
}

impl Decline {
    /// All of a path of positive values, oldest first.
    pub fn all(path: &[f64]) -> Vec<Decline> {
        let mut found: Vec<Decline> = Vec::new();
        let (mut peak, mut is_open) = (0, false);
        for (at, value) in path.iter().enumerate() {
            let depth = value / path[peak] - 1.0;
            match found.last_mut().filter(|_| is_open) {
                Some(decline) if *value >= path[peak] => {
                    decline.recovery = Some(at);
                    (peak, is_open) = (at, false);
                }
                Some(decline) if *value < path[decline.trough] => {
                    (decline.trough, decline.depth) = (at, depth);
                }
                Some(_) => {}
                None if *value >= path[peak] => peak = at,
                None => {
                    found.push(Decline { peak, trough: at, recovery: None, depth });
                    is_open = true;
                }
            }
        }
        found
    }

    /// All of a path, the deepest first; of equally deep ones the older first.
    pub fn deepest(path: &[f64]) -> Vec<Decline> {
        let mut found = Decline::all(path);
        found.sort_by(|a, b| a.depth.total_cmp(&b.depth));
        found
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn by_hand() {
        // A fall of a quarter that is made good, one of a tenth, one of a half that is not.
        let path = [100.0, 100.0, 80.0, 75.0, 90.0, 100.0, 90.0, 95.0, 120.0, 60.0, 60.0, 119.0];
        let decline = |peak, trough, recovery| {
            let depth = path[trough] / path[peak] - 1.0;
            Decline { peak, trough, recovery, depth }
        };
        let (first, second, last) =
            (decline(1, 3, Some(5)), decline(5, 6, Some(8)), decline(8, 9, None));
        assert_eq!(Decline::all(&path), [first, second, last]);
        assert_eq!(Decline::deepest(&path), [last, first, second]);
        assert_eq!(Decline::all(&[1.0, 2.0, 2.0, 3.0]), []);
        assert_eq!(Decline::all(&[]), []);
    }
}
