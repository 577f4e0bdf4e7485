//! Sectors inside of an index.

use std::borrow::Cow;

use super::super::entity::{Class, Mention};
use super::super::number::Quantity;
use super::super::token::any_of;
use super::super::words::list;
use super::Subjects;

impl Subjects<'_> {
    /// `RUT/SECTOR:financials` where the sector is that of an index: `the Russell 2000's
    /// financials`, `the energy sector of the Russell 2000`, `In the Russell 2000, energy`.
    pub(super) fn with_sector(&self, q: &Quantity, code: &'static str) -> Cow<'static, str> {
        let (scene, mentions) = (self.scene, &self.scene.mentions);
        let sector = mentions.iter().position(|m| m.code == code && m.end <= q.first);
        let owner = sector.filter(|_| is_sector(code)).and_then(|at| {
            let owns = |m: &&Mention| {
                let before = scene.key(self.word_before(m));
                let opens = m.first <= scene.range.start + 2 && any_of(before, list!("in|within"));
                let inside = any_of(before, list!("of|in|within"))
                    && scene.key(self.word_before(m).wrapping_sub(1)).starts_with("sector");
                opens || inside && m.first > mentions[at].first
            };
            let beside = at.checked_sub(1).map(|i| &mentions[i]).filter(|before| {
                let possessive = usize::from(scene.key(before.end) == "'s");
                mentions[at].first - before.end <= possessive
            });
            // sectors of the S&P 500 are called by the sector alone
            let mut index = mentions.iter().filter(|m| m.code == "RUT");
            beside.filter(|m| m.class == Class::Index).or_else(|| index.find(owns)).map(|m| m.code)
        });
        match owner {
            Some(index @ ("RUT" | "SPX")) => Cow::Owned(format!("{index}/{code}")),
            _ => Cow::Borrowed(code),
        }
    }
}

pub(super) fn is_sector(code: &str) -> bool {
    code.starts_with("SECTOR:")
}
