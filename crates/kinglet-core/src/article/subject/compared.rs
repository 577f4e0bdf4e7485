//! The two sides of a comparison: who did better than whom, who is cheaper than whom.

use super::super::anaphor;
use super::super::entity::{Class, Mention, OTHER};
use super::super::lexicon::Signal;
use super::super::metric::Reading;
use super::super::number::Quantity;
use super::super::token::any_of;
use super::super::words::list;
use super::Subjects;

impl Subjects<'_> {
    /// `the score was 8.9% to 5.5% in favor of small`: the winner has the first figure.
    pub(super) fn scored(&self, q: &Quantity) -> Option<&'static str> {
        let scene = self.scene;
        let favored = |at: usize| scene.tokens.any_phrase(at, list!("in favor of|in favour of"));
        let last = scene.quantities.iter().find(|o| o.first == q.end + 1);
        let second = last.filter(|_| scene.key(q.end) == "to").and_then(|o| favored(o.end));
        let at = second.or_else(|| favored(q.end).filter(|_| scene.before(q, 1) == "to"))?;
        let winner = scene.mentions.iter().find(|m| m.first == at || m.first == at + 1)?;
        let code = self.code(winner);
        if second.is_some() {
            return Some(code);
        }
        let pair = [self.carried.pair.0, self.carried.pair.1];
        let other = pair.into_iter().flatten().find(|c| *c != code);
        Some(other.or_else(|| usual(code)).unwrap_or(OTHER))
    }

    /// `-1.9% against +14.8%`: without names the second figure is of the other one of the last two.
    pub(super) fn set_against(&self, q: &Quantity) -> Option<&'static str> {
        let scene = self.scene;
        let first = scene.figure_before(q)?;
        let linked = first.measure == q.measure
            && match q.first - first.end {
                1 => any_of(scene.before(q, 1), list!("against|versus|vs|vs.")),
                2 => {
                    scene.tokens.any_phrase(first.end, list!("compared with|compared to")).is_some()
                }
                _ => false,
            };
        if !linked {
            return None;
        }
        let named = scene.mentions.iter().any(|m| m.first >= q.end && m.first <= q.end + 6);
        // "the Russell fell further than the S&P 500, by 20% compared with 18%"
        let before = scene.mentions.partition_point(|m| m.end <= first.first);
        let pair = match anaphor::named(&scene.mentions[..before]).as_slice() {
            [.., former, latter] => (Some(*former), Some(*latter)),
            _ => self.carried.pair,
        };
        let (Some(former), Some(latter)) = pair else { return None };
        let other = |code: &str| if code == former { latter } else { former };
        (!named).then(|| other(self.entity(first)))
    }

    /// Whose beta or correlation with another it is: `the Dow's correlation with the S&P 500`, `the
    /// beta of the Dow to the S&P 500`.
    pub(super) fn measured(&self, reading: &Reading) -> Option<&'static str> {
        let scene = self.scene;
        let cue = reading.cue?;
        let whole = |m: &&Mention| matches!(m.class, Class::Index | Class::Listed | Class::Group);
        let owner = |m: &&Mention| {
            let possessive = usize::from(scene.key(m.end) == "'s");
            whole(m) && m.end + possessive == cue.first
        };
        let of = any_of(scene.key(cue.end), list!("of|between"));
        let ends = scene.mentions.iter().find(|m| whole(m) && m.first >= cue.end);
        let found = scene.mentions.iter().find(owner).or(ends.filter(|_| of))?;
        Some(self.code(found))
    }

    /// Who did better, and than whom.
    pub(super) fn pair(&self, q: &Quantity, reading: &Reading) -> (String, Option<String>) {
        let scene = self.scene;
        let cue = reading.cue.filter(|c| matches!(c.signal, Signal::Beat | Signal::Lag));
        let noun = |at: usize| {
            any_of(scene.key(at), list!("lead|advantage|edge|premium"))
                && any_of(scene.key(at.wrapping_sub(1)), list!("a|an|its|that"))
        };
        let Some(cue) = cue.filter(|c| !(noun(c.first) && scene.key(c.end - 1) == "of")) else {
            return self.gap(q);
        };
        let real = |m: &&Mention| {
            !matches!(m.class, Class::Loose | Class::Authority) && !self.describes(m)
        };
        let subject = scene
            .mentions
            .iter()
            .rev()
            .filter(|m| m.end <= cue.first)
            .find(|m| real(m))
            .map_or_else(|| self.known_before(), |m| self.code(m));
        let object = scene
            .mentions
            .iter()
            .filter(|m| m.first >= cue.end)
            .filter(|m| real(m) && m.class != Class::Pronoun)
            .map(|m| m.code)
            .find(|code| *code != subject);
        let object = object.map(str::to_owned).or_else(|| self.partner(q, subject));
        match (cue.signal, object) {
            (Signal::Lag, Some(object)) => (object, Some(subject.to_owned())),
            (_, object) => (subject.to_owned(), object),
        }
    }

    /// Who is ahead in a gap that is named, and of whom: the one that it is a gap for, else the
    /// first of those that are spoken of.
    fn gap(&self, q: &Quantity) -> (String, Option<String>) {
        let scene = self.scene;
        let favored = |m: &&Mention| {
            let at = self.word_before(m);
            let favor = scene.key(at) == "of"
                && any_of(scene.key(at.wrapping_sub(1)), list!("favor|favour"));
            m.first >= q.end && m.first <= q.end + 9 && (favor || scene.key(at) == "for")
        };
        let favored = scene.mentions.iter().find(favored).map(|m| self.code(m));
        let side = |m: &&Mention| {
            matches!(m.class, Class::Index | Class::Listed | Class::Group | Class::Pronoun)
                && m.end <= q.first
                && !self.describes(m)
        };
        let first = || scene.mentions.iter().find(side).map(|m| self.code(m));
        let Some(code) = favored.or_else(first) else {
            let ahead = self.known_before();
            return (ahead.to_owned(), self.partner(q, ahead));
        };
        let other = scene.mentions.iter().filter(side).map(|m| self.code(m)).find(|c| *c != code);
        (code.to_owned(), other.map(str::to_owned).or_else(|| self.partner(q, code)))
    }

    /// The usual other side of a comparison that names none.
    fn partner(&self, q: &Quantity, code: &str) -> Option<String> {
        let other = self.scene.mentions.iter().find(|m| {
            m.code != code
                && matches!(m.class, Class::Index | Class::Group | Class::Listed)
                && !self.describes(m)
                && (m.end <= q.first || m.first >= q.end)
        });
        other.map(|m| m.code).or_else(|| usual(code)).map(str::to_owned)
    }

    /// The cheaper one and what it is measured against: `a 21% discount to the S&P 500`,
    /// `73% of the Russell 1000's`, `the P/E of small caps over large caps`.
    pub(super) fn valued_against(
        &self,
        q: &Quantity,
        reading: &Reading,
    ) -> (String, Option<String>) {
        let scene = self.scene;
        let from = reading.cue.map_or(q.end, |c| c.end.max(q.end));
        let group = |m: &&Mention| {
            matches!(m.class, Class::Index | Class::Group | Class::Listed)
                && !m.code.starts_with("UST")
                || m.code == "US_LARGE"
        };
        let object = |m: &Mention| {
            let words = list!("to|versus|vs|vs.|than|over|against|relative|with|of|from|.");
            any_of(scene.key(self.word_before(m)), words)
        };
        let near = |m: &&Mention| m.first >= from.min(q.end) && m.first < from + 14;
        let after = || scene.mentions.iter().filter(near).filter(group);
        let before = || scene.mentions.iter().rev().filter(|m| m.end <= q.first).filter(group);
        let named = after().find(|m| scene.key(self.word_before(m)) == "for").map(|m| m.code);
        let against = after()
            .find(|m| object(m))
            .or_else(|| {
                before().find(|m| {
                    let link = scene.key(self.word_before(m));
                    let gap = list!("discount of|premium of|discount for|premium for");
                    link == "over"
                        || self.is_compared(m)
                        || link == "to" && scene.has_phrase(scene.range.start..m.first, gap)
                })
            })
            .map(|m| m.code)
            .filter(|c| Some(*c) != named);
        let subject = named
            .or_else(|| before().map(|m| m.code).find(|c| Some(*c) != against))
            .or_else(|| self.before(q).map(|(_, m)| self.code(&m)).filter(|c| Some(*c) != against))
            .or_else(|| self.carried.topic.or(self.carried.subject).filter(|c| Some(*c) != against))
            .unwrap_or("US_SMALL");
        let versus = against.filter(|c| *c != subject).map(str::to_owned);
        (subject.to_owned(), versus.or_else(|| self.partner(q, subject)))
    }
}

/// The usual other side of a comparison.
pub(super) fn usual(code: &str) -> Option<&'static str> {
    match code {
        "RUT" | "IWM" => Some("SPX"),
        "SPX" => Some("RUT"),
        "US_SMALL" => Some("US_LARGE"),
        "US_LARGE" => Some("US_SMALL"),
        _ => None,
    }
}
