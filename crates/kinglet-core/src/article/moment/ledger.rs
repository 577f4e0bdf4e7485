//! What the article has told already of what a figure measures: a close is told once, and what a
//! second figure says of the same index is mostly of another time.

use super::super::claim::Claim;
use super::super::entity::OTHER;
use crate::time::Period;

/// How many claims back an article is looked over.
const REACH: usize = 200;

/// How an article has told of a period before, from the weakest to the strongest.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Told {
    /// Not at all.
    Never,
    /// Of something else, by an earlier sentence.
    Others,
    /// Of something else in the sentence.
    Beside,
    /// With another figure, by an earlier sentence.
    Before,
    /// With another figure in the sentence.
    Here,
    /// With the same figure.
    Same,
}

/// The periods for which earlier figures measure the same.
#[derive(Clone, Debug, Default)]
pub(in crate::article) struct Ledger {
    /// By the keys of the periods.
    told: Vec<(u64, Told)>,
    /// A bit for each key, of many keys the same: most periods that are asked for were not told of.
    known: u64,
    /// How many figures of earlier sentences measure the same of the same thing.
    pub(super) count: u32,
}

impl Ledger {
    /// From the claims of the sentence before this one, and those of earlier sentences.
    pub(in crate::article) fn of(claim: &Claim, own: &[Claim], earlier: &[Claim]) -> Ledger {
        let mut ledger = Ledger::default();
        let own = own.iter().map(|c| (c, Told::Beside, Told::Here));
        let earlier = &earlier[earlier.len().saturating_sub(REACH)..];
        let earlier = earlier.iter().map(|c| (c, Told::Others, Told::Before));
        for (other, beside, taken) in own.chain(earlier) {
            let Some(period) = other.period.filter(|_| other.metric == claim.metric) else {
                continue;
            };
            let same = other.entity == claim.entity && other.entity != OTHER;
            ledger.count += u32::from(same && taken == Told::Before);
            let told = match () {
                () if !same => beside,
                () if other.value.abs() == claim.value.abs() => Told::Same,
                () => taken,
            };
            ledger.note(period, told);
        }
        ledger
    }

    fn note(&mut self, period: Period, told: Told) {
        let key = period.key();
        self.known |= bit(key);
        match self.told.iter_mut().find(|(known, _)| *known == key) {
            Some((_, known)) => *known = told.max(*known),
            None => self.told.push((key, told)),
        }
    }

    /// How a period was told of.
    #[inline]
    pub(super) fn told(&self, key: u64) -> Told {
        if self.known & bit(key) == 0 {
            return Told::Never;
        }
        let found = self.told.iter().find(|(known, _)| *known == key);
        found.map_or(Told::Never, |(_, told)| *told)
    }
}

/// The bit of a key.
fn bit(key: u64) -> u64 {
    1 << (key.wrapping_mul(0x9e37_79b9_7f4a_7c15) >> 58)
}
