//! Readings of a claim that its words allow as well and under which it is right.

use std::rc::Rc;

use super::super::firmness::Passage;
use super::super::fit::Fit;
use super::super::slots::SISTERS;
use super::super::trial::{Found, Trial};
use super::super::{Judgement, Tag, Verdict, cue, suggestion};
use crate::answer::Answer;
use crate::article::{Claim, Comparator};
use crate::columns::Series;
use crate::query::Query;

impl Trial<'_> {
    /// Whether a level is not the close of the day but the high or low that its words speak of.
    pub(super) fn is_extreme(&self, best: &Found, judgement: &mut Judgement) -> bool {
        let known = self.extremes(best).into_iter().find_map(|(query, answer)| {
            let value = answer.number().filter(|&value| self.fit(value) == Fit::Core)?;
            Some((query, answer, value))
        });
        let Some((query, answer, value)) = known else { return false };
        judgement.verdict = Verdict::Supported;
        judgement.reason = format!("{query} is {}", self.show(value));
        judgement.actual = Some(value);
        judgement.answer = Some(answer);
        judgement.query = Some(query);
        true
    }

    /// The highest and lowest closes of the year before and of all the data, where the words beside
    /// a level speak of a high or low.
    pub(super) fn extremes(&self, best: &Found) -> Vec<(Query, Answer)> {
        let Some(day) = best.slots.period.last_day() else { return Vec::new() };
        if self.claim.metric != "level" || !cue::extreme(self.beside()) {
            return Vec::new();
        }
        let e = &best.slots.entity;
        let series = self.evaluator.view().series(e, best.slots.basis);
        let first = series.ok().and_then(Series::coverage).map(|(first, _)| first);
        let periods = [Some(format!("1y@{day}")), first.map(|first| format!("{first}..{day}"))];
        let kinds = |period: &String| {
            ["highest", "lowest"].map(|kind| format!("extremum({e}, {period}, kind: {kind})"))
        };
        let queries = periods.iter().flatten().flat_map(kinds).filter_map(|t| t.parse().ok());
        queries.map(|query: Query| (query.clone(), self.evaluator.answer(&query))).collect()
    }

    /// The words beside the number.
    pub(in super::super) fn beside(&self) -> &str {
        const BEFORE: usize = 40;
        const AFTER: usize = 25;
        let text = self.context.text;
        let (start, end) = (self.claim.span.start, self.claim.span.end);
        let floor = text.floor_char_boundary(start.saturating_sub(BEFORE));
        let ceiling = text.ceil_char_boundary(end.saturating_add(AFTER).min(text.len()));
        text.get(floor..ceiling).unwrap_or_default()
    }

    /// Whether the figure is right for a sister index where the sentence does not name its own.
    pub(super) fn is_sister(&self, best: &Found, judgement: &mut Judgement) -> bool {
        let own = self.claim.entity.as_str();
        let plain = self.claim.comparator == Comparator::Equal && best.slots.versus.is_none();
        if !plain || self.is_paired() || !SISTERS.contains(&own) || cue::entity(self.sentence, own)
        {
            return false;
        }
        let words = Passage::new(self, self.words_before());
        let last = words.entities_before().next().is_some_and(|code| code == own);
        let of_cases = best.slots.study.is_some() && self.claim.unit == "count";
        if last || of_cases || self.is_borne_out(|c| c.entity == own) {
            return false;
        }
        let others = SISTERS.into_iter().filter(|sister| *sister != own);
        let others = others.filter(|sister| !self.is_printed_of(sister));
        let mut found = others.filter_map(|sister| self.find(&best.slots.about(sister)).ok());
        let Some(found) = found.find(|f| self.fit(f.value) == Fit::Core) else {
            return false;
        };
        if self.claim.metric != "level" {
            judgement.acquit(Tag::EntityUnknown, "the sentence does not name the index");
            return true;
        }
        judgement.verdict = Verdict::Supported;
        judgement.actual = Some(found.value);
        judgement.reason = format!("{} is {}", found.query, self.show(found.value));
        judgement.answer = Some(found.answer(self.evaluator));
        judgement.query = Some(Rc::unwrap_or_clone(found.query));
        true
    }

    /// Whether the article prints the same figure of a sister index in its own right.
    fn is_printed_of(&self, sister: &str) -> bool {
        let claim = self.claim;
        let same = |a: &Claim| (a.value - claim.value).abs() <= claim.printed.step / 2.0;
        self.claims.iter().any(|c| {
            c.span != claim.span
                && c.entity == sister
                && (c.metric, c.period) == (claim.metric, claim.period)
                && same(c)
        })
    }

    /// Whether the figure is one of a list of at least three of which another is right: then the
    /// order in which they are meant is known.
    pub(in super::super) fn is_in_known_order(&self) -> bool {
        let claim = self.claim;
        let mates = self.claims.iter().filter(|c| {
            c.span != claim.span
                && c.sentence == claim.sentence
                && c.entity != claim.entity
                && (c.metric, c.unit, c.period) == (claim.metric, claim.unit, claim.period)
        });
        let right = |mate: &Claim| {
            let trial = self.of(mate);
            trial.stated().unwrap_or_default().iter().any(|slots| {
                trial.find(slots).is_ok_and(|found| trial.fit(found.value) == Fit::Core)
            })
        };
        mates.clone().count() >= 2 && mates.clone().any(right)
    }

    /// Whether a change of a yield that is printed in per cent is that in basis points: no yield
    /// is, or changes by, so much.
    pub(super) fn is_in_basis_points(&self, best: &Found) -> bool {
        const TOO_HIGH: f64 = 15.0;
        let claim = self.claim;
        let Some(period) = claim.period else { return false };
        if claim.metric != "yield" || claim.unit != "percent" || claim.value.abs() < TOO_HIGH {
            return false;
        }
        let query = format!("rate_change({}, {period})", best.slots.entity).parse::<Query>();
        let change = query.ok().and_then(|query| self.evaluator.answer(&query).number());
        change.is_some_and(|change| (change.abs() - claim.value.abs()).abs() <= claim.printed.step)
    }

    /// Whether the figure is right but for a sign that neither the number nor the words beside it
    /// carry.
    pub(super) fn is_unsigned(&self, best: &Found, judgement: &mut Judgement) -> bool {
        let signed = self.claim.printed.text.starts_with(['-', '+', '\u{2212}']);
        let words = self.beside();
        if signed || cue::direction(words) || self.fit(-best.value) != Fit::Core {
            return false;
        }
        judgement.reason = format!("{} is {}", best.query, self.show(best.value));
        if best.value > 0.0 {
            judgement.verdict = Verdict::Supported;
        } else {
            judgement.verdict = Verdict::Imprecise;
            judgement.tag = Some(Tag::Sign);
            judgement.suggestion = suggestion::replacement(self.claim, best.value);
        }
        true
    }
}
