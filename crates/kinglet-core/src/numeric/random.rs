//! Numbers that look random and follow from a seed alone, the same on every machine.

/// A stream of numbers: SplitMix64 (Steele, Lea, Flood 2014, Fast Splittable Pseudorandom Number
/// Generators, OOPSLA, figure 17).
#[derive(Clone, Debug)]
pub struct Random {
    state: u64,
}

impl Random {
    /// The stream of a seed.
    pub fn new(seed: u64) -> Random {
        Random { state: seed }
    }

    /// A stream of its own for each number under a seed, so that what is drawn for a number does
    /// not depend on what was drawn before, nor on who draws it.
    pub fn stream(seed: u64, number: u64) -> Random {
        let start = Random::new(seed).bits().wrapping_add(number);
        Random::new(Random::new(start).bits())
    }

    /// Sixty-four bits.
    fn bits(&mut self) -> u64 {
        self.state = self.state.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.state;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    /// A number from 0 up to, but not, 1.
    pub fn share(&mut self) -> f64 {
        (self.bits() >> 11) as f64 / (1_u64 << 53) as f64
    }

    /// Two numbers of thirty-two bits.
    pub fn halves(&mut self) -> (u32, u32) {
        let bits = self.bits();
        ((bits >> 32) as u32, bits as u32)
    }

    /// A position below a length, all alike likely; zero below zero.
    pub fn below(&mut self, length: usize) -> usize {
        // The high half of the product; what is odd about it is below 1 in 2^64 / length.
        ((u128::from(self.bits()) * length as u128) >> 64) as usize
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The first numbers of seed 1234567, as in the tests of other implementations (Rosetta Code,
    /// Pseudo-random numbers/Splitmix64).
    #[test]
    fn as_published() {
        let mut random = Random::new(1_234_567);
        let want = [
            6_457_827_717_110_365_317,
            3_203_168_211_198_807_973,
            9_817_491_932_198_370_423,
            4_593_380_528_125_082_431,
            16_408_922_859_458_223_821,
        ];
        assert_eq!(want.map(|_| random.bits()), want);
    }

    #[test]
    fn within_bounds() {
        let mut random = Random::new(1);
        let mut seen = [0; 7];
        for _ in 0..7_000 {
            seen[random.below(7)] += 1;
            assert!((0.0..1.0).contains(&random.share()));
        }
        // Five standard deviations of a binomial law around 1,000.
        assert!(seen.iter().all(|n| (853..=1_147).contains(n)), "{seen:?}");
    }
}
