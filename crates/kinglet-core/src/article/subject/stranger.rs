//! Names that are none of the known ones, of which a figure may be said.

use super::super::entity::{Class, Mention};
use super::super::lexicon::Signal;
use super::super::metric::Reading;
use super::super::number::Quantity;
use super::super::token::any_of;
use super::super::words::list;
use super::{Subjects, is_verb};

impl Subjects<'_> {
    /// Whether the verb of a figure has a name for its subject that is none of the known ones:
    /// `shares of PTC Therapeutics, which soared 88%`, `Signature Bank jumped 8.1%`.
    pub(super) fn is_stranger(&self, q: &Quantity, reading: &Reading) -> bool {
        let scene = self.scene;
        let verb = reading.cue.filter(|c| {
            let change = matches!(c.signal, Signal::Up | Signal::Down);
            change && c.end <= q.first && is_verb(scene.key(c.first))
        });
        let Some(verb) = verb else { return false };
        // "when Lehman collapsed in 2008 (DJIA: -6.0%)"
        let tagged = |m: &Mention| {
            m.class == Class::Index
                && m.first >= verb.end
                && m.end <= q.first
                && m.end + 2 > q.first
        };
        if scene.mentions.iter().any(tagged) {
            return false;
        }
        let at = self.subject_end(verb.first);
        let Some(subject) = at.checked_sub(1).filter(|i| *i >= scene.range.start) else {
            return false;
        };
        let known = scene.mentions.iter().any(|m| m.first <= subject && subject < m.end);
        let dated = scene.times.iter().any(|t| t.first <= subject && subject < t.end);
        let Some(token) = scene.tokens.get(subject).filter(|_| !known && !dated) else {
            return false;
        };
        let key = scene.key(subject);
        if any_of(key, list!("stock|shares")) {
            let owner = subject.wrapping_sub(1);
            let general =
                list!("u.s.|us|american|most|many|all|some|both|these|listed|the|its|other|such");
            let name = scene.tokens.get(owner).is_some_and(|t| t.capital)
                && scene.range.contains(&owner)
                && !scene.mentions.iter().any(|m| m.first <= owner && owner < m.end)
                && !any_of(scene.key(owner), general);
            let known = scene.key(owner) == "'s" && scene.mentions.iter().any(|m| m.end == owner);
            if name || !known && any_of(scene.key(owner), list!("'s|its|company|their")) {
                return true;
            }
        }
        let word = scene.tokens.is_word(subject) && token.capital;
        let alone = subject == scene.range.start;
        let ordinary = key.ends_with('s')
            || any_of(
                key,
                list!(
                    "it|he|she|this|that|trading|volume|sentiment|growth|inflation|debt|breadth|\
                    index|\
                momentum|participation|volatility|nothing|everything|one|what|there|both|\
                    composite|average"
                ),
            );
        word && !(alone && ordinary) && !any_of(key, list!("index|composite|average|etf|it"))
    }

    /// Behind which word the subject of a verb ends: auxiliaries and relative pronouns are skipped.
    fn subject_end(&self, verb: usize) -> usize {
        let scene = self.scene;
        let light = list!(
            "has|had|have|was|were|is|are|also|initially|briefly|then|even|only|just|\
            still|later|\
            already|finally|itself|each|both|sharply|slightly|quickly|actually|recently"
        );
        let mut at = verb;
        let mut relative = false;
        while at > scene.range.start {
            let key = scene.key(at - 1);
            let skip = any_of(key, light)
                || any_of(key, list!("which|that|who"))
                || relative && key == ",";
            relative |= any_of(key, list!("which|who|that"));
            if !skip {
                break;
            }
            at -= 1;
        }
        at
    }
}
