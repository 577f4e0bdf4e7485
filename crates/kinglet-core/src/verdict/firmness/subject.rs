//! How firmly the entity of a figure was read.

use super::super::trial::Trial;
use super::super::{cue, slots};
use super::Firm;
use super::passage::Passage;
use crate::article::Claim;
use crate::diagnostic::Span;
use crate::identity::{Entity, Kind};

impl Trial<'_> {
    /// How firmly the entity was read.
    pub(super) fn entity_is(&self, sentence: &Passage<'_>, before: &Passage<'_>) -> Firm {
        let own = |code: &str| {
            let is = |entity: &str| code == entity || slots::proxy(code) == Some(entity);
            is(&self.claim.entity) || self.claim.versus.as_deref().is_some_and(is)
        };
        let named = &sentence.marks.entities;
        let kind = Entity::new(&self.claim.entity).known().map(|known| known.kind);
        if let Some(Kind::Macro | Kind::CentralBank) = kind {
            return self.authority_is(sentence);
        }
        let joined = named.iter().find(|(span, _)| sentence.joined(*span));
        if let Some((_, code)) = joined {
            return if own(code) { Firm::Named } else { Firm::Doubtful };
        }
        if sentence.is_of_unnamed_kin() {
            return Firm::Doubtful;
        }
        if sentence.is_of_another_maturity() {
            return Firm::Doubtful;
        }
        if sentence.is_compared() || sentence.is_second_of_two() || sentence.goes_on_after() {
            return Firm::Open;
        }
        let behind = named.iter().find(|(span, _)| span.start >= sentence.at.end);
        let tracked = ["fund", "etf", "sector"].iter().any(|w| sentence.before().contains(w));
        if kind == Some(Kind::Rate) && self.is_beside_another_rate(sentence) {
            return Firm::Doubtful;
        }
        let described = |code: &str| {
            let code = slots::proxy(code).unwrap_or(code);
            cue::described(&sentence.before(), code)
        };
        match sentence.entities_before().next() {
            Some(code) if own(code) => Firm::Named,
            _ if described(&self.claim.entity) => Firm::Named,
            Some(_) if named.iter().any(|(_, code)| own(code)) => Firm::Open,
            Some(_) => Firm::Doubtful,
            None if behind.is_some_and(|(s, c)| own(c) && sentence.is_about(*s)) => Firm::Named,
            None if sentence.is_titled() && is_signed(self.claim) => Firm::Doubtful,
            None if named.iter().any(|(_, code)| own(code)) => Firm::Open,
            None if behind.is_some_and(|(s, _)| sentence.is_about(*s)) => Firm::Doubtful,
            None if self.is_row() && named.is_empty() && !is_titled(self.sentence) => Firm::Named,
            None if self.is_row() || tracked => Firm::Doubtful,
            None if self.is_taken_over(sentence, before, own) => Firm::Open,
            None => Firm::Open,
        }
    }

    /// Whether a measure of the economy or the central bank is named nearer to the figure than the
    /// yield that it was read as: `the 10-year at 2.22%, unemployment at 5.9%`.
    fn is_beside_another_rate(&self, sentence: &Passage<'_>) -> bool {
        let is_yield =
            |code: &str| Entity::new(code).known().is_some_and(|known| known.kind == Kind::Rate);
        let marks = &sentence.marks;
        let before = |span: &Span| span.end <= sentence.at.start;
        let own = marks.entities.iter().filter(|(s, c)| before(s) && is_yield(c));
        let own = own.map(|(span, _)| span.end).max().unwrap_or_default();
        let measure = |m: &str| !matches!(m, "yield" | "rate_change" | "return");
        let other = marks.measures.iter().any(|(s, m)| before(s) && s.start >= own && measure(m));
        // "the maturity most sensitive to Fed policy, rose": not what rose
        let owns = |span: &Span| {
            let after = sentence.text_from(span.end).to_lowercase();
            let word = after.split(|c: char| !c.is_alphabetic()).find(|word| !word.is_empty());
            word.is_some_and(|word| ["policy", "meeting", "decision", "chair"].contains(&word))
        };
        let is_bank =
            |(s, c): &(Span, &str)| before(s) && s.start >= own && *c == "FED" && !owns(s);
        let bank = marks.entities.iter().any(is_bank);
        other || bank
    }

    /// Whether the figure is one of a list that is paired off in order: `7.1% and 3.0%,
    /// respectively`.
    pub(in super::super) fn is_paired(&self) -> bool {
        let (sentence, place) = self.sentence_and_place();
        let after = sentence.get(place..).unwrap_or_default().to_lowercase();
        let claim = self.claim;
        let mates = self.claims.iter().filter(|c| {
            c.span != claim.span
                && c.sentence == claim.sentence
                && (c.metric, c.unit) == (claim.metric, claim.unit)
        });
        let apart = |c: &Claim| (&c.entity, c.period) != (&claim.entity, claim.period);
        let count = mates.clone().count();
        let in_order = ["respectively", "in that order", "in this order"];
        let paired = in_order.iter().any(|words| after.contains(words)) && count > 0;
        paired && mates.clone().all(apart) || self.is_in_known_order()
    }

    /// How firmly a figure of the economy or of the central bank was read: by the measure named
    /// nearest to it.
    pub(super) fn authority_is(&self, sentence: &Passage<'_>) -> Firm {
        let text = self.sentence.to_lowercase();
        let says = |words: &[&str]| words.iter().any(|word| text.contains(word));
        let measures = &sentence.marks.measures;
        let nearest = measures.iter().min_by_key(|(span, _)| sentence.cost(*span));
        match (self.claim.metric, nearest) {
            ("inflation" | "unemployment", _) if says(&["one-day", "stocks", "shares"]) => {
                Firm::Doubtful
            }
            ("rate_change" | "policy_rate", _) => {
                let is_yield = |code| Entity::new(code).known().map(|k| k.kind) == Some(Kind::Rate);
                let words = ["fed ", "fed'", "federal", "fomc", "cut", "hike", "interest rate"];
                let loosely = says(&["rates", "policy", "reserve", "central bank"]);
                let of_bonds = sentence.marks.entities.iter().any(|(_, code)| is_yield(*code));
                let named = says(&words) || loosely && !of_bonds;
                let moved = says(&["increase", "move", "reduction", "step"]);
                match named {
                    true => Firm::Named,
                    false if moved && sentence.marks.entities.is_empty() => Firm::Open,
                    false => Firm::Doubtful,
                }
            }
            (metric, Some((_, measure))) if metric == *measure => Firm::Named,
            (_, Some(_)) => Firm::Doubtful,
            (_, None) => Firm::Open,
        }
    }

    /// Whether what the sentence leaves out is what was named last: of indexes, where it says `the
    /// index`; of what has a price otherwise.
    pub(super) fn is_taken_over(
        &self,
        sentence: &Passage<'_>,
        before: &Passage<'_>,
        own: impl Fn(&str) -> bool,
    ) -> bool {
        let words = sentence.before();
        let index = ["index", "gauge", "benchmark", "average"].iter().any(|w| words.contains(w));
        let kind = |code: &str| Entity::new(code).known().map(|known| known.kind);
        let priced = |code: &str| match kind(code) {
            Some(Kind::CentralBank | Kind::Macro | Kind::Rate) => false,
            Some(Kind::Index | Kind::Group) => true,
            _ => !index,
        };
        let rate =
            matches!(kind(&self.claim.entity), Some(Kind::CentralBank | Kind::Macro | Kind::Rate));
        let last = before.entities_before().find(|code| rate || priced(code));
        last.is_none_or(own)
    }
}

/// Whether a row begins with a name rather than a date.
pub(super) fn is_titled(row: &str) -> bool {
    let cell = row.trim_start_matches(['|', ' ']).split(['|', '\t']).next().unwrap_or_default();
    let dated = cell.contains(|c: char| c.is_ascii_digit());
    !dated && cell.chars().filter(|c| c.is_alphabetic()).count() > 9
}

/// Whether the number is printed with a sign.
pub(super) fn is_signed(claim: &Claim) -> bool {
    claim.printed.text.starts_with(['-', '+', '\u{2212}'])
}
