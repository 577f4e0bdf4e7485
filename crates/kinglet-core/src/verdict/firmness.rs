//! How firmly a figure was read, and how else it could be meant.
//!
//! A figure may be accused only of what its words say. What its sentence names beside it is firm;
//! what was carried over from elsewhere is open: then every entity and time named nearby is tried,
//! and where one of them makes the figure right, nobody is accused.

mod measure;
mod nearby;
mod passage;
mod subject;
mod time;

use super::fit::{Fit, fit};
use super::slots::{self, SISTERS, Slots};
use super::trial::{Found, Trial};
use super::{Doubt, Judgement, Reading, Tag};
use crate::article::{Claim, Named};
use crate::diagnostic::Span;
use crate::time::{Grain, Period};
pub(super) use passage::Passage;
use subject::is_signed;
use time::gives;

/// How firmly a slot was read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Firm {
    /// The sentence names it, and nothing else nearer to the figure.
    Named,
    /// Taken over from elsewhere, or named beside others.
    Open,
    /// The words rather speak of something else.
    Doubtful,
}

/// The cost from which a time in the sentence need not belong to the figure.
const NEAR: usize = 40;

/// How many other readings are tried.
const TRIED: usize = 64;

/// How many days the last session of a period lies before its end at most.
const TO_THE_END: i32 = 3;

/// Whether two periods are the same time, be it that of a state or of a change; the state at the
/// end of a month is as of its last session.
pub(super) fn is_same_time(a: Option<Period>, b: Option<Period>) -> bool {
    match (a, b) {
        (Some(Period::At(at)), Some(Period::Calendar(of)))
        | (Some(Period::Calendar(of)), Some(Period::At(at))) => {
            let left = (of.last_day() - at.last_day()).get_days();
            at == of || at.grain == Grain::Day && (0..=TO_THE_END).contains(&left)
        }
        _ => a == b,
    }
}

impl Trial<'_> {
    /// Whether the words settle what a wrong figure is about; if not, the accusation is withdrawn.
    pub(super) fn is_open(&self, best: &Found, slack: f64, judgement: &mut Judgement) -> bool {
        if self.after_one_of_days().as_ref() == Some(&best.slots) {
            return false;
        }
        let sentence = Passage::new(self, self.sentence_and_place());
        let before = Passage::new(self, self.words_before());
        let paired = self.is_paired();
        let (entity, period) = if paired {
            (Firm::Named, Firm::Named)
        } else {
            let entity = match self.entity_is(&sentence, &before) {
                Firm::Open if self.is_borne_out(|c| c.entity == self.claim.entity) => Firm::Named,
                firm => firm,
            };
            let period = match self.period_is(&sentence) {
                Firm::Doubtful | Firm::Open
                    if !sentence.is_of_another_time(self.claim.period)
                        && self.is_borne_out(|c| is_same_time(c.period, self.claim.period)) =>
                {
                    Firm::Named
                }
                firm => firm,
            };
            (entity, period)
        };
        let misprinted = self.is_misprinted(best);
        let followed = (Tag::EventUndefined, "it may be what followed one of the cases counted");
        let of_a_case = matches!(self.claim.period, Some(Period::Forward(_)))
            && !self.claim.metric.starts_with("event_");
        let other = of_a_case.then_some(followed);
        let other = other.or_else(|| self.doubt_about_measure(best, &sentence));
        let other = other.filter(|_| !misprinted);
        if let Some((tag, reason)) = other {
            judgement.acquit(tag, reason);
            return true;
        }
        let doubt = self.doubt_about(best, &sentence, (entity, period));
        judgement.doubt = doubt.filter(|_| !misprinted);
        let entities = match entity {
            Firm::Named => vec![best.slots.entity.clone()],
            _ => self.entities_nearby(&best.slots, &before),
        };
        let periods = match period {
            _ if paired || self.is_of_its_own_period(&best.slots) => vec![best.slots.period],
            Firm::Named if self.is_row() => vec![best.slots.period],
            Firm::Named => self.periods_beside(&best.slots, &sentence),
            _ => self.periods_nearby(&best.slots, &sentence, &before).collect(),
        };
        let others = entities.iter().flat_map(|code| {
            let of = move |&period| best.slots.about(code).during(period);
            periods.iter().map(of)
        });
        let years = self.same_day_of_other_years(&best.slots);
        let sisters = self.sisters(best, entity);
        for slots in sisters.into_iter().chain(years).chain(others).take(TRIED) {
            if slots == best.slots {
                continue;
            }
            let Ok(found) = self.find(&slots) else { continue };
            let fits = |value| fit(self.claim, value, slack);
            let turned = self.is_unsigned_spread() && fits(-found.value) == Fit::Core;
            let stands_in = slots::proxy(&slots.entity).is_some();
            let close = stands_in && fits(found.value) == Fit::Slack;
            if fits(found.value) == Fit::Core || close || turned {
                self.allow(best, &found, judgement);
                return true;
            }
        }
        false
    }

    /// Whether another figure of the sentence that shares a slot with this one is right, so that
    /// the slot is what the sentence is about.
    pub(super) fn is_borne_out(&self, shares: impl Fn(&Claim) -> bool) -> bool {
        let claim = self.claim;
        let mates = self.claims.iter().filter(|c| {
            let told = c.span != claim.span && c.sentence == claim.sentence;
            told && c.unit != "count" && c.period.is_some() && shares(c)
        });
        mates.into_iter().any(|mate| {
            let trial = self.of(mate);
            let stated = trial.stated().unwrap_or_default();
            let fits =
                |slots: &Slots| trial.find(slots).is_ok_and(|f| trial.fit(f.value) == Fit::Core);
            stated.iter().any(fits)
        })
    }

    /// Whether the entity for which a figure is right is named nearer to it than its own.
    pub(super) fn is_nearer_to_another(&self, other: &str) -> bool {
        let sentence = Passage::new(self, self.sentence_and_place());
        let cost = |code: &str| {
            let own = sentence.marks.entities.iter().filter(|(_, named)| *named == code);
            own.map(|(span, _)| sentence.cost(*span)).min()
        };
        let nearer = |other| cost(&self.claim.entity).is_none_or(|own| other < own);
        !self.is_paired() && cost(other).is_some_and(nearer)
    }

    /// Whether the sentence of a run names no time at all: its end is that of the words before.
    pub(super) fn is_run_without_end(&self) -> bool {
        let sentence = Passage::new(self, self.sentence_and_place());
        self.claim.metric == "streak" && sentence.marks.times.is_empty()
    }

    /// Whether no other period is tried: rates and runs take few values, so that some other one
    /// fits as a rule, and a figure of the economy is that of the month named.
    fn is_of_its_own_period(&self, slots: &Slots) -> bool {
        let monthly = matches!(slots.period, Period::Calendar(p) if p.grain == Grain::Month);
        match self.claim.metric {
            "policy_rate" | "streak" => true,
            "inflation" | "unemployment" => monthly,
            _ => false,
        }
    }

    /// The same about the other indexes, where the sentence does not name its own.
    fn sisters(&self, best: &Found, entity: Firm) -> Vec<Slots> {
        let open = entity != Firm::Named && self.claim.versus.is_none();
        let others = SISTERS.iter().filter(|_| open);
        others.map(|code| best.slots.about(code)).collect()
    }

    /// Withdraws an accusation because another reading makes the figure right.
    fn allow(&self, best: &Found, found: &Found, judgement: &mut Judgement) {
        let (code, period) = (&found.slots.entity, found.slots.period);
        let (tag, what) = if *code == best.slots.entity {
            (Tag::PeriodOpen, format!("for {period}"))
        } else {
            (Tag::EntityUnknown, format!("of {code}, for {period}"))
        };
        let (query, value) = (found.query.to_string(), Some(found.value));
        let reason = format!(
            "{} is {}, but {query} is {}: the words allow both",
            best.query,
            self.show(best.value),
            self.show(found.value)
        );
        judgement.acquit(tag, &reason);
        judgement.readings.push(Reading { what, query, value });
    }

    /// What in the words speaks against the reading, without ruling it out.
    fn doubt_about(
        &self,
        best: &Found,
        sentence: &Passage<'_>,
        (entity, period): (Firm, Firm),
    ) -> Option<Doubt> {
        if entity == Firm::Doubtful {
            return Some((Tag::EntityUnknown, "the words beside it name something else"));
        }
        if period == Firm::Doubtful {
            return Some((Tag::PeriodOpen, "the words beside it speak of another time"));
        }
        let silent = sentence.marks.times.is_empty();
        let dated = self.claim.metric != "streak" && !self.claim.metric.starts_with("event_");
        if silent && dated && entity != Firm::Named && period != Firm::Named {
            return Some((Tag::PeriodOpen, "its sentence names neither of what nor of when it is"));
        }
        let own = |(_, named): &(Span, Named)| self.claim.period.is_some_and(|p| gives(*named, p));
        let unnamed = !sentence.marks.times.iter().any(own);
        if unnamed && period == Firm::Open && self.is_of_a_day_before() {
            return Some((Tag::PeriodOpen, "its sentence does not say of which day it is"));
        }
        if self.is_implausible(best) && (entity, period) != (Firm::Named, Firm::Named) {
            return Some((Tag::PeriodOpen, "no price moves so much in so short a time"));
        }
        let of_a_case = self.is_study() || self.is_list_of_years(sentence) || self.is_of_a_label();
        if of_a_case && !sentence.tells_right_behind(self.claim.period) {
            return Some((Tag::EventUndefined, "it may be what followed one of the cases counted"));
        }
        let silent = sentence.marks.changes.is_empty() && !self.is_row() && !is_signed(self.claim);
        (self.claim.metric == "return" && silent)
            .then_some((Tag::EventUndefined, "the words do not say that it is a change"))
    }

    /// Whether a difference is printed without saying which side is ahead: `a gap of`.
    fn is_unsigned_spread(&self) -> bool {
        let text = self.sentence.to_lowercase();
        self.claim.metric == "return_spread"
            && ["gap", "spread", "difference", "margin", "apart"].iter().any(|w| text.contains(w))
    }
}
