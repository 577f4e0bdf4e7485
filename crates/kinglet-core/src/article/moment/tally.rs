//! How many of them rose or fell: what is said of a time rather than of its end.

use super::super::number::{Measure, Quantity};
use super::super::token::any_of;
use super::super::words::{List, list};
use super::Moments;

impl Moments<'_> {
    /// Whether so many stocks are told to have risen or fallen: `444 of the components rose for the
    /// week`, `1,644 issues were up`, `decliners outnumbered advancers by 13 to 9`.
    pub(super) fn is_tally(&self, q: &Quantity, metric: &str) -> bool {
        let counted = list!("other|share|event_count|event_successes|constituents");
        if !any_of(metric, counted) || !matches!(q.measure, Measure::Plain | Measure::Percent) {
            return false;
        }
        let nouns = list!(
            "issues|stocks|components|sectors|companies|members|names|decliners|advancers|\
            gainers|losers|industries|advances|declines"
        );
        let moved = list!(
            "rose|fell|advanced|declined|gained|lost|climbed|dropped|slid|unchanged|up|down|\
            advancing|declining|higher|lower|flat|rising|falling"
        );
        let sides = list!("decliners|advancers|losers|gainers|declines");
        let key = |i: usize| self.scene.key(i);
        let behind = |reach: usize, words: &List| {
            let clause = (q.end..q.end + reach).take_while(|&i| !any_of(key(i), list!(";|.")));
            { clause }.any(|i| any_of(key(i), words))
        };
        let said = |words: &List| self.scene.range.clone().any(|i| any_of(key(i), words));
        behind(7, nouns) && behind(11, moved)
            || behind(3, moved) && said(list!("issues|advanced|components"))
            || said(list!("outnumbered|outpaced|outnumber|beat|topped|led")) && said(sides)
    }
}
